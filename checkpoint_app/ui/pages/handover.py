"""The handover: every line accepted or queried, both sides sign, the shift is closed, sealed and printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.handover import Answered, Side, State, what_is_missing
from checkpoint_app.i18n import _
from checkpoint_app.services import printing
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import handover_text, handover_work, messages, page_frame
from checkpoint_app.ui.form_parts import ENTER
from checkpoint_app.ui.handover_body import HandoverBody
from checkpoint_app.ui.handover_foot import HandoverFoot
from checkpoint_app.ui.handover_sheet import HandoverSheet
from checkpoint_app.ui.handover_work import Standing, Tallied
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Told, Tone
from checkpoint_app.ui.top_bar import BarText, Light

MARGIN = 12


class HandoverPage(QWidget):
    """`left()`: the board is wanted. `closed()` after the seal is on disk, `refused()` when the shift before
    goes on, `turned()` when the top bar says something else.
    """

    left = Signal()
    closed = Signal()
    refused = Signal()
    turned = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        tasks: Tasks,
        tally: Callable[[], Tallied] = tuple,
        send: Callable[[Path], None] = printing.send_to_printer,
        parent: QWidget | None = None,
    ) -> None:
        """`tally` writes down what the lanes counted; `send` hands a sheet to the printer."""
        super().__init__(parent)
        self.setProperty("role", "page")
        self.desk, self.tasks, self._tally = desk, tasks, tally
        self.body, self.foot = HandoverBody(), HandoverFoot()
        self.sheet = HandoverSheet(desk, tasks, send=send, parent=self)
        self.standing: Standing | None = None
        self._shift, self._working = "", False
        self._said: tuple[Told, str] | None = None
        self.reading = Rereading(tasks, then=self._have_read, failed=self._failed)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        column.addWidget(self.body, 1)
        column.addWidget(self.foot)
        self._connect()
        self.retranslate()

    @property
    def working(self) -> bool:
        return self._working or self.reading.busy or self.sheet.busy

    @property
    def words(self) -> str:
        """What the card at the right of the foot says."""
        return self.foot.lock.words

    @Slot()
    def reload(self) -> None:
        shift = self._shift
        self.reading.ask(lambda: handover_work.read(self.desk, shift))

    def shown(self) -> None:
        """In front again: the list takes the keys."""
        self.body.setFocus()
        self.reload()

    @Slot(str)
    def show_at(self, shift: str) -> None:
        """That shift's handover, unless one is under way."""
        self._shift = shift
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """No PIN waits where nobody sees it."""
        super().hideEvent(event)
        self.foot.forget_pins()

    def close_down(self) -> None:
        self.sheet.stop()
        self.reading.end()

    def retranslate(self) -> None:
        """Every word in the language in use."""
        self.body.retranslate()
        self._said = None
        self._show()

    def bar_text(self, text: BarText) -> BarText:
        """Who hands over to whom since when; the lanes go on."""
        standing = self.standing
        text = replace(text, title=_("Handover"), lane="")
        if standing is None:
            return text
        lights = tuple(Light(*light, strong=True) for light in handover_text.bar_lights(standing.handover))
        groups = handover_text.heading(standing.shift, standing.next)
        return replace(text, shift=groups, lights=lights)

    def badge(self, number: str) -> bool:
        """Somebody's badge was scanned: who signs; False when that officer serves on no side."""
        return self.standing is not None and self.foot.choose(number, self.standing)

    def function(self, number: int) -> bool:
        """An F-key by its number; False when this page has none such."""
        acts: dict[int, Callable[[], None]] = {
            1: self.act,
            2: self._query,
            3: partial(self._sign, Side.OUTGOING),
            4: partial(self._sign, Side.INCOMING),
            6: self._ask_away,
        }
        if number in acts:
            acts[number]()
        return number in acts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that is held down is one press."""
        if event.key() in ENTER:
            self._entered()
        elif not page_frame.page_key(event, function=self.function, leave=self.leave):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.body.setFocus()

    @Slot()
    def act(self) -> None:
        """F1: accepts, writes an absence down, or prints what is closed."""
        if self._working or self.sheet.busy or self.standing is None:
            return
        if self.body.asking:
            self._write_away()
        elif self._open and not self._missing:
            self._close(self._shift)
        elif self._open:
            self._answer(Answered.ACCEPTED)
        elif self.sheet.path is not None:
            self.sheet.print()
        else:
            self._write_sheet()

    @property
    def _open(self) -> bool:
        """Whether lines are still answered."""
        return self.standing is not None and self.standing.handover.state is State.CLOSING

    # lines

    @Slot()
    def _query(self) -> None:
        """F2: what is in doubt is said first."""
        if self._working or not self._open or self.body.asking:
            return
        if self.body.line.said:
            self._answer(Answered.QUERIED)
        else:
            self.body.line.note.setFocus()
            self._tell(Told(_("Say what is in doubt, then F2"), Tone.WARN))

    def _answer(self, said: Answered) -> None:
        line, standing = self.body.line, self.standing
        if line.row is None or standing is None:
            return
        note, counted, key = line.said, line.counted if line.row.article else None, line.row.key
        shift = standing.handover.shift
        self._do(
            lambda: handover_work.answer(self.desk, shift, key, said, note=note, counted=counted),
            then=lambda: self.body.answered(key),
        )

    # signing

    @Slot(object)
    def _sign(self, side: Side) -> None:
        """F3 or F4: by name, or with the PIN that stands in the card."""
        standing = self.standing
        if standing is None or self._working or not self._open or standing.handover.signed(side):
            return
        number, pin = self.foot.number(side, standing), self.foot.pin(side)
        if standing.handover.digest and standing.protected and not pin:
            self.foot.cards[side].pin.edit.setFocus()
        elif standing.handover.digest:
            shift = standing.handover.shift
            self._do(
                lambda: handover_work.sign(self.desk, shift, side, number=number, pin=pin),
                then=lambda: self._have_signed(side),
                waited_for=True,
            )

    def _have_signed(self, side: Side) -> None:
        """The other side's PIN is next, where it still signs."""
        other = Side.INCOMING if side is Side.OUTGOING else Side.OUTGOING
        standing = self.standing
        waits = standing is not None and standing.protected and other.value in self._missing
        (self.foot.cards[other].pin.edit if waits else self.body).setFocus()

    def _ask_away(self) -> None:
        """F6."""
        if self._open and not self._working:
            self.body.ask_away()

    def _write_away(self) -> None:
        standing, away = self.standing, self.body.away
        case, why = away.cases.case, away.reason
        if not why:
            away.ask_reason()
        elif standing is not None and case.whole:
            shift, tallied = standing.handover.shift, self._tally()
            self._do(
                lambda: handover_work.refuse(self.desk, shift, why=why, tallied=tallied),
                then=self._have_refused,
            )
        elif standing is not None:
            shift = standing.handover.shift
            self._do(
                lambda: handover_work.absent(self.desk, shift, case.side, why=why, refused=case.refused),
                then=self.body.show_lines,
            )

    def _have_refused(self) -> None:
        self.body.show_lines()
        self.body.forget()
        self._shift = ""
        self.refused.emit()

    # closing

    def _close(self, shift: str) -> None:
        """Both sides stand: nobody has to press anything more."""
        self._do(lambda: handover_work.close(self.desk, shift), then=lambda: self._have_closed(shift))
        self._tell(Told(_("Closing and sealing"), Tone.QUIET))

    def _have_closed(self, shift: str) -> None:
        self._shift = shift
        self.body.forget()
        self.foot.chosen.clear()
        self.closed.emit()
        self._write_sheet()

    def _write_sheet(self) -> None:
        if self._shift:
            self._said = None
            self.sheet.write(self._shift)
            self._progressed(0, 100)
            self._show_keys()

    @Slot(int, int)
    def _progressed(self, done: int, of: int) -> None:
        if self.sheet.writing:
            self.foot.lock.show_progress(_("Writing the sheet · Esc ends it"), done, of)

    @Slot()
    def _have_written(self) -> None:
        path = self.sheet.path
        self._tell(Told(_("Sealed; F1 prints the sheet"), Tone.GOOD), path.name if path else "")
        self._show_keys()

    @Slot()
    def _have_ended(self) -> None:
        self._tell(Told(_("Sealed; no sheet was written"), Tone.WARN), _("F1 writes it"))
        self._show_keys()

    @Slot(object)
    def _have_printed(self, path: Path) -> None:
        self._tell(Told(_("Printed; both sign it by hand"), Tone.GOOD), path.name)

    # writing

    def _do(
        self, work: Callable[[], object], *, then: Callable[[], None] | None = None, waited_for: bool = False
    ) -> None:
        """Writes in another thread, then reads how things stand; `waited_for` goes behind no long work."""
        self._working, self._said = True, None
        self._show_keys()

        def done(_result: object) -> None:
            self._working = False
            self.foot.forget_pins()
            if then is not None:
                then()
            self.reload()

        (self.tasks.at_once if waited_for else self.tasks.run)(work, then=done, failed=self._failed)

    @Slot(object)
    def _failed(self, error: CheckpointError) -> None:
        """What was typed stays, but for PINs."""
        self._working = False
        self.foot.forget_pins()
        words = messages.words_for(error)
        self._tell(Told(words.title, Tone.BAD), words.now_line.replace("[", "").replace("]", ""))
        self._show_keys()

    def _tell(self, told: Told, second: str = "") -> None:
        self._said = told, second
        self._show_keys()

    # showing

    def _have_read(self, standing: Standing | None) -> None:
        before, self.standing = self.standing, standing
        self._shift = standing.handover.shift if standing else ""
        if before is not None and before.handover.shift != self._shift:
            self.sheet.forget()
            self.body.forget()
            self._said = None
        self._show()
        self.turned.emit()
        if self._open and not self._working and not self._missing:
            self._close(self._shift)

    @property
    def _missing(self) -> tuple[str, ...]:
        """What keeps it from being closed."""
        return what_is_missing(self.standing.handover) if self.standing else ()

    def _show(self) -> None:
        self.body.show_standing(self.standing, now=self.desk.ledger.now())
        self._show_keys()

    @Slot()
    def _show_keys(self) -> None:
        standing = self.standing
        locked = self._working or self.sheet.busy or standing is None
        self.body.show_keys(self._word(), locked=locked)
        self.foot.setVisible(standing is not None)
        if standing is not None and not self.sheet.writing:
            held = QApplication.focusWidget()
            self.foot.show_standing(standing, working=locked)
            if self.foot.holds(held) and QApplication.focusWidget() is not held:
                self.body.setFocus()
            if self._said is not None:
                self.foot.tell(*self._said)

    def _word(self) -> str:
        """On F1."""
        if self.standing is None or self._open:
            return _("Accept") if self._missing or self.standing is None else _("Seal")
        return self.sheet.word

    def _entered(self) -> None:
        """Enter in a PIN signs; elsewhere it leads on."""
        held = QApplication.focusWidget()
        for side, each in self.foot.cards.items():
            if held is each.pin.edit:
                self._sign(side)
                return
        if held is self.body.line.count.edit:
            self.body.setFocus()
        else:
            self.focusNextChild()

    @Slot()
    def leave(self) -> bool:
        """Esc: out of what was begun, then to the board."""
        held = QApplication.focusWidget()
        if self.sheet.writing:
            self.sheet.stop()
        elif self.body.asking:
            self.body.show_lines()
        elif self._open and held and held is not self.body.list and self.isAncestorOf(held):
            self.body.setFocus()
        else:
            self.left.emit()
        return True

    def _connect(self) -> None:
        self.body.line.accept.clicked.connect(self.act)
        self.body.line.query.clicked.connect(self._query)
        self.body.away.main.clicked.connect(self.act)
        self.body.away.back.clicked.connect(self.leave)
        self.foot.signing.connect(self._sign)
        self.sheet.progressed.connect(self._progressed)
        self.sheet.written.connect(self._have_written)
        self.sheet.ended.connect(self._have_ended)
        self.sheet.failed.connect(self._failed)
        self.sheet.printed.connect(self._have_printed)
        self.sheet.rested.connect(self._show_keys)
