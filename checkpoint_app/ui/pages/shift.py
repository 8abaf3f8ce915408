"""The lead's board: the running shift at a glance, and the ways to everything a lead does in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.i18n import _
from checkpoint_app.scanning.health import Sight
from checkpoint_app.services.board import Board, BoardReading
from checkpoint_app.services.desk import Desk, local_offset
from checkpoint_app.services.duty import NoShift
from checkpoint_app.services.traffic import LaneFigures
from checkpoint_app.ui import board_rows, board_text, messages, said, shift_text, wall_text
from checkpoint_app.ui.board_keys import BoardActs, BoardFoot
from checkpoint_app.ui.board_lanes import LaneTable
from checkpoint_app.ui.board_open import OpenList
from checkpoint_app.ui.board_rows import OpenLine
from checkpoint_app.ui.board_side import ForecastCard, SetsCard
from checkpoint_app.ui.camera_view import Seen
from checkpoint_app.ui.chart_card import ChartCard
from checkpoint_app.ui.form_parts import ENTER
from checkpoint_app.ui.record_keys import STEPS, RecordKeys
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone
from checkpoint_app.ui.top_bar import BarText, Freshness, Light
from checkpoint_app.ui.wall_lanes import WallLane, WallLanes

MARGIN = 12
READ_EVERY_MS = 5_000
ROSTER_EVERY_MS = 60_000
LEFT, RIGHT = 908, 346
HOURS, SECONDS = 576, 320
SHARE = 104
KEYS = 9


@dataclass(frozen=True, slots=True)
class Found:
    """What was read; `names` of officers by number, `handing_over` while an earlier shift is not closed."""

    board: Board
    names: Mapping[str, str] = field(default_factory=dict)
    handing_over: bool = False


class ShiftPage(QWidget):
    """Its numbers are read in another thread every few seconds while somebody looks; what the lanes show and
    what is late follows every second, from what is at hand.
    """

    read = Signal()
    picture_wide = 16  # the pictures themselves are not shown, only whether there are any

    def __init__(
        self,
        desk: Desk,
        lanes: WallLanes,
        *,
        tasks: Tasks,
        acts: BoardActs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._lanes, self._acts = desk, lanes, acts
        self.lanes, self.open = LaneTable(), OpenList()
        self.hours, self.seconds, self.share = ChartCard(), ChartCard(), ChartCard(height=SHARE)
        self.forecast, self.sets, self.foot = ForecastCard(), SetsCard(), BoardFoot()
        self._found: Found | None = None
        self._sights: dict[int, Sight] = {}
        self._reader = BoardReading(desk.ledger.head().desk)
        self._ends, self._ends_read = 0, 0
        self.tabled = False
        self.reading = Rereading(tasks, then=self.show_found, failed=self._not_read)
        self._second = self._timer(1_000, self._tick)
        self._again = self._timer(READ_EVERY_MS, self.reload)
        self.commands = RecordKeys(scanned=acts.scanned, command=acts.command, act=self.act, leave=self.leave)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def found(self) -> Found | None:
        return self._found

    def shown(self) -> None:
        """The page has come to the front."""
        self.setFocus()
        self.refresh()
        self.reload()

    def retranslate(self) -> None:
        self._show_figures()
        self.refresh()

    def show_seen(self, number: int, seen: Seen) -> None:
        """A lane's newest picture: only whether there is one counts here."""
        if self._sights.get(number) is not seen.view.sight:
            self._sights[number] = seen.view.sight
            self.refresh()

    def show_found(self, found: Found) -> None:
        self._found = found
        self._show_figures()
        self.refresh()
        self._acts.refresh()
        self.read.emit()

    @Slot()
    def reload(self) -> None:
        """Reads the shift anew."""
        if self.isVisible():
            working = max(1, len(self._working()))
            self.reading.ask(lambda: self._bring(working))

    @Slot()
    def refresh(self) -> None:
        """What the lanes show now and what is late; nothing is read."""
        figures = self._figures()
        board = self._found.board if self._found else None
        stops = self._lanes.stops()
        self.lanes.show_rows(
            [
                board_rows.lane_row(
                    lane.work,
                    figures.get(lane.state.number),
                    held=board.held.get(lane.state.number, 0) if board else 0,
                    officer=self._officer(lane.state.number),
                    sight=self._sight(lane),
                    stops=[stop for number, stop in stops if number == lane.state.number],
                    read=board is not None,
                )
                for lane in self._lanes.all
            ]
            + list(board_rows.other_rows(board.others) if board else ())
        )
        if self._found is not None:
            shift, now = self._found.board.shift, self._desk.ledger.now()
            lines = board_rows.open_lines(
                self._found.board, names=self._found.names, on_duty=frozenset(shift.officers), now=now
            )
            self.open.show_lines(lines)
        self.foot.show(handing_over=bool(self._found and self._found.handing_over), tabled=self.tabled)

    @Slot()
    def lanes_changed(self) -> None:
        """Something shows differently at a lane."""
        if self.isVisible():
            self.refresh()

    def bar_text(self, text: BarText) -> BarText:
        """What the top bar says while the board is in front."""
        now, found = self._desk.ledger.now(), self._found
        text = replace(text, tags=tuple(tag for tag in text.tags if not tag.stop))  # the table shows them
        time = Light("", said.time_of_day(now), self._clock, strong=True)
        if found is None:
            return replace(text, title=_("Lead's board"), lights=(time,))
        shift, ends = found.board.shift, found.board.ends
        times = f"{board_text.clock(shift.opened, shift.zone)}–" + (
            board_text.clock(ends, shift.zone) if ends else ""
        )
        lead = mask_name(shift.officers.get(shift.lead, shift.lead))
        return replace(
            text,
            title=_("Lead's board"),
            shift=said.joined(f"{shift.group} {times}", _("lead {name}").format(name=lead)),
            lights=(time,),
            passed=board_text.passed(shift.opened, ends, now=now),
        )

    # keys

    def act(self, number: int) -> bool:
        """An F-key by its number; False when this page has none such."""
        handing_over = bool(self._found and self._found.handing_over)
        acts: dict[int, Callable[[], None]] = {
            1: lambda: self._acts.hand_over(handing_over),
            2: self._acts.log,
            3: self._acts.stores,
            4: self._acts.people,
            5: self._acts.reports,
            6: self.turn_over,
        }
        if number in acts:
            acts[number]()
        return 1 <= number <= KEYS

    def leave(self) -> bool:
        self._acts.leave()
        return True

    @Slot()
    def turn_over(self) -> None:
        """Pictures as tables of numbers, and back."""
        self.tabled = not self.tabled
        for chart in self._charts:
            chart.show_table(self.tabled)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        function = key - Qt.Key.Key_F1 + 1 if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12 else 0
        if key in STEPS:
            self.open.step(STEPS[key])
        elif event.isAutoRepeat() or (function and self.act(function)):
            return
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in ENTER:
            self._go_to(self.open.chosen)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

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

    # reading, in another thread

    def _bring(self, working: int) -> Found:
        desk = self._desk
        now, shift = desk.ledger.now(), desk.duty.current()
        if shift is None:
            raise NoShift
        zone, others = local_offset(now), tuple(peer.desk for peer in desk.neighbours.desks())
        with desk.ledger.reader() as reader:
            board = self._reader.read(reader, shift, now=now, zone=zone, working=working, others=others)
        return Found(
            replace(board, ends=self._planned_end(now, zone)),
            names=self._names(board),
            handing_over=desk.duty.closing() is not None,
        )

    def _planned_end(self, now: int, zone: int) -> int:
        """From the roster, asked once a minute: it changes by hand."""
        if not self._ends_read or not 0 <= now - self._ends_read < ROSTER_EVERY_MS:
            turn = self._desk.roster.due(now, zone).current
            self._ends, self._ends_read = turn.ends if turn else 0, now
        return self._ends

    def _names(self, board: Board) -> Mapping[str, str]:
        """Of everybody who serves at the station, and of the shift's own roll."""
        serving = {each.number: each.name for each in self._desk.officers.everybody()}
        return {**serving, **board.shift.officers}

    # what is seen

    def _tick(self) -> None:
        self.refresh()
        self._acts.refresh()

    @property
    def _charts(self) -> tuple[ChartCard, ...]:
        return self.hours, self.seconds, self.share

    @property
    def _clock(self) -> Freshness:
        return Freshness.FRESH if self._desk.ledger.clock.value == "sure" else Freshness.OLD

    def _show_figures(self) -> None:
        board, numbers = self._found.board if self._found else None, self._lanes.numbers
        figures = tuple(self._figures().values())
        working = self._working()
        self.hours.show_text(board_text.hours_chart(board, numbers))
        self.seconds.show_text(board_text.seconds_chart(figures))
        self.share.show_text(board_text.evidence_chart(board))
        free = tuple(number for number in numbers if number not in working)
        self.forecast.show_text(
            board_text.forecast_text(board, working=len(working), free=free, figures=figures)
        )
        now, sure = self._desk.ledger.now(), self._clock is Freshness.FRESH
        rules = shift_text.rule_set(self._desk.rules, now=now, sure=sure)
        self.sets.show_sets(board_text.sets(board, rules))

    def _figures(self) -> dict[int, LaneFigures]:
        """Of every lane of the window, with what is counted and not on paper yet."""
        read = {each.lane: each for each in self._found.board.lanes} if self._found else {}
        return {
            lane.state.number: wall_text.with_running(
                read.get(lane.state.number, LaneFigures(lane.state.number)), lane.state
            )
            for lane in self._lanes.all
        }

    def _working(self) -> set[int]:
        """Lanes with a vehicle in front of them or in the last hour."""
        busy = {each.lane for each in self._found.board.lanes if each.last_hour} if self._found else set()
        busy |= {lane.state.number for lane in self._lanes.all if lane.state.open}
        return busy & set(self._lanes.numbers)

    def _officer(self, lane: int) -> str:
        number = self._desk.by_at(lane).officer
        return self._found.names.get(number, number) if self._found else ""

    def _sight(self, lane: WallLane) -> Sight | None:
        return self._sights.get(lane.state.number) if lane.has_camera else None

    def _not_read(self, error: CheckpointError) -> None:
        """The numbers stay as they were."""
        self.foot.say(messages.words_for(error).plain, Tone.BAD)

    @Slot(object)
    def _go_to(self, line: OpenLine | None) -> None:
        if line is not None:
            self._acts.matter(line.id)

    def _connect(self) -> None:
        self.lanes.chosen.connect(self._acts.lane)
        self.open.wanted.connect(self._go_to)
        for number, cap in enumerate(("F1", "F2", "F3", "F4", "F5", "F6"), start=1):
            self.foot.keys[cap].clicked.connect(lambda _on=False, number=number: self.act(number))
        self.foot.keys["Esc"].clicked.connect(self.leave)

    def _lay_out(self) -> None:
        charts = QHBoxLayout()
        charts.setSpacing(MARGIN)
        charts.addWidget(self.hours, HOURS)
        charts.addWidget(self.seconds, SECONDS)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.lanes)
        left.addLayout(charts, 1)
        left.addWidget(self.share)
        right.addWidget(self.forecast)
        right.addWidget(self.open, 1)
        right.addWidget(self.sets)
        across = QHBoxLayout()
        across.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        for part, width in ((left, LEFT), (right, RIGHT)):
            part.setSpacing(MARGIN)
            across.addLayout(part, width)
        across.setSpacing(MARGIN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(across, 1)
        column.addWidget(self.foot.bar())

    def _timer(self, every: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.timeout.connect(act)
        return timer
