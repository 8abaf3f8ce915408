"""Reading codes from drawn frames: bytes, places, turns, and frames nobody meant."""

from __future__ import annotations

import builtins

import numpy as np
import pytest
import segno

from checkpoint_app.scanning import decoder as decoding
from checkpoint_app.scanning import zbar
from checkpoint_app.scanning.decoder import FORGIVEN_MISSES, HARDER_LOOK_AFTER, TURNS, Decoder
from checkpoint_app.scanning.preparations import Picture, grey
from checkpoint_app.scanning.rectify import read_flat
from checkpoint_app.scanning.symbols import Pass, Sighting, look
from tests.scanning import drawn

AWKWARD = b"\x00\x01\xff\xfe" + "张三".encode("gb18030") + b"\x83\x82\\\r\n\x00"
EMPTY = drawn.frame()


def payloads(frame: Picture) -> list[bytes]:
    return sorted(reading.payload for reading in Decoder().read(frame, at=0))


@pytest.mark.parametrize("degrees", [0, 17, 45, 90, 135, 180, 270, 333])
def test_a_code_is_read_at_any_angle(degrees: float) -> None:
    picture = drawn.turned(drawn.frame((drawn.code(b"PASS 7"), (600, 300))), degrees)
    assert payloads(picture) == [b"PASS 7"]


def test_light_modules_on_dark_are_read() -> None:
    assert payloads(255 - drawn.frame((drawn.code(b"dark mode"), (500, 200)))) == [b"dark mode"]


def test_a_grey_frame_reads_like_a_colour_frame() -> None:
    picture = drawn.frame((drawn.code(b"either"), (100, 100)))
    assert Decoder().read(grey(picture), at=0) == Decoder().read(picture, at=0) != ()


def test_every_code_of_a_frame_is_read_with_its_place() -> None:
    picture = drawn.frame((drawn.code(b"left"), (100, 200)), (drawn.code(b"right"), (800, 300)))
    found = {reading.payload: reading.corners for reading in Decoder().read(picture, at=0)}
    assert set(found) == {b"left", b"right"}
    side = 21 * 4
    for payload, (left, top) in ((b"left", (116, 216)), (b"right", (816, 316))):
        expected = [(left, top), (left + side, top), (left + side, top + side), (left, top + side)]
        assert np.abs(np.array(found[payload]) - expected).max() <= 2


def test_corners_start_at_the_codes_own_top_left() -> None:
    upside_down = np.ascontiguousarray(drawn.frame((drawn.code(b"turned"), (100, 100)))[::-1, ::-1])
    (reading,) = Decoder().read(upside_down, at=0)
    assert reading.corners[0][0] > reading.corners[1][0]
    assert reading.corners[0][1] > reading.corners[3][1]


@pytest.mark.parametrize("attempt", [look, None], ids=["zxing", "pyzbar"])
def test_bytes_come_through_untouched(attempt: object) -> None:
    picture = drawn.code(AWKWARD)
    if attempt is None and not zbar.keeps_bytes():
        pytest.skip("this libzbar has no binary mode")
    found = zbar.readings(picture) if attempt is None else look(picture, name="zxing").readings
    assert [reading.payload for reading in found] == [AWKWARD]


def test_pyzbar_places_a_code_where_zxing_does() -> None:
    picture = drawn.turned(grey(drawn.frame((drawn.code(b"placed", module=6), (500, 250)))), 30)
    (by_zbar,), (by_zxing,) = zbar.readings(picture), look(picture, name="zxing").readings
    assert np.abs(np.array(by_zbar.corners) - np.array(by_zxing.corners)).max() <= 6


def test_without_binary_mode_only_ascii_of_pyzbar_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zbar, "keeps_bytes", lambda: False)
    assert [reading.payload for reading in zbar.readings(drawn.code(b"plain ASCII"))] == [b"plain ASCII"]
    assert zbar.readings(drawn.code("Müller".encode("latin-1"))) == ()


@pytest.fixture
def _without_libzbar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zbar, "library", lambda: None)


@pytest.mark.usefixtures("_without_libzbar")
def test_the_cascade_goes_on_without_libzbar() -> None:
    assert zbar.readings(drawn.code(b"x")) == ()
    stream = Decoder()
    for at in range(0, 66 * 2 * len(TURNS), 66):
        assert stream.read(EMPTY, at=at) == ()
    assert stream.read_thoroughly(EMPTY) == ()
    assert payloads(drawn.frame((drawn.code(b"still here"), (100, 100)))) == [b"still here"]


def test_a_missing_libzbar_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: object, **more: object) -> object:
        if name.startswith("pyzbar"):
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert zbar.library.__wrapped__() is None


@pytest.mark.parametrize(
    "frame",
    [
        np.zeros((0, 0), np.uint8),
        np.zeros((0, 5, 3), np.uint8),
        np.zeros((1, 1), np.uint8),
        np.zeros((1, 1, 3), np.uint8),
        np.full((2, 3, 4), 255, np.uint8),
        np.zeros((1, 20_000), np.uint8),
        np.zeros((20_000, 2), np.uint8),
        np.zeros((10, 10, 2), np.uint8),
        np.zeros((2, 10, 10, 3), np.uint8),
        np.zeros((10, 10), np.float64),
        np.random.default_rng(1).integers(0, 256, (240, 320, 3), np.uint8),
        np.full((3_000, 4_000), 200, np.uint8),
    ],
    ids=lambda frame: f"{frame.shape}-{frame.dtype}",
)
def test_no_frame_is_too_strange(frame: Picture) -> None:
    assert Decoder().read_thoroughly(frame) == ()
    stream = Decoder()
    assert [stream.read(frame, at=at) for at in range(0, 66 * len(TURNS), 66)] == [()] * len(TURNS)


