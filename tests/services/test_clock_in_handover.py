"""While a shift is handed over two overlap: what the clock did then stands in one of them only."""

from __future__ import annotations

from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.shift_figures import shift_figures
from tests.services.handing import answer_all, begin, close, sign_both
from tests.services.recorded import record


def confirmed(desk: Desk) -> None:
    desk.ledger.confirm_clock(by=desk.by).result()


def events(desk: Desk, shift: str) -> list[str]:
    with desk.ledger.reader() as reader:
        figures = shift_figures(reader, shift)
    assert figures is not None
    return [each.kind for each in figures.clock]


def test_in_an_overlap_the_clock_is_the_later_shift_s(desk: Desk) -> None:
    record(desk)
    confirmed(desk)
    shift = begin(desk)
    record(desk, "豫B67890")
    confirmed(desk)
    answer_all(desk, shift)
    sign_both(desk, shift)
    close(desk, shift)
    record(desk, "豫C11111")
    assert (events(desk, shift), events(desk, desk.by.shift)) == (["confirmed"], ["confirmed"])


def test_after_a_refusal_it_is_the_outgoing_shift_s_again(desk: Desk) -> None:
    shift = begin(desk)
    confirmed(desk)
    refused = desk.by.shift
    desk.handovers.refuse(shift, why="不清楚", by=desk.by).result()
    assert desk.by.shift == shift
    confirmed(desk)
    record(desk)
    assert (events(desk, refused), events(desk, shift)) == (["confirmed"], ["confirmed"])
