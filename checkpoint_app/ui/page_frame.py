"""What form pages share: their title lines, what fills the page, and the bar of keys at its foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

BETWEEN_KEYS, BETWEEN_LINES = 16, 4


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
