"""A real window on a measured ledger, for the measurements that end on the screen."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from checkpoint_app import config
from checkpoint_app.config import Settings
from checkpoint_app.ui import start
from checkpoint_app.ui.plan import Makers, Plan, Play

if TYPE_CHECKING:  # as in the program itself, the window is painted before the heavy modules are loaded
    from checkpoint_app.crypto.keyfile import KeyPlace
    from checkpoint_app.crypto.recovery import RecoveryKey
    from checkpoint_app.services.desk import Desk
    from checkpoint_app.ui.on_duty import OnDuty

PATIENCE_S = 60.0
SIZE = (1366, 768)


@dataclass(frozen=True, slots=True)
class Shown:
    """A window with its desk open."""

    app: QApplication
    running: start.Running
    duty: OnDuty

    def until(self, condition: Callable[[], bool]) -> None:
        """Lets the window work until `condition` holds; raises TimeoutError after a minute."""
        until(self.app, condition)

    def close(self) -> None:
        """Closes the window and its ledger."""
        self.running.window.close()
        self.app.processEvents()


def plan(folder: Path, *, play: Play | None = None) -> Plan:
    """The plan of a window on a measured ledger, which gets its settings file when it has none.

    With `play` the cameras are its recorded ones.
    """
    if not config.load_settings(folder).complete:
        from checkpoint_app.bench import seed

        config.save_settings(folder, Settings(station="BENCH", desk=seed.DESK, language="en"))
    makers = Makers(_open_desk, _set_up, _change_settings, lambda _folder: play or _no_demo(folder))
    demo = folder if play else folder / "demo"
    return Plan(folder=folder, demo_folder=demo, makers=makers, demo=play is not None, language="en")


def begin(folder: Path, *, play: Play | None = None) -> start.Running:
    """A window of the size the design is drawn for, shown; its desk opens after the first paint."""
    running = start.Running(plan(folder, play=play))
    running.window.resize(*SIZE)
    running.window.show()
    return running


def opened(folder: Path, *, play: Play | None = None) -> Shown:
    """The same with the desk open and the lane in front."""
    running = begin(folder, play=play)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    until(app, lambda: on_duty(running) is not None)
    duty = on_duty(running)
    assert duty is not None
    duty.show_page("lane")
    return Shown(app, running, duty)


def on_duty(running: start.Running) -> OnDuty | None:
    """The open desk behind a window, None before."""
    return running.opening.on_duty if running.opening else None


def until(app: QApplication, condition: Callable[[], bool]) -> None:
    """Lets the application work until `condition` holds; raises TimeoutError after a minute.

    Looks once a millisecond and sleeps between: a loop that spins would fight the writer's thread for the
    interpreter. Who needs finer times takes them where the event happens.
    """
    end = time.monotonic() + PATIENCE_S
    loop, look = QEventLoop(app), QTimer()
    look.timeout.connect(lambda: loop.quit() if condition() or time.monotonic() > end else None)
    look.start(1)
    if not condition():
        loop.exec()
    look.stop()
    if not condition():
        raise TimeoutError


def _open_desk(folder: Path, passphrase: str | None) -> Desk:
    from checkpoint_app import bootstrap

    return bootstrap.open_desk(folder, passphrase=passphrase)


def _set_up(
    folder: Path, settings: Settings, *, place: KeyPlace, passphrase: str | None = None
) -> RecoveryKey:
    from checkpoint_app import bootstrap

    return bootstrap.set_up(folder, settings, place=place, passphrase=passphrase)


def _change_settings(desk: Desk, settings: Settings) -> None:
    from checkpoint_app import bootstrap

    bootstrap.change_settings(desk, settings)


def _no_demo(folder: Path) -> Play:
    raise NotADirectoryError(folder)
