"""The way from a painted window to an open desk: first start, passphrase, words, or straight in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from checkpoint_app import config, i18n, log
from checkpoint_app.config import Settings
from checkpoint_app.crypto import keyrings
from checkpoint_app.crypto.errors import KeyringAbsent, PassphraseNeeded, WrongPassphrase
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.scanning import devices, scanners
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.database import holds_ledger
from checkpoint_app.storage.rows import ShiftRow
from checkpoint_app.ui import app as application
from checkpoint_app.ui import messages
from checkpoint_app.ui.form_keys import FormKeys
from checkpoint_app.ui.headquarters import duty_of
from checkpoint_app.ui.main_window import MainWindow
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.pages.cover import CoverPage
from checkpoint_app.ui.pages.unlock import UnlockPage
from checkpoint_app.ui.plan import Plan, Play
from checkpoint_app.ui.sounds import Sounds
from checkpoint_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from checkpoint_app.ui.pages.first_start import FirstStartPage

COVER, FIRST_START, UNLOCK = "cover", "first_start", "unlock"


@dataclass(frozen=True, slots=True)
class Opened:
    """What the other thread brought: no desk when the first start has to be answered."""

    desk: Desk | None
    shift: ShiftRow | None = None
    play: Play | None = None


class Opening(QObject):
    def __init__(
        self,
        plan: Plan,
        window: MainWindow,
        tasks: Tasks,
        *,
        cover: CoverPage,
        app: QApplication,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._plan, self._window, self._tasks, self._app = plan, window, tasks, app
        self._demo = plan.demo
        self._cover = cover
        self._cover.asked_again.connect(self.begin)
        self._first_start: FirstStartPage | None = None
        self._proved = True
        self._passphrase: str | None = None
        self._lead: tuple[str, str] | None = None
        self.on_duty: OnDuty | None = None

    @property
    def folder(self) -> Path:
        return self._plan.demo_folder if self._demo else self._plan.folder

    @Slot()
    def begin(self) -> None:
        """Opens the desk; what is missing is asked for."""
        self._open(None)

    def close(self) -> None:
        if self._first_start is not None:
            self._first_start.close_down()
            self._first_start = None
        if self.on_duty is not None:
            self.on_duty.close()

    @Slot(str)
    def _open(self, passphrase: str | None) -> None:
        if passphrase is None:
            self._cover.show_opening()
            self._window.show_page(COVER)
        self._tasks.run(lambda: self._bring(passphrase), then=self._opened, failed=self._closed)

    def _bring(self, passphrase: str | None) -> Opened:
        """In another thread. Without a desk and without any camera the demonstration plays."""
        if not self._demo and self._empty():
            if devices.cameras():
                return Opened(None)
            self._demo = True
        play = self._plan.makers.play(self._plan.demo_folder) if self._demo else None
        log.to_file(self.folder)
        desk = self._plan.makers.open_desk(self.folder, passphrase)
        if self._lead is not None:
            desk.begin_with(*self._lead)
            self._lead = None
        elif play is not None:
            play.signs_on(desk)
        return Opened(desk, desk.duty.current(), play)

    def _empty(self) -> bool:
        """Neither answers nor a ledger: whose settings are damaged must not get a demonstration instead."""
        folder = self._plan.folder
        return not (config.load_settings(folder).complete or holds_ledger(folder))

    def _opened(self, found: Opened) -> None:
        if found.desk is None:
            self.first_start()
            return
        self.on_duty = duty_of(found.desk)(
            found.desk,
            found.shift,
            play=found.play,
            plan=self._plan,
            window=self._window,
            tasks=self._tasks,
            app=self._app,
            parent=self,
        )
        self.on_duty.first_start_wanted.connect(self.leave_demo)
        for name in (FIRST_START, UNLOCK):
            self._window.drop_page(name)

    def _closed(self, error: CheckpointError) -> None:
        if isinstance(error, PassphraseNeeded | WrongPassphrase):
            self._unlock(error)
            return
        self._cover.show_words(messages.words_for(error))
        self._window.show_page(COVER)

    def _unlock(self, error: CheckpointError) -> None:
        page = self._window.page(UNLOCK)
        if not isinstance(page, UnlockPage):
            page = UnlockPage()
            page.entered.connect(self._open)
            self._window.add_page(UNLOCK, page)
        if isinstance(error, WrongPassphrase):
            page.refuse(messages.words_for(error))
        self._window.show_page(UNLOCK)

    @Slot()
    def leave_demo(self) -> None:
        """The demonstration ends; this computer is set up for real."""
        if self.on_duty is not None:
            self.on_duty.leave()
            self.on_duty = None
        self._demo = False
        self.first_start()

    def first_start(self) -> None:
        """This computer gets a desk; loaded only where it is needed."""
        from checkpoint_app.ui.pages.first_start import FirstStartPage

        page = FirstStartPage(
            self._set_up,
            cameras=lambda: [found.name for found in devices.cameras()],
            opens=devices.open_device,
            keyring_works=_keyring_works,
            tasks=self._tasks,
            scanners=scanners.scanners,
            play=Sounds().play,
            settings=replace(config.load_settings(self._plan.folder), language=i18n.language()),
        )
        self._first_start = page
        page.proven.connect(self._sheet_proved)
        page.led.connect(self._lead_named)
        page.finished.connect(self._set_up_done)
        keys = FormKeys(scanned=self._scanned_nowhere, command=self._window.command)
        self._window.add_page(FIRST_START, page, keys)
        self._window.show_page(FIRST_START, chrome=False)
        page.current.setFocus()

    def _scanned_nowhere(self, text: str) -> None:
        """A scanner that somebody tries out before there is a lane."""
        if self._first_start is None or not self._first_start.scanned(text):
            self._window.show_fault(messages.filled(messages.SCAN_NOWHERE))

    def _set_up(self, settings: Settings, place: KeyPlace, passphrase: str | None) -> RecoveryKey:
        self._passphrase = passphrase
        return self._plan.makers.set_up(self._plan.folder, settings, place=place, passphrase=passphrase)

    @Slot(bool)
    def _sheet_proved(self, proved: bool) -> None:
        self._proved = proved

    @Slot(str, str)
    def _lead_named(self, name: str, pin: str) -> None:
        self._lead = name, pin

    @Slot(object)
    def _set_up_done(self, settings: Settings) -> None:
        if self._first_start is not None:
            self._first_start.close_down()
            self._first_start = None
        config.save_settings(self._plan.folder, replace(settings, sheet_proved=self._proved))
        application.dress(self._app, settings)
        passphrase, self._passphrase = self._passphrase, None
        self._open(passphrase)


def _keyring_works() -> bool:
    """Whether this system keeps keys for programs. Not for the window's thread."""
    try:
        keyrings.system_store()
    except KeyringAbsent:
        return False
    return True
