"""The roll-call at the beginning of a shift: who came, who did not, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.hours import LATE, PRESENT, off_duty, on_duty

SERVING = (PRESENT, LATE)


@dataclass(frozen=True, slots=True)
class Rolled:
    """One officer called. `number` "" for somebody who has none yet; `state` present, late, absent or
    replaced; `post` lane-1… or hut, "" where it is not yet known.
    """

    number: str
    name: str
    state: str = PRESENT
    post: str = ""

    @property
    def serves(self) -> bool:
        return self.state in SERVING


def attendance(roll: Sequence[Rolled], *, by: By, at: int, new_action: Callable[[], str]) -> tuple[Fact, ...]:
    """What a roll-call says of everybody called: on duty, or not."""
    return tuple(
        on_duty(each.number, post=each.post, state=each.state, by=by, at=at, action=new_action())
        if each.serves
        else off_duty(each.number, state=each.state, by=by, at=at, action=new_action())
        for each in roll
    )
