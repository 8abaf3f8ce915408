"""The people row while a PIN is asked: whose, the number, the PIN unseen, and what is wrong beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.domain.officers import LONGEST_PIN
from checkpoint_app.i18n import _
from checkpoint_app.ui.field import ValueEdit

NUMBER_WIDTH, PIN_WIDTH, TITLE_LEAST, TITLE_WIDEST = 110, 190, 200, 300
LONGEST_NUMBER = 9


class PinLine(QWidget):
    """Only shows; what is typed goes into whichever of the two lines has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._wrong, self._now = QLabel(), QLabel(), QLabel()
        self._number_word, self._pin_word = QLabel(), QLabel()
        self.number, self.pin = ValueEdit(), ValueEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        for edit, width, most in (
            (self.number, NUMBER_WIDTH, LONGEST_NUMBER),
            (self.pin, PIN_WIDTH, LONGEST_PIN),
        ):
            edit.setFixedWidth(width)
            edit.setMaxLength(most)
            edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self._title.setProperty("role", "strong")
        self._title.setWordWrap(True)
        self._title.setMinimumWidth(TITLE_LEAST)
        self._title.setMaximumWidth(TITLE_WIDEST)
        self._wrong.setProperty("role", "bad")
        self._now.setProperty("role", "hint")
        self._now.setWordWrap(True)
        for label in (self._title, self._wrong, self._now, self._number_word, self._pin_word):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def complaint(self) -> str:
        return self._wrong.text()

    @property
    def title(self) -> str:
        return self._title.text()

    def begin(self, title: str, hint: str, *, number: str = "") -> None:
        """Empty lines; a number that is known already is there, and the PIN is typed next."""
        self._title.setText(title)
        self._number_word.setText(_("Officer no."))
        self._pin_word.setText(_("PIN"))
        self.number.setAccessibleName(_("{what}: number").format(what=title))
        self.pin.setAccessibleName(_("{what}: PIN").format(what=title))
        self.number.setText(number)
        self.again("", hint)

    def again(self, wrong: str, now: str) -> None:
        """The PIN is typed anew; `wrong` says why."""
        self.pin.setText("")
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self._now.setText(now)
        self.take_focus()

    def take_focus(self) -> None:
        """Where the next digit belongs, unless one of the lines has the focus already."""
        if not (self.number.hasFocus() or self.pin.hasFocus()) or self.number.text():
            (self.pin if self.number.text() else self.number).setFocus()

    @property
    def has_focus(self) -> bool:
        return self.number.hasFocus() or self.pin.hasFocus()

    def clear(self) -> None:
        """Nothing of a PIN stays in a line that nobody sees."""
        self.pin.setText("")
        self.number.setText("")

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._wrong)
        words.addWidget(self._now)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._title)
        for label, edit in ((self._number_word, self.number), (self._pin_word, self.pin)):
            row.addWidget(label)
            row.addWidget(edit)
        row.addLayout(words, 1)
