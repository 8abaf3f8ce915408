"""The board's lines: each lane beside the others with what it shows now, and what is open. Pure but for
reading the lanes' own states.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checkpoint_app.documents import log_words
from checkpoint_app.domain import bus
from checkpoint_app.domain.lane import Stopped
from checkpoint_app.domain.logbook import Incident, Matter, Order
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.words import VerdictState
from checkpoint_app.i18n import _, ngettext
from checkpoint_app.scanning.health import Sight
from checkpoint_app.services.board import Board, OtherDesk
from checkpoint_app.services.traffic import LaneFigures
from checkpoint_app.ui import board_text, messages, said
from checkpoint_app.ui.chart_card import number
from checkpoint_app.ui.lane_work import LaneWork

TROUBLED = (Sight.GONE, Sight.FROZEN, Sight.BLACK)
SOON = 60 * said.MINUTE


@dataclass(frozen=True, slots=True)
class Now:
    """What a lane shows: `tone` is good, warn, bad or plain."""

    word: str
    icon: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class LaneRow:
    """One lane of the table; `mean_ms` of a vehicle in the last hour, None without one. `desk` is another
    desk's name, "" for the own; its `lane` may be 0 for none.
    """

    lane: int
    direction: str
    vehicles: str
    people: str
    turned_back: str
    held: str
    mean_ms: int | None
    officer: str
    now: Now
    desk: str = ""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.desk, str(self.lane or "")) if part)

    @property
    def spoken(self) -> str:
        return said.joined(
            _("Desk {desk}").format(desk=self.desk) if self.desk else "",
            _("Lane {n}").format(n=self.lane) if self.lane else "",
            f"{_('Vehicles')} {self.vehicles}",
            f"{_('Persons')} {self.people}",
            f"{_('Turned back')} {self.turned_back}",
            f"{_('Held')} {self.held}",
            self.mean,
            self.officer,
            self.now.word,
        )

    @property
    def mean(self) -> str:
        return board_text.tenths(self.mean_ms) if self.mean_ms is not None else "—"


class About(StrEnum):
    MATTER = "matter"
    INCIDENT = "incident"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class OpenLine:
    """Something open: `due` words at its right end, `tone` bad when overdue, warn when soon."""

    id: str
    about: About
    title: str
    under: str
    due: str = ""
    tone: str = "plain"

    @property
    def icon(self) -> str:
        if self.tone == "bad":
            return "alert-circle"
        if self.tone == "warn":
            return "clock-exclamation"
        return {About.MATTER: "flag", About.INCIDENT: "alert-triangle", About.ORDER: "speakerphone"}[
            self.about
        ]

    @property
    def spoken(self) -> str:
        return said.joined(self.title, self.under, self.due)


def lane_row(
    work: LaneWork,
    figures: LaneFigures | None,
    *,
    held: int,
    officer: str,
    sight: Sight | None,
    stops: Sequence[Stopped],
    read: bool = True,
) -> LaneRow:
    """One lane; `figures` with what runs counted in, without `read` nothing of them is known yet."""
    state, found = work.lane.state, figures or LaneFigures(work.number)
    show = number if read else _unread
    return LaneRow(
        state.number,
        said.direction(state.direction),
        vehicles=show(found.vehicles + found.counted),
        people=show(found.people),
        turned_back=show(found.turned_back),
        held=show(held),
        mean_ms=found.mean_ms,
        officer=mask_name(officer),
        now=now_of(work, sight=sight, stops=stops),
    )


def other_rows(others: Sequence[OtherDesk]) -> tuple[LaneRow, ...]:
    """The lanes of the station's other desks; one line for a desk of which nothing is known."""
    return tuple(
        LaneRow(
            figures.lane,
            "",
            vehicles=number(figures.vehicles + figures.counted),
            people=number(figures.people),
            turned_back=number(figures.turned_back),
            held=number(each.held.get(figures.lane, 0)),
            mean_ms=figures.mean_ms,
            officer="",
            now=heard_now(each),
            desk=each.desk,
        )
        for each in others
        for figures in each.lanes or (LaneFigures(0),)
    )


def heard_now(other: OtherDesk) -> Now:
    """Until when the desk is known; since when something of it is missing."""
    if other.whole:
        return Now(said.time_of_day(other.heard), "circle-check", "good")
    since = min((each.since for each in other.missing), default=other.heard)
    words = _("since {time}").format(time=said.time_of_day(since)) if since else _("never heard of")
    return Now(words, "clock-exclamation", "warn")


