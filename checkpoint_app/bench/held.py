"""A lane's camera for measurements: phones drawn beforehand, so that no time goes into drawing them."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from itertools import cycle

from checkpoint_app.demo import pictures
from checkpoint_app.demo.pictures import Hold, Picture
from checkpoint_app.demo.traffic import Card
from checkpoint_app.scanning.devices import Device, Facts

RATE = 15
STANDS, EMPTY = 12, 8
"""Pictures with a phone, and without one between two vehicles."""
LEFT, TOP, WIDTH, HEIGHT = 420, 10, 440, 700
SHAKE = 6
HOLD = Hold(640, 360, 0.92, 5, 8, 0, 1.0)


def phones(count: int, *, seed: int) -> tuple[Picture, ...]:
    """The part of the picture that a held phone fills, each with a health code of its own."""
    chance = random.Random(seed)
    return tuple(_phone(chance) for _ in range(count))


class Held(Device):
    """Fifteen pictures a second; one vehicle after another holds up one of `shown`."""

    live = True
    facts = Facts(pictures.WIDTH, pictures.HEIGHT, float(RATE))

    def __init__(self, shown: Sequence[Picture]) -> None:
        self._shown = cycle(shown)
        self._empty = [pictures.frame(None, HOLD, number=number) for number in range(4)]
        self._phone = next(self._shown)
        self._number = 0
        self._due = time.monotonic()

    def read(self) -> Picture | None:
        self._due = max(self._due + 1 / RATE, time.monotonic())
        time.sleep(max(0.0, self._due - time.monotonic()))
        self._number += 1
        place = self._number % (STANDS + EMPTY)
        if place == 0:
            self._phone = next(self._shown)
        picture = self._empty[self._number % len(self._empty)].copy()
        if place < STANDS:
            left = LEFT + self._number % SHAKE
            picture[TOP : TOP + HEIGHT, left : left + WIDTH] = self._phone
        return picture

    def release(self) -> None:
        """Nothing to give back."""


def _phone(chance: random.Random) -> Picture:
    link = f"https://jkm.henan.example/h5/code/{chance.getrandbits(80):020x}?c=g"
    card = Card("phone", "健康码", "#006B53", (link.encode(),), ("绿码",), "#006B53")
    return pictures.frame(card, HOLD, number=1)[TOP : TOP + HEIGHT, LEFT : LEFT + WIDTH].copy()
