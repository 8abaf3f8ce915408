"""Badges of officers: name, number and the code that signs on, as large as a bank card, ten a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.documents import code_square, style
from checkpoint_app.documents.faces import shown, width
from checkpoint_app.documents.files import write_whole
from checkpoint_app.documents.setting import broken, shortened
from checkpoint_app.documents.sheet import Footing, Sheet
from checkpoint_app.i18n import _

WIDE, HIGH = 85.6 * style.MM, 54 * style.MM
"""ISO/IEC 7810 ID-1, the size of bank cards."""
ACROSS, DOWN = 2, 5
LARGEST, SMALLEST = 20.0, 9.5
INSIDE = 12.0


@dataclass(frozen=True, slots=True)
class Badge:
    """`text` is what the code carries; `role` and the rest are words."""

    number: str
    name: str
    role: str
    agency: str
    station: str
    text: str


def write_badges(badges: Sequence[Badge], path: Path) -> int:
    """How many pages. Raises PaperNotWritten."""
    data, pages = render_badges(badges)
    write_whole(path, data)
    return pages


def render_badges(badges: Sequence[Badge]) -> tuple[bytes, int]:
    """Sheets to cut along the marks."""
    foot = Footing("", "", _("Cut along the lines. Whoever has a badge still needs its PIN."))
    sheet = Sheet(title=_("Badges"), footing=foot)
    left = (sheet.wide - ACROSS * WIDE) / 2
    top = sheet.high - 8 * style.MM
    for place, badge in enumerate(badges):
        on_page = place % (ACROSS * DOWN)
        if place and not on_page:
            sheet.next_page()
        row, column = divmod(on_page, ACROSS)
        _card(sheet, badge, left + column * WIDE, top - (row + 1) * HIGH)
    return sheet.finish()


def _card(sheet: Sheet, badge: Badge, x: float, y: float) -> None:
    code = code_square.code_of(badge.text, most=40 * style.MM)
    side = code.side(40 * style.MM)
    code_square.draw(sheet, code, x + WIDE - side - 4, y + (HIGH - side) / 2, side)
    left, room = x + INSIDE, WIDE - side - INSIDE - 8
    size = LARGEST
    while width(shown(badge.name), size, bold=True) > room and size > SMALLEST:
        size -= 0.5
    top = y + HIGH
    sheet.fill(x, top - 24, WIDE, 24, style.HEAD_GREY)
    sheet.box(x, y, WIDE, HIGH, thick=0.4)
    station = shortened(badge.station, WIDE - 2 * INSIDE, style.TEXT, bold=True)
    sheet.text(left, top - 16, station, size=style.TEXT, bold=True)
    base = top - 54
    for line in broken(badge.name or "—", room, size, bold=True)[:2]:
        sheet.text(left, base, line, size=size, bold=True)
        base -= size * 1.2
    for words in (badge.role, badge.agency):
        if words:
            sheet.text(left, base - 2, shortened(words, room, style.TEXT), size=style.TEXT)
            base -= 14
    number = _("No. {number}").format(number=badge.number)
    sheet.text(left, y + INSIDE, shortened(number, room, 13, bold=True), size=13, bold=True)
