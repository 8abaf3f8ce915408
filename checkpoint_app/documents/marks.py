"""Where something stands in a document: said on an early page, known when the last is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checkpoint_app.documents import style
from checkpoint_app.documents.faces import REGULAR
from checkpoint_app.documents.sheet import Sheet


class Marks:
    """Pages by name."""

    def __init__(self) -> None:
        self._pages: dict[str, int] = {}

    def here(self, name: str, sheet: Sheet) -> None:
        self._pages.setdefault(name, sheet.page)

    def note(self, words: str, name: str, **facts: object) -> Callable[[], str]:
        """The words with `page` filled in, to be asked once every page is there; blank for no such place."""
        return lambda: words.format(page=self._pages[name], **facts) if name in self._pages else ""

    def at_right(self, sheet: Sheet, words: Callable[[], str], *, x: float | None = None) -> None:
        """Beside the heading just drawn."""
        right, base = sheet.right if x is None else x, sheet.y + 6.5

        def draw(canvas: Any) -> None:
            canvas.setFont(REGULAR, style.NOTE)
            canvas.drawRightString(right, base, words())

        sheet.later(draw)
