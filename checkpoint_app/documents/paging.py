"""A canvas that keeps its pages until their number is known, so that each says which of how many it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from checkpoint_app.documents import style
from checkpoint_app.documents.faces import REGULAR
from checkpoint_app.documents.lettering import Letters
from checkpoint_app.i18n import _

Foot = Callable[["Paged", int, int], None]
"""Draws what stands on every page: the canvas, the page's number, how many there are."""


class Paged(Canvas):  # type: ignore[misc]
    """`foot` is called for each page when all are there."""

    def __init__(self, foot: Foot, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{**options, "initialFontName": REGULAR})
        self._foot = foot
        self._pages: list[dict[str, Any]] = []

    def letters(self) -> Letters:
        """Words in this document's codes."""
        return Letters(self._doc)

    def rule(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A line between points that are given to a hundredth."""
        self._code.append(f"n {x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l S")

    def showPage(self) -> None:  # noqa: N802 - the library's name
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        pages = list(self._pages)
        for number, page in enumerate(pages, 1):
            self.__dict__.update(page)
            self._foot(self, number, len(pages))
            super().showPage()
        super().save()


def page_of(number: int, whole: int) -> str:
    return _("Page {n} of {whole}").format(n=number, whole=whole)


def notice(words: str) -> Foot:
    """A line, these words under it, and the page's number."""

    def draw(canvas: Paged, number: int, whole: int) -> None:
        right = style.PAGE[0] - style.SIDE
        canvas.setFont(REGULAR, style.SMALL)
        canvas.setStrokeColor(style.BAR_GREY)
        canvas.line(style.SIDE, style.FOOT + 5 * mm, right, style.FOOT + 5 * mm)
        canvas.drawString(style.SIDE, style.FOOT + 1.5 * mm, words)
        canvas.drawRightString(right, style.FOOT + 1.5 * mm, page_of(number, whole))

    return draw
