"""The demo lane's pictures: phones and papers held before a camera, drawn here with segno and OpenCV."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw, ImageFont

from checkpoint_app.config import resource
from checkpoint_app.demo.traffic import Card

Picture = NDArray[np.uint8]

WIDTH, HEIGHT = 1280, 720
CARD_W, CARD_H = 352, 680
BEZEL = 12
SHADOW = 36
_WHOLE_W, _WHOLE_H = CARD_W + 2 * SHADOW, CARD_H + 2 * SHADOW
_CORNERS = np.array([[0, 0], [_WHOLE_W, 0], [_WHOLE_W, _WHOLE_H], [0, _WHOLE_H]], np.float32)


class Hold(NamedTuple):
    """How a card is held: middle in pixels, size as a factor, turn and tilt in degrees, blur in pixels."""

    x: float
    y: float
    size: float
    turn: float
    tilt: float
    blur: float
    light: float


@lru_cache(maxsize=16)
def card_picture(card: Card) -> Picture:
    """The card from straight ahead with its shadow around it: BGR times cover, and cover."""
    shown = np.asarray(_paper(card) if card.form == "paper" else _phone(card))[:, :, [2, 1, 0, 3]]
    whole = np.zeros((CARD_H + 2 * SHADOW, CARD_W + 2 * SHADOW, 4), np.uint16)
    inner = (slice(SHADOW, SHADOW + CARD_H), slice(SHADOW, SHADOW + CARD_W))
    cover = np.zeros(whole.shape[:2], np.uint8)
    cover[inner] = shown[:, :, 3]
    whole[:, :, 3] = cv2.blur(np.roll(cover, (8, 10), (0, 1)), (25, 25)) // 2
    weight = shown[:, :, 3:].astype(np.uint16)
    whole[inner] = (whole[inner] * (255 - weight) + shown * weight) // 255
    whole[inner][:, :, 3] = np.maximum(whole[inner][:, :, 3], shown[:, :, 3])
    return whole.astype(np.uint8)


def frame(card: Card | None, hold: Hold, *, number: int) -> Picture:
    """One picture of the lane: the card as held, or the empty lane; `number` only moves the noise."""
    scene = _lane().copy()
    if card is not None:
        _lay(scene, card_picture(card), hold)
    if hold.light != 1:
        scene = cv2.convertScaleAbs(scene, alpha=hold.light).astype(np.uint8, copy=False)
    lighter, darker = _grain()[number % 4]
    return np.asarray(cv2.subtract(cv2.add(scene, lighter), darker), dtype=np.uint8)


def _phone(card: Card) -> Image.Image:
    """A phone: dark bezel, round corners, a coloured band above, the code in a frame."""
    dark = card.form == "dark_phone"
    page, ink = ("#10161D", "#E4E9ED") if dark else ("#FFFFFF", "#10161D")
    whole = Image.new("RGBA", (CARD_W, CARD_H), "#00000000")
    pen = ImageDraw.Draw(whole)
    pen.rounded_rectangle(
        (0, 0, CARD_W - 1, CARD_H - 1), radius=44, fill="#0B0F14", outline="#3C4650", width=3
    )
    screen = Image.new("RGBA", (CARD_W - 2 * BEZEL, CARD_H - 2 * BEZEL), page)
    _page(screen, card, dark=dark, ink=ink)
    shape = Image.new("L", screen.size, 0)
    ImageDraw.Draw(shape).rounded_rectangle((0, 0, screen.width - 1, screen.height - 1), radius=32, fill=255)
    whole.paste(screen, (BEZEL, BEZEL), shape)
    pen.rounded_rectangle((CARD_W // 2 - 34, 24, CARD_W // 2 + 34, 36), radius=6, fill="#0B0F14")
    return whole


def _page(screen: Image.Image, card: Card, *, dark: bool, ink: str) -> None:
    pen = ImageDraw.Draw(screen)
    pen.rectangle((0, 0, screen.width, 104), fill=card.colour)
    _write(pen, card.title, middle=screen.width / 2, y=44, size=34, ink="#FFFFFF", most=screen.width - 24)
    below = _codes(screen, card, top=130, dark=dark)
    inks = (ink if dark else card.colour, ink)
    for place, line in enumerate(card.lines):
        size, colour = (34, inks[0]) if place == 0 else (24, inks[1])
        y = below + place * 52
        _write(pen, line, middle=screen.width / 2, y=y, size=size, ink=colour, most=screen.width - 24)
    bar = "#26323D" if dark else "#E4E9ED"
    for place, width in enumerate((0.7, 0.5)):
        y = screen.height - 84 + place * 26
        side = screen.width * (1 - width) / 2
        pen.rounded_rectangle((side, y, screen.width - side, y + 10), radius=5, fill=bar)


def _paper(card: Card) -> Image.Image:
    """A printed sheet with a coloured border."""
    whole = Image.new("RGBA", (CARD_W, CARD_H), "#F7F5EF")
    pen = ImageDraw.Draw(whole)
    pen.rectangle((10, 10, CARD_W - 11, CARD_H - 11), outline=card.colour, width=4)
    middle, most = CARD_W / 2, CARD_W - 56
    _write(pen, card.title, middle=middle, y=36, size=32, ink=card.colour, most=most)
    pen.line((40, 92, CARD_W - 40, 92), fill=card.colour, width=2)
    below = _codes(whole, card, top=112, dark=False)
    for place, line in enumerate(card.lines):
        _write(pen, line, middle=middle, y=below + place * 44, size=30, ink="#10161D", most=most)
    return whole


def _codes(page: Image.Image, card: Card, *, top: int, dark: bool) -> int:
    """Draws the card's codes below each other; returns where what follows may begin."""
    size = 250 if len(card.payloads) == 1 else 226
    for payload in card.payloads:
        left = (page.width - size) // 2
        edge = (left - 6, top - 6, left + size + 5, top + size + 5)
        ImageDraw.Draw(page).rounded_rectangle(edge, radius=12, outline="#26323D", width=3)
        page.paste(_code(payload, size, dark=dark, ink=card.ink), (left, top))
        top += size + 24
    return top


