"""How a handover stands, worked out from the ledger: its lines, which answers and signatures still hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.desk_lines import DeskLine
from checkpoint_app.domain.entry import Head
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.handover import (
    Handover,
    Line,
    Side,
    Signature,
    State,
    contents,
    digest_of,
    line_digest,
)
from checkpoint_app.domain.handover_draft import draft, totals_of
from checkpoint_app.domain.handover_told import Course, Given
from checkpoint_app.storage import handovers as stored
from checkpoint_app.storage import queries
from checkpoint_app.storage.handovers import Own
from checkpoint_app.storage.rows import ShiftRow
from checkpoint_app.storage.shift_figures import Read, figures_of

__all__ = ["Now", "Others", "ShiftUnknown", "Standings", "alone"]

MOST_KEPT = 4
Others = Callable[[ShiftRow, int], tuple[DeskLine, ...]]
"""What the other desks of the station did in a shift, up to a time (ms UTC)."""


def alone(_shift: ShiftRow, _until: int) -> tuple[DeskLine, ...]:
    """A station with one desk."""
    return ()


class ShiftUnknown(Refusal):
    """No shift has that id; facts: shift."""


@dataclass(frozen=True, slots=True)
class Now:
    """A handover as it stands, and what its next entry needs; `signed` is everything a digest is over."""

    handover: Handover
    row: ShiftRow
    course: Course
    totals: Mapping[str, Value]
    signed: Mapping[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class Standings:
    """Any thread may ask. What a shift's own entries say is kept until another one carries its name.

    `read` gives a connection, `clock` the time in ms UTC, `head` the end of the desk's chain.
    """

    read: Read
    clock: Callable[[], int]
    head: Callable[[], Head] = lambda: Head("", "")
    others: Others = alone
    _kept: dict[tuple[str, int], Own] = field(default_factory=dict)

    def now(self, shift: str) -> Now:
        """Raises ShiftUnknown."""
        with self.read() as reader:
            row = queries.shift(reader, shift)
            course = stored.course_of(reader, row) if row else Course()
            closing = stored.closing_of(reader, shift)
            sealed = stored.is_sealed(reader, shift)
            lines = stored.lines_of(reader, row, _signed(closing)) if row and closing else ()
        if row is None:
            raise ShiftUnknown(shift=shift)
        if closing is None:
            return self._drafted(row, course)
        return _closed(row, course, closing, lines, sealed=sealed)

    def alone(self, row: ShiftRow) -> Now:
        """The shift as it would be handed over to nobody, now."""
        head = self.head()
        course = Course(begun=self.clock(), head=(head.seq, head.hash))
        found = self._drafted(row, course)
        return _signable(found, answered=False)

    def _drafted(self, row: ShiftRow, course: Course) -> Now:
        own = self._own_of(row.shift)
        begun = course.begun or self.clock()
        with self.read() as reader:
            situation = stored.situation_of(reader, row, own, begun=begun, next_shift=course.next_shift)
        desks = self.others(row, begun)
        lines = draft(replace(situation, desks=desks))
        answers, outdated = _holding(course.answers, lines)
        found = Handover(
            row.shift,
            State.CLOSING if course.begun else State.OPEN,
            course.next_shift,
            course.begun,
            lines=lines,
            answers={key: given.answer for key, given in answers.items()},
            absent=course.absent,
            outdated=outdated,
            refused=course.refused,
        )
        now = Now(found, row, course, totals_of(own.figures, desks))
        return _signable(now, answered=True) if course.begun else now

    def _own_of(self, shift: str) -> Own:
        with self.read() as reader:
            last = stored.last_of(reader, shift)
        known = self._kept.get((shift, last))
        if known is None:
            figures = figures_of(self.read, shift)
            if figures is None:
                raise ShiftUnknown(shift=shift)
            with self.read() as reader:
                known = stored.own_of(reader, shift, figures)
            kept = list(self._kept.items())[1 - MOST_KEPT :]
            self._kept = dict([*kept, ((shift, last), known)])
        return known


def _holding(
    answers: Mapping[str, Given], lines: Iterable[Line]
) -> tuple[Mapping[str, Given], tuple[str, ...]]:
    """Answers to lines as they now are, and the keys of those given to what a line said before."""
    said = {line.key: line_digest(line) for line in lines}
    holding = {key: given for key, given in answers.items() if said.get(key) == given.of}
    return holding, tuple(key for key in answers if key in said and key not in holding)


def _signable(now: Now, *, answered: bool) -> Now:
    """With what is signed, once there is nothing left to answer or nobody to do it."""
    found, course = now.handover, now.course
    away = any(each.side is Side.INCOMING for each in course.absent)
    if answered and found.unanswered and not away:
        return replace(now, handover=replace(found, overtaken=tuple(one for one, _of in course.signatures)))
    signed = contents(
        shift=found.shift,
        next_shift=found.next_shift,
        head=course.head,
        lines=found.lines,
        answers={key: (given.answer, given.seq) for key, given in _given(now).items()},
        totals=now.totals,
    )
    digest = digest_of(signed)
    valid = tuple(one for one, of in course.signatures if of == digest)
    known = replace(
        found,
        state=State.CLOSING,
        digest=digest,
        signatures=_last_of_each(valid),
        overtaken=tuple(one for one, of in course.signatures if of != digest),
    )
    return replace(now, handover=known, signed=signed)


def _given(now: Now) -> Mapping[str, Given]:
    return {key: now.course.answers[key] for key in now.handover.answers}


def _last_of_each(signatures: Iterable[Signature]) -> tuple[Signature, ...]:
    """One signature a side: the last that was given."""
    last = {each.side: each for each in signatures}
    return tuple(last[side] for side in Side if side in last)


def _signed(closing: Mapping[str, Value]) -> Mapping[str, Value]:
    """What was signed; nothing of a shift that was closed without a handover."""
    signed = closing.get("handover")
    return signed if isinstance(signed, Mapping) else {}


def _closed(
    row: ShiftRow, course: Course, closing: Mapping[str, Value], lines: tuple[Line, ...], *, sealed: bool
) -> Now:
    """As it was signed."""
    body, totals = _signed(closing), closing.get("totals")
    digest = digest_of(body) if body else ""
    given = {key: each.answer for key, each in _signed_answers(course, body).items()}
    found = Handover(
        row.shift,
        State.SEALED if sealed else State.CLOSED,
        course.next_shift,
        course.begun,
        row.closed or 0,
        lines,
        given,
        _last_of_each(one for one, of in course.signatures if of == digest),
        course.absent,
        digest,
        refused=course.refused,
    )
    return Now(found, row, course, totals if isinstance(totals, Mapping) else {}, body)


def _signed_answers(course: Course, signed: Mapping[str, Value]) -> Mapping[str, Given]:
    """The answers that what was signed names by the number of their entry."""
    answers = signed.get("answers")
    rows = [each for each in answers if isinstance(each, list | tuple)] if isinstance(answers, list) else []
    seqs = {each[-1] for each in rows if each}
    return {key: given for key, given in course.answers.items() if given.seq in seqs}
