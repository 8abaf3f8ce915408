"""The first lead and the PIN that makes roles hold; nobody has to answer now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.domain.officers import LONGEST_PIN, SHORTEST_PIN, is_pin
from checkpoint_app.i18n import _
from checkpoint_app.ui.field import Field
from checkpoint_app.ui.form_parts import Note, card
from checkpoint_app.ui.told import Tone

PIN_WIDTH, LONGEST_NAME = 200, 40


class LeadCard(QWidget):
    """Name and PIN; both or neither. The PIN is seen as it is typed: a slip would shut the lead out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.pin = Field(""), Field("", width=PIN_WIDTH)
        self.name.edit.setMaxLength(LONGEST_NAME)
        self.pin.edit.setMaxLength(LONGEST_PIN)
        self.pin.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self._note = Note(rows=1)
        self._asked = False
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.name, 1)
        row.addWidget(self.pin)
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(16, 0, 16, 8)
        inner.setSpacing(2)
        inner.addLayout(row)
        inner.addWidget(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        self.setFocusProxy(self.name)
        for field in (self.name, self.pin):
            field.edited.connect(self._edited)
        self.retranslate()

    @property
    def answer(self) -> tuple[str, str] | None:
        """Name and PIN; None when nobody was named."""
        name, pin = self.name.value.strip(), self.pin.value
        return (name, pin) if name and is_pin(pin) else None

    def retranslate(self) -> None:
        self.name.set_label(_("Lead of this station (may be left empty)"))
        self.pin.set_label(_("The lead's PIN"))
        self._tell()

    def obstacle(self) -> QWidget | None:
        """What is half answered."""
        self._asked = True
        self._tell()
        if self.answer or not (self.name.value.strip() or self.pin.value):
            return None
        return self.pin.edit if self.name.value.strip() else self.name.edit

    def forget(self) -> None:
        """No PIN stays in a field."""
        self.pin.set_value("")
        self.name.set_value("")

    @Slot(str)
    def _edited(self, _text: str) -> None:
        self._tell()

    def _tell(self) -> None:
        name, pin = self.name.value.strip(), self.pin.value
        if not name and not pin:
            words = _("Without a PIN anybody may do anything here; the top bar reminds until one is set")
            self._note.show_text(words, Tone.WARN)
        elif pin and not is_pin(pin):
            words = _("{least} to {most} digits, not all the same, not in a row").format(
                least=SHORTEST_PIN, most=LONGEST_PIN
            )
            long_enough = len(pin) >= SHORTEST_PIN or self._asked
            self._note.show_text(words, Tone.BAD if long_enough else Tone.HINT)
        elif self.answer:
            words = _("Remember it: it is shown nowhere else, and signs handovers")
            self._note.show_text(words, Tone.GOOD)
        else:
            words = _("Name and PIN belong together, or leave both empty")
            self._note.show_text(words, Tone.BAD if self._asked else Tone.HINT)
