"""Everything that is there once the desk is open: its pages, the top bar, the two-hand keys, its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from checkpoint_app import i18n
from checkpoint_app.config import Settings
from checkpoint_app.domain.chain import Report
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.i18n import _
from checkpoint_app.scanning.devices import open_device
from checkpoint_app.services import proof
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.rows import ShiftRow
from checkpoint_app.ui import app as application
from checkpoint_app.ui import messages, said, shift_text
from checkpoint_app.ui.form_keys import FormKeys
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.main_window import MainWindow
from checkpoint_app.ui.pages.lane import LanePage
from checkpoint_app.ui.pages.settings import SettingsPage
from checkpoint_app.ui.pages.shift import ShiftPage
from checkpoint_app.ui.plan import Plan, Play
from checkpoint_app.ui.rail import RailItem
from checkpoint_app.ui.shift_text import Proof
from checkpoint_app.ui.sounds import Sounds
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.theme import SCALES
from checkpoint_app.ui.tokens import ThemeName
from checkpoint_app.ui.top_bar import BarText, Light, Tag

LANE, SHIFT, SETTINGS = "lane", "shift", "settings"


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
        self.settings = desk.settings
        self._plan, self._window, self._tasks, self._app = plan, window, tasks, app
        self._proof = Proof()
        self._closing = self._saving = self._save_again = False
        self._bar_seq = 0
        self.sounds = sounds or Sounds()
        number = desk.settings.lanes[0].number
        self.work = LaneWork(desk, tasks, number=number, sounds=self.sounds, parent=self)
        self.lane = LanePage(self.work, demo=play is not None)
        self.shift_page = ShiftPage(desk, lane=self.work.lane, tasks=tasks)
        self.settings_page = SettingsPage(demo=play is not None)
        self._connect()
        window.add_page(LANE, self.lane, self.lane.commands)
        form = FormKeys(scanned=self.lane.commands.scanned, command=window.command)
        window.add_page(SHIFT, self.shift_page, form)
        window.add_page(SETTINGS, self.settings_page, form)
        window.set_commands(self._commands())
        self.show_page(SHIFT if shift is None else LANE)
        if play is None:
            self.lane.start_camera(open_device)
        else:
            self.lane.start_camera(play.opens(), source=play.source)
        self._prove()

    def close(self) -> None:
        """Ends the lane and seals the ledger; harmless when repeated."""
        if self._closing:
            return
        self._closing = True
        self.lane.close_down()
        self.desk.close(painted=self.work.lane.painted)

    @Slot(str)
    def show_page(self, name: str) -> None:
        self._window.show_page(name)
        if name == LANE:
            self.lane.fields.focus_home()
        if name == SHIFT:
            self.shift_page.reload()
        if name == SETTINGS:
            self.settings_page.show_settings(self.settings, self._proof)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Rail and top bar."""
        self._window.show_rail(self._rail_items(), self._person())
        self._bar_seq = self.work.last_written[0] if self.work.last_written else 0
        self._window.bar.show_text(self._bar_text())

    def retranslate(self) -> None:
        self._window.setWindowTitle(_("Checkpoint"))
        for page in (self.lane, self.shift_page, self.settings_page):
            page.retranslate()
        self.settings_page.show_settings(self.settings, self._proof)
        self.refresh()

    # look and language

    def change_look(self, changed: Settings) -> None:
        """Takes a theme, scale or language into use and keeps it."""
        before, self.settings = self.settings, changed
        if (before.theme, before.scale) != (changed.theme, changed.scale):
            application.dress(self._app, changed)
        if before.language != changed.language or i18n.language() != changed.language:
            application.speak(self._app, changed.language)
            self.retranslate()
        self.settings_page.show_settings(self.settings, self._proof)
        self._keep_settings()

    def _next_theme(self) -> None:
        names = list(ThemeName)
        place = names.index(ThemeName(self.settings.theme))
        self.change_look(replace(self.settings, theme=names[(place + 1) % len(names)].value))

    def _next_language(self) -> None:
        other = "en" if i18n.language() == "zh_CN" else "zh_CN"
        self.change_look(replace(self.settings, language=other))

    def _scale(self, by: int) -> None:
        place = min(max(SCALES.index(self.settings.scale) + by, 0), len(SCALES) - 1)
        self.change_look(replace(self.settings, scale=SCALES[place]))

    def _keep_settings(self) -> None:
        """One write at a time; the last one wins."""
        if self._saving:
            self._save_again = True
            return
        self._saving = True
        settings = self.settings
        self._tasks.run(
            lambda: self._plan.makers.change_settings(self.desk, settings),
            then=lambda _nothing: self._settings_kept(),
            failed=self._settings_not_kept,
        )

    def _settings_kept(self) -> None:
        self._saving = False
        if self._save_again:
            self._save_again = False
            self._keep_settings()

    def _settings_not_kept(self, error: CheckpointError) -> None:
        self._saving = False
        self._window.show_fault(messages.words_for(error))

    # shift

    def _waiting(self) -> int:
        """Vehicles without an outcome."""
        state = self.work.lane.state
        return len(state.parked) + (1 if state.open else 0)

    @Slot()
    def _shift_opened(self) -> None:
        self.show_page(LANE)
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
        self._tasks.run(
            lambda: proof.prove(self.desk.ledger.reader, progress=self._proved_so_far),
            then=self._proved,
            failed=lambda error: self._window.show_fault(messages.words_for(error)),
        )

    def _proved_so_far(self, done: int) -> bool:
        self._tasks.post(lambda: self._show_proof(Proof(done)))
        return not self._closing

    def _proved(self, report: Report) -> None:
        self._show_proof(Proof(report.entries, len(report.faults)))

    def _show_proof(self, found: Proof) -> None:
        self._proof = found
        self.refresh()

    # rail, bar, keys

    def _connect(self) -> None:
        self._window.chosen.connect(self.show_page)
        self._window.bar.painted.connect(self._bar_painted)
        self.work.changed.connect(self.refresh)
        self.work.ended.connect(self._vehicle_left)
        self.shift_page.opened.connect(self._shift_opened)
        self.shift_page.closed.connect(self._shift_changed)
        self.settings_page.wanted.connect(self.change_look)
        self.settings_page.first_start_wanted.connect(self.first_start_wanted)

    @Slot()
    def _vehicle_left(self) -> None:
        if self.play is not None:
            self.play.goes_on()

    @Slot()
    def _bar_painted(self) -> None:
        self.work.was_painted(self._bar_seq)

    def _commands(self) -> dict[int, Callable[[], object]]:
        key = Qt.Key
        return {
            int(key.Key_1): lambda: self.show_page(LANE),
            int(key.Key_2): lambda: self.show_page(SHIFT),
            int(key.Key_6): lambda: self.show_page(SETTINGS),
            int(key.Key_T): self._next_theme,
            int(key.Key_L): self._next_language,
            int(key.Key_Equal): lambda: self._scale(1),
            int(key.Key_Plus): lambda: self._scale(1),
            int(key.Key_Minus): lambda: self._scale(-1),
        }

    def _rail_items(self) -> tuple[RailItem, ...]:
        return (
            RailItem(LANE, "road", _("Lane")),
            RailItem(SHIFT, "clipboard-list", _("Shift"), badge=self._waiting() if self._parked() else 0),
            RailItem(SETTINGS, "settings", _("Settings")),
        )

    def _parked(self) -> int:
        return len(self.work.lane.state.parked)

    def _person(self) -> RailItem | None:
        if self.shift is None:
            return None
        name = self.shift.officers.get(self.desk.by.officer, self.desk.by.officer)
        return RailItem("person", "user", mask_name(name))

    def _bar_text(self) -> BarText:
        state = self.work.lane.state
        saved = self.work.last_written
        return BarText(
            shift_text.lane_name(state.number, state.direction),
            self.settings.station,
            shift=shift_text.shift_name(self.shift),
            tags=self._tags(),
            lights=self._lights(),
            saved_label=_("Saved") if saved else "",
            saved=said.time_of_day(saved[1]) if saved else "",
        )

    def _tags(self) -> tuple[Tag, ...]:
        tags = [Tag("info-circle", _("DEMO"))] if self.play is not None else []
        if self._parked():
            tags.append(Tag("flag", _("Parked {n}").format(n=self._parked())))
        if self.sounds.silent or self.sounds.muted or self.work.hushed:
            tags.append(Tag("volume-off", _("Silent")))
        if not self.settings.sheet_proved:
            tags.append(Tag("key", _("Recovery sheet not proved")))
        return tuple(tags)

    def _lights(self) -> tuple[Light, ...]:
        now, sure = self.work.now, self.desk.ledger.clock.value == "sure"
        verdict = self.work.lane.verdict
        sets = verdict.data if verdict else (shift_text.rule_set(self.desk.rules, now=now, sure=sure),)
        lights = [shift_text.set_light(data) for data in sets]
        proved = shift_text.proof_light(self._proof)
        return (*lights, *([proved] if proved else []), shift_text.clock_light(now, sure=sure))
