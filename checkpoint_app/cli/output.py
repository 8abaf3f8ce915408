"""What commands print: one JSON object a line with `--json`, else plain lines a person reads."""

from __future__ import annotations

import io
import json
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import TextIO

PROGRESS_EVERY_S = 2.0
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Zl", "Zp"})

Plain = None | bool | int | float | str | Sequence["Plain"] | Mapping[str, "Plain"]


def emit(record: Mapping[str, Plain]) -> None:
    """One object on one line of standard output, at once; characters that act or hide are written as \\u."""
    text = json.dumps(record, ensure_ascii=False)
    _write(sys.stdout, text if text.isprintable() else "".join(map(_escaped, text)))


def say(text: str = "") -> None:
    """A line for a person on standard output."""
    _write(sys.stdout, _harmless(text))


def say_lines(text: str) -> None:
    """Text that we set in lines ourselves, each a line on standard output."""
    for line in text.split("\n"):
        say(line)


def note(text: str) -> None:
    """A line for a person on standard error, so that it never mixes with results."""
    _write(sys.stderr, _harmless(text))


class Progress:
    """How far long work is, for a person who watches standard error; a file or a pipe gets none of it.

    `words` have a place for {count}. Fits wherever a `progress` is asked for: it never ends the work.
    """

    def __init__(self, words: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._words, self._clock = words, clock
        self._told = clock()

    def __call__(self, count: int) -> bool:
        now = self._clock()
        if now - self._told >= PROGRESS_EVERY_S and sys.stderr.isatty():
            self._told = now
            note(self._words.format(count=count))
        return True


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as they need to be; Chinese characters count as two."""
    whole = [list(head), *(list(row) for row in rows)]
    widths = [max(_width(row[place]) for row in whole) for place in range(len(head))]
    for row in whole:
        cells = (cell + " " * (wide - _width(cell)) for cell, wide in zip(row, widths, strict=True))
        say("  ".join(cells).rstrip())


def moment(at: int, *, zone: int) -> str:
    """ms UTC as date and time of a zone (minutes east)."""
    return local(at, zone=zone).strftime("%Y-%m-%d %H:%M:%S")


def local(at: int, *, zone: int) -> datetime:
    """ms UTC as a datetime of a zone; the year is kept within what a calendar has."""
    seconds = min(max(at / 1000, 0), 4_102_444_800)
    return datetime.fromtimestamp(seconds, UTC).astimezone(timezone(timedelta(minutes=zone)))


def speak_utf8() -> None:
    """A Chinese Windows console is cp936, a pipe may be anything: our output is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _write(stream: TextIO, line: str) -> None:
    stream.write(line + "\n")
    stream.flush()


def _harmless(text: str) -> str:
    """No character of a file's name or a code may move the cursor, ring, hide or turn the text around."""
    if text.isprintable():
        return text
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) in _UNSEEN else c for c in text)


def _escaped(character: str) -> str:
    if unicodedata.category(character) not in _UNSEEN:
        return character
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[place] << 8 | units[place + 1]:04x}" for place in range(0, len(units), 2))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
