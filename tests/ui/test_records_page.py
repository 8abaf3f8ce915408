"""The records page by real keys on a real ledger: search, filters, amend, void, see, print, export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import bootstrap
from checkpoint_app.config import Settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.domain import facts
from checkpoint_app.domain.disclosures import EXPORTED, PEOPLE_LOOKED_UP
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.printing import NoPrinter
from checkpoint_app.storage.rows import CrossingRow
from checkpoint_app.ui import app as application
from checkpoint_app.ui import theme
from checkpoint_app.ui.pages.records import RecordsPage
from checkpoint_app.ui.record_side import Doing
from checkpoint_app.ui.record_work import RecordWork
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.tokens import THEMES
from tests.services.desks import entries
from tests.services.recorded import NAME, record, told
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words

K = Qt.Key
SIZES = [(1290, 720), (1204, 642)]  # beside the rail and under the top bar


class Played:
    """The page, hands on its keys, and what was handed elsewhere."""

    def __init__(self, bot: QtBot, desk: Desk, folder: Path) -> None:
        self.bot, self.desk = bot, desk
        self.sent: list[Path] = []
        self.refuse_print = False
        self.elsewhere: list[str] = []
        self.tasks = Tasks()
        work = RecordWork(desk, self.tasks, send=self._send)
        self.page = RecordsPage(
            desk, tasks=self.tasks, work=work, folder=folder, elsewhere=self.elsewhere.append
        )
        bot.addWidget(self.page)
        self.page.resize(*SIZES[0])
        with bot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.page.shown()
        self.settle()

    def _send(self, path: Path) -> None:
        if self.refuse_print:
            raise NoPrinter(path=str(path), file="printed/x.pdf")
        self.sent.append(path)

    def press(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        self.settle()

    def write(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                QApplication.sendEvent(focused, event)
        self.settle()

    def settle(self) -> None:
        """Until every answer of another thread is in."""
        page = self.page
        self.until(
            lambda: not page._typed.isActive() and page.answered and page.side.doing is not Doing.WRITING
        )
        QApplication.processEvents()

    def until(self, condition: Callable[[], bool]) -> None:
        self.bot.waitUntil(condition, timeout=15_000)

    @property
    def plates(self) -> list[str]:
        return [row.plate for row in self.page.list.model.rows]

    @property
    def facts(self) -> str:
        return self.page.side.detail.facts.accessibleName()

    def kinds(self, *kinds: str) -> int:
        return len(entries(self.desk, *kinds))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    bootstrap.set_up(
        tmp_path / "desk", Settings(station="South Gate", desk="G107-1"), place=KeyPlace.OPEN_FILE
    )
    made = bootstrap.open_desk(tmp_path / "desk")
    made.duty.open(group="3", lead="王示范", officers=("李示范",), zone=480).result()
    made.resume_shift()
    yield made
    made.close()


@pytest.fixture
def rows(desk: Desk) -> list[CrossingRow]:
    return [
        record(desk, "豫A6A0W8", name=NAME, outcome=Outcome.TURNED_BACK, why="老人走错路"),
        record(desk, "豫B67890"),
        record(desk, "豫G6A0W2", outcome=Outcome.REGISTERED, lane=2),
    ]


@pytest.fixture
def play(
    qtbot: QtBot, app: QApplication, desk: Desk, rows: list[CrossingRow], tmp_path: Path
) -> Iterator[Played]:
    application.speak(app, "en")
    (tmp_path / "out").mkdir()
    made = Played(qtbot, desk, tmp_path / "out")
    yield made
    made.page.close_down()
    made.tasks.close()


def test_typing_marks_the_hits_and_leaves_no_entry(play: Played) -> None:
    assert play.plates == ["豫G·6A0W2", "豫B·67890", "豫A·6A0W8"]
    before = play.desk.ledger.head().seq
    play.write("6a0w")
    assert play.plates == ["豫G·6A0W2", "豫A·6A0W8"]
    assert [row.plate[slice(*row.hit)] for row in play.page.list.model.rows if row.hit] == ["6A0W", "6A0W"]
    assert play.desk.ledger.head().seq == before


def test_arrows_choose_and_the_detail_follows(play: Played) -> None:
    assert play.page.list.place == 0
    play.press(K.Key_Down)
    play.press(K.Key_Down)
    play.press(K.Key_Down)
    assert play.page.side.detail.head.plate.plate == "豫A6A0W8"
    assert "张*" in play.facts
    assert NAME not in play.facts
    play.press(K.Key_Up)
    assert play.page.side.detail.head.plate.plate == "豫B67890"


@pytest.mark.parametrize("key", [K.Key_F1, K.Key_Return])
def test_people_are_found_after_an_entry_and_not_before(play: Played, key: Qt.Key) -> None:
    play.write(NAME)
    assert (play.plates, play.kinds(PEOPLE_LOOKED_UP)) == ([], 0)
    play.press(key)
    assert play.plates == ["豫A·6A0W8"]
    assert entries(play.desk, PEOPLE_LOOKED_UP) == [{"kinds": ["name"], "why": ""}]


def test_a_look_up_that_cannot_be_written_shows_nobody(play: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    from checkpoint_app.services.viewing import Viewing
    from checkpoint_app.storage.engine import DiskFull

    def full(*_facts: object, **_named: object) -> None:
        raise DiskFull(path="x")

    monkeypatch.setattr(Viewing, "looked_up", full)
    play.write(NAME)
    play.press(K.Key_F1)
    assert play.plates == []
    assert play.page.words != ""


def test_a_scanned_plate_searches_and_any_other_text_goes_to_the_lane(play: Played) -> None:
    play.page.commands.scanned("豫B67890")
    play.settle()
    assert play.plates == ["豫B·67890"]
    play.page.commands.scanned("11010519491231002X")
    play.settle()
    assert play.plates == ["豫A·6A0W8"]
    assert play.kinds(PEOPLE_LOOKED_UP) == 1
    play.page.commands.scanned("https://jkm.henan.example/h5/code/abcdef0123?c=g")
    assert play.elsewhere == ["https://jkm.henan.example/h5/code/abcdef0123?c=g"]


def test_filters_by_keyboard_narrow_the_list_and_esc_takes_them_back(play: Played) -> None:
    box = play.page.filters.boxes["outcome"]
    box.setFocus()
    play.press(K.Key_Down)
    assert play.plates == ["豫B·67890"]
    play.press(K.Key_Down)
    assert play.plates == ["豫G·6A0W2"]
    play.press(K.Key_F7)
    assert play.page.filters.boxes["evidence"].hasFocus()
    play.press(K.Key_F7)
    assert play.page.search.hasFocus()
    left: list[bool] = []
    play.page.left.connect(lambda: left.append(True))
    play.write("6A")
    play.press(K.Key_Escape)
    assert (play.page.search.text(), play.plates) == ("", ["豫G·6A0W2"])
    play.press(K.Key_Escape)
    assert len(play.plates) == 3
    assert left == []
    play.press(K.Key_Escape)
    assert left == [True]


def test_a_value_is_amended_in_place_with_a_reason(play: Played, rows: list[CrossingRow]) -> None:
    play.write("A6A0")
    play.press(K.Key_F2)
    form = play.page.side.amend_form
    assert form.plate.edit.hasFocus()
    assert form.names[0].value == ""  # masked: it stands in the label
    form.people.edit.setFocus()
    form.people.edit.selectAll()
    play.write("2")
    play.press(K.Key_F1)
    assert (play.kinds(facts.CROSSING_AMENDED), form.reason.edit.hasFocus()) == (0, True)
    play.write("1")
    play.press(K.Key_F1)
    assert entries(play.desk, facts.CROSSING_AMENDED)[0]["why"] == "misread"
    play.until(lambda: "People 2" in play.facts)
    assert "People 1 → 2" in play.page.side.detail.history.accessibleName()
    assert told(play.desk, rows[0]).now.persons[0].name == NAME
    assert play.page.search.hasFocus()
    assert play.page.list.model.rows[0].amended


def test_nothing_changed_is_said_and_what_was_typed_stays(play: Played) -> None:
    play.press(K.Key_F2)
    form = play.page.side.amend_form
    form.reason.edit.setFocus()
    play.write("because")
    play.press(K.Key_F1)
    assert (play.page.side.doing, form.reason.value) == (Doing.AMENDING, "because")
    assert "Nothing was changed" in play.page.words
    play.press(K.Key_Escape)
    assert play.page.side.doing is Doing.LOOKING


def test_a_number_of_people_no_vehicle_has_is_not_taken(play: Played) -> None:
    play.press(K.Key_F2)
    form = play.page.side.amend_form
    for wrong in ("0", "301", "x", ""):
        form.people.set_value(wrong)
        form.reason.set_value("slip")
        play.press(K.Key_F1)
        assert form.people.edit.hasFocus()
    assert play.kinds(facts.CROSSING_AMENDED) == 0


def test_a_record_is_made_void_with_a_reason_and_stands_struck(play: Played) -> None:
    play.press(K.Key_F3)
    play.press(K.Key_F1)
    assert play.kinds(facts.OUTCOME_UNDONE) == 0
    play.write("pressed twice")
    play.press(K.Key_F1)
    play.until(lambda: play.page.list.model.rows[0].void)
    assert play.kinds(facts.OUTCOME_UNDONE) == 1
    assert play.page.side.detail.head.amend.locked
    play.press(K.Key_F3)
    play.press(K.Key_F2)
    assert play.page.side.doing is Doing.LOOKING


def test_names_are_seen_in_full_after_an_entry_and_masked_again_when_one_leaves(play: Played) -> None:
    play.write("A6A0")
    play.press(K.Key_F4)
    assert NAME not in play.facts
    play.write("1")
    play.press(K.Key_F1)
    play.until(lambda: NAME in play.facts)
    assert entries(play.desk, facts.PERSON_VIEWED)[0]["why"] == "compare_id"
    assert "老人走错路" in play.page.side.detail.history.accessibleName()
    play.press(K.Key_Escape)
    play.press(K.Key_Up)
    play.press(K.Key_Down)
    play.press(K.Key_Down)
    play.press(K.Key_Down)
    assert play.page.side.detail.head.plate.plate == "豫A6A0W8"
    assert NAME not in play.facts


def test_a_page_nobody_sees_shows_nobody_in_full(play: Played) -> None:
    play.write("A6A0")
    play.press(K.Key_F4)
    play.write("1")
    play.press(K.Key_F1)
    play.until(lambda: NAME in play.facts)
    play.page.hide()
    assert play.page.side.detail.told is None


def test_a_crossing_is_printed_and_kept_also_without_a_printer(play: Played) -> None:
    play.press(K.Key_F5)
    play.until(lambda: "kept" in play.page.words)
    assert [path.parent.name for path in play.sent] == ["printed"]
    play.refuse_print = True
    play.press(K.Key_F5)
    play.until(lambda: "No printer" in play.page.words)
    assert "printed/x.pdf" in play.page.words
    assert len(list((play.desk.folder / "printed").iterdir())) == 2
    assert play.kinds(EXPORTED) == 2


def test_what_is_shown_is_exported_to_the_folder(play: Played, tmp_path: Path) -> None:
    play.write("6A0W")
    play.press(K.Key_F6)
    play.press(K.Key_F1)
    play.until(lambda: "Exported" in play.page.words)
    (file,) = (tmp_path / "out").iterdir()
    assert file.suffix == ".xlsx"
    assert entries(play.desk, EXPORTED)[0]["count"] == 2


def test_a_full_export_asks_for_a_reason_and_a_folder_that_is_none_is_said(
    play: Played, tmp_path: Path
) -> None:
    play.press(K.Key_F6)
    form = play.page.side.ask_form
    form.full.setFocus()
    play.press(K.Key_Right)
    play.press(K.Key_F1)
    assert form.reason.edit.hasFocus()
    assert play.kinds(EXPORTED) == 0
    form.folder.set_value(str(tmp_path / "absent"))
    play.write("1")
    play.press(K.Key_F1)
    assert "could not be written" in play.page.words
    assert play.page.side.doing is Doing.EXPORTING


def test_without_records_it_says_what_will_stand_here(play: Played) -> None:
    play.write("豫Z99999")
    assert play.page.list.empty.text.startswith("No such plate")
    play.press(K.Key_F6)
    play.press(K.Key_F2)
    assert play.page.side.doing is Doing.LOOKING


def test_who_is_inside_is_listed_where_entries_and_exits_are_paired(play: Played) -> None:
    play.press(K.Key_F8)
    assert len(play.plates) == 3  # this station does not pair
    play.desk.settings = replace(play.desk.settings, pairing=True, overstay_hours=0)
    pairing = play.desk.inside.use(on=True)
    assert pairing is not None
    pairing.result()
    play.press(K.Key_F8)
    assert sorted(play.plates) == ["豫B·67890", "豫G·6A0W2"]  # the third was turned back
    assert {row.outcome for row in play.page.list.model.rows} == {"Overstayed"}
    play.write("B67")
    assert play.plates == ["豫B·67890"]
    assert play.page.side.detail.head.plate.plate == "豫B67890"
    play.press(K.Key_F6)
    assert play.page.side.doing is Doing.LOOKING
    play.press(K.Key_Escape)
    play.press(K.Key_Escape)
    assert (play.page.inside, len(play.plates)) == (False, 3)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scale", [100, 130])
def test_no_words_are_cut(
    app: QApplication, play: Played, recorder: Recorder, language: str, scale: int
) -> None:
    application.speak(app, language)
    theme.apply(app, theme.Look(THEMES[theme.look().theme.name], scale))
    play.page.retranslate()
    for key, _doing in ((None, "detail"), (K.Key_F2, "amend"), (K.Key_F3, "void"), (K.Key_F6, "export")):
        if key is not None:
            play.press(key)
        for width, height in SIZES:
            assert cut_words(play.page, recorder, width=width, height=height) == []
        if key is not None:
            play.press(K.Key_Escape)
    application.speak(app, "en")
    theme.apply(app, theme.Look())
