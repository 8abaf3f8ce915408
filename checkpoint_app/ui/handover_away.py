"""In the place of a line: one side is not here or will not sign, and why."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.domain.handover import Side
from checkpoint_app.i18n import N_, _
from checkpoint_app.ui import key_caps, lettering
from checkpoint_app.ui.field import Field
from checkpoint_app.ui.form_parts import FootKey, Note, label
from checkpoint_app.ui.handover_rows import SelectRows
from checkpoint_app.ui.theme import SMALLEST, look
from checkpoint_app.ui.told import Tone

ROW = 44


@dataclass(frozen=True, slots=True)
class Away:
    """`whole`: the incoming lead takes nothing over, and the shift before goes on."""

    side: Side
    refused: bool
    words: str
    whole: bool = False


CASES = (
    Away(Side.INCOMING, False, N_("Who takes over is not here")),
    Away(Side.INCOMING, True, N_("Who takes over is here and will not sign")),
    Away(Side.OUTGOING, False, N_("Who hands over is not here")),
    Away(Side.OUTGOING, True, N_("Who hands over is here and will not sign")),
    Away(Side.INCOMING, True, N_("Nothing is taken over: the shift before goes on"), whole=True),
)


class CaseRows(SelectRows):
    """One of the cases, by its digit or by the arrows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_heights([ROW] * len(CASES), place=0)
        self.retranslate()

    @property
    def case(self) -> Away:
        return CASES[max(0, self.place)]

    def retranslate(self) -> None:
        self.setAccessibleName(_(self.case.words))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(CASES):
            self.select(place)
        else:
            super().keyPressEvent(event)

    def paint_row(self, painter: QPainter, place: int, box: QRectF, *, chosen: bool) -> None:
        theme, middle, words = look().theme, box.center().y(), _(CASES[place].words)
        cap = lettering.font(look().px(14), bold=True)
        key_caps.draw_cap(
            painter,
            str(place + 1),
            face=cap,
            x=16,
            centre=middle,
            height=look().px(24),
            colour=theme.ink,
            line=1,
        )
        room = box.adjusted(24 + look().px(30), 0, -8, 0)
        face = lettering.fitted(words, size=look().px(16), least=SMALLEST, space=room.width(), bold=chosen)
        lettering.draw(painter, words, face=face, rect=room, colour=theme.ink)


class AwayCard(QFrame):
    """F1 writes it down, Esc takes it back."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title, self.cases, self.why = label("card-title"), CaseRows(), Field("")
        self.words = Note(size=14, rows=2)
        self.main, self.back = FootKey("F1", primary=True), FootKey("Esc")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.cases, 1)
        column.addWidget(self.why)
        column.addWidget(self.words)
        keys = QHBoxLayout()
        keys.addWidget(self.back)
        keys.addStretch(1)
        keys.addWidget(self.main)
        column.addLayout(keys)

    @property
    def reason(self) -> str:
        return self.why.value.strip()

    def begin(self) -> None:
        self.cases.select(0)
        self.why.set_value("")
        self.words.show_text("")
        self.cases.setFocus()

    def ask_reason(self) -> None:
        self.words.show_text(_("A reason is needed"), Tone.BAD)
        self.why.setFocus()

    def retranslate(self) -> None:
        self.title.setText(_("A side does not sign"))
        self.why.set_label(_("Why (printed on the handover)"))
        self.main.set_word(_("Write it down"))
        self.back.set_word(_("Back"))
        self.cases.retranslate()
