"""Headquarters in the whole window: its front page, forks, directives, cards, signing on; never a lane."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.datasets import SetKind
from checkpoint_app.domain.exchange import BUNDLE_MADE, DATA_PUBLISHED, DESK_ENROLLED, FORK_SETTLED
from checkpoint_app.domain.peers import card_text
from checkpoint_app.storage import queries
from checkpoint_app.storage.forks import ForkRow
from checkpoint_app.ui.exchange_sending import Showing
from checkpoint_app.ui.headquarters import AtHeadquarters
from checkpoint_app.ui.headquarters_bar import PERSON, SIGN_ON
from checkpoint_app.ui.idle import MINUTE
from checkpoint_app.ui.pages.collation import CollationPage
from checkpoint_app.ui.pages.sign_on import SignOnPage
from checkpoint_app.ui.rail import RailButton
from tests.country.places import HOUR, acquaint, place
from tests.ui.window.exchange_day import Stick
from tests.ui.window.hq_day import PIN, Region, collation_page, lived, region, woken
from tests.ui.window.stage import GREEN, Stage, raise_curtain


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Region:
    """What was lived once, by everybody, all switched off."""
    with region(tmp_path_factory.mktemp("region")) as made:
        lived(made)
    return made


@pytest.fixture
def made(past: Region, tmp_path: Path) -> Iterator[Region]:
    with woken(past, tmp_path / "region") as made:
        yield made


@pytest.fixture
def stage(qtbot: QtBot, made: Region) -> Iterator[Stage]:
    shown = raise_curtain(qtbot, made.above.desk)
    settled(shown)
    yield shown
    shown.close()


def settled(stage: Stage) -> CollationPage:
    page = collation_page(stage.duty)
    stage.until(lambda: page.settled)
    stage.settle()
    stage.until(lambda: page.settled)
    return page


def sheet(page: CollationPage) -> dict[str, list[str]]:
    rows = page.body.desks.table.sheet_model.sheet.rows
    return {row[1].text: [cell.text for cell in row] for row in rows}


def test_the_front_page_names_every_desk_gap_fork_and_refusal(stage: Stage) -> None:
    page = settled(stage)
    assert isinstance(stage.duty, AtHeadquarters)
    assert stage.window.current == "exchange"
    rows = sheet(page)
    assert rows["G107-N-1"][0] == "南大门 G107"
    assert rows["G107-N-1"][-1] == "numbers missing"
    assert rows["S312-W-1"][-1] == "two histories"
    (gap,) = page.body.gaps.list.items
    missing = page.found.collation.gaps[0]
    assert gap.title == "G107-N-1"
    assert gap.detail == f"{missing.first} – {missing.last} missing"
    assert gap.count == f"{missing.count} entries"
    titles = [each.title for each in page.body.came.list.items]
    assert titles[0] == "Two histories"
    assert "Unknown sender" in titles
    assert "Notice v1" in titles


def test_a_desk_that_is_not_heard_of_is_called_silent(stage: Stage, made: Region) -> None:
    page = settled(stage)
    assert "no seal" not in sheet(page)["X005-B-1"][-1]
    made.above.clock.pass_by(40 * HOUR)
    stage.key("Ctrl+5")
    stage.until(lambda: "no seal" in sheet(page)["X005-B-1"][-1])
    hours = int(sheet(page)["X005-B-1"][-1].split()[3])
    assert hours > stage.desk.settings.silence_hours


def test_there_is_no_lane_wherever_somebody_goes(stage: Stage) -> None:
    assert stage.duty.lanes.numbers == ()
    assert not any(name.startswith("lane") or name == "wall" for name in stage.window._pages)
    words = [button.item.name for button in stage.window.rail.findChildren(RailButton)]
    assert words[0] == "exchange"
    assert "lane" not in words
    for key in ("Ctrl+1", "Ctrl+0", "Ctrl+Alt+1"):
        stage.key("Ctrl+3")
        assert stage.window.current == "records"
        stage.key(key)
        assert stage.window.current in {"exchange", "records"}
    stage.key("Ctrl+1")
    assert stage.window.current == "exchange"
    stage.duty.lanes.scanned_here(GREEN)
    assert stage.window._fault.isVisible()


def test_f4_decides_a_fork_for_a_reason_by_keys(stage: Stage, made: Region) -> None:
    page = settled(stage)
    fork = page.found.collation.forks[0]
    real = next(side for side in fork.sides if held(made, fork, side.seq) == side.hash)
    place_ = fork.sides.index(real)
    stage.key("F4")
    form = page.deciding.settling
    assert form.isVisible()
    stage.key("F1")
    assert page.words == "Choose the history that counts first"
    for _step in range(place_ + 1):
        QTest.keyClick(stage.focused, Qt.Key.Key_Right)
    stage.settle()
    assert form.trusted == real.hash
    stage.key("F1")
    assert page.words == "Write why: the decision stands in the ledger"
    assert stage.entries(FORK_SETTLED) == 0
    form.reason.edit.setFocus()
    stage.type("the copy was for a course")
    stage.key("F1")
    stage.until(lambda: page.deciding.form is None)
    settled(stage)
    assert "count now" in page.words
    assert stage.entries(FORK_SETTLED) == 1
    assert page.found.collation.forks == ()
    assert sheet(page)["S312-W-1"][-1] == "complete"
    stage.key("F1")  # what was said is read
    assert page.words == ""


def held(made: Region, fork: ForkRow, seq: int) -> str:
    made.west.on()
    with made.west.desk.ledger.reader() as reader:
        found = queries.chain_entries(reader, fork.desk, fork.epoch, after=seq - 1, limit=1)
    made.west.off()
    return found[0].hash.hex() if found else ""


def test_esc_leaves_a_fork_undecided(stage: Stage) -> None:
    page = settled(stage)
    stage.key("F4")
    stage.key("Esc")
    assert page.deciding.form is None
    assert stage.entries(FORK_SETTLED) == 0
    assert len(page.found.collation.forks) == 1


def test_f5_publishes_what_was_typed_or_came_from_a_file(stage: Stage, tmp_path: Path) -> None:
    page = settled(stage)
    stage.key("F5")
    form = page.deciding.publishing
    form.kind.setCurrentIndex(form.kind.findData(SetKind.ORDER.value))
    stage.key("F1")
    stage.until(lambda: not page.deciding.writing)
    assert page.deciding.form is form, "an empty content is refused"
    assert page.words
    form.days.edit.setFocus()
    stage.type("x")
    stage.key("F1")
    assert page.words == "Days are a whole number, or nothing"
    form.days.set_value("30")
    content = tmp_path / "order.txt"
    content.write_text("凌晨一点起封闭三车道", encoding="utf-8")
    page.deciding.take_file(content)
    stage.until(lambda: form.content.toPlainText() != "")
    stage.key("F1")
    stage.until(lambda: page.deciding.form is None)
    settled(stage)
    assert stage.entries(DATA_PUBLISHED) == 2
    (data,) = [each for each in stage.desk.directives.published() if each.kind is SetKind.ORDER]
    assert (data.name, data.version) == ("order", 1)
    assert data.until is not None
    assert stage.desk.directives.content(data) == "凌晨一点起封闭三车道"


def test_a_file_that_is_no_text_publishes_nothing(stage: Stage, tmp_path: Path) -> None:
    page = settled(stage)
    stage.key("F5")
    odd = tmp_path / "odd.bin"
    odd.write_bytes(b"\xff\xfe\xfa")
    page.deciding.take_file(odd)
    stage.until(lambda: "cannot be read as text" in page.words)
    stage.key("Esc")
    assert page.deciding.form is None


def test_receipts_go_down_and_a_gap_is_asked_for(stage: Stage, made: Region, tmp_path: Path) -> None:
    page, stick = settled(stage), Stick(tmp_path / "stick")
    stick.plug(page)
    stage.until(lambda: page.sending.place is not None)
    page.body.gaps.list.setFocus()
    before = stage.entries(BUNDLE_MADE)
    stage.key("F1")
    stage.until(lambda: page.sending.showing is Showing.OVER)
    settled(stage)
    assert stage.entries(BUNDLE_MADE) == before + 1
    (file,) = stick.bundles
    south = made.south
    south.on()
    south.take(file)
    for again in south.send(tmp_path / "again"):
        made.above.take(again)
    page.reread()
    settled(stage)
    assert page.found.collation.gaps == ()
    assert sheet(page)["G107-N-1"][-1] == "complete"


def test_a_card_that_is_scanned_is_enrolled_by_its_last_group(stage: Stage, tmp_path: Path) -> None:
    page = settled(stage)
    other = place(tmp_path / "new", desk="Y004-1", station="东口 Y004")
    card = other.desk.peers.card()
    before = stage.entries(DESK_ENROLLED)
    stage.duty.lanes.scanned_here(card_text(card))
    assert page.body.enrol_open
    stage.type("00000" if card.fingerprint[-5:] != "00000" else "11111")
    stage.key("F1")
    stage.until(lambda: not page.enrolling.writing)
    assert stage.entries(DESK_ENROLLED) == before
    page.enrolling.view.other.heard.set_value("")
    page.enrolling.view.other.heard.edit.setFocus()
    stage.type(card.fingerprint[-5:])
    stage.key("F1")
    stage.until(lambda: stage.entries(DESK_ENROLLED) == before + 1)
    settled(stage)
    assert "Y004-1" in sheet(page)
    assert sheet(page)["Y004-1"][-1] == "nothing came yet"
    other.off()


def test_bundles_dropped_on_the_window_are_shown_before_they_are_taken(
    stage: Stage, made: Region, tmp_path: Path
) -> None:
    page = settled(stage)
    made.north.on()
    made.north.shift(2)
    files = made.north.send(tmp_path / "late")
    before = len(page.found.exchange.came)
    stage.duty._dropped(files)
    stage.until(lambda: page.taking.offer is not None)
    assert "Bundle from 北桥 X005" in page.taking.card.text
    assert len(page.found.exchange.came) == before
    stage.key("F1")
    stage.until(lambda: page.taking.offer is None and page.taking.settled)
    settled(stage)
    assert "Taken in" in page.taking.card.text
    stage.key("F1")
    page.reread()
    settled(stage)
    assert len(page.found.exchange.came) == before + 1


def test_an_idle_window_covers_records_and_a_pin_opens_it_again(stage: Stage) -> None:
    stage.duty.show_page("records")
    idle = stage.duty.lanes.idle
    clock = idle._clock
    idle._clock = lambda: clock() + 11 * MINUTE
    idle.look()
    assert idle.locked
    assert stage.window.current == SIGN_ON
    assert stage.desk.by.officer == ""
    page = stage.window.page(SIGN_ON)
    assert isinstance(page, SignOnPage)
    stage.type("01")
    stage.key("Enter")
    stage.type("0000")
    stage.key("Enter")
    stage.until(lambda: not page.checking)
    assert idle.locked
    assert page.line.complaint
    stage.type(PIN)
    stage.key("Enter")
    stage.until(lambda: stage.window.current == "records" and not idle.locked)
    assert stage.desk.by.officer == "01"


def test_who_leaves_the_question_for_a_pin_sees_no_names(stage: Stage) -> None:
    stage.duty.show_page("records")
    idle = stage.duty.lanes.idle
    clock = idle._clock
    idle._clock = lambda: clock() + 11 * MINUTE
    idle.look()
    stage.key("Esc")
    assert stage.window.current == "exchange"
    assert idle.locked


def test_the_person_in_the_rail_signs_on_and_nobody_may_decide_unsigned(stage: Stage) -> None:
    stage.desk.sign_off(None)
    page = settled(stage)
    stage.key("F5")
    page.deciding.publishing.content.setPlainText("x")
    stage.key("F1")
    stage.until(lambda: not page.deciding.writing)
    assert page.deciding.form is not None
    assert "PIN" in page.words or "signed" in page.words.lower()
    stage.key("Esc")
    stage.window.chosen.emit(PERSON)
    stage.type("01")
    stage.key("Enter")
    stage.type(PIN)
    stage.key("Enter")
    stage.until(lambda: stage.desk.by.officer == "01")
    assert stage.window.current == "exchange"


def test_every_word_follows_the_language(stage: Stage, qapp: QApplication) -> None:
    page = settled(stage)
    stage.key("Ctrl+L")
    stage.until(lambda: page.body.gaps.head.title.text().startswith("缺口"))
    assert page.body.desks.head.title.text() == "站点与工位"
    assert qapp is not None


def test_a_new_headquarters_says_how_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    bare = place(tmp_path / "hq", desk="YL-HQ", station="豫联指挥部", role="headquarters")
    stage = raise_curtain(qtbot, bare.desk)
    page = settled(stage)
    assert page.sending.deeds()[0].cap == "F1"
    assert "No desk is enrolled here yet" in page.sending.banner.text.title
    stage.key("F1")
    assert page.body.enrol_open
    stage.key("Esc")
    other = place(tmp_path / "one", desk="G107-N-1", station="南大门 G107")
    acquaint(bare, other)
    page.reread()
    settled(stage)
    assert list(sheet(page)) == ["G107-N-1"]
    other.off()
    stage.close()
