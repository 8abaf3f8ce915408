"""How the vehicle that stands at a lane is checked, and the words that follow from it. Pure."""

from __future__ import annotations

from enum import StrEnum

from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.words import VehicleClass
from checkpoint_app.i18n import _


class LaneMode(StrEnum):
    """One vehicle, a bus with everybody in it, people on foot, a convoy with one outcome."""

    ONE = "one"
    BUS = "bus"
    FOOT = "foot"
    CONVOY = "convoy"


def mode_of(crossing: Crossing | None) -> LaneMode:
    if crossing is None:
        return LaneMode.ONE
    if crossing.bus:
        return LaneMode.BUS
    if crossing.convoy:
        return LaneMode.CONVOY
    return LaneMode.FOOT if crossing.vehicle is VehicleClass.FOOT else LaneMode.ONE


def vehicles(crossing: Crossing | None) -> int:
    """How many vehicles one outcome ends."""
    return 1 + len(crossing.followers) if crossing else 1


def behind(crossing: Crossing | None) -> int:
    """How many people do not go on with the vehicle."""
    return len(crossing.apart) if crossing else 0


def release_word(mode: LaneMode, *, count: int) -> str:
    """The word on F1."""
    if mode is LaneMode.BUS:
        return _("Release bus")
    if mode is LaneMode.CONVOY:
        return _("Release {n}").format(n=count)
    return _("Release")


def switch_word(mode: LaneMode) -> str:
    """The word on F7: what it would be switched to."""
    return _("Bus") if mode is LaneMode.ONE else _("One car")


def space_word(mode: LaneMode) -> str:
    return _("Vehicle +1") if mode is LaneMode.CONVOY else _("Count +1")


def mode_tag(crossing: Crossing | None) -> tuple[str, str] | None:
    """Icon and words for the top bar while the lane checks otherwise than one car after the other."""
    return {
        LaneMode.ONE: None,
        LaneMode.BUS: ("bus", _("Bus mode")),
        LaneMode.FOOT: ("users", _("On foot")),
        LaneMode.CONVOY: ("car", _("Convoy")),
    }[mode_of(crossing)]
