"""The draft of a handover and what is signed of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import canonical
from checkpoint_app.domain.figures import DataAge, LaneLine, ShiftFigures
from checkpoint_app.domain.handover import (
    Answer,
    Answered,
    Line,
    Part,
    contents,
    digest_of,
    line_digest,
    stored_lines,
)
from checkpoint_app.domain.handover_draft import MOST_SEQS, Situation, draft
from checkpoint_app.domain.hours import Stint
from checkpoint_app.domain.logbook import Incident, Item, Matter, Order, Step, Visit

PERSONAL = "张三13800000000"
FIGURES = ShiftFigures(
    "S1",
    "G25-01",
    "0" * 16,
    "三班",
    "01",
    opened=0,
    closed=None,
    zone=480,
    first=2,
    last=90,
    vehicles=3,
    people=5,
    lanes=(LaneLine(1, "in", vehicles=3, people=5),),
    data=(DataAge("rules", "12", None, "stale", 3),),
)


def situation(count: int = 1) -> Situation:
    """So many of everything, with words in every place that may hold some."""
    at = range(1, count + 1)
    return Situation(
        FIGURES,
        begun=1_000,
        orders=tuple(Order(f"o{n}", n, PERSONAL, "12号", PERSONAL, seqs=(n, n + 1)) for n in at),
        incidents=tuple(
            Incident(f"i{n}", "fall", n, PERSONAL, due=500, reported_to=PERSONAL, seqs=(n,)) for n in at
        ),
        matters=tuple(
            Matter(f"m{n}", n, PERSONAL, owner=PERSONAL, steps=(Step(n, "01", PERSONAL),), seqs=(n, n + 1))
            for n in at
        ),
        visits=tuple(Visit(f"v{n}", n, PERSONAL, PERSONAL, PERSONAL, seqs=(n,)) for n in at),
        items=tuple(Item(f"t{n}", "对讲机", "部", True, 3, 4, condition=PERSONAL, seqs=(n,)) for n in at),
        stints=(Stint("01", "S1", 0, 0, ("hut",)), Stint("02", "S1", 5, 5, state="absent")),
        called=("01", "03"),
    )


def line(key: str, situation_: Situation) -> Line:
    return next(line for line in draft(situation_) if line.key == key)


@given(st.integers(0, 12))
def test_every_open_affair_and_every_article_has_a_line_of_its_own(count: int) -> None:
    keys = [line.key for line in draft(situation(count))]
    assert len(set(keys)) == len(keys) == 9 + 5 * count
    for kind, letter in (("order", "o"), ("incident", "i"), ("matter", "m"), ("item", "t"), ("visit", "v")):
        assert {f"{kind}:{letter}{n}" for n in range(1, count + 1)} <= set(keys)


def test_lines_are_numbered_in_the_order_of_their_parts() -> None:
    lines = draft(situation(3))
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    parts = [list(Part).index(line.part) for line in lines]
    assert parts == sorted(parts)


def test_facts_are_public_and_texts_hold_the_words() -> None:
    for each in draft(situation(2)):
        assert PERSONAL.encode() not in canonical.encode(each.facts)
        spoken = each.about in {"order", "incident", "matter", "visit", "item"}
        assert (PERSONAL in str(each.texts)) is spoken, each.key


def test_officers_who_came_who_did_not_and_who_were_only_called_are_in_the_roll() -> None:
    roll = line("roll", situation()).facts
    assert roll["people"] == [["01", "present", "hut", 0], ["02", "absent", "", 0], ["03", "present", "", 0]]
    assert (roll["present"], roll["absent"], roll["should"]) == (2, 1, 3)


def test_being_overdue_is_told_as_of_the_beginning() -> None:
    assert line("incident:i1", situation()).facts["overdue"] is True
    assert line("incident:i1", replace(situation(), begun=499)).facts["overdue"] is False


def test_a_step_more_changes_what_an_answer_is_given_to() -> None:
    before = situation()
    (matter,) = before.matters
    after = replace(before, matters=(replace(matter, seqs=(*matter.seqs, 9)),))
    assert line_digest(line("matter:m1", before)) != line_digest(line("matter:m1", after))
    assert line_digest(line("totals", before)) == line_digest(line("totals", after))


def test_a_mark_that_an_order_was_read_later_changes_nothing() -> None:
    before = situation()
    (order,) = before.orders
    after = replace(before, orders=(replace(order, read=(("03", 2_000),), seqs=(*order.seqs, 9)),))
    assert line_digest(line("order:o1", before)) == line_digest(line("order:o1", after))
    read = replace(before, orders=(replace(order, read=(("03", 900),)),))
    assert line_digest(line("order:o1", before)) != line_digest(line("order:o1", read))


def test_of_a_long_history_the_first_and_the_last_entries_are_named() -> None:
    (matter,) = situation().matters
    long = replace(situation(), matters=(replace(matter, seqs=tuple(range(1, 100))),))
    assert line("matter:m1", long).seqs == (1, *range(101 - MOST_SEQS, 100))


def signed(**changes: Any) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        "shift": "S1",
        "next_shift": "S2",
        "head": (90, "ab" * 32),
        "lines": draft(situation(2)),
        "answers": {"totals": (Answer("totals", Answered.ACCEPTED), 95)},
        "totals": {"vehicles": 3},
    }
    return dict(contents(**{**wanted, **changes}))


@pytest.mark.parametrize(
    "changes",
    [
        {"shift": "S0"},
        {"next_shift": "S3"},
        {"head": (91, "ab" * 32)},
        {"head": (90, "ac" * 32)},
        {"lines": draft(situation(1))},
        {"answers": {}},
        {"answers": {"totals": (Answer("totals", Answered.QUERIED), 95)}},
        {"answers": {"totals": (Answer("totals", Answered.ACCEPTED), 96)}},
        {"answers": {"totals": (Answer("totals", Answered.ACCEPTED, counted=1), 95)}},
        {"totals": {"vehicles": 4}},
    ],
)
def test_whatever_is_signed_changes_the_digest(changes: dict[str, Any]) -> None:
    assert digest_of(signed()) == digest_of(signed())
    assert digest_of(signed()) != digest_of(signed(**changes))


def test_lines_come_back_as_they_were_signed_without_their_words() -> None:
    kept = canonical.decode(canonical.encode(signed()))
    assert isinstance(kept, dict)
    assert stored_lines(kept) == tuple(replace(each, texts={}) for each in draft(situation(2)))


def test_a_thousand_open_matters_can_still_be_closed() -> None:
    kept = canonical.encode(signed(lines=draft(situation(600))))
    assert len(kept) < 256 * 1024
    again = canonical.decode(kept)
    assert isinstance(again, dict)
    short = [(each.key, each.part) for each in stored_lines(again)]
    assert short == [(each.key, each.part) for each in draft(situation(600))]
