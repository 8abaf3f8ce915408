"""One crossing beside the table: plate and outcome, facts, history with numbers and seal, its keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from checkpoint_app.documents import wording
from checkpoint_app.i18n import _
from checkpoint_app.services import retelling
from checkpoint_app.storage.rows import HistoryRow
from checkpoint_app.ui import record_text, said
from checkpoint_app.ui.form_parts import Note, label
from checkpoint_app.ui.painted import Painted, painting
from checkpoint_app.ui.plate import Plate
from checkpoint_app.ui.record_history import FactsBlock, HistoryList
from checkpoint_app.ui.record_keys import SmallKey
from checkpoint_app.ui.theme import look
from checkpoint_app.ui.tokens import PlateColour
from checkpoint_app.ui.told import Tone

PAD = 16


class RecordHead(QWidget):
    """Plate, outcome, when and where."""

    def __init__(self) -> None:
        super().__init__()
        self.plate = Plate()
        self.plate.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plate.setCursor(Qt.CursorShape.ArrowCursor)
        self.plate.setFixedWidth(212)
        self.outcome, self.when = label("heading"), Note(size=14, rows=1)
        self.amend = SmallKey("F2")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.outcome)
        column.addWidget(self.when)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAD, 12, PAD, 12)
        row.setSpacing(12)
        row.addWidget(self.plate)
        row.addLayout(column, 1)
        row.addWidget(self.amend)

    def show_crossing(self, told: HistoryRow, *, desk: str = "") -> None:
        """`desk` wrote it, when that is another one."""
        row = told.now
        known = row.plate_colour in set(PlateColour)
        self.plate.set_plate(row.plate or _("No plate"), PlateColour(row.plate_colour) if known else None)
        word = wording.word(wording.OUTCOMES, row.outcome)
        self.outcome.setText(_("Void: {word}").format(word=word) if row.undone else word)
        where = f"{row.lane} {wording.word(wording.DIRECTIONS, row.direction)}"
        self.when.show_text(said.joined(record_text.day_and_time(row), desk, where), Tone.QUIET)


class RecordDetail(QFrame):
    """`told` is what is shown; `masked` until somebody gave a reason. What another desk than `own` wrote is
    corrected there.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.told: HistoryRow | None = None
        self.masked = True
        self.own = ""
        self._now = 0
        self.head, self.facts, self.history = RecordHead(), FactsBlock(), HistoryList()
        self._whole, self._chain = label("strong"), Note(size=14)
        self.empty = Note(size=16, middle=True)
        self.print, self.view, self.void = SmallKey("F5"), SmallKey("F4"), SmallKey("F3")
        self._body = QWidget()
        self._lay_out()
        self.clear()

    def show_crossing(self, told: HistoryRow, *, masked: bool, now: int) -> None:
        self.told, self.masked, self._now = told, masked, now
        self._nothing.hide()
        self.head.show_crossing(told, desk="" if told.now.desk == self.own else told.now.desk)
        self.facts.show_facts(record_text.facts_of(told, masked=masked))
        self.history.show_steps(retelling.steps(told, masked=masked), now=now)
        self._show_chain(told)
        self._show_keys(told)
        self._body.show()  # last, so that its first layout knows every word

    def clear(self) -> None:
        self.told, self.masked = None, True
        self._body.hide()
        self._nothing.show()

    def retranslate(self) -> None:
        self._whole.setText(_("Everything that was done"))
        self.empty.show_text(
            _("A record chosen in the table is shown here, with its whole history."), Tone.HINT
        )
        if self.told is not None:
            self.show_crossing(self.told, masked=self.masked, now=self._now)

    def _show_keys(self, told: HistoryRow) -> None:
        elsewhere = self.own not in ("", told.now.desk)
        void = told.now.undone or elsewhere
        word = _("Only at its desk") if elsewhere else _("Amend")
        self.head.amend.set_word(word, locked=void or told.now.forgotten)
        self.void.set_word(_("Make void"), locked=void)
        seen = not self.masked or told.now.forgotten
        self.view.set_word(_("See in full") if not told.now.forgotten else _("Erased"), locked=seen)
        self.print.set_word(_("Print"))

    def _show_chain(self, told: HistoryRow) -> None:
        if not told.intact:
            self._chain.show_text(_("Ledger changed here"), Tone.BAD)
        elif told.sealed >= told.now.seq:
            self._chain.show_text(_("Ledger intact, sealed"), Tone.GOOD, icon="shield-check")
        else:
            self._chain.show_text(_("Ledger intact, not sealed yet"), Tone.GOOD, icon="shield-check")

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.setContentsMargins(PAD, 8, PAD, 4)
        heading.addWidget(self._whole)
        heading.addStretch(1)
        heading.addWidget(self._chain)
        facts = QVBoxLayout()
        facts.setContentsMargins(PAD, 8, 6, 8)
        facts.addWidget(self.facts)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.history)
        for part in (scroll.viewport(), self.history):
            part.setAutoFillBackground(False)
        inside = QHBoxLayout()
        inside.setContentsMargins(PAD - 4, 0, PAD, 0)
        inside.addWidget(scroll)
        foot = QHBoxLayout()
        foot.setContentsMargins(PAD, 10, PAD, 10)
        foot.setSpacing(8)
        for key in (self.print, self.view, self.void):
            foot.addWidget(key)
        foot.addStretch(1)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Rule())
        column.addLayout(facts)
        column.addWidget(Rule())
        column.addLayout(heading)
        column.addLayout(inside, 1)
        column.addWidget(Rule())
        column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self._body, 1)
        self._nothing = QWidget()
        around = QVBoxLayout(self._nothing)
        around.setContentsMargins(PAD, PAD, PAD, PAD)
        around.addWidget(self.empty)
        whole.addWidget(self._nothing)


class Rule(Painted):
    """A horizontal line between parts of a card."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), QColor(look().theme.line))
