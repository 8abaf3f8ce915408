"""What can be done on the log page: something new of each kind, and the next step of what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from checkpoint_app.domain import incidents
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.logbook import Incident, Matter, Order
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.log import Finding
from checkpoint_app.ui import log_text, log_times
from checkpoint_app.ui.log_forms import Line, LinesForm
from checkpoint_app.ui.log_link import LinkForm
from checkpoint_app.ui.log_text import LogFound, Tab
from checkpoint_app.ui.page_forms import PeopleForm
from checkpoint_app.ui.page_parts import Key
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Told, Tone

FINDINGS = 3
Values = Mapping[str, str]


class Host(Protocol):
    """The page: `ask` opens a form whose F1 does `save`, `do` writes in another thread as who acts then, and
    says `said`.
    """

    desk: Desk
    tasks: Tasks
    found: LogFound | None

    def ask(self, form: PeopleForm, first: QWidget, save: Callable[[], None]) -> None: ...

    def do(self, work: Callable[[By], Any], said: str) -> None: ...

    def say(self, told: Told) -> None: ...


class LogActs:
    """Something new of each kind, and the steps of what is chosen."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self._forms: dict[str, LinesForm] = {}
        self._link: LinkForm | None = None

    # something new

    def begin(self, kind: Tab) -> None:
        begins = {
            Tab.NOTES: self._note,
            Tab.ORDERS: self._order,
            Tab.INCIDENTS: self._incident,
            Tab.VISITS: self._visit,
            Tab.MATTERS: self._matter,
        }
        begins[kind]()

    def _note(self) -> None:
        log = self.host.desk.log
        self._open(
            "note",
            [Line("text", _("Text"))],
            title=_("New note"),
            about=_("Worth knowing for the handover, asks for nothing."),
            save=lambda values: self.host.do(lambda by: log.note(values["text"], by=by), _("Note saved")),
        )

    def _order(self) -> None:
        lines = [
            Line("sender", _("From whom"), short=True),
            Line("number", _("Order number"), short=True),
            Line("text", _("What is ordered")),
            Line("until", _("In force until"), hint=_time_hint(), short=True),
        ]
        log = self.host.desk.log

        def save(values: Values) -> None:
            until = self._due("order", values["until"], name="until")
            if until is not None:
                self.host.do(
                    lambda by: log.order(
                        values["sender"], values["number"], values["text"], until=until, by=by
                    ),
                    _("Order saved; the lanes show it"),
                )

        about = _("The lanes show it until its time, or until it is ended here.")
        self._open("order", lines, title=_("New order"), about=about, save=save)

    def _incident(self) -> None:
        kinds = tuple(
            (kind, f"{place} {log_text.incident(kind)}") for place, kind in enumerate(incidents.KINDS, 1)
        )
        lines = [
            Line("kind", _("Kind (digit)"), value="other", choices=kinds, short=True),
            Line("due", _("Answer due in (min)"), value=str(incidents.ANSWER_DUE), short=True),
            Line("text", _("What happened")),
        ]
        log = self.host.desk.log

        def save(values: Values) -> None:
            minutes = _number(values["due"])
            if minutes is None:
                self._complain("incident", "due", _("Minutes: a number, 0 for no time"))
                return
            self.host.do(
                lambda by: log.incident(values["kind"], values["text"], due_minutes=minutes, by=by),
                _("Incident saved; its clock runs"),
            )

        about = _("The clock begins now: report it with F2, note the answer with F2.")
        self._open("incident", lines, title=_("New incident"), about=about, save=save)

    def _visit(self) -> None:
        lines = [
            Line("visitor", _("Visitor"), short=True),
            Line("agency", _("Agency"), short=True),
            Line("text", _("What was said")),
        ]
        for place in range(1, FINDINGS + 1):
            lines += [
                Line(f"title{place}", _("Finding {n}").format(n=place)),
                Line(f"owner{place}", _("Whose"), short=True),
                Line(f"due{place}", _("Due by"), hint=_time_hint(), short=True),
            ]
        log = self.host.desk.log

        def save(values: Values) -> None:
            found = self._findings(values)
            if found is not None:
                self.host.do(
                    lambda by: log.visit(
                        values["visitor"], agency=values["agency"], text=values["text"], findings=found, by=by
                    ),
                    _("Visit saved; each finding is a matter"),
                )

        about = _("Each finding becomes a matter that stays until it is closed.")
        self._open("visit", lines, title=_("New visit"), about=about, save=save)

    def _findings(self, values: Values) -> tuple[Finding, ...] | None:
        found: list[Finding] = []
        for place in range(1, FINDINGS + 1):
            title, owner = values[f"title{place}"], values[f"owner{place}"]
            due = self._due("visit", values[f"due{place}"], name=f"due{place}")
            if due is None:
                return None
            if title or owner or due:
                found.append(Finding(title, owner, due))
        return tuple(found)

    def _matter(self) -> None:
        lines = [
            Line("title", _("What must be done")),
            Line("owner", _("Whose (number or words)"), short=True),
            Line("due", _("Due by"), hint=_time_hint(), short=True),
        ]
        matters = self.host.desk.matters

        def save(values: Values) -> None:
            due = self._due("matter", values["due"], name="due")
            if due is not None:
                self.host.do(
                    lambda by: matters.raise_(values["title"], owner=values["owner"], due=due, by=by),
                    _("Matter saved"),
                )

        about = _("It stays on every handover until somebody closes it.")
        self._open("matter", lines, title=_("New matter"), about=about, save=save)

    # steps

    def keys(self, affair: log_text.Affair) -> Sequence[Key]:
        """F2 and on, for what is chosen."""
        if isinstance(affair, Order):
            return self._order_keys(affair)
        if isinstance(affair, Incident):
            return self._incident_keys(affair)
        if isinstance(affair, Matter):
            return self._matter_keys(affair)
        return ()

    def _order_keys(self, order: Order) -> Sequence[Key]:
        log = self.host.desk.log
        over = bool(order.ended)
        me = self.host.desk.by.officer
        read = any(number == me for number, _at in order.read)
        return (
            Key(
                2,
                _("Read") if not read else _("Read already"),
                lambda: self.host.do(lambda by: log.read_order(order.id, by=by), _("Marked as read")),
                locked=over or read,
            ),
            Key(
                5,
                _("End order"),
                lambda: self.host.do(lambda by: log.end_order(order.id, by=by), _("Order ended")),
                locked=over,
            ),
        )

    def _incident_keys(self, incident: Incident) -> Sequence[Key]:
        over = bool(incident.closed)
        steps: tuple[str, Callable[[], None]] = (_("Close"), lambda: self._close_incident(incident))
        if not incident.reported:
            steps = (_("Report"), lambda: self._report(incident))
        elif not incident.answered:
            steps = (_("Answer"), lambda: self._answer(incident))
        word, act = steps
        return (
            Key(2, word, act, locked=over),
            Key(3, _("Link vehicle"), lambda: self._link_to(incident), locked=over),
            Key(4, _("Hand people over"), lambda: self._transfer(incident), locked=over),
            Key(5, _("Close"), lambda: self._close_incident(incident), locked=over),
        )

    def _matter_keys(self, matter: Matter) -> Sequence[Key]:
        if matter.closed:
            return (
                Key(2, _("Work on"), lambda: None, locked=True),
                Key(5, _("Open again"), lambda: self._reopen(matter)),
            )
        return (
            Key(2, _("Work on"), lambda: self._work(matter)),
            Key(5, _("Close"), lambda: self._close_matter(matter)),
        )

    def _report(self, incident: Incident) -> None:
        log = self.host.desk.log
        self._words(
            "report",
            _("To whom"),
            title=_("Report the incident"),
            about=_("The time of the report is now."),
            write=lambda text, by: log.report_incident(incident.id, text, by=by),
            said=_("Report noted"),
        )

    def _answer(self, incident: Incident) -> None:
        log = self.host.desk.log
        self._words(
            "answer",
            _("What was answered"),
            title=_("Answer to the incident"),
            about=_("What the level above said, or who came."),
            write=lambda text, by: log.answer(incident.id, text, by=by),
            said=_("Answer noted"),
        )

    def _close_incident(self, incident: Incident) -> None:
        log = self.host.desk.log
        self._words(
            "close",
            _("Result"),
            title=_("Close the incident"),
            about=_("It stays readable; its clock stops."),
            write=lambda text, by: log.close(incident.id, text, by=by),
            said=_("Incident closed"),
        )

    def _close_matter(self, matter: Matter) -> None:
        matters = self.host.desk.matters
        self._words(
            "close",
            _("Result"),
            title=_("Close the matter"),
            about=_("It is not handed over any more; it stays readable."),
            write=lambda text, by: matters.close(matter.id, text, by=by),
            said=_("Matter closed"),
        )

    def _reopen(self, matter: Matter) -> None:
        matters = self.host.desk.matters
        self._words(
            "reopen",
            _("Why"),
            title=_("Open the matter again"),
            about=_("It stays on every handover until somebody closes it."),
            write=lambda text, by: matters.reopen(matter.id, text, by=by),
            said=_("Matter open again"),
        )

    def _work(self, matter: Matter) -> None:
        now = self.host.desk.ledger.now()
        until = log_times.moment(matter.due, now=now)
        lines = [
            Line("text", _("What was done")),
            Line("owner", _("Whose (number or words)"), value=matter.owner, short=True),
            Line("due", _("Due by"), value=until, hint=_time_hint(), short=True),
        ]
        matters = self.host.desk.matters

        def save(values: Values) -> None:
            due = matter.due if values["due"] == until else self._due("work", values["due"], name="due")
            if due is None:
                return
            owner = values["owner"] if values["owner"] != matter.owner else None
            changed = due if due != matter.due else None
            self.host.do(
                lambda by: matters.work(matter.id, values["text"], owner=owner, due=changed, by=by),
                _("Step noted"),
            )

        about = _("Whose it is and until when may change with it.")
        self._open("work", lines, title=_("Work on the matter"), about=about, save=save)

    def _transfer(self, incident: Incident) -> None:
        lines = [
            Line("people", _("People"), value="1", short=True),
            Line("authorised", _("Authorised by"), short=True),
            Line("taken_from", _("From (vehicle or place)")),
            Line("handed_to", _("To (vehicle or place)")),
        ]
        log = self.host.desk.log

        def save(values: Values) -> None:
            people = _number(values["people"])
            if people is None:
                self._complain("transfer", "people", _("People: a number"))
                return
            words = {name: values[name] for name in ("taken_from", "handed_to", "authorised")}
            self.host.do(
                lambda by: log.transfer(incident.id, people=people, by=by, **words), _("Handing over noted")
            )

        about = _("Who went from where to where, on whose authority.")
        self._open("transfer", lines, title=_("Hand people over"), about=about, save=save)

    def _link_to(self, incident: Incident) -> None:
        if self._link is None:
            self._link = LinkForm(self.host.desk, self.host.tasks)
        form, log = self._link, self.host.desk.log

        def save() -> None:
            chosen = form.chosen
            if chosen is None:
                form.say(_("Type a part of the plate, then the number in front of the vehicle"))
                return
            self.host.do(lambda by: log.link(incident.id, chosen, by=by), _("Vehicle linked"))

        form.show_form()
        self.host.ask(form, form.plate.edit, save)

    # forms

    def _words(
        self,
        name: str,
        label: str,
        *,
        title: str,
        about: str,
        write: Callable[[str, By], Any],
        said: str,
    ) -> None:
        """One line of words and nothing else."""

        def save(values: Values) -> None:
            self.host.do(lambda by: write(values["text"], by), said)

        self._open(name, [Line("text", label)], title=title, about=about, save=save)

    def _open(
        self, name: str, lines: Sequence[Line], *, title: str, about: str, save: Callable[[Values], None]
    ) -> None:
        form = self._forms.get(name) or LinesForm(lines)
        self._forms[name] = form
        form.show_lines(lines, title=title, about=about, main=_("Save"))
        self.host.ask(form, form.first, lambda: save(form.values))

    def _due(self, form: str, text: str, *, name: str) -> int | None:
        """ms UTC, 0 for nothing; None once it was said that this is no time."""
        at = log_times.due(text, now=self.host.desk.ledger.now())
        if at is None:
            self._complain(form, name, _("A time like 16:30, +90 or 11-25 16:30"))
        return at

    def _complain(self, form: str, name: str, words: str) -> None:
        self._forms[form].go_to(name)
        self.host.say(Told(words, Tone.BAD))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 6 else None


def _time_hint() -> str:
    return "16:30"
