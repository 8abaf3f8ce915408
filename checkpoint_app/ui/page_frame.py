"""What form pages share: keys, title lines, what fills the page, and the bar of keys at its foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

BETWEEN_KEYS, BETWEEN_LINES = 16, 4


def page_key(event: QKeyEvent, *, function: Callable[[int], bool], leave: Callable[[], bool]) -> bool:
    """Whether an F-key, by its number, or Esc was the page's; one that is held down is one press."""
    key = Qt.Key(event.key())
    if key == Qt.Key.Key_Escape:
        return event.isAutoRepeat() or leave()
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12:
        return event.isAutoRepeat() or function(key - Qt.Key.Key_F1 + 1)
    return False


def foot(parts: Sequence[QWidget], *, wide: QWidget, side: int, rim: int) -> QFrame:
    """The bar; `wide`, one of `parts`, takes the room that is left. `side` and `rim` are px around them."""
    bar = QFrame()
    bar.setProperty("role", "foot")
    row = QHBoxLayout(bar)
    row.setContentsMargins(side, rim, side, rim)
    row.setSpacing(BETWEEN_KEYS)
    for part in parts:
        row.addWidget(part, 1 if part is wide else 0)
    return bar


def framed(
    heads: Sequence[QWidget], body: QWidget, bar: QWidget, *, rims: tuple[int, int, int, int], gap: int = 8
) -> QVBoxLayout:
    """`heads` and `body` within `rims` (left, top, right, bottom), `gap` px apart; `bar` below."""
    inner = QVBoxLayout()
    inner.setContentsMargins(*rims)
    inner.setSpacing(BETWEEN_LINES)
    for head in heads:
        inner.addWidget(head)
    inner.addSpacing(gap)
    inner.addWidget(body, 1)
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(inner, 1)
    column.addWidget(bar)
    return column
