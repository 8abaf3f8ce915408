"""The exchange page of headquarters: every desk and what is missing of it, what came in, what goes down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.exchange import EXCHANGE_KINDS
from checkpoint_app.domain.peers import is_card
from checkpoint_app.i18n import _
from checkpoint_app.storage.forks import ForkRow
from checkpoint_app.storage.ledger import Written
from checkpoint_app.storage.spans import Gap
from checkpoint_app.ui import hq_text, messages
from checkpoint_app.ui.exchange_enrolling import ExchangeEnrolling
from checkpoint_app.ui.exchange_files import CARD, FileChoice
from checkpoint_app.ui.exchange_parts import Deed
from checkpoint_app.ui.exchange_rows import Place
from checkpoint_app.ui.exchange_sending import Showing
from checkpoint_app.ui.form_parts import ENTER
from checkpoint_app.ui.hq_body import HqBody
from checkpoint_app.ui.hq_deciding import HqDeciding
from checkpoint_app.ui.hq_found import Overview
from checkpoint_app.ui.hq_lists import HqLists
from checkpoint_app.ui.hq_streams import SendingDown, TakingUp
from checkpoint_app.ui.hq_work import HqWork
from checkpoint_app.ui.record_keys import RecordKeys
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.top_bar import BarText

LOOK_MS, REREAD_LOOKS = 2_000, 15
KEYS = 8


class CollationPage(QWidget):
    """`left` when Esc has nothing more to take back; `told` when the top bar's words may be others."""

    left = Signal()
    told = Signal()

    def __init__(
        self,
        work: HqWork,
        *,
        tasks: Tasks,
        command: Callable[[int], bool] = lambda _key: False,
        elsewhere: Callable[[str], None] = lambda _text: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.work, self.tasks = work, tasks
        self._elsewhere = elsewhere
        self._looks = 0
        self.choice = FileChoice(self)
        self.sending = SendingDown(
            work, tasks, changed=self.show_found, done=self._went_out, choose=self.choice.folder
        )
        self.taking = TakingUp(
            work,
            tasks,
            changed=self.show_found,
            done=self.reread,
            name_of=self._name_of,
        )
        self.enrolling = ExchangeEnrolling(work, tasks, choice=self.choice, done=self.reread, back=self.back)
        self.body = HqBody(self.sending.banner, self.enrolling.view)
        self.deciding = HqDeciding(
            work, tasks, choice=self.choice, opened=self.body.show_form, done=self._decided
        )
        self.lists = HqLists(self.body, self.sending, self.taking, ask=self.ask_again, decide=self.decide)
        self._reading: Rereading[Overview] = Rereading(tasks, then=self._have, failed=self._not_read)
        self._places: Rereading[tuple[Place, ...]] = Rereading(
            tasks, then=self._have_places, failed=self._not_read
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
        busy = self._reading.busy or self._places.busy or self.sending.deed.running
        writing = self.enrolling.writing or self.deciding.writing
        return self.lists.read and not busy and not writing and self.taking.settled

    @property
    def found(self) -> Overview:
        return self.lists.found

    @property
    def words(self) -> str:
        """What the page last said, in the form that is open or above its list."""
        return self.deciding.form.words.text if self.deciding.form else self.taking.told

    def shown(self) -> None:
        """The page has come to the front."""
        self.reread()
        self.look()
        self._focus_home()

    def reread(self) -> None:
        self._reading.ask(self.work.overview)

    def retranslate(self) -> None:
        self.body.publish_key.show_deed(Deed("F5", _("Publish"), self.publish))
        self.body.enrol_key.show_deed(Deed("F6", _("Cards"), self.toggle_enrol))
        self.body.file_key.show_deed(Deed("F3", _("Import"), self.import_file))
        if self.body.enrol_open:
            self.enrolling.begin()
        self.show_found()

    def show_found(self) -> None:
        """Everything as it is now; what is chosen stays chosen."""
        self.lists.show(now=self.work.desk.ledger.now())
        self.sending.show()

    def bar_text(self, text: BarText) -> BarText:
        """How the desks stand."""
        desk = self.work.desk
        light = hq_text.light(self.found)
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
        elif self.deciding.form is not None:
            acts |= {3: self.deciding.choose}
        else:
            acts |= {2: self.sending.send, 3: self.import_file, 4: self.decide, 5: self.publish}
            acts |= {7: self.sending.next_place}
        if number in acts:
            acts[number]()
        return 1 <= number <= KEYS

    def main(self) -> None:
        """F1: whatever is filled now."""
        if self.body.enrol_open:
            self.enrolling.main()
        elif self.deciding.form is not None:
            self.deciding.main()
        elif self.taking.open:
            self.taking.main()
        elif self.lists.fork_first:
            self.decide()
        elif self.lists.gap_first and self.lists.gap is not None:
            self.ask_again(self.lists.gap)
        elif self.sending.showing is not Showing.SENDING:
            self.sending.main()

    def leave(self) -> bool:
        """Esc: what is asked or runs, then the page."""
        if self.body.enrol_open or self.deciding.form is not None:
            self.back()
        elif not (self.taking.leave() or self.sending.leave()):
            self.left.emit()
        return True

    def back(self) -> None:
        """Nothing is looked at closer any more."""
        self.deciding.put_away()
        self.body.show_lists()
        self._focus_home()
        self.show_found()

    def toggle_enrol(self) -> None:
        if self.body.enrol_open:
            self.back()
            return
        self.deciding.put_away()
        self.enrolling.begin()
        self.body.show_enrol()
        self.sending.show()

    def publish(self) -> None:
        self.deciding.publish()
        self.show_found()

    def decide(self) -> None:
        """The fork that is chosen, else the first."""
        row = self.lists.row
        fork = row if isinstance(row, ForkRow) else next(iter(self.found.collation.forks), None)
        if fork is not None and not self.taking.open:
            self.deciding.decide(fork, name=self.lists.name_of(fork.desk))
            self.show_found()

    def ask_again(self, gap: Gap) -> None:
        """Our receipts say what is here: the desk sends what is not among it."""
        self.sending.send(to=(gap.desk,), names=(gap.desk,))

    def import_file(self) -> None:
        self.choice.bundles(self.take_files)

    def take_files(self, paths: list[Path]) -> None:
        """Bundles are opened one after the other, a card is held against its fingerprint."""
        cards = [path for path in paths if path.suffix.lower() == CARD]
        for path in cards[:1]:
            self._open_enrol()
            self.enrolling.open_file(path)
        bundles = [path for path in paths if path not in cards]
        if bundles:
            self.back()
            self.taking.files(bundles)

    def scanned(self, text: str) -> None:
        if is_card(text):
            self.card(text)
        else:
            self._elsewhere(text)

    def card(self, text: str) -> None:
        """The card of another desk, from whatever scanner or camera."""
        self._open_enrol()
        self.enrolling.scanned(text)

    def _open_enrol(self) -> None:
        if not self.body.enrol_open:
            self.toggle_enrol()

    def _name_of(self, desk: str) -> str:
        return self.lists.name_of(desk)

    def _banner_first(self) -> bool:
        return not (self.taking.open or self.lists.gap_first or self.lists.fork_first)

    def _decided(self, words: str) -> None:
        self.back()
        self.taking.tell(words)
        self.reread()

    def _went_out(self) -> None:
        self.reread()
        self.look()
        self.show_found()

    # what comes back

    def _have(self, found: Overview) -> None:
        first = not self.lists.read
        self.lists.found, self.lists.read = found, True
        self.sending.take(found.exchange)
        self.show_found()
        self.told.emit()
        if first:
            self._focus_home()

    def _not_read(self, error: CheckpointError) -> None:
        self.body.desks.empty.show_text(messages.words_for(error).plain)

    def _have_places(self, places: tuple[Place, ...]) -> None:
        self.sending.take_places(places)
        self.show_found()

    def look(self) -> None:
        self._places.ask(self.work.places)

    def _tick(self) -> None:
        self._looks += 1
        self.look()
        if self._looks % REREAD_LOOKS == 0:
            self.reread()

    def _written(self, written: tuple[Written, ...]) -> None:
        """In the writer's thread."""
        if any(each.kind in EXCHANGE_KINDS for each in written):
            self.tasks.post(self._reread_if_seen)

    def _reread_if_seen(self) -> None:
        if self.isVisible():
            self.reread()

    # events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, form = Qt.Key(event.key()), self.deciding.form
        function = key - Qt.Key.Key_F1 + 1 if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12 else 0
        if event.isAutoRepeat() or (function and self.act(function)):
            return
        lists = form is None and not self.body.enrol_open
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif form is not None and key in ENTER:
            form.go_on()
        elif lists and key == Qt.Key.Key_Left:
            self.body.desks.table.setFocus()
        elif lists and key == Qt.Key.Key_Right:
            self.body.came.list.setFocus()
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
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "body"):
            self.body.desks.table.dressed()

    def _focus_home(self) -> None:
        if self.body.enrol_open or self.deciding.form is not None or not self.isVisible():
            return
        (self.body.came.list if self.found.collation.forks else self.body.desks.table).setFocus()

    def _connect(self) -> None:
        self.body.moved.connect(self.show_found)
        self._looking.timeout.connect(self._tick)
        self._end_listening = self.work.desk.ledger.on_written(self._written)
        self.sending.is_main(self._banner_first)
        self.sending.enrol = self.toggle_enrol
        self.sending.covered = lambda: self.body.enrol_open or self.deciding.form is not None
        for form in (self.deciding.settling, self.deciding.publishing):
            form.main.clicked.connect(self.main)
            form.back.clicked.connect(self.back)
