"""What a shift wrote down and who served, in full: lines and answers, matters, incidents, orders, people."""

from __future__ import annotations

from collections.abc import Iterator

from checkpoint_app.documents import log_words, notice_words, wording
from checkpoint_app.documents.handover_text import Text, enumerated, hours
from checkpoint_app.documents.handover_things import amount, remark
from checkpoint_app.documents.line_parts import listed
from checkpoint_app.documents.line_past import STATES, post_word
from checkpoint_app.documents.line_words import words_of
from checkpoint_app.documents.marks import Marks
from checkpoint_app.documents.sheet import MIDDLE, RIGHT, Sheet
from checkpoint_app.documents.tables import Cell, Column, heading, table
from checkpoint_app.domain.handover import Answered, Handover
from checkpoint_app.domain.logbook import Incident, Item, Matter, Order, Transfer
from checkpoint_app.i18n import N_, _, ngettext

ROLES = {
    "officer": N_("Duty officer"),
    "lead": N_("Lead"),
    "admin": N_("Admin"),
    "auditor": N_("Auditor"),
}
ANSWERS = {Answered.ACCEPTED: N_("accepted"), Answered.QUERIED: N_("QUERIED")}
PARTS = {"past": N_("What was"), "open": N_("What is open"), "things": N_("What there is")}


def notices(sheet: Sheet, text: Text) -> None:
    """All of them, when there are more than the first sheet has."""
    heading(sheet, _("To know first, all of it"))
    rows = [
        (str(number), notice_words.said(each, now=text.now, zone=text.figures.zone))
        for number, each in enumerate(text.report.notices, 1)
    ]
    table(sheet, (Column(_("No."), 0.06, MIDDLE), Column(_("What"), 0.94)), rows)


def matters(sheet: Sheet, text: Text, marks: Marks) -> None:
    """Open ones first, each with what was done about it."""
    heading(sheet, _("Matters and what was done"))
    marks.here("matters", sheet)
    columns = (
        Column(_("State"), 0.11),
        Column(_("Matter"), 0.33),
        Column(_("Owner"), 0.1),
        Column(_("Raised, due"), 0.14),
        Column(_("What was done"), 0.32),
    )
    found = sorted(text.report.matters, key=lambda each: (bool(each.closed), each.raised))
    table(sheet, columns, (_matter(text, each) for each in found))


def _matter(text: Text, matter: Matter) -> tuple[Cell, ...]:
    steps = [
        f"{text.time(step.at)} {text.name(step.officer)} {_step(step.kind, step.text)}"
        for step in matter.steps
    ]
    if matter.closed:
        ended = _("result: {words}").format(words=matter.result or "—")
        steps.append(f"{text.time(matter.closed)} {ended}")
    state = _("closed") if matter.closed else _("OVERDUE") if matter.overdue(text.now) else _("open")
    when = listed(text.time(matter.raised), text.time(matter.due))
    title = _forgotten(log_words.matter_title(matter), gone=matter.forgotten)
    return state, title, log_words.owner(matter, text.report.officers), when, "\n".join(steps) or "—"


def _step(kind: str, text: str) -> str:
    return wording.joined(wording.word(log_words.STEPS, kind), text)


def _forgotten(words: str, *, gone: bool) -> str:
    return wording.joined(words, _("(forgotten)")) if gone else words


def lines(sheet: Sheet, text: Text, handover: Handover) -> None:
    """Every line of the handover as it was put and answered."""
    heading(sheet, _("Lines of the handover and their answers"))
    columns = (
        Column(_("No."), 0.06, MIDDLE),
        Column(_("Part"), 0.13),
        Column(_("Line"), 0.15),
        Column(_("As handed over"), 0.315),
        Column(_("Answer"), 0.105),
        Column(_("Remark of the next shift"), 0.24),
    )
    table(sheet, columns, _lines(text, handover))


