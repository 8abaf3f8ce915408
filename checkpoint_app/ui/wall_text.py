"""What the wall says about each lane and about the station. Pure but for reading the lane's own state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from checkpoint_app import i18n
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.forecast import Forecast, NotYet
from checkpoint_app.domain.lane import LaneState, Stopped
from checkpoint_app.domain.lane_clock import MUCH, Spent, Step, slow_at
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import CheckKind, VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.services.traffic import LaneFigures
from checkpoint_app.ui import officer_text, said
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.panel_text import Notice

PLATE = "plate"
"""What a vehicle without one lacks, beside the kinds of checks."""


class Due(StrEnum):
    """How far a step of the vehicle in front is."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class WallStep:
    word: str
    due: Due


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class CardText:
    """One lane on the wall. `state` with `word`, ring and time make the block; `plate` is bare."""

    number: int
    name: str
    direction: str
    state: VerdictState | Notice
    word: str
    ring: str = ""
    time: str = ""
    plate: str = ""
    plate_colour: str = ""
    reason: str = ""
    steps: tuple[WallStep, ...] = ()
    figures: tuple[Figure, ...] = ()
    shares: Spent = field(default_factory=Spent)
    officer: str = ""

    @property
    def spoken(self) -> str:
        return "，".join(
            part for part in (self.name, self.word, said.dotted(self.plate), self.reason) if part
        )


@dataclass(frozen=True, slots=True)
class BannerText:
    """An unanswered stop: lane, how long, which vehicle and why; `sent` when somebody went, "" before."""

    lane: int
    title: str
    about: str
    sent: str = ""


def card(work: LaneWork, figures: LaneFigures | None, *, read: bool = True) -> CardText:
    """The lane as it is now; without `read` its figures are not known yet."""
    lane = work.lane.state
    name, way = _("Lane {n}").format(n=lane.number), said.direction(lane.direction)
    numbers = _figures(figures or LaneFigures(lane.number), read=read)
    shares = figures.shares if figures else Spent()
    crossing, verdict = lane.open, work.lane.verdict
    officer = officer_text.acting(work.desk, lane.number)
    if crossing is None or verdict is None:
        state, word, reason = _empty(work)
        return CardText(
            lane.number,
            name,
            way,
            state,
            word,
            time=_idle(work),
            reason=reason,
            figures=numbers,
            shares=shares,
            officer=officer,
        )
    return CardText(
        lane.number,
        name,
        way,
        verdict.state,
        said.verdict(verdict.state),
        ring=verdict.facts.get("ring", "").partition("/")[0],
        time=_time(work, crossing, verdict),
        plate=crossing.plate,
        plate_colour=crossing.plate_colour,
        reason=verdict.title(i18n.language()),
        steps=steps(crossing, verdict),
        figures=numbers,
        shares=shares,
        officer=officer,
    )


def with_running(figures: LaneFigures, state: LaneState) -> LaneFigures:
    """The same with what was counted in the minute that still runs, as the lane's own page has it."""
    running = state.tally.counts if state.tally else ()
    return replace(
        figures,
        counted=figures.counted + sum(vehicles for _kind, vehicles, _people in running),
        people=figures.people + sum(people for _kind, _vehicles, people in running),
    )


def steps(crossing: Crossing, verdict: Verdict) -> tuple[WallStep, ...]:
    """Plate, codes, temperature, verdict, outcome; the first that is not done is due."""
    lacking = {line.code.removesuffix("_missing") for line in verdict.done if line.code.endswith("_missing")}
    judged = verdict.state is not VerdictState.NOT_YET
    done = (
        (_("Plate"), bool(crossing.plate)),
        (_("Scan"), not lacking - {CheckKind.TEMPERATURE.value, PLATE}),
        (_("Temp."), CheckKind.TEMPERATURE.value not in lacking),
        (_("Verdict"), judged),
        (_("Decide"), False),
    )
    due = 4 if judged else next(place for place, (_word, is_done) in enumerate(done) if not is_done)
    return tuple(
        WallStep(word, Due.DONE if is_done else Due.NOW if place == due else Due.LATER)
        for place, (word, is_done) in enumerate(done)
    )


