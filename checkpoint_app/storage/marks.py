"""The search index: which fragments of plates, names, documents and phones lead to which entry.

Derived from `entry`, so it may be dropped and rebuilt. A mark is a kind letter and a tail of a text; a
fragment is found as the start of a tail, by one range of the primary key in each day. The triggers fill and
empty it with built-in functions only: a schema is not trusted to call anything else.

Tails shorter than SHORTEST are left out (only a fragment that short could need them), except that a whole
text is always marked. `fold` is what both sides of a comparison go through.
"""

from __future__ import annotations

import unicodedata

from checkpoint_app.storage import blocks
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.schema import Derived

SHORTEST = 2
LONGEST = 64
PLACES = 40
"""Tails start at most this far into a folded text; a travel document has room for 39 places of a name."""

PLATE = "p"
NAME = "n"
DOCUMENT = "i"
PHONE = "t"

_DROPPED = " ·•・-+"
_AFTER_ALL = "\U0010ffff"

TABLE = """
CREATE TABLE mark(
  day INTEGER, text TEXT, entry INTEGER, PRIMARY KEY(day, text, entry)
) STRICT, WITHOUT ROWID
"""


def fold(text: str) -> str:
    """A typed fragment as marks write it: half width, ASCII capitals, without blanks, dots and hyphens."""
    narrow = unicodedata.normalize("NFKC", text)
    kept = (c for c in narrow if c not in _DROPPED and not c.isspace())
    return "".join(c.upper() if c.isascii() else c for c in kept)[:LONGEST]


def mark_range(kind: str, fragment: str) -> tuple[str, str]:
    """Lower bound (included) and upper bound (excluded) of the mark texts that start with the fragment."""
    return kind + fragment, kind + fragment + _AFTER_ALL


def local_time(row: str, *, happened: str = "") -> str:
    """SQL for the clock on the wall where `row` was written, in ms since 1970.

    By the zone in the header, not the reader's: "yesterday" means the calendar of that checkpoint, and a
    day once given must not move when a computer's zone does.
    """
    return f"({happened or row + '.happened'} + ({row}.header ->> '$.zone') * 60000)"


def local_day(row: str) -> str:
    """SQL for the days since 1970 on the calendar where `row` was written."""
    return f"({local_time(row)} / 86400000)"


def folded(value: str) -> str:
    """SQL for a text as `fold` gives it, but that its width stays."""
    for character in _DROPPED:
        value = f"replace({value}, '{character}', '')"
    return f"upper({value})"


# Two characters and a comma for each place, so that a cut of the text is a shorter list.
_PLACES = ",".join(f"{place:2}" for place in range(1, PLACES + 1))
_TAILS = f"'[' || substr('{_PLACES}', 1, 3 * max(length(whole.text) - {SHORTEST - 1}, 1) - 1) || ']'"


def _marks(row: str, *, source: str = "", where: str = "") -> str:
    """SELECT of day, text and entry for the marks of `row`; `source` is where rows come from, if not bound.

    The inner LIMIT keeps the engine from merging the two levels, which would fold every text once a tail
    (measured: 183 µs an entry instead of 18).
    """
    return f"""
SELECT whole.day, whole.kind || substr(whole.text, place.value, {LONGEST}) AS text, whole.entry
  FROM (
    SELECT {local_day(row)} AS day, {row}.id AS entry, {folded("part.atom")} AS text,
           CASE part.key WHEN 'plate' THEN '{PLATE}' WHEN 'name' THEN '{NAME}'
                         WHEN 'id' THEN '{DOCUMENT}' ELSE '{PHONE}' END AS kind
      FROM {source} json_tree({row}.personal) AS part
     WHERE part.key IN ('plate', 'name', 'id', 'phone') AND part.type = 'text'{where}
     LIMIT -1
  ) AS whole,
  json_each(CASE whole.kind
    WHEN '{DOCUMENT}' THEN iif(length(whole.text) IN (15, 18), '[1,7,-6,-4]', '[1,-6,-4]')
    WHEN '{PHONE}' THEN '[1,-4]'
    ELSE {_TAILS} END) AS place
 WHERE whole.text <> ''"""  # noqa: S608 - constants of this module


TRIGGERS = (
    f"""
CREATE TRIGGER mark_entry AFTER INSERT ON entry WHEN NEW.personal IS NOT NULL AND {blocks.own("NEW.id")}
BEGIN INSERT OR IGNORE INTO mark(day, text, entry) {_marks("NEW")}; END
""",
    f"""
CREATE TRIGGER unmark_entry AFTER UPDATE OF personal ON entry WHEN OLD.personal IS NOT NULL
BEGIN
  DELETE FROM mark
   WHERE day = {local_day("OLD")} AND text IN (SELECT text FROM ({_marks("OLD")})) AND entry = OLD.id;
END
""",  # noqa: S608 - constants of this module
)

_FILL = "INSERT OR IGNORE INTO mark(day, text, entry)" + _marks("entry", source="entry,")

MARKS = Derived(
    name="mark",
    drops=(
        "DROP TRIGGER IF EXISTS mark_entry",
        "DROP TRIGGER IF EXISTS unmark_entry",
        "DROP TABLE IF EXISTS mark",
    ),
    creates=(TABLE, *TRIGGERS),
    fills=(_FILL,),
)


def marks_of(connection: Connection, low: int, high: int) -> list[tuple[int, str, int]]:
    """Day, text and entry of every mark of the entries between two local ids, in the order of the table.

    For what comes in bundles: no trigger looks after that.
    """
    rows = connection.execute(_OF_RANGE, (low, high)).fetchall()
    return sorted({(day, text, entry) for day, text, entry in rows})


_OF_RANGE = _marks("entry", source="main.entry AS entry,", where=" AND entry.id BETWEEN ? AND ?")


def put_marks(connection: Connection, low: int, high: int) -> None:
    """Makes the marks of the entries between two local ids, in the order of the table: neighbours in it are
    written together.
    """
    connection.execute(_PUT, (low, high))


_PUT = f"INSERT OR IGNORE INTO mark(day, text, entry) {_OF_RANGE} ORDER BY 1, 2, 3"


def rebuild_marks(connection: Connection) -> int:
    """Makes every mark again inside the caller's transaction; returns how many there are."""
    connection.execute("DELETE FROM mark")
    return connection.execute(_FILL).rowcount
