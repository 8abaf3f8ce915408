"""What a lane knows beside the crossing when it judges: the clock, its data sets, earlier sightings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checkpoint_app.domain.verdict import DataSet
from checkpoint_app.domain.words import ClockState


@dataclass(frozen=True, slots=True)
class KnownSet:
    """A set of data at hand; `issued` in ms UTC, None when there is none. Ages in ms."""

    name: str
    version: str
    issued: int | None
    stale_after: int
    expires_after: int

    def at(self, now: int, *, sure: bool) -> DataSet:
        """The set with its age and light. Without a sure clock nothing is called expired, or fresh."""
        if self.issued is None:
            return DataSet(self.name, self.version, None, "missing")
        age = now - self.issued
        if not sure or age < 0:
            return DataSet(self.name, self.version, None, "stale")
        light = "expired" if age >= self.expires_after else "stale" if age >= self.stale_after else "fresh"
        return DataSet(self.name, self.version, age, light)


@dataclass(frozen=True, slots=True)
class Sighting:
    """The same code was read before in another crossing; `digest` as in `Check`, `at` in ms UTC."""

    digest: str
    at: int
    lane: int


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether this plate came in and did not leave; `hours` since then, `overstay` hours are allowed.

    `used`: the station pairs coming in and going out, and everything was read; nothing else counts else.
    """

    used: bool = False
    inside: bool = False
    hours: int = 0
    overstay: int = 24


@dataclass(frozen=True, slots=True)
class Known:
    """`sets` beside the rules (watch list, trust, passes), `station` as rules see it, `offset` of the zone
    in minutes east of UTC."""

    clock: ClockState = ClockState.SURE
    sets: tuple[KnownSet, ...] = ()
    station: Mapping[str, str] = field(default_factory=dict)
    sightings: tuple[Sighting, ...] = ()
    presence: Presence = field(default_factory=Presence)
    offset: int = 480

    @property
    def sure(self) -> bool:
        return self.clock is ClockState.SURE
