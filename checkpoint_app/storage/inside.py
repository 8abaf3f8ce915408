"""Which plates are inside, for a station that pairs coming in and going out; of the own desk's crossings.

`passage` has every crossing that counts for it, as it now reads: with a plate, not undone, let in, or gone
out in whatever way. `inside` has the plates whose last passage, by the time it happened, went in. Both are
derived, empty unless the setting `pairing` says yes, and lose a plate in the transaction that forgets it.
`passing` is the one rule, for new entries, for corrections (through `revision`) and for filling. A plate that
was never read is neither in nor out. `replay_inside` is the second opinion.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checkpoint_app.domain import facts
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.storage import blocks, views
from checkpoint_app.storage.desk import read_setting, write_setting
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.hourly import HOURLY
from checkpoint_app.storage.schema import Derived

PAIRING = "pairing"
FILLED = "pairing_filled"
"""Local id up to which the entries from before pairing was turned on were looked at."""

LET_IN = (Outcome.RELEASED.value, Outcome.REGISTERED.value)
NOT_GONE = (Outcome.TURNED_BACK.value, Outcome.HELD.value)

_ON = f"EXISTS (SELECT 1 FROM setting WHERE name = '{PAIRING}' AND body = 'true')"  # noqa: S608 - a constant
_PLATE = f"""
coalesce((SELECT amended.personal ->> '$.plate'
            FROM thread JOIN entry AS amended ON amended.id = thread.entry
           WHERE revision.entry IS NOT NULL AND thread.desk = entry.desk
             AND thread.action = entry.header ->> '$.action'
             AND amended.kind = '{facts.CROSSING_AMENDED}' AND amended.personal ->> '$.plate' IS NOT NULL
           ORDER BY thread.entry DESC LIMIT 1),
         entry.personal ->> '$.plate')"""  # noqa: S608 - a constant

TABLES = (
    """
CREATE TABLE passage(
  entry INTEGER PRIMARY KEY, plate TEXT NOT NULL, happened INTEGER NOT NULL, direction TEXT NOT NULL,
  lane INTEGER NOT NULL
) STRICT
""",
    "CREATE INDEX passage_plate ON passage(plate, happened, entry)",
    """
CREATE TABLE inside(
  plate TEXT PRIMARY KEY, entry INTEGER NOT NULL, happened INTEGER NOT NULL, lane INTEGER NOT NULL
) STRICT, WITHOUT ROWID
""",
)

PASSING = f"""
CREATE VIEW passing AS
SELECT entry, plate, happened, said ->> '$.direction' AS direction, coalesce(said ->> '$.lane', 0) AS lane
  FROM (SELECT entry.id AS entry, {_PLATE} AS plate, entry.happened,
               coalesce(revision.public, entry.public) AS said
          FROM entry LEFT JOIN revision ON revision.entry = entry.id
         WHERE entry.kind = '{facts.VEHICLE_CROSSED}' AND {blocks.own("entry.id")}
           AND (entry.personal IS NOT NULL OR entry.header ->> '$.personal' IS NULL)
           AND coalesce(revision.undone, 0) = 0)
 WHERE plate <> ''
   AND (said ->> '$.direction' = '{Direction.IN}' AND said ->> '$.outcome' IN {views.listed(LET_IN)}
     OR said ->> '$.direction' = '{Direction.OUT}' AND said ->> '$.outcome' NOT IN {views.listed(NOT_GONE)})
"""  # noqa: S608 - constants


def _settle(plate: str) -> str:
    """Statements that put a plate where its last passage left it."""
    return f"""
  DELETE FROM inside WHERE plate = {plate};
  INSERT INTO inside(plate, entry, happened, lane)
  SELECT plate, entry, happened, lane
    FROM (SELECT * FROM passage WHERE plate = {plate} ORDER BY happened DESC, entry DESC LIMIT 1)
   WHERE direction = '{Direction.IN}';"""  # noqa: S608 - constants


_AGAIN = "INSERT INTO passing(entry) VALUES(NEW.entry);"

TRIGGERS = (
    f"CREATE TRIGGER passage_new AFTER INSERT ON passage BEGIN {_settle('NEW.plate')} END",
    f"CREATE TRIGGER passage_gone AFTER DELETE ON passage WHEN {_ON} BEGIN {_settle('OLD.plate')} END",
    f"""
