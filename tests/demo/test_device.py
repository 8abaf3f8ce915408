"""The recorded lane as a camera: every kind of vehicle is read through the real thread."""

from __future__ import annotations

from itertools import islice

import pytest

from checkpoint_app.demo import device as demo
from checkpoint_app.demo.device import DemoDevice, DemoLane
from checkpoint_app.demo.traffic import Arrival, arrivals
from checkpoint_app.scanning.camera import Camera
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.devices import CameraGone
from checkpoint_app.scanning.health import Sight
from tests.scanning.devices_played import AT_ONCE, Clock


def one_of_each() -> list[Arrival]:
    """The first arrival of every sort, told apart by what is held up."""
    found: dict[tuple[str, ...], Arrival] = {}
    for arrival in islice(arrivals(3), 300):
        found.setdefault(tuple(f"{card.form} {card.title}" for card in arrival.cards), arrival)
    return list(found.values())


class Timed:
    """A demo device on a told clock: each picture waits until the camera has looked at the last one."""

    def __init__(self, lane: DemoLane) -> None:
        self.clock = Clock()
        self.device = DemoDevice(lane, seed=5, clock=lambda: self.clock.now / 1000, wait=self._wait)

    def _wait(self, seconds: float) -> None:
        self.clock.now += max(1, round(seconds * 1000))
        self.clock.looked(times=3)


@pytest.mark.parametrize("arrival", one_of_each(), ids=lambda arrival: arrival.cards[0].title)
def test_every_kind_of_vehicle_is_read_by_the_real_thread(arrival: Arrival) -> None:
    lane = DemoLane(seed=1, waits=True)
    lane.current = arrival
    timed = Timed(lane)
    camera = Camera(
        "demo:", on_view=lambda: None, opens=lambda _: timed.device, patience=AT_ONCE, clock=timed.clock
    )
    wanted = {payload for card in arrival.cards for payload in card.payloads}
    read: set[bytes] = set()
    camera.start()
    try:
        for _ in range(4_000):
            view = camera.views.take(wait=0.01)
            assert view is None or view.sight in {Sight.OPENING, Sight.FINE}
            read |= {code.payload for code in camera.codes()}
            if wanted <= read or timed.clock.now > 60_000:
                break
    finally:
        timed.clock.end()
        camera.stop()
    assert read == wanted


class Told:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


def cards_seen(device: DemoDevice, told: Told, *, seconds: float) -> list[bytes]:
    """What can be read of the device within so many seconds, in order, each once in a row."""
    found: list[bytes] = []
    decoder = Decoder()
    until = told.now + seconds
    while told.now < until:
        picture = device.read()
        assert picture is not None
        for reading in decoder.read(picture, at=round(told.now * 1000)):
            if found[-1:] != [reading.payload]:
                found.append(reading.payload)
    return found


def test_a_vehicle_let_go_early_shows_nothing_more() -> None:
    told, lane = Told(), DemoLane(seed=2, waits=True)
    while len(lane.current.cards) < 2:
        lane.next()
        lane.advance()
    device = DemoDevice(lane, seed=2, clock=told, wait=told.wait)
    gone, rest = lane.current, lane.current.cards[1:]
    assert cards_seen(device, told, seconds=1.6)
    lane.next()
    after = cards_seen(device, told, seconds=demo.BETWEEN_S + demo.SHOWN_S)
    assert lane.current is not gone
    assert not {payload for card in rest for payload in card.payloads} & set(after)


def test_a_vehicle_that_waits_shows_its_cards_again() -> None:
    told, lane = Told(), DemoLane(seed=2, waits=True)
    device = DemoDevice(lane, seed=2, clock=told, wait=told.wait)
    first = lane.current
    cards_seen(device, told, seconds=2 * (demo.SHOWN_S + demo.BETWEEN_S) * len(first.cards))
    assert (lane.current, lane.served) == (first, 0)


def test_without_waiting_one_vehicle_follows_the_other() -> None:
    told, lane = Told(), DemoLane(seed=2)
    device = DemoDevice(lane, seed=2, tempo=4, clock=told, wait=told.wait)
    while lane.served < 3:
        device.read()
        assert told.now < 60


def test_a_camera_that_is_unplugged_gives_nothing_and_cannot_be_opened_until_it_is_back() -> None:
    told, lane = Told(), DemoLane(seed=2, waits=True)
    opened = demo.opens({"demo:1": lane}, seed=2)
    device = DemoDevice(lane, seed=2, clock=told, wait=told.wait)
    assert device.read() is not None
    lane.plugged = False
    assert device.read() is None
    with pytest.raises(CameraGone):
        opened("demo:1")
    lane.plugged = True
    assert opened("demo:1").live


def test_a_source_that_is_no_demo_lane_is_opened_like_any_other() -> None:
    asked: list[str] = []

    def otherwise(source: str) -> DemoDevice:
        asked.append(source)
        raise CameraGone(source=source)

    with pytest.raises(CameraGone):
        demo.opens({"demo:1": DemoLane(seed=2)}, seed=2, otherwise=otherwise)("usb-1")
    assert asked == ["usb-1"]
