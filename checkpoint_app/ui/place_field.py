"""A field for a place: two letters, a digit, done; anything else may be typed as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from checkpoint_app.services.places import Place
from checkpoint_app.ui.field import Field
from checkpoint_app.ui.place_list import HEIGHT, PlaceList

GAP = 2
_LETTERS = re.compile("[A-Za-z]+$")
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_DIGITS = {str(digit): digit - 1 for digit in range(1, 10)}


def no_places(_text: str) -> Sequence[Place]:
    return ()


class PlaceField(Field):
    """`taken(text)` when a place was taken from the list, behind `edited(text)`.

    `suggest` gives the places for what is typed; for "" those told lately, which ↓ shows. The list lies over
    the row below the parent of this field and is as wide as that parent. While it is shown a digit takes a
    place, unless the text itself begins with a digit: then it is a code.
    """

    taken = Signal(str)

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        suggest: Callable[[str], Sequence[Place]] = no_places,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, hint=hint, parent=parent)
        self.suggest = suggest
        self.list = PlaceList(self)
        self.list.touched.connect(self.take)
        self.destroyed.connect(self.list.deleteLater)  # it moves to the window when it is first shown
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(self._typed)

    @property
    def choosing(self) -> bool:
        """Whether the list is shown."""
        return bool(self.list.places)

    def take(self, place: int) -> None:
        """The place with that number, from 0, is the value; the list closes."""
        text = self.list.places[place].text
        self.close_places()
        self.edit.setText(text)
        self.edit.setModified(True)
        self.edited.emit(text)
        self.taken.emit(text)

    def take_marked(self) -> bool:
        """For Enter: True when the arrows had marked a place, which is the value now."""
        marked = self.list.marked
        if not self.choosing or marked < 0:
            return False
        self.take(marked)
        return True

    def close_places(self) -> bool:
        """For Esc: True when there was a list."""
        was = self.choosing
        self.list.show_places(())
        return was

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            return self._pressed(event)
        if isinstance(event, QFocusEvent) and event.type() == QFocusEvent.Type.FocusOut:
            self.close_places()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_places()
        super().hideEvent(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        """True for a key that was for the list."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step and (self.choosing or step > 0):
            self._walk(step)
            return True
        number = _DIGITS.get(event.text(), len(self.list.places))
        if number < len(self.list.places) and not self.edit.text()[:1].isdigit():
            self.take(number)
            return True
        return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.take_marked()

    def _walk(self, step: int) -> None:
        if not self.choosing:
            self._offer(self.edit.text())
        if self.choosing:
            self.list.mark(step)

    @Slot(str)
    def _typed(self, text: str) -> None:
        if text.strip():
            self._offer(text)
        else:
            self.close_places()

    def _offer(self, text: str) -> None:
        """The list belongs to the window, so that it may lie over what is below."""
        row, window = self.parentWidget() or self, self.window()
        if self.list.parentWidget() is not window:
            self.list.setParent(window)
        at = row.mapTo(window, QPoint(0, row.height() + GAP))
        top = min(at.y(), window.height() - HEIGHT)
        self.list.setGeometry(at.x(), top, row.width(), HEIGHT)
        self.list.show_places(self.suggest(_fragment(text)))


def _fragment(text: str) -> str:
    """What to look for: letters behind characters are a new place in the old one's stead."""
    letters = _LETTERS.search(text)
    return letters.group() if letters and not text.isascii() else text
