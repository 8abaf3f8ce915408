"""A label over a bordered control; focus thickens the border without moving anything."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.painted import painting
from checkpoint_app.ui.theme import look

LABEL_HEIGHT = 22
CONTROL_HEIGHT = 48
TEXT_LEFT = 14
ARROW = 20


class Labelled(QWidget):
    """`content` under a 14 px label; `width` in px fixes the width, 0 lets it grow."""

    def __init__(
        self, label: str, content: QWidget, *, width: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.label = QLabel(label)
        self.label.setProperty("role", "label")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setMinimumHeight(LABEL_HEIGHT)
        self.label.setBuddy(content)
        content.setAccessibleName(label)
        self.content = content
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.label)
        box.addWidget(content)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if width:
            self.setFixedWidth(width)

    def set_label(self, label: str) -> None:
        self.label.setText(label)
        self.content.setAccessibleName(label)


class ValueEdit(QLineEdit):
    """22 px bold value; the hint is lighter and not bold, which a style sheet cannot say."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = hint
        self.setProperty("role", "value")
        self.setFixedHeight(CONTROL_HEIGHT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing goes on behind what is there; Tab selects it all as everywhere."""
        super().focusInEvent(event)
        if not self.hasSelectedText():
            self.end(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left alone, a long value shows its beginning."""
        super().focusOutEvent(event)
        self.home(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() and not self.hasFocus():
            self._paint_smaller()
        if self.text() or not self.hint:
            return
        left = TEXT_LEFT + (10 if self.hasFocus() else 0)
        with painting(self) as painter:
            lettering.draw(
                painter,
                self.hint,
                face=lettering.font(look().px(22)),
                rect=QRectF(self.rect()).adjusted(left, 0, -6, 0),
                colour=look().theme.ink3,
            )

    def _paint_smaller(self) -> None:
        """A value longer than its field, whole, while nobody types in it."""
        size, room = look().px(22), self.width() - 2 * (TEXT_LEFT - 4)
        if lettering.width(self.text(), lettering.font(size, bold=True)) <= room - 8:
            return
        box = QRectF(self.rect()).adjusted(TEXT_LEFT - 4, 4, 4 - TEXT_LEFT, -4)
        with painting(self) as painter:
            painter.fillRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), look().theme.surface)
            lettering.draw_lines(painter, self.text(), box=box, size=size, colour=look().theme.ink)


class DropDown(QComboBox):
    """A combo box whose arrow has the theme's colour, which a style sheet cannot give an icon."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(CONTROL_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with painting(self) as painter:
            colour, x = look().theme.ink, self.width() - ARROW - TEXT_LEFT
            icons.draw(painter, "chevron-down", x=x, centre=self.height() / 2, size=ARROW, colour=colour)


class Field(Labelled):
    """A labelled line of text. `edited(text)` for changes by a person, `finished()` on Enter or leaving."""

    edited = Signal(str)
    finished = Signal()

    def __init__(self, label: str, *, hint: str = "", width: int = 0, parent: QWidget | None = None) -> None:
        self.edit = ValueEdit(hint)
        super().__init__(label, self.edit, width=width, parent=parent)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self._edited)
        self.edit.editingFinished.connect(self._finished)

    @property
    def value(self) -> str:
        return self.edit.text()

    def set_value(self, value: str) -> None:
        """Show `value` without `edited`; a value longer than the field is shown from its beginning."""
        if value != self.edit.text():
            self.edit.setText(value)
            self.edit.setCursorPosition(len(value) if self.edit.hasFocus() else 0)

    def set_hint(self, hint: str) -> None:
        self.edit.hint = hint
        self.edit.update()

    @Slot(str)
    def _edited(self, text: str) -> None:
        self.edited.emit(text)

    @Slot()
    def _finished(self) -> None:
        self.finished.emit()
