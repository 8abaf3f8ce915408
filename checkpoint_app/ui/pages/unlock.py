"""The passphrase of a ledger whose key is kept under one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui.field import Field
from checkpoint_app.ui.form_parts import ENTER, FootKey, Note, card, info_card, label
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.told import Tone

WIDTH = 760
TRIES_BEFORE_HELP = 3


class UnlockPage(QWidget):
    """`entered(passphrase)` on F1 or Enter; the window answers by taking the page away or with `refuse`.

    Between the two nothing more is sent: an answer takes a moment on purpose.
    """

    entered = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._title, self._about = label("title"), Note(size=16)
        self.field = Field("")
        self.field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._result, self._help = Note(size=16, rows=2), Note(size=16)
        self._help_card = info_card(self._help)
        self.open, self.show_typed = FootKey("F1", primary=True, width=168), FootKey("F2")
        self._waiting = False
        self._refused: Words | None = None
        self.tries = 0
        self._lay_out()
        self.setFocusProxy(self.field.edit)
        self.open.clicked.connect(self.send)
        self.show_typed.clicked.connect(self.toggle_typed)
        self.retranslate()

    def refuse(self, words: Words) -> None:
        """The passphrase did not open the ledger, and why."""
        self.tries += 1
        self._waiting, self._refused = False, words
        self.field.edit.clear()
        self._show()
        self.field.edit.setFocus()

    def forget(self) -> None:
        """What was typed leaves the window; the next attempt begins anew."""
        self._waiting, self._refused, self.tries = False, None, 0
        self.field.edit.clear()
        self._hide_typed()
        self._show()

    def retranslate(self) -> None:
        """Every word in the language in use."""
        self._title.setText(_("The ledger is locked"))
        self._about.show_text(_("What was saved is there. It opens with this desk's passphrase."), Tone.QUIET)
        self.field.set_label(_("Passphrase"))
        self._show()

    @Slot()
    def send(self) -> None:
        typed = self.field.value
        if self._waiting:
            return
        if not typed:
            self._result.show_text(_("Type the passphrase first"), Tone.BAD)
            self.field.edit.setFocus()
            return
        self._waiting, self._refused = True, None
        self._hide_typed()
        self._show()
        self.entered.emit(typed)

    @Slot()
    def toggle_typed(self) -> None:
        """Shows what is typed, for a keyboard that is not trusted; hidden again once it is sent."""
        hidden = self.field.edit.echoMode() is QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password
        self.field.edit.setEchoMode(mode)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_F1 or event.key() in ENTER:
            self.send()
        elif event.key() == Qt.Key.Key_F2:
            self.toggle_typed()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.field.edit.setFocus()

    def _hide_typed(self) -> None:
        self.field.edit.setEchoMode(QLineEdit.EchoMode.Password)

    def _show(self) -> None:
        hidden = self.field.edit.echoMode() is QLineEdit.EchoMode.Password
        self.show_typed.set_word(_("Show what is typed") if hidden else _("Hide it"))
        self.open.set_word(_("Opening") if self._waiting else _("Open"), locked=self._waiting)
        if self._refused is not None:
            self._result.show_text(self._refused.plain, Tone.BAD)
        else:
            self._result.show_text(_("Opening, about one second") if self._waiting else "", Tone.QUIET)
        self._help_card.setVisible(self.tries >= TRIES_BEFORE_HELP)
        self._help.show_text(
            _(
                "Nobody knows it any more? Fetch the recovery sheet (18 words) and the last backup. "
                "The IT officer types: checkpoint-app restore BACKUP --recovery. "
                "Nothing is deleted by trying; meanwhile write on paper."
            ),
            icon="key",
        )

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        keys.setSpacing(16)
        keys.addWidget(self.open)
        keys.addWidget(self.show_typed)
        keys.addStretch(1)
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(16, 12, 16, 16)
        inner.setSpacing(8)
        inner.addWidget(self.field)
        inner.addWidget(self._result)
        inner.addLayout(keys)
        column = QWidget()
        column.setFixedWidth(WIDTH)
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(12)
        for part in (self._title, self._about, frame, self._help_card):
            stack.addWidget(part)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)
