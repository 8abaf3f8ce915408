"""A calendar day of a station in figures, all shifts and desks of the file together, as it now reads.

Unlike a shift's, a day's figures follow later corrections: the level above asks what is known today. Hours
are those of the station's own calendar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checkpoint_app.domain.figures import NONE


@dataclass(frozen=True, slots=True)
class DayFigures:
    """`day` since 1970. `hours` are vehicles by hour, 24 of them, counted ones included, as in `directions`
    and `classes`. `entries` counts what was written down by kind, `shifts` are their ids.
    """

    day: int
    vehicles: int = 0
    people: int = 0
    counted_vehicles: int = 0
    counted_people: int = 0
    outcomes: Mapping[str, int] = field(default_factory=lambda: NONE)
    directions: Mapping[str, int] = field(default_factory=lambda: NONE)
    classes: Mapping[str, int] = field(default_factory=lambda: NONE)
    people_by_evidence: Mapping[str, int] = field(default_factory=lambda: NONE)
    hours: tuple[int, ...] = (0,) * 24
    entries: Mapping[str, int] = field(default_factory=lambda: NONE)
    shifts: tuple[str, ...] = ()

    @property
    def all_vehicles(self) -> int:
        return self.vehicles + self.counted_vehicles

    @property
    def all_people(self) -> int:
        return self.people + self.counted_people