def _lay(scene: Picture, card: Picture, hold: Hold) -> None:
    """Lays the card over the scene; only the part of the picture it touches is worked on."""
    corners = _held(hold)
    x, y, right, bottom = _around(corners)
    if right <= x or bottom <= y:
        return
    matrix = cv2.getPerspectiveTransform(_CORNERS, corners - np.array([x, y], np.float32))
    layer = cv2.warpPerspective(card, matrix, (right - x, bottom - y), flags=cv2.INTER_LINEAR)
    if hold.blur >= 1:
        layer = cv2.blur(layer, (max(1, round(hold.blur)), 1))
    part = scene[y:bottom, x:right]
    rest = cv2.cvtColor(cv2.bitwise_not(layer[:, :, 3]), cv2.COLOR_GRAY2BGR)
    part[:] = cv2.add(cv2.multiply(part, rest, scale=1 / 255), cv2.cvtColor(layer, cv2.COLOR_BGRA2BGR))


def _around(corners: NDArray[np.float32]) -> tuple[int, int, int, int]:
    """The upright box around the card, within the picture: left, top, right, bottom."""
    low, high = corners.min(axis=0), corners.max(axis=0) + 1
    return (
        max(0, int(low[0])),
        max(0, int(low[1])),
        min(WIDTH, int(high[0])),
        min(HEIGHT, int(high[1])),
    )


def _held(hold: Hold) -> NDArray[np.float32]:
    """Corners of the card in the picture: turned in its plane, tilted about its upright axis."""
    turn, tilt = math.radians(hold.turn), math.radians(hold.tilt)
    points = []
    for x, y in _CORNERS - np.array([_WHOLE_W / 2, _WHOLE_H / 2], np.float32):
        deep = 1100 / (1100 + x * hold.size * math.sin(tilt))
        flat = x * math.cos(tilt) * hold.size * deep
        high = y * hold.size * deep
        points.append(
            (
                hold.x + flat * math.cos(turn) - high * math.sin(turn),
                hold.y + flat * math.sin(turn) + high * math.cos(turn),
            )
        )
    return np.array(points, np.float32)


@lru_cache(maxsize=1)
def _lane() -> Picture:
    scene = np.full((HEIGHT, WIDTH, 3), (72, 66, 60), np.uint8)
    scene[430:] = (104, 98, 92)
    road = np.array([[420, 0], [860, 0], [1010, 430], [270, 430]], np.int32)
    cv2.fillPoly(scene, [road], (160, 152, 144))
    return np.asarray(cv2.GaussianBlur(scene, (0, 0), 9), dtype=np.uint8)


@lru_cache(maxsize=1)
def _grain() -> tuple[tuple[Picture, Picture], ...]:
    """What a sensor's noise adds and takes away."""
    chance = np.random.default_rng(7)
    shape = (HEIGHT, WIDTH, 3)
    grains = [np.clip(3 * chance.standard_normal(shape, np.float32), -9, 9) for _ in range(4)]
    return tuple(
        (np.maximum(one, 0).astype(np.uint8), np.maximum(-one, 0).astype(np.uint8)) for one in grains
    )


def _code(payload: bytes, size: int, *, dark: bool, ink: str) -> Image.Image:
    matrix = segno.make_qr(payload, error="m").matrix_iter(scale=1, border=4)
    cells = np.array([[255 if cell else 0 for cell in row] for row in matrix], np.uint8)
    modules = Image.fromarray(cells).resize((size, size), Image.Resampling.NEAREST)
    page = Image.new("RGB", (size, size), "#10161D" if dark else "#FFFFFF")
    page.paste(ImageColor.getrgb("#F2F5F7" if dark else ink), (0, 0, size, size), modules)
    return page


def _write(
    pen: ImageDraw.ImageDraw, text: str, *, middle: float, y: int, size: int, ink: str, most: float
) -> None:
    font = _font(size)
    while pen.textlength(text, font=font) > most and size > 14:
        size -= 2
        font = _font(size)
    pen.text((middle - pen.textlength(text, font=font) / 2, y), text, font=font, fill=ImageColor.getrgb(ink))


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resource("fonts/NotoSansSC-Bold.ttf")), size)