CREATE TRIGGER pass_again INSTEAD OF INSERT ON passing WHEN {blocks.own("NEW.entry")} AND {_ON} BEGIN
  DELETE FROM passage WHERE entry = NEW.entry;
  INSERT INTO passage(entry, plate, happened, direction, lane)
  SELECT entry, plate, happened, direction, lane FROM passing WHERE entry = NEW.entry;
END
""",  # noqa: S608 - constants
    f"""
CREATE TRIGGER pass_entry AFTER INSERT ON entry
WHEN NEW.kind = '{facts.VEHICLE_CROSSED}' AND NEW.personal IS NOT NULL AND {blocks.own("NEW.id")}
BEGIN INSERT INTO passing(entry) VALUES(NEW.id); END
""",
    f"CREATE TRIGGER pass_revised AFTER INSERT ON revision BEGIN {_AGAIN} END",
    f"CREATE TRIGGER pass_changed AFTER UPDATE ON revision BEGIN {_AGAIN} END",
    f"""
CREATE TRIGGER pass_forgotten AFTER UPDATE OF personal ON entry
WHEN OLD.personal IS NOT NULL AND OLD.kind IN ('{facts.VEHICLE_CROSSED}', '{facts.CROSSING_AMENDED}')
BEGIN
  DELETE FROM passage WHERE entry = OLD.id;
  INSERT INTO passing(entry)
  SELECT entry FROM thread
   WHERE desk = OLD.desk AND action = OLD.public ->> '$.ref.action' AND entry IN (SELECT entry FROM passage);
END
""",  # noqa: S608 - constants
)

FILL = "INSERT INTO passing(entry) SELECT entry FROM passing WHERE entry > ? AND entry <= ?"

INSIDE = Derived(
    name="inside",
    drops=(
        *(
            f"DROP TRIGGER IF EXISTS {name}"
            for name in ("pass_entry", "pass_forgotten", "pass_revised", "pass_changed")
        ),
        "DROP VIEW IF EXISTS passing",
        *(f"DROP TABLE IF EXISTS {name}" for name in ("inside", "passage")),
    ),
    creates=(*TABLES, PASSING, *TRIGGERS),
    fills=("INSERT INTO passing(entry) SELECT entry FROM passing",),
    hangs_on=(*HOURLY.drops, *HOURLY.creates, *HOURLY.hangs_on),  # with the table `revision` its triggers go
)


@dataclass(frozen=True, slots=True)
class InsideRow:
    """A plate inside since `since` (ms UTC), through `lane`; `entry` is the crossing's local id."""

    plate: str
    since: int
    lane: int
    entry: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One crossing that counts for pairing; `entry` is its local id, `happened` ms UTC."""

    entry: int
    plate: str
    happened: int
    direction: str
    lane: int


def is_on(connection: Connection) -> bool:
    """Whether this file pairs coming in and going out."""
    return read_setting(connection, PAIRING) is True


def switch(connection: Connection, *, on: bool, now: int) -> None:
    """Turns pairing on, to be filled, or off, to be emptied: both step by step, the writer is needed."""
    if is_on(connection) is on:
        return
    write_setting(connection, PAIRING, on, now=now)
    write_setting(connection, FILLED, 0 if on else None, now=now)
    if not on:
        connection.execute("DELETE FROM inside")


def fill_step(connection: Connection, *, upto: int, entries: int, now: int) -> bool:
    """Looks at the next `entries` of those up to the local id `upto`; True while there are more."""
    done = read_setting(connection, FILLED)
    if not isinstance(done, int):
        return False
    reached = min(done + entries, upto)
    connection.execute(FILL, (done, reached))
    write_setting(connection, FILLED, reached if reached < upto else None, now=now)
    return reached < upto


def empty_step(connection: Connection, *, passages: int) -> bool:
    """Takes so many passages out while pairing is off; True while there are more."""
    if is_on(connection):
        return False
    gone = "DELETE FROM passage WHERE entry IN (SELECT entry FROM passage ORDER BY entry LIMIT ?)"
    return connection.execute(gone, (passages,)).rowcount == passages


def empty(connection: Connection) -> None:
    """Takes everything out; `inside` first, or every passage would settle its plate once more."""
    connection.execute("DELETE FROM inside")
    connection.execute("DELETE FROM passage")


def rebuild_inside(connection: Connection) -> None:
    """Makes both tables again inside the caller's transaction."""
    empty(connection)
    for statement in INSIDE.fills:
        connection.execute(statement)


