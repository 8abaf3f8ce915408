"""Files dropped on a lane, chosen, and what was copied: codes, lists, and words for the rest."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app import i18n
from checkpoint_app.scanning import stills
from checkpoint_app.scanning.readings import Reading
from checkpoint_app.scanning.seeing import Counted
from checkpoint_app.ui.dropped import LARGEST_LIST, MOST_FILES, Dropped
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.tasks import Tasks
from tests.scanning.devices_played import code_picture, noise

COPY = Qt.DropAction.CopyAction
NONE = Qt.KeyboardModifier.NoModifier
GREEN = (60, 150, 40)


class Lane:
    """Writes down what it gets, and in which thread."""

    def __init__(self) -> None:
        self.got: list[tuple[str, object]] = []

    def scanned(self, text: str) -> None:
        self.got.append(("scanned", text))

    def read(self, payload: bytes, *, colour: str = "") -> None:
        assert threading.current_thread() is threading.main_thread()
        self.got.append(("read", (payload, colour)))

    def passenger_file(self, data: bytes) -> None:
        self.got.append(("list", data))


class Page(QWidget):
    """A page with a field, its lane and what was said."""

    def __init__(self, bot: QtBot) -> None:
        super().__init__()
        self.bot, self.lane, self.said, self.here = bot, Lane(), list[str](), "a"
        self.tasks = Tasks(self)
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.dropped = Dropped(self, self.lane, tasks=self.tasks, say=self.say, whose=lambda: self.here)

    def say(self, words: Words) -> None:
        self.said.append(words.title)

    def drop(self, data: QMimeData) -> bool:
        """As Qt tells it; False when the page does not want it."""
        here = QPointF(5, 5)
        enter = QDragEnterEvent(here.toPoint(), COPY, data, Qt.MouseButton.LeftButton, NONE)
        enter.setAccepted(False)
        QApplication.sendEvent(self, enter)
        if enter.isAccepted():
            QApplication.sendEvent(self, QDropEvent(here, COPY, data, Qt.MouseButton.LeftButton, NONE))
        return enter.isAccepted()

    def until(self, count: int) -> None:
        self.bot.waitUntil(lambda: len(self.lane.got) + len(self.said) >= count, timeout=15_000)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Page]:
    i18n.use("en")
    made = Page(qtbot)
    qtbot.addWidget(made)
    yield made
    made.tasks.close()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def saved(folder: Path, name: str, picture: object) -> Path:
    path = folder / name
    fine, data = cv2.imencode(path.suffix, picture)  # type: ignore[call-overload]
    assert fine
    path.write_bytes(data.tobytes())
    return path


def test_dropped_pictures_give_their_codes_with_their_colour(page: Page, tmp_path: Path) -> None:
    for number, name in enumerate(("图 一.png", "two.JPG")):
        saved(tmp_path, name, code_picture(f"code {number}".encode(), dark=GREEN))
    assert page.drop(files(tmp_path / "图 一.png", tmp_path / "two.JPG"))
    page.until(2)
    assert sorted(page.lane.got) == [("read", (b"code 0", "green")), ("read", (b"code 1", "green"))]
    assert page.said == []


def test_a_list_goes_on_as_it_is(page: Page, tmp_path: Path) -> None:
    content = "座位,姓名\n1,张三\n".encode("gb18030")
    (tmp_path / "K108.CSV").write_bytes(content)
    page.drop(files(tmp_path / "K108.CSV"))
    page.until(1)
    assert page.lane.got == [("list", content)]


def test_a_list_without_end_is_not_read_to_its_end(page: Page, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"1" * 10 * LARGEST_LIST)
    page.drop(files(tmp_path / "x.txt"))
    page.until(1)
    assert len(bytes(page.lane.got[0][1])) == LARGEST_LIST + 1  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("absent.png", None, "No such file: absent.png"),
        ("broken.png", b"no picture", "Not a picture: broken.png"),
        ("absent.csv", None, "Neither picture nor list: absent.csv"),
        ("film.mp4", b"film", "Neither picture nor list: film.mp4"),
    ],
)
def test_what_cannot_be_read_is_named(
    page: Page, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    page.drop(files(tmp_path / name))
    page.until(1)
    assert (page.said, page.lane.got) == ([words], [])


def test_a_picture_without_a_code_is_named_and_hides_no_other(page: Page, tmp_path: Path) -> None:
    saved(tmp_path, "1.png", noise(1))
    saved(tmp_path, "2.png", code_picture(b"second"))
    page.drop(files(tmp_path / "1.png", tmp_path / "2.png"))
    page.until(2)
    assert page.said == ["No code in the picture: 1.png"]
    assert page.lane.got == [("read", (b"second", ""))]


def test_a_link_is_never_opened(page: Page) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.invalid/code.png")])
    page.drop(data)
    assert page.said == ["Neither picture nor list: "]
    assert page.lane.got == []


def test_a_folder_full_of_files_is_refused_as_a_whole(page: Page, tmp_path: Path) -> None:
    page.drop(files(*(tmp_path / f"{number}.png" for number in range(MOST_FILES + 1))))
    assert page.said == ["21 files at once, 20 are the most"]


def test_nothing_else_may_be_dropped(page: Page) -> None:
    data = QMimeData()
    data.setData("application/x-invented", b"1")
    assert not page.drop(data)


# clipboard


def paste(page: Page, data: QMimeData) -> None:
    QApplication.clipboard().setMimeData(data)
    assert page.dropped.control(Qt.Key.Key_V)


def test_copied_text_is_a_scan(page: Page) -> None:
    data = QMimeData()
    data.setText(" https://jkm.example/h5?c=g\n")
    paste(page, data)
    assert page.lane.got == [("scanned", "https://jkm.example/h5?c=g")]


def test_a_copied_picture_gives_its_codes(page: Page) -> None:
    picture = code_picture(b"copied")[:, :-1]  # rows that do not end at a multiple of four bytes
    height, width = picture.shape[:2]
    image = QImage(picture.tobytes(), width, height, width * 3, QImage.Format.Format_BGR888).copy()
    data = QMimeData()
    data.setImageData(image)
    paste(page, data)
    page.until(1)
    assert page.lane.got == [("read", (b"copied", ""))]


def test_an_empty_clipboard_is_said(page: Page) -> None:
    paste(page, QMimeData())
    assert page.said == ["Nothing to paste"]


@pytest.mark.parametrize("for_words", [True, False])
def test_a_field_for_words_keeps_its_own_paste(page: Page, for_words: bool) -> None:
    with page.bot.waitActive(page):
        page.show()
    page.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, for_words)
    page.field.setFocus()
    data = QMimeData()
    data.setText("anything")
    QApplication.clipboard().setMimeData(data)
    assert page.dropped.control(Qt.Key.Key_V) is not for_words
    assert not page.dropped.control(Qt.Key.Key_B)


# choosing


def test_files_are_chosen_beside_a_lane_that_works_on(page: Page, tmp_path: Path) -> None:
    saved(tmp_path, "chosen.png", code_picture(b"chosen"))
    with page.bot.waitActive(page):
        page.show()
    assert page.dropped.control(Qt.Key.Key_O)
    assert QApplication.activeModalWidget() is None
    dialog = page.dropped._dialog
    assert dialog is not None
    dialog.setDirectory(str(tmp_path))
    dialog.filesSelected.emit([str(tmp_path / "chosen.png")])
    dialog.reject()
    page.until(1)
    assert page.lane.got == [("read", (b"chosen", ""))]
    assert page.dropped._dialog is None


def test_rows_of_a_picture_may_be_padded() -> None:
    made = stills.picture_of(bytes(range(24)), width=2, height=3, stride=8)
    assert made.shape == (3, 2, 3)
    assert made[1].tolist() == [[8, 9, 10], [11, 12, 13]]


def test_what_was_read_for_a_vehicle_that_left_is_not_the_next_ones(page: Page, tmp_path: Path) -> None:
    (tmp_path / "bus.csv").write_text("1A,Zhang San", encoding="utf-8")
    for here in ("a", "b"):
        page.here = "a"
        page.dropped.files([tmp_path / "bus.csv"])
        page.here = here
        page.until(1 if here == "a" else 2)
    assert [kind for kind, _what in page.lane.got] == ["list"]
    assert page.said == ["Another vehicle stands here"]


def test_a_bug_behind_one_code_of_a_picture_costs_no_other(page: Page, qtbot: QtBot) -> None:
    first, second = (Counted(Reading(text, ((0, 0),) * 4, "zxing")) for text in (b"first", b"second"))
    reads = page.lane.read

    def stumbles(payload: bytes, *, colour: str = "") -> None:
        if payload == b"first":
            raise KeyError(payload)
        reads(payload, colour=colour)

    page.lane.read = stumbles  # type: ignore[method-assign]
    with qtbot.captureExceptions() as found:
        QTimer.singleShot(0, lambda: page.dropped._found("x.png", (first, second)))
        page.until(1)
    assert page.lane.got == [("read", (b"second", ""))]
    assert [kind for kind, *_rest in found] == [KeyError]
