"""Below a handover: who hands over, who takes over, and what still keeps it from being closed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.form_parts import Note
from checkpoint_app.ui.handover_text import Signer
from checkpoint_app.ui.painted import Painted, painting
from checkpoint_app.ui.record_keys import SmallKey
from checkpoint_app.ui.roll_card import pin_field
from checkpoint_app.ui.theme import SMALLEST, look
from checkpoint_app.ui.told import Told, Tone

HEIGHT, PIN_WIDTH, PAD = 82, 130, 14
ICONS = {Tone.GOOD: "check", Tone.WARN: "user-question"}


class SignerName(Painted):
    """Label over name, and at the right how the signature stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.signer = Signer("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_signer(self, signer: Signer) -> None:
        self.signer = signer
        self.setAccessibleName(f"{signer.label} {signer.name} {signer.state}".strip())
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(110, HEIGHT - 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, signer = look().theme, self.signer
        half = self.height() / 2
        with painting(self) as painter:
            left = self._state_left()
            for text, size, bold, top, colour in (
                (signer.label, 14, False, 0.0, theme.ink2),
                (signer.name, 20, True, half - 2, theme.ink),
            ):
                space = left - 8 if signer.state else self.width()
                face = lettering.fitted(text, size=look().px(size), least=SMALLEST, space=space, bold=bold)
                box = QRectF(0, top, space, half)
                lettering.draw(painter, text, face=face, rect=box, colour=colour)
            if signer.state:
                colour, size = str(getattr(theme, signer.tone.value)), look().px(20)
                icon = ICONS.get(signer.tone, "check")
                icons.draw(painter, icon, x=left, centre=half, size=size, colour=colour, stroke=2.4)
                box = QRectF(left + size + 8, 0, self.width() - left - size - 8, self.height())
                lettering.draw_lines(painter, signer.state, box=box, size=look().px(16), colour=colour)

    def _state_left(self) -> float:
        """Long reasons get at most two thirds."""
        face = lettering.font(look().px(16), bold=True)
        need = lettering.width(self.signer.state, face) + look().px(20) + 12
        return self.width() - min(need, self.width() * 0.66)


class SignCard(QFrame):
    """`pressed()` by the key or Enter in the PIN."""

    pressed = Signal()

    def __init__(self, cap: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedHeight(HEIGHT)
        self.who, self.pin, self.key = SignerName(), pin_field(width=PIN_WIDTH), SmallKey(cap)
        self.pin.label.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(PAD)
        row.addWidget(self.who, 1)
        row.addWidget(self.pin)
        row.addWidget(self.key)
        self.key.clicked.connect(self.pressed)

    def show_signer(self, signer: Signer, *, word: str, locked: bool, asks_pin: bool) -> None:
        self.who.show_signer(signer)
        done = signer.tone is Tone.GOOD and bool(signer.state)
        self.key.setVisible(not done)
        self.key.set_word(word, locked=locked)
        self.pin.setVisible(asks_pin and not done)
        self.pin.setEnabled(not locked)
        self.pin.edit.setAccessibleName(_("PIN of {name}").format(name=signer.name))
        self.pin.set_hint("PIN")


class LockCard(QFrame):
    """What is missing; then how far the sheet is, and where it lies."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedHeight(HEIGHT)
        self.icon = LockIcon()
        self.first, self.second = Note(size=16, bold=True), Note(size=14)
        self.bar = QProgressBar()
        self.bar.setFixedHeight(24)
        self.bar.hide()
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        for part in (self.first, self.second, self.bar):
            column.addWidget(part)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(PAD)
        row.addWidget(self.icon)
        row.addLayout(column, 1)

    @property
    def words(self) -> str:
        return self.first.text

    def show_lock(self, first: Told, second: str, *, icon: str) -> None:
        self.bar.hide()
        self.second.show()
        self.icon.show_icon(icon, first.tone)
        self.first.show_text(first.text, Tone.PLAIN if first.tone is Tone.GOOD else first.tone)
        self.second.show_text(second, Tone.QUIET)

    def show_progress(self, words: str, done: int, of: int) -> None:
        self.icon.show_icon("hourglass", Tone.QUIET)
        self.first.show_text(words, Tone.PLAIN)
        self.second.hide()
        self.bar.show()
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)


class LockIcon(Painted):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone = "lock", Tone.QUIET
        self.setFixedSize(28, 28)

    def show_icon(self, icon: str, tone: Tone) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = str(getattr(look().theme, self._tone.value))
        with painting(self) as painter:
            icons.draw(painter, self._icon, x=2, centre=14, size=24, colour=colour)
