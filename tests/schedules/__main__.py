"""`python -m tests.schedules N`: so many random deliveries, each against the oracle."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from dataclasses import asdict

from tests.schedules.bare import Bare
from tests.schedules.play import DivergedError, play
from tests.schedules.world import make

SCHEDULES_A_WORLD = 20


def run(count: int, *, stride: int = 1, announce: bool = True) -> Counter[str]:
    """Plays so many schedules, every `stride`th; DivergedError says which one."""
    sums: Counter[str] = Counter()
    bare = Bare()
    try:
        for number in range(0, count * stride, stride):
            world = make(number // SCHEDULES_A_WORLD)
            try:
                told = play(bare, world, random.Random(number), announce=announce)
            except DivergedError as error:
                raise DivergedError(f"schedule {number}: {error}") from error
            sums.update(asdict(told))
    finally:
        bare.close()
    return sums


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    began = time.process_time()
    sums = run(count)
    sys.stdout.write(f"{count} schedules in {time.process_time() - began:.1f} s CPU, 0 divergences\n")
    sys.stdout.write(", ".join(f"{name} {number}" for name, number in sums.items()) + "\n")


if __name__ == "__main__":
    main()
