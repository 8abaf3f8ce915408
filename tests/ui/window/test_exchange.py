"""The exchange page in the whole window: fingers, scanner, files dropped, a stick, headquarters' answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.exchange import (
    BUNDLE_MADE,
    BUNDLE_RECEIVED,
    BUNDLE_REFUSED,
    DATA_ADOPTED,
    DESK_ENROLLED,
)
from checkpoint_app.domain.peers import card_text
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.sending import Which
from checkpoint_app.ui.dropped import _codes_of_image
from checkpoint_app.ui.exchange_rows import Came, Decided
from checkpoint_app.ui.exchange_sending import Showing
from checkpoint_app.ui.pages.exchange import ExchangePage
from checkpoint_app.ui.told import Tone
from tests.ui.window.exchange_day import (
    Stick,
    answer,
    end_shift,
    exchange_page,
    headquarters,
    listed,
    reported,
)
from tests.ui.window.stage import Stage, english, make_desk, raise_curtain


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    made = raise_curtain(qtbot, make_desk(tmp_path / "desk", english()))
    yield made
    made.close()


@pytest.fixture
def above(stage: Stage, tmp_path: Path) -> Iterator[Desk]:
    with headquarters(tmp_path / "above", stage.desk) as desk:
        yield desk


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    return Stick(tmp_path / "stick")


def front(stage: Stage) -> ExchangePage:
    stage.key("Ctrl+5")
    page = exchange_page(stage.duty)
    settled(stage, page)
    return page


def settled(stage: Stage, page: ExchangePage) -> None:
    stage.until(lambda: page.settled)
    stage.settle()
    stage.until(lambda: page.settled)


def plugged(stage: Stage, page: ExchangePage, stick: Stick) -> None:
    stick.plug(page)
    stage.until(lambda: page.sending.place is not None)


def drop(stage: Stage, path: Path) -> None:
    """A file let go over the middle of the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window, spot = stage.window, QPointF(600, 400)
    given = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(spot.toPoint(), *given)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(spot, *given))


def count(stage: Stage) -> int:
    with stage.desk.ledger.reader() as reader:
        return int(reader.execute("SELECT count(*) FROM entry").fetchone()[0])


