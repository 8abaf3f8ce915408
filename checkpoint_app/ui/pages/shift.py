"""The shift page: opens a shift by names, shows it, closes it and gives its seal to copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_app.domain.entry import Head
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.duty import NoShift
from checkpoint_app.services.lane import Lane
from checkpoint_app.storage import queries
from checkpoint_app.storage.ledger import Written
from checkpoint_app.storage.rows import ShiftRow, ShiftTotals
from checkpoint_app.ui import duty_text, lettering, messages, page_frame
from checkpoint_app.ui.form_parts import ENTER, FootKey, Note, label
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.seal_card import SealCard
from checkpoint_app.ui.shift_board import ShiftBoard
from checkpoint_app.ui.shift_form import MOST_OFFICERS, Roster, ShiftForm
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone

MARGIN = 12
ARMED_MS = 15_000
EARLIER = 20
FORM, BOARD, SEAL = range(3)


@dataclass(frozen=True, slots=True)
class Found:
    """What the ledger says: the open shift and its totals, names and groups of earlier ones."""

    shift: ShiftRow | None
    totals: ShiftTotals
    names: tuple[str, ...]
    groups: tuple[str, ...]
    last: Roster


@dataclass(frozen=True, slots=True)
class Closed:
    """A shift that was closed, and the head its seal signed."""

    group: str
    head: Head


class ShiftPage(QWidget):
    """`opened` and `closed` come after the entry is on disk; `Desk.by` says who acts from then on.

    Closing takes two presses of F1, the first of which says what the second will do.
    """

    opened = Signal()
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        lanes: Callable[[], Sequence[Lane]],
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        """`lanes` are those of the window, as they are when asked."""
        super().__init__(parent)
        self.setProperty("role", "page")
        self.desk, self._lanes, self.tasks = desk, lanes, tasks
        self.form, self.board, self.seal = ShiftForm(), ShiftBoard(), SealCard()
        self._title, self._about, self._words = (
            label("title"),
            Note(size=16, rows=1),
            Note(size=16, middle=True),
        )
        self.back, self.main = FootKey("Esc"), FootKey("F1", primary=True, width=200)
        self.pile = QStackedWidget()
        self._found: Found | None = None
        self._sealed: Closed | None = None
        self.reading = Rereading(tasks, then=self._have_read, failed=self._tell)
        self._working = self._armed = False
        self._disarming = QTimer(self)
        self._disarming.setSingleShot(True)
        self._disarming.setInterval(ARMED_MS)
        self._disarming.timeout.connect(self.disarm)
        self._lay_out()
        self.main.clicked.connect(self.act)
        self.back.clicked.connect(self.disarm)
        self.retranslate()

    @property
    def armed(self) -> bool:
        """Whether one more press closes the shift."""
        return self._armed

    @property
    def words(self) -> str:
        """What the foot says."""
        return self._words.text

    @Slot()
    def reload(self) -> None:
        """Reads the shift anew."""
        self.reading.ask(self._read)

    def shown(self) -> None:
        """What stands at the lanes has changed since; what the ledger says is read."""
        if self._found is not None:
            self._show()
        self.reload()

    def close_down(self) -> None:
        self._disarming.stop()
        self.reading.end()

    def retranslate(self) -> None:
        """Every word in the language in use."""
        self.form.retranslate()
        self.disarm()

    @Slot()
    def act(self) -> None:
        """F1: opens, closes at the second press, or goes on to the next shift."""
        if self._working or self._found is None:
            return
        if self._sealed is not None:
            self._sealed = None
            self._show()
            self._focus()
        elif self._found.shift is None:
            self._open()
        elif not self._armed:
            self._arm()
        else:
            self._close(self._found.shift)

    @Slot()
    def disarm(self) -> None:
        """Nothing will be closed."""
        self._disarming.stop()
        self._armed = False
        self._words.show_text("")
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that is held down is one press."""
        filling = self.pile.currentIndex() == FORM
        if event.key() in ENTER and filling:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_F1:
            if not event.isAutoRepeat():
                self.act()
        elif event.key() == Qt.Key.Key_F2 and filling:
            self.form.repeat()
        elif event.key() == Qt.Key.Key_Escape and self._armed:
            self.disarm()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus()

    def hideEvent(self, event: QHideEvent) -> None:
        """A page nobody sees is not one press from closing."""
        super().hideEvent(event)
        self.disarm()

    def _open(self) -> None:
        missing = self.form.missing()
        if missing is not None:
            missing.setFocus()
            return
        self._begin(_("Opening the shift"))
        roster = self.form.roster
        self.tasks.run(lambda: self._write_opening(roster), then=self._have_opened, failed=self._failed)

    def _write_opening(self, roster: Roster) -> ShiftRow:
        """In another thread; returns the shift once it is on disk."""
        duty, now = self.desk.duty, self.desk.ledger.now()
        duty.open(
            group=roster.group, lead=roster.lead, officers=roster.officers, zone=duty_text.zone(now)
        ).result()
        shift = duty.current()
        if shift is None:
            raise NoShift
        return shift

    def _have_opened(self, shift: ShiftRow) -> None:
        self._working = False
        self.desk.by = By(shift.shift, shift.lead)
        self._words.show_text("")
        self.form.show_roster(Roster())
        self.reload()
        self.opened.emit()

    def _arm(self) -> None:
        assert self._found is not None
        count = duty_text.waiting(self._states())
        if count:
            self._words.tell(duty_text.waiting_title(count))
            self._show()
            return
        self._armed = True
        now = self.desk.ledger.now()
        self._words.show_text(duty_text.closing(self._totals(self._found), now=now), Tone.WARN)
        self._disarming.start()
        self._show()

    def _totals(self, found: Found) -> ShiftTotals:
        return duty_text.with_running(found.totals, self._states())

    def _close(self, shift: ShiftRow) -> None:
        count = duty_text.waiting(self._states())
        if count:
            self.disarm()
            self._arm()
            return
        self._disarming.stop()
        self._armed = False
        self._begin(_("Closing and sealing"))
        tallied = [future for lane in self._lanes() if (future := lane.close()) is not None]
        self.tasks.run(
            lambda: self._write_closing(shift, tallied), then=self._have_closed, failed=self._failed
        )

    def _states(self) -> tuple[LaneState, ...]:
        return tuple(lane.state for lane in self._lanes())

    def _write_closing(self, shift: ShiftRow, tallied: Sequence[Future[tuple[Written, ...]]]) -> Closed:
        """In another thread: what was counted, the closing, its seal, in this order."""
        for future in tallied:
            future.result()
        self.desk.duty.close(waiting=0, by=self.desk.by).result()
        return Closed(shift.group, self.desk.ledger.head())

    def _have_closed(self, closed: Closed) -> None:
        self._working = False
        self._sealed = closed
        self.desk.by = By()
        self._words.show_text(_("Closed, sealed and saved"), Tone.GOOD)
        self._show()
        self.reload()
        self.closed.emit()

    def _begin(self, words: str) -> None:
        self._working = True
        self._words.show_text(words, Tone.QUIET, icon="hourglass")
        self._show()

    def _failed(self, error: CheckpointError) -> None:
        """Nothing changed that is not said here; the ledger is asked how things stand."""
        self._working = False
        self._tell(error)
        self.reload()

    def _tell(self, error: CheckpointError) -> None:
        self._words.show_text(messages.words_for(error).plain, Tone.BAD)

    def _read(self) -> Found:
        desk = self.desk.ledger.head().desk
        with self.desk.ledger.reader() as reader:
            shift = queries.open_shift(reader, desk=desk)
            totals = queries.shift_totals(reader, shift.shift) if shift else ShiftTotals("")
            names = tuple(queries.officer_numbers(reader))
            earlier = queries.shifts(reader, desk=desk, limit=EARLIER)
        groups = tuple(dict.fromkeys(row.group for row in earlier))
        last = next((_roster(row) for row in earlier if row.officers), Roster())
        return Found(shift, totals, names, groups, last)

    def _have_read(self, found: Found) -> None:
        first = self._found is None
        self._found = found
        self.form.offer(names=found.names, groups=found.groups, last=found.last)
        held = QApplication.focusWidget()
        self._show()
        stays = held is not None and self.isAncestorOf(held) and held.isVisible() and held.hasFocus()
        if self.main.hasFocus() or (first and not stays):
            self._focus()

    def _focus(self) -> None:
        """The first field of the form; a shift that is open has nothing to type."""
        if self.isVisible():
            (self.form.group.edit if self.pile.currentIndex() == FORM else self.main).setFocus()

    def _show(self) -> None:
        found, sealed = self._found, self._sealed
        shift = found.shift if found else None
        self.back.setVisible(self._armed)
        self.back.set_word(_("Do not close"))
        if sealed is not None:
            self.seal.show_head(sealed.head, title=_("{group} is sealed").format(group=sealed.group))
            self.pile.setCurrentIndex(SEAL)
            self._heading(
                _("The shift is closed"), _("With this number anybody can prove later that nothing changed.")
            )
            self._main_word(_("Next shift"))
        elif found is not None and shift is not None:
            self.board.show_shift(shift, self._totals(found), self._states(), now=self.desk.ledger.now())
            self.pile.setCurrentIndex(BOARD)
            self._heading(shift.group, _("Closing writes the totals down and seals the ledger."))
            self._main_word(_("Close it now") if self._armed else _("Close the shift"))
        else:
            self.pile.setCurrentIndex(FORM)
            self._heading(
                _("Open a shift"), _("Every vehicle belongs to a shift and to those who serve in it.")
            )
            self._main_word(_("Open the shift"))

    def _heading(self, title: str, about: str) -> None:
        self._title.setText(lettering.plain(title))
        self._about.show_text(about, Tone.QUIET)

    def _main_word(self, word: str) -> None:
        self.main.set_word(word, locked=self._working or self._found is None)

    def _lay_out(self) -> None:
        for part in (self.form, self.board):
            self.pile.addWidget(part)
        sealed = QWidget()
        stack = QVBoxLayout(sealed)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.seal)
        stack.addStretch(1)
        self.pile.addWidget(sealed)
        bar = page_frame.foot(
            (self._words, self.back, self.main), wide=self._words, side=2 * MARGIN, rim=MARGIN
        )
        rims = 2 * MARGIN, MARGIN, 2 * MARGIN, MARGIN
        self.setLayout(page_frame.framed((self._title, self._about), self.pile, bar, rims=rims))


def _roster(shift: ShiftRow) -> Roster:
    """Who served; the lead stands in the list of officers as well only when nobody else does."""
    lead = shift.officers.get(shift.lead, "")
    others = tuple(name for number, name in shift.officers.items() if number != shift.lead)
    return Roster(shift.group, lead, (others or (lead,))[:MOST_OFFICERS])
