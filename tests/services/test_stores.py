"""Equipment and stock: what is there is what was counted and what moved since."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import stores as facts
from checkpoint_app.domain.facts import By
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.log_rules import AffairOver, AffairUnknown, CountRefused, WordsNeeded
from checkpoint_app.services.stores import ArticleKnown, NotSoMany
from tests.domain.affairs import told_of
from tests.services.desks import entries


def test_the_balance_is_the_last_count_and_what_moved_since(desk: Desk) -> None:
    masks = desk.stores.declare("口罩", unit="盒", low=20, count=50, by=desk.by).result()[0].action
    desk.stores.move(masks, -35, "二班", by=desk.by).result()
    (item,) = desk.stores.everything()
    assert (item.balance, item.short, item.moves[0].whom) == (15, True, "二班")
    desk.stores.move(masks, 10, by=desk.by).result()
    desk.stores.count(masks, 24, "good", by=desk.by).result()
    (item,) = desk.stores.everything()
    assert (item.balance, item.short, item.condition) == (24, False, "good")


def test_equipment_is_short_below_what_is_due(desk: Desk) -> None:
    radios = (
        desk.stores.declare("对讲机", unit="台", equipment=True, due=4, count=4, by=desk.by)
        .result()[0]
        .action
    )
    assert not desk.stores.find(radios).short
    desk.stores.count(radios, 3, "一台送修，李示范", by=desk.by).result()
    assert desk.stores.find(radios).short
    assert "condition" not in entries(desk, "item_counted")[-1], "own words may name somebody"


def test_nothing_below_none(desk: Desk) -> None:
    gloves = desk.stores.declare("手套", count=3, by=desk.by).result()[0].action
    with pytest.raises(NotSoMany):
        desk.stores.move(gloves, -4, by=desk.by)
    for count in (-1, 1_000_001):
        with pytest.raises(CountRefused):
            desk.stores.count(gloves, count, by=desk.by)
    with pytest.raises(CountRefused):
        desk.stores.move(gloves, 0, by=desk.by)
    with pytest.raises(WordsNeeded):
        desk.stores.declare(" ", by=desk.by)
    assert desk.stores.find(gloves).balance == 3


def test_what_is_dropped_is_gone_and_what_is_declared_anew_keeps_its_count(desk: Desk) -> None:
    cones = desk.stores.declare("锥桶", equipment=True, due=10, count=9, by=desk.by).result()[0].action
    desk.stores.declare("反光锥桶", equipment=True, due=8, about=cones, by=desk.by).result()
    item = desk.stores.find(cones)
    assert (item.name, item.due, item.balance) == ("反光锥桶", 8, 9)
    desk.stores.drop(cones, by=desk.by).result()
    assert desk.stores.everything() == ()
    with pytest.raises(AffairOver):
        desk.stores.count(cones, 1, by=desk.by)
    with pytest.raises(AffairUnknown):
        desk.stores.count("0" * 32, 1, by=desk.by)


@given(st.lists(st.tuples(st.sampled_from(["count", "move"]), st.integers(-50, 50)), max_size=30))
def test_any_run_of_counts_and_moves_adds_up(run: list[tuple[str, int]]) -> None:
    told = [told_of(facts.declared("a", by=By(), at=0, action="a"), 0)]
    balance = 0
    for place, (what, number) in enumerate(run, 1):
        if what == "count":
            balance = abs(number)
            fact = facts.counted("a", count=balance, by=By(), at=place, action=str(place))
        else:
            balance += number
            fact = facts.moved("a", count=number, by=By(), at=place, action=str(place))
        told.append(told_of(fact, place))
    assert facts.fold(told)[0].balance == balance


def test_two_articles_have_not_one_name(desk: Desk) -> None:
    masks = desk.stores.declare("口罩", unit="盒", low=20, by=desk.by).result()[0].action
    gloves = desk.stores.declare("手套", unit="双", by=desk.by).result()[0].action
    with pytest.raises(ArticleKnown):
        desk.stores.declare("口罩 ", unit="只", by=desk.by)
    with pytest.raises(ArticleKnown):
        desk.stores.declare("口罩", about=gloves, by=desk.by)
    desk.stores.declare("口罩", unit="只", low=200, about=masks, by=desk.by).result()
    assert [(item.name, item.low) for item in desk.stores.everything()] == [("口罩", 200), ("手套", 0)]
    desk.stores.drop(masks, by=desk.by).result()
    desk.stores.declare("口罩", by=desk.by).result()
