"""What a file has of the day of every desk, each answered with one question however many desks there are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checkpoint_app.domain.affairs import Family
from checkpoint_app.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class Traffic:
    """Of one day, with what was only counted."""

    vehicles: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class OpenShift:
    """A shift that nobody closed as far as this file knows; `opened` ms UTC, `lead` a number."""

    shift: str
    group: str
    lead: str
    opened: int


def traffic(reader: Connection, day: int) -> Mapping[str, Traffic]:
    """By desk; `day` since 1970, by each checkpoint's own calendar."""
    rows = reader.execute(
        "SELECT desk, sum(vehicles), sum(people) FROM hourly WHERE day = ? GROUP BY desk", (day,)
    )
    return {desk: Traffic(vehicles, people) for desk, vehicles, people in rows.fetchall()}


def open_shifts(reader: Connection) -> Mapping[str, OpenShift]:
    """The one each desk opened last of those that are not closed."""
    rows = reader.execute(
        "SELECT duty.desk, duty.shift, began.public ->> '$.group', began.public ->> '$.lead', began.happened"
        " FROM duty JOIN entry AS began ON began.id = duty.opened WHERE duty.closed IS NULL"
        " ORDER BY duty.began, began.happened, duty.shift"
    )
    return {
        desk: OpenShift(shift, str(group or ""), str(lead or ""), opened)
        for desk, shift, group, lead, opened in rows.fetchall()
    }


def open_matters(reader: Connection, desks: Iterable[str]) -> Mapping[str, int]:
    """How many of each desk's matters nobody closed."""
    rows = reader.execute(
        "SELECT value, (SELECT count(*) FROM affair WHERE desk = value AND family = ? AND over = 0)"
        " FROM json_each(?)",
        (Family.MATTER.value, json.dumps(list(desks))),
    )
    return dict(rows.fetchall())
