"""Figures as bars on paper: grey that a copier keeps, axes from zero, every number beside its bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checkpoint_app.documents import style
from checkpoint_app.documents.faces import shown, width
from checkpoint_app.documents.sheet import MIDDLE, RIGHT, Sheet

STEPS = (1, 2, 5)
HIGH, LEAST_HIGH = 62.0, 34.0
"""Height of the tallest bar, points."""
ABOVE, UNDER, LINE, AFTER = 14.0, 13.0, 14.0, 6.0
ROUND = ABOVE + UNDER + LINE + AFTER
"""What a chart takes beside its bars."""
AXIS = 32.0


@dataclass(frozen=True, slots=True)
class Bar:
    """`under` is its name, `noted` stands in the row below, blank without one; `beside` is drawn in light
    grey at its left, None for none.
    """

    under: str
    value: int
    noted: str = ""
    beside: int | None = None


def grid(most: int, *, lines: int = 3) -> tuple[int, ...]:
    """Round heights from 0 to at most `most`, at most `lines` of them above zero."""
    step, power = 1, 1
    while True:
        for unit in STEPS:
            step = unit * power
            if most // step <= lines:
                return tuple(range(0, most + 1, step))
        power *= 10


def columns(sheet: Sheet, bars: Sequence[Bar], *, noted: str = "", high: float = HIGH) -> None:
    """One upright bar for each; `noted` names the row beneath them."""
    axis = max(AXIS, width(noted, style.SMALL) + 6)
    most = max([1, *(bar.value for bar in bars), *(bar.beside or 0 for bar in bars)])
    foot, left = sheet.y - ABOVE - high, sheet.left + axis
    for value in grid(most):
        y = foot + high * value / most
        sheet.faint(left, y, sheet.right)
        sheet.text(left - 5, y - 3, f"{value:,}", size=style.SMALL, at=RIGHT)
    slot = (sheet.right - left) / max(len(bars), 1)
    for place, bar in enumerate(bars):
        _bar(sheet, bar, left + (place + 0.5) * slot, foot, slot, most=most, high=high)
    if noted:
        sheet.text(sheet.left, foot - UNDER - LINE, noted, size=style.SMALL)
    sheet.y = foot - UNDER - (LINE if noted else 0) - AFTER


def _bar(sheet: Sheet, bar: Bar, middle: float, foot: float, slot: float, *, most: int, high: float) -> None:
    wide, narrow = min(slot * 0.58, 36.0), slot < 36
    if bar.beside is not None:
        sheet.fill(middle - wide / 2, foot, wide / 2, high * bar.beside / most, style.GRID_GREY)
        sheet.fill(middle, foot, wide / 2, high * bar.value / most, style.BAR_GREY)
    else:
        sheet.fill(middle - wide / 2, foot, wide, high * bar.value / most, style.BAR_GREY)
    top = foot + high * max(bar.value, bar.beside or 0) / most
    size = style.SMALL if narrow else style.NOTE
    number = f"{bar.value}" if narrow else f"{bar.value:,}"
    sheet.text(middle, top + 3, number, size=size, bold=True, at=MIDDLE)
    sheet.text(middle, foot - UNDER + 2, shown(bar.under), size=style.SMALL, at=MIDDLE)
    if bar.noted:
        sheet.text(middle, foot - UNDER - LINE, shown(bar.noted), size=size, bold=True, at=MIDDLE)
