"""Where both sides sign, and the seal: groups to copy by hand and the code the next shift scans."""

from __future__ import annotations

from dataclasses import dataclass

from checkpoint_app.documents import code_square, style
from checkpoint_app.documents.faces import width
from checkpoint_app.documents.setting import broken, shortened
from checkpoint_app.documents.sheet import Sheet
from checkpoint_app.domain.report import Sealing
from checkpoint_app.i18n import _

LEAST_HIGH = 31 * style.MM
SIGN_WIDE = 46.6 * style.MM
GROUPS, GROUP, GROUP_SIZE = 8, 4, 13
INSIDE = 8.0


@dataclass(frozen=True, slots=True)
class Signed:
    """One who signs: in what part, full name, and a line on the signature or on why there is none."""

    part: str
    name: str
    note: str


def high(sealing: Sealing | None) -> float:
    """Points the box takes."""
    return max(LEAST_HIGH, _code(sealing)[1] + 4) if sealing and sealing.texts else LEAST_HIGH


def box(sheet: Sheet, signed: tuple[Signed, ...], sealing: Sealing | None, *, unsealed: str) -> None:
    """From `sheet.y` down: a place for each who signs, the seal at the right."""
    tall = high(sealing)
    low = sheet.y - tall
    sheet.box(sheet.left, low, sheet.width, tall, thick=1.2)
    x = sheet.left
    for each in signed:
        _place(sheet, each, x, low, tall)
        x += SIGN_WIDE
        sheet.line(x, low, x, low + tall)
    _seal(sheet, sealing, x, low, tall, unsealed)
    sheet.y = low


def groups(digest: str) -> tuple[str, ...]:
    digits = digest.upper()
    return tuple(digits[place : place + GROUP] for place in range(0, GROUPS * GROUP, GROUP))


def _place(sheet: Sheet, each: Signed, x: float, low: float, tall: float) -> None:
    top, left, wide = low + tall, x + INSIDE, SIGN_WIDE - 2 * INSIDE
    sheet.text(left, top - 16, each.part, size=style.CELL)
    part = width(each.part, style.CELL) + 8
    name = shortened(each.name, wide - part, style.TEXT, bold=True)
    sheet.text(left + part, top - 16, name, size=style.TEXT, bold=True)
    for number, words in enumerate(broken(each.note, wide, style.SMALL)[:2]):
        sheet.text(left, top - 28 - number * 10.5, words, size=style.SMALL)
    rule = low + 16
    sheet.line(left, rule, left + wide, rule)
    sheet.text(left, rule - 10.5, _("Signature"), size=style.SMALL)


def _seal(sheet: Sheet, sealing: Sealing | None, x: float, low: float, tall: float, unsealed: str) -> None:
    left, top = x + INSIDE, low + tall
    if sealing is None:
        for number, line in enumerate(broken(unsealed, sheet.right - left - INSIDE, style.TEXT, bold=True)):
            sheet.text(left, top - 18 - number * 14, line, bold=True)
        return
    code, side = _code(sealing)
    if code is not None:
        code_square.draw(sheet, code, sheet.right - side - 2, low + (tall - side) / 2, side)
    sheet.text(left, top - 17, _("Seal"), bold=True)
    sheet.text(
        left + width(_("Seal"), style.TEXT, bold=True) + 6,
        top - 17,
        _("entry {n}").format(n=f"{sealing.seq:,}"),
    )
    narrow = sheet.right - side - left < 160
    parts, each = groups(sealing.hash), 2 if narrow else 4
    lines = [" ".join(parts[place : place + each]) for place in range(0, GROUPS, each)]
    first, step = (34, 16) if narrow else (42, 22)
    for number, line in enumerate(lines):
        sheet.text(left, top - first - number * step, line, size=GROUP_SIZE, bold=True)
    if len(sealing.texts) > 1:
        more = _("code 1 of {whole}, rest last").format(whole=len(sealing.texts))
        room = sheet.right - side - left
        sheet.text(left, low + 5, shortened(more, room, style.SMALL), size=style.SMALL)


def _code(sealing: Sealing | None) -> tuple[code_square.Code | None, float]:
    most = style.WIDTH - 2 * SIGN_WIDE - 90
    if sealing is None or not sealing.texts:
        return None, 0.0
    code = code_square.code_of(sealing.texts[0], most=most)
    return code, code.side(most)


def further_codes(sheet: Sheet, sealing: Sealing) -> None:
    """The other parts of a long text, each with its number, as many beside each other as fit."""
    x, tallest = sheet.left, 0.0
    for number, text in enumerate(sealing.texts[1:], 2):
        code = code_square.code_of(text, most=60 * style.MM)
        side = code.side(60 * style.MM)
        if x + side > sheet.right:
            x, sheet.y = sheet.left, sheet.y - tallest - 16
        sheet.need(side + 16)
        code_square.draw(sheet, code, x, sheet.y - side, side)
        label = _("Code {n} of {whole}").format(n=number, whole=len(sealing.texts))
        sheet.text(x + 12, sheet.y - side - 8, label, size=style.SMALL)
        x, tallest = x + side + 10, side
    sheet.y -= tallest + 20
