"""Choices in the people row: what is stored of them."""

from __future__ import annotations

from checkpoint_app.domain.words import REASONS, Outcome
from checkpoint_app.ui import asking


def test_every_reason_that_can_be_chosen_is_a_code_the_public_part_may_hold() -> None:
    chosen = {*asking.reason(Outcome.RELEASED).values, *asking.unmask().values}
    assert chosen <= REASONS