def rows(reader: Connection, *, limit: int | None = None) -> tuple[InsideRow, ...]:
    """Who is inside, the longest stay first."""
    found = reader.execute(
        "SELECT plate, happened, lane, entry FROM inside ORDER BY happened, entry LIMIT ?",
        (-1 if limit is None else limit,),
    )
    return tuple(InsideRow(*row) for row in found)


def row_of(reader: Connection, plate: str) -> InsideRow | None:
    """Since when that plate is inside; None when it is not."""
    row = reader.execute(
        "SELECT plate, happened, lane, entry FROM inside WHERE plate = ?", (plate,)
    ).fetchone()
    return InsideRow(*row) if row else None


def passages_after(reader: Connection, entry: int) -> tuple[Passage, ...]:
    """What passed in entries behind a local id, in the order they were written."""
    found = reader.execute(
        "SELECT entry, plate, happened, direction, lane FROM passage WHERE entry > ? ORDER BY entry", (entry,)
    )
    return tuple(Passage(*row) for row in found)


def still_passed(reader: Connection, entries: Sequence[int]) -> frozenset[int]:
    """Which of these crossings count for pairing still: neither undone nor forgotten."""
    rows = reader.execute(
        "SELECT entry FROM passage WHERE entry IN (SELECT value FROM json_each(?))", (json.dumps(entries),)
    )
    return frozenset(row[0] for row in rows)


def last_passage(reader: Connection) -> int:
    """The local id of the last entry that counts for pairing; 0 before the first."""
    (found,) = reader.execute("SELECT ifnull(max(entry), 0) FROM passage").fetchone()
    return int(found)


def replay_inside(connection: Connection) -> tuple[tuple[str, InsideRow | None, InsideRow | None], ...]:
    """Plates that are kept otherwise than a replay of the entries puts them: plate, kept, replayed.

    Reads every entry in order and shares no statement with the triggers; empty is right. Passages count
    through what they leave inside.
    """
    kept = {row.plate: row for row in rows(connection)}
    replayed = _replayed(connection) if is_on(connection) else {}
    pairs = ((plate, kept.get(plate), replayed.get(plate)) for plate in {*kept, *replayed})
    return tuple(sorted((pair for pair in pairs if pair[1] != pair[2]), key=lambda pair: pair[0]))


def _replayed(connection: Connection) -> dict[str, InsideRow]:
    crossings: dict[str, dict[str, Any]] = {}
    for entry, kind, header, public, personal in connection.execute(_READ):
        said, own = json.loads(public), json.loads(personal) if personal else {}
        if kind == facts.VEHICLE_CROSSED:
            crossings[json.loads(header)["action"]] = {
                "entry": entry,
                "happened": json.loads(header)["happened"],
                "said": said,
                "plate": own.get("plate", ""),
                "undone": personal is None and json.loads(header)["personal"] is not None,
            }
        elif (about := crossings.get(said["ref"]["action"])) is not None:
            about["said"] = about["said"] | said.get("fields", {})
            about["plate"] = own.get("plate", about["plate"])
            about["undone"] = about["undone"] or kind == facts.OUTCOME_UNDONE
    last: dict[str, dict[str, Any]] = {}
    for crossing in sorted(crossings.values(), key=lambda one: (one["happened"], one["entry"])):
        if crossing["plate"] and not crossing["undone"] and _passes(crossing["said"]):
            last[crossing["plate"]] = crossing
    return {
        plate: InsideRow(plate, one["happened"], one["said"].get("lane", 0), one["entry"])
        for plate, one in last.items()
        if one["said"]["direction"] == Direction.IN
    }


def _passes(said: Mapping[str, Any]) -> bool:
    if said["direction"] == Direction.IN:
        return said["outcome"] in LET_IN
    return said["outcome"] not in NOT_GONE


_READ = f"""
SELECT id, kind, header, public, personal FROM entry
 WHERE {blocks.own("id")} AND kind IN {views.listed((facts.VEHICLE_CROSSED, *views.CORRECTIONS))}
 ORDER BY id"""  # noqa: S608
