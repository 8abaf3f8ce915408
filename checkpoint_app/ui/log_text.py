"""Words of the log page: a line in the list, and what is told beside it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

from checkpoint_app.documents import log_words, wording
from checkpoint_app.domain.logbook import Incident, Matter, Noted, Order, Visit
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.i18n import _
from checkpoint_app.ui import said
from checkpoint_app.ui.log_times import left, moment
from checkpoint_app.ui.page_parts import Shown
from checkpoint_app.ui.page_table import Cell, Column, Sheet
from checkpoint_app.ui.told import Told, Tone

Affair = Noted | Order | Incident | Visit | Matter


class Tab(IntEnum):
    """What the list shows, by its digit less one."""

    ALL = 0
    NOTES = 1
    ORDERS = 2
    INCIDENTS = 3
    VISITS = 4
    MATTERS = 5


_KIND: Mapping[type, Tab] = {
    Noted: Tab.NOTES,
    Order: Tab.ORDERS,
    Incident: Tab.INCIDENTS,
    Visit: Tab.VISITS,
    Matter: Tab.MATTERS,
}
_ICONS = {
    Tab.NOTES: "pencil",
    Tab.ORDERS: "message",
    Tab.INCIDENTS: "alert-circle",
    Tab.VISITS: "eye",
    Tab.MATTERS: "flag",
}
NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LogFound:
    """What was read; `names` of officers by number, `me` the number of who acts."""

    affairs: tuple[Affair, ...] = ()
    names: Mapping[str, str] = field(default_factory=lambda: NOBODY)
    me: str = ""

    def of(self, tab: Tab) -> tuple[Affair, ...]:
        return tuple(each for each in self.affairs if tab in (Tab.ALL, kind_of(each)))

    def name(self, number: str) -> str:
        """An officer as they may be shown."""
        known = self.names.get(number, "")
        return said_name(number, known)


def said_name(number: str, name: str) -> str:
    return f"{number} {mask_name(name)}".strip() if name else number


def kind_of(affair: Affair) -> Tab:
    return _KIND[type(affair)]


def tab_words() -> tuple[str, ...]:
    return (_("All"), _("Notes"), _("Orders"), _("Incidents"), _("Visits"), _("Matters"))


def kind_word(kind: Tab) -> str:
    return {
        Tab.NOTES: _("Noted"),
        Tab.ORDERS: _("Ordered"),
        Tab.INCIDENTS: _("Incident"),
        Tab.VISITS: _("Visit"),
        Tab.MATTERS: _("Matter"),
    }[kind]


def sort(affairs: Sequence[Affair], *, now: int) -> tuple[Affair, ...]:
    """What is overdue first, the longest first; then the newest."""
    late = [each for each in affairs if isinstance(each, Incident | Matter) and each.overdue(now)]
    rest = [each for each in affairs if each not in late]
    return (*sorted(late, key=lambda each: each.due), *sorted(rest, key=lambda each: -begun(each)))


def begun(affair: Affair) -> int:
    if isinstance(affair, Incident):
        return affair.noticed
    return affair.raised if isinstance(affair, Matter) else affair.at


def is_open(affair: Affair, *, now: int) -> bool:
    """Whether somebody still has to do something."""
    if isinstance(affair, Order):
        return affair.in_force(now)
    return isinstance(affair, Incident | Matter) and not affair.closed


def sheet(affairs: Sequence[Affair], *, now: int) -> Sheet:
    columns = (Column(_("Time"), 15), Column(_("Kind"), 17), Column(_("What"), 46), Column(_("State"), 22))
    return Sheet(columns, tuple(_row(each, now=now) for each in affairs))


def _row(affair: Affair, *, now: int) -> tuple[Cell, ...]:
    kind, (word, tone) = kind_of(affair), state(affair, now=now)
    quiet = "ink" if is_open(affair, now=now) else "ink2"
    loud = tone is Tone.BAD
    return (
        Cell(moment(begun(affair), now=now), quiet),
        Cell(kind_word(kind), "bad" if loud else quiet, icon=_ICONS[kind]),
        Cell(what(affair), quiet, bold=loud),
        Cell(word, tone.value, bold=loud),
    )


def what(affair: Affair) -> str:
    """One line of what it is about."""
    if affair.forgotten and not isinstance(affair, Matter):
        return _("Text erased")
    if isinstance(affair, Matter):
        return log_words.matter_title(affair)
    if isinstance(affair, Incident):
        return said.joined(incident(affair.kind), affair.text)
    if isinstance(affair, Visit):
        return said.joined(affair.agency, affair.visitor, affair.text)
    return said.joined(affair.number, affair.text) if isinstance(affair, Order) else affair.text


def incident(kind: str) -> str:
    return wording.word(log_words.INCIDENTS, kind)


def state(affair: Affair, *, now: int) -> tuple[str, Tone]:
    if isinstance(affair, Order):
        return _order_state(affair, now=now)
    if isinstance(affair, Incident):
        return _incident_state(affair, now=now)
    if isinstance(affair, Matter):
        return _matter_state(affair, now=now)
    return "", Tone.QUIET


def _order_state(order: Order, *, now: int) -> tuple[str, Tone]:
    if not order.in_force(now):
        return _("Ended"), Tone.QUIET
    until = _("until {time}").format(time=moment(order.until, now=now)) if order.until else _("in force")
    return until, Tone.PLAIN


def _incident_state(incident: Incident, *, now: int) -> tuple[str, Tone]:
    if incident.closed:
        return _("closed"), Tone.QUIET
    if incident.answered:
        return _("Answered"), Tone.GOOD
    if incident.due:
        return _clock(incident.due, now=now)
    return (_("Reported"), Tone.PLAIN) if incident.reported else (_("Noticed"), Tone.WARN)


def _matter_state(matter: Matter, *, now: int) -> tuple[str, Tone]:
    if matter.closed:
        return _("closed"), Tone.QUIET
    return _clock(matter.due, now=now) if matter.due else (_("open"), Tone.PLAIN)


def _clock(due: int, *, now: int) -> tuple[str, Tone]:
    return left(due, now=now), Tone.BAD if now >= due else Tone.WARN


def told(affair: Affair, found: LogFound, *, now: int) -> Shown:
    """What stands beside the list."""
    about = said.joined(
        moment(begun(affair), now=now),
        found.name(affair.officer),
        _("entry {n}").format(n=f"{affair.seqs[0]:,}") if affair.seqs else "",
    )
    word = kind_word(kind_of(affair))
    title = f"{word} · {incident(affair.kind)}" if isinstance(affair, Incident) else word
    first = [Told(_("Text erased"), Tone.HINT)] if affair.forgotten else []
    facts, notes = _details(affair, found, now=now)
    late = isinstance(affair, Incident | Matter) and affair.overdue(now)
    first += [Told(state(affair, now=now)[0], Tone.BAD)] if late else []
    return Shown(title, about, tuple(facts), (*first, *(each for each in notes if each.text)))


def _details(
    affair: Affair, found: LogFound, *, now: int
) -> tuple[Sequence[tuple[str, str]], Sequence[Told]]:
    if isinstance(affair, Matter):
        return _matter(affair, found, now=now)
    if isinstance(affair, Incident):
        return _incident(affair, now=now)
    if isinstance(affair, Order):
        return _order(affair, found, now=now)
    if isinstance(affair, Visit):
        return _visit(affair, found)
    return (), (Told(affair.text, Tone.PLAIN),)


def _matter(matter: Matter, found: LogFound, *, now: int) -> tuple[Sequence[tuple[str, str]], Sequence[Told]]:
    whose = found.name(matter.owner) if matter.owner in found.names else matter.owner
    facts = (
        (_("Whose"), whose or "—"),
        (_("Due by"), moment(matter.due, now=now) or "—"),
        (_("Lane"), str(matter.lane or "")),
        (_("Plate"), said.dotted(matter.plate)),
    )
    steps = [
        Told(
            said.joined(
                moment(step.at, now=now),
                found.name(step.officer),
                step.text or wording.word(log_words.STEPS, step.kind),
            ),
            Tone.QUIET,
        )
        for step in matter.steps
    ]
    result = Told(_("Result: {text}").format(text=matter.result) if matter.result else "", Tone.GOOD)
    return facts, (Told(log_words.matter_title(matter), Tone.PLAIN), *steps, result)


def _incident(incident: Incident, *, now: int) -> tuple[Sequence[tuple[str, str]], Sequence[Told]]:
    facts = (
        (_("Noticed"), moment(incident.noticed, now=now)),
        (_("Answer by"), moment(incident.due, now=now) or "—"),
        (_("Reported"), said.joined(moment(incident.reported, now=now), incident.reported_to) or "—"),
        (_("Answered"), moment(incident.answered, now=now) or "—"),
        (_("Linked vehicles"), str(len(incident.linked) or "")),
    )
    handed = [
        Told(
            _("{n} handed over: {a} → {b}, authorised by {who}").format(
                n=each.people, a=each.taken_from, b=each.handed_to, who=each.authorised
            ),
            Tone.PLAIN,
        )
        for each in incident.transfers
    ]
    reply = Told(_("Answer: {text}").format(text=incident.reply) if incident.reply else "", Tone.PLAIN)
    result = Told(_("Result: {text}").format(text=incident.result) if incident.result else "", Tone.GOOD)
    return facts, (Told(incident.text, Tone.PLAIN), reply, *handed, result)


def _order(order: Order, found: LogFound, *, now: int) -> tuple[Sequence[tuple[str, str]], Sequence[Told]]:
    facts = (
        (_("Sender"), order.sender),
        (_("Order number"), order.number),
        (_("In force until"), moment(order.until, now=now) or _("ended by hand")),
        (_("Ended"), moment(order.ended, now=now)),
    )
    names = ", ".join(f"{found.name(number)} {moment(at, now=now)}" for number, at in order.read)
    read = Told(_("Read by: {names}").format(names=names), Tone.QUIET)
    unread = Told(_("Nobody has marked it as read yet"), Tone.WARN)
    return facts, (Told(order.text, Tone.PLAIN), read if order.read else unread)


def _visit(visit: Visit, found: LogFound) -> tuple[Sequence[tuple[str, str]], Sequence[Told]]:
    facts = ((_("Visitor"), visit.visitor), (_("Agency"), visit.agency))
    raised = {each.id: each for each in found.affairs if isinstance(each, Matter)}
    findings = [
        Told(log_words.matter_title(raised[each]), Tone.QUIET if raised[each].closed else Tone.WARN)
        for each in visit.findings
        if each in raised
    ]
    return facts, (Told(visit.text, Tone.PLAIN), *findings)
