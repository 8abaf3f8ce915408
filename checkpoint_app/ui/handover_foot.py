"""The row of three cards below a handover, as one part of the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checkpoint_app.domain.handover import Side, State
from checkpoint_app.i18n import _
from checkpoint_app.ui import handover_text
from checkpoint_app.ui.handover_sign import HEIGHT, LockCard, SignCard
from checkpoint_app.ui.handover_work import Standing
from checkpoint_app.ui.told import Told, Tone

GAP = 12


class HandoverFoot(QWidget):
    """`signing(side)` when a side presses its key or ends its PIN with Enter."""

    signing = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cards = {Side.OUTGOING: SignCard("F3"), Side.INCOMING: SignCard("F4")}
        self.lock = LockCard()
        self.chosen: dict[Side, str] = {}
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for side, each in self.cards.items():
            row.addWidget(each, 5)
            each.pressed.connect(lambda side=side: self.signing.emit(side))
        row.addWidget(self.lock, 4)

    def choose(self, number: str, standing: Standing) -> bool:
        """Somebody's badge: whoever serves on a side signs it; False when that is neither."""
        for side in Side:
            shift = standing.of(side)
            if shift is not None and number in shift.officers and not standing.handover.signed(side):
                self.chosen[side] = number
                self.show_standing(standing, working=False)
                self.cards[side].pin.edit.setFocus()
                return True
        return False

    def number(self, side: Side, standing: Standing) -> str:
        return handover_text.number_of(standing.of(side), chosen=self.chosen.get(side, ""))

    def pin(self, side: Side) -> str:
        return self.cards[side].pin.value

    def holds(self, widget: QWidget | None) -> bool:
        """Whether that is the line of a PIN."""
        return any(widget is each.pin.edit for each in self.cards.values())

    def forget_pins(self) -> None:
        for each in self.cards.values():
            each.pin.set_value("")

    def show_standing(self, standing: Standing, *, working: bool) -> None:
        handover = standing.handover
        words = {Side.OUTGOING: _("Sign over"), Side.INCOMING: _("Take over")}
        closed = handover.state is not State.CLOSING
        ready = bool(handover.digest) and not closed
        for side, each in self.cards.items():
            signer = handover_text.signer(
                side,
                handover,
                standing.of(side),
                names=standing.names,
                chosen=self.chosen.get(side, ""),
            )
            each.show_signer(
                signer,
                word=words[side],
                locked=working or not ready,
                asks_pin=standing.protected and ready,
                over=closed,
            )
        first, second = handover_text.sign_on() if standing.waits else handover_text.lock(handover)
        icon = "circle-check" if closed else "lock-open" if handover.digest else "lock"
        self.lock.show_lock(first, second, icon=icon)

    def tell(self, told: Told, second: str = "") -> None:
        """Instead of what is missing: what just went wrong or well."""
        icon = {Tone.BAD: "alert-circle", Tone.GOOD: "circle-check", Tone.WARN: "alert-triangle"}
        self.lock.show_lock(told, second, icon=icon.get(told.tone, "hourglass"))
