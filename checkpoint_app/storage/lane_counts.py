"""What went through each lane, and when: for the wall, asked every few seconds, so quick on a large ledger.

Whole hours come from `hourly`, what lies before the first one from the entries. How a day's hours divide is
taken from the index of times alone: an entry is read only where its content is needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from checkpoint_app.domain import facts
from checkpoint_app.domain.lane_clock import Spent, spent
from checkpoint_app.domain.words import Outcome
from checkpoint_app.storage import blocks
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.hourly import TALLIED

HOUR = 3_600_000
DAY = 24 * HOUR
NEWEST = 400
"""Crossings looked into for the pace of the lanes: reading more takes longer and says the same."""


@dataclass(frozen=True, slots=True)
class LaneCount:
    """What went through one lane; `counted` vehicles were only tallied and are not among `vehicles`."""

    vehicles: int = 0
    people: int = 0
    counted: int = 0
    counted_people: int = 0
    turned_back: int = 0

    def plus(self, other: LaneCount) -> LaneCount:
        """Both together."""
        return LaneCount(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Pass:
    """One crossing that counts; times in ms UTC."""

    lane: int
    started: int
    happened: int
    spent: Spent


def counts(reader: Connection, *, desk: str, since: int, now: int, zone: int) -> Mapping[int, LaneCount]:
    """What went through each lane from `since` until now (ms UTC); `zone` in minutes east."""
    first = -(-(since + zone * 60_000) // HOUR)
    last = (now + zone * 60_000) // HOUR
    begun = min(first * HOUR - zone * 60_000, now + 1)
    rows = [
        *reader.execute(_BEFORE, {"desk": desk, "since": since, "until": begun}),
        *reader.execute(_HOURS, {"desk": desk, "first": first, "last": last}),
    ]
    found: dict[int, LaneCount] = {}
    for lane, outcome, vehicles, people in rows:
        one = _count(outcome, vehicles, people)
        found[lane] = found.get(lane, LaneCount()).plus(one)
    return found


def passed(reader: Connection, *, desk: str, since: int, now: int) -> Mapping[int, int]:
    """Vehicles recorded at each lane from `since` until now."""
    return dict(reader.execute(_PASSED, {"desk": desk, "since": since, "now": now}).fetchall())


def passes(reader: Connection, *, desk: str, since: int, now: int) -> tuple[Pass, ...]:
    """The newest crossings since then, oldest first, at most NEWEST."""
    rows = reader.execute(_NEWEST, {"desk": desk, "since": since, "now": now, "limit": NEWEST}).fetchall()
    return tuple(_pass(happened, json.loads(public)) for happened, public in reversed(rows))


def hours_of(reader: Connection, *, desk: str, first: int, last: int) -> Mapping[int, int]:
    """Vehicles of each hour, recorded and tallied; hours since 1970 on the checkpoint's own clock."""
    rows = reader.execute(_BY_HOUR, {"desk": desk, "first": first, "last": last})
    return dict(rows.fetchall())


def share_of_hour(reader: Connection, *, hour: int, since: int, until: int) -> float:
    """Which part of what was written here in an hour falls between two times; `hour` is its beginning."""
    ((whole,), (part,)) = (
        reader.execute(_WRITTEN, times).fetchone()
        for times in (
            (hour, hour + HOUR),
            (max(since, hour), min(until, hour + HOUR)),
        )
    )
    return part / whole if whole else 0.0


def _count(outcome: str, vehicles: int, people: int) -> LaneCount:
    if outcome == TALLIED:
        return LaneCount(counted=vehicles, counted_people=people)
    return LaneCount(vehicles, people, turned_back=vehicles if outcome == Outcome.TURNED_BACK else 0)


def _pass(happened: int, said: Mapping[str, Any]) -> Pass:
    started = said.get("started", 0) or happened
    checks: Sequence[Mapping[str, Any]] = said.get("checks", ())
    marks: Iterable[tuple[str, int]] = ((check["kind"], check["at"]) for check in checks)
    parts = spent(started=started, plate_at=said.get("plate_at", 0), checks=marks, happened=happened)
    return Pass(said.get("lane", 0), started, happened, parts)


# A plus keeps the index of places out of it: all of a desk lies in one stretch of that.
_VALID = "FROM entry LEFT JOIN revision ON revision.entry = entry.id"
_SAID = "coalesce(revision.public, entry.public)"
_COUNTS = "+entry.desk = :desk AND coalesce(revision.undone, 0) = 0"
_CROSSED = f"entry.kind = '{facts.VEHICLE_CROSSED}' AND {_COUNTS}"
_LATE = 5 * 60_000  # ms: a minute's tally is written when the minute is over, or a little later

_BEFORE = f"""
SELECT {_SAID} ->> '$.lane', {_SAID} ->> '$.outcome', 1, coalesce({_SAID} ->> '$.people', 0) {_VALID}
 WHERE entry.happened >= :since AND entry.happened < :until AND {_CROSSED}
UNION ALL
SELECT said ->> '$.lane', '{TALLIED}', part.value ->> '$.vehicles', part.value ->> '$.people'
  FROM (SELECT {_SAID} AS said {_VALID}
         WHERE entry.happened >= :since AND entry.happened < :until + {_LATE} AND :since < :until
           AND entry.kind = '{facts.TALLIED}' AND {_COUNTS}),
       json_each(said, '$.counts') AS part
 WHERE said ->> '$.minute' BETWEEN :since AND :until - 1"""  # noqa: S608 - constants

_HOURS = """
SELECT lane, outcome, sum(vehicles), sum(people) FROM hourly
 WHERE day BETWEEN :first / 24 AND :last / 24 AND day * 24 + hour BETWEEN :first AND :last AND desk = :desk
 GROUP BY lane, outcome"""

_PASSED = f"""
SELECT {_SAID} ->> '$.lane' AS lane, count(*) {_VALID}
 WHERE entry.happened > :since AND entry.happened <= :now AND {_CROSSED} GROUP BY lane"""

_NEWEST = f"""
SELECT entry.happened, {_SAID} {_VALID}
 WHERE entry.happened > :since AND entry.happened <= :now AND {_CROSSED}
 ORDER BY entry.happened DESC, entry.id DESC LIMIT :limit"""

_BY_HOUR = """
SELECT day * 24 + hour, sum(vehicles) FROM hourly
 WHERE day BETWEEN :first / 24 AND :last / 24 AND day * 24 + hour BETWEEN :first AND :last AND desk = :desk
 GROUP BY day, hour"""

_WRITTEN = f"""
SELECT count(*) FROM entry WHERE happened >= ? AND happened < ? AND {blocks.own("id")}"""  # noqa: S608
