"""The exchange page of a station: what goes out and is confirmed, what is missing, what came in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.exchange import EXCHANGE_KINDS
from checkpoint_app.domain.peers import is_card
from checkpoint_app.i18n import _
from checkpoint_app.storage.ledger import Written
from checkpoint_app.ui import exchange_offer_text, exchange_text, messages
from checkpoint_app.ui.exchange_body import ExchangeBody
from checkpoint_app.ui.exchange_enrolling import ExchangeEnrolling
from checkpoint_app.ui.exchange_files import CARD, FileChoice
from checkpoint_app.ui.exchange_parts import Deed
from checkpoint_app.ui.exchange_rows import Came, Decided, Found, Gap, InRow, OutRow, Place
from checkpoint_app.ui.exchange_sending import ExchangeSending, Showing
from checkpoint_app.ui.exchange_taking import ExchangeTaking
from checkpoint_app.ui.record_keys import RecordKeys
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.top_bar import BarText

if TYPE_CHECKING:
    from checkpoint_app.ui.exchange_work import ExchangeWork

LOOK_MS, REREAD_LOOKS = 2_000, 15
KEYS = 8
SHIFT_KINDS = ("shift_", "sealed")


class ExchangePage(QWidget):
    """`left` when Esc has nothing more to take back; `told` when the top bar's words may be others."""

    left = Signal()
    told = Signal()

    def __init__(
        self,
        work: ExchangeWork,
        *,
        tasks: Tasks,
        command: Callable[[int], bool] = lambda _key: False,
        elsewhere: Callable[[str], None] = lambda _text: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.work, self.tasks, self.found = work, tasks, Found()
        self._elsewhere = elsewhere
        self._read = False
        self._looks = 0
        self.choice = FileChoice(self)
        self.sending = ExchangeSending(
            work, tasks, changed=self.show_found, done=self._went_out, choose=self.choice.folder
        )
        self.taking = ExchangeTaking(
            work, tasks, changed=self.show_found, done=self.reread, name_of=self.name_of
        )
        self.enrolling = ExchangeEnrolling(work, tasks, choice=self.choice, done=self.reread, back=self.back)
        self.body = ExchangeBody(self.sending.banner, self.enrolling.view)
        self.out, self.gaps, self.came = self.body.out, self.body.gaps, self.body.came
        self._reading: Rereading[Found] = Rereading(tasks, then=self._have, failed=self._not_read)
        self._places: Rereading[tuple[Place, ...]] = Rereading(
            tasks, then=self.sending.take_places, failed=self._not_read
        )
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self.commands = RecordKeys(scanned=self.scanned, command=command, act=self.act, leave=self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.body)
        self._connect()
        self.retranslate()

    # showing

    @property
    def settled(self) -> bool:
        """Whether nothing is being read, written, sent or taken in."""
        busy = self._reading.busy or self._places.busy or self.sending.deed.running or self.enrolling.writing
        return self._read and not busy and self.taking.settled

    @property
    def chosen_shift(self) -> OutRow | None:
        place = self.out.table.place[0]
        return self.found.out[place] if place < len(self.found.out) else None

    @property
    def chosen_gap(self) -> Gap | None:
        row = self.gaps.list.row
        return self.found.gaps[row] if row < len(self.found.gaps) else None

    @property
    def pending(self) -> int:
        """The line of the data set that is asked about: the chosen one, else the first that waits; -1."""
        waiting = [
            place
            for place, row in enumerate(self.found.came)
            if row.came is Came.DIRECTIVE and row.decided is Decided.PENDING
        ]
        here = self.came.list.row
        return here if here in waiting else waiting[0] if waiting else -1

    def name_of(self, desk: str) -> str:
        return self.found.names.get(desk, desk)

    def shown(self) -> None:
        """The page has come to the front."""
        self.reread()
        self.look()
        self._focus_home()

    def reread(self) -> None:
        self._reading.ask(self.work.read)

    def retranslate(self) -> None:
        self.out.head.show_words(
            _("Going out"), _("Done when the receipt is here; exporting deletes nothing")
        )
        self.came.head.show_words(_("Received"))
        self.body.enrol_key.show_deed(Deed("F6", _("Cards"), self.toggle_enrol))
        self.body.file_key.show_deed(Deed("F3", _("Import a file"), self.import_file))
        if self.body.enrol_open:
            self.enrolling.begin()
        self.show_found()

    def show_found(self) -> None:
        """Everything as it is now; what is chosen stays chosen."""
        now, found = self.work.desk.ledger.now(), self.found
        sheet = exchange_text.out_sheet(found.out, now=now, sending=self.sending.shifts)
        self.out.show_sheet(sheet, empty=_("Each shift stands here once it is opened.") if self._read else "")
        title = _("Gaps")
        self.gaps.head.show_words(
            f"{title} · {len(found.gaps)}" if found.gaps else title, _("Numbers that one side misses")
        )
        self.gaps.show_items(
            [exchange_text.gap_item(gap, now=now) for gap in found.gaps],
            [self._gap_deed(gap) for gap in found.gaps],
            empty=_("Nothing is missing on either side.") if self._read else "",
        )
        self.came.show_items(
            [exchange_text.in_item(row, now=now) for row in found.came],
            [None] * len(found.came),
            empty=_("Nothing came in yet. F3 opens a file, or drop one here.") if self._read else "",
        )
        self._show_card()
        self.sending.show()

    def bar_text(self, text: BarText) -> BarText:
        """When headquarters last confirmed something."""
        desk = self.work.desk
        light = exchange_text.receipt_light(
            self.found, now=desk.ledger.now(), silence_hours=desk.settings.silence_hours
        )
        return replace(text, title=_("Exchange"), lane="", shift=desk.settings.desk, lights=(light,))

    def close_down(self) -> None:
        self._looking.stop()
        self._end_listening()
        self._reading.end()
        self._places.end()
        self.sending.deed.cancel()
        self.taking.close()
        self.choice.close()

    # keys

    def act(self, number: int) -> bool:
        """An F-key by its number; False when this page has none such."""
        acts: dict[int, Callable[[], None]] = {1: self.main, 6: self.toggle_enrol}
        if self.body.enrol_open:
            acts |= {3: self.enrolling.choose, 5: self.enrolling.keep}
        else:
            acts |= {2: self.sending.send, 3: self.import_file, 4: self.taking.adopt, 5: self.look_closer}
            acts |= {7: self.sending.next_place, 8: self.sending.send_shift}
        if number in acts:
            acts[number]()
        return 1 <= number <= KEYS

    def main(self) -> None:
        """F1: whatever is filled now."""
        gap = self.chosen_gap
        if self.body.enrol_open:
            self.enrolling.main()
        elif self.taking.open or self._set_first:
            self.taking.main()
        elif self.gaps.list.hasFocus() and gap is not None:
            self._close_gap(gap)
        elif self.sending.showing is not Showing.SENDING:
            self.sending.main()

    def leave(self) -> bool:
        """Esc: what is asked or runs, then the page."""
        if self.body.enrol_open or self.body.difference_open:
            self.back()
        elif not (self.taking.leave() or self.sending.leave()):
            self.left.emit()
        return True

    def back(self) -> None:
        """Nothing is looked at closer any more."""
        self.body.show_lists()
        self._focus_home()
        self.show_found()

    def toggle_enrol(self) -> None:
        if self.body.enrol_open:
            self.back()
            return
        self.enrolling.begin()
        self.body.show_enrol()
        self.sending.show()

    def import_file(self) -> None:
        place = self.sending.place
        self.choice.bundles(self.take_files, folder=place.url if place and place.stick else "")

    def take_files(self, paths: list[Path]) -> None:
        """Bundles are opened one after the other, a card is held against its fingerprint."""
        cards = [path for path in paths if path.suffix.lower() == CARD]
        for path in cards[:1]:
            if not self.body.enrol_open:
                self.toggle_enrol()
            self.enrolling.open_file(path)
        bundles = [path for path in paths if path not in cards]
        if bundles:
            if self.body.enrol_open or self.body.difference_open:
                self.back()
            self.taking.files(bundles)

    def look_closer(self) -> None:
        """Everything the data set in question would change."""
        place, change = self.pending, self.taking.difference
        if self.taking.open or place < 0 or change is None:
            return
        row = self.found.came[place]
        title, lines = exchange_offer_text.difference(row, change)
        adopt = _("Adopt v{version}").format(version=row.version)
        deeds = (Deed("Esc", _("Leave it"), self.back), Deed("F1", adopt, self._adopt, main=True))
        self.body.difference.show_lines(title, lines, deeds)
        self.body.show_difference()
        self.show_found()

    def scanned(self, text: str) -> None:
        if is_card(text):
            self.card(text)
        else:
            self._elsewhere(text)

    def card(self, text: str) -> None:
        """The card of another desk, from whatever scanner or camera."""
        if not self.body.enrol_open:
            self.toggle_enrol()
        self.enrolling.scanned(text)

    # what happens to what is chosen

    @property
    def _set_first(self) -> bool:
        """Whether F1 adopts: its list has the focus, or nothing else can be done."""
        if not self.taking.deciding:
            return False
        sending = self.sending.showing is Showing.SENDING
        return self.body.difference_open or self.came.list.hasFocus() or sending

    def _banner_first(self) -> bool:
        return not (self.taking.open or self._set_first or (self.gaps.list.hasFocus() and self.found.gaps))

    def _gap_deed(self, gap: Gap) -> Deed | None:
        if gap.fork:
            return None
        here = self.gaps.list.hasFocus() and gap == self.chosen_gap and not self.taking.open
        word = _("Ask to send again") if gap.ours else _("Export once more")
        first = here and self.sending.can
        return Deed(
            "F1" if here else "", word, partial(self._close_gap, gap), main=first, locked=not self.sending.can
        )

    def _close_gap(self, gap: Gap) -> None:
        """Theirs by sending once more; ours by our receipts, which say what is here."""
        if not gap.fork:
            self.sending.send(to=(gap.desk,), names=(gap.name,))

    def _shift_to_send(self) -> OutRow | None:
        row = self.chosen_shift
        return row if row is not None and row.sealed and self.out.table.hasFocus() else None

    def _adopt(self) -> None:
        self.back()
        self.taking.adopt()

    def _show_card(self) -> None:
        """The card that waits for a decision, above all lines or below its own."""
        place = self.pending
        row: InRow | None = self.found.came[place] if place >= 0 else None
        self.taking.show_row(row, main=self._set_first)
        if self.taking.open:
            self.came.list.put(self.taking.card, -1)
        elif self.taking.deciding:
            self.came.list.put(self.taking.card, place)
        else:
            self.came.list.take_out(self.taking.card)
        self.came.empty.setVisible(not self.taking.open)

    def _went_out(self) -> None:
        self.reread()
        self.look()
        self.show_found()

    # what comes back

    def _have(self, found: Found) -> None:
        first, self._read = not self._read, True
        self.found = found
        self.sending.take(found)
        self.show_found()
        self.told.emit()
        if first:
            self._focus_home()

    def _not_read(self, error: CheckpointError) -> None:
        self.out.empty.show_text(messages.words_for(error).plain)

    def look(self) -> None:
        self._places.ask(self.work.places)

    def _tick(self) -> None:
        self._looks += 1
        self.look()
        if self._looks % REREAD_LOOKS == 0:
            self.reread()

    def _written(self, written: tuple[Written, ...]) -> None:
        """In the writer's thread."""
        if any(each.kind in EXCHANGE_KINDS or each.kind.startswith(SHIFT_KINDS) for each in written):
            self.tasks.post(self._reread_if_seen)

    def _reread_if_seen(self) -> None:
        if self.isVisible():
            self.reread()

    # events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        function = key - Qt.Key.Key_F1 + 1 if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12 else 0
        if event.isAutoRepeat() or (function and self.act(function)):
            return
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key == Qt.Key.Key_Left and not self.body.enrol_open:
            self.out.table.setFocus()
        elif key == Qt.Key.Key_Right and not self.body.enrol_open:
            self.came.list.setFocus()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_home()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._looking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "out"):
            self.out.table.dressed()

    def _focus_home(self) -> None:
        if self.body.enrol_open or not self.isVisible():
            return
        idle = not self.found.due.count
        (self.came.list if idle and self.pending >= 0 else self.out.table).setFocus()

    def _connect(self) -> None:
        self.body.moved.connect(self.show_found)
        self._looking.timeout.connect(self._tick)
        self._end_listening = self.work.desk.ledger.on_written(self._written)
        self.sending.is_main(self._banner_first)
        self.sending.enrol = self.toggle_enrol
        self.sending.one_shift = self._shift_to_send
        self.sending.covered = lambda: self.body.enrol_open
        self.taking.look = self.look_closer
