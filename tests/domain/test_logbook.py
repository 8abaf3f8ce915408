"""What a log tells: read back as it was told, whatever else stands among it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import incidents, matters, orders, stores, visits
from checkpoint_app.domain.affairs import CONTINUING, FAMILY_OF, Family, Told
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from tests.domain.affairs import told_of

BY = By("S1", "07")
FOLDS: dict[Family, Callable[[Sequence[Told]], tuple[Any, ...]]] = {
    Family.NOTE: orders.fold_notes,
    Family.ORDER: orders.fold,
    Family.INCIDENT: incidents.fold,
    Family.VISIT: visits.fold,
    Family.MATTER: matters.fold,
    Family.ITEM: stores.fold,
}


def begun(at: int = 0) -> dict[Family, Fact]:
    """The entry that begins an affair A of each family."""
    given = {"by": BY, "at": at, "action": "A"}
    return {
        Family.NOTE: orders.noted("对讲机", **given),  # type: ignore[arg-type]
        Family.ORDER: orders.received("区指挥部", text="加派一人", **given),  # type: ignore[arg-type]
        Family.INCIDENT: incidents.noticed("other", text="司机头晕", **given),  # type: ignore[arg-type]
        Family.VISIT: visits.visited("李督导", **given),  # type: ignore[arg-type]
        Family.MATTER: matters.raised("灭火器过期", **given),  # type: ignore[arg-type]
        Family.ITEM: stores.declared("口罩", **given),  # type: ignore[arg-type]
    }


@pytest.mark.parametrize("family", list(FOLDS))
def test_nothing_a_person_typed_is_public_but_names_of_articles(family: Family) -> None:
    fact = begun()[family]
    words = {"对讲机", "区指挥部", "加派一人", "司机头晕", "李督导", "灭火器过期"}
    assert not words & {each for each in fact.public.values() if isinstance(each, str)}
    assert family is Family.ITEM or words & {*(fact.personal or {}).values()}


@pytest.mark.parametrize("family", list(FOLDS))
def test_a_later_kind_that_nobody_knows_is_kept_and_changes_nothing(family: Family) -> None:
    known = told_of(begun()[family], 1)
    later = replace(known, id=2, seq=2, kind="order_sung", public=MappingProxyType({"about": "A"}))
    (alone,), (with_it,) = FOLDS[family]([known]), FOLDS[family]([known, later])
    assert with_it.seqs == (1, 2)
    assert replace(with_it, seqs=(1,)) == alone


@pytest.mark.parametrize("family", list(FOLDS))
def test_what_was_forgotten_is_said_and_nothing_breaks(family: Family) -> None:
    (state,) = FOLDS[family]([told_of(begun()[family], 1, forgotten=True)])
    assert state.forgotten is (family is not Family.ITEM)


@pytest.mark.parametrize("family", list(FOLDS))
def test_what_is_told_before_it_begins_is_no_affair(family: Family) -> None:
    begin = {fact.kind for fact in begun().values()}
    others = [kind for kind, of in FAMILY_OF.items() if of is family and kind not in begin]
    assert FOLDS[family]([replace(told_of(begun()[family], 1), kind=kind) for kind in others]) == ()


JUNK = st.dictionaries(
    st.sampled_from(
        ["about", "over", "due", "owner", "title", "count", "people", "until", "findings", "text"]
    ),
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=4), st.lists(st.integers(), max_size=2)
    ),
    max_size=6,
)


@given(st.lists(st.tuples(st.sampled_from(sorted(FAMILY_OF)), JUNK, JUNK), max_size=12))
def test_nothing_that_stands_in_a_file_breaks_the_reading(told: list[tuple[str, Any, Any]]) -> None:
    for family, fold in FOLDS.items():
        entries = [told_of(begun()[family], 0)]
        entries += [
            replace(
                entries[0],
                seq=place,
                kind=kind,
                public=MappingProxyType(public),
                personal=MappingProxyType(personal),
            )
            for place, (kind, public, personal) in enumerate(told, 1)
            if FAMILY_OF[kind] is family
        ]
        (state,) = fold(entries)
        assert len(state.seqs) == len(entries)


def test_what_only_tells_more_begins_and_ends_nothing() -> None:
    ends = {"order_ended", "incident_closed", "matter_closed", "item_dropped", "matter_reopened"}
    assert not CONTINUING & (ends | {fact.kind for fact in begun().values()})


def test_a_lane_call_of_an_older_program_is_a_matter_by_its_own_action() -> None:
    old = Fact(
        "matter_raised", "B", 5, {"crossing": "X", "lane": 2, "verdict": "stop"}, {"plate": "豫A12345"}
    )
    (matter,) = matters.fold([told_of(old, 1)])
    assert (matter.id, matter.source, matter.lane, matter.plate) == ("B", "lane", 2, "豫A12345")
