"""What passed within a stretch of time, hour by hour and by everything it is asked for; corrections hold.

Whole hours come from `hourly`; of an hour that the stretch cuts, the entries are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from checkpoint_app.domain import facts
from checkpoint_app.storage import blocks, ordering
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.hourly import TALLIED

HOUR = 3_600_000
_LATE = 5 * 60_000  # ms: a minute's tally is written when the minute is over, or a little later


@dataclass(frozen=True, slots=True)
class Slot:
    """Vehicles and people alike in all this; `hour` is ms UTC of its beginning on the station's clock.

    `outcome` is "tallied" for traffic that was only counted.
    """

    hour: int
    lane: int
    vehicle: str
    outcome: str
    evidence: str
    vehicles: int
    people: int


@dataclass(frozen=True, slots=True)
class Apart:
    """A crossing (`entry` is its local id) some of whose people were held while it went on."""

    entry: int
    lane: int
    people: int


def slots(
    reader: Connection, *, desk: str, since: int, zone: int, until: int | None = None
) -> tuple[Slot, ...]:
    """What passed from `since` up to but without `until`, or until now; ms UTC, `zone` in minutes east."""
    shifted = zone * 60_000
    first = -(-(since + shifted) // HOUR)
    last = (until + shifted) // HOUR if until is not None else first + 10**6
    whole_from = first * HOUR - shifted
    found = list(
        _cut_hour(reader, desk=desk, since=since, until=min(whole_from, until or whole_from), zone=zone)
    )
    if last > first:
        terms = {"desk": desk, "first": first, "last": last - 1, "shift": shifted}
        found += [Slot(*row) for row in reader.execute(_WHOLE, terms)]
    if until is not None and last >= first and last * HOUR - shifted < until:
        found += _cut_hour(reader, desk=desk, since=last * HOUR - shifted, until=until, zone=zone)
    return tuple(slot for slot in found if slot.vehicles or slot.people)


def held_apart(reader: Connection, shift: str, *, behind: int) -> tuple[Apart, ...]:
    """Crossings of a shift, behind the local id `behind`, whose people were held while they went on."""
    rows = reader.execute(_APART, {"shift": shift, "behind": behind})
    return tuple(Apart(*row) for row in rows if row[2])


def undone(reader: Connection, entries: Collection[int]) -> frozenset[int]:
    """Which of these entries (local ids) no longer count."""
    marks = ", ".join("?" * len(entries))
    rows = reader.execute(f"SELECT entry FROM revision WHERE undone AND entry IN ({marks})", tuple(entries))  # noqa: S608
    return frozenset(row[0] for row in rows)


def newest_id(reader: Connection) -> int:
    """The local id of the entry that the own desk wrote last."""
    newest = f"SELECT coalesce(max(id), 0) FROM entry WHERE {blocks.own('id')}"  # noqa: S608 - a constant
    return int(reader.execute(newest).fetchone()[0])


def newest_sets(reader: Connection, *, since: int, now: int) -> tuple[int, str]:
    """When the newest crossing judged here happened, and its data sets as JSON; (0, "[]") without one."""
    row = reader.execute(_NEWEST_SETS, {"since": since, "now": now}).fetchone()
    return (row[0], row[1]) if row else (0, "[]")


def _cut_hour(reader: Connection, *, desk: str, since: int, until: int, zone: int) -> Iterator[Slot]:
    if since >= until:
        return
    begins = (since + zone * 60_000) // HOUR * HOUR - zone * 60_000
    for row in reader.execute(_CUT, {"desk": desk, "since": since, "until": until}):
        yield Slot(begins, *row)


# A plus keeps the index of places out of it: all of a desk lies in one stretch of that.
_SAID = "coalesce(revision.public, entry.public)"
_VALID = "FROM entry LEFT JOIN revision ON revision.entry = entry.id"
_COUNTS = "+entry.desk = :desk AND coalesce(revision.undone, 0) = 0"

_WHOLE = """
SELECT (day * 24 + hour) * 3600000 - :shift, lane, class, outcome, evidence, sum(vehicles), sum(people)
  FROM hourly
 WHERE day BETWEEN :first / 24 AND :last / 24 AND day * 24 + hour BETWEEN :first AND :last AND desk = :desk
 GROUP BY day, hour, lane, class, outcome, evidence"""

_CUT = f"""
SELECT lane, class, outcome, evidence, sum(vehicles), sum(people) FROM (
  SELECT coalesce(said ->> '$.lane', 0) AS lane, coalesce(said ->> '$.class', '') AS class,
         coalesce(said ->> '$.outcome', '') AS outcome, coalesce(said ->> '$.evidence', '') AS evidence,
         1 AS vehicles, coalesce(said ->> '$.people', 0) AS people
    FROM (SELECT {_SAID} AS said {_VALID}
           WHERE entry.happened >= :since AND entry.happened < :until
             AND entry.kind = '{facts.VEHICLE_CROSSED}' AND {_COUNTS})
  UNION ALL
  SELECT said ->> '$.lane', coalesce(part.value ->> '$.class', ''), '{TALLIED}',
         coalesce(said ->> '$.evidence', ''), part.value ->> '$.vehicles', part.value ->> '$.people'
    FROM (SELECT {_SAID} AS said {_VALID}
           WHERE entry.happened >= :since AND entry.happened < :until + {_LATE}
             AND entry.kind = '{facts.TALLIED}' AND {_COUNTS}),
         json_each(said, '$.counts') AS part
   WHERE said ->> '$.minute' BETWEEN :since - :since % 60000 AND :until - 1)
 GROUP BY lane, class, outcome, evidence"""  # noqa: S608 - constants

_APART = f"""
SELECT id, coalesce(public ->> '$.lane', 0),
       (SELECT count(*) FROM json_each(public, '$.apart') AS one WHERE one.value ->> '$.outcome' = 'held')
  FROM entry
 WHERE shift = :shift AND id > :behind
   AND {ordering.OWN_SHIFT} AND kind = '{facts.VEHICLE_CROSSED}' AND instr(public, '"apart"')
 ORDER BY id"""  # noqa: S608 - constants

_NEWEST_SETS = f"""
SELECT happened, coalesce(public -> '$.data', '[]') FROM entry
 WHERE happened >= :since AND happened <= :now
   AND {blocks.own("id")} AND kind = '{facts.VEHICLE_CROSSED}'
 ORDER BY happened DESC, id DESC LIMIT 1"""  # noqa: S608 - constants
