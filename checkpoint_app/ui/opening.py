"""The way from a painted window to an open desk: first start, passphrase, words, or straight in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from checkpoint_app import config, log
from checkpoint_app.crypto.errors import PassphraseNeeded, WrongPassphrase
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.scanning import devices
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.rows import ShiftRow
from checkpoint_app.ui import messages
from checkpoint_app.ui.main_window import MainWindow
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.pages.cover import CoverPage
from checkpoint_app.ui.pages.first_start import FirstStartPage
from checkpoint_app.ui.plan import Plan, Play
from checkpoint_app.ui.tasks import Tasks

COVER, FIRST_START = "cover", "first_start"


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
        self._cover.asked_again.connect(self._again)
        self.on_duty: OnDuty | None = None

    @property
    def folder(self) -> Path:
        return self._plan.demo_folder if self._demo else self._plan.folder

    def begin(self) -> None:
        self._open(None)

    def close(self) -> None:
        page = self._window.page(FIRST_START)
        if isinstance(page, FirstStartPage):
            page.close_down()
        if self.on_duty is not None:
            self.on_duty.close()

    @Slot(str)
    def _again(self, passphrase: str) -> None:
        self._open(passphrase or None)

    def _open(self, passphrase: str | None) -> None:
        self._cover.show_opening()
        self._window.show_page(COVER, chrome=True)
        self._tasks.run(lambda: self._bring(passphrase), then=self._opened, failed=self._closed)

    def _bring(self, passphrase: str | None) -> Opened:
        """In another thread. Without a desk and without any camera the demonstration plays."""
        if not self._demo and not config.load_settings(self._plan.folder).complete:
            if devices.cameras():
                return Opened(None)
            self._demo = True
        play = self._plan.makers.play(self._plan.demo_folder) if self._demo else None
        log.to_file(self.folder)
        desk = self._plan.makers.open_desk(self.folder, passphrase)
        return Opened(desk, desk.duty.current(), play)

    def _opened(self, found: Opened) -> None:
        if found.desk is None:
            self.first_start()
            return
        self.on_duty = OnDuty(
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
        self._window.drop_page(FIRST_START)

    def _closed(self, error: CheckpointError) -> None:
        asks = isinstance(error, PassphraseNeeded | WrongPassphrase)
        self._cover.show_words(messages.words_for(error), passphrase=asks)
        self._window.show_page(COVER, chrome=True)

    @Slot()
    def leave_demo(self) -> None:
        """The demonstration ends; this computer is set up for real."""
        if self.on_duty is not None:
            self.on_duty.close()
            self.on_duty = None
        self._demo = False
        self.first_start()

    def first_start(self) -> None:
        page = FirstStartPage(self._plan, self._tasks, app=self._app)
        page.finished.connect(self._again)
        self._window.add_page(FIRST_START, page)
        self._window.show_page(FIRST_START, chrome=False)
