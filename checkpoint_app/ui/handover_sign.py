"""Below a handover: who hands over, who takes over, and what still keeps it from being closed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import icons, lettering
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
                whole = lettering.width(text, face) <= space
                shown = text if whole else text.partition("(")[0].partition("（")[0].rstrip()
                box = QRectF(0, top, space, half)
                lettering.draw(painter, shown, face=face, rect=box, colour=colour)
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
        self.who, self.pin, self.key = SignerName(), pin_field(width=PIN_WIDTH), SmallKey(cap)
        self.pin.label.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(PAD)
        row.addWidget(self.who, 1)
        row.addWidget(self.pin)
        row.addWidget(self.key)
        self.key.clicked.connect(self.pressed)

    def show_signer(self, signer: Signer, *, word: str, locked: bool, asks_pin: bool, over: bool) -> None:
        """Once it is `over` nobody signs any more. While `locked` the PIN keeps the focus and takes nothing:
        what is typed must not land elsewhere.
        """
        self.who.show_signer(signer)
        done = signer.tone is Tone.GOOD and bool(signer.state)
        self.key.setVisible(not done and not over)
        self.key.set_word(word, locked=locked)
        self.pin.setVisible(asks_pin and not done)
        self.pin.edit.setReadOnly(locked)
        self.pin.edit.setAccessibleName(_("PIN of {name}").format(name=signer.name))
        self.pin.set_hint("PIN")


class LockWords(Painted):
    """Bold over plain, each on as many lines as it needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.second, self._tone = "", "", Tone.PLAIN
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_words(self, first: str, second: str, tone: Tone) -> None:
        self.first, self.second, self._tone = first, second, tone
        self.setAccessibleName(f"{first} {second}".strip())
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 34)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, half = look().theme, self.height() / 2
        upper = QRectF(2, 0, self.width() - 4, half if self.second else self.height())
        lower = QRectF(2, half, self.width() - 4, half)
        colour = str(getattr(theme, self._tone.value))
        with painting(self) as painter:
            lettering.draw_lines(painter, self.first, box=upper, size=look().px(16), colour=colour)
            if self.second:
                lettering.draw_lines(
                    painter, self.second, box=lower, size=look().px(14), colour=theme.ink2, bold=False
                )


class LockCard(QFrame):
    """What is missing; then how far the sheet is, and where it lies."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.icon, self._words, self.bar = LockIcon(), LockWords(), QProgressBar()
        self.bar.setFixedHeight(24)
        self.bar.hide()
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._words, 1)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 12, 5)
        row.setSpacing(PAD)
        row.addWidget(self.icon)
        row.addLayout(column, 1)

    @property
    def words(self) -> str:
        return self._words.first

    def show_lock(self, first: Told, second: str, *, icon: str) -> None:
        self.bar.hide()
        self.icon.show_icon(icon, first.tone)
        tone = Tone.PLAIN if first.tone is Tone.GOOD else first.tone
        self._words.show_words(first.text, second, tone)

    def show_progress(self, words: str, done: int, of: int) -> None:
        self.icon.show_icon("hourglass", Tone.QUIET)
        self._words.show_words(words, "", Tone.PLAIN)
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
