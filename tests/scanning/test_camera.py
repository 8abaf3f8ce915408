"""A camera through unplugging, freezing, hanging drivers and codes nobody takes in time."""

from __future__ import annotations

import threading
import time

import pytest

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.scanning import camera as camera_module
from checkpoint_app.scanning.camera import Camera
from checkpoint_app.scanning.devices import CameraGone, Facts, SourceUnknown
from checkpoint_app.scanning.health import Sight
from tests.scanning.devices_played import LONG_S, Picture, Socket, Watched, code_picture, noise

NOTICED, RECOVERED = 3_000, 5_000  # ms, what is promised


def test_one_call_however_many_pictures_come_while_nobody_looks() -> None:
    socket = Socket()
    with Watched(socket) as watched:
        watched.steady()
        watched.clock.looked()
        before, number = watched.calls, socket.number
        while socket.number < number + 1_000:
            watched.clock.looked(times=20)
        assert watched.calls - before <= 1
        newest = watched.view()
        assert newest.picture is not None


def test_every_turn_from_empty_to_full_is_told() -> None:
    with Watched() as watched:
        for _ in range(50):
            watched.view()
        watched.clock.looked()
        assert 50 <= watched.calls <= 52


def changing_codes(number: int) -> Picture:
    """Each code in three pictures, as a hand would hold it; the noise keeps the picture alive."""
    picture = code_picture(f"code {number // 3 % 60:02}".encode(), scale=4)
    picture[:8, :8] = number % 251
    return picture


def test_no_code_is_lost_when_pictures_are_replaced_and_nobody_takes_them() -> None:
    shown: list[bytes] = []
    go_on = threading.Semaphore(0)

    def picture(number: int) -> Picture:
        go_on.acquire(timeout=LONG_S)
        return changing_codes(number)

    with Watched(Socket(picture)) as watched:
        for _ in range(150):
            watched.clock.now += 40
            go_on.release()
            watched.clock.looked(times=3)
        for _ in range(5):
            go_on.release()
        shown = [code.payload for code in watched.camera.codes()]
    assert len(shown) == len(set(shown))
    assert len(shown) >= 45, "a code that was held up for three pictures did not count"
    assert shown == sorted(shown)


def test_unplugging_is_noticed_in_three_seconds_and_the_return_in_five() -> None:
    with Watched() as watched:
        watched.steady()
        watched.socket.picture = None
        assert watched.until(Sight.GONE) <= NOTICED
        watched.clock.now += 60_000
        assert watched.view().picture is None
        watched.socket.picture = noise
        assert watched.until(Sight.FINE) <= RECOVERED
        assert watched.socket.opened - watched.socket.released == 1


def test_a_read_that_never_comes_back_is_noticed_and_another_thread_takes_its_place() -> None:
    with Watched() as watched:
        watched.steady()
        watched.socket.hanging = True
        assert watched.until(Sight.GONE) <= NOTICED
        watched.socket.hanging = False  # what is opened anew reads; the old call still hangs
        assert watched.until(Sight.FINE) <= RECOVERED
        assert watched.socket.opened in {2, 3}  # the second one may have been asked too early


def test_a_driver_that_hangs_again_and_again_does_not_eat_threads() -> None:
    with Watched() as watched:
        watched.steady()
        watched.socket.hanging = True
        for _ in range(40):
            watched.clock.now += 3_000
            watched.clock.looked(times=5)
        grabbing = [thread for thread in threading.enumerate() if thread.name == "grab pictures"]
        assert len(grabbing) <= camera_module.MOST_LEFT_BEHIND + 1
        watched.socket.let_go()
        assert watched.until(Sight.FINE) <= RECOVERED


def test_an_opening_that_takes_ten_seconds_is_waited_for() -> None:
    with Watched(Socket(opening_hangs=True)) as watched:
        watched.clock.looked()
        for _ in range(100):
            watched.clock.now += 100
            watched.clock.looked()
        assert watched.view().sight is Sight.OPENING
        assert watched.socket.tried == 1
        watched.socket.let_go()
        assert watched.until(Sight.FINE) <= RECOVERED


def test_an_opening_that_hangs_for_good_is_tried_anew_after_half_a_minute() -> None:
    with Watched(Socket(opening_hangs=True)) as watched:
        watched.clock.looked()
        watched.clock.now += 29_000
        watched.clock.looked(times=5)
        assert watched.socket.tried == 1
        watched.clock.now += 1_100
        watched.clock.looked(times=5)
        assert watched.socket.tried == 2


def test_a_camera_that_was_never_there_is_gone_not_opening() -> None:
    with Watched(Socket(picture=None)) as watched:
        assert watched.until(Sight.GONE) <= NOTICED


def test_a_frozen_picture_is_noticed_opened_anew_and_fine_again() -> None:
    with Watched() as watched:
        watched.steady()
        watched.socket.picture = lambda _number: noise(1)
        assert watched.until(Sight.FROZEN) <= NOTICED
        watched.until(Sight.FROZEN)
        opened = watched.socket.opened
        watched.clock.now += 6_000
        watched.clock.looked(times=10)
        assert watched.socket.opened > opened
        watched.socket.picture = noise
        assert watched.until(Sight.FINE) <= RECOVERED


def test_a_black_picture_is_noticed_and_light_again_is_fine() -> None:
    with Watched() as watched:
        watched.steady()
        watched.socket.picture = lambda number: noise(number, light=8) // 8
        assert watched.until(Sight.BLACK) <= NOTICED
        watched.socket.picture = noise
        assert watched.until(Sight.FINE) <= RECOVERED


