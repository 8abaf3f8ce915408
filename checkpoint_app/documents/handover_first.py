"""The first sheet of a handover, read in half a minute: who, how much, what to know, what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checkpoint_app.documents import charts, notice_words, signing, style, wording
from checkpoint_app.documents.faces import shown, width
from checkpoint_app.documents.handover_lanes import head_room, lanes
from checkpoint_app.documents.handover_text import Open, Text, mean
from checkpoint_app.documents.handover_things import data_rows, item_rows
from checkpoint_app.documents.marks import Marks
from checkpoint_app.documents.setting import shortened
from checkpoint_app.documents.sheet import LEFT, MIDDLE, RIGHT, Sheet
from checkpoint_app.documents.tables import Column, Table, Ticks, heading
from checkpoint_app.domain.handover import Side
from checkpoint_app.i18n import _

COPY, FIGURE = 20, 19
NOTICES, MOST_HOURS = 3, 24
MOST_LANES, LEAST_THINGS, LEAST_OPEN = 8, 3, 3
TITLE, DUE = 0.51, 0.13
"""Share of the width for the name of a matter."""
HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Kept:
    """How many rows of each table stand on the first sheet."""

    lanes: int
    open: int
    things: int


def draw(sheet: Sheet, text: Text, marks: Marks) -> Kept:
    """The whole first sheet; says how much of the tables it holds."""
    _title(sheet, text)
    _about(sheet, text)
    _totals(sheet, text)
    _notices(sheet, text)
    kept = _share_out(sheet, text)
    _hours(sheet, text, high=_chart_high(sheet, text, kept))
    lanes(sheet, text, most=kept.lanes, marks=marks)
    _open(sheet, text, kept.open, marks)
    _things(sheet, text, kept.things, marks)
    sheet.y = sheet.bottom + 2 + signing.high(text.report.sealing)
    signing.box(
        sheet,
        _signed(text),
        text.report.sealing,
        unsealed=_("Not sealed yet. This sheet proves nothing about the ledger."),
    )
    return kept


def _title(sheet: Sheet, text: Text) -> None:
    base = sheet.y - 20
    title = _("Checkpoint handover")
    if text.state():
        state = shown(text.state())
        wide = width(state, style.HEADING, bold=True) + 12
        sheet.box(sheet.left, base - 4, wide, 18, thick=1.2)
        sheet.text(sheet.left + 6, base + 1.5, state, size=style.HEADING, bold=True)
    sheet.spread((sheet.left + sheet.right) / 2, base, title, size=style.TITLE, space=_spacing(title))
    if text.report.copy:
        copy = _("Copy {n}").format(n=text.report.copy)
        sheet.text(sheet.right, base, copy, size=COPY, bold=True, at=RIGHT)
    sheet.y = base - 8


def _spacing(title: str) -> float:
    return 0.3 if title.isascii() else 2.4


def _about(sheet: Sheet, text: Text) -> None:
    report, figures = text.report, text.figures
    base = sheet.y - 12
    number = shortened(report.number, sheet.width * 0.4, style.TEXT, bold=True)
    numbered = width(number, style.TEXT, bold=True)
    sheet.text(sheet.right, base, number, bold=True, at=RIGHT)
    sheet.text(sheet.right - numbered - 4, base, _("Sheet no."), at=RIGHT)
    room = sheet.width - numbered - 70
    station = shortened(report.station, room * 0.75, style.TEXT, bold=True)
    sheet.text(sheet.left, base, station, bold=True)
    left = sheet.left + width(station, style.TEXT, bold=True) + 12
    desk = shortened(_("Desk {desk}").format(desk=report.desk), room * 0.25, style.TEXT)
    sheet.text(left, base, desk)
    here, should = text.roll()
    taking = text.next_lead() if report.next_lead else _("nobody yet")
    right = "　".join(
        (
            _("Handing over {name}").format(name=text.lead()),
            _("Taking over {name}").format(name=taking),
            _("Present {here} / due {should}").format(here=here, should=should),
        )
    )
    left_words = "　".join(part for part in (figures.group, text.period(), report.weather) if part)
    base -= 16
    right = shortened(right, sheet.width * 0.6, style.TEXT)
    sheet.text(sheet.right, base, right, at=RIGHT)
    room = sheet.width - width(right, style.TEXT) - 12
    sheet.text(sheet.left, base, shortened(left_words, room, style.TEXT))
    sheet.y = base - 10


def _totals(sheet: Sheet, text: Text) -> None:
    figures, report, tall = text.figures, text.report, 16.6 * style.MM
    away = f"{report.outcome('held'):,} / {report.outcome('transferred'):,}"
    pairs = (
        (_("All vehicles"), f"{report.all_vehicles:,}"),
        (_("All people"), f"{report.all_people:,}"),
        (_("Turned back"), f"{report.outcome('turned_back'):,}"),
        (_("Held / passed on"), away),
        (_("Open matters"), f"{len(text.open()):,}"),
        (_("Mean time"), f"{mean(figures.mean_ms)} s" if figures.mean_ms is not None else "—"),
    )
    low, wide = sheet.y - tall, sheet.width / len(pairs)
    sheet.box(sheet.left, low, sheet.width, tall, thick=1.2)
    for place, (label, figure) in enumerate(pairs):
        left = sheet.left + place * wide
        if place:
            sheet.line(left, low, left, low + tall)
        size = FIGURE
        while width(figure, size, bold=True) > wide - 12:
            size -= 1
        sheet.text(left + 8, low + tall - 15, shortened(label, wide - 12, style.CELL), size=style.CELL)
        sheet.text(left + 8, low + 9, figure, size=size, bold=True)
    sheet.y = low - 6


def _notices(sheet: Sheet, text: Text) -> None:
    notices = text.report.notices
    more = len(notices) - NOTICES
    note = _("{n} more on the following sheets").format(n=more) if more > 0 else ""
    heading(sheet, _("Three things to know first"), note=note)
    words = [notice_words.said(each, now=text.now, zone=text.figures.zone) for each in notices[:NOTICES]]
    for number, line in enumerate(words or [_("Nothing overdue, nothing out of date, no failure.")], 1):
        numbered = f"{number}. {line}" if words else line
        sheet.text(sheet.left, sheet.y - 10, shortened(numbered, sheet.width, style.TEXT))
        sheet.y -= 15.4
    sheet.y -= 6


def _hours(sheet: Sheet, text: Text, *, high: float) -> None:
    """Every hour has its bar; a shift of more than a day has bars of several hours."""
    hours = text.figures.hours
    each = -(-len(hours) // MOST_HOURS) or 1
    note = _("last line: turned back and held")
    if text.report.desks:
        note = wording.joined(_("this desk's alone"), note)
    if each > 1:
        note = wording.joined(_("a bar is {n} hours").format(n=each), note)
    heading(sheet, _("Vehicles by hour"), note=note)
    bars = []
    for place in range(0, len(hours), each):
        part = hours[place : place + each]
        away = sum(line.turned_back + line.held for line in part)
        value = sum(line.vehicles for line in part)
        bars.append(charts.Bar(_hour(text, part[0].start, each, len(hours)), value, f"{away:,}"))
    if bars:
        charts.columns(sheet, bars, noted=_("Back, held"), high=high)
    else:
        sheet.text(sheet.left, sheet.y - 11, _("No vehicle crossed."))
        sheet.y -= 20


def _hour(text: Text, start: int, each: int, many: int) -> str:
    begin = (start // HOUR * 60 + text.figures.zone) // 60 % 24
    if many > 12:
        return f"{begin}"
    return _("{begin}–{end}h").format(begin=begin, end=(begin + each - 1) % 24 + 1)


def _share_out(sheet: Sheet, text: Text) -> Kept:
    """The chart gives way first; then matters and things share the room, and the longer one gives way."""
    things = max(len(item_rows(text)), len(data_rows(text)), LEAST_THINGS)
    wanted = max(len(text.open()), 1)
    rows = int((_below(sheet, text) - charts.ROUND - charts.LEAST_HIGH) / style.ROW) - 3
    others = min(wanted, LEAST_OPEN) + min(things, LEAST_THINGS + 1)
    lanes_kept = min(len(text.report.lanes), MOST_LANES, max(rows - others, 1))
    rest = rows - lanes_kept
    things = max(min(things, rest - wanted), min(things, LEAST_THINGS + 1))
    return Kept(lanes_kept, min(max(rest - things, LEAST_OPEN), wanted), things)


def _below(sheet: Sheet, text: Text) -> float:
    """Points for the chart and the rows of the three tables."""
    end = sheet.bottom + 2 + signing.high(text.report.sealing) + style.GAP
    return sheet.y - end - 4 * style.HEAD_ROOM - 2 * style.GAP - head_room(text)


def _chart_high(sheet: Sheet, text: Text, kept: Kept) -> float:
    """What the rows leave, the chart has."""
    room = _below(sheet, text) - (kept.lanes + kept.open + kept.things + 3) * style.ROW - charts.ROUND
    return min(max(room, charts.LEAST_HIGH), charts.HIGH)


def _open(sheet: Sheet, text: Text, most: int, marks: Marks) -> None:
    found = text.open()
    more = len(found) - most
    if more > 0:
        most = max(most, 1)
        note = marks.note(_("{n} more on page {page}"), "matters", n=more)
        heading(sheet, _("Open matters"))
        marks.at_right(sheet, note)
    else:
        heading(sheet, _("Open matters"), note=_("what is not closed goes on into the next shift"))
    columns = (
        Column(_("No."), 0.06, MIDDLE),
        Column(_("Matter"), TITLE),
        Column(_("Owner"), 0.11),
        Column(_("Due by"), DUE),
        Column(_("Next shift"), 0.19),
    )
    table = Table(sheet, columns)
    for number, each in enumerate(found[:most], 1):
        table.row(_row(text, number, each, sheet.width))
    if not found:
        table.row(("", _("No open matter"), "", "", ""))
    table.close()
    sheet.y -= style.GAP


def _row(text: Text, number: int, each: Open, wide: float) -> tuple[str | Ticks, ...]:
    late = text.overdue(each)
    room = wide * TITLE - 12
    title = shortened(each.title, room - width(late, style.CELL), style.CELL) + late
    ticks = Ticks(_("Accept"), _("Query"), text.ticked(each.key))
    who = shortened(each.owner, wide * 0.11 - 12, style.CELL)
    return str(number), title, who, shortened(text.time(each.due), wide * DUE - 10, style.CELL), ticks


def _things(sheet: Sheet, text: Text, most: int, marks: Marks) -> None:
    """Two tables side by side."""
    top, gap = sheet.y, 12.0
    wide = (sheet.width - gap) / 2
    halves: Sequence[tuple[str, str, str, list[tuple[str, str, str]]]] = (
        (_("Equipment and stock"), "items", _("due / there"), item_rows(text)),
        (_("Corrections and data"), "data", "", data_rows(text)),
    )
    low = top
    for place, (title, mark, note, rows) in enumerate(halves):
        x = sheet.left + place * (wide + gap)
        sheet.y = top
        heading(sheet, title, note=note if len(rows) <= most else "", x=x, wide=wide)
        if len(rows) > most:
            template = _("{n} more on page {page}")
            marks.at_right(sheet, marks.note(template, mark, n=len(rows) - most), x=x + wide)
        elif not note:
            marks.at_right(sheet, marks.note(_("see page {page}"), mark), x=x + wide)
        shares = (Column("", 0.32), Column("", 0.2, RIGHT), Column("", 0.48, LEFT))
        table = Table(sheet, shares, x=x, wide=wide, headed=False)
        for row in rows[:most] or [("—", "", "")]:
            table.row(
                [
                    shortened(cell, wide * s.share - 11, style.CELL)
                    for cell, s in zip(row, shares, strict=True)
                ]
            )
        table.close()
        low = min(low, sheet.y)
    sheet.y = low


def _signed(text: Text) -> tuple[signing.Signed, ...]:
    sides = (
        (Side.OUTGOING, _("Handed over by"), text.figures.lead),
        (Side.INCOMING, _("Taken over by"), text.report.next_lead),
    )
    return tuple(_sign(text, side, part, lead) for side, part, lead in sides)


def _sign(text: Text, side: Side, part: str, lead: str) -> signing.Signed:
    handover = text.report.handover
    signature, absent = handover.signed(side) if handover else None, text.absent(side)
    if signature:
        note = _("signed {time}") if signature.signature else _("named {time}, no PIN")
        return signing.Signed(
            part, text.name(signature.officer), note.format(time=text.seconds(signature.at))
        )
    if absent:
        words = _("refused: {why}") if absent.refused else _("absent: {why}")
        return signing.Signed(part, text.name(lead), words.format(why=absent.why))
    return signing.Signed(part, text.name(lead), "")
