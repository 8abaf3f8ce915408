"""Camera help: sharper pictures get higher figures, and modules their size in pixels."""

from __future__ import annotations

import statistics
from pathlib import Path

import cv2
import numpy as np
import pytest

from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.devices import Picture, load_picture
from checkpoint_app.scanning.readings import Reading
from checkpoint_app.scanning.sharpness import (
    GOOD_MODULE_PX,
    GUIDED_MODULES,
    LIGHT,
    SHARP,
    Look,
    guide,
    looked_at,
)
from tests.scanning.devices_played import code_picture, noise

SETS = ("boof-nominal", "boof-close", "boof-brightness", "zx-2", "zx-6")
EACH = 3


def blurred(picture: Picture, sigma: float) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)


def pictures(shared: Path) -> list[Picture]:
    paths = [
        path for name in SETS for path in sorted((shared / "data" / "qr" / name).glob("*.[jp][pn]g"))[:EACH]
    ]
    assert len(paths) == len(SETS) * EACH
    return [load_picture(path) for path in paths]


@pytest.mark.shared
def test_real_pictures_out_of_focus_get_lower_figures(shared: Path) -> None:
    for picture in pictures(shared):
        readings = Decoder().read(picture, at=0)
        figures = [looked_at(picture, readings).sharp] + [
            looked_at(blurred(picture, sigma), readings).sharp for sigma in (1.5, 3.0, 6.0)
        ]
        assert figures == sorted(figures, reverse=True), figures
        assert figures[0] > figures[1] > figures[3] or figures[0] == 0, figures


@pytest.mark.shared
def test_most_real_pictures_are_told_from_their_blurred_copies_by_one_figure(shared: Path) -> None:
    sharp, soft = [], []
    for picture in pictures(shared):
        readings = Decoder().read(picture, at=0)
        sharp.append(looked_at(picture, readings).sharp)
        soft.append(looked_at(blurred(picture, 4.0), readings).sharp)
    assert statistics.median(sharp) > 2 * statistics.median(soft)


def read(picture: Picture) -> tuple[Reading, ...]:
    found = Decoder().read(picture, at=0)
    assert found
    return found


@pytest.mark.parametrize("scale", [3, 5, 8])
def test_modules_are_measured_in_pixels(scale: int) -> None:
    picture = code_picture(b"https://jkm.example/h5?c=g", scale=scale)
    assert looked_at(picture, read(picture)).module_px == pytest.approx(scale, abs=0.25)


def test_the_largest_of_several_codes_is_measured() -> None:
    both = np.full((700, 1200, 3), 128, np.uint8)
    for left, picture in ((0, code_picture(b"small", scale=3)), (600, code_picture(b"large", scale=7))):
        height, width = picture.shape[:2]
        both[:height, left : left + width] = picture
    assert looked_at(both, read(both)).module_px == pytest.approx(7, abs=0.3)


def test_a_drawn_code_is_sharp_and_half_light() -> None:
    picture = code_picture(b"drawn")
    look = looked_at(picture, read(picture))
    assert look.sharp >= SHARP
    assert LIGHT[0] <= look.light <= LIGHT[1]
    assert look.fine


@pytest.mark.parametrize(
    "look", [Look(90, 5, 5.0), Look(90, 95, 5.0), Look(10, 50, 5.0), Look(90, 50, 1.5)], ids=str
)
def test_dark_glaring_soft_and_far_pictures_are_not_fine(look: Look) -> None:
    assert not look.fine


def test_noise_and_emptiness_are_not_sharp() -> None:
    flat = np.full((720, 1280, 3), 128, np.uint8)
    grainy = np.clip(flat + np.random.default_rng(2).normal(0, 2, flat.shape), 0, 255).astype(np.uint8)
    assert looked_at(flat, ()).sharp == looked_at(grainy, ()).sharp == 0
    assert looked_at(np.zeros((0, 0, 3), np.uint8), ()) == Look(0, 0)
    assert looked_at(noise(1), ()).light == pytest.approx(47, abs=3)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (640, 480), (320, 240)])
def test_the_guide_lies_in_the_middle_and_fits(size: tuple[int, int]) -> None:
    width, height = size
    found = guide(width, height)
    assert 0 < found.side <= min(size)
    assert abs(2 * found.left + found.side - width) <= 1
    assert abs(2 * found.top + found.side - height) <= 1
    assert found.side <= GUIDED_MODULES * GOOD_MODULE_PX
