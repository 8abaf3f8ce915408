"""Where the seconds of a crossing went: until the plate, at codes, at temperatures, until the decision.

What an officer did last ends a stretch of time, and the stretch is counted to that. So the steps may come in
any order and more than once, and together they are exactly the time from the vehicle's coming to its outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from enum import StrEnum

from checkpoint_app.domain.words import CheckKind

MUCH = 3_000  # ms a step takes longer than elsewhere before a lane is called slow at it
TIMES = 1.5


class Step(StrEnum):
    """What a stretch of time was spent on."""

    PLATE = "plate"
    CODES = "codes"
    TEMPERATURE = "temperature"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds by step, of one crossing or of many together; the fields are in the order of `Step`."""

    plate: int = 0
    codes: int = 0
    temperature: int = 0
    decision: int = 0

    @property
    def whole(self) -> int:
        return self.plate + self.codes + self.temperature + self.decision

    def of(self, step: Step) -> int:
        """Milliseconds of one step."""
        found: int = getattr(self, step.value)
        return found

    def plus(self, other: Spent) -> Spent:
        """Both together."""
        return Spent(
            self.plate + other.plate,
            self.codes + other.codes,
            self.temperature + other.temperature,
            self.decision + other.decision,
        )

    def over(self, count: int) -> Spent:
        """The mean of `count` crossings, each step rounded down; nothing for none."""
        return Spent(*(part // count for part in astuple(self))) if count else Spent()


def spent(*, started: int, plate_at: int, checks: Iterable[tuple[str, int]], happened: int) -> Spent:
    """The steps of one crossing; `checks` are kinds with their times, all times in ms UTC.

    `plate_at` is 0 when it was never known. A time before the vehicle came, or after its outcome, counts as
    that moment, and an outcome before the coming (a clock was set) as no time at all.
    """
    marks = [(plate_at, Step.PLATE)] if plate_at else []
    marks += [(at, _step_of(kind)) for kind, at in checks]
    parts = dict.fromkeys(Step, 0)
    reached = started
    for at, step in sorted(marks, key=lambda mark: mark[0]):
        until = min(max(at, reached), max(happened, started))
        parts[step] += until - reached
        reached = until
    parts[Step.DECISION] += max(happened - reached, 0)
    return Spent(*parts.values())


def slow_at(means: Mapping[int, Spent], *, much: int = MUCH) -> tuple[int, Step] | None:
    """The lane and step that take much longer than the same step elsewhere; the worst one, None when none.

    `means` is the mean crossing of each lane; longer by half as much again and by `much` ms is much longer.
    """
    longer = {
        (lane, step): mean.of(step) - usual
        for lane, mean in means.items()
        for step in Step
        if (usual := _elsewhere(means, lane, step)) is not None
        and mean.of(step) >= max(usual * TIMES, usual + much)
    }
    return max(longer, key=lambda place: longer[place]) if longer else None


def _elsewhere(means: Mapping[int, Spent], lane: int, step: Step) -> int | None:
    others = [mean.of(step) for other, mean in means.items() if other != lane]
    return sum(others) // len(others) if others else None


def _step_of(kind: str) -> Step:
    return Step.TEMPERATURE if kind == CheckKind.TEMPERATURE else Step.CODES