def now_of(work: LaneWork, *, sight: Sight | None, stops: Sequence[Stopped]) -> Now:
    """The gravest of what is so at the lane: a stop nobody answered, not saved, camera gone, its verdict."""
    if stops:
        longest = min(stops, key=lambda stop: stop.since)
        return Now(
            f"{said.verdict(VerdictState.STOP)} {said.running(work.now - longest.since)}",
            "alert-circle",
            "bad",
        )
    if work.failure is not None and work.failure_shown:
        return Now(_("NOT SAVED"), "database-off", "bad")
    if sight in TROUBLED:
        return Now(messages.sight_words(sight.value, since="").title.strip(), "camera-off", "bad")
    return _verdict(work)


def open_lines(
    found: Board, *, names: Mapping[str, str], on_duty: Collection[str], now: int
) -> tuple[OpenLine, ...]:
    """Matters, incidents past their time and orders somebody on duty has not read; the most urgent first.

    `names` are officers' by number, `on_duty` the numbers of those who serve in this shift.
    """
    lines = [
        *((_urgency(each.due, now), _incident(each, now)) for each in found.incidents if each.overdue(now)),
        *((_urgency(each.due, now), _matter(each, names, now, found.shift.zone)) for each in found.matters),
        *((_urgency(0, now), line) for each in found.orders if (line := _order(each, on_duty)) is not None),
    ]
    return tuple(line for _when, line in sorted(lines, key=lambda pair: pair[0]))


def _unread(_count: int) -> str:
    return "—"


def _verdict(work: LaneWork) -> Now:
    crossing, verdict = work.lane.state.open, work.lane.verdict
    if crossing is None or verdict is None:
        return Now(_("No vehicle"), "circle-dashed")
    if verdict.state is VerdictState.STOP:
        return Now(said.verdict(verdict.state), "alert-circle", "bad")
    if crossing.bus:
        far = bus.progress(crossing, verdict, work.lacking())
        word = _("Bus {done}/{people}").format(done=far.done, people=far.people)
        return Now(word, "bus" if verdict.state is VerdictState.PASS else "circle-dashed", "warn")
    icon, tone = {
        VerdictState.PASS: ("check", "good"),
        VerdictState.NOT_YET: ("circle-dashed", "warn"),
        VerdictState.REFER: ("user-question", "plain"),
    }[verdict.state]
    return Now(said.verdict(verdict.state), icon, tone)


def _urgency(due: int, now: int) -> tuple[int, int]:
    """What is late before what has a time, the longest late and the nearest first; then what has none."""
    return (0, due) if due and due <= now else (1, due) if due else (2, 0)


def _matter(matter: Matter, names: Mapping[str, str], now: int, zone: int) -> OpenLine:
    owner = mask_name(names[matter.owner]) if matter.owner in names else matter.owner
    until = _("until {time}").format(time=board_text.clock(matter.due, zone)) if matter.due else ""
    due, tone = _due(matter.due, now)
    under = said.joined(owner, until) or said.joined(
        _("raised {time}").format(time=board_text.clock(matter.raised, zone))
    )
    return OpenLine(matter.id, About.MATTER, log_words.matter_title(matter), under, due, tone)


def _incident(incident: Incident, now: int) -> OpenLine:
    kind = _(log_words.INCIDENTS.get(incident.kind, log_words.INCIDENTS["other"]))
    due, tone = _due(incident.due, now)
    return OpenLine(
        incident.id, About.INCIDENT, said.joined(kind, incident.text), _("no answer yet"), due, tone
    )


def _order(order: Order, on_duty: Collection[str]) -> OpenLine | None:
    """None when everybody on duty has read it."""
    unread = len(set(on_duty) - {number for number, _at in order.read})
    if not unread:
        return None
    title = said.joined(order.number or order.sender, order.text)
    return OpenLine(
        order.id,
        About.ORDER,
        title,
        ngettext("{n} has not read it", "{n} have not read it", unread).format(n=unread),
    )


def _due(due: int, now: int) -> tuple[str, str]:
    if not due:
        return "", "plain"
    if now >= due:
        return _("{time} over").format(time=said.age(now - due)), "bad"
    if due - now <= SOON:
        return _("{time} left").format(time=said.age(due - now)), "warn"
    return "", "plain"
