"""A window on a real ledger, played by real key presses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app import bootstrap
from checkpoint_app.config import Settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import app as application
from checkpoint_app.ui.headquarters import duty_of
from checkpoint_app.ui.keyboard import HOLD_MS
from checkpoint_app.ui.main_window import MainWindow
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.plan import Makers, Plan, Play
from checkpoint_app.ui.sounds import Sounds
from checkpoint_app.ui.tasks import Tasks

GREEN = "https://jkm.henan.example/h5/code/abcdef0123?c=g"
OTHER_GREEN = "https://jkm.henan.example/h5/code/fedcba9876?c=g"
RED = "https://jkm.henan.example/h5/code/0123abcdef?c=r"
PLAIN = "https://jkm.henan.example/h5/code/0011223344"
ID = "11010519491231002X"
WRONG_ID = "110105194912310021"
SETTINGS = Settings(station="南大门 G107", desk="G107-N-1", key_place="open_file")
KEYS = {f"F{number}": getattr(Qt.Key, f"Key_F{number}") for number in range(1, 13)} | {
    "Enter": Qt.Key.Key_Return,
    "Tab": Qt.Key.Key_Tab,
    "Esc": Qt.Key.Key_Escape,
    "Backspace": Qt.Key.Key_Backspace,
}


class Heard(Sounds):
    """Remembers what would have been heard."""

    def __init__(self) -> None:
        super().__init__(find=lambda _name: None, platform="linux")
        self.played: list[str] = []

    def play(self, name: str) -> bool:
        self.played.append(name)
        return True


def make_desk(folder: Path, settings: Settings = SETTINGS, *, shift: bool = True) -> Desk:
    """A desk in `folder`, made when there is none, with an open shift."""
    if not (folder / "desk.json").exists():
        bootstrap.set_up(folder, settings, place=KeyPlace.OPEN_FILE)
    desk = bootstrap.open_desk(folder)
    if shift and desk.duty.current() is None:
        desk.duty.open(group="三班", lead="王建国", officers=("李四",), zone=480).result()
    desk.resume_shift()
    return desk


@dataclass(slots=True)
class Stage:
    """The window, what is behind it, and hands."""

    bot: QtBot
    desk: Desk
    tasks: Tasks
    window: MainWindow
    duty: OnDuty
    heard: Heard

    def key(self, name: str) -> None:
        """One key that prints nothing, Enter, Tab or Esc, by its cap; `Ctrl+P` and `Ctrl+Alt+2` too."""
        if name.startswith("Ctrl+Alt+"):
            code = getattr(Qt.Key, f"Key_{name[9:]}")
            both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            QTest.keyClick(self.focused, code, both)
        elif name.startswith("Ctrl+"):
            code = getattr(Qt.Key, f"Key_{name[5:]}")
            QTest.keyClick(self.focused, code, Qt.KeyboardModifier.ControlModifier)
        else:
            QTest.keyClick(self.focused, KEYS[name])
        self.settle()

    def choose_lane(self, number: int) -> None:
        """That lane in front."""
        self.key(f"Ctrl+Alt+{number}")

    def type(self, text: str) -> None:
        """Signs as fingers type them: each is judged before the next comes."""
        for sign in text:
            QTest.keyClicks(self.focused, sign)
            self.settle()

    def burst(self, text: str, *, end: str = "Enter") -> None:
        """Signs as a hand scanner types them."""
        QTest.keyClicks(self.focused, text)
        if end:
            QTest.keyClick(self.focused, KEYS[end])
        self.settle()

    def compose(self, text: str) -> None:
        """Text that comes out of an input method."""
        from PySide6.QtGui import QInputMethodEvent

        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focused, event)
        self.settle()

    def hold_escape(self, ms: int) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(
                self.focused, QKeyEvent(kind, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
            )
            if kind == QEvent.Type.KeyPress:
                self.bot.wait(ms)
        self.settle()

    def settle(self) -> None:
        """Until held keys are judged and every answer of another thread is in."""
        if self.window.keys._hold.waiting:
            self.bot.wait(HOLD_MS + 5)
            self.until(lambda: not self.window.keys._hold.waiting)
        self.desk.ledger.transact(lambda _connection: None).result()
        QApplication.processEvents()

    def until(self, condition: Callable[[], bool]) -> None:
        self.bot.waitUntil(condition, timeout=15_000)

    def saved(self) -> None:
        """Until nothing is on its way to the ledger."""
        self.until(lambda: self.duty.work.saving is None)

    @property
    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    @property
    def panel(self) -> str:
        """Word, reason and what to do now."""
        return self.duty.lane.panel.text.spoken

    @property
    def word(self) -> str:
        return self.duty.lane.panel.text.word

    @property
    def plate(self) -> str:
        crossing = self.duty.work.lane.state.open
        return crossing.plate if crossing else ""

    @property
    def cards(self) -> str:
        return " | ".join(
            " ".join((card.title, card.detail, card.value)) for card in self.duty.lane.people.cards
        )

    def entries(self, kind: str) -> int:
        """How many entries of a kind are on disk."""
        with self.desk.ledger.reader() as reader:
            return int(reader.execute("SELECT count(*) FROM entry WHERE kind = ?", (kind,)).fetchone()[0])

    def close(self) -> None:
        self.window.close()


def open_window(desk: Desk, *, play: Play | None = None) -> tuple[MainWindow, Tasks, OnDuty, Heard]:
    """The window as it is once the desk is open; closing it closes the desk."""
    app = application.application()
    application.speak(app, desk.settings.language)
    tasks, window, heard = Tasks(), MainWindow(), Heard()
    makers = Makers(
        lambda folder, passphrase: bootstrap.open_desk(folder, passphrase=passphrase),
        bootstrap.set_up,
        bootstrap.change_settings,
        no_play,
    )
    duty = duty_of(desk)(
        desk,
        desk.duty.current(),
        play=play,
        plan=Plan(desk.folder, desk.folder / "demo", makers),
        window=window,
        tasks=tasks,
        app=app,
        sounds=heard,
        parent=window,
    )
    window.closing.connect(duty.close)
    window.closing.connect(tasks.close)
    return window, tasks, duty, heard


def raise_curtain(bot: QtBot, desk: Desk, *, play: Play | None = None) -> Stage:
    """An open window with the focus where it belongs and nothing left to read."""
    window, tasks, duty, heard = open_window(desk, play=play)
    bot.addWidget(window)
    with bot.waitActive(window):
        window.show()
    stage = Stage(bot, desk, tasks, window, duty, heard)
    if desk.settings.role == "station":
        stage.until(lambda: duty.work.questions_read)
        duty.lane.fields.focus_home()
    return stage


def no_play(_folder: Path) -> Play:
    raise AssertionError


def english(settings: Settings = SETTINGS) -> Settings:
    return replace(settings, language="en")
