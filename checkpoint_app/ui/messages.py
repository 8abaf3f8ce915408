"""What happened, what it means, what to do now: the words for everything a person can act on.

Found by the names of the classes, so that the window can say what is wrong before the parts that raise it are
loaded, and the command line can use the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _
from checkpoint_app.ui import message_table
from checkpoint_app.ui.message_exchange import CARD_ELSEWHERE, EXCHANGE, check_words
from checkpoint_app.ui.message_records import RECORDS
from checkpoint_app.ui.message_shift import NO_ORDERS, NO_PINS, SHIFT
from checkpoint_app.ui.message_sources import (
    NOT_SCANNED_HERE,
    SCAN_NOWHERE,
    SCAN_SPOILT,
    SOURCES,
    VEHICLE_CHANGED,
)
from checkpoint_app.ui.message_table import (
    BUG,
    CLOCK,
    NO_SHIFT,
    QUEUED,
    SEAL,
    SIGHTS,
    TEMPERATURE,
    UNDONE,
    UNKNOWN,
    Words,
)

__all__ = [
    "BUG",
    "CARD_ELSEWHERE",
    "CLOCK",
    "NOT_SCANNED_HERE",
    "NO_ORDERS",
    "NO_PINS",
    "NO_SHIFT",
    "QUEUED",
    "SCAN_NOWHERE",
    "SCAN_SPOILT",
    "SEAL",
    "SIGHTS",
    "TABLE",
    "TEMPERATURE",
    "UNDONE",
    "UNKNOWN",
    "VEHICLE_CHANGED",
    "Words",
    "filled",
    "sight_words",
    "words_for",
]

TABLE: Mapping[str, Words] = {**message_table.TABLE, **SOURCES, **RECORDS, **SHIFT, **EXCHANGE}


class _Facts(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "?"


def words_for(error: BaseException) -> Words:
    """The words for an error in the language in use; a bug has its own."""
    if not isinstance(error, CheckpointError):
        return filled(BUG)
    check = check_words(str(error.facts.get("check")), str(error.facts.get("reason")))
    if check is not None:
        return filled(check, error.facts)
    known = next((TABLE[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in TABLE), UNKNOWN)
    return filled(known, error.facts)


def filled(words: Words, facts: Mapping[str, object] | None = None) -> Words:
    """The words translated and their placeholders filled."""
    shown = _Facts({name: _shown(value) for name, value in (facts or {}).items()})
    return replace(
        words,
        title=_(words.title).format_map(shown),
        meaning=_(words.meaning).format_map(shown) if words.meaning else "",
        now=_(words.now).format_map(shown) if words.now else "",
    )


def sight_words(sight: str, *, since: str) -> Words:
    """A camera that gives no usable picture, with how long it has been so."""
    words = filled(SIGHTS[sight])
    return replace(words, title=f"{words.title} {since}")


def _shown(value: object) -> str:
    return value.name if isinstance(value, Path) else str(value)[:60]
