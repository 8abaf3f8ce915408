"""Vehicles and people by hour: what every report over more than a day reads.

Kept by triggers in the transaction that appends. A crossing or tally counts when written; its corrections
act through `revision`: what it counted before is taken off, what it counts now is put on. Tallied traffic
has the outcome TALLIED, because it was counted and not checked. `replay_hourly` is the second opinion.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from checkpoint_app.domain import facts, shapes
from checkpoint_app.storage import blocks, views
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.marks import local_time
from checkpoint_app.storage.schema import Derived

TALLIED = "tallied"

Slot = tuple[int, int, str, int, str, str, str, str]
"""Day, hour, desk, lane, direction, class, outcome, evidence."""

MOST = 1_000_000
"""A count no entry can have: what a hostile desk writes must not make sums overflow."""

SLOT = "day, hour, desk, lane, direction, class, outcome, evidence"

TABLE = f"""
CREATE TABLE hourly(
  day INTEGER, hour INTEGER, desk TEXT, lane INTEGER, direction TEXT, class TEXT, outcome TEXT,
  evidence TEXT, vehicles INTEGER NOT NULL, people INTEGER NOT NULL, PRIMARY KEY({SLOT})
) STRICT, WITHOUT ROWID
"""


def _text(value: str) -> str:
    return f"coalesce(CAST({value} AS TEXT), '')"


def _count(value: str) -> str:
    return f"max(-{MOST}, min({MOST}, coalesce(CAST({value} AS INTEGER), 0)))"


def counted(row: str, *, public: str, sign: str, source: str = "") -> str:
    """SELECT of slots, vehicles and people: what `row` counts with this public part, a crossing as one
    vehicle; ends in a WHERE that may be gone on with.
    """
    tally = f"{row}.kind = '{facts.TALLIED}'"
    minute = f"iif({tally} AND json_type({public}, '$.minute') = 'integer', {public} ->> '$.minute', NULL)"
    time = local_time(row, happened=f"coalesce({minute}, {row}.happened)")
    part = "iif(part.type = 'object', part.value, '{}')"
    return f"""
SELECT {time} / 86400000, {time} / 3600000 % 24, {row}.desk, {_count(f"{public} ->> '$.lane'")},
       {_text(f"{public} ->> '$.direction'")}, {_text(f"{part} ->> '$.class'")},
       iif({tally}, '{TALLIED}', {_text(f"{public} ->> '$.outcome'")}),
       {_text(f"{public} ->> '$.evidence'")},
       {sign} * iif({tally}, {_count(f"{part} ->> '$.vehicles'")}, 1),
       {sign} * {_count(f"{part} ->> '$.people'")}
  FROM {source} json_each(iif({tally}, {public} -> '$.counts', json_array(json({public})))) AS part
 WHERE {row}.kind IN {views.listed(views.COUNTED)}
"""  # noqa: S608 - constants


def _add(row: str, *, public: str, sign: str, source: str = "") -> str:
    """Statement that adds what `counted` says."""
    return f"""
INSERT INTO hourly({SLOT}, vehicles, people)
{counted(row, public=public, sign=sign, source=source)}
ON CONFLICT DO UPDATE SET vehicles = vehicles + excluded.vehicles, people = people + excluded.people
"""


def _revise(public: str, *, sign: str, when: str) -> str:
    return _add("target", public=public, sign=sign, source="entry AS target,").replace(
        " WHERE ", f" WHERE target.id = NEW.entry AND {when} AND ", 1
    )


TRIGGERS = (
    f"""
CREATE TRIGGER count_entry AFTER INSERT ON entry
WHEN NEW.kind IN {views.listed(views.COUNTED)} AND {blocks.own("NEW.id")}
BEGIN {_add("NEW", public="NEW.public", sign="1")}; END
""",
    f"""
CREATE TRIGGER count_revision AFTER INSERT ON revision BEGIN
  {_revise("target.public", sign="-1", when="true")};
  {_revise("NEW.public", sign="1", when="NOT NEW.undone")};
END
""",
    f"""
CREATE TRIGGER count_again AFTER UPDATE ON revision BEGIN
  {_revise("OLD.public", sign="-1", when="NOT OLD.undone")};
  {_revise("NEW.public", sign="1", when="NOT NEW.undone")};
