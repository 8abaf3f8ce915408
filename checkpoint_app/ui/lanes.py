"""The lanes of this window, up to four, none at headquarters: its work, page and camera; one selected."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.domain import paper_proof
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.lane import LaneState, Stopped
from checkpoint_app.domain.peers import CARD, PeerRole, is_card
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import Lane, LaneBusy
from checkpoint_app.services.officers import BADGE
from checkpoint_app.ui import messages
from checkpoint_app.ui.camera_view import CameraView, Seen
from checkpoint_app.ui.idle import Idle
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.main_window import MainWindow
from checkpoint_app.ui.pages.lane import LanePage
from checkpoint_app.ui.sounds import Sounds
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.voices import Voices

Watch = Callable[[int, Seen], None]


@dataclass(frozen=True, slots=True, eq=False)
class LaneShown:
    """One lane of the window."""

    setting: LaneSetting
    work: LaneWork
    page: LanePage

    @property
    def state(self) -> LaneState:
        return self.work.lane.state

    @property
    def has_camera(self) -> bool:
        return self.page.has_camera

    @property
    def hidden(self) -> bool:
        """Whether names are covered at this lane, and the picture that shows them."""
        return self.page.commands.hidden

    @property
    def idle(self) -> bool:
        """Whether nothing would be lost with it."""
        return not self.state.open and not self.state.parked and self.work.saving is None


class Lanes(QObject):
    """`changed` when anything shows differently, `ended(lane)` after an outcome was saved, `sheet(text)`
    when the code of a printed sheet was scanned where no lane was in front, `badge(text)` an officer's;
    `card(text)` another desk's, whatever read it.
    """

    changed = Signal()
    ended = Signal(int)
    sheet = Signal(str)
    badge = Signal(str)
    card = Signal(str)

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        *,
        window: MainWindow,
        sounds: Sounds,
        opens: OpenDevice,
        demo: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.sounds = desk, sounds
        self._tasks, self._window, self._opens, self._demo = tasks, window, opens, demo
        self._voices = Voices(sounds, parent=self)
        self._shown: dict[int, LaneShown] = {}
        self.sheet_wanted: Callable[[], bool] = lambda: False
        self._watch: Watch | None = None
        self._leaving: list[CameraView] = []
        self._wide = self.seen = 0
        self.idle = Idle(desk)
        self._selected = desk.settings.lanes[0].number
        for setting in declared(desk.settings):
            self._add(setting)

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(sorted(self._shown))

    @property
    def all(self) -> tuple[LaneShown, ...]:
        """In the order of their numbers."""
        return tuple(self._shown[number] for number in self.numbers)

    @property
    def selected(self) -> LaneShown:
        """The one that keys and scans without a lane of their own belong to."""
        return self._shown[self._selected]

    @property
    def parked(self) -> int:
        return sum(len(each.state.parked) for each in self.all)

    @property
    def waiting(self) -> int:
        """Vehicles without an outcome."""
        return self.parked + sum(each.state.open is not None for each in self.all)

    @property
    def answered(self) -> bool:
        """Whether nothing of an earlier run waits for a word at any lane."""
        return all(each.work.answered for each in self.all)

    def at(self, number: int) -> LaneShown | None:
        return self._shown.get(number)

    def services(self) -> tuple[Lane, ...]:
        return tuple(each.work.lane for each in self.all)

    def stops(self) -> tuple[tuple[int, Stopped], ...]:
        """Every unanswered stop with its lane, the longest one first."""
        found = [(each.state.number, stop) for each in self.all for stop in each.state.stopped]
        return tuple(sorted(found, key=lambda pair: pair[1].since))

    def select(self, number: int) -> None:
        """Keys belong to that lane from now on; one that is not there changes nothing."""
        if number in self._shown and number != self._selected:
            self.selected.page.commands.stop()
            self._selected = number
            self.changed.emit()

    def scanned(self, number: int, text: str) -> None:
        """A scan of that lane's own scanner; of a lane that is not there, of the selected one."""
        if is_card(text):
            self.card.emit(text)
            return
        self._shown.get(number, self.selected).page.commands.scanned(text)

    def scanned_here(self, text: str) -> None:
        """A scan without a lane of its own."""
        if paper_proof.part_of(text):
            self.sheet.emit(text)
        elif text.startswith(f"{BADGE}:"):
            self.badge.emit(text)
        elif is_card(text):
            self.card.emit(text)
        elif self._shown:
            self.selected.page.commands.scanned(text)
        else:
            self._window.show_fault(messages.filled(messages.NOT_SCANNED_HERE))

    def hush(self) -> None:
        """The selected lane's alarm is silent."""
        self.selected.work.hush()

    def look_at(self, watch: Watch | None, *, wide: int = 0) -> None:
        """Who is shown every lane's pictures, `wide` pixels across; one at a time, None nobody."""
        self._watch, self._wide = watch, wide
        for each in self.all:
            self._let_watch(each)

    def busy(self, changed: Settings) -> LaneBusy | None:
        """What speaks against these settings: a lane that would go or turn round while a vehicle is there."""
        for each in self.all:
            if not each.idle and self._would_end(each, changed):
                return LaneBusy(lane=each.state.number)
        return None

    def take(self, settings: Settings) -> None:
        """Lanes as they are set now. One that is not idle yet stays until it is: take once more then."""
        for each in self.all:
            if each.idle and self._would_end(each, settings):
                self._drop(each)
        for setting in declared(settings):
            shown = self._shown.get(setting.number)
            if shown is None:
                self._add(setting)
            elif shown.setting.camera != setting.camera and shown.setting.direction == setting.direction:
                self._shown[setting.number] = LaneShown(setting, shown.work, shown.page)
                shown.page.start_camera(self._opens)
        if self._shown and self._selected not in self._shown:
            self._selected = self.numbers[0]
        self.changed.emit()

    def retranslate(self) -> None:
        for each in self.all:
            each.page.retranslate()

    def was_painted(self, seq: int) -> None:
        """Everything up to `seq` has been seen as saved."""
        self.seen = max(self.seen, seq)
        for each in self.all:
            each.work.was_painted(seq)

    def close(self) -> int | None:
        """Ends every lane; the highest number that was seen as saved."""
        for each in self.all:
            each.page.end_camera()
        for each in self.all:
            each.page.close_down()
        for view in self._leaving:
            view.stop()
        self._voices.close()
        self._tell_seen()
        return max((each.work.lane.painted or 0 for each in self.all), default=0) or None

    def _tell_seen(self) -> None:
        """With something older left open, what this window showed is not asked about for that."""
        if self.seen and not self.answered:
            with suppress(Trouble):
                self.desk.ledger.tell(upto=self.seen)

    def _add(self, setting: LaneSetting) -> None:
        number = setting.number
        work = LaneWork(self.desk, self._tasks, number=number, sounds=self._voices.of(number), parent=self)
        page = LanePage(work, demo=self._demo)
        shown = self._shown[number] = LaneShown(setting, work, page)
        page.sheet_read = partial(self._sheet_read, number)
        work.may_confirm = lambda: self.answered
        work.idle = self.idle
        work.changed.connect(self.changed)
        work.ended.connect(partial(self._ended, number))
        self._window.add_page(page_name(number), page, page.commands)
        self._let_watch(shown)
        page.start_camera(self._opens)

    def _drop(self, gone: LaneShown) -> None:
        """Its camera's threads end by themselves, its work once every answer for it has come."""
        gone.work.blockSignals(True)
        del self._shown[gone.state.number]
        self._leaving = [view for view in self._leaving if not view.over]
        for view in gone.page.give_up_cameras():
            view.setParent(self)
            self._leaving.append(view)
        gone.page.close_down()
        gone.work.setParent(None)
        self._window.drop_page(page_name(gone.state.number))

    def _would_end(self, each: LaneShown, settings: Settings) -> bool:
        wanted = {setting.number: setting for setting in declared(settings)}.get(each.state.number)
        return wanted is None or wanted.direction != each.setting.direction

    def _let_watch(self, each: LaneShown) -> None:
        number = each.state.number
        each.page.watched = partial(self._watch, number) if self._watch else None
        each.page.watched_wide = self._wide if self._watch else 0

    def _sheet_read(self, number: int, payload: bytes) -> bool:
        """Whether a camera's code is no lane's: a desk's card, or for the page in front a sheet's, by the
        selected lane's.
        """
        if payload[:8].upper().startswith(CARD.encode()):
            self.card.emit(payload.decode("ascii", "replace"))
            return True
        wanted = number == self._selected and self.sheet_wanted()
        text = payload.decode("ascii", "replace") if wanted else ""
        if not paper_proof.part_of(text):
            return False
        self.sheet.emit(text)
        return True

    def _ended(self, number: int) -> None:
        settings = self.desk.settings
        if any(self._would_end(each, settings) for each in self.all):
            self.take(settings)
        self.ended.emit(number)


def declared(settings: Settings) -> tuple[LaneSetting, ...]:
    """The lanes of a desk that has any."""
    return () if settings.role == PeerRole.HEADQUARTERS else settings.lanes


def page_name(number: int) -> str:
    return f"lane-{number}"
