"""The lane page: one scan and one key for each vehicle."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app import i18n
from checkpoint_app.i18n import _
from checkpoint_app.scanning.camera import counter
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.storage import queries
from checkpoint_app.storage.rows import CrossingRow, ShiftTotals
from checkpoint_app.ui import lane_keys, lane_text, messages, people_text, shift_text, strip_text
from checkpoint_app.ui.camera_column import SHORT, CameraColumn
from checkpoint_app.ui.camera_view import CameraView, Seen
from checkpoint_app.ui.counters import Counter, Counters, Note
from checkpoint_app.ui.lane_commands import LaneCommands
from checkpoint_app.ui.lane_fields import LaneFields
from checkpoint_app.ui.lane_keys import LaneKeys
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.panel_text import Notice, PanelText
from checkpoint_app.ui.people_row import PeopleRow
from checkpoint_app.ui.person_card import CardKind, CardText
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
        self._reading = self._read_again = False
        self._view: CameraView | None = None
        self.watched: Callable[[Seen], None] | None = None
        self.watched_wide = 0
        self._lay_out()
        self.commands = LaneCommands(work, self.fields, self.people, parent=self)
        self._connect()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.second)
        self._second.start()
        self.retranslate()
        self.reload()

    def start_camera(self, opens: OpenDevice, *, source: str | None = None) -> None:
        """Opens `source`, or the camera this lane is set to, in its own thread; "" is a lane without one."""
        self.stop_camera()
        if source is None:
            source = self.work.desk.settings.lane(self.work.number).camera
        if not source:
            self.camera.no_camera()
            return
        self._view = CameraView(source, opens=opens, show=self.show_seen, wide=self.picture_wide, parent=self)
        self._view.start()

    def picture_wide(self) -> int:
        """How many pixels of the camera's picture are needed across; 0 while nobody sees any."""
        return PICTURE_WIDE if self.isVisible() else self.watched_wide

    def stop_camera(self) -> None:
        if self._view is not None:
            self._view.stop()
            self._view = None

    def close_down(self) -> None:
        """Everything that runs ends; the running tally goes on paper."""
        self._second.stop()
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
        for code in seen.codes:
            self.commands.read(code.payload)
            self.camera.judged(max(0, counter() - seen.view.taken))
        if self._demo:
            mark(seen.picture, _("DEMO"))
        self.camera.show_seen(seen, hidden=self.commands.hidden)
        if self.watched is not None:
            self.watched(seen)

    @Slot()
    def second(self) -> None:
        self.work.second()
        self.camera.second()

    @Slot()
    def refresh(self) -> None:
        """Everything from the lane as it is; painting happens once, later."""
        work = self.work
        self.panel.show_text(self._panel_text())
        self.fields.show_crossing(work.lane.state.open)
        self._show_people()
        reported = lane_text.clock_time(work.reported)
        found = lane_keys.states(work.lane.verdict, reported=reported, holding=self.commands.holding)
        self.keys.show_states(found)
        self.camera.strips.show_strips(strip_text.strips(work))
        self._show_counters()

    @Slot()
    def reload(self) -> None:
        """Reads counters and last crossings in another thread, once more when something came meanwhile.

        A page that nobody sees reads when it is shown.
        """
        if not self.isVisible():
            return
        if self._reading:
            self._read_again = True
            return
        self._reading = True
        self.work.tasks.run(self._read, then=self._have_read, failed=self._not_read)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.camera.set_short(short=self.window().height() < SHORT)

    def _panel_text(self) -> PanelText:
        work = self.work
        if work.failure is not None and work.failure_shown:
            return lane_text.words_panel(messages.words_for(work.failure), Notice.ALARM)
        if work.lane.verdict is not None:
            return lane_text.verdict_panel(work.lane.verdict, stopped_for=work.stopped_for())
        if work.saved is not None:
            return lane_text.saved_panel(work.saved)
        if work.saving is not None:
            return lane_text.saving_panel(work.saving.outcome, queued=work.desk.ledger.waiting)
        return lane_text.waiting_panel(work.last)

    def _show_counters(self) -> None:
        shown = (
            shift_text.counters(self.totals, self.work.lane.state.tally),
            shift_text.seen_only(self.totals),
        )
        if shown != self._counted:
            self._counted = shown
            self.counters.show_counters(*shown)

    def _show_recent(self) -> None:
        rows = shift_text.recent(self._rows)
        self.camera.recent.show_rows(rows, empty=_("The last crossings will stand here."))

    def _show_people(self) -> None:
        work = self.work
        if self.commands.line.typing:
            self.people.show_document()
        elif work.ask is not None:
            self.people.show_ask(work.ask)
        else:
            self.people.show_cards(self._cards())

    def _cards(self) -> tuple[CardText, ...]:
        work = self.work
        state, verdict = work.lane.state, work.lane.verdict
        shown = people_text.cards(
            state.open,
            verdict,
            lacking=work.lacking(),
            current=state.person,
            masked=work.masked,
            hidden=self.commands.hidden,
        )
        if work.remark is not None:
            return _with(shown, people_text.remark_card(work.remark))
        phrase = verdict.facts.get(f"phrase_{i18n.language()[:2]}", "") if verdict else ""
        if work.phrase_wanted or work.stops:
            return _with(shown, people_text.phrase_card(phrase or people_text.usual_phrase()))
        if state.open is None and state.parked:
            parked = [
                people_text.parked_card(place, crossing, now=work.now)
                for place, crossing in enumerate(state.parked[:3], 1)
            ]
            return (*parked, *shown)
        return shown

    def _read(self) -> tuple[tuple[CrossingRow, ...], ShiftTotals | None]:
        desk, lane = self.work.desk, self.work.lane.state.number
        with desk.ledger.reader() as reader:
            rows = queries.last_crossings(reader, lane, n=LAST)
            totals = queries.shift_totals(reader, desk.by.shift) if desk.by.shift else None
        return rows, totals

    def _have_read(self, found: tuple[tuple[CrossingRow, ...], ShiftTotals | None]) -> None:
        self._rows, self.totals = found
        self._show_recent()
        self._read_on()
        self.refresh()

    def _not_read(self, _error: Exception) -> None:
        """Counters of a ledger that cannot be read stay as they were; what matters is said by the writer."""
        self._read_on()

    def _read_on(self) -> None:
        self._reading = False
        if self._read_again:
            self._read_again = False
            self.reload()

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
        self.panel.painted.connect(self._painted)
        self.keys.pressed.connect(self.commands.press)
        self.keys.held.connect(partial(self.commands.escape, down=True))
        self.keys.let_go.connect(partial(self.commands.escape, down=False))

    @Slot()
    def _painted(self) -> None:
        saved = self.work.saved
        if saved is not None and self.panel.text.state is Notice.SAVED:
            self.work.was_painted(saved.seq)


def _with(cards: tuple[CardText, ...], extra: CardText) -> tuple[CardText, ...]:
    """The cards with one more in the place that is free."""
    kept = [card for card in cards if card.kind is not CardKind.ADD]
    return (*kept[:3], extra)
