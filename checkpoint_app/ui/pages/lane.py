"""The lane page: one scan and one key for each vehicle."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.scanning.camera import Counted, counter
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.services.places import Place
from checkpoint_app.storage import queries
from checkpoint_app.storage.rows import CrossingRow, ShiftTotals
from checkpoint_app.storage.shift_totals import shift_totals
from checkpoint_app.ui import (
    hints,
    lane_keys,
    lane_mode,
    lane_shown,
    lane_text,
    outage_watch,
    shift_text,
    strip_text,
)
from checkpoint_app.ui.camera_column import SHORT, CameraColumn
from checkpoint_app.ui.camera_view import CameraView, Seen
from checkpoint_app.ui.counters import Counter, Counters, Note
from checkpoint_app.ui.dropped import Dropped
from checkpoint_app.ui.lane_commands import LaneCommands
from checkpoint_app.ui.lane_fields import LaneFields
from checkpoint_app.ui.lane_keys import LaneKeys
from checkpoint_app.ui.lane_mode import LaneMode, mode_of
from checkpoint_app.ui.lane_orders import LaneOrders
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.one_by_one import one_by_one
from checkpoint_app.ui.panel_text import Notice
from checkpoint_app.ui.people_row import PeopleRow
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.verdict_panel import VerdictPanel
from checkpoint_app.ui.watermark import mark

MARGIN = 12
LAST = 5
PICTURE_WIDE = 640


class WitnessedPanel(VerdictPanel):
    """Says when what it shows has really been painted."""

    painted = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()


class LanePage(QWidget):
    """Shows a `LaneWork`; keys come through `commands`."""

    def __init__(self, work: LaneWork, *, demo: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.work, self._demo = work, demo
        self.camera = CameraColumn()
        self.panel = WitnessedPanel()
        self.fields = LaneFields()
        self.people = PeopleRow()
        self.keys = LaneKeys()
        self.counters = Counters()
        self.totals: ShiftTotals | None = None
        self._rows: tuple[CrossingRow, ...] = ()
        self._counted: tuple[tuple[Counter, ...], Note] | None = None
        self.sheet_read: Callable[[bytes], bool] = lambda _payload: False
        self._reading = Rereading(work.tasks, then=self._have_read, failed=self._not_read)
        self._view: CameraView | None = None
        self._ended: list[CameraView] = []
        self.watched: Callable[[Seen], None] | None = None
        self.watched_wide = 0
        self._lay_out()
        self.commands = LaneCommands(work, self.fields, self.people, parent=self)
        self.dropped = Dropped(self, self.commands, tasks=work.tasks, say=work.say, whose=self._whose)
        self.orders = LaneOrders(work, parent=self)
        self.commands.elsewhere = lambda key: self.orders.control(key) or self.dropped.control(key)
        self._connect()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.second)
        self._second.start()
        self.retranslate()
        self.reload()
        work.tasks.run(self._read_places, then=self._have_places, failed=lambda _error: None)

    def _whose(self) -> str:
        return self.work.whose

    def _read_places(self) -> None:
        """The tables for from and to; the first lane also reads what was told lately at all of them."""
        desk = self.work.desk
        lanes = [lane.number for lane in desk.settings.lanes]
        desk.places.load(desk.ledger, lanes=lanes if self.work.number == lanes[0] else ())

    def _have_places(self, _read: None) -> None:
        self.fields.suggest_places(self._suggest)

    def _suggest(self, text: str) -> Sequence[Place]:
        desk = self.work.desk
        return desk.places.find(text, province=desk.settings.province)

    def start_camera(self, opens: OpenDevice, *, source: str | None = None) -> None:
        """Opens `source`, or the camera this lane is set to, in its own thread; "" is a lane without one."""
        self.end_camera()
        if source is None:
            source = self.work.desk.settings.lane(self.work.number).camera
        if not source:
            self.camera.no_camera()
            return
        self._view = CameraView(source, opens=opens, show=self.show_seen, wide=self.picture_wide, parent=self)
        self._view.start()

    @property
    def has_camera(self) -> bool:
        return self._view is not None

    def picture_wide(self) -> int:
        """How many pixels of the camera's picture are needed across; 0 while nobody sees any."""
        return PICTURE_WIDE if self.isVisible() else self.watched_wide

    def end_camera(self) -> None:
        """No picture more; the camera's threads end by themselves, so that nobody waits for a slow driver."""
        self._ended = [view for view in self._ended if not view.over]
        if self._view is not None:
            self._view.end()
            self._ended.append(self._view)
            self._view = None

    def give_up_cameras(self) -> list[CameraView]:
        """The same; whoever gets them keeps those that are not over yet."""
        self.end_camera()
        ended, self._ended = self._ended, []
        return ended

    def stop_camera(self) -> None:
        """The same, and waits for the threads of every camera this page had."""
        self.end_camera()
        while self._ended:
            self._ended.pop().stop()

    def close_down(self) -> None:
        """Everything that runs ends; the running tally goes on paper."""
        self._second.stop()
        self._reading.end()
        self.orders.close_down()
        self.commands.stop()
        self.stop_camera()
        self.work.close()

    def retranslate(self) -> None:
        """Every word in the language in use."""
        number = self.work.lane.state.number
        self.camera.retranslate(_("Lane {n} camera").format(n=number))
        self.fields.retranslate()
        self.keys.retranslate()
        self.work.retranslate()
        self._show_recent()
        self.refresh()

    def show_seen(self, seen: Seen) -> None:
        """What the camera saw; its codes belong to the vehicle that stands here."""
        try:
            one_by_one(deque(seen.codes), partial(self._read_code, seen.view.taken), owner=self)
        finally:
            self._show_picture(seen)

    def _read_code(self, taken: int, code: Counted) -> None:
        if not self.sheet_read(code.payload):
            self.commands.read(code.payload, colour=code.colour, by_hand=False)
        self.camera.judged(max(0, counter() - taken))

    def _show_picture(self, seen: Seen) -> None:
        if self._demo:
            mark(seen.picture, _("DEMO"))
        outage_watch.camera_seen(self.work, seen.view.sight)
        self.camera.show_seen(seen, hidden=self.commands.hidden)
        if self.watched is not None:
            self.watched(seen)

    @Slot()
    def second(self) -> None:
        self.work.second()
        outage_watch.second(self.work)
        self.camera.second()

    @Slot()
    def refresh(self) -> None:
        """Everything from the lane as it is; painting happens once, later."""
        work = self.work
        hidden, mode = self.commands.hidden, mode_of(work.lane.state.open)
        self.panel.show_text(lane_shown.panel(work, hidden=hidden))
        self.fields.show_crossing(work.lane.state.open)
        self._show_people(mode)
        self._show_recent()
        self.keys.set_mode(mode, vehicles=lane_mode.vehicles(work.lane.state.open))
        reported = lane_text.clock_time(work.reported)
        found = lane_keys.states(
            work.lane.verdict,
            mode=mode,
            behind=lane_mode.behind(work.lane.state.open),
            reported=reported,
            holding=self.commands.holding,
        )
        self.keys.show_states(found)
        self.camera.strips.show_strips((*strip_text.strips(work), *self.orders.strips()))
        self._show_counters()

    @Slot()
    def reload(self) -> None:
        """Reads counters and last crossings in another thread, once more when something came meanwhile.

        A page that nobody sees reads when it is shown.
        """
        if not self.isVisible():
            return
        self._reading.ask(self._read)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.commands.stop()

    def event(self, event: QEvent) -> bool:
        """Of a key that is held when another window comes the release is never told."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self.commands.stop()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no field wanted: the pages of a bus."""
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        by = turns.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.people.turn(by)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bus = mode_of(self.work.lane.state.open) is LaneMode.BUS
        self.camera.set_short(short=self.window().height() < SHORT, bus=bus)

    def _show_counters(self) -> None:
        usual = shift_text.counters(self.totals, self.work.lane.state.tally)
        shown = (lane_shown.counters(self.work, usual), shift_text.seen_only(self.totals))
        if shown != self._counted:
            self._counted = shown
            self.counters.show_counters(*shown)
        typing, pages = self.commands.typing, self.people.pages
        situation = lane_shown.situation(self.work, self.fields, typing=typing, pages=pages)
        self.counters.show_hints(hints.hints(situation))

    def _show_recent(self) -> None:
        rows = lane_shown.recent(self.work, hidden=self.commands.hidden)
        if rows is None:
            rows = shift_text.recent(self._rows)
        self.camera.recent.show_rows(rows, empty=_("The last crossings will stand here."))

    def _show_people(self, mode: LaneMode) -> None:
        work, hidden = self.work, self.commands.hidden
        self.people.set_bus(mode is LaneMode.BUS)
        self.camera.set_short(short=self.window().height() < SHORT, bus=mode is LaneMode.BUS)
        row = lane_shown.bus_row(work, hidden=hidden)
        if self.commands.pin.typing:
            self.people.show_pin()
        elif self.commands.line.typing:
            self.people.show_document()
        elif work.ask is not None:
            self.people.show_ask(work.ask)
        elif row is not None:
            self.people.show_bus(*row, more=_("[PgDn] {n} more"))
        elif mode is LaneMode.CONVOY:
            shown = lane_shown.convoy_cards(work, hidden=hidden)
            self.people.show_cards(shown, lane_shown.convoy(work.lane.state.open))
        else:
            self.people.show_cards(lane_shown.cards(work, hidden=hidden))

    def _read(self) -> tuple[tuple[CrossingRow, ...], ShiftTotals | None]:
        desk, lane = self.work.desk, self.work.lane.state.number
        with desk.ledger.reader() as reader:
            rows = queries.last_crossings(reader, lane, n=LAST)
            totals = shift_totals(reader, desk.by.shift) if desk.by.shift else None
        return rows, totals

    def _have_read(self, found: tuple[tuple[CrossingRow, ...], ShiftTotals | None]) -> None:
        self._rows, self.totals = found
        self._show_recent()
        self.refresh()

    def _not_read(self, _error: Exception) -> None:
        """Counters of a ledger that cannot be read stay as they were; what matters is said by the writer."""

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(MARGIN)
        top.addWidget(self.camera)
        top.addWidget(self.panel, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        column.addLayout(top, 1)
        for part in (self.fields, self.people, self.keys, self.counters):
            column.addWidget(part)

    def _connect(self) -> None:
        self.work.changed.connect(self.refresh)
        self.work.written.connect(self.reload)
        self.commands.changed.connect(self.refresh)
        self.orders.changed.connect(self.refresh)
        self.panel.painted.connect(self._painted)
        self.keys.pressed.connect(self.commands.press)
        self.keys.held.connect(partial(self.commands.escape, down=True))
        self.keys.let_go.connect(partial(self.commands.escape, down=False))

    @Slot()
    def _painted(self) -> None:
        saved = self.work.saved
        if saved is not None and self.panel.text.state is Notice.SAVED:
            self.work.was_painted(saved.seq)
