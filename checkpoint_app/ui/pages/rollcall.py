"""The roll-call: opens a shift, or begins the handover of the open one to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import Lane
from checkpoint_app.storage.rows import ShiftRow
from checkpoint_app.ui import handover_work, lettering, messages, page_frame, roll_text, roll_work
from checkpoint_app.ui.field import Field
from checkpoint_app.ui.form_parts import ENTER, FootKey, Note, card, label
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.roll_card import pin_field
from checkpoint_app.ui.roll_form import RollForm
from checkpoint_app.ui.roll_text import Doing
from checkpoint_app.ui.roll_work import Known
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone

MARGIN = 12
CALLING = frozenset({Doing.OPENING, Doing.HANDING_OVER})


class RollcallPage(QWidget):
    """`opened()` and `begun()` come after the entries are on disk, `ended(shift)` when nobody takes over.

    `left()`: the board is wanted; `handover()`: the one that is under way.
    """

    opened = Signal()
    begun = Signal()
    ended = Signal(str)
    left = Signal()
    handover = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        lanes: Callable[[], Sequence[Lane]],
        tasks: Tasks,
        play: Callable[[str], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`lanes` are those of the window as they are when asked; `play` makes a sound heard."""
        super().__init__(parent)
        self.setProperty("role", "page")
        self.desk, self._lanes, self.tasks = desk, lanes, tasks
        self.form, self.why, self.pin = RollForm(play), Field(""), pin_field(width=200)
        self._title, self._about = label("title"), Note(size=16, rows=1)
        self._words = Note(size=16, middle=True)
        self.nobody, self.back = FootKey("F6"), FootKey("Esc")
        self.main = FootKey("F1", primary=True, width=200)
        self.doing = Doing.OPENING
        self._read_once = self._working = self._touched = False
        self.reading = Rereading(tasks, then=self._have_read, failed=self._tell)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def known(self) -> Known:
        return self.form.known

    @property
    def ready(self) -> bool:
        """Whether the ledger was read and nothing is being written."""
        return self._read_once and not self._working

    @property
    def words(self) -> str:
        """What the foot says."""
        return self._words.text

    @Slot()
    def reload(self) -> None:
        self.reading.ask(lambda: roll_work.read(self.desk))

    def shown(self) -> None:
        """In front again: all is read anew; a form nobody typed in begins at its first field."""
        if not self._touched:
            self._focus()
        self.reload()

    def close_down(self) -> None:
        self.form.card.round.stop()
        self.reading.end()

    def retranslate(self) -> None:
        """Every word in the language in use."""
        self.form.retranslate()
        self.why.set_label(_("Why does nobody take over?"))
        self.pin.set_label(_("PIN of the lead"))
        self.back.set_word(_("Back"))
        self.nobody.set_word(_("Nobody takes over"))
        self._show()

    @Slot()
    def act(self) -> None:
        """F1."""
        if not self.ready:
            return
        if self.doing is Doing.GOING_ON:
            self.handover.emit()
        elif self.doing is Doing.ENDING:
            self._end()
        elif (missing := self.form.missing(pin=self._asks_pin)) is not None:
            self._say(missing[1], Tone.BAD)
            missing[0].setFocus()
        elif self.doing is Doing.OPENING:
            self._open()
        else:
            self._begin()

    @Slot()
    def repeat(self) -> None:
        """F2: who served in the shift before."""
        if self.known.last.group and self.doing in CALLING:
            self._touched = True
            self.form.show_roll(self.known.last)
            self._say("")

    def function(self, number: int) -> bool:
        """An F-key by its number; False when this page has none such."""
        acts: dict[int, Callable[[], None]] = {
            1: self.act,
            2: self.repeat,
            3: self.form.choose_lead,
            6: self._ask_why,
            8: self.form.card.round.start,
        }
        if number in acts:
            acts[number]()
        return number in acts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that is held down is one press."""
        if event.key() in ENTER:
            if not self.form.go_on(QApplication.focusWidget()):
                self.focusNextChild()
        elif not page_frame.page_key(event, function=self.function, leave=self.leave):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus()

    def hideEvent(self, event: QHideEvent) -> None:
        """A page nobody sees is not one press from ending the service, and keeps no PIN."""
        super().hideEvent(event)
        self.form.card.round.stop()
        self._forget_pins()
        if self.doing is Doing.ENDING and not self._working:
            self.doing = Doing.HANDING_OVER
            self._show()

    @property
    def _asks_pin(self) -> bool:
        return self.known.protected and self.doing is Doing.OPENING

    # writing

    def _open(self) -> None:
        roll, pin = self.form.roll, self.form.card.pin.value
        self._start(_("Opening the shift"))
        self.tasks.at_once(
            lambda: roll_work.open_shift(self.desk, roll, pin=pin),
            then=self._have_opened,
            failed=self._failed,
        )

    def _have_opened(self, _shift: ShiftRow) -> None:
        self._over()
        self.opened.emit()

    def _begin(self) -> None:
        roll, tallied = self.form.roll, handover_work.tallied(self._lanes())
        self._start(_("Beginning the handover"))
        self.tasks.run(
            lambda: roll_work.begin_handover(self.desk, roll, tallied=tallied),
            then=self._have_begun,
            failed=self._failed,
        )

    def _have_begun(self, _shift: ShiftRow) -> None:
        self._over()
        self.begun.emit()

    @Slot()
    def _ask_why(self) -> None:
        """F6: the shift ends and no other follows."""
        if self.doing is Doing.HANDING_OVER and not self._working:
            self.doing = Doing.ENDING
            self._say("")
            self._show()
            self.why.setFocus()

    def _end(self) -> None:
        why, shift = self.why.value.strip(), self.known.shift
        if not why:
            self._say(_("A reason is needed"), Tone.BAD)
            self.why.setFocus()
        elif self.known.protected and not self.pin.value:
            self._say(_("The lead types the PIN"), Tone.BAD)
            self.pin.setFocus()
        elif shift is not None:
            pin, tallied = self.pin.value, handover_work.tallied(self._lanes())
            self._start(_("Closing and sealing"))
            self.tasks.at_once(
                lambda: handover_work.close_alone(self.desk, shift.shift, why=why, pin=pin, tallied=tallied),
                then=self._have_ended,
                failed=self._failed,
            )

    def _have_ended(self, shift: str) -> None:
        self.doing = Doing.OPENING
        self._over()
        for field in (self.why, self.pin):
            field.set_value("")
        self.ended.emit(shift)

    @Slot()
    def leave(self) -> bool:
        """Esc: what was begun, then the page; without a shift there is nowhere to go back to."""
        if self.doing is Doing.ENDING:
            self.doing = Doing.HANDING_OVER
            self._say("")
            self._show()
            self._focus()
        elif self.known.shift is not None:
            self.left.emit()
        return True

    def _start(self, words: str) -> None:
        self._working = True
        self._say(words, Tone.QUIET, icon="hourglass")
        self._show()

    def _over(self) -> None:
        self._working = self._touched = False
        self.form.clear()
        self._say("")
        self._show()

    def _failed(self, error: CheckpointError) -> None:
        """What was typed stays; the ledger is asked how things stand."""
        self._working = False
        self._forget_pins()
        self._tell(error)
        self._show()
        self.reload()

    def _forget_pins(self) -> None:
        for field in (self.form.card.pin, self.pin):
            field.set_value("")

    def _tell(self, error: CheckpointError) -> None:
        self._say(messages.words_for(error).plain, Tone.BAD)

    def _say(self, text: str, tone: Tone = Tone.PLAIN, *, icon: str = "") -> None:
        self._words.show_text(text, tone, icon=icon)

    # showing

    def _have_read(self, known: Known) -> None:
        first, self._read_once = not self._read_once, True
        self.form.show_known(known, lanes=tuple(each.number for each in self.desk.settings.lanes))
        if self.doing is not Doing.ENDING:
            self.doing = _next(known)
        if not self._touched and self.doing in CALLING:
            self.form.suggest()
        self._show()
        held = QApplication.focusWidget()
        stays = held is not None and self.isAncestorOf(held) and held.isVisible() and held.hasFocus()
        if self.main.hasFocus() or (first and not stays):
            self._focus()

    def _focus(self) -> None:
        if self.isVisible():
            (self.form if self.doing in CALLING else self.why if self._ending else self.main).setFocus()

    @property
    def _ending(self) -> bool:
        return self.doing is Doing.ENDING

    def _show(self) -> None:
        shift = self.known.closing or self.known.shift
        title, about, word = roll_text.heads(self.doing, shift.group if shift else "")
        self._title.setText(lettering.plain(title))
        self._about.show_text(about, Tone.QUIET)
        self.main.set_word(word, locked=not self.ready)
        self.why_card.setVisible(self._ending)
        self.pin.setVisible(self.known.protected)
        self.back.setVisible(self.known.shift is not None)
        self.nobody.setVisible(self.doing is Doing.HANDING_OVER)
        self.form.card.show_protected(self._asks_pin)
        self.form.setVisible(self.doing in CALLING)

    def _connect(self) -> None:
        self.main.clicked.connect(self.act)
        self.back.clicked.connect(self.leave)
        self.nobody.clicked.connect(self._ask_why)
        self.form.card.again.clicked.connect(self.repeat)
        self.form.edited.connect(self._edited)

    @Slot()
    def _edited(self) -> None:
        self._touched = True
        self._say("")

    def _lay_out(self) -> None:
        self.why_card = card()
        inner = QVBoxLayout(self.why_card)
        inner.setContentsMargins(16, 8, 16, 16)
        inner.addWidget(self.why)
        inner.addWidget(self.pin)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, MARGIN)
        column.setSpacing(0)
        column.addWidget(self.why_card)
        column.addWidget(self.form, 1)
        column.addStretch(0)
        parts = (self._words, self.nobody, self.back, self.main)
        bar = page_frame.foot(parts, wide=self._words, side=2 * MARGIN, rim=MARGIN)
        rims = 2 * MARGIN, MARGIN, 2 * MARGIN, 0
        self.setLayout(page_frame.framed((self._title, self._about), body, bar, rims=rims))


def _next(known: Known) -> Doing:
    if known.closing is not None:
        return Doing.GOING_ON
    return Doing.OPENING if known.shift is None else Doing.HANDING_OVER