def _lines(text: Text, handover: Handover) -> Iterator[tuple[Cell, ...]]:
    now, zone = handover.begun or text.now, text.figures.zone
    for line in handover.lines:
        words = words_of(line, names=text.report.officers, now=now, zone=zone)
        answer = handover.answers.get(line.key)
        counted = _("counted {n}").format(n=answer.counted) if answer and answer.counted is not None else ""
        by = text.name(answer.officer) if answer else ""
        yield (
            str(line.number),
            wording.word(PARTS, line.part.value),
            words.what,
            words.said,
            _(ANSWERS[answer.said]) if answer else _("none yet"),
            wording.joined(counted, answer.note, by) if answer else "",
        )


def incidents(sheet: Sheet, text: Text) -> None:
    heading(sheet, _("Incidents"))
    columns = (
        Column(_("Kind"), 0.125),
        Column(_("What happened"), 0.315),
        Column(_("Noticed"), 0.09),
        Column(_("Reported"), 0.16),
        Column(_("Answered"), 0.17),
        Column(_("End"), 0.14),
    )
    table(sheet, columns, (_incident(text, each) for each in text.report.incidents))
    transfers = [each for incident in text.report.incidents for each in incident.transfers]
    if transfers:
        _transfers(sheet, text, transfers)


def _incident(text: Text, each: Incident) -> tuple[Cell, ...]:
    linked = (
        ngettext("{n} vehicle linked", "{n} vehicles linked", len(each.linked)).format(n=len(each.linked))
        if each.linked
        else ""
    )
    overdue = _("OVERDUE") if each.overdue(text.now) else ""
    return (
        wording.word(log_words.INCIDENTS, each.kind),
        wording.joined(_forgotten(each.text, gone=each.forgotten), linked, text.name(each.officer)),
        text.time(each.noticed),
        listed(text.time(each.reported), each.reported_to) or _("no"),
        listed(text.time(each.answered), each.reply) or overdue or _("no"),
        listed(text.time(each.closed), each.result) or _("open"),
    )


def _transfers(sheet: Sheet, text: Text, found: list[Transfer]) -> None:
    heading(sheet, _("People handed over at the line"), rows=len(found))
    columns = (
        Column(_("Time"), 0.1),
        Column(_("People"), 0.08, RIGHT, summed=True),
        Column(_("Taken from"), 0.26),
        Column(_("Handed to"), 0.26),
        Column(_("On whose authority"), 0.18),
        Column(_("Officer"), 0.12),
    )
    table(
        sheet,
        columns,
        (
            (
                text.time(each.at),
                each.people,
                each.taken_from,
                each.handed_to,
                each.authorised,
                text.name(each.officer),
            )
            for each in found
        ),
    )


def orders(sheet: Sheet, text: Text) -> None:
    heading(sheet, _("Orders from above"))
    columns = (
        Column(_("Received"), 0.09),
        Column(_("From, number"), 0.2),
        Column(_("Order"), 0.36),
        Column(_("Valid until"), 0.1),
        Column(_("Read by"), 0.25),
    )
    table(sheet, columns, (_order(text, each) for each in text.report.orders))


def _order(text: Text, order: Order) -> tuple[Cell, ...]:
    ended = _("ended {time}").format(time=text.time(order.ended)) if order.ended else ""
    read = enumerated(*(f"{text.name(who)} {text.time(at)}" for who, at in order.read))
    here = [each for each in text.report.attended if each.came or each.state in {"present", "late"}]
    behind = [each.name or each.officer for each in here if each.officer not in dict(order.read)]
    unread = _("not read: {names}").format(names=enumerated(*behind)) if behind else ""
    return (
        text.time(order.at),
        listed(order.sender, order.number),
        _forgotten(order.text, gone=order.forgotten),
        ended or text.time(order.until) or _("no end"),
        "\n".join(part for part in (read, unread) if part) or _("nobody"),
    )


