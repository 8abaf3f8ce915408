"""Keys of the records page: its buttons with caps, its search field, and where scanned texts go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.field import ValueEdit
from checkpoint_app.ui.form_keys import FormKeys
from checkpoint_app.ui.form_parts import FootKey
from checkpoint_app.ui.painted import painting
from checkpoint_app.ui.theme import look

SIDE, HEIGHT, SEARCH_HEIGHT = 12, 48, 56
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class SmallKey(FootKey):
    """A key among several in a narrow place; touched, never focused."""

    def __init__(
        self, cap: str, *, primary: bool = False, height: int = HEIGHT, parent: QWidget | None = None
    ) -> None:
        super().__init__(cap, primary=primary, parent=parent)
        self._height = height
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        width = SIDE * 2 + lettering.width(self.word, self._face) + self._cap_width
        return QSize(round(width), self._height)

    @property
    def _face(self) -> QFont:
        return lettering.font(look().px(16), bold=True)


class SearchEdit(ValueEdit):
    """Keys of the page begin here. `stepped(n)` for rows up or down; the hint stands at the right end."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.note = ""
        self.setFixedHeight(SEARCH_HEIGHT)
        self.setMaxLength(64)
        self.setTextMargins(40, 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, middle = look().theme, self.height() / 2
        with painting(self) as painter:
            icons.draw(painter, "search", x=16, centre=middle, size=26, colour=theme.ink2)
            face = lettering.font(look().px(14))
            used = 66 + lettering.width(self.text(), self.font())
            if lettering.width(self.note, face) + used + 16 <= self.width():
                box = QRectF(used, 0, self.width() - used - 14, self.height())
                lettering.draw(
                    painter, self.note, face=face, rect=box, colour=theme.ink3, align=lettering.RIGHT
                )


class RecordKeys(FormKeys):
    """F-keys and Esc belong to the page wherever its focus is; a drop-down would open at F4."""

    def __init__(
        self,
        *,
        scanned: Callable[[str], None],
        command: Callable[[int], bool],
        act: Callable[[int], bool],
        leave: Callable[[], bool],
    ) -> None:
        super().__init__(scanned=scanned, command=command)
        self._act, self._leave = act, leave

    def function(self, number: int) -> bool:
        return self._act(number)

    def escape(self, *, down: bool) -> bool:
        return self._leave() if down else False
