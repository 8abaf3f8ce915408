"""A page with a list of affairs, what is told of the chosen one, and forms that open in its place.

Digits choose what the list shows, arrows a line of it; F1 begins something, F2 and on act on what is chosen;
Esc takes back what is asked, then leaves. Everything is read and written in another thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.facts import By
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.ledger import Written
from checkpoint_app.ui import messages
from checkpoint_app.ui.page_forms import PeopleForm
from checkpoint_app.ui.page_parts import Key, PeopleList, PlaceCard, Shown, Tabs
from checkpoint_app.ui.page_table import Sheet
from checkpoint_app.ui.record_keys import RecordKeys
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Told, Tone

MARGIN, LIST_SHARE, SIDE_SHARE = 12, 722, 532
TICK_MS, REREAD_TICKS = 1_000, 60
"""Clocks run on every second; once a minute everything is read anew."""

Found = TypeVar("Found")


class ListPage(QWidget, Generic[Found]):
    """`left` when Esc has nothing more to take back. Whoever inherits says what is read and how it is told.

    `command` is what Ctrl and a key do, `elsewhere` gets scanned texts.
    """

    left = Signal()
    shares = LIST_SHARE, SIDE_SHARE

    def __init__(
        self,
        desk: Desk,
        *,
        tasks: Tasks,
        command: Callable[[int], bool] = lambda _key: False,
        elsewhere: Callable[[str], None] = lambda _text: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.desk, self.tasks = desk, tasks
        self.found: Found | None = None
        self.tabs, self.list, self.detail = Tabs(), PeopleList(), PlaceCard()
        self.head, self.side = QHBoxLayout(), QStackedWidget()
        self.form: PeopleForm | None = None
        self._save: Callable[[], None] = lambda: None
        self._writing = False
        self._wanted = self._held = self._new = ""
        self._ticks = 0
        self._keys: dict[int, Key] = {}
        self._reading: Rereading[Found] = Rereading(tasks, then=self._have, failed=self._not_read)
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK_MS)
        self.commands = RecordKeys(scanned=elsewhere, command=command, act=self.act, leave=self.leave)
        self._lay_out()
        self._connect()

    # what a page is

    def tab_words(self) -> Sequence[str]:
        raise NotImplementedError

    def read(self) -> Found:
        """In another thread."""
        raise NotImplementedError

    def sheet(self) -> Sheet:
        raise NotImplementedError

    def counted(self) -> tuple[str, str]:
        """What stands above the list, bold and plain."""
        raise NotImplementedError

    def empty(self) -> str:
        raise NotImplementedError

    def told(self, row: int) -> Shown:
        """`row` is -1 where nothing is chosen."""
        raise NotImplementedError

    def keys(self, row: int) -> Sequence[Key]:
        """F1 first."""
        raise NotImplementedError

    def ids(self) -> Sequence[str]:
        """Of what the list shows, in its order."""
        raise NotImplementedError

    def concerns(self, kind: str) -> bool:
        """Whether an entry of that kind is told of here."""
        raise NotImplementedError

    def place_of(self, about: str) -> tuple[int, int] | None:
        """Tab and row of an affair; None when it is not among what was read."""
        raise NotImplementedError

    # showing

    @property
    def answered(self) -> bool:
        """Whether everything that was asked of another thread has come back."""
        return not (self._reading.busy or self._writing)

    @property
    def words(self) -> str:
        return self.form.words.text if self.form else self.list.words.text

    @property
    def row(self) -> int:
        return self.list.table.place[0] if self.sheet_rows else -1

    @property
    def sheet_rows(self) -> int:
        return len(self.list.table.sheet_model.sheet.rows)

    def shown(self) -> None:
        """The page has come to the front."""
        self.say(Told(""))
        (self.form or self.list.table).setFocus()
        self.reread()

    def show_at(self, about: str) -> None:
        """Turns to one affair, as soon as it is read."""
        self._wanted = about
        self._find_wanted()

    def reread(self) -> None:
        self._reading.ask(self.read)

    def retranslate(self) -> None:
        if self.form is not None:
            self.back()
        self.tabs.show_tabs(self.tab_words(), self.tabs.place)
        self.show_found()

    def show_found(self) -> None:
        """The list as it is now; the clocks run on. What is chosen stays so wherever it stands now, until
        something new that was saved here is there.
        """
        if self.found is None:
            return
        ids = self.ids()
        held, self._new = (self._new, "") if self._new in ids else (self._held, self._new)
        self.list.count.show_count(*self.counted())
        self.list.show_sheet(self.sheet(), empty=self.empty())
        if held in ids:
            self.list.table.go(ids.index(held))
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        ids, row = self.ids(), self.row
        self._held = ids[row] if 0 <= row < len(ids) else ""
        self._show_chosen()

    def say(self, told: Told) -> None:
        if self.form is not None and told.text:
            self.form.words.tell(told)
        else:
            self.list.say(told)

    def close_down(self) -> None:
        self._ticking.stop()
        self._end_listening()
        self._reading.end()

    # keys

    def act(self, number: int) -> bool:
        """An F-key by its number; False when this page has none such."""
        if self.form is not None:
            if number == 1 and not self._writing:
                self._save()
            return number <= self.most_keys
        key = self._keys.get(number)
        if key is not None and not key.locked and not self._writing:
            key.act()
        return 1 <= number <= self.most_keys

    most_keys = 7

    def leave(self) -> bool:
        if self.form is not None:
            self.back()
        else:
            self.left.emit()
        return True

    def turn_to(self, tab: int) -> None:
        """Another part of what was read."""
        if 0 <= tab < len(self.tab_words()) and self.form is None:
            self.tabs.show_tabs(self.tab_words(), tab)
            self.say(Told(""))
            self.show_found()
            self.list.table.go(0)

    # asking and writing

    def ask(self, form: PeopleForm, first: QWidget, save: Callable[[], None]) -> None:
        """Opens a form in the place of what is told; F1 does `save`."""
        if self.side.indexOf(form) < 0:
            self.side.addWidget(form)
            form.main.clicked.connect(lambda: self.act(1))
            form.back.clicked.connect(self.back)
        self.form, self._save = form, save
        self.side.setCurrentWidget(form)
        self.list.main.set_word(self.list.main.word, locked=True)
        first.setFocus()

    @Slot()
    def back(self) -> None:
        self.form = None
        self.side.setCurrentWidget(self.detail)
        self.list.table.setFocus()
        self._show_chosen()

    def do(self, work: Callable[[By], Any], said: str) -> None:
        """Writes in another thread as who acts now, then says `said`; what is refused is said where it was
        asked.
        """
        self._writing, by = True, self.desk.by
        self.tasks.run(lambda: work(by).result(), then=partial(self._done, said), failed=self._not_done)

    def _done(self, said: str, written: tuple[Written, ...]) -> None:
        self._writing = False
        self._new = written[0].action if written else ""
        if self.form is not None:
            self.back()
        self.say(Told(said, Tone.GOOD))
        self.reread()

    def _not_done(self, error: CheckpointError) -> None:
        self._writing = False
        self.say(Told(messages.words_for(error).plain, Tone.BAD))

    def _have(self, found: Found) -> None:
        self.found = found
        self.show_found()
        self._find_wanted()

    def _find_wanted(self) -> None:
        place = self.place_of(self._wanted) if self._wanted and self.form is None else None
        if place is not None:
            self._wanted = ""
            self.tabs.show_tabs(self.tab_words(), place[0])
            self.show_found()
            self.list.table.go(place[1])

    def _not_read(self, error: CheckpointError) -> None:
        self.say(Told(messages.words_for(error).plain, Tone.BAD))

    def _show_chosen(self) -> None:
        row = self.row
        keys = self.keys(row)
        self._keys = {key.number: key for key in keys}
        first = self._keys.get(1)
        if first is not None:
            self.list.main.set_word(first.word, locked=first.locked or self.form is not None)
        self.detail.show_place(self.told(row), [key for key in keys if key.number != 1])

    # events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        function = key - Qt.Key.Key_F1 + 1 if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12 else 0
        if event.isAutoRepeat() or (function and self.act(function)):
            return
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.form is not None:
            self.form.go_on()
        elif self.form is None and event.text().isdecimal():
            self.turn_to(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.list.table.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ticking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ticking.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.list.table.dressed()

    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks % REREAD_TICKS == 0:
            self.reread()
        elif self.form is None:
            self.show_found()

    def _written(self, written: tuple[Written, ...]) -> None:
        """In the writer's thread."""
        if any(self.concerns(each.kind) for each in written):
            self.tasks.post(self._reread_if_seen)

    def _reread_if_seen(self) -> None:
        if self.isVisible():
            self.reread()

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.turn_to)
        self.list.table.moved.connect(lambda _row, _column: self._chosen())
        self.list.main.clicked.connect(lambda: self.act(1))
        self._ticking.timeout.connect(self._tick)
        self._end_listening = self.desk.ledger.on_written(self._written)

    def _lay_out(self) -> None:
        self.side.addWidget(self.detail)
        row = QHBoxLayout()
        row.setSpacing(MARGIN)
        row.addWidget(self.list, self.shares[0])
        row.addWidget(self.side, self.shares[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        self.head.setSpacing(MARGIN)
        self.head.addWidget(self.tabs, 1)
        column.addLayout(self.head)
        column.addLayout(row, 1)
