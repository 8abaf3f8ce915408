"""Every code in a frame: zxing first, and where it finds nothing one harder look at a time.

On a stream the harder looks take turns with pauses, so that a lane without a code stays cheap; the one that
read last goes first for as long as it reads. A single picture gets all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import cv2

from checkpoint_app.scanning import preparations as prepared
from checkpoint_app.scanning import zbar
from checkpoint_app.scanning.preparations import Picture, Preparation
from checkpoint_app.scanning.readings import Reading, usable, within, middle
from checkpoint_app.scanning.rectify import read_flat
from checkpoint_app.scanning.symbols import Pass, Sighting, look

Attempt = Callable[[Picture, tuple[Sighting, ...]], Pass]
"""A harder look at a grey picture in which zxing saw these codes without reading one."""

FORGIVEN_MISSES = 5
"""Frames in which the attempt that read last may fail before the others get their turns again."""
FLATTENED_AT_ONCE = 6
"""Sightings of one picture that are laid flat, the largest first; more are texture, not codes."""

cv2.setNumThreads(1)


def _through(preparation: Preparation) -> Attempt:
    def attempt(picture: Picture, sightings: tuple[Sighting, ...]) -> Pass:
        return look(
            preparation.prepare(picture),
            name=preparation.name,
            scale=preparation.scale,
            one_threshold=preparation.one_threshold,
        )

    return attempt


def _rectified(picture: Picture, sightings: tuple[Sighting, ...]) -> Pass:
    likely = sorted(sightings, key=lambda seen: seen.modules, reverse=True)[:FLATTENED_AT_ONCE]
    return Pass(usable(reading for seen in likely for reading in read_flat(picture, seen)))


def _zbar(picture: Picture, sightings: tuple[Sighting, ...]) -> Pass:
    return Pass(usable(zbar.readings(picture)))


def _pause(picture: Picture, sightings: tuple[Sighting, ...]) -> Pass:
    return Pass()


_PLAIN = _through(prepared.PLAIN)
_DOUBLED = _through(prepared.DOUBLED)
_SHARPENED = _through(prepared.SHARPENED)
_EQUALISED = _through(prepared.EQUALISED)

TURNS: tuple[Attempt, ...] = (_DOUBLED, _SHARPENED, _EQUALISED, _zbar, _pause, _rectified)
THOROUGH: tuple[Attempt, ...] = (
    _PLAIN,
    _DOUBLED,
    _SHARPENED,
    _EQUALISED,
    *(
        _through(preparation)
        for preparation in (prepared.FLATTENED, prepared.TRIPLED, prepared.ONE_THRESHOLD, prepared.THRESHOLDED)
    ),
    _zbar,
)


def _unread(sightings: tuple[Sighting, ...], found: tuple[Reading, ...]) -> tuple[Sighting, ...]:
    """The sightings at whose middle nothing has been read."""
    return tuple(
        seen
        for seen in sightings
        if not any(within(middle(seen.corners), reading.corners) for reading in found)
    )


class Decoder:
    """Reads the frames of one camera; not for two threads at once."""

    def __init__(self) -> None:
        self._turn = 0
        self._favourite: Attempt | None = None
        self._misses = 0

    def read(self, frame: Picture, *, at: int) -> tuple[Reading, ...]:
        """The codes in one frame (BGR or grey) of a stream, taken `at` monotonic milliseconds."""
        picture = prepared.grey(frame)
        plain = look(picture, name="zxing")
        if plain.readings or not picture.size:
            return plain.readings
        attempt = self._favourite or self._next()
        readings = attempt(picture, plain.sightings).readings
        self._remember(attempt, read=bool(readings))
        return readings

    def read_thoroughly(self, frame: Picture) -> tuple[Reading, ...]:
        """The codes in a single picture; where zxing does not read all it sees, by every attempt."""
        picture = prepared.grey(frame)
        found: tuple[Reading, ...] = ()
        for attempt in THOROUGH if picture.size else ():
            tried = attempt(picture, ())
            found = usable((*found, *tried.readings))
            unread = _unread(tried.sightings, found)
            if attempt is _PLAIN and found and not unread:
                break
            found = usable((*found, *_rectified(picture, unread).readings))
        return found

    def _next(self) -> Attempt:
        self._turn = (self._turn + 1) % len(TURNS)
        return TURNS[self._turn]

    def _remember(self, attempt: Attempt, *, read: bool) -> None:
        self._misses = 0 if read else self._misses + 1
        if read:
            self._favourite = attempt
        elif self._misses >= FORGIVEN_MISSES:
            self._favourite = None
