"""`bench presentations`: codes shown for a second to a drawn 15 fps camera, each with one thing at its limit.

Every presentation is a code of one of three sizes, held in a shaking hand before a cluttered background.
The limits are the last levels which zxing with three preprocessed pictures still read in a sweep of stills.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np
import segno
from numpy.typing import NDArray

from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.steady import Steady

Picture = NDArray[np.uint8]

WIDTH, HEIGHT = 1280, 720
FPS = 15
FRAMES = 15
COUNT = 200
FOCAL = 1_100.0
"""Focal length in pixels: about 60° across 1280 pixels, a usual webcam."""
OVERSAMPLING = 4
URL = b"https://example.org/p/7Q2x9Lm4a"
PASS = b"PASS1:" + b"4F8KQ2-" * 13 + b"END"
CERTIFICATE = b"HC1:" + b"6BFOXN%TS3DH-YOJ 2Q" * 18 + b"7W5G"


@dataclass(frozen=True, slots=True)
class Look:
    """How a code is shown: `module` in pixels, `tilt` in degrees, blurs in modules, light as a factor."""

    module: float = 5.0
    tilt: float = 0.0
    motion: float = 0.0
    gaussian: float = 0.0
    noise: float = 3.0
    light: float = 1.0
    inverted: bool = False
    slanted: bool = False
    """Tilted about any line of its plane, instead of about one of its sides, give or take three degrees."""


@dataclass(frozen=True, slots=True)
class Presentation:
    """One code shown once; the same seed gives the same fifteen frames."""

    axis: str
    payload: bytes
    look: Look
    seed: int


AXES: dict[str, Look] = {
    "module 1.6 px": Look(module=1.6),
    "tilt 70°": Look(module=6.0, tilt=70.0),
    "tilt 60°, any way": Look(module=6.0, tilt=60.0, slanted=True),
    "motion 1.5 modules": Look(motion=1.5),
    "gaussian 0.5 modules": Look(gaussian=0.5),
    "inverted": Look(inverted=True),
    "lane mix 2.5 px": Look(module=2.5, tilt=30.0, motion=1.0, noise=7.0, light=0.4),
}
LONGER_IN_LANE_MIX = 2.75
"""Module in pixels at which the pass and the certificate stop in the lane mix; the URL stops at 2.5."""


def presentations(number: int, *, seed: int = 0) -> Iterator[Presentation]:
    """Axes and payloads in turn, so that any number is a fair mixture."""
    for index in range(number):
        axis, look = list(AXES.items())[index % len(AXES)]
        payload = (URL, PASS, CERTIFICATE)[index // len(AXES) % 3]
        if axis.startswith("lane mix") and payload is not URL:
            look = replace(look, module=LONGER_IN_LANE_MIX)
        yield Presentation(axis, payload, look, seed * 1_000_003 + index)


def frames(shown: Presentation) -> Iterator[Picture]:
    """The fifteen BGR pictures of a presentation."""
    random = np.random.default_rng(shown.seed)
    scene = _background(random)
    code = _modules(shown.payload)
    if shown.look.inverted:
        code = 255 - code
    centre = random.uniform((560, 320), (720, 400))
    turn = random.uniform(-25, 25)
    slant = 45.0 if shown.look.slanted else 3.0
    axis = turn + random.choice([0.0, 90.0]) + random.uniform(-slant, slant)
    for _ in range(FRAMES):
        centre = centre + random.normal(0, 2.5, 2)
        turn += random.normal(0, 0.6)
        placed = _homography(code.shape[0], shown.look, centre=centre, turn=turn, axis=axis)
        yield _photographed(code, placed, scene=scene, look=shown.look, random=random)


def read(shown: Presentation) -> tuple[int | None, str]:
    """After how many milliseconds the code was admitted, None if never, and by which decoder."""
    decoder, steady = Decoder(), Steady()
    for index, frame in enumerate(frames(shown)):
        at = index * 1_000 // FPS
        for reading in steady.admit(decoder.read(frame, at=at), at=at):
            if reading.payload == shown.payload:
                return at, reading.decoder
    return None, ""


def empty_frame(seed: int) -> Picture:
    """A BGR picture of the same kind without a code."""
    random = np.random.default_rng(seed)
    seen = _background(random).astype(np.float32) + _grain(random, Look().noise)
    return np.asarray(
        cv2.cvtColor(np.clip(seen, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR), dtype=np.uint8
    )


@cache
def _modules(payload: bytes) -> Picture:
    """One pixel a module, quiet zone included."""
    rows = segno.make_qr(payload, error="m").matrix_iter(scale=1, border=4)
    return np.array([[0 if dark else 255 for dark in row] for row in rows], dtype=np.uint8)


def _background(random: np.random.Generator) -> Picture:
    """Large soft patches and hard-edged boxes: something for a decoder to look at in vain."""
    soft = random.uniform(40, 170, (6, 10)).astype(np.float32)
    scene = cv2.resize(soft, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    for _ in range(40):
        x, y = (int(value) for value in random.uniform((0, 0), (WIDTH, HEIGHT)))
        w, h = (int(value) for value in random.uniform(6, 140, 2))
        cv2.rectangle(
            scene, (x, y), (x + w, y + h), float(random.uniform(10, 245)), int(random.choice([-1, 2]))
        )
    return np.clip(scene, 0, 255).astype(np.uint8)


def _homography(
    modules: int, look: Look, *, centre: NDArray[np.float64], turn: float, axis: float
) -> NDArray[np.float64]:
    """From module coordinates to pixels: a plane turned in itself, then tilted about `axis`."""
    distance = FOCAL / look.module
    spin, lean = np.radians(turn), np.radians(look.tilt)
    about = np.array([np.cos(np.radians(axis)), np.sin(np.radians(axis)), 0.0])
    plane, _ = cv2.Rodrigues(np.array([0.0, 0.0, spin]))
    tilted, _ = cv2.Rodrigues(about * lean)
    rotation = tilted @ plane
    middle = modules / 2
    offset = np.array([*(centre - (WIDTH / 2, HEIGHT / 2)) / look.module, distance])
    columns = np.column_stack([rotation[:, 0], rotation[:, 1], offset - rotation[:, :2] @ [middle, middle]])
    camera = np.array([[FOCAL, 0, WIDTH / 2], [0, FOCAL, HEIGHT / 2], [0, 0, 1.0]])
    return np.asarray(camera @ columns)


def _photographed(
    code: Picture, placed: NDArray[np.float64], *, scene: Picture, look: Look, random: np.random.Generator
) -> Picture:
    """The scene with the code in it, blurred, dimmed and noisy, as BGR."""
    side = code.shape[0]
    corners = np.array([[[0, 0], [side, 0], [side, side], [0, side]]], dtype=np.float64)
    seen = cv2.perspectiveTransform(corners, placed)[0]
    left, top = np.maximum(np.floor(seen.min(axis=0)).astype(int) - 12, 0)
    right, bottom = np.minimum(np.ceil(seen.max(axis=0)).astype(int) + 12, (WIDTH, HEIGHT))
    size = (int(right - left) * OVERSAMPLING, int(bottom - top) * OVERSAMPLING)
    finer = np.diag([OVERSAMPLING, OVERSAMPLING, 1.0]) @ np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1.0]])
    layers = [
        cv2.resize(warped, (int(right - left), int(bottom - top)), interpolation=cv2.INTER_AREA)
        for source in (code, np.full_like(code, 255))
        for warped in [cv2.warpPerspective(source, finer @ placed, size, flags=cv2.INTER_NEAREST)]
    ]
    shade, cover = (_blurred(layer.astype(np.float32), look) for layer in layers)
    whole = scene.astype(np.float32)
    box = whole[top:bottom, left:right]
    box[:] = box * (1 - cover / 255) + 20 + shade * (200 / 255) * (cover > 0) - 20 * (1 - cover / 255)
    whole = whole * look.light + _grain(random, look.noise)
    return cv2.cvtColor(np.clip(whole, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR).astype(
        np.uint8, copy=False
    )


def _blurred(layer: NDArray[np.float32], look: Look) -> NDArray[np.float32]:
    if look.gaussian:
        layer = cv2.GaussianBlur(layer, (0, 0), look.gaussian * look.module).astype(np.float32, copy=False)
    if look.motion:
        layer = cv2.filter2D(layer, -1, _streak(look.motion * look.module)).astype(np.float32, copy=False)
    return layer


def _streak(length: float) -> NDArray[np.float32]:
    """Kernel of a sideways motion of `length` pixels, whole and broken ones."""
    half = int(np.ceil(length / 2))
    edges = np.clip(np.arange(-half, half + 2) - 0.5, -length / 2, length / 2)
    return np.asarray(np.diff(edges)[np.newaxis, :] / length, dtype=np.float32)


def _grain(random: np.random.Generator, sigma: float) -> NDArray[np.float32]:
    return random.standard_normal((HEIGHT, WIDTH), dtype=np.float32) * np.float32(sigma)


def run(arguments: Sequence[str]) -> int:
    """`bench presentations [N [SEED]]`; 1 when one of N was not read within its second."""
    parser = argparse.ArgumentParser(prog="bench presentations", description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=COUNT)
    parser.add_argument("seed", type=int, nargs="?", default=0)
    given = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    shown, got, times, by = Counter[str](), Counter[str](), dict[str, list[int]](), Counter[str]()
    started = time.process_time()
    for presentation in presentations(given.number, seed=given.seed):
        admitted, decoder = read(presentation)
        shown[presentation.axis] += 1
        if admitted is None:
            print(
                f"not read: {presentation.axis}, {len(presentation.payload)} bytes, seed {presentation.seed}"
            )
            continue
        got[presentation.axis] += 1
        times.setdefault(presentation.axis, []).append(admitted)
        by[decoder] += 1
    for axis, total in shown.items():
        after = times.get(axis, [0])
        spread = f"median {int(np.median(after)):4} ms   slowest {max(after):4} ms"
        print(f"{axis:24} {got[axis]:4} of {total:4}   {spread}")
    print(f"{'all':24} {got.total():4} of {given.number:4}   {time.process_time() - started:.0f} s CPU")
    print("  by " + ", ".join(f"{decoder} {count}" for decoder, count in by.most_common()))
    return 0 if got.total() == given.number else 1
