"""The exchange page by itself: nothing of it is cut, however large the numbers are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.datasets import DataSet, Difference, SetKind
from checkpoint_app.domain.peers import Card, Peer, PeerRole
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import app as application
from checkpoint_app.ui.exchange_rows import Came, Due, Found, Gap, InRow, OutRow, Place, Stage
from checkpoint_app.ui.exchange_sending import Showing
from checkpoint_app.ui.exchange_work import ExchangeWork
from checkpoint_app.ui.pages.exchange import ExchangePage
from checkpoint_app.ui.tasks import Tasks
from tests.services.desks import desk_in
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words

HOUR = 3_600_000
SIZES = [(1290, 720), (1204, 642)]
STICK = Place("/media/stick", "KINGSTON", int(14.2 * (1 << 30)), stick=True, at="E:")
SHIFTS = (
    ("三班", 231_208, 254_211, True, None, None),
    ("二班", 214_655, 231_207, True, 8, None),
    ("一班", 191_020, 214_654, True, 10, 9),
    ("八班", 168_411, 191_019, True, 40, 38),
    ("七班", 152_006, 168_410, False, None, None),
)


class Told(ExchangeWork):
    """The services' answers as a busy station would get them."""

    def read(self) -> Found:
        now = self.desk.ledger.now()
        came = (
            InRow(
                "d",
                Came.DIRECTIVE,
                "县防控指挥部",
                now,
                "watch_list",
                version=89,
                before=88,
                number="豫联〔2026〕88",
            ),
            InRow("m", Came.MERGED, "2 号工位", now - HOUR, spans=((88_110, 88_872),)),
            InRow("r", Came.REFUSED, "", now - 5 * HOUR, "*.cpb", check="sender"),
            InRow("c", Came.RECEIPT, "县防控指挥部", now - 30 * HOUR, spans=((168_411, 214_654),)),
        )
        gaps = (
            Gap("G107-N-2", "G107-N-2", 88_873, 89_010, ours=True, at=now - HOUR),
            Gap("HQ-1", "县防控指挥部", 214_655, 231_207, ours=False, at=now - 30 * HOUR),
        )
        due = Due(39_557, 9 << 20, now - 30 * HOUR, ("县防控指挥部",))
        return Found(due, tuple(_row(each, now) for each in SHIFTS), gaps, came, now - 30 * HOUR, 2)

    def places(self) -> tuple[Place, ...]:
        return (STICK,)

    def pending(self, action: str) -> tuple[DataSet, Difference]:
        data = DataSet(action, "HQ-1", "watch_list", SetKind.WATCH_LIST, 89, 0, None, "", 1, 1, "", 0)
        return data, Difference(("1", "2"), ("a",))

    def cards(self) -> tuple[Card, tuple[Peer, ...]]:
        card = Card("G107-N-1", PeerRole.STATION, "南大门 G107", "ab" * 32, "age1" + "q" * 58)
        known = Peer("HQ-1", PeerRole.HEADQUARTERS, "县防控指挥部", "k", b"", card.recipient, 0, 1, "lost")
        return card, (known, known)


def _row(shift: tuple[str, int, int, bool, int | None, int | None], now: int) -> OutRow:
    name, first, last, sealed, exported, receipted = shift
    at = [None if hours is None else now - hours * HOUR for hours in (exported, receipted)]
    return OutRow(name, name, first, last, 5 << 20, now, sealed, at[0], at[1])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot, app: QApplication, desk: Desk) -> Iterator[ExchangePage]:
    tasks = Tasks()
    application.speak(app, "en")
    made = ExchangePage(Told(desk), tasks=tasks)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    qtbot.waitUntil(lambda: made.settled and made.sending.place is not None)
    qtbot.waitUntil(lambda: made.taking.deciding)
    yield made
    made.close_down()
    tasks.close()


def cut(page: ExchangePage, recorder: Recorder) -> set[str]:
    return {each for width, height in SIZES for each in cut_words(page, recorder, width=width, height=height)}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut(
    qtbot: QtBot, page: ExchangePage, app: QApplication, recorder: Recorder, language: str
) -> None:
    application.speak(app, language)
    page.retranslate()
    assert not cut(page, recorder)
    page.sending.showing, page.sending._sent_to = Showing.SENDING, STICK
    page.sending.deed.running = True
    for stage in Stage:
        page.sending.deed.step = stage.value
        page.sending.show()
        assert not cut(page, recorder)
    page.sending.deed.running, page.sending.showing = False, Showing.READY
    page.look_closer()
    assert not cut(page, recorder)
    page.back()
    page.toggle_enrol()
    qtbot.waitUntil(lambda: page.enrolling.own is not None)
    card, _known = page.work.cards()
    page.enrolling._read(card)
    assert not cut(page, recorder)


def test_f1_is_one_key_at_a_time_wherever_the_focus_is(page: ExchangePage) -> None:
    def mains() -> list[str]:
        deeds = [*page.sending.banner.keys, *page.taking.card.keys]
        deeds += [row.key for row in page.gaps.list._rows]
        return [key.word for key in deeds if key.isVisibleTo(page) and key.cap == "F1"]

    page.out.table.setFocus()
    assert len(mains()) == 1
    seen = set(mains())
    QTest.keyClick(page.out.table, Qt.Key.Key_Right)
    assert page.came.list.hasFocus()
    assert len(mains()) == 1
    seen |= set(mains())
    page.gaps.list.setFocus()
    assert len(mains()) == 1
    seen |= set(mains())
    assert len(seen) == 3


def test_arrows_lead_through_the_lists(page: ExchangePage) -> None:
    page.out.table.setFocus()
    for _each in SHIFTS:
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Down)
    assert page.gaps.list.hasFocus()
    QTest.keyClick(page.gaps.list, Qt.Key.Key_Down)
    assert page.chosen_gap == page.found.gaps[1]
    for _step in range(2):
        QTest.keyClick(page.gaps.list, Qt.Key.Key_Up)
    assert page.out.table.hasFocus()


def test_a_stick_plugged_in_later_is_taken_and_one_pulled_out_is_not(page: ExchangePage) -> None:
    other = Place("/media/other", "BLUE", 1, stick=True)
    folder = Place("/srv/exchange", "exchange")
    page.sending.take_places((STICK, folder))
    page.sending.next_place()
    assert page.sending.place == folder
    page.sending.take_places((STICK, other, folder))
    assert page.sending.place == other
    page.sending.take_places((STICK, folder))
    assert page.sending.place == STICK
    page.sending.take_places(())
    assert page.sending.place is None
