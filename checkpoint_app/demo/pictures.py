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
CARD_W, CARD_H = 360, 640
_CORNERS = np.array([[0, 0], [CARD_W, 0], [CARD_W, CARD_H], [0, CARD_H]], np.float32)


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
    """The card from straight ahead, CARD_W × CARD_H, BGR."""
    dark = card.form == "dark_phone"
    sheet = Image.new("RGB", (CARD_W, CARD_H), "#10161D" if dark else "#FFFFFF")
    pen = ImageDraw.Draw(sheet)
    ink = "#E4E9ED" if dark else "#10161D"
    if card.form == "paper":
        pen.rectangle((6, 6, CARD_W - 7, CARD_H - 7), outline=card.colour, width=4)
        _write(pen, card.title, y=40, size=30, ink=card.colour)
    else:
        pen.rectangle((0, 0, CARD_W, 92), fill=card.colour)
        _write(pen, card.title, y=26, size=38, ink="#FFFFFF")
    codes = len(card.payloads)
    size = 250 if codes == 1 else 210
    for place, payload in enumerate(card.payloads):
        top = 120 + place * (size + 20)
        sheet.paste(_code(payload, size, dark=dark), ((CARD_W - size) // 2, top))
    for place, line in enumerate(card.lines):
        _write(pen, line, y=140 + codes * (size + 20) + place * 44, size=30, ink=ink)
    return np.asarray(sheet)[:, :, ::-1].copy()


def frame(card: Card | None, hold: Hold, *, number: int) -> Picture:
    """One picture of the lane: the card as held, or the empty lane; `number` only moves the noise."""
    scene = _lane().copy()
    if card is not None:
        _lay(scene, card_picture(card), hold)
    if hold.light != 1:
        scene = cv2.convertScaleAbs(scene, alpha=hold.light).astype(np.uint8, copy=False)
    grain = _grain()[number % 4]
    return np.asarray(cv2.add(scene, grain, dtype=cv2.CV_8U), dtype=np.uint8)


def _lay(scene: Picture, card: Picture, hold: Hold) -> None:
    matrix = cv2.getPerspectiveTransform(_CORNERS, _held(hold))
    layer = cv2.warpPerspective(card, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((CARD_H, CARD_W), 255, np.uint8), matrix, (WIDTH, HEIGHT))
    if hold.blur >= 1:
        layer = cv2.blur(layer, (max(1, round(hold.blur)), 1))
    np.copyto(scene, layer.astype(np.uint8, copy=False), where=(mask > 128)[:, :, None])


def _held(hold: Hold) -> NDArray[np.float32]:
    """Corners of the card in the picture: turned in its plane, tilted about its upright axis."""
    turn, tilt = math.radians(hold.turn), math.radians(hold.tilt)
    points = []
    for x, y in _CORNERS - np.array([CARD_W / 2, CARD_H / 2], np.float32):
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
def _grain() -> tuple[NDArray[np.int8], ...]:
    chance = np.random.default_rng(7)
    return tuple(np.clip(chance.normal(0, 3, (HEIGHT, WIDTH, 3)), -9, 9).astype(np.int8) for _ in range(4))


def _code(payload: bytes, size: int, *, dark: bool) -> Image.Image:
    text: str | bytes = payload
    matrix = segno.make_qr(text, error="m").matrix_iter(scale=1, border=4)
    cells = np.array([[0 if cell else 255 for cell in row] for row in matrix], np.uint8)
    if dark:
        cells = 255 - cells
    return Image.fromarray(cells).resize((size, size), Image.Resampling.NEAREST).convert("RGB")


def _write(pen: ImageDraw.ImageDraw, text: str, *, y: int, size: int, ink: str) -> None:
    font = _font(size)
    while pen.textlength(text, font=font) > CARD_W - 24 and size > 14:
        size -= 2
        font = _font(size)
    x = (CARD_W - pen.textlength(text, font=font)) / 2
    pen.text((x, y), text, font=font, fill=ImageColor.getrgb(ink))


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resource("fonts/NotoSansSC-Bold.ttf")), size)
