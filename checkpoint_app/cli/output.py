"""What commands print: one JSON object a line with `--json`, else plain lines a person reads."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone

Plain = None | bool | int | float | str | Sequence["Plain"] | Mapping[str, "Plain"]


def emit(record: Mapping[str, Plain]) -> None:
    """One object on one line of standard output, at once."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def say(text: str = "") -> None:
    """A line for a person on standard output."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def note(text: str) -> None:
    """A line for a person on standard error, so that it never mixes with results."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


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


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
