"""Progress, the list of lines, and beside it the selected line or what is asked in its place."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_app.domain.handover import State
from checkpoint_app.i18n import _
from checkpoint_app.ui import duty_text, handover_text
from checkpoint_app.ui.form_parts import Note, card
from checkpoint_app.ui.handover_away import AwayCard
from checkpoint_app.ui.handover_head import HandoverHead
from checkpoint_app.ui.handover_line import LineCard
from checkpoint_app.ui.handover_list import HandoverList
from checkpoint_app.ui.handover_text import Row
from checkpoint_app.ui.handover_work import Standing
from checkpoint_app.ui.told import Tone

MARGIN, RIGHT_WIDTH = 12, 476


class HandoverBody(QWidget):
    """What was typed for a line stays with it until the line is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.head, self.list = HandoverHead(), HandoverList()
        self.line, self.away, self.side = LineCard(), AwayCard(), QStackedWidget()
        self._empty = Note(size=16, parent=self.list)
        self._rows: tuple[Row, ...] = ()
        self._typed: dict[str, tuple[str, str]] = {}
        self._open = False
        self._lay_out()
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self._choose)
        self.list.typed.connect(self._type)
        self.line.note.stepped.connect(self.list.step)
        self.line.note.entered.connect(self.list.setFocus)

    @property
    def asking(self) -> bool:
        """Whether an absence is asked about."""
        return self.side.currentWidget() is self.away

    def show_standing(self, standing: Standing | None, *, now: int) -> None:
        """`now` ms UTC."""
        self._empty.setVisible(standing is None)
        self._empty.setGeometry(16, 16, 560, 60)
        self.side.setVisible(standing is not None)
        self._keep_typed()
        self._rows = ()
        self._open = False
        if standing is not None:
            handover = standing.handover
            self._open = handover.state is State.CLOSING
            zone = duty_text.zone(now)
            self._rows = handover_text.rows_of(handover, names=standing.names, now=now, zone=zone)
            self.head.show_counts(handover_text.seen(handover), handover_text.counts(handover))
        key = self.line.row.key if self.line.row else ""
        self.list.show_lines(handover_text.listed(self._rows), key=key)
        self._show_line()

    def show_keys(self, word: str, *, locked: bool) -> None:
        """`word` stands on F1; a handover that is closed takes no more answers."""
        self.line.accept.set_word(word, locked=locked)
        self.line.query.set_word(self.line.query.word, locked=locked)
        self.line.query.setVisible(self._open)
        for part in (self.line.note_field, self.line.count):
            part.setEnabled(self._open)

    def answered(self, key: str) -> None:
        """That line is done: to the next one without an answer, unless the hands went on already."""
        self._typed.pop(key, None)
        if self.line.row is not None and self.line.row.key != key:
            return
        self.line.show_row(None, note="", count="")
        self.list.go_to(self.list.next_open() or key)
        self._show_line()
        self.list.setFocus()

    def ask_away(self) -> None:
        self.side.setCurrentWidget(self.away)
        self.away.begin()

    def show_lines(self) -> None:
        self.side.setCurrentWidget(self.line)
        self.list.setFocus()

    def forget(self) -> None:
        """Nothing typed is left."""
        self._typed.clear()
        self.line.show_row(None, note="", count="")

    def retranslate(self) -> None:
        self.line.retranslate()
        self.away.retranslate()
        self._empty.show_text(_("No handover is under way. Esc, then F1 begins one."), Tone.HINT)

    @Slot(str)
    def _choose(self, _key: str) -> None:
        self._keep_typed()
        self._show_line()

    def _show_line(self) -> None:
        row = self.list.row
        note, count = ("", "") if row is None else self._typed.get(row.key) or _before(row)
        self.line.show_row(row, note=note, count=count)

    def _keep_typed(self) -> None:
        row = self.line.row
        typed = self.line.note.toPlainText(), self.line.count.value
        if row is not None and typed != _before(row):
            self._typed[row.key] = typed

    @Slot(str)
    def _type(self, text: str) -> None:
        if self._open and not self.asking:
            self.line.type(text)

    def _lay_out(self) -> None:
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.list)
        for part in (self.line, self.away):
            self.side.addWidget(part)
        self.side.setFixedWidth(RIGHT_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(MARGIN)
        row.addWidget(frame, 1)
        row.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MARGIN)
        column.addWidget(self.head)
        column.addLayout(row, 1)


def _before(row: Row) -> tuple[str, str]:
    """Note and count as they were given."""
    return row.note, "" if row.counted is None else str(row.counted)