END
""",
)

_FILL = _add("entry", public="entry.public", sign="1", source="entry,").replace(
    " WHERE ", f" WHERE {blocks.own('entry.id')} AND ", 1
)

HOURLY = Derived(
    name="hourly",
    drops=("DROP TRIGGER IF EXISTS count_entry", *views.DROPS, "DROP TABLE IF EXISTS hourly"),
    creates=(*views.CREATES, TABLE, *TRIGGERS),
    fills=(_FILL, *views.FILLS),
    hangs_on=(shapes.DIGEST,),
)


def rebuild_hourly(connection: Connection) -> None:
    """Makes counts, revisions, threads and shifts again inside the caller's transaction."""
    for table in ("hourly", "revision", "thread", "duty"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - the names above
    for statement in HOURLY.fills:
        connection.execute(statement)


Difference = tuple[Slot, tuple[int, int], tuple[int, int]]
"""Slot, then vehicles and people as kept and as replayed."""


def replay_hourly(connection: Connection) -> tuple[Difference, ...]:
    """Slots whose kept count differs from a replay of the entries; empty is right.

    The replay reads the entries in order and shares no statement with the triggers. It takes about 20 s for
    2,000,000 entries; what is appended meanwhile may show as a difference.
    """
    kept = _kept(connection)
    replayed = _replayed(connection)
    pairs = ((slot, kept.get(slot, (0, 0)), replayed.get(slot, (0, 0))) for slot in {*kept, *replayed})
    return tuple(sorted(pair for pair in pairs if pair[1] != pair[2]))


def _kept(connection: Connection) -> dict[Slot, tuple[int, int]]:
    rows = connection.execute(f"SELECT {SLOT}, vehicles, people FROM hourly")  # noqa: S608 - a constant
    return {tuple(row[:8]): (row[8], row[9]) for row in rows}


def _replayed(connection: Connection) -> dict[Slot, tuple[int, int]]:
    vehicles: Counter[Slot] = Counter()
    people: Counter[Slot] = Counter()
    revised: dict[str, tuple[dict[str, Any], bool]] = {}
    for kind, header, public in connection.execute(_READ):
        head, body = json.loads(header), json.loads(public)
        if kind in views.COUNTED:
            changes = [(head, body, kind, 1)]
        else:
            changes = _changes(connection, kind, body, revised)
        for its_head, its_body, its_kind, sign in changes:
            for slot, count, persons in _counts(its_head, its_body, its_kind):
                vehicles[slot] += sign * count
                people[slot] += sign * persons
    return {slot: (vehicles[slot], people[slot]) for slot in vehicles}


_READ = f"SELECT kind, header, public FROM entry WHERE kind IN {views.listed(views.COUNTED + views.CORRECTIONS)} ORDER BY id"  # noqa: S608, E501 - constants


def _changes(
    connection: Connection, kind: str, body: dict[str, Any], revised: dict[str, tuple[dict[str, Any], bool]]
) -> list[tuple[dict[str, Any], dict[str, Any], str, int]]:
    """What a correction takes off and puts on, as head, public part, kind and sign."""
    ref = body["ref"]
    row = connection.execute(
        "SELECT kind, header, public FROM entry WHERE desk = ? AND epoch = ? AND seq = ? AND hash = ?",
        (ref["desk"], ref["epoch"], ref["seq"], bytes.fromhex(ref["hash"])),
    ).fetchone()
    if row is None or row[0] not in views.COUNTED:
        return []
    head = json.loads(row[1])
    before, gone = revised.get(ref["hash"], (json.loads(row[2]), False))
    after = before | body.get("fields", {})
    still_gone = gone or kind == facts.OUTCOME_UNDONE
    revised[ref["hash"]] = (after, still_gone)
    off = [] if gone else [(head, before, row[0], -1)]
    return off + ([] if still_gone else [(head, after, row[0], 1)])


def _counts(head: dict[str, Any], body: dict[str, Any], kind: str) -> Iterator[tuple[Slot, int, int]]:
    tally = kind == facts.TALLIED
    minutes = (body["minute"] if tally else head["happened"]) // 60_000 + head["zone"]
    hours = minutes // 60
    for part in body["counts"] if tally else [body]:
        outcome = TALLIED if tally else body.get("outcome", "")
        traffic = (body.get("direction", ""), part.get("class", ""), outcome, body.get("evidence", ""))
        slot = (hours // 24, hours % 24, head["desk"], body.get("lane", 0), *traffic)
        yield slot, part["vehicles"] if tally else 1, part.get("people", 0)
