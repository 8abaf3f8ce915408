"""Orders from above at a lane: seen, read by a digit, never in the way of a scan."""

from __future__ import annotations

from checkpoint_app.domain.facts import By
from tests.ui.window.stage import GREEN, Stage

LONG = "货车只走 2 车道，" * 12


def order(stage: Stage, text: str = "货车只走 2 车道", *, until: int = 0) -> str:
    written = stage.desk.log.order("区指挥部", "12号", text, until=until, by=stage.desk.by).result()
    orders = stage.duty.lanes.selected.page.orders
    stage.until(lambda: any(each.id == written[0].action for each in orders.in_force))
    return written[0].action


def strips(stage: Stage) -> list[str]:
    return [strip.text for strip in stage.duty.lanes.selected.page.camera.strips.strips]


def asked(stage: Stage) -> list[str]:
    ask = stage.duty.work.ask
    return [choice.text for choice in ask.choices] if ask else []


def test_a_lane_shows_that_orders_are_in_force_and_a_digit_marks_one_as_read(stage: Stage) -> None:
    assert strips(stage) == []
    order(stage)
    assert strips(stage) == ["上级指示 1 件·1 件未读·Ctrl+R"]
    stage.key("Ctrl+R")
    assert asked(stage) == ["区指挥部·12号·货车只走 2 车道"]
    stage.type("1")
    stage.until(lambda: strips(stage) == ["上级指示 1 件·Ctrl+R"])
    assert asked(stage) == []
    stage.key("Ctrl+R")
    assert asked(stage) == ["区指挥部·12号·货车只走 2 车道·已读"]
    stage.type("1")
    assert stage.entries("order_read") == 1


def test_the_mark_is_that_of_the_lanes_own_officer(stage: Stage) -> None:
    order(stage)
    stage.desk.posts[stage.duty.work.number] = "02"
    stage.key("Ctrl+R")
    stage.type("1")
    orders = stage.duty.lanes.selected.page.orders
    stage.until(lambda: orders.unread == 0)
    assert [number for number, _at in orders.in_force[0].read] == ["02"]
    stage.desk.posts.clear()
    assert orders.unread == 1, "what one officer read is unread for the next"


def test_a_scan_puts_the_orders_away_and_enter_reads_none(stage: Stage) -> None:
    order(stage)
    stage.key("Ctrl+R")
    stage.key("Enter")
    stage.burst(GREEN)
    assert asked(stage) == []
    assert stage.duty.work.lane.state.open is not None
    assert stage.entries("order_read") == 0


def test_ctrl_r_once_more_or_esc_puts_them_away(stage: Stage) -> None:
    order(stage)
    for away in ("Ctrl+R", "Esc"):
        stage.key("Ctrl+R")
        assert asked(stage)
        stage.key(away)
        assert asked(stage) == []


def test_a_long_order_stands_alone(stage: Stage) -> None:
    order(stage)
    order(stage, LONG)
    stage.key("Ctrl+R")
    assert len(asked(stage)) == 1
    stage.type("1")
    orders = stage.duty.lanes.selected.page.orders
    stage.until(lambda: orders.unread == 1)
    stage.key("Ctrl+R")
    assert asked(stage)[0].endswith(LONG)


def test_an_order_that_ended_or_whose_time_is_over_is_gone(stage: Stage) -> None:
    first = order(stage)
    order(stage, "只到今晚", until=stage.desk.ledger.now() + 60_000)
    stage.desk.log.end_order(first, by=By()).result()
    orders = stage.duty.lanes.selected.page.orders
    stage.until(lambda: len(orders.in_force) == 1)
    stage.desk.log.end_order(orders.in_force[0].id, by=By()).result()
    stage.until(lambda: strips(stage) == [])
    stage.key("Ctrl+R")
    assert "没有有效的上级指示" in stage.cards + stage.panel
