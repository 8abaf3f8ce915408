"""A shift's report in the words of its sheet."""

from __future__ import annotations

from dataclasses import dataclass

from checkpoint_app.documents import log_words, wording
from checkpoint_app.documents.line_parts import Telling, age, listed
from checkpoint_app.domain.figures import ShiftFigures
from checkpoint_app.domain.handover import Absent, Answered, Side, State
from checkpoint_app.domain.logbook import Incident, Matter
from checkpoint_app.domain.report import ShiftReport
from checkpoint_app.i18n import _, language


@dataclass(frozen=True, slots=True)
class Open:
    """Something open: key of its line in the handover."""

    key: str
    title: str
    owner: str
    due: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Text:
    """`now` is when the shift ended, else when the sheet is printed: what is overdue is so then."""

    report: ShiftReport

    @property
    def figures(self) -> ShiftFigures:
        return self.report.figures

    @property
    def now(self) -> int:
        return self.figures.closed or self.report.printed_at

    @property
    def telling(self) -> Telling:
        return Telling({}, self.figures.opened, self.figures.zone, self.report.officers)

    def time(self, at: int) -> str:
        """HH:MM, with the date when it is not the day the shift began."""
        return self.telling.time(at)

    def seconds(self, at: int) -> str:
        """HH:MM:SS likewise, blank for never."""
        return self.telling.seconds(at) if at else ""

    def name(self, number: str) -> str:
        return self.report.officers.get(number) or number

    def who(self, number: str) -> str:
        """An officer's number and name."""
        name = self.report.officers.get(number, "")
        return f"{number} {name}" if name else number

    def period(self) -> str:
        """Date and hours; a shift that goes on has no end."""
        begun = wording.moment(self.figures.opened, zone=self.figures.zone)[:16]
        return f"{begun}–{self.time(self.figures.closed or 0)}"

    def lead(self) -> str:
        return self.name(self.figures.lead) or "—"

    def next_lead(self) -> str:
        return self.name(self.report.next_lead) or "—"

    def roll(self) -> tuple[int, int]:
        """How many were there, and how many should have been; who came instead of another is not due."""
        here = [each for each in self.report.attended if each.came or each.state in {"present", "late"}]
        should = [each for each in self.report.attended if each.state != "replaced"]
        return len(here), len(should)

    def open(self) -> tuple[Open, ...]:
        """Open matters and incidents, what is overdue first, then by time."""
        matters = [self._matter(each) for each in self.report.matters if not each.closed]
        incidents = [self._incident(each) for each in self.report.incidents if not each.closed]
        return tuple(
            sorted([*incidents, *matters], key=lambda each: (-each.overdue, each.due or self.now * 2))
        )

    def _matter(self, matter: Matter) -> Open:
        late = self.now - matter.due if matter.overdue(self.now) else 0
        return Open(
            f"matter:{matter.id}",
            log_words.matter_title(matter),
            log_words.owner(matter, self.report.officers),
            matter.due,
            late,
        )

    def _incident(self, incident: Incident) -> Open:
        kind = wording.word(log_words.INCIDENTS, incident.kind)
        late = self.now - incident.due if incident.overdue(self.now) else 0
        return Open(
            f"incident:{incident.id}",
            listed(kind, incident.text),
            self.name(incident.officer),
            incident.due,
            late,
        )

    def overdue(self, each: Open) -> str:
        return _(" ({age} overdue)").format(age=age(each.overdue)) if each.overdue else ""

    def ticked(self, key: str) -> int | None:
        """0 accepted, 1 queried, None not answered."""
        handover = self.report.handover
        answer = handover.answers.get(key) if handover else None
        return None if answer is None else 0 if answer.said is Answered.ACCEPTED else 1

    def absent(self, side: Side) -> Absent | None:
        handover = self.report.handover
        return next((each for each in handover.absent if each.side is side), None) if handover else None

    def state(self) -> str:
        """Blank once it is handed over; else what is missing."""
        handover = self.report.handover
        if self.figures.closed is None or handover is None or handover.state is State.OPEN:
            return _("Not handed over")
        if any(each.refused for each in handover.absent):
            return _("Taking over refused")
        if handover.absent:
            return _("One side absent")
        if handover.state is State.CLOSING:
            return _("Handover under way")
        return ""


def enumerated(*parts: str) -> str:
    """Parts of one list, each once."""
    return ("、" if language() == "zh_CN" else ", ").join(dict.fromkeys(part for part in parts if part))


def mean(ms: int | None) -> str:
    """Seconds with one place, rounded half up, without their unit."""
    return "—" if ms is None else f"{(ms + 50) // 100 / 10:.1f}"


def hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def percent(part: int, whole: int) -> str:
    return f"{(200 * part + whole) // (2 * whole)}%" if whole else "—"
