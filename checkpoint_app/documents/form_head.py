"""What every form shares: its title, who and when, and its foot."""

from __future__ import annotations

from dataclasses import dataclass

from checkpoint_app.documents import style, wording
from checkpoint_app.documents.faces import width
from checkpoint_app.documents.setting import shortened
from checkpoint_app.documents.sheet import RIGHT, Footing, Progress, Sheet
from checkpoint_app.i18n import _

COPY = 20
LANDSCAPE = (style.PAGE[1], style.PAGE[0])


@dataclass(frozen=True, slots=True)
class Form:
    """`period` in words; `printed` who printed it and when; `copy` 0 for the first print."""

    title: str
    station: str
    desk: str
    period: str
    number: str
    printed: str
    copy: int = 0
    personal: bool = True


def opened(
    form: Form, *, page: tuple[float, float] = style.PAGE, whole: int = 0, progress: Progress | None = None
) -> Sheet:
    """The first page with its head; the foot says what the sheet is on every page."""
    room = page[0] - 2 * style.SIDE
    use = _("Personal data, for official use only") if form.personal else _("For official use only")
    middle = "　".join((use, form.printed))
    left = wording.joined(form.title, form.number, form.station)
    footing = Footing(left, left, shortened(middle, room * 0.6, style.SMALL))
    title = f"{form.title} {form.number}"
    sheet = Sheet(title=title, footing=footing, page=page, whole=whole, progress=progress)
    _head(sheet, form)
    return sheet


def _head(sheet: Sheet, form: Form) -> None:
    base = sheet.y - 20
    space = 0.3 if form.title.isascii() else 2.4
    sheet.spread((sheet.left + sheet.right) / 2, base, form.title, size=style.TITLE, space=space)
    if form.copy:
        copy = _("Copy {n}").format(n=form.copy)
        sheet.text(sheet.right, base, copy, size=COPY, bold=True, at=RIGHT)
    base -= 20
    number = shortened(form.number, sheet.width * 0.35, style.TEXT, bold=True)
    wide = width(number, style.TEXT, bold=True)
    sheet.text(sheet.right, base, number, bold=True, at=RIGHT)
    sheet.text(sheet.right - wide - 4, base, _("Sheet no."), at=RIGHT)
    station = shortened(form.station, sheet.width * 0.35, style.TEXT, bold=True)
    sheet.text(sheet.left, base, station, bold=True)
    left = sheet.left + width(station, style.TEXT, bold=True) + 12
    desk = _("Desk {desk}").format(desk=form.desk)
    room = sheet.right - wide - 60 - left
    sheet.text(left, base, shortened(f"{desk}　{form.period}", room, style.TEXT))
    sheet.y = base - 10


def sign_line(sheet: Sheet, words: tuple[str, ...], *, high: float = 12 * style.MM) -> None:
    """Places to sign beside each other, at least 40 mm wide with 10 mm of free paper."""
    sheet.need(high + 6 * style.MM)
    wide = sheet.width / len(words)
    rule = sheet.y - high
    for place, word in enumerate(words):
        left = sheet.left + place * wide
        sheet.line(left, rule, left + wide - 16, rule)
        sheet.text(left, rule - 10.5, word, size=style.SMALL)
    sheet.y = rule - 6 * style.MM
