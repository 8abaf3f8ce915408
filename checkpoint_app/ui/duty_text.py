"""Words of the shift page. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.entry import Head
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.words import Outcome
from checkpoint_app.i18n import _
from checkpoint_app.storage.rows import ShiftRow, ShiftTotals
from checkpoint_app.ui import said
from checkpoint_app.ui.told import Told, Tone

GROUPS, GROUP_LENGTH = 8, 4


@dataclass(frozen=True, slots=True)
class Total:
    label: str
    value: str


def clock(at: int) -> str:
    """HH:MM of the computer's zone; `at` in ms UTC."""
    return datetime.fromtimestamp(at / 1000).astimezone().strftime("%H:%M")


def zone(at: int) -> int:
    """Minutes east of UTC that this computer keeps at `at`."""
    offset = datetime.fromtimestamp(at / 1000).astimezone().utcoffset()
    assert offset is not None
    return round(offset.total_seconds() / 60)


def since(shift: ShiftRow, *, now: int) -> str:
    began = datetime.fromtimestamp(shift.opened / 1000).astimezone().strftime("%m-%d %H:%M")
    lasted = said.age(max(0, now - shift.opened))
    return said.joined(_("since {time}").format(time=began), lasted, shift.shift)


def lead(shift: ShiftRow) -> str:
    return _("Lead: {name}").format(name=shift.officers.get(shift.lead, shift.lead))


def officers(shift: ShiftRow) -> str:
    """Everybody but the lead, with their numbers; who serves is named in full."""
    others = [f"{number} {name}" for number, name in shift.officers.items() if number != shift.lead]
    return _("Officers: {names}").format(names=", ".join(others) or "—")


def vehicles(totals: ShiftTotals) -> int:
    return totals.vehicles + totals.counted_vehicles


def totals(found: ShiftTotals) -> tuple[Total, ...]:
    """What the shift did, in the order of the handover."""
    mean = said.seconds(found.mean) if found.mean is not None else "—"
    return (
        Total(_("Vehicles"), f"{vehicles(found):,}"),
        Total(_("Persons"), f"{found.people + found.counted_people:,}"),
        Total(_("of them counted by eye"), f"{found.counted_vehicles:,}"),
        Total(_("Mean"), mean),
        *(Total(said.outcome(kind), f"{found.outcomes.get(kind.value, 0):,}") for kind in Outcome),
    )


def with_running(found: ShiftTotals, states: Sequence[LaneState]) -> ShiftTotals:
    """The same with what lanes counted in the minute that still runs."""
    running = [count for state in states if state.tally for count in state.tally.counts]
    return replace(
        found,
        counted_vehicles=found.counted_vehicles + sum(vehicles for _kind, vehicles, _people in running),
        counted_people=found.counted_people + sum(people for _kind, _vehicles, people in running),
    )


def waiting(states: Sequence[LaneState]) -> int:
    """Vehicles without an outcome; a shift does not close over them."""
    return sum(len(state.parked) + (state.open is not None) for state in states)


def waiting_lines(states: Sequence[LaneState], *, now: int) -> tuple[Told, ...]:
    """Each of them with where it stands and what ends it."""
    lines = []
    for state in states:
        lane = _("Lane {n}").format(n=state.number) if len(states) > 1 else ""
        if state.open is not None:
            lines.append(_stands(state.open, said.joined(lane, _("on the lane")), now=now))
        for place, crossing in enumerate(state.parked, 1):
            where = said.joined(lane, _("parked {n}").format(n=said.numbered(place)))
            lines.append(_stands(crossing, where, now=now))
    return tuple(lines)


def waiting_title(count: int) -> Told:
    if count:
        line = _("{n} still without an outcome · Now: Ctrl+1, end each one, then close")
        return Told(line.format(n=count), Tone.BAD)
    return Told(_("No vehicle is waiting; the shift can be closed"), Tone.GOOD)


def closing(found: ShiftTotals, *, now: int) -> str:
    """What a second press will do."""
    line = _("Closes at {time} with {n} vehicles and is sealed: press F1 again")
    return line.format(time=clock(now), n=f"{vehicles(found):,}")


def seal_groups(head: Head) -> tuple[str, ...]:
    """The first half of the head's hash as eight groups of four, to be copied by hand."""
    digits = head.hash.upper()
    return tuple(
        digits[place : place + GROUP_LENGTH] for place in range(0, GROUPS * GROUP_LENGTH, GROUP_LENGTH)
    )


def _stands(crossing: Crossing, where: str, *, now: int) -> Told:
    plate = said.dotted(crossing.plate) or _("No plate")
    waited = said.running(now - crossing.started)
    return Told(said.joined(plate, where, waited), Tone.PLAIN)
