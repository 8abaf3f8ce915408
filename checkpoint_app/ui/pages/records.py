"""The records page: search by any fragment, filters, one crossing with its history; amend, void, take out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.domain.codes import classify
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.plates import scanned_plate
from checkpoint_app.domain.words import CodeClass
from checkpoint_app.i18n import _
from checkpoint_app.services import records
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.records import Wanted
from checkpoint_app.services.whose import Whose
from checkpoint_app.storage.rows import CrossingRow, HistoryRow
from checkpoint_app.ui import messages, record_text
from checkpoint_app.ui.record_filters import Filters
from checkpoint_app.ui.record_keys import SEARCH_HEIGHT, RecordKeys, SearchEdit, SmallKey
from checkpoint_app.ui.record_list import RecordList
from checkpoint_app.ui.record_side import Doing, RecordSide
from checkpoint_app.ui.record_work import Looked, RecordWork
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Told, Tone

MARGIN = 12
TYPED_MS = 150
LIST_SHARE, SIDE_SHARE = 722, 532
MOST_INSIDE = 500
KEYS = 8


class RecordsPage(QWidget):
    """`left` when Esc has nothing more to take back. `folder` is where exports go unless told otherwise.

    `command` is what Ctrl and a key do, `elsewhere` gets scanned texts that are nothing to search for.
    """

    left = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        tasks: Tasks,
        command: Callable[[int], bool] = lambda _key: False,
        elsewhere: Callable[[str], None] = lambda _text: None,
        work: RecordWork | None = None,
        folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.desk, self.work = desk, work or RecordWork(desk, tasks)
        self.officers: Mapping[str, str] = {}
        self._elsewhere = elsewhere
        self._looked: Looked | None = None
        self._ids: tuple[int, ...] = ()
        self._chosen: int | None = None
        self.inside = False
        self.search, self.filters, self.list = SearchEdit(), Filters(), RecordList()
        self.side = RecordSide(self.work, folder=folder)
        self.side.detail.own = desk.ledger.head().desk
        self.export_key = SmallKey("F6", height=SEARCH_HEIGHT)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self.commands = RecordKeys(scanned=self.scanned, command=command, act=self.act, leave=self.leave)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def words(self) -> str:
        """What the page last said, at its foot or in the form that is open."""
        form = self.side.form
        return form.words.text if form else self.list.words.text

    @property
    def rows(self) -> tuple[CrossingRow, ...]:
        """The crossings in the table; none while it shows who is inside."""
        return self._looked.page.rows if self._looked and not self.inside else ()

    @property
    def answered(self) -> bool:
        """Whether the last search has come back and its detail stands there."""
        told = self.side.detail.told
        return not self.work.looking and (told.now.id if told else None) == self._chosen

    def shown(self) -> None:
        """The page has come to the front."""
        self.search.setFocus()
        self.work.officers(then=self._have_officers)
        self.work.desks(then=self._have_desks)
        self._look()

    def show_at(self, about: str) -> None:
        """Only what the desk of that name wrote."""
        self.search.clear()
        self.filters.want_desk(about)

    def retranslate(self) -> None:
        self.search.note = _("part of a plate, name or number")
        self.search.setAccessibleName(_("Search"))
        self.filters.retranslate()
        self.list.model.retranslate()
        self.side.detail.retranslate()
        self._show_rows()
        self._show()

    def close_down(self) -> None:
        self._typed.stop()
        self.work.forget_search()
        self.work.end_export()

    # keys

    def act(self, number: int) -> bool:
        """An F-key by its number; False when this page has none such."""
        looking = self.side.doing is Doing.LOOKING
        acts: dict[int, Callable[[], None]] = {1: self._main if looking else self.side.main}
        if looking:
            side = self.side
            acts |= {2: side.amend, 3: side.void, 4: side.view, 5: side.print, 6: self._export}
            acts |= {7: self._toggle_filters, 8: self._toggle_inside}
        if number in acts:
            acts[number]()
        return 1 <= number <= KEYS

    def leave(self) -> bool:
        """Esc: what is asked, then the text, then the filters; then the page."""
        if self.side.doing is Doing.WRITING:
            self.work.end_export()
        elif self.side.doing is not Doing.LOOKING:
            self.side.back()
        elif self.search.text():
            self.search.clear()
            self._look()
        elif self.inside:
            self._toggle_inside()
        elif self.filters.any:
            self.filters.clear()
            self._look()
        else:
            self.left.emit()
        return True

    def scanned(self, text: str) -> None:
        """A plate or an identity number is searched, everything else is the lane's."""
        kind = classify(text.encode(), self.desk.patterns).kind
        identity = kind is CodeClass.CITIZEN_ID
        if self.side.doing is not Doing.LOOKING or not (identity or scanned_plate(text.strip())):
            self._elsewhere(text)
            return
        self.search.setText(text.strip())
        self.search.setFocus()
        self._look(people=identity)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        function = key - Qt.Key.Key_F1 + 1 if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12 else 0
        if event.isAutoRepeat() or (function and self.act(function)):
            return
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.side.form is not None:
            self.side.form.go_on()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.search.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees the page: what was shown in full is masked again, nothing is looked for."""
        super().hideEvent(event)
        self._typed.stop()
        self.work.forget_search()
        if not self.side.detail.masked:
            self.side.detail.clear()
            self._chosen = None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "list"):
            self.list.table.dressed()

    # looking

    @Slot()
    def look(self) -> None:
        """Plates with the text, or everything without one; leaves no entry."""
        self._look()

    def _look(self, *, people: bool = False, further: bool = False) -> None:
        self._typed.stop()
        if self.inside:
            self._show_inside()
            return
        wanted = Wanted(self.search.text().strip(), people, self.filters.sieve(now=self.work.now))
        on = None
        if further and self._looked:
            wanted, on = self._looked.wanted, self._looked.page.on
        self.work.look(wanted, on=on, then=self._have_looked, failed=self._failed)

    def _have_looked(self, looked: Looked) -> None:
        if looked.further and self._looked:
            looked = replace(looked, page=records.together(self._looked.page, looked.page))
        self._looked = looked
        self._show_rows()
        self._choose_again()

    def _choose_again(self) -> None:
        """The same record as before when it is still there, else the first."""
        known = self._chosen
        self._choose(self._ids.index(known) if known in self._ids else 0)
        self._show()

    def _show_inside(self) -> None:
        stays, fragment = self.desk.inside.rows(limit=MOST_INSIDE), self.search.text().strip()
        found, now = record_text.inside_with(stays, fragment), self.work.now
        self._ids = tuple(stay.entry for stay in found)
        cells = [record_text.inside_cells(stay, fragment=fragment, now=now) for stay in found]
        over = sum(stay.overstayed for stay in stays)
        self.list.show_inside(cells, whole=self.desk.inside.count(), over=over)
        self._choose_again()

    def _toggle_inside(self) -> None:
        """Who is inside, at a station that pairs entries and exits; and back."""
        if self.inside or self.desk.settings.pairing:
            self.inside = not self.inside
            self.work.forget_search()
            self._look()

    def _show_rows(self) -> None:
        looked = self._looked
        if looked is None or self.inside:
            return
        self._ids = tuple(row.id for row in looked.page.rows)
        fragment, now, place = looked.wanted.fragment, self.work.now, self.list.place
        cells = [record_text.cells(row, fragment=fragment, now=now) for row in looked.page.rows]
        self.list.show_rows(cells, looked)
        if cells:
            self.list.select(min(place, len(cells) - 1))

    @Slot(int)
    def _pick(self, place: int) -> None:
        """By hand; while something is asked about a record, that one stays chosen."""
        if self.side.doing is Doing.LOOKING:
            self._choose(place)
        elif self._chosen in self._ids:
            self.list.select(self._ids.index(self._chosen))

    def _choose(self, place: int) -> None:
        if not self._ids:
            self._chosen = None
            self.side.detail.clear()
            return
        place = min(max(place, 0), len(self._ids) - 1)
        self.list.select(place)
        before, self._chosen = self._chosen, self._ids[place]
        if before != self._chosen:
            self.side.detail.masked = True
        self.work.read(self._chosen, then=self._have_read, failed=self._failed)

    def _have_read(self, told: HistoryRow | None) -> None:
        detail = self.side.detail
        if told is not None and self._chosen == told.now.id:
            detail.show_crossing(told, masked=detail.masked, now=self.work.now)

    def _main(self) -> None:
        """F1: look for people, else further back."""
        if self._people_wanted:
            self._look(people=True)
        elif self._looked and self._looked.page.on is not None:
            self._look(further=True)

    @property
    def _people_wanted(self) -> bool:
        """Whether the text may be part of a name or number and was not looked for as such."""
        text = self.search.text().strip()
        done = self._looked and self._looked.wanted.people and self._looked.wanted.fragment == text
        return bool(records.kinds_sought(text)) and not done and not self.inside

    @Slot()
    def _text_edited(self) -> None:
        self._typed.start()
        self._show()

    @Slot()
    def _entered(self) -> None:
        if self.side.doing is not Doing.LOOKING:
            return
        self._look(people=self._people_wanted or bool(self._looked and self._looked.wanted.people))

    def _toggle_filters(self) -> None:
        self.filters.more.setVisible(self.filters.more.isHidden())
        shown = not self.filters.more.isHidden()
        (self.filters.boxes["evidence"] if shown else self.search).setFocus()
        self._show()

    def _have_officers(self, names: Mapping[str, str]) -> None:
        self.officers = names
        self.filters.offer(lanes=[lane.number for lane in self.desk.settings.lanes], officers=names)

    def _have_desks(self, known: tuple[Whose, ...]) -> None:
        self.filters.offer_desks(known)
        self.list.table.show_desks(len(known) > 1)

    @Slot()
    def _export(self) -> None:
        self.side.export(self.rows, self.officers)

    @Slot()
    def _reread(self) -> None:
        """The chosen crossing as it now reads, in the table too; nothing is searched again."""
        if self._chosen is not None:
            self.work.read(self._chosen, then=self._have_reread, failed=self._failed)

    def _have_reread(self, told: HistoryRow | None) -> None:
        looked = self._looked
        if told is None or looked is None:
            return
        if self.inside:
            self._show_inside()
        rows = tuple(told.now if row.id == told.now.id else row for row in looked.page.rows)
        self._looked = replace(looked, page=replace(looked.page, rows=rows))
        self._show_rows()
        self._have_read(told)

    # what is seen

    def _failed(self, error: CheckpointError) -> None:
        self.list.say(messages.words_for(error).plain, Tone.BAD)

    @Slot(object)
    def _told(self, told: Told) -> None:
        self.list.say(told.text, told.tone)

    @Slot()
    def _turned(self) -> None:
        if self.side.doing is Doing.LOOKING:
            self.search.setFocus()
        self._show()

    def _show(self) -> None:
        """The words of the keys, as things stand."""
        looking = self.side.doing is Doing.LOOKING
        further = self._looked is not None and self._looked.page.on is not None and not self.inside
        if self._people_wanted:
            word, note = _("Look for people"), _("Looking for names or numbers is written down.")
        elif further:
            word, note = _("Search further back"), _("Older records were not looked through yet.")
        else:
            word, note = _("Search"), ""
        self.list.main.set_word(word, locked=not looking or not (self._people_wanted or further))
        self.list.say(note, Tone.QUIET, icon="info-circle" if note else "")
        hidden = self.filters.hidden
        more = _("More filters ({n})").format(n=hidden) if hidden else _("More filters")
        pairs = (("F8", _("All records") if self.inside else _("Who is inside")),)
        keys = (("↑", ""), ("↓", _("choose")), ("F7", more), *(pairs if self.desk.settings.pairing else ()))
        self.list.count.show_keys(keys)
        self.export_key.set_word(_("Export"), locked=not looking or not self.rows)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(MARGIN)
        top.addWidget(self.search, 5)
        top.addWidget(self.filters, 6)
        top.addWidget(self.export_key)
        below = QHBoxLayout()
        below.setSpacing(MARGIN)
        below.addWidget(self.list, LIST_SHARE)
        below.addWidget(self.side, SIDE_SHARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        column.addLayout(top)
        column.addWidget(self.filters.more)
        column.addLayout(below, 1)

    def _connect(self) -> None:
        self._typed.timeout.connect(self.look)
        self.search.textEdited.connect(self._text_edited)
        self.search.returnPressed.connect(self._entered)
        self.search.stepped.connect(lambda by: self._pick(self.list.place + by))
        self.filters.changed.connect(self.look)
        self.list.chosen.connect(self._pick)
        self.list.main.clicked.connect(self._main)
        self.export_key.clicked.connect(self._export)
        self.side.turned.connect(self._turned)
        self.side.corrected.connect(self._reread)
        self.side.told.connect(self._told)
