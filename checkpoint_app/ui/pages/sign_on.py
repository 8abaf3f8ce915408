"""Somebody signs on where there is no lane: number and PIN, or a badge and the PIN."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.officers import Officer
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import messages, said
from checkpoint_app.ui.form_parts import card
from checkpoint_app.ui.pin_line import PinLine
from checkpoint_app.ui.record_keys import RecordKeys
from checkpoint_app.ui.tasks import Tasks

MARGIN, HEIGHT = 12, 104


class SignOnPage(QWidget):
    """`signed` once the PIN was right, `left` on Esc. `badge` gets texts of a scanner."""

    signed = Signal()
    left = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        *,
        command: Callable[[int], bool] = lambda _key: False,
        badge: Callable[[str], None] = lambda _text: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._desk, self._tasks = desk, tasks
        self.checking = False
        self.line = PinLine()
        self.commands = RecordKeys(scanned=badge, command=command, act=self.act, leave=self.leave)
        frame = card()
        frame.setFixedHeight(HEIGHT)
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.addWidget(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.addWidget(frame)
        column.addStretch(1)
        for edit in (self.line.number, self.line.pin):
            edit.returnPressed.connect(self.finish)

    def begin(self, number: str = "") -> None:
        """A number that a badge told is there already."""
        self.line.begin(_("Sign on for the desk"), _hint(), number=number)
        (self.line.pin if number else self.line.number).setFocus()

    def act(self, number: int) -> bool:
        if number == 1:
            self.finish()
        return number == 1

    def leave(self) -> bool:
        if not self.checking:
            self.line.clear()
            self.left.emit()
        return True

    def finish(self) -> None:
        """Enter: from the number to the PIN; behind the PIN it is checked."""
        number, pin = self.line.number.text().strip(), self.line.pin.text()
        if not number or not pin:
            (self.line.pin if number else self.line.number).setFocus()
        elif not self.checking:
            self.checking = True
            self._tasks.at_once(
                lambda: self._desk.sign_on(number.zfill(2), pin, lane=None),
                then=self._signed_on,
                failed=self._refused,
            )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.line.take_focus()

    def _signed_on(self, _officer: Officer) -> None:
        self.checking = False
        self.line.clear()
        self.signed.emit()

    def _refused(self, error: CheckpointError) -> None:
        self.checking = False
        words = messages.words_for(error)
        self.line.again(words.title, said.joined(words.meaning, words.now_line))


def _hint() -> str:
    return _("Enter to go on, Esc to leave · a badge fills the number in")
