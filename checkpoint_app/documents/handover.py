"""A shift's handover on paper: one sheet a lead reads in half a minute, and everything behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from checkpoint_app.documents import handover_figures as figures
from checkpoint_app.documents import handover_first as first
from checkpoint_app.documents import handover_log as log
from checkpoint_app.documents import signing, style, wording
from checkpoint_app.documents.files import write_pages
from checkpoint_app.documents.handover_text import Text, enumerated
from checkpoint_app.documents.marks import Marks
from checkpoint_app.documents.setting import broken, shortened
from checkpoint_app.documents.sheet import Footing, Progress, Sheet, Stopped
from checkpoint_app.documents.tables import heading
from checkpoint_app.domain.report import ShiftReport
from checkpoint_app.i18n import _


@dataclass(frozen=True, slots=True)
class Section:
    """`there`: whether the shift has any of it; without, only its name stands in the list of what was not."""

    name: str
    there: bool
    draw: Callable[[], None]


def write_handover(report: ShiftReport, path: Path, *, progress: Progress) -> int:
    """A PDF that only its owner may read, whole or not at all; how many pages it has.

    `progress` gets rows done and rows in all; once it says no, nothing is written and 0 returned.
    Raises PaperNotWritten, ResourceMissing.
    """
    return write_pages(path, render_handover(report, progress=progress))


def render_handover(report: ShiftReport, *, progress: Progress | None = None) -> tuple[bytes, int] | None:
    """The PDF and its number of pages; None when `progress` said no."""
    text, marks = Text(report), Marks()
    title = _("Handover {number}").format(number=report.number)
    sheet = Sheet(title=title, footing=_footing(text), whole=_rows(report), progress=progress)
    try:
        kept = first.draw(sheet, text, marks)
        sheet.next_page()
        _draw(sheet, _sections(sheet, text, marks, kept))
        return sheet.finish()
    except Stopped:
        return None


def _draw(sheet: Sheet, sections: tuple[Section, ...]) -> None:
    for section in sections:
        if section.there:
            section.draw()
    missing = [section.name for section in sections if not section.there and section.name]
    if missing:
        heading(sheet, _("None of these in this shift"))
        for line in broken(enumerated(*missing), sheet.width, style.TEXT):
            sheet.text(sheet.left, sheet.y - 11, line)
            sheet.y -= 15


def _sections(sheet: Sheet, text: Text, marks: Marks, kept: first.Kept) -> tuple[Section, ...]:
    report, numbers = text.report, text.figures
    handover = report.handover

    def each(name: str, there: object, draw: Callable[..., None], *more: object) -> Section:
        return Section(name, bool(there), partial(draw, sheet, text, *more))

    return (
        each("", len(report.notices) > first.NOTICES, log.notices),
        each(_("Matters"), report.matters, log.matters, marks),
        each("", handover and handover.lines, log.lines, handover),
        each("", handover and handover.absent, log.absences, handover),
        each("", len(report.lanes) > kept.lanes, figures.lanes_in_full, marks),
        each("", numbers.hours, figures.hours),
        each("", numbers.classes, figures.kinds),
        each("", numbers.people_by_evidence, figures.evidence),
        each("", True, figures.rest),
        each(_("Exceptions"), numbers.exceptions, figures.exceptions),
        each(_("Stops and doubts"), numbers.alarms, figures.alarms),
        each(_("Incidents"), report.incidents, log.incidents),
        each(_("Orders from above"), report.orders, log.orders),
        each(_("Visits"), report.visits, log.visits),
        each(_("Notes"), report.notes, log.notes),
        each(_("Equipment and stock"), report.items, log.items, marks),
        each("", report.attended, log.people),
        each(_("Duty phones"), report.contacts, log.contacts),
        each(_("Corrections"), numbers.corrections, figures.corrections, marks),
        each(_("Jumps of the clock"), numbers.clock, figures.clock),
        each("", numbers.data, figures.data, marks),
        each(_("Failures of the app"), numbers.outages, figures.outages),
        each("", report.sealing and report.sealing.texts[1:], _codes),
    )


def _codes(sheet: Sheet, text: Text) -> None:
    sealing = text.report.sealing
    if sealing is not None:
        heading(sheet, _("Further codes of the seal"), note=_("scan all of them"))
        signing.further_codes(sheet, sealing)


def _footing(text: Text) -> Footing:
    report = text.report
    printed = _("printed by {name}, {time}").format(
        name=report.printed_by or "—",
        time=wording.moment(report.printed_at, zone=text.figures.zone)[:16],
    )
    times = _("print no. {n}").format(n=report.copy + 1)
    middle = "　".join((_("Personal data, for official use only"), printed, times))
    check = _("Scan the code: was it changed?") if report.sealing else ""
    room = style.WIDTH * 0.6
    return Footing(check, wording.joined(report.number, report.station), shortened(middle, room, style.SMALL))


def _rows(report: ShiftReport) -> int:
    """About how many rows will be drawn, for the progress."""
    numbers = report.figures
    lists = (
        numbers.exceptions,
        numbers.alarms,
        numbers.corrections,
        numbers.hours,
        report.notes,
        report.matters,
    )
    handover = report.handover
    return sum(map(len, lists)) + (len(handover.lines) if handover else 0) + 60
