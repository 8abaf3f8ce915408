"""The people page: officers, groups and their month, attendance and hours, duty phones; all of it by keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_app.domain.disclosures import PHONE
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.rotation import month_after
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import messages, people_page_found
from checkpoint_app.ui.page_forms import PeopleForm
from checkpoint_app.ui.page_parts import Key, PeopleList, PlaceCard, Tabs
from checkpoint_app.ui.people_page_found import Found
from checkpoint_app.ui.people_page_hours import HoursView
from checkpoint_app.ui.people_page_officers import OfficersView, PhonesView
from checkpoint_app.ui.people_page_roster import RosterView
from checkpoint_app.ui.people_page_view import View
from checkpoint_app.ui.record_keys import RecordKeys
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Told, Tone

MARGIN = 12
LIST_SHARE, SIDE_SHARE = 760, 494
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class PeoplePage(QWidget):
    """`left` when Esc has nothing more to take back; `command` is what Ctrl and a key do, `scanned` gets what
    a scanner read.
    """

    left = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        tasks: Tasks,
        command: Callable[[int], bool] = lambda _key: False,
        scanned: Callable[[str], None] = lambda _text: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.desk, self.tasks = desk, tasks
        self.phones = False
        self._month = ""
        self._found: Found | None = None
        self.tabs, self.list, self.card = Tabs(), PeopleList(), PlaceCard()
        self.side = QStackedWidget()
        self.views: tuple[View, ...] = (
            OfficersView(self),
            RosterView(self),
            HoursView(self),
            PhonesView(self),
        )
        self._places = [(0, 0)] * len(self.views)
        self._here = 0
        self._save: Callable[[], None] | None = None
        self.working = False
        self._asked = 0
        self.reading = Rereading(tasks, then=self._have_read, failed=self._failed)
        self.commands = RecordKeys(scanned=scanned, command=command, act=self.act, leave=self.leave)
        self._lay_out()
        self._connect()

    @property
    def found(self) -> Found:
        assert self._found is not None
        return self._found

    @property
    def place(self) -> tuple[int, int]:
        return self.list.table.place

    @property
    def view(self) -> View:
        return self.views[self._here]

    @property
    def form(self) -> PeopleForm | None:
        """What is asked now."""
        shown = self.side.currentWidget()
        return shown if isinstance(shown, PeopleForm) else None

    @property
    def words(self) -> str:
        """What the page last said, at its foot or in the form that is open."""
        return self.form.words.text if self.form else self.list.words.text

    @property
    def settled(self) -> bool:
        """Whether nothing is being read or written."""
        return not self.reading.busy and not self.working and self._found is not None

    def shown(self) -> None:
        """The page has come to the front."""
        self.list.table.setFocus()
        self.reload()

    def reload(self) -> None:
        self.reading.ask(partial(people_page_found.read, self.desk, self._month))

    def retranslate(self) -> None:
        self.back()

    def show_settings(self, _settings: object, _proof: object) -> None:
        """Rules of duty and rest may be others now."""
        if self._found is not None:
            self.reload()

    def close_down(self) -> None:
        self.reading.end()

    # what views ask for

    def ask(self, form: PeopleForm, first: QWidget, save: Callable[[], None]) -> None:
        self._save = save
        self.side.setCurrentWidget(form)
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self._show_keys()

    def do(self, work: Callable[[], Any], said: str, *, waited_for: bool = False) -> None:
        if self.working:
            return
        self.working = True
        run = self.tasks.at_once if waited_for else self.tasks.run
        run(work, then=lambda _done: self._done(said), failed=self._not_done)

    def try_(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self._asked += 1
        form, mine = self.form, self._asked

        def told(answer: Any) -> None:
            if self.form is form and self._asked == mine:
                then(answer)

        self.tasks.run(work, then=told, failed=lambda error: self._say_in(form, error))

    def say(self, told: Told) -> None:
        self.list.say(told)

    def turn_month(self, by: int) -> None:
        self._month = month_after(self.found.month, by)
        self.reload()

    def show_phones(self) -> None:
        """On paper first, then shown until the page is left."""
        by, viewing = self.desk.by, self.desk.viewing

        def look() -> None:
            viewing.looked_up(PHONE, "", by).result()

        self.working = True
        self.tasks.run(look, then=lambda _done: self._have_phones(), failed=self._not_done)

    # keys

    def act(self, number: int) -> bool:
        """An F-key by its number; True for those that are this page's."""
        if self._found is None or self.working:
            return True
        if self.form is not None:
            if number == 1 and self._save is not None:
                self._save()
            return True
        key = next((each for each in self._keys() if each.number == number), None)
        if key is not None and not key.locked:
            key.act()
        return key is not None or number < 9

    def leave(self) -> bool:
        """Esc: what is asked, then the page."""
        if self.form is not None:
            self.back()
        else:
            self.left.emit()
        return True

    def go(self, place: int) -> None:
        """Another view."""
        if self.form is None and 0 <= place < len(self.views) and self._found is not None:
            self._places[self._here] = self.place
            self._here = place
            self.say(Told(""))
            self._show()
            self.list.table.go(*self._start(place), centre=True)
            self.list.table.setFocus()

    @Slot()
    def back(self) -> None:
        """Nothing is asked any more."""
        self._save = None
        self.side.setCurrentWidget(self.card)
        self.list.table.setFocus()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        function = key - Qt.Key.Key_F1 + 1 if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12 else 0
        digit = int(event.text()) if event.text().isascii() and event.text().isdecimal() else 0
        if event.isAutoRepeat() or (function and self.act(function)):
            return
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in ENTER and self.form is not None:
            self.form.go_on()
        elif digit and self.form is None:
            self.go(digit - 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.list.table.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees the page: numbers are covered again, nothing typed stays."""
        super().hideEvent(event)
        self.phones = False
        self.back()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "list"):
            self.list.table.dressed()

    # what comes back

    def _have_read(self, found: Found) -> None:
        first, self._found = self._found is None, found
        self._show()
        if first:
            self.list.table.go(*self._start(self._here), centre=True)

    def _done(self, said: str) -> None:
        self.working = False
        self.back()
        self.say(Told(said, Tone.GOOD))
        self.reload()

    def _not_done(self, error: CheckpointError) -> None:
        """Everything typed stands as it did; what was written before it failed is read."""
        self.working = False
        if self.form is None:
            self._failed(error)
        self._say_in(self.form, error)
        self.reload()

    def _say_in(self, form: PeopleForm | None, error: CheckpointError) -> None:
        if form is not None and self.form is form:
            form.say(messages.words_for(error).plain)

    def _failed(self, error: CheckpointError) -> None:
        self.say(Told(messages.words_for(error).plain, Tone.BAD))

    def _have_phones(self) -> None:
        self.working = False
        self.phones = self.isVisible()
        self._show()

    # what is seen

    def _start(self, view: int) -> tuple[int, int]:
        """Where a view was left; a month at first on the turn that runs."""
        known, due = self._places[view], self.found.due.current
        fresh = known == (0, 0) and isinstance(self.views[view], RosterView)
        if fresh and due is not None and due.month == self.found.month:
            return due.day - 1, due.place + 1
        return known

    def _keys(self) -> tuple[Key, ...]:
        return self.view.keys(self.place)

    def _show(self) -> None:
        self.tabs.show_tabs([view.word() for view in self.views], self._here)
        if self._found is None:
            return
        self.list.show_sheet(self.view.sheet(), empty=self.view.empty())
        self.list.count.show_count(*self.view.counted())
        self._show_place()

    def _show_place(self) -> None:
        self.card.show_place(self.view.shown(self.place), self._keys()[1:])
        self._show_keys()

    def _show_keys(self) -> None:
        if self._found is None:
            return
        main = self._keys()[0]
        self.list.main.set_word(main.word, locked=main.locked or self.form is not None)
        grid = isinstance(self.view, RosterView)
        self.list.count.show_keys(((("←", ""), ("→", "")) if grid else ()) + (("↑", ""), ("↓", _("choose"))))

    @Slot(int, int)
    def _moved(self, _row: int, _column: int) -> None:
        if self._found is not None and self.form is None:
            self._show_place()

    def _lay_out(self) -> None:
        self.side.addWidget(self.card)
        for view in self.views:
            for form in view.forms():
                self.side.addWidget(form)
                form.main.clicked.connect(lambda: self.act(1))
                form.back.clicked.connect(self.back)
        below = QHBoxLayout()
        below.setSpacing(MARGIN)
        below.addWidget(self.list, LIST_SHARE)
        below.addWidget(self.side, SIDE_SHARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        column.addWidget(self.tabs)
        column.addLayout(below, 1)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.go)
        self.list.table.moved.connect(self._moved)
        self.list.main.clicked.connect(lambda: self.act(1))
        self._show()
