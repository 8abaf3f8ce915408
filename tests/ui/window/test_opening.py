"""From a painted window to a lane, and every way in which that does not work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import bootstrap
from checkpoint_app.config import Settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.demo import play
from checkpoint_app.scanning import devices
from checkpoint_app.ui.pages.cover import CoverPage
from checkpoint_app.ui.pages.first_start import FirstStartPage
from checkpoint_app.ui.plan import Makers, Plan
from checkpoint_app.ui.start import Running
from tests.ui.window.stage import SETTINGS, make_desk

PASSPHRASE = "vier pferde laufen heim"
Start = Callable[[Path], Running]


@pytest.fixture
def start(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts the program on a folder as the command line does."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("checkpoint_app.log.catch_everything", lambda _report: None)
    monkeypatch.setattr("checkpoint_app.log.to_file", lambda _folder: None)
    monkeypatch.setattr(devices, "cameras", lambda: ())
    found: list[Running] = []

    def begin(folder: Path) -> Running:
        makers = Makers(
            lambda place, passphrase: bootstrap.open_desk(place, passphrase=passphrase),
            bootstrap.set_up,
            bootstrap.change_settings,
            play.prepare,
        )
        running = Running(Plan(folder, folder / "demo", makers, language="zh_CN"))
        qtbot.addWidget(running.window)
        found.append(running)
        running.window.show()
        return running

    yield begin
    for running in found:
        running.window.close()


def on_duty(running: Running) -> bool:
    return running.opening is not None and running.opening.on_duty is not None


def test_a_desk_that_is_set_up_opens_its_lane(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    make_desk(tmp_path).close()
    running = start(tmp_path)
    qtbot.waitUntil(lambda: on_duty(running), timeout=20_000)
    assert running.window.current == "lane-1"


def test_without_a_shift_the_shift_page_comes_first(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    make_desk(tmp_path, shift=False).close()
    running = start(tmp_path)
    qtbot.waitUntil(lambda: on_duty(running), timeout=20_000)
    assert running.window.current == "rollcall"


def test_without_desk_and_camera_the_demonstration_plays_and_says_so(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    running = start(tmp_path)
    qtbot.waitUntil(lambda: on_duty(running), timeout=20_000)
    assert "演示" in [tag.text for tag in running.window.bar.text.tags]
    assert (tmp_path / "demo" / "ledger.db").exists()
    assert not (tmp_path / "ledger.db").exists()


def test_with_a_camera_and_without_a_desk_the_first_start_asks(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "cameras", lambda: (devices.Found("C270", 0, 0, "usb-1"),))
    running = start(tmp_path)
    qtbot.waitUntil(lambda: running.window.current == "first_start", timeout=20_000)
    assert not running.window.rail.isVisible()


def test_out_of_the_demonstration_the_first_start_has_the_keyboard(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    running = start(tmp_path)
    running.window.activateWindow()
    qtbot.waitUntil(lambda: on_duty(running), timeout=20_000)
    assert running.opening is not None
    running.opening.leave_demo()
    page = running.window.page("first_start")
    assert isinstance(page, FirstStartPage)
    kept = QApplication.focusWidget()
    assert kept is not None
    QTest.keyClick(kept, Qt.Key.Key_F1)
    assert page.current is page.station


def test_a_ledger_whose_settings_are_damaged_is_told_and_no_demonstration_plays(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    make_desk(tmp_path).close()
    (tmp_path / "desk.json").write_text('{"desk": 5', encoding="utf-8")
    running = start(tmp_path)
    cover = running.window.page("cover")
    assert isinstance(cover, CoverPage)
    qtbot.waitUntil(lambda: "设置读不出来" in cover.text, timeout=20_000)
    assert not (tmp_path / "demo").exists()


def test_an_open_ledger_is_told_in_words_and_f1_tries_again(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    other = make_desk(tmp_path)
    running = start(tmp_path)
    cover = running.window.page("cover")
    assert isinstance(cover, CoverPage)
    qtbot.waitUntil(lambda: "程序已经开着" in cover.text, timeout=20_000)
    other.close()
    QTest.keyClick(cover, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: on_duty(running), timeout=20_000)


def test_a_ledger_under_a_passphrase_asks_for_it(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(station=SETTINGS.station, desk=SETTINGS.desk, key_place=KeyPlace.PASSPHRASE)
    bootstrap.set_up(tmp_path, settings, place=KeyPlace.PASSPHRASE, passphrase=PASSPHRASE)
    running = start(tmp_path)
    qtbot.waitUntil(lambda: running.window.current == "unlock", timeout=20_000)
    assert running.opening is not None
    running.opening._open("falsch geraten")
    qtbot.wait(300)
    assert running.window.current == "unlock"
    running.opening._open(PASSPHRASE)
    qtbot.waitUntil(lambda: on_duty(running), timeout=20_000)


def test_the_window_is_painted_before_anything_heavy_is_loaded() -> None:
    import subprocess

    source = (
        "import sys\n"
        "from checkpoint_app.ui import start\n"
        "heavy = {'cv2', 'numpy', 'sqlcipher3', 'sqlite_utils', 'cryptography', 'keyring', 'pyrage'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    run = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


LOADED = """
import sys, tempfile, threading
from pathlib import Path
from PySide6.QtTest import QTest
from tests.ui.window.stage import make_desk, open_window

heavy = {"reportlab", "xlsxwriter", "checkpoint_app.ui.pages.records"}
where = {}
sys.addaudithook(lambda what, told: what == "import" and told[0] in heavy and where.setdefault(
    told[0], threading.current_thread() is threading.main_thread()))
with tempfile.TemporaryDirectory() as folder:
    window, tasks, duty, _heard = open_window(make_desk(Path(folder)))
    window.show()
    for _turn in range(1_500):
        QTest.qWait(20)
        if heavy <= set(sys.modules):
            break
    duty.show_page("records")
    window.close()
print(sorted(where), any(where.values()))
"""


def test_what_the_records_need_is_loaded_beside_the_window_before_anybody_looks() -> None:
    import subprocess

    run = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['checkpoint_app.ui.pages.records', 'reportlab', 'xlsxwriter'] False"
