"""What the top bar and the rail say while the desk is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checkpoint_app.domain.lane import Stopped
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.words import VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.rows import ShiftRow
from checkpoint_app.ui import said, shift_text
from checkpoint_app.ui.duty_pages import LANE, PAGES, SHIFT, WALL
from checkpoint_app.ui.lane_mode import mode_tag
from checkpoint_app.ui.lanes import Lanes
from checkpoint_app.ui.officer_text import name_of
from checkpoint_app.ui.rail import RailItem
from checkpoint_app.ui.shift_text import Proof
from checkpoint_app.ui.top_bar import BarText, Light, Tag

PERSON = "person"
"""What the rail's foot is called."""


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of bar and rail. `page` is the name of what is in front, `matters` how many are open, `daily`
    what there is to say of the day's report.
    """

    desk: Desk
    lanes: Lanes
    shift: ShiftRow | None
    proof: Proof
    page: str
    demo: bool
    matters: int = 0
    daily: Tag | None = None


def bar_text(told: Told) -> BarText:
    state = told.lanes.selected.state
    saved = told.lanes.selected.work.last_written
    return BarText(
        shift_text.lane_name(state.number, state.direction),
        told.desk.settings.station,
        shift=shift_text.shift_name(told.shift),
        tags=_tags(told),
        lights=_lights(told),
        saved_label=_("Saved") if saved else "",
        saved=said.time_of_day(saved[1]) if saved else "",
        title=_("Lane wall") if told.page == WALL else "",
    )


def rail_items(told: Told) -> tuple[RailItem, ...]:
    lane = RailItem(LANE, "road", _("Lane"))
    others = [
        RailItem(each.name, each.icon, _(each.word), badge=_badge(each.name, told))
        for each in PAGES
        if each.icon
    ]
    return (lane, *others)


def person(told: Told) -> RailItem | None:
    """Who acts, at the rail's foot."""
    if told.shift is None:
        return None
    number = told.desk.by_at(told.lanes.selected.state.number).officer
    if not number:
        return RailItem(PERSON, "user", _("Nobody"))
    return RailItem(PERSON, "user", mask_name(name_of(told.desk, number, told.shift)))


def _badge(name: str, told: Told) -> int:
    """What waits for the lead: open matters, and vehicles that were set aside."""
    if name != SHIFT:
        return 0
    return told.matters + (told.lanes.waiting if told.lanes.parked else 0)


def _tags(told: Told) -> tuple[Tag, ...]:
    lanes = told.lanes
    tags = [Tag("info-circle", _("DEMO"))] if told.demo else []
    if told.demo and told.desk.officers.protected:
        tags.append(Tag("key", _("PIN 2580")))
    if told.page != WALL and (stop := _elsewhere(lanes)):
        tags.append(Tag("alert-octagon", _stop(*stop, now=lanes.selected.work.now), stop=True))
    if told.page != WALL and (mode := mode_tag(lanes.selected.state.open)):
        tags.append(Tag(*mode))
    if lanes.parked:
        tags.append(Tag("flag", _("Parked {n}").format(n=lanes.parked)))
    if not lanes.sounds.heard or lanes.selected.work.hushed:
        tags.append(Tag("volume-off", _("Silent")))
    if lanes.idle.locked:
        tags.append(Tag("lock", _("Locked: names covered")))
    return (*tags, *_to_do(told))


def _to_do(told: Told) -> Iterator[Tag]:
    """What a lead should see to."""
    if told.daily is not None:
        yield told.daily
    if not told.desk.officers.protected:
        yield Tag("user-question", _("No PINs yet"))
    if not told.desk.settings.sheet_proved:
        yield Tag("key", _("Recovery sheet not proved"))
    if not told.desk.settings.retention_days and not told.demo:
        yield Tag("history", _("Retention not answered"))


def _elsewhere(lanes: Lanes) -> tuple[int, Stopped] | None:
    """The longest unanswered stop of a lane that is not selected."""
    selected = lanes.selected.state.number
    return next(((lane, stop) for lane, stop in lanes.stops() if lane != selected), None)


def _stop(lane: int, stop: Stopped, *, now: int) -> str:
    name, word = _("Lane {n}").format(n=lane), said.verdict(VerdictState.STOP)
    return f"{name} {word} {said.running(now - stop.since)}"


def _lights(told: Told) -> tuple[Light, ...]:
    work, ledger = told.lanes.selected.work, told.desk.ledger
    now, sure = work.now, ledger.clock.value == "sure"
    verdict = work.lane.verdict
    sets = verdict.data if verdict else (shift_text.rule_set(told.desk.rules, now=now, sure=sure),)
    lights = [shift_text.set_light(data) for data in sets]
    proved = shift_text.proof_light(told.proof)
    return (*lights, *([proved] if proved else []), shift_text.clock_light(now, sure=sure))