def visits(sheet: Sheet, text: Text) -> None:
    heading(sheet, _("Visits"), rows=2 * len(text.report.visits))
    titles = {each.id: log_words.matter_title(each) for each in text.report.matters}
    columns = (
        Column(_("Time"), 0.1),
        Column(_("Who"), 0.25),
        Column(_("Said"), 0.35),
        Column(_("Findings"), 0.3),
    )
    rows = (
        (
            text.time(each.at),
            listed(each.agency, each.visitor),
            _forgotten(each.text, gone=each.forgotten),
            "\n".join(titles.get(found, found) for found in each.findings) or _("none"),
        )
        for each in text.report.visits
    )
    table(sheet, columns, rows)


def notes(sheet: Sheet, text: Text) -> None:
    heading(sheet, _("Notes"))
    columns = (Column(_("Time"), 0.1), Column(_("Note"), 0.76), Column(_("Officer"), 0.14))
    rows = (
        (text.time(each.at), _forgotten(each.text, gone=each.forgotten), text.name(each.officer))
        for each in text.report.notes
    )
    table(sheet, columns, rows)


def items(sheet: Sheet, text: Text, marks: Marks) -> None:
    heading(sheet, _("Equipment and stock"), note=_("due / there, balance, and what moved"))
    marks.here("items", sheet)
    columns = (
        Column(_("Article"), 0.2),
        Column(_("There"), 0.13, RIGHT),
        Column(_("State"), 0.22),
        Column(_("Last counted"), 0.12),
        Column(_("In and out"), 0.33),
    )
    table(sheet, columns, (_item(text, each) for each in text.report.items))


def _item(text: Text, item: Item) -> tuple[Cell, ...]:
    moves = [
        f"{text.time(each.at)} {each.count:+,} {each.whom} {text.name(each.officer)}"
        for each in item.moves
        if each.at >= text.report.figures.opened
    ]
    return item.name, amount(item), remark(text, item), text.time(item.counted), "\n".join(moves) or "—"


def people(sheet: Sheet, text: Text) -> None:
    heading(sheet, _("Who served, and hours"), rows=len(text.report.attended))
    columns = (
        Column(_("Number"), 0.1),
        Column(_("Name"), 0.18),
        Column(_("Role"), 0.1),
        Column(_("State"), 0.1),
        Column(_("Posts"), 0.24),
        Column(_("Came"), 0.1),
        Column(_("Went"), 0.1),
        Column(_("Hours"), 0.08, RIGHT),
    )
    rows = (
        (
            each.officer,
            each.name,
            wording.word(ROLES, each.role),
            wording.word(STATES, each.state),
            enumerated(*map(post_word, each.posts)),
            text.time(each.came),
            text.time(each.went),
            hours(each.minutes) if each.minutes else "—",
        )
        for each in text.report.attended
    )
    total = ("", _("Total"), "", "", "", "", "", hours(sum(each.minutes for each in text.report.attended)))
    table(sheet, columns, rows, total=total)


def contacts(sheet: Sheet, text: Text) -> None:
    heading(sheet, _("Duty phones"), rows=len(text.report.contacts))
    columns = (Column(_("Name"), 0.4), Column(_("Phone"), 0.25), Column(_("About"), 0.35))
    table(sheet, columns, [(each.name, each.phone, each.about) for each in text.report.contacts])


def absences(sheet: Sheet, text: Text, handover: Handover) -> None:
    heading(sheet, _("Who did not sign, and why"))
    columns = (
        Column(_("Side"), 0.15),
        Column(_("What"), 0.12),
        Column(_("Why"), 0.47),
        Column(_("Officer"), 0.14),
        Column(_("Time"), 0.12),
    )
    rows = (
        (
            wording.word(notice_words.SIDES, each.side.value),
            _("refused") if each.refused else _("absent"),
            each.why,
            text.name(each.officer),
            text.seconds(each.at),
        )
        for each in handover.absent
    )
    table(sheet, columns, rows)