def test_a_frame_cut_out_of_a_larger_one_is_read() -> None:
    whole = drawn.frame((drawn.code(b"a window"), (300, 200)))
    assert payloads(whole[150:500, 250:600]) == [b"a window"]


def test_a_wrinkled_code_is_read_because_it_is_laid_flat(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = drawn.wrinkled(drawn.code(b"HC1:6BFOXN" * 5, module=6, error="l"), depth=3, length=200)
    assert [reading.payload for reading in Decoder().read_thoroughly(picture)] == [b"HC1:6BFOXN" * 5]
    monkeypatch.setattr(decoding, "read_flat", lambda picture, seen: ())
    assert Decoder().read_thoroughly(picture) == ()


def test_sightings_that_are_no_codes_are_laid_flat_without_harm() -> None:
    random = np.random.default_rng(7)
    for modules in (21, 57, 177):
        for spread in (1, 30, 600):
            corners = tuple((int(x), int(y)) for x, y in random.integers(-spread, spread + 300, (4, 2)))
            noise = random.integers(0, 256, (300, 400), np.uint8)
            assert read_flat(noise, Sighting(corners, modules)) == ()
    assert read_flat(np.zeros((50, 50), np.uint8), Sighting(((5, 5),) * 4, 21)) == ()


class Counted:
    """An attempt that notes its calls and reads while `reads`."""

    def __init__(self) -> None:
        self.calls = 0
        self.reads = False

    def __call__(self, picture: Picture) -> Pass:
        self.calls += 1
        return Pass(look(drawn.code(b"found"), name="counted").readings if self.reads else ())


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> tuple[Counted, Counted]:
    pair = (Counted(), Counted())
    monkeypatch.setattr(decoding, "TURNS", pair)
    return pair


def test_one_fallback_a_frame_in_turn(attempts: tuple[Counted, Counted]) -> None:
    stream = Decoder()
    for index in range(6):
        stream.read(EMPTY, at=index * 66)
        assert sum(attempt.calls for attempt in attempts) == index + 1
    assert [attempt.calls for attempt in attempts] == [3, 3]


def test_the_fallback_that_read_last_goes_first_until_it_misses_five_frames(
    attempts: tuple[Counted, Counted],
) -> None:
    stream, (first, second) = Decoder(), attempts
    second.reads = True
    for index in range(10):
        stream.read(EMPTY, at=index * 66)
    assert (first.calls, second.calls) == (1, 9)
    second.reads = False
    for index in range(10, 10 + FORGIVEN_MISSES):
        stream.read(EMPTY, at=index * 66)
    assert (first.calls, second.calls) == (1, 9 + FORGIVEN_MISSES)
    stream.read(EMPTY, at=1_000)
    assert first.calls == 2


def test_a_frame_with_an_easy_code_costs_no_fallback(attempts: tuple[Counted, Counted]) -> None:
    picture = drawn.frame((drawn.code(b"easy"), (100, 100)))
    stream = Decoder()
    assert all(stream.read(picture, at=index * 66) for index in range(5))
    assert [attempt.calls for attempt in attempts] == [0, 0]


def test_while_a_code_is_seen_and_not_read_there_are_no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = Counted()
    monkeypatch.setattr(decoding, "TURNS", (attempt, decoding._pause, decoding._pause))
    sighted = Pass((), (Sighting(((0, 0), (9, 0), (9, 9), (0, 9)), 21),))
    for plain, calls in ((Pass(), 4), (sighted, 12)):
        monkeypatch.setattr(decoding, "_PLAIN", lambda _picture, plain=plain: plain)
        attempt.calls, stream = 0, Decoder()
        stream._flattened = lambda picture, sightings: ()  # type: ignore[method-assign]
        for index in range(12):
            stream.read(EMPTY, at=index * 66)
        assert attempt.calls == calls


def test_a_faster_camera_costs_no_more_fallbacks(attempts: tuple[Counted, Counted]) -> None:
    stream = Decoder()
    for at in range(0, 1_000, 5):
        stream.read(EMPTY, at=at)
    assert sum(attempt.calls for attempt in attempts) <= 1_000 // HARDER_LOOK_AFTER + 1


def test_a_declared_character_set_is_handed_on_beside_the_bytes() -> None:
    rows = segno.make_qr("Müller", encoding="iso-8859-15", eci=True).matrix_iter(scale=4, border=4)
    picture = np.array([[0 if dark else 255 for dark in row] for row in rows], dtype=np.uint8)
    (reading,) = look(picture, name="zxing").readings
    assert (reading.payload, reading.charset) == ("Müller".encode("iso-8859-15"), "iso8859-15")
    (undeclared,) = look(drawn.code("Müller".encode("latin-1")), name="zxing").readings
    assert undeclared.charset == ""
