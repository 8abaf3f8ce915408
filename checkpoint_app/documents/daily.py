"""日报: a day for the level above, with yesterday beside it; no person is named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.documents import charts, signing, style, wording
from checkpoint_app.documents.faces import shown, width
from checkpoint_app.documents.files import write_pages
from checkpoint_app.documents.form_head import Form, opened
from checkpoint_app.documents.setting import broken, shortened
from checkpoint_app.documents.sheet import RIGHT, Progress, Sheet, Stopped
from checkpoint_app.documents.tables import Column, heading, table
from checkpoint_app.domain.report import Sealing
from checkpoint_app.i18n import _

BOXES, FIGURE = 6, 19


@dataclass(frozen=True, slots=True)
class Figure:
    """Words as they are to stand there; `change` with its sign."""

    label: str
    today: str
    yesterday: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Daily:
    """The first six `totals` stand in the box. `hours` are (hour, today's vehicles, yesterday's). `day` in
    words; `zone` minutes east, `printed_at` ms UTC.
    """

    station: str
    desk: str
    day: str
    number: str
    totals: tuple[Figure, ...]
    sections: tuple[tuple[str, tuple[Figure, ...]], ...] = ()
    hours: tuple[tuple[str, int, int], ...] = ()
    remarks: tuple[str, ...] = ()
    sealing: Sealing | None = None
    printed_by: str = ""
    printed_at: int = 0
    zone: int = 480
    copy: int = 0


def write_daily(daily: Daily, path: Path, *, progress: Progress) -> int:
    """How many pages; 0 when `progress` said no, and then nothing is written. Raises PaperNotWritten."""
    return write_pages(path, render_daily(daily, progress=progress))


def render_daily(daily: Daily, *, progress: Progress | None = None) -> tuple[bytes, int] | None:
    printed = _("printed by {name}, {time}").format(
        name=daily.printed_by or "—", time=wording.moment(daily.printed_at, zone=daily.zone)[:16]
    )
    head = Form(
        _("Daily report of the checkpoint"),
        daily.station,
        daily.desk,
        daily.day,
        daily.number,
        printed,
        daily.copy,
        personal=False,
    )
    sheet = opened(head, whole=sum(len(rows) for _title, rows in daily.sections), progress=progress)
    try:
        _draw(sheet, daily)
        return sheet.finish()
    except Stopped:
        return None


def _draw(sheet: Sheet, daily: Daily) -> None:
    _box(sheet, daily.totals[:BOXES])
    if daily.hours:
        heading(sheet, _("Vehicles by hour"), note=_("light: the day before"))
        charts.columns(sheet, [charts.Bar(hour, now, beside=before) for hour, now, before in daily.hours])
        sheet.y -= style.GAP
    for title, rows in (("", daily.totals[BOXES:]), *daily.sections):
        if rows:
            heading(sheet, shown(title) or _("Other totals"), rows=len(rows))
            columns = (
                Column(_("What"), 0.4),
                Column(_("Today"), 0.2, RIGHT, bold=True),
                Column(_("Day before"), 0.2, RIGHT),
                Column(_("More or less"), 0.2, RIGHT),
            )
            table(sheet, columns, [(each.label, each.today, each.yesterday, each.change) for each in rows])
    _remarks(sheet, daily.remarks)
    sheet.need(signing.high(daily.sealing) + style.GAP)
    sheet.y -= style.GAP
    signed = (signing.Signed(_("Reported by"), daily.printed_by, ""), signing.Signed(_("Checked by"), "", ""))
    unsealed = _("Not sealed yet. This sheet proves nothing about the ledger.")
    signing.box(sheet, signed, daily.sealing, unsealed=unsealed)
    if daily.sealing and len(daily.sealing.texts) > 1:
        signing.further_codes(sheet, daily.sealing)


def _box(sheet: Sheet, totals: tuple[Figure, ...]) -> None:
    """Today large, the day before beneath."""
    if not totals:
        return
    tall, wide = 21.5 * style.MM, sheet.width / len(totals)
    low = sheet.y - tall
    sheet.box(sheet.left, low, sheet.width, tall, thick=1.2)
    for place, each in enumerate(totals):
        left = sheet.left + place * wide
        if place:
            sheet.line(left, low, left, low + tall)
        sheet.text(left + 8, low + tall - 15, shortened(each.label, wide - 12, style.CELL), size=style.CELL)
        figure, size = shown(each.today), FIGURE
        while width(figure, size, bold=True) > wide - 12 and size > style.SMALL:
            size -= 1
        sheet.text(left + 8, low + 23, shortened(figure, wide - 12, size, bold=True), size=size, bold=True)
        before = _("before {n}").format(n=each.yesterday) + (f"　{each.change}" if each.change else "")
        sheet.text(left + 8, low + 8, shortened(before, wide - 12, style.SMALL), size=style.SMALL)
    sheet.y = low - 6


def _remarks(sheet: Sheet, remarks: tuple[str, ...]) -> None:
    if not remarks:
        return
    heading(sheet, _("Remarks"))
    for number, remark in enumerate(remarks, 1):
        for line in broken(f"{number}. {remark}", sheet.width, style.TEXT):
            sheet.need(15)
            sheet.text(sheet.left, sheet.y - 11, line)
            sheet.y -= 15
