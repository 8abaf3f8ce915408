"""A handover in entries, and read back from them: begun, answered, signed, refused, one side away.

The affair's name is the outgoing shift's id. Whoever refuses ends all of it; it may begin again with another
next shift. Notes and reasons are personal, the rest is public.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from checkpoint_app.domain.affairs import Told
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact, Head
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.handover import Absent, Answer, Answered, Line, Side, Signature, line_digest
from checkpoint_app.domain.telling import tell

BEGUN, ANSWERED, SIGNED = "handover_begun", "handover_answered", "handover_signed"
REFUSED, ABSENT = "handover_refused", "handover_absent"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given: `of` the digest of its line then, `seq` of its entry."""

    answer: Answer
    of: str
    seq: int


@dataclass(frozen=True, slots=True)
class Course:
    """How a handover went so far. `head` is number and hash where the outgoing shift's entries end;
    `signatures` come with the digest they are over.
    """

    next_shift: str = ""
    begun: int = 0
    head: tuple[int, str] = (0, "")
    answers: Mapping[str, Given] = field(default_factory=lambda: MappingProxyType({}))
    signatures: tuple[tuple[Signature, str], ...] = ()
    absent: tuple[Absent, ...] = ()
    refused: str = ""


def begun(shift: str, *, next_shift: str, head: Head, by: By, at: int, action: str) -> Fact:
    """The next shift is open from now on; `head` is where the entries of this one end."""
    last: Value = {"epoch": head.epoch, "seq": head.seq, "hash": head.hash}
    return tell(BEGUN, {"about": shift, "next": next_shift, "head": last}, by=by, at=at, action=action)


def answered(
    shift: str,
    line: Line,
    said: Answered,
    *,
    note: str = "",
    counted: int | None = None,
    by: By,
    at: int,
    action: str,
) -> Fact:
    """One line as the incoming lead found it; a later answer to the same line takes its place."""
    public = {
        "about": shift,
        "line": line.key,
        "of": line_digest(line),
        "said": said.value,
        "counted": counted,
    }
    return tell(ANSWERED, public, personal={"note": note}, by=by, at=at, action=action)


def signed(shift: str, signature: Signature, *, digest: str, by: By, at: int, action: str) -> Fact:
    public = {
        "about": shift,
        "side": signature.side.value,
        "officer": signature.officer,
        "digest": digest,
        "key": signature.key,
        "signature": signature.signature,
    }
    return tell(SIGNED, public, by=by, at=at, action=action)


def absent(shift: str, side: Side, *, why: str, refused: bool, by: By, at: int, action: str) -> Fact:
    """One side cannot or will not sign."""
    public = {"about": shift, "side": side.value, "refused": refused}
    return tell(ABSENT, public, personal={"why": why}, by=by, at=at, action=action)


def refused(shift: str, *, next_shift: str, why: str, by: By, at: int, action: str) -> Fact:
    """The incoming lead takes nothing over: the next shift ends and this one goes on."""
    public = {"about": shift, "next": next_shift}
    return tell(REFUSED, public, personal={"why": why}, by=by, at=at, action=action)


def course(told: Iterable[Told]) -> Course:
    """How far it has come, by its entries in the order written."""
    found = Course()
    for each in told:
        step = _STEPS.get(each.kind)
        found = step(found, each) if step else found
    return found


def _begun(_course: Course, told: Told) -> Course:
    head = told.public.get("head")
    last = head if isinstance(head, Mapping) else {}
    seq = last.get("seq")
    place = (seq if isinstance(seq, int) else 0, str(last.get("hash", "")))
    return Course(told.text("next"), told.happened, place)


def _answered(so_far: Course, told: Told) -> Course:
    key, count = told.text("line"), told.public.get("counted")
    answer = Answer(
        key,
        Answered(told.text("said")),
        told.text("note"),
        count if isinstance(count, int) else None,
        told.officer,
        told.happened,
    )
    given = {**so_far.answers, key: Given(answer, told.text("of"), told.seq)}
    return replace(so_far, answers=MappingProxyType(given))


def _signed(so_far: Course, told: Told) -> Course:
    signature = Signature(
        Side(told.text("side")),
        told.text("officer"),
        told.happened,
        told.text("key"),
        told.text("signature"),
    )
    return replace(so_far, signatures=(*so_far.signatures, (signature, told.text("digest"))))


def _absent(so_far: Course, told: Told) -> Course:
    away = Absent(
        Side(told.text("side")),
        told.text("why"),
        told.officer,
        told.happened,
        refused=told.public.get("refused") is True,
    )
    return replace(so_far, absent=(*so_far.absent, away))


def _refused(_course: Course, told: Told) -> Course:
    return Course(refused=told.text("why") or "-")


_STEPS: Mapping[str, Callable[[Course, Told], Course]] = {
    BEGUN: _begun,
    ANSWERED: _answered,
    SIGNED: _signed,
    ABSENT: _absent,
    REFUSED: _refused,
}
