"""Lists while others write: what is chosen stays chosen, a key writes once, nothing flickers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt

from checkpoint_app.domain.entry import read_header
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage import queries
from checkpoint_app.ui.pages.log import LogPage
from checkpoint_app.ui.pages.stores import StoresPage
from tests.services.desks import entries, lane_of, ready
from tests.ui.test_log_page import Played, clock, desk, open_page  # noqa: F401

K = Qt.Key
OpenPage = Callable[..., Played]


def officer_of_last(desk: Desk, kind: str) -> str:  # noqa: F811
    with desk.ledger.reader() as reader:
        row = queries.last_of_kind(reader, kind)
    assert row is not None
    return read_header(row.entry.header).officer


def test_what_is_chosen_stays_so_when_something_new_comes_above_it(open_page: OpenPage, desk: Desk) -> None:  # noqa: F811
    first = desk.matters.raise_("Lamp at lane 2 is broken", by=desk.by).result()[0].action
    played = open_page(LogPage)
    assert played.page._held == first
    played.clock.pass_by(60_000)
    desk.matters.raise_("Barrier sticks", by=desk.by).result()
    played.bot.waitUntil(lambda: len(played.texts) == 2)
    played.settle()
    assert played.page.row == 1
    assert played.page._held == first
    played.press(K.Key_F5)
    played.write("mended")
    played.press(K.Key_F1)
    assert [each.title for each in desk.matters.open()] == ["Barrier sticks"]


def test_a_key_pressed_twice_at_once_writes_once(open_page: OpenPage, desk: Desk) -> None:  # noqa: F811
    desk.log.order("HQ", "7", "Check every lorry", by=desk.by).result()
    played = open_page(LogPage)
    played.page.act(2)
    played.page.act(2)
    played.settle()
    assert len(entries(desk, "order_read")) == 1


def test_a_lanes_traffic_does_not_make_the_list_be_read(open_page: OpenPage, desk: Desk) -> None:  # noqa: F811
    played = open_page(LogPage)
    read: list[int] = []
    inner = played.page.read
    played.page.read = lambda: read.append(1) or inner()  # type: ignore[method-assign, func-returns-value]
    lane = lane_of(desk)
    ready(lane)
    lane.end(Outcome.TURNED_BACK).written.result()
    played.settle()
    assert read == []
    desk.log.note("Fog", by=desk.by).result()
    played.bot.waitUntil(lambda: bool(read))


def test_the_clock_of_the_list_leaves_words_and_table_alone(open_page: OpenPage, desk: Desk) -> None:  # noqa: F811
    desk.log.note("Fog until ten", by=desk.by).result()
    played = open_page(LogPage)
    note, resets = played.page.detail._notes._lines[0], []
    played.page.list.table.sheet_model.modelReset.connect(lambda: resets.append(1))
    played.page._tick()
    assert played.page.detail._notes._lines[0] is note
    assert resets == []


def test_what_is_saved_carries_who_acts_then(open_page: OpenPage, desk: Desk) -> None:  # noqa: F811
    played = open_page(LogPage)
    played.press(K.Key_2, K.Key_F1)
    played.write("Fog")
    desk.by = replace(desk.by, officer="09")
    played.press(K.Key_F1)
    assert officer_of_last(desk, "noted") == "09"


def test_what_was_saved_here_is_chosen_then(open_page: OpenPage, desk: Desk) -> None:  # noqa: F811
    for name in ("Thermometers", "Radios"):
        desk.stores.declare(name, unit="pcs", equipment=True, due=4, by=desk.by).result()
    played = open_page(StoresPage)
    played.press(K.Key_F4)
    played.write("Cones")
    played.press(K.Key_F1)
    item = played.page.items[played.page.row]  # type: ignore[attr-defined]
    assert item.name == "Cones"
    played.press(K.Key_1, K.Key_2)
    assert played.page.words == ""
