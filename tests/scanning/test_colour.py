"""Colours of codes under several lights: named when clear, and never a wrong name."""

from __future__ import annotations

import time

import cv2
import numpy as np
import pytest

from checkpoint_app.scanning.colour import colour_of
from checkpoint_app.scanning.readings import Corners
from tests.scanning.devices_played import Picture, code_picture, tinted

PAYLOAD = b"https://jkm.henan.example/h5/code/0123456789abcdef"
INKS = {  # blue, green, red, as health pages print or show them
    "green": [(83, 107, 0), (80, 160, 30), (96, 174, 39), (60, 140, 20)],
    "yellow": [(0, 150, 200), (30, 180, 240), (0, 190, 230)],
    "red": [(20, 13, 163), (40, 40, 210), (60, 60, 230)],
    "grey": [(125, 125, 125), (140, 138, 136)],
    "": [(0, 0, 0), (40, 40, 40), (160, 90, 20), (200, 60, 60), (0, 110, 230), (130, 0, 130)],
}
LIGHTS = {  # what falls on code and paper alike, as blue, green, red
    "day": (1.0, 1.0, 1.0),
    "shade": (1.0, 0.93, 0.86),
    "tungsten": (0.6, 0.82, 1.0),
    "tube": (0.88, 1.0, 0.88),
    "dusk": (0.5, 0.46, 0.42),
}
CASES = [(name, ink, light) for name, inks in INKS.items() for ink in inks for light in LIGHTS]


@pytest.mark.parametrize(("name", "ink", "light"), CASES)
def test_a_clear_colour_is_named_under_every_light_and_no_other_is(
    name: str, ink: tuple[int, int, int], light: str
) -> None:
    plain = code_picture(PAYLOAD, dark=ink)
    seen = tinted(plain, LIGHTS[light], blur=1, noise_of=4)
    assert colour_of(seen, drawn_at(plain)) == name


def drawn_at(picture: Picture) -> Corners:
    """Where the code lies in what `code_picture` made; its quiet zone is four modules wide."""
    height, width = picture.shape[:2]
    quiet = 4 * 6
    left, top, right, bottom = 160 + quiet, 80 + quiet, width - 160 - quiet, height - 80 - quiet
    return ((left, top), (right, top), (right, bottom), (left, bottom))


@pytest.mark.parametrize("name", ["green", "yellow", "red"])
def test_the_corners_a_decoder_gives_will_do(name: str) -> None:
    from checkpoint_app.scanning.decoder import Decoder

    picture = code_picture(PAYLOAD, dark=INKS[name][0])
    (reading,) = Decoder().read_thoroughly(picture)
    assert colour_of(picture, reading.corners) == name


@pytest.mark.parametrize("turn", [7, 45, 90, 200])
def test_a_turned_code_has_its_colour_too(turn: int) -> None:
    picture = code_picture(PAYLOAD, dark=INKS["green"][0])
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 0.7)
    turned = cv2.warpAffine(picture, matrix, (width, height), borderValue=(128, 128, 128))
    points = np.array(drawn_at(picture), np.float32) @ matrix[:, :2].T + matrix[:, 2]
    corners = tuple((round(float(x)), round(float(y))) for x, y in points)
    assert colour_of(turned.astype(np.uint8), corners) == "green"


@pytest.mark.parametrize("light", [(0.2, 0.2, 0.2), (0.02, 0.1, 0.25)])
def test_in_the_dark_nothing_is_named(light: tuple[float, float, float]) -> None:
    picture = code_picture(PAYLOAD, dark=INKS["green"][0])
    assert colour_of(tinted(picture, light, noise_of=4), drawn_at(picture)) == ""


def test_a_washed_out_screen_names_nothing() -> None:
    picture = code_picture(PAYLOAD, dark=INKS["green"][0])
    glare = np.clip(picture.astype(np.float32) * 0.2 + 205, 0, 255).astype(np.uint8)
    assert colour_of(glare, drawn_at(picture)) == ""


def test_a_code_of_two_colours_names_none() -> None:
    picture = code_picture(PAYLOAD, dark=INKS["green"][0])
    red = code_picture(PAYLOAD, dark=INKS["red"][0])
    half = picture.shape[1] // 2
    picture[:, half:] = red[:, half:]
    assert colour_of(picture, drawn_at(picture)) == ""


def test_a_dark_page_with_light_modules_is_not_taken_for_its_background() -> None:
    picture = 255 - code_picture(PAYLOAD)
    assert colour_of(picture, drawn_at(picture)) == ""


@pytest.mark.parametrize(
    "corners",
    [
        (),
        ((0, 0),) * 4,
        ((-500, -500), (-400, -500), (-400, -400), (-500, -400)),
        ((0, 0), (1, 0), (1, 1), (0, 1)),
    ],
)
def test_corners_that_hold_nothing_name_nothing(corners: Corners) -> None:
    assert colour_of(code_picture(PAYLOAD), corners) == ""


def test_a_grey_picture_has_no_colours() -> None:
    picture = code_picture(PAYLOAD)
    assert colour_of(picture[:, :, 0], drawn_at(picture)) == ""


def test_the_measurement_costs_less_than_half_a_millisecond() -> None:
    picture = cv2.resize(code_picture(PAYLOAD, dark=INKS["green"][0]), (1280, 720)).astype(np.uint8)
    corners = ((350, 110), (930, 110), (930, 610), (350, 610))
    spent = []
    for _ in range(40):
        began = time.thread_time()
        colour_of(picture, corners)
        spent.append(time.thread_time() - began)
    assert sorted(spent)[10] < 0.0005
