"""What commands told while older entries waited."""

from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import canonical
from checkpoint_app.storage import told


def test_spans_come_back_from_a_draft() -> None:
    spans = (("e1", 3, 9), ("e2", 1, 1))
    assert told.read(canonical.decode(canonical.encode(told.draft(spans)))) == spans
    assert told.read(None) == ()


def test_spans_grow_together_over_seals_but_not_over_what_waits() -> None:
    assert told.along((("e1", 3, 9),), ("e1", 11, 12), waiting=set()) == (("e1", 3, 12),)
    apart = told.along((("e1", 3, 9),), ("e1", 11, 12), waiting={("e1", 10)})
    assert apart == (("e1", 3, 9), ("e1", 11, 12))
    assert told.along((("e1", 3, 9),), ("e2", 1, 2), waiting=set()) == (("e1", 3, 9), ("e2", 1, 2))


@given(
    st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=12),
)
def test_exactly_what_runs_told_is_told(runs: list[tuple[int, bool]]) -> None:
    spans: tuple[told.Span, ...] = ()
    waiting: set[told.Name] = set()
    said: set[told.Name] = set()
    at = 0
    for count, tells in runs:
        names = {("e", number) for number in range(at + 1, at + count + 1)}
        if tells:
            spans = told.along(spans, ("e", at + 1, at + count), waiting=waiting)
            said |= names
        else:
            waiting |= names
        at += count
    assert {("e", number) for number in range(1, at + 1) if told.holds(spans, ("e", number))} == said
