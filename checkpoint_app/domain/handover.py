"""A handover: a draft of lines, each accepted or queried by who takes over, signed by both with their keys.

The affair's name is the outgoing shift's. Open → closing (`handover_begun`: the next shift is open already,
crossings belong to it, the figures of this one stand still) → closed (both signed, or one absent) → sealed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from checkpoint_app.domain.canonical import Value


class State(StrEnum):
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    SEALED = "sealed"


class Part(StrEnum):
    """The three clears of a handover (三明): what was, what is open, what there is."""

    PAST = "past"
    OPEN = "open"
    THINGS = "things"


class Side(StrEnum):
    OUTGOING = "outgoing"
    INCOMING = "incoming"


class Answered(StrEnum):
    ACCEPTED = "accepted"
    QUERIED = "queried"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the draft. `key` is stable (totals, outcomes, matter:<id>, item:<id>, data:rules); `facts`
    are what the words are made of, by `about`, the kind of line.
    """

    number: int
    key: str
    part: Part
    about: str
    facts: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    seqs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the incoming lead said to a line; `counted` articles found, for an item."""

    key: str
    said: Answered
    note: str = ""
    counted: int | None = None
    officer: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """`signature` is Ed25519, hex, by the officer's own key over the handover's digest; "" for a station
    without PINs, where the name alone stands.
    """

    side: Side
    officer: str
    at: int
    key: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Absent:
    """One side could not or would not sign, and why; `refused` when it was there and refused."""

    side: Side
    why: str
    officer: str
    at: int
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Handover:
    """As it stands. `digest` is what is signed (hex), "" until every line is answered."""

    shift: str
    state: State
    next_shift: str = ""
    begun: int = 0
    closed: int = 0
    lines: tuple[Line, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    signatures: tuple[Signature, ...] = ()
    absent: tuple[Absent, ...] = ()
    digest: str = ""

    @property
    def unanswered(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.key not in self.answers)

    def signed(self, side: Side) -> Signature | None:
        return next((each for each in self.signatures if each.side is side), None)