def test_a_still_picture_from_a_file_is_fine_for_ever() -> None:
    with Watched(Socket(lambda _number: noise(1), live=False)) as watched:
        watched.steady()
        for _ in range(20):
            watched.clock.now += 1_000
            watched.clock.looked()
        assert watched.view().sight is Sight.FINE


def test_plugging_in_and_out_again_and_again(full_counts: bool) -> None:
    with Watched() as watched:
        watched.steady()
        for _ in range(500 if full_counts else 20):
            watched.socket.picture = None
            assert watched.until(Sight.GONE, step=250) <= NOTICED
            watched.socket.picture = noise
            assert watched.until(Sight.FINE, step=250) <= RECOVERED
        assert watched.socket.opened - watched.socket.released == 1
    assert watched.socket.opened == watched.socket.released


def test_stop_ends_both_threads_and_gives_the_device_back() -> None:
    before = set(threading.enumerate())
    with Watched() as watched:
        watched.steady()
    assert watched.socket.opened == watched.socket.released == 1
    assert not [thread for thread in set(threading.enumerate()) - before if thread.is_alive()]


def test_stop_without_a_start_and_twice_is_nothing() -> None:
    camera = Camera("x", on_view=lambda: None, opens=Socket().open)
    camera.stop()
    watched = Watched()
    with watched:
        watched.steady()
    watched.camera.stop()


@pytest.mark.parametrize("refusal", [CameraGone(source="x"), SourceUnknown(source="x", cameras="")])
def test_whatever_refuses_to_open_is_tried_again(refusal: CheckpointError) -> None:
    socket = Socket()
    tries = 0

    def opens(source: str) -> object:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise refusal
        return socket.open(source)

    watched = Watched(socket)
    watched.camera._opens = opens  # type: ignore[assignment]
    with watched:
        watched.steady()
    assert tries == 4


def test_a_driver_with_a_bug_takes_its_thread_down_and_not_the_camera(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bugs: list[object] = []
    monkeypatch.setattr(threading, "excepthook", bugs.append)
    with Watched() as watched:
        watched.steady()

        def broken(number: int) -> Picture:
            raise ZeroDivisionError(number)

        watched.socket.picture = broken
        while not bugs:
            watched.clock.looked()
        watched.socket.picture = noise
        watched.until(Sight.FINE)
        assert watched.socket.opened >= 2


def test_a_picture_the_decoder_stumbles_over_costs_that_picture_only(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from checkpoint_app.scanning.decoder import Decoder

    real, poison = Decoder.read, [True] * 3

    def read(self: Decoder, frame: Picture, *, at: int) -> object:
        if poison:
            poison.pop()
            raise ZeroDivisionError
        return real(self, frame, at=at)

    monkeypatch.setattr(Decoder, "read", read)
    with Watched(Socket(lambda number: code_picture(b"after the poison"))) as watched:
        found: tuple[bytes, ...] = ()
        while not found:
            watched.clock.now += 50
            watched.clock.looked()
            found = tuple(code.payload for code in watched.camera.codes())
    assert found == (b"after the poison",)
    assert caplog.text.count("bug kind=ZeroDivisionError") == 3


@pytest.mark.parametrize("place", ["colour_of", "felt"])
def test_whatever_stumbles_beside_the_decoder_costs_that_picture_only(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, place: str
) -> None:
    from checkpoint_app.scanning import seeing

    real, poison = getattr(seeing, place), [True]

    def stumbles(*arguments: object, **more: object) -> object:
        if poison:
            poison.pop()
            raise ZeroDivisionError
        return real(*arguments, **more)

    monkeypatch.setattr(seeing, place, stumbles)
    seen: set[bytes] = set()
    with Watched(Socket(lambda number: code_picture(b"code %d" % (number // 50)), live=False)) as watched:
        while poison or not seen:
            watched.clock.now += 20
            watched.clock.looked()
            seen |= {code.payload for code in watched.camera.codes()}
    assert caplog.text.count("bug kind=ZeroDivisionError") == 1


def test_what_the_device_really_gives_is_told() -> None:
    socket, facts = Socket(), Facts(640, 480, 15.0, "YUYV")

    def opens(source: str) -> object:
        device = socket.open(source)
        device.facts = facts  # type: ignore[attr-defined]
        return device

    watched = Watched(socket)
    assert watched.camera.facts is None
    watched.camera._opens = opens  # type: ignore[assignment]
    with watched:
        watched.steady()
        assert watched.camera.facts == facts


def test_the_real_patience_holds_on_a_real_clock() -> None:
    """The only test here that spends real time: what the counter promises, a watch measures too."""
    socket = Socket()
    full = threading.Event()
    camera = Camera("played", on_view=full.set, opens=socket.open)

    def wait_for(sight: Sight) -> float:
        began = time.monotonic()
        while time.monotonic() - began < LONG_S:
            full.wait(LONG_S)
            full.clear()
            view = camera.views.take()
            if view is not None and view.sight is sight:
                return time.monotonic() - began
        raise AssertionError(sight)

    camera.start()
    try:
        wait_for(Sight.FINE)
        socket.picture = None
        assert wait_for(Sight.GONE) <= 3.0
        socket.picture = noise
        assert wait_for(Sight.FINE) <= 5.0
    finally:
        camera.stop()
