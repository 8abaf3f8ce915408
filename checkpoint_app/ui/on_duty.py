"""Everything that is there once the desk is open: lanes, pages, the top bar, the two-hand keys, its end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from checkpoint_app.config import Settings
from checkpoint_app.domain.chain import Report
from checkpoint_app.domain.errors import CheckpointError, Trouble
from checkpoint_app.i18n import _
from checkpoint_app.scanning.devices import open_device
from checkpoint_app.services import proof
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.rows import ShiftRow
from checkpoint_app.ui import duty_bar, duty_pages, messages, outage_watch
from checkpoint_app.ui.board_badge import OpenMatters
from checkpoint_app.ui.daily_report import DailyReport
from checkpoint_app.ui.duty_bar import Told
from checkpoint_app.ui.duty_pages import (
    EXCHANGE,
    LANE,
    NAMING,
    PAGES,
    PAPER,
    RECORDS,
    ROLLCALL,
    SETTINGS,
    SHIFT,
    SHIFT_PAGES,
    WALL,
    Around,
    DutyPages,
)
from checkpoint_app.ui.duty_settings import DutySettings
from checkpoint_app.ui.lane_scanners import LaneScanners
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.lanes import Lanes, page_name
from checkpoint_app.ui.main_window import ALT, MainWindow
from checkpoint_app.ui.outage_watch import Hearing
from checkpoint_app.ui.pages.lane import LanePage
from checkpoint_app.ui.plan import Plan, Play
from checkpoint_app.ui.shift_text import Proof
from checkpoint_app.ui.sounds import Sounds
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.window_drops import WindowDrops

__all__ = ["LANE", "SETTINGS", "SHIFT", "WALL", "OnDuty"]


class OnDuty(QObject):
    """`first_start_wanted`: the demonstration is over, this computer is to be set up."""

    first_start_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        shift: ShiftRow | None,
        *,
        play: Play | None,
        plan: Plan,
        window: MainWindow,
        tasks: Tasks,
        app: QApplication,
        sounds: Sounds | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.shift, self.play = desk, shift, play
        self._window, self._tasks = window, tasks
        self._proof = Proof()
        self._closing = False
        self._bar_seq = 0
        self.sounds = sounds or Sounds()
        self.sounds.set_volume(desk.settings.volume)
        self.settings = DutySettings(
            desk, keep=plan.makers.change_settings, tasks=tasks, app=app, parent=self
        )
        opens = play.opens() if play is not None else open_device
        self.lanes = Lanes(
            desk,
            tasks,
            window=window,
            sounds=self.sounds,
            opens=opens,
            demo=play is not None,
            parent=self,
        )
        self.scanners = LaneScanners(scanned=self.scanned, troubled=self._scanner_troubled, parent=self)
        self.scanners.take(desk.settings)
        self.matters = OpenMatters(desk, tasks, parent=self)
        self.daily = DailyReport(desk, tasks, parent=self)
        self.hearing = Hearing(desk, self.sounds, parent=self)
        self.pages = DutyPages(self._around(plan))
        self.drops = WindowDrops(window, self._dropped, parent=self)
        self._connect()
        window.keys.touched = self.lanes.idle.touch
        self.lanes.idle.shut = self._cover
        window.set_commands(self._commands())
        self._show_settings()
        self.show_page(self._first_page())
        tasks.run(duty_pages.load, then=lambda _loaded: None)
        self._prove()

    @property
    def work(self) -> LaneWork:
        """Of the selected lane."""
        return self.lanes.selected.work

    @property
    def lane(self) -> LanePage:
        """Of the selected lane."""
        return self.lanes.selected.page

    def close(self) -> None:
        """Ends the lanes and seals the ledger; harmless when repeated."""
        if self._closing:
            return
        self._closing = True
        self.scanners.stop()
        self.matters.close()
        self.daily.close()
        self.hearing.close()
        self.drops.close()
        self.pages.close()
        self._close_desk()

    def _close_desk(self) -> None:
        self.desk.close(painted=self.lanes.close())

    def leave(self) -> None:
        """Ends everything and takes its pages out of the window, which goes on."""
        names = (*(page_name(number) for number in self.lanes.numbers), *(each.name for each in PAGES))
        self.close()
        self._window.set_commands({})
        for name in names:
            self._window.drop_page(name)

    @Slot(str)
    def show_page(self, name: str) -> None:
        """A page of the table; LANE for the selected lane, and from there for the wall; SHIFT without an open
        shift for the roll-call.
        """
        if name == LANE:
            name = self._lane_or_wall()
        if name == SHIFT and not self.desk.by.shift:
            name = ROLLCALL
        if name in {each.name for each in PAGES}:
            self.pages.page(name)
        self._window.show_page(name)
        self.pages.shown(name)
        if name == self._selected_page():
            self.lane.fields.focus_home()
        self.refresh()

    @Slot(str)
    def _chosen(self, name: str) -> None:
        """Touched in the rail: a page, or at its foot whoever acts, to sign on."""
        if name == duty_bar.PERSON:
            self._sign_on()
        else:
            self.show_page(name)

    def show_at(self, name: str, about: str) -> None:
        """A page of the table, at the affair of that name."""
        self.show_page(name)
        self.pages.show_at(name, about)

    def show_lane(self, number: int) -> None:
        """That lane in front, and selected."""
        self.lanes.select(number)
        if self.lanes.selected.state.number == number:
            self.show_page(page_name(number))

    def scanned(self, lane: int, text: str) -> None:
        """What the scanner of that lane read."""
        self.lanes.scanned(lane, text)

    def _scanner_troubled(self, lane: int, trouble: Trouble | None) -> None:
        outage_watch.scanner_seen(self.desk, lane, trouble)
        shown = self.lanes.at(lane)
        if trouble is not None and shown is not None:
            shown.work.say(messages.words_for(trouble))

    @Slot()
    def refresh(self) -> None:
        """Rail and top bar."""
        page = self._window.current
        told = Told(
            self.desk,
            self.lanes,
            self.shift,
            self._proof,
            page,
            self.play is not None,
            matters=self.matters.count,
            daily=self.daily.tag,
        )
        front = SHIFT if page in SHIFT_PAGES else page
        front = front if front in {each.name for each in PAGES if each.icon} else LANE
        self._window.show_rail(duty_bar.rail_items(told), duty_bar.person(told), current=front)
        self._bar_seq = self.work.last_written[0] if self.work.last_written else 0
        self._window.bar.show_text(self.pages.bar_text(page, duty_bar.bar_text(told)))

    @Slot()
    def retranslate(self) -> None:
        self._window.setWindowTitle(_("Checkpoint"))
        self.lanes.retranslate()
        self.pages.retranslate()
        self.refresh()

    # settings

    @Slot(object)
    def change_settings(self, changed: Settings) -> None:
        """Refused as a whole when it would take a lane away from under a vehicle."""
        busy = self.lanes.busy(changed)
        if busy is not None:
            self._fault(busy)
            self._show_settings()
            return
        self.settings.change(changed)

    @Slot()
    def _show_settings(self) -> None:
        self.sounds.set_volume(self.settings.now.volume)
        self.pages.show_settings(self.settings.now, self._proof)

    @Slot()
    def _settings_kept(self) -> None:
        before = self._window.pile.currentWidget()
        self.lanes.take(self.desk.settings)
        self.scanners.take(self.desk.settings)
        if self._window.pile.currentWidget() is not before:
            self.show_page(self._selected_page())
        self.refresh()

    @Slot(object)
    def _fault(self, error: CheckpointError) -> None:
        self._window.show_fault(messages.words_for(error))

    # shift

    @Slot()
    def _shift_opened(self) -> None:
        self.show_page(self._first_page())
        self._shift_changed()

    @Slot()
    def _shift_changed(self) -> None:
        self._tasks.run(self.desk.duty.current, then=self._have_shift)

    def _have_shift(self, shift: ShiftRow | None) -> None:
        self.shift = shift
        self.lane.reload()
        self.refresh()

    # the whole ledger is checked beside the work

    def _prove(self) -> None:
        self._tasks.run_long(
            lambda: proof.prove(self.desk.ledger.reader, progress=self._proved_so_far),
            then=self._proved,
            failed=self._fault,
        )

    def _proved_so_far(self, done: int) -> bool:
        self._tasks.post(lambda: self._show_proof(Proof(done)))
        return not self._closing

    def _proved(self, report: Report) -> None:
        self._show_proof(Proof(report.entries, len(report.faults)))

    def _show_proof(self, found: Proof) -> None:
        self._proof = found
        self.pages.show_settings(self.settings.now, found)
        self.refresh()

    # pages, rail, bar, keys

    def _around(self, plan: Plan) -> Around:
        return Around(
            desk=self.desk,
            tasks=self._tasks,
            lanes=self.lanes,
            window=self._window,
            plan=plan,
            demo=self.play is not None,
            change_settings=self.change_settings,
            show_page=self.show_page,
            show_at=self.show_at,
            show_lane=self.show_lane,
            shift_opened=self._shift_opened,
            shift_changed=self._shift_changed,
            first_start=self.first_start_wanted.emit,
            settings_taken=lambda: self.settings.change(self.desk.settings),
            refresh=self.refresh,
        )

    def _connect(self) -> None:
        self._window.chosen.connect(self._chosen)
        self._window.bar.painted.connect(self._bar_painted)
        self.lanes.changed.connect(self.refresh)
        self.lanes.ended.connect(self._vehicle_left)
        self.lanes.sheet.connect(partial(self.show_at, PAPER))
        self.lanes.badge.connect(self._badge_read)
        self.lanes.card.connect(self._card_read)
        self.lanes.sheet_wanted = lambda: self._window.current in SHIFT_PAGES
        self.matters.changed.connect(self.refresh)
        self.daily.changed.connect(self.refresh)
        self.settings.worded.connect(self.retranslate)
        self.settings.changed.connect(self._show_settings)
        self.settings.kept.connect(self._settings_kept)
        self.settings.failed.connect(self._fault)

    def _first_page(self) -> str:
        return SHIFT if not self.desk.by.shift else self._selected_page()

    def _selected_page(self) -> str:
        return page_name(self.lanes.selected.state.number)

    def _lane_or_wall(self) -> str:
        selected = self._selected_page()
        several = len(self.lanes.numbers) > 1
        return WALL if several and self._window.current == selected else selected

    @Slot(int)
    def _vehicle_left(self, lane: int) -> None:
        if self.play is not None:
            self.play.goes_on(lane)
        if self._window.page(self._window.current) is None:  # the lane went with its last vehicle
            self.show_page(self._selected_page())

    @Slot()
    def _bar_painted(self) -> None:
        self.lanes.was_painted(self._bar_seq)

    @Slot(str)
    def _badge_read(self, text: str) -> None:
        """A badge before a page that is no lane: for that page's own use, else to sign on."""
        try:
            number = self.desk.officers.of_badge(text).number
        except CheckpointError as error:
            self._fault(error)
            return
        if not self.pages.badge(self._window.current, number):
            self._sign_on(number)

    @Slot(str)
    def _card_read(self, text: str) -> None:
        """Another desk's card: for the page in front where it wants one, else it is said where to go."""
        if not self.pages.card(self._window.current, text):
            self._window.show_fault(messages.filled(messages.CARD_ELSEWHERE))

    def _dropped(self, paths: list[Path]) -> None:
        self.show_page(EXCHANGE)
        self.pages.take_files(EXCHANGE, paths)

    def _cover(self) -> None:
        """Nobody was here for long: a page that shows names in full gives way to the lane."""
        if self._window.current in NAMING:
            self.show_page(self._selected_page())

    def _sign_on(self, number: str = "") -> None:
        """Somebody signs on for the desk from another page, and is back there then."""
        page = self._window.current
        if page != self._selected_page() and not self.desk.officers.protected:
            self._window.show_fault(messages.filled(messages.NO_PINS))
            return
        self.show_page(self._selected_page())
        self.lane.commands.pin.sign_on(number, whole_desk=True, then=lambda: self.show_page(page))

    def _commands(self) -> dict[int, Callable[[], object]]:
        key = Qt.Key
        lanes: dict[int, Callable[[], object]] = {
            int(key.Key_0) + number + ALT: partial(self.show_lane, number) for number in range(1, 10)
        }
        pages: dict[int, Callable[[], object]] = {
            int(each.key): partial(self.show_page, each.name) for each in PAGES if each.key is not None
        }
        return {
            **lanes,
            **pages,
            int(key.Key_1): lambda: self.show_page(LANE),
            int(key.Key_F): lambda: self.show_page(RECORDS),
            int(key.Key_J): self._sign_on,
            int(key.Key_T): self.settings.next_theme,
            int(key.Key_L): self.settings.next_language,
            int(key.Key_Equal): lambda: self.settings.scale(1),
            int(key.Key_Plus): lambda: self.settings.scale(1),
            int(key.Key_Minus): lambda: self.settings.scale(-1),
        }
