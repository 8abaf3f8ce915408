"""A handover: a draft of lines, each accepted or queried by who takes over, signed by both with their keys.

The affair's name is the outgoing shift's. Open → closing (`handover_begun`: the next shift is open already,
crossings belong to it, the figures of this one stand still) → closed (both signed, or one absent) → sealed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from checkpoint_app.domain import canonical
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.errors import Refusal

PURPOSE_LINE = b"cp1.handover-line\0"
PURPOSE_HANDOVER = b"cp1.handover\0"
PURPOSE_SIGN = b"cp1.handover-sign\0"
MOST_CONTENTS = 180 * 1024  # bytes; above it the lines stand in what is signed by their digests alone

UNANSWERED = "unanswered"


class NoHandover(Refusal):
    """This shift is not being handed over; facts: shift."""


class LineUnknown(Refusal):
    """No line of this handover has that key; facts: key."""


class NoteNeeded(Refusal):
    """A query says what is in doubt, an absence why; nothing in words was given."""


class LinesUnanswered(Refusal):
    """Every line is accepted or queried before anybody signs; facts: count."""


class NotOnThatSide(Refusal):
    """Who signs a side serves in its shift; facts: officer, side."""


class NotTheNextShift(Refusal):
    """Who takes over answers the lines, and this officer is not of the next shift; facts: officer."""


class LeadUnfit(Refusal):
    """Who is to lead the next shift could never sign for it; facts: officer."""


class SignedAlready(Refusal):
    """This officer signed the other side, or the side that refuses has signed; facts: side."""


class NotSigned(Refusal):
    """A side neither signed what now stands nor is away; facts: side."""


class NobodySigned(Refusal):
    """One of the two sides signs: both cannot be away."""


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


_PARTS = {
    "order": Part.OPEN,
    "incident": Part.OPEN,
    "matter": Part.OPEN,
    "item": Part.THINGS,
    "data": Part.THINGS,
}


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

    `facts` are signed, so they are public and do not change by themselves as time goes on. `texts` are the
    personal words beside them, and steps with their words; they are not signed: `seqs` are, the numbers of
    the entries that say them, and with the chain's head their very bytes.
    """

    number: int
    key: str
    part: Part
    about: str
    facts: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    seqs: tuple[int, ...] = ()
    texts: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def everything(self) -> Mapping[str, Value]:
        """Facts and personal words together, for telling."""
        return {**self.facts, **self.texts}


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
    """As it stands. `digest` is what is signed (hex), "" until every line is answered.

    An answer given before its line changed is not among the `answers` but `outdated`, by its key; signatures
    over another digest are `overtaken`. `refused` says why the last incoming lead took nothing over.
    """

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
    outdated: tuple[str, ...] = ()
    overtaken: tuple[Signature, ...] = ()
    refused: str = ""

    @property
    def unanswered(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.key not in self.answers)

    def signed(self, side: Side) -> Signature | None:
        return next((each for each in self.signatures if each.side is side), None)

    def away(self, side: Side) -> Absent | None:
        """Why that side does not sign; None once it did."""
        found = next((each for each in reversed(self.absent) if each.side is side), None)
        return None if self.signed(side) else found


def line_digest(line: Line) -> str:
    """16 hex characters over what a line says: an answer names those it was given to."""
    told: Value = {"key": line.key, "facts": line.facts, "seqs": list(line.seqs)}
    return hashlib.sha256(PURPOSE_LINE + canonical.encode(told)).hexdigest()[:16]


def contents(
    *,
    shift: str,
    next_shift: str,
    head: tuple[int, str],
    lines: Sequence[Line],
    answers: Mapping[str, tuple[Answer, int]],
    totals: Mapping[str, Value],
) -> Mapping[str, Value]:
    """Everything that is signed. `head` is number and hash where the outgoing shift's entries end, `answers`
    with the numbers of their entries, which hold the notes.
    """
    given: list[Value] = [
        [key, answer.said.value, answer.counted, seq] for key, (answer, seq) in sorted(answers.items())
    ]
    whole: dict[str, Value] = {
        "v": 1,
        "shift": shift,
        "next": next_shift,
        "head": {"seq": head[0], "hash": head[1]},
        "lines": [_stored(line) for line in lines],
        "answers": given,
        "totals": totals,
    }
    if len(canonical.encode(whole)) > MOST_CONTENTS:
        whole["lines"] = [[line.key, line_digest(line)] for line in lines]
    return whole


def digest_of(signed: Value) -> str:
    """What both sides sign, hex."""
    return hashlib.sha256(PURPOSE_HANDOVER + canonical.encode(signed)).hexdigest()


def sign_message(digest: str, *, key: str, officer: str, shift: str, side: Side) -> bytes:
    """The bytes an officer's key signs for one side of a handover."""
    return PURPOSE_SIGN + canonical.encode(
        {"digest": digest, "key": key, "officer": officer, "shift": shift, "side": side.value}
    )


def stored_lines(signed: Mapping[str, Value]) -> tuple[Line, ...]:
    """The lines of stored contents, in their order, without personal words."""
    lines = signed.get("lines")
    if not isinstance(lines, Sequence):
        return ()
    return tuple(_line(number, each) for number, each in enumerate(lines, start=1))


def may_sign(handover: Handover, side: Side, officer: str, *, serving: Sequence[str]) -> None:
    """Raises NoHandover, LinesUnanswered, NotOnThatSide or SignedAlready; `serving` are the numbers of that
    side's shift. Where the incoming side is away nobody is left to answer the lines.
    """
    if handover.state is not State.CLOSING:
        raise NoHandover(shift=handover.shift)
    if not handover.digest:
        raise LinesUnanswered(count=len(handover.unanswered))
    if officer not in serving:
        raise NotOnThatSide(officer=officer, side=side.value)
    if any(each.officer == officer and each.side is not side for each in handover.signatures):
        raise SignedAlready(side=side.value)


def what_is_missing(handover: Handover) -> tuple[str, ...]:
    """What keeps it from being closed: unanswered, then the sides that neither signed nor are away."""
    missing = [] if handover.digest else [UNANSWERED]
    waited = [side.value for side in Side if not handover.signed(side) and not handover.away(side)]
    return (*missing, *waited)


def may_close(handover: Handover) -> None:
    """Raises NoHandover, LinesUnanswered, NotSigned or NobodySigned."""
    if handover.state is not State.CLOSING:
        raise NoHandover(shift=handover.shift)
    for missing in what_is_missing(handover):
        if missing == UNANSWERED:
            raise LinesUnanswered(count=len(handover.unanswered))
        raise NotSigned(side=missing)
    if not handover.signatures:
        raise NobodySigned


def _stored(line: Line) -> Value:
    return {
        "key": line.key,
        "part": line.part.value,
        "about": line.about,
        "facts": line.facts,
        "seqs": list(line.seqs),
    }


def _line(number: int, stored: Value) -> Line:
    if not isinstance(stored, Mapping):
        key = str(stored[0]) if isinstance(stored, Sequence) and stored else ""
        about = key.partition(":")[0]
        return Line(number, key, _PARTS.get(about, Part.PAST), about)
    facts, seqs = stored.get("facts"), stored.get("seqs")
    return Line(
        number,
        str(stored.get("key", "")),
        Part(str(stored.get("part", Part.PAST.value))),
        str(stored.get("about", "")),
        facts if isinstance(facts, Mapping) else {},
        tuple(seq for seq in seqs if isinstance(seq, int)) if isinstance(seqs, list | tuple) else (),
    )
