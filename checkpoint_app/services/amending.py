"""Correcting what was recorded: an amended value, or a crossing that does not count. Both are new entries."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from types import MappingProxyType

from checkpoint_app.domain import amending, facts
from checkpoint_app.domain.amending import Changes, Reading
from checkpoint_app.domain.entry import Head
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import Action
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage import histories
from checkpoint_app.storage.ledger import Ledger, Written
from checkpoint_app.storage.rows import CrossingRow


class AmendReasonNeeded(Refusal):
    """A correction needs a reason."""


class NothingChanged(Refusal):
    """The values wanted are those that stand there."""


class CrossingElsewhere(Refusal):
    """Another desk wrote it, and only that one may correct it; facts: desk."""


class CrossingVoid(Refusal):
    """The crossing does not count any more; nothing of it is corrected."""


class CrossingAhead(Refusal):
    """The crossing lies in the future, by a clock that was wrong; facts: happened (ms UTC)."""


class CrossingForgotten(Refusal):
    """What was personal in the crossing is erased; a correction would bring it back."""


class CrossingAbsent(Refusal):
    """No such crossing in this ledger."""


@dataclass(frozen=True, slots=True)
class Amending:
    """Any thread may ask; the crossing is read again first, for somebody else may have corrected it."""

    ledger: Ledger
    new_action: Callable[[], str]
    rights: Rights

    def amend(self, row: CrossingRow, changes: Changes, *, why: str, by: By) -> Future[tuple[Written, ...]]:
        """Raises NotAllowed, AmendReasonNeeded, NothingChanged and what `_standing` raises."""
        self.rights.check(Action.AMEND, by)
        why = as_typed(why)
        if not why:
            raise AmendReasonNeeded
        now = self._standing(row)
        reading = reading_of(now)
        clean = amending.wanted(_typed(changes), reading)
        if not clean.any:
            raise NothingChanged
        if now.forgotten:
            raise CrossingForgotten
        fact = amending.crossing_amended(
            _head(now),
            clean,
            ref_action=now.action,
            now=reading,
            by=by,
            at=self.ledger.now(),
            action=self.new_action(),
            why=why,
        )
        return self.ledger.append((fact,))

    def void(self, row: CrossingRow, *, why: str, by: By) -> Future[tuple[Written, ...]]:
        """The crossing does not count, however old it is. Raises NotAllowed, AmendReasonNeeded and as
        `_standing`.
        """
        self.rights.check(Action.VOID, by)
        why = as_typed(why)
        if not why:
            raise AmendReasonNeeded
        now = self._standing(row)
        fact = facts.outcome_undone(
            _head(now), ref_action=now.action, by=by, at=self.ledger.now(), action=self.new_action(), why=why
        )
        return self.ledger.append((fact,))

    def _standing(self, row: CrossingRow) -> CrossingRow:
        """The crossing as it now reads. Raises CrossingAbsent, CrossingElsewhere, CrossingVoid,
        CrossingAhead.
        """
        with self.ledger.reader() as reader:
            told = histories.history(reader, row.id)
        if told is None or told.now.hash != row.hash:
            raise CrossingAbsent
        if told.now.desk != self.ledger.head().desk:
            raise CrossingElsewhere(desk=told.now.desk)
        if told.now.undone:
            raise CrossingVoid
        if told.now.happened > self.ledger.now():
            raise CrossingAhead(happened=told.now.happened)
        return told.now


def reading_of(row: CrossingRow) -> Reading:
    """What of a row can be amended."""
    return Reading(
        plate=row.plate,
        plate_colour=row.plate_colour,
        vehicle=row.vehicle,
        people=row.people,
        direction=row.direction,
        lane=row.lane,
        origin=row.origin,
        destination=row.destination,
        purpose=row.purpose,
        persons=row.persons,
    )


def _head(row: CrossingRow) -> Head:
    return Head(row.desk, row.epoch, row.seq, row.hash)


def _typed(changes: Changes) -> Changes:
    return replace(
        changes,
        origin=_text(changes.origin),
        destination=_text(changes.destination),
        purpose=_text(changes.purpose),
        names=MappingProxyType({number: as_typed(name) for number, name in changes.names.items()}),
    )


def _text(text: str | None) -> str | None:
    return None if text is None else as_typed(text)