def banner(stops: Sequence[tuple[int, Stopped]], *, sent: Mapping[str, int], now: int) -> BannerText | None:
    """The longest unanswered stop, first of those nobody was sent to; `sent` maps crossings to when."""
    if not stops:
        return None
    lane, stop = min(stops, key=lambda pair: (pair[1].crossing in sent, pair[1].since))
    name, word = _("Lane {n}").format(n=lane), said.verdict(VerdictState.STOP)
    title = _("{lane} {verdict} {time}, no answer").format(
        lane=name, verdict=word, time=said.running(now - stop.since)
    )
    about = said.joined(said.dotted(stop.plate) or _("No plate"), stop.reason.get(i18n.language()[:2], ""))
    at = sent.get(stop.crossing)
    went = _("somebody went at {time}").format(time=said.time_of_day(at)[:5]) if at else ""
    return BannerText(lane, title, about, went)


def totals(figures: Sequence[LaneFigures] | None, *, working: int, lanes: int) -> tuple[Figure, ...]:
    """The station: every lane together, and how many of them work; None: nothing was read yet."""
    vehicles = sum(each.vehicles + each.counted for each in figures or ())
    people = sum(each.people for each in figures or ())
    unread = figures is None
    return (
        Figure(_("Station: vehicles"), "—" if unread else f"{vehicles:,}"),
        Figure(_("Persons"), "—" if unread else f"{people:,}"),
        Figure(_("Lanes working"), "—" if unread else f"{working} / {lanes}"),
    )


def queue(told: int | None, found: Forecast | NotYet | None) -> str:
    """How many wait, and how many will; never without how wrong that has been."""
    now = _("about {n} vehicles waiting now").format(n=told) if told is not None else ""
    if isinstance(found, Forecast):
        then = _("in 30 min about {n} (error ±{error})").format(n=found.waiting, error=found.error)
    elif isinstance(found, NotYet) and found.lacking == "days":
        then = _("forecast after {n} days, {have} so far").format(n=found.need, have=found.have)
    elif isinstance(found, NotYet):
        then = _("forecast after {n} vehicles in the last hour").format(n=found.need)
    else:
        then = ""
    dot = "，" if i18n.language() == "zh_CN" else ", "
    return dot.join(part for part in (now, then) if part)


def slowest(figures: Sequence[LaneFigures], *, much: int = MUCH) -> str:
    """One sentence about where the seconds go; "" when no lane stands out by `much` ms."""
    means = {each.lane: each.shares for each in figures if each.shares.whole}
    found = slow_at(means, much=much)
    if found is None:
        return ""
    lane, step = found
    others = [mean.of(step) for number, mean in means.items() if number != lane]
    more = means[lane].of(step) - sum(others) // len(others)
    return _("Lane {n}: {step} takes {time} more").format(
        n=lane, step=step_word(step), time=said.seconds(more)
    )


def step_word(step: Step) -> str:
    return {
        Step.PLATE: _("Plate"),
        Step.CODES: _("Scan"),
        Step.TEMPERATURE: _("Temp."),
        Step.DECISION: _("Decide"),
    }[step]


def _empty(work: LaneWork) -> tuple[Notice, str, str]:
    parked = len(work.lane.state.parked)
    waiting = _("{n} parked").format(n=parked) if parked else _("No vehicle")
    if work.failure is not None and work.failure_shown:
        return Notice.ALARM, _("NOT SAVED"), waiting
    return Notice.WAITING, _("WAITING"), waiting


def _idle(work: LaneWork) -> str:
    return _("Idle {time}").format(time=said.running(work.now - work.last.at)) if work.last else ""


def _time(work: LaneWork, crossing: Crossing, verdict: Verdict) -> str:
    stopped = work.stopped_for()
    if verdict.state is VerdictState.STOP and stopped is not None:
        return _("Stopped {time}").format(time=said.running(stopped))
    return said.running(work.now - crossing.started)


def _figures(found: LaneFigures, *, read: bool) -> tuple[Figure, ...]:
    counted = (
        Figure(_("Vehicles"), f"{found.vehicles + found.counted:,}"),
        Figure(_("Persons"), f"{found.people:,}"),
        Figure(_("Turned back"), f"{found.turned_back:,}"),
        Figure(_("Mean"), said.seconds(found.mean_ms) if found.mean_ms is not None else "—"),
        Figure(_("Last hour"), f"{found.last_hour:,}"),
    )
    return counted if read else tuple(Figure(each.label, "—") for each in counted)
