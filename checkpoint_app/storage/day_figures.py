"""A day of the station: traffic from the kept hours, what was written down from the entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from checkpoint_app.domain.day_figures import DayFigures
from checkpoint_app.domain.words import Evidence
from checkpoint_app.storage import blocks, ordering, queries
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.hourly import TALLIED
from checkpoint_app.storage.rows import HourRow

DAY = 86_400_000
KINDS = (
    "check_flagged",
    "outcome_undone",
    "crossing_amended",
    "incident_noticed",
    "incident_closed",
    "matter_raised",
    "matter_closed",
    "order_received",
    "visited",
    "outage",
    "clock_jumped",
)
"""What of a day's entries a report to the level above counts."""


def day_figures(reader: Connection, day: int, *, zone: int, desks: Sequence[str] | None = None) -> DayFigures:
    """The day (since 1970) of the station's calendar, `zone` minutes east; of every desk in this file or of
    `desks`.
    """
    rows = queries.hours(reader, since=day, until=day + 1, desks=desks)
    crossed = [row for row in rows if row.outcome != TALLIED]
    counted = [row for row in rows if row.outcome == TALLIED]
    begin = day * DAY - zone * 60_000
    return DayFigures(
        day,
        vehicles=sum(row.vehicles for row in crossed),
        people=sum(row.people for row in crossed),
        counted_vehicles=sum(row.vehicles for row in counted),
        counted_people=sum(row.people for row in counted),
        outcomes=_summed((row.outcome, row.vehicles) for row in crossed),
        directions=_summed((row.direction, row.vehicles) for row in rows),
        classes=_summed((row.vehicle, row.vehicles) for row in rows),
        people_by_evidence=_summed((_evidence(row), row.people) for row in rows),
        hours=tuple(sum(row.vehicles for row in rows if row.hour == hour) for hour in range(24)),
        entries=_written(reader, begin, begin + DAY, desks),
        shifts=_shifts(reader, begin, begin + DAY, desks),
    )


def _written(reader: Connection, since: int, until: int, desks: Sequence[str] | None) -> Mapping[str, int]:
    among, values = ordering.desks_are("+desk", desks)
    marks = ", ".join("?" * len(KINDS))
    rows = reader.execute(
        "SELECT kind, count(*) FROM entry WHERE happened >= ? AND happened < ?"  # noqa: S608 - marks
        f" AND kind IN ({marks}) AND {among} GROUP BY kind",
        (since, until, *KINDS, *values),
    )
    return MappingProxyType(dict(rows.fetchall()))


def _shifts(reader: Connection, since: int, until: int, desks: Sequence[str] | None) -> tuple[str, ...]:
    """Shifts opened that day, in the order they were."""
    among, values = ordering.desks_are("desk", desks)
    rows = reader.execute(
        f"SELECT shift FROM duty WHERE began >= ? AND began < ? AND {among}"  # noqa: S608 - marks
        f" ORDER BY opened >= {blocks.BLOCK}, iif(opened < {blocks.BLOCK}, opened, began), shift",
        (since, until, *values),
    )
    return tuple(row[0] for row in rows.fetchall())


def _evidence(row: HourRow) -> str:
    return row.evidence or Evidence.SEEN.value


def _summed(pairs: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for name, count in pairs:
        found[name] += count
    return MappingProxyType({name: found[name] for name in sorted(found) if found[name]})
