"""Four cameras at once: one dies, stalls, freezes or goes dark and comes back, the others notice nothing."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from checkpoint_app.scanning.health import Sight
from tests.scanning.devices_played import LONG_S, Picture, Watched, code_picture, noise

CYCLES, SHORT = 500, 24
NOTICED, RECOVERED = 3_000, 5_000  # ms
STEP = 250
LANES = 4


def dark(number: int) -> Picture:
    return noise(number, light=8) // 8


def still(_number: int) -> Picture:
    return noise(1)


class Lanes:
    """Four watched cameras whose counters go together."""

    def __init__(self, stack: ExitStack) -> None:
        self.all = [stack.enter_context(Watched()) for _ in range(LANES)]
        self.shown = [Sight.OPENING] * LANES
        for lane in self.all:
            lane.steady()

    def step(self) -> None:
        """Time goes on by a quarter of a second; every camera that can gives a picture in it."""
        for lane in self.all:
            lane.clock.now += STEP
        for number, lane in enumerate(self.all):
            before, free = lane.socket.number, lane.socket.picture is None or lane.socket.hanging
            lane.clock.looked()
            for _look in range(round(LONG_S * 100)):
                if free or lane.socket.number > before + 1:
                    break
                lane.clock.looked()
            view = lane.camera.views.take()
            if view is not None:
                self.shown[number] = view.sight

    def until(self, number: int, sight: Sight) -> int:
        """Milliseconds until that camera shows this sight; the others must be fine at every step."""
        for turn in range(60_000 // STEP):
            if self.shown[number] is sight:
                return turn * STEP
            self.step()
            others = {found for lane, found in enumerate(self.shown) if lane != number}
            assert others == {Sight.FINE}
        raise AssertionError(f"never {sight.value}")


def unplugged(lane: Watched) -> Sight:
    lane.socket.picture = None
    return Sight.GONE


def stalled(lane: Watched) -> Sight:
    lane.socket.free = threading.Event()
    lane.socket.hanging = True
    return Sight.GONE


def frozen(lane: Watched) -> Sight:
    lane.socket.picture = still
    return Sight.FROZEN


def darkened(lane: Watched) -> Sight:
    lane.socket.picture = dark
    return Sight.BLACK


TROUBLES: tuple[Callable[[Watched], Sight], ...] = (unplugged, stalled, frozen, darkened)


def mend(lane: Watched) -> None:
    """Whatever it was, it is over."""
    lane.socket.picture, lane.socket.hanging = noise, False
    lane.socket.free.set()


@pytest.fixture
def lanes() -> Iterator[Lanes]:
    with ExitStack() as stack:
        yield Lanes(stack)


@pytest.mark.timeout(1_800)
def test_whatever_happens_to_one_camera_it_is_back_and_the_others_go_on(
    lanes: Lanes, full_counts: bool
) -> None:
    chance = random.Random(14)
    threads = threading.active_count()
    for cycle in range(CYCLES if full_counts else SHORT):
        number, trouble = chance.randrange(LANES), TROUBLES[cycle % len(TROUBLES)]
        lane = lanes.all[number]
        opened = [other.socket.opened for other in lanes.all]
        assert lanes.until(number, trouble(lane)) <= NOTICED + STEP
        for _pause in range(chance.randrange(30)):
            lanes.step()
        mend(lane)
        assert lanes.until(number, Sight.FINE) <= RECOVERED
        assert [other.socket.opened for other in lanes.all if other is not lane] == [
            count for place, count in enumerate(opened) if place != number
        ]
    assert threading.active_count() <= threads + LANES
    for lane in lanes.all:
        assert lane.socket.opened - lane.socket.released <= 1


def test_a_code_is_read_at_the_others_while_one_is_gone(lanes: Lanes) -> None:
    assert lanes.until(0, unplugged(lanes.all[0])) <= NOTICED + STEP
    for number, lane in enumerate(lanes.all[1:], 1):
        lane.socket.picture = lambda _count, number=number: code_picture(b"lane %d" % number)
        lane.socket.live = False
    found: list[set[bytes]] = [set(), set(), set(), set()]
    for _turn in range(200):
        lanes.step()
        for number, lane in enumerate(lanes.all):
            found[number] |= {code.payload for code in lane.camera.codes()}
        if all(found[1:]):
            break
    assert found == [set(), {b"lane 1"}, {b"lane 2"}, {b"lane 3"}]


def test_a_second_camera_that_goes_along_is_noticed(lanes: Lanes) -> None:
    lanes.until(1, unplugged(lanes.all[1]))
    with pytest.raises(AssertionError):
        lanes.until(0, unplugged(lanes.all[0]))
