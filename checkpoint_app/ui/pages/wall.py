"""The wall: every lane at a glance for whoever leads the shift. Nothing on it is a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.forecast import Forecast, NotYet
from checkpoint_app.scanning.health import Sight
from checkpoint_app.services import lead, traffic
from checkpoint_app.services.desk import Desk, local_offset
from checkpoint_app.services.traffic import LaneFigures
from checkpoint_app.ui import wall_text
from checkpoint_app.ui.camera_view import Seen
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.wall_banner import WallBanner
from checkpoint_app.ui.wall_camera import camera_sight
from checkpoint_app.ui.wall_card import WallCard
from checkpoint_app.ui.wall_foot import WallFoot
from checkpoint_app.ui.wall_keys import WallActs, WallKeys
from checkpoint_app.ui.wall_lanes import WallLanes

MARGIN = 12
READ_EVERY_MS = 5_000
WITHOUT_SHIFT_MS = 12 * 3_600_000


@dataclass(frozen=True, slots=True)
class Figures:
    """What the ledger says: each lane, the queue in half an hour, and who was sent where when."""

    lanes: tuple[LaneFigures, ...]
    forecast: Forecast | NotYet | None
    sent: Mapping[str, int] = field(default_factory=dict)


class WallPage(QWidget):
    """Its numbers are read in another thread every few seconds while somebody looks.

    `failed(error)` when an entry of the lead could not be written.
    """

    failed = Signal(object)
    picture_wide = 312

    def __init__(
        self,
        desk: Desk,
        lanes: WallLanes,
        *,
        tasks: Tasks,
        show_lane: Callable[[int], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._desk, self._lanes, self._tasks, self._show_lane = desk, lanes, tasks, show_lane
        self.banner, self.foot = WallBanner(), WallFoot()
        self.cards: dict[int, WallCard] = {}
        self._grid = QGridLayout()
        self._found: Figures | None = None
        self._sights: dict[int, tuple[Sight, int]] = {}
        self._sent: dict[str, int] = {}
        self._queue: int | None = None
        self.reading = Rereading(tasks, then=self.show_figures, failed=self._not_read)
        self._second = self._timer(1_000, self.refresh)
        self._again = self._timer(READ_EVERY_MS, self.reload)
        self.commands = WallKeys(self._acts())
        self._lay_out()
        self.banner.go.connect(self.to_stop)
        self.banner.send.connect(self.send)

    def shown(self) -> None:
        self.refresh()
        self.reload()

    def retranslate(self) -> None:
        self.refresh()

    def show_seen(self, number: int, seen: Seen) -> None:
        """A lane's newest picture."""
        card = self.cards.get(number)
        if card is None:
            return
        self._sights[number] = (seen.view.sight, seen.view.since)
        self._show_sight(number, card)
        if not seen.picture.isNull():
            card.show_picture(seen.picture, seen.view.outlines)

    @Slot()
    def refresh(self) -> None:
        """Every lane as it is; what did not change is not painted."""
        if tuple(self.cards) != self._lanes.numbers:
            self._make_cards()
        figures = {each.lane: each for each in self._figures() or ()}
        selected = self._lanes.selected
        for shown in self._lanes.all:
            number = shown.state.number
            text = wall_text.card(shown.work, figures.get(number), read=self._found is not None)
            self.cards[number].show_text(text, selected=shown is selected)
            self._show_sight(number, self.cards[number])
        self._show_banner()
        self._show_foot()

    def show_figures(self, found: Figures) -> None:
        self._found = found
        self._sent = {**found.sent, **self._sent}
        self.refresh()

    @Slot()
    def reload(self) -> None:
        """Reads figures and forecast anew."""
        if self.isVisible():
            working, queue = max(1, self._working()), self._queue or 0
            stopped = min((stop.since for _lane, stop in self._lanes.stops()), default=None)
            self.reading.ask(lambda: self._bring(working, queue, stopped=stopped))

    @Slot()
    def to_stop(self) -> None:
        """The lane whose stop stands in the banner."""
        if self.banner.text is not None:
            self._show_lane(self.banner.text.lane)

    @Slot()
    def send(self) -> None:
        """Somebody is on the way to the stop in the banner: an entry, once."""
        text = self.banner.text
        shown = self._lanes.at(text.lane) if text else None
        if text is None or text.sent or shown is None:
            return
        crossing = self._banner_crossing(text.lane)
        now = self._desk.ledger.now()
        self._sent[crossing] = now
        try:
            future = lead.somebody_sent(self._desk, shown.state, crossing)
        except CheckpointError as error:
            self._not_sent(crossing, error)
            return
        self._tasks.watch(
            future, then=lambda _written: None, failed=lambda error: self._not_sent(crossing, error)
        )
        self._show_banner()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second.start()
        self._again.start()
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()
        self._again.stop()

    def close_down(self) -> None:
        self.reading.end()
        self._second.stop()
        self._again.stop()

    def _acts(self) -> WallActs:
        lanes = self._lanes
        return WallActs(
            scanned=lanes.scanned_here,
            lane=self._show_lane,
            to_stop=self.to_stop,
            sent=self.send,
            hush=lanes.hush,
            queue=self._told_queue,
            typing=self.foot.show_typed,
        )

    @Slot()
    def lanes_changed(self) -> None:
        """Something shows differently at a lane."""
        if self.isVisible():
            self.refresh()

    def _told_queue(self, waiting: int) -> None:
        self._queue = waiting
        self._show_foot()
        self.reload()

    def _show_sight(self, number: int, card: WallCard) -> None:
        shown = self._lanes.at(number)
        if shown is None:
            return
        none = (Sight.OPENING, 0) if shown.setting.camera else (None, 0)
        sight, since = self._sights.get(number, none) if shown.has_camera else (None, 0)
        card.show_sight(camera_sight(sight, since=since, hidden=shown.hidden))

    def _banner_crossing(self, lane: int) -> str:
        stops = [stop for number, stop in self._lanes.stops() if number == lane]
        return min(stops, key=lambda stop: (stop.crossing in self._sent, stop.since)).crossing

    def _show_banner(self) -> None:
        now = self._desk.ledger.now()
        self.banner.show_text(wall_text.banner(self._lanes.stops(), sent=self._sent, now=now))

    def _show_foot(self) -> None:
        figures = self._figures()
        forecast = self._found.forecast if self._found else None
        totals = wall_text.totals(figures, working=self._working(), lanes=len(self.cards))
        self.foot.show_totals(
            totals, queue=wall_text.queue(self._queue, forecast), slow=wall_text.slowest(figures or ())
        )

    def _figures(self) -> tuple[LaneFigures, ...] | None:
        """What the ledger says of every lane of the window and what is not on paper yet; None: not read."""
        if self._found is None:
            return None
        read = {each.lane: each for each in self._found.lanes}
        states = [shown.state for shown in self._lanes.all]
        return tuple(
            wall_text.with_running(read.get(state.number, LaneFigures(state.number)), state)
            for state in states
        )

    def _working(self) -> int:
        """Lanes with a vehicle in front of them or in the last hour."""
        busy = {each.lane for each in self._found.lanes if each.last_hour} if self._found else set()
        busy |= {each.state.number for each in self._lanes.all if each.state.open}
        return len(busy & set(self._lanes.numbers))

    def _bring(self, working: int, queue: int, *, stopped: int | None) -> Figures:
        """In another thread."""
        now, desk = self._desk.ledger.now(), self._desk.ledger.head().desk
        zone, shift = local_offset(now), self._desk.duty.current()
        since = shift.opened if shift else now - WITHOUT_SHIFT_MS
        with self._desk.ledger.reader() as reader:
            lanes = traffic.lane_figures(reader, desk=desk, since=since, now=now, zone=zone)
            forecast = traffic.forecast(reader, desk=desk, now=now, zone=zone, lanes=working, queue=queue)
            sent = lead.sent_since(reader, desk=desk, since=stopped) if stopped is not None else {}
        return Figures(lanes, forecast, sent)

    def _not_read(self, _error: CheckpointError) -> None:
        """The numbers stay as they were; the lanes say what is the matter with the ledger."""

    def _not_sent(self, crossing: str, error: CheckpointError) -> None:
        self._sent.pop(crossing, None)
        self._show_banner()
        self.failed.emit(error)

    def _make_cards(self) -> None:
        """One card a lane, two in a row."""
        for card in self.cards.values():
            self._grid.removeWidget(card)
            card.deleteLater()
        self.cards = {}
        for place, number in enumerate(self._lanes.numbers):
            card = self.cards[number] = WallCard(number)
            card.chosen.connect(self._show_lane)
            self._grid.addWidget(card, place // 2, place % 2)

    def _lay_out(self) -> None:
        self._grid.setSpacing(MARGIN)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        column.addWidget(self.banner)
        column.addLayout(self._grid, 1)
        column.addStretch(0)
        column.addWidget(self.foot)

    def _timer(self, every: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.timeout.connect(act)
        return timer
