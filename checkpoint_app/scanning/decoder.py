"""Every code in a frame: zxing first, and where it finds nothing one harder look at a time.

On a stream the harder looks take turns with pauses, so that a lane without a code stays cheap; the one that
read last goes first for as long as it reads. A single picture gets all of them.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2

from checkpoint_app.scanning import preparations as prepared
from checkpoint_app.scanning import zbar
from checkpoint_app.scanning.preparations import Picture, Preparation
from checkpoint_app.scanning.readings import Reading, middle, usable, within
from checkpoint_app.scanning.rectify import read_flat
from checkpoint_app.scanning.symbols import Pass, Sighting, look

Attempt = Callable[[Picture], Pass]
"""A harder look at a grey picture."""

FORGIVEN_MISSES = 5
"""Frames in which the attempt that read last may fail before the others get their turns again."""
HARDER_LOOK_AFTER = 45
"""Milliseconds from one harder look to the next, so that a faster camera costs no more than one of 20 fps."""
FLATTENED_IN_STREAM = 1
LARGEST_IN_STREAM = 81
"""Modules a side of a code laid flat on a stream (version 16): 60 ms of one core; the largest take 300."""
FLATTENED_IN_STILL = 6
"""Sightings of one picture that are laid flat, those of most modules first; more are texture, not codes."""

cv2.setNumThreads(1)


def _through(*preparations: Preparation) -> Attempt:
    """zxing on each of these pictures until it reads one."""

    def attempt(picture: Picture) -> Pass:
        seen: tuple[Sighting, ...] = ()
        for one in preparations:
            made = one.prepare(picture)
            found = look(
                made.picture,
                name=one.name,
                back=made.back,
                one_threshold=one.one_threshold,
                coarser=one.coarser,
            )
            if found.readings:
                return found
            seen += found.sightings
        return Pass((), seen)

    return attempt


def _zbar(picture: Picture) -> Pass:
    return Pass(usable(zbar.readings(picture)))


def _pause(_picture: Picture) -> Pass:
    return Pass()


_PLAIN = _through(prepared.PLAIN)
_DOUBLED = _through(prepared.DOUBLED)
_SHARPENED = _through(prepared.SHARPENED)
_EQUALISED = _through(prepared.EQUALISED)
_UPRIGHT = _through(*prepared.SQUEEZED_UPRIGHT)
_ACROSS = _through(*prepared.STRETCHED_ACROSS)
_DOWN = _through(*prepared.STRETCHED_DOWN)
_ASLANT = _through(*prepared.SQUEEZED_ASLANT)

TURNS: tuple[Attempt, ...] = (
    *(_SHARPENED, _UPRIGHT, _DOUBLED, _ACROSS, _ASLANT, _EQUALISED),
    *(_SHARPENED, _UPRIGHT, _pause, _DOWN, _pause, _pause),
    *(_SHARPENED, _UPRIGHT, _DOUBLED, _ACROSS, _ASLANT, _EQUALISED),
    *(_SHARPENED, _UPRIGHT, _zbar, _DOWN, _pause, _pause),
)
"""Within a second of 15 frames everything but libzbar, which costs most and adds least to the others."""
THOROUGH: tuple[Attempt, ...] = (
    *(_DOUBLED, _SHARPENED, _EQUALISED, _UPRIGHT, _ASLANT, _zbar, _ACROSS, _DOWN),
    *(
        _through(one)
        for one in (
            prepared.FLATTENED,
            prepared.THRESHOLDED,
            prepared.TRIPLED,
            prepared.ONE_THRESHOLD,
            *prepared.STRETCHED_ASLANT,
        )
    ),
)


class Decoder:
    """Reads the frames of one camera; not for two threads at once."""

    def __init__(self) -> None:
        self._turn = -1
        self._favourite: Attempt | None = None
        self._misses = 0
        self._just_flattened = False
        self._looked: int | None = None

    def read(self, frame: Picture, *, at: int) -> tuple[Reading, ...]:
        """The codes in one frame (BGR or grey) of a stream, taken `at` monotonic milliseconds."""
        picture = prepared.grey(frame)
        if not picture.size:
            return ()
        plain = _PLAIN(picture)
        if plain.readings:
            return plain.readings
        if self._looked is not None and 0 <= at - self._looked < HARDER_LOOK_AFTER:
            return ()
        self._looked = at
        flat = self._flattened(picture, plain.sightings)
        return flat or self._harder(picture, seen=bool(plain.sightings))

    def read_thoroughly(self, frame: Picture) -> tuple[Reading, ...]:
        """The codes in a single picture; where zxing does not read all it sees, by every attempt."""
        picture = prepared.grey(frame)
        if not picture.size:
            return ()
        plain = _PLAIN(picture)
        found = plain.readings
        unread = _unread(plain.sightings, found)
        if found and not unread:
            return found
        for attempt in (lambda _picture: plain, *THOROUGH):
            tried = attempt(picture)
            found = usable((*found, *tried.readings))
            unread = _unread(tried.sightings, found)
            found = usable((*found, *_laid_flat(picture, unread, limit=FLATTENED_IN_STILL)))
        return found

    def _flattened(self, picture: Picture, sightings: tuple[Sighting, ...]) -> tuple[Reading, ...]:
        """Lay a seen code flat, not in two frames running unless it was read."""
        if not sightings or self._just_flattened:
            self._just_flattened = False
            return ()
        flat = _laid_flat_at_once(picture, sightings)
        self._just_flattened = not flat
        return flat

    def _harder(self, picture: Picture, *, seen: bool) -> tuple[Reading, ...]:
        """The attempt whose turn it is, or the one that read last; no pause while a code is seen."""
        attempt = self._favourite or self._next()
        while seen and attempt is _pause:
            attempt = self._next()
        tried = attempt(picture)
        readings = tried.readings or _laid_flat_at_once(picture, tried.sightings)
        self._misses = 0 if readings else self._misses + 1
        if readings:
            self._favourite = attempt
        elif self._misses >= FORGIVEN_MISSES:
            self._favourite = None
        return readings

    def _next(self) -> Attempt:
        self._turn = (self._turn + 1) % len(TURNS)
        return TURNS[self._turn]


def _laid_flat_at_once(picture: Picture, sightings: tuple[Sighting, ...]) -> tuple[Reading, ...]:
    small = tuple(seen for seen in sightings if seen.modules <= LARGEST_IN_STREAM)
    return _laid_flat(picture, small, limit=FLATTENED_IN_STREAM)


def _laid_flat(picture: Picture, sightings: tuple[Sighting, ...], *, limit: int) -> tuple[Reading, ...]:
    likely = sorted(sightings, key=lambda seen: seen.modules, reverse=True)[:limit]
    return usable(reading for seen in likely for reading in read_flat(picture, seen))


def _unread(sightings: tuple[Sighting, ...], found: tuple[Reading, ...]) -> tuple[Sighting, ...]:
    """The sightings at whose middle nothing has been read."""
    return tuple(
        seen
        for seen in sightings
        if not any(within(middle(seen.corners), reading.corners) for reading in found)
    )
