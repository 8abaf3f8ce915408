"""What an examination finds: one line each, in words rather than in signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from checkpoint_app.domain.errors import CheckpointError


class State(StrEnum):
    """`note` is worth knowing, `bad` must be mended before a lane relies on it."""

    OK = "ok"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line; `about` is a fixed English word, `text` is translated."""

    about: str
    state: State
    text: str


Examination = Callable[[], Iterable[Finding]]


def examine(about: str, look: Examination, *, explain: Callable[[CheckpointError], str]) -> Iterator[Finding]:
    """What `look` finds; whatever it raises is a finding too, so that the others still get their turn."""
    try:
        yield from look()
    except CheckpointError as error:
        yield Finding(about, State.BAD, explain(error))
    except Exception as error:
        yield Finding(about, State.BAD, f"{type(error).__name__}: {str(error)[:120]}")
