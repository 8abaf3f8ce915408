"""The open shift: who, since when, what was done, what stands in the way of closing it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.domain.lane import LaneState
from checkpoint_app.storage.rows import ShiftRow, ShiftTotals
from checkpoint_app.ui import duty_text, lettering
from checkpoint_app.ui.duty_text import Total
from checkpoint_app.ui.form_parts import Note, card
from checkpoint_app.ui.painted import Painted, painting
from checkpoint_app.ui.theme import SMALLEST, look
from checkpoint_app.ui.told import Tone

COLUMNS, ROW = 5, 66
MOST_LINES = 3


class TotalsCard(Painted):
    """Numbers under their words, five in a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._totals: tuple[Total, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_totals(self, totals: Sequence[Total]) -> None:
        self._totals = tuple(totals)
        self.setAccessibleName(", ".join(f"{each.label} {each.value}" for each in totals))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = -(-len(self._totals) // COLUMNS)
        return QSize(900, rows * look().px(ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(500, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, height = look().theme, look().px(ROW)
        width = self.width() / COLUMNS
        with painting(self) as painter:
            for place, total in enumerate(self._totals):
                x, y = (place % COLUMNS) * width, (place // COLUMNS) * height
                space = width - 12
                small = lettering.fitted(total.label, size=look().px(14), least=SMALLEST, space=space)
                lettering.draw(
                    painter,
                    total.label,
                    face=small,
                    rect=QRectF(x, y + 2, space, look().px(22)),
                    colour=theme.ink2,
                )
                face = lettering.fitted(
                    total.value, size=look().px(26), least=SMALLEST, space=space, bold=True
                )
                box = QRectF(x, y + look().px(22), space, look().px(38))
                lettering.draw(painter, total.value, face=face, rect=box, colour=theme.ink)


class ShiftBoard(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._since, self._lead = Note(size=16), Note(size=16, bold=True)
        self._officers = Note(size=16)
        self.totals = TotalsCard()
        self.waiting = Note(size=16)
        self._lines = [Note(size=16) for _place in range(MOST_LINES)]
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_framed(self._since, self._lead, self._officers), 1)
        row.addWidget(_framed(self.waiting, *self._lines), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(_framed(self.totals))
        column.addLayout(row)
        column.addStretch(1)

    def show_shift(
        self, shift: ShiftRow, totals: ShiftTotals, states: Sequence[LaneState], *, now: int
    ) -> None:
        """Everything anew; the names of who serves stand here in full."""
        self._since.show_text(duty_text.since(shift, now=now), Tone.QUIET, icon="clock")
        self._lead.show_text(duty_text.lead(shift), icon="user")
        self._officers.show_text(duty_text.officers(shift), icon="users")
        self.totals.show_totals(duty_text.totals(totals))
        self.waiting.tell(duty_text.waiting_title(duty_text.waiting(states)))
        lines = duty_text.waiting_lines(states, now=now)[:MOST_LINES]
        for place, note in enumerate(self._lines):
            note.setVisible(place < len(lines))
            if place < len(lines):
                note.show_text(lines[place].text, icon="car")


def _framed(*parts: QWidget) -> QFrame:
    frame = card()
    box = QVBoxLayout(frame)
    box.setContentsMargins(16, 12, 16, 12)
    box.setSpacing(4)
    for part in parts:
        box.addWidget(part)
    box.addStretch(1)
    return frame
