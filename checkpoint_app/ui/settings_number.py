"""A whole number with its unit beside it, judged as it is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui.field import LABEL_HEIGHT, Field
from checkpoint_app.ui.form_parts import Note, label
from checkpoint_app.ui.told import Tone

WIDTH = 132


class NumberField(QWidget):
    """`changed()` once a number in its bounds is finished by Enter or by leaving."""

    changed = Signal()

    def __init__(self, *, least: int, most: int, width: int = WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.least, self.most = least, most
        self.field, self._unit = Field("", width=width), Note(size=16, middle=True)
        self._unit_words = ""
        self._known = ""
        self._label = label("label")
        self.field.label.hide()
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.field)
        row.addWidget(self._unit, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._label)
        column.addLayout(row)
        self._label.setMinimumHeight(LABEL_HEIGHT)
        self.setFocusProxy(self.field.edit)
        self.field.edited.connect(self._edited)
        self.field.finished.connect(self._finished)

    @property
    def number(self) -> int | None:
        """What stands there; None when it is no number in the bounds."""
        typed = self.field.value.strip()
        if not typed.lstrip("-").isdecimal() or not typed.isascii():
            return None
        return int(typed) if self.least <= int(typed) <= self.most else None

    def show_words(self, words: str, unit: str) -> None:
        """The label above and the unit behind."""
        self._label.setText(words)
        self.field.edit.setAccessibleName(f"{words} ({unit})")
        self._unit_words = unit
        self._tell()

    def show_number(self, number: int | None) -> None:
        self._known = "" if number is None else str(number)
        self.field.set_value(self._known)
        self._tell()

    def say_bounds(self) -> None:
        """What may stand here, as a fault."""
        words = _("{least} to {most}").format(least=self.least, most=self.most)
        self._unit.show_text(words, Tone.BAD)

    @Slot(str)
    def _edited(self, _text: str) -> None:
        self._tell()

    @Slot()
    def _finished(self) -> None:
        if self.number is not None and self.field.value != self._known:
            self._known = self.field.value
            self.changed.emit()

    def _tell(self) -> None:
        if self.field.value and self.number is None:
            self.say_bounds()
        else:
            self._unit.show_text(self._unit_words, Tone.QUIET)
