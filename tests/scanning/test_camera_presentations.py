"""Codes shown for a second each, with a shaking hand, through the real camera threads."""

from __future__ import annotations

from checkpoint_app.bench.presentations import FPS, Presentation, empty_frame, frames, presentations
from checkpoint_app.scanning.camera import Camera
from tests.scanning.devices_played import AT_ONCE, Clock, Picture


class Shown:
    """One presentation and a second of nothing behind it, at its own rate of the told clock."""

    live = True

    def __init__(self, shown: Presentation) -> None:
        self.clock = Clock()
        self._pictures = [*frames(shown), *(empty_frame(number) for number in range(3))]
        self.finished = False

    def read(self) -> Picture | None:
        self.clock.looked(times=3)
        self.clock.now += 1_000 // FPS
        if len(self._pictures) == 1:
            self.finished = True
            return self._pictures[0]
        return self._pictures.pop(0)

    def release(self) -> None:
        """Nothing to give back."""


def codes_through_threads(shown: Presentation) -> list[bytes]:
    device = Shown(shown)
    camera = Camera(
        "shown", on_view=lambda: None, opens=lambda _: device, patience=AT_ONCE, clock=device.clock
    )
    camera.start()
    try:
        while not device.finished:
            device.clock.looked()
        device.clock.looked(times=3)
    finally:
        device.clock.end()
        camera.stop()
    return [code.payload for code in camera.codes()]


def test_each_code_shown_for_a_second_counts_once_and_nothing_else_does(full_counts: bool) -> None:
    missed = [
        shown
        for shown in presentations(200 if full_counts else 7, seed=0)
        if codes_through_threads(shown) != [shown.payload]
    ]
    assert missed == []