def test_f1_exports_to_the_stick_and_only_then_lets_it_go(
    stage: Stage, above: Desk, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_shift(stage.desk)
    page = front(stage)
    assert page.sending.deeds()[0].cap == "F1"
    assert page.sending.place is None
    plugged(stage, page, stick)
    assert "KINGSTON" in page.sending.banner.text.title
    told: list[tuple[str, bool]] = []
    monkeypatch.setattr(page.sending.banner, "show_text", spy(page, told))
    stage.key("F1")
    stage.until(lambda: page.sending.showing is Showing.OVER)
    settled(stage, page)
    assert [over for _title, over in told].index(True) >= 1
    assert all("may be removed" not in title for title, over in told if not over)
    assert "may be removed now" in page.sending.banner.text.title
    assert stick.bundles
    assert stage.entries(BUNDLE_MADE) == 1
    assert page.found.out[0].exported is not None
    stick.pull(page)
    stage.until(lambda: page.sending.showing is Showing.READY)
    assert above.ledger.head().desk == page.found.gaps[0].desk


def spy(page: ExchangePage, told: list[tuple[str, bool]]) -> object:
    show = page.sending.banner.show_text

    def shown(text, deeds):  # type: ignore[no-untyped-def]
        told.append((text.title, text.over))
        show(text, deeds)

    return shown


def test_esc_ends_an_export_and_nothing_is_left(
    stage: Stage, above: Desk, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = front(stage)
    plugged(stage, page, stick)
    begun, go = threading.Event(), threading.Event()
    send = page.work.send

    def slow(*given, progress, **named):  # type: ignore[no-untyped-def]
        def told(done: int, of: int) -> bool:
            begun.set()
            go.wait(10)
            return bool(progress(done, of))

        return send(*given, progress=told, **named)

    monkeypatch.setattr(page.work, "send", slow)
    stage.key("F1")
    stage.until(begun.is_set)
    assert page.sending.deeds()[0].cap == "Esc"
    stage.key("Esc")
    go.set()
    stage.until(lambda: page.sending.showing is Showing.OVER)
    assert page.sending.banner.text.title == "Stopped"
    assert list(stick.folder.iterdir()) == []
    stage.key("Esc")
    assert page.sending.showing is Showing.READY
    assert page.isVisible()
    stage.key("Esc")
    assert not page.isVisible()


def test_a_stick_that_is_gone_is_said_and_nothing_is_lost(stage: Stage, above: Desk, stick: Stick) -> None:
    page = front(stage)
    plugged(stage, page, stick)
    stick.folder.rmdir()
    stage.key("F2")
    stage.until(lambda: page.sending.showing is Showing.OVER)
    assert page.sending.banner.text.tone is Tone.BAD
    settled(stage, page)
    assert page.found.out[0].exported is None


def test_a_dropped_bundle_is_shown_before_anything_changes(stage: Stage, above: Desk, stick: Stick) -> None:
    end_shift(stage.desk)
    page = front(stage)
    plugged(stage, page, stick)
    stage.key("F1")
    stage.until(lambda: page.sending.showing is Showing.OVER)
    settled(stage, page)
    back = reported(above, stick)
    stage.key("Ctrl+1")
    before = count(stage)
    drop(stage, back)
    stage.until(lambda: page.taking.offer is not None)
    assert page.isVisible()
    assert "指挥部" in page.taking.card.text
    assert count(stage) == before
    stage.key("Esc")
    assert page.taking.offer is None
    assert count(stage) == before
    drop(stage, back)
    stage.until(lambda: page.taking.offer is not None)
    stage.key("F1")
    stage.until(lambda: page.taking.offer is None and page.taking.settled)
    settled(stage, page)
    assert stage.entries(BUNDLE_RECEIVED) >= 1
    assert page.found.receipt is not None
    assert page.found.out[0].receipted is not None
    assert {row.came for row in page.found.came} >= {Came.MERGED, Came.RECEIPT}
    assert stage.window.bar.text.lights[0].value != "no receipt yet"
    stage.key("F1")
    assert not page.taking.open


def test_a_file_that_is_no_bundle_is_refused_in_words(stage: Stage, above: Desk, tmp_path: Path) -> None:
    page = front(stage)
    false = tmp_path / "holiday.cpb"
    false.write_bytes(b"nothing of the kind")
    before = count(stage)
    drop(stage, false)
    stage.until(lambda: page.taking.open and page.taking.settled)
    settled(stage, page)
    assert "Now: " in page.taking.card.text
    assert page.found.came[0].came is Came.REFUSED
    assert count(stage) == before + stage.entries(BUNDLE_REFUSED)
    stage.key("Esc")
    assert not page.taking.open


def test_a_data_set_is_looked_at_and_adopted_by_keys(stage: Stage, above: Desk, stick: Stick) -> None:
    page = front(stage)
    plugged(stage, page, stick)
    listed(above, ("豫A00001", "豫A00002"))
    down = reported(above, stick)
    drop(stage, down)
    stage.until(lambda: page.taking.offer is not None)
    assert "adopted by hand" in page.taking.card.text
    stage.key("F1")
    stage.until(lambda: page.taking.offer is None and page.taking.settled)
    stage.key("F1")
    settled(stage, page)
    stage.until(lambda: page.taking.deciding)
    assert page.found.came[0].decided is Decided.PENDING
    assert stage.entries(DATA_ADOPTED) == 0
    stage.key("F5")
    assert page.body.difference_open
    stage.key("Esc")
    assert page.body.side.currentWidget() is page.came
    QTest.keyClick(stage.focused, Qt.Key.Key_Right)
    assert page.came.list.hasFocus()
    stage.key("F1")
    stage.until(lambda: stage.entries(DATA_ADOPTED) == 1)
    settled(stage, page)
    assert Decided.ADOPTED in {row.decided for row in page.found.came if row.came is Came.DIRECTIVE}


def test_a_desk_is_enrolled_by_scan_and_the_digits_that_were_heard(stage: Stage, tmp_path: Path) -> None:
    page = front(stage)
    assert page.found.peers == 0
    stage.key("F1")
    assert page.body.enrol_open
    with headquarters(tmp_path / "above") as above:
        card = above.peers.card()
        stage.burst(card_text(card))
        other = page.enrolling.view.other
        stage.until(lambda: other.card == card)
        last = card.fingerprint.split()[-1]
        assert last not in other.groups.accessibleName()
        stage.type("00000" if last != "00000" else "00001")
        stage.key("F1")
        stage.until(lambda: not page.enrolling.writing and bool(other.words.text))
        assert stage.entries(DESK_ENROLLED) == 0
        other.heard.edit.clear()
        stage.type(last)
        stage.key("F1")
        stage.until(lambda: stage.entries(DESK_ENROLLED) == 1)
    settled(stage, page)
    stage.key("Esc")
    assert page.body.area.currentWidget() is not page.enrolling.view
    assert page.found.peers == 1


def test_a_card_before_a_lane_says_where_it_belongs(stage: Stage, tmp_path: Path) -> None:
    with headquarters(tmp_path / "above") as above:
        text = card_text(above.peers.card())
        stage.duty.scanned(1, text)
        stage.settle()
        assert stage.window._fault.isVisible()
        assert stage.duty.work.lane.state.open is None
        page = front(stage)
        stage.duty.scanned(1, text)
        stage.until(lambda: page.enrolling.view.other.card == above.peers.card())


def test_a_lane_s_camera_reads_the_card_off_another_screen(stage: Stage, tmp_path: Path) -> None:
    page = front(stage)
    stage.key("F6")
    code = page.enrolling.view.own.code
    stage.until(lambda: code.card is not None)
    assert code.card is not None
    (seen,) = _codes_of_image(code.grab().toImage())
    assert seen.payload.decode() == card_text(code.card)
    with headquarters(tmp_path / "above") as above:
        card = above.peers.card()
        theirs = replace(seen, reading=replace(seen.reading, payload=card_text(card).encode()))
        stage.duty.lane._read_code(0, theirs)
        stage.until(lambda: page.enrolling.view.other.card == card)
    assert stage.duty.work.lane.state.open is None


def test_what_headquarters_sent_and_never_came_is_a_gap(stage: Stage, above: Desk, stick: Stick) -> None:
    page = front(stage)
    plugged(stage, page, stick)
    answer(above, stick).unlink()
    listed(above, ("豫A00001",))
    down = answer(above, stick, which=Which.NEW)
    drop(stage, down)
    stage.until(lambda: page.taking.offer is not None)
    stage.key("F1")
    stage.until(lambda: page.taking.offer is None and page.taking.settled)
    settled(stage, page)
    ours = [gap for gap in page.found.gaps if gap.ours]
    assert [gap.desk for gap in ours] == [above.ledger.head().desk]
    plugged(stage, page, stick)
    stage.key("F1")
    page.out.table.setFocus()
    for _row in page.found.out:
        QTest.keyClick(stage.focused, Qt.Key.Key_Down)
    assert page.gaps.list.hasFocus()
    files = len(stick.bundles)
    stage.key("F1")
    stage.until(lambda: page.sending.showing is Showing.OVER)
    assert len(stick.bundles) == files + 1
