from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.intervals import Span, common, covers, merged, size, without

SPANS = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), max_size=8)


def numbers(spans: list[Span] | tuple[Span, ...]) -> set[int]:
    return {number for first, last in spans for number in range(first, last + 1)}


@given(SPANS)
def test_merging_keeps_the_numbers_in_order_and_apart(spans: list[Span]) -> None:
    found = merged(spans)
    assert numbers(found) == numbers(spans)
    assert all(before[1] + 1 < after[0] for before, after in pairwise(found))


@given(SPANS, SPANS)
def test_what_is_left_common_covered_and_counted_is_what_sets_say(
    spans: list[Span], others: list[Span]
) -> None:
    assert numbers(without(spans, others)) == numbers(spans) - numbers(others)
    assert numbers(common(spans, others)) == numbers(spans) & numbers(others)
    assert covers(spans, others) == (numbers(others) <= numbers(spans))
    assert size(spans) == len(numbers(spans))
