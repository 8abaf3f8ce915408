"""Lanes and what became of their vehicles, with the sum of the shift."""

from __future__ import annotations

from collections.abc import Callable

from checkpoint_app.documents import style, wording
from checkpoint_app.documents.faces import width
from checkpoint_app.documents.handover_text import Text, mean, percent
from checkpoint_app.documents.marks import Marks
from checkpoint_app.documents.sheet import RIGHT, Sheet
from checkpoint_app.documents.tables import MORE, Cell, Column, Table, heading
from checkpoint_app.domain.figures import LaneLine
from checkpoint_app.i18n import _

PAD = 3.6
"""Points beside the words of a cell: twelve columns stand here."""

ALWAYS = ("released", "registered", "turned_back", "held", "transferred")


def lanes(sheet: Sheet, text: Text, *, most: int, marks: Marks) -> None:
    """At most so many lanes; the sum is that of all."""
    more = len(text.report.lanes) - most
    heading(sheet, _("Lanes and outcomes"), note="" if more > 0 else aside(text))
    if more > 0:
        marks.at_right(sheet, marks.note(_("{n} more on page {page}"), "lanes", n=more))
    lane_table(sheet, text, most=most)


def lane_table(sheet: Sheet, text: Text, *, most: int) -> None:
    codes = _codes(text)
    columns = [Column(head, share, at) for head, share, at, _value in _columns(text, codes)]
    table = Table(sheet, columns, pad=PAD)
    for line in text.report.lanes[:most]:
        table.row(tuple(value(line) for _head, _share, _at, value in _columns(text, codes)))
    table.close(_total(text, codes))
    sheet.y -= style.GAP


def head_room(text: Text) -> float:
    """Points of a second line in the head, where there is one."""
    columns = _columns(text, _codes(text))
    unit = style.WIDTH / sum(share for _head, share, _at, _value in columns)
    torn = any(
        width(head, style.CELL, bold=True) > share * unit - 2 * PAD for head, share, _at, _value in columns
    )
    return style.CELL * MORE if torn else 0.0


def aside(text: Text) -> str:
    """What the table does not say: who did not go on with a vehicle that did, what counts elsewhere."""
    figures = text.figures
    apart = [
        f"{wording.word(wording.OUTCOMES, code)} {count:,}"
        for code, count in figures.people_apart.items()
        if count
    ]
    people = _("besides, of vehicles that went on: {who}").format(who=" ".join(apart)) if apart else ""
    elsewhere = _("{n} counted in an earlier shift").format(n=figures.elsewhere) if figures.elsewhere else ""
    return wording.joined(people, elsewhere)


def _codes(text: Text) -> tuple[str, ...]:
    """Outcomes with a column, "counted" among them: the usual ones, and those that occurred."""
    left = ("abandoned",) if text.report.outcome("abandoned") else ()
    counted = ("counted",) if text.report.counted_vehicles else ()
    return (*ALWAYS, *left, *counted)


def _columns(text: Text, codes: tuple[str, ...]) -> list[tuple[str, float, str, Callable[[LaneLine], Cell]]]:
    found: list[tuple[str, float, str, Callable[[LaneLine], Cell]]] = [
        (_("Lane"), max(0.08, *map(_name_room, text.report.lanes), 0.0), "left", _name),
        (_("All vehicles"), 0.1, RIGHT, lambda line: line.vehicles + line.counted_vehicles),
        (_("All people"), 0.1, RIGHT, lambda line: line.people + line.counted_people),
    ]
    for code in codes:
        head = _("Only counted") if code == "counted" else wording.word(wording.OUTCOMES, code)
        found.append((head, 0.085, RIGHT, _outcome(code)))
    found.append((_("s each"), 0.085, RIGHT, lambda line: mean(line.mean_ms)))
    found.append((_("By eye"), 0.09, RIGHT, _eye))
    return [(head, max(share, _room(head)), at, value) for head, share, at, value in found]


def _room(head: str) -> float:
    """Share of the width that the longest word of a head asks for."""
    longest = max(width(word, style.CELL, bold=True) for word in head.split(" "))
    return (longest + 2 * PAD + 1) / style.WIDTH


def _name_room(line: LaneLine) -> float:
    """Share of the width that a lane's name asks for: another desk's has that before it."""
    return (width(_name(line), style.CELL) + 2 * PAD + 1) / style.WIDTH


def _name(line: LaneLine) -> str:
    lane = f"{line.lane} {wording.word(wording.DIRECTIONS, line.direction)}"
    return f"{line.desk} {lane}" if line.desk else lane


def _outcome(code: str) -> Callable[[LaneLine], Cell]:
    if code == "counted":
        return lambda line: line.counted_vehicles
    return lambda line: line.outcomes.get(code, 0)


def _eye(line: LaneLine) -> str:
    return percent(line.seen_only, line.vehicles + line.counted_vehicles)


def _total(text: Text, codes: tuple[str, ...]) -> tuple[Cell, ...]:
    report = text.report
    eye = sum(line.seen_only for line in report.lanes)
    counts = [report.counted_vehicles if code == "counted" else report.outcome(code) for code in codes]
    return (
        _("Total"),
        report.all_vehicles,
        report.all_people,
        *counts,
        mean(text.figures.mean_ms) if not report.desks else "—",
        percent(eye, report.all_vehicles),
    )
