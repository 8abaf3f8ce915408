"""Seeing what is masked, looking for people, taking data out: on paper before it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from checkpoint_app.domain import disclosures, facts
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import Action
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage.ledger import Ledger, Written


class ViewReasonNeeded(Refusal):
    """Names and numbers are shown in full for a reason only."""


@dataclass(frozen=True, slots=True)
class Viewing:
    """Writes down who saw what. Show nothing before the future is done."""

    ledger: Ledger
    new_action: Callable[[], str]
    rights: Rights

    def view(self, crossing: str, *, why: str, by: By) -> Future[tuple[Written, ...]]:
        """Somebody sees all of a crossing, named by its action.

        It may still be open, so the entry refers to the head as it is. Raises ViewReasonNeeded, NotAllowed.
        """
        self.rights.check(Action.UNMASK, by)
        why = as_typed(why)
        if not why:
            raise ViewReasonNeeded
        fact = facts.person_viewed(
            self.ledger.head(),
            ref_action=crossing,
            by=by,
            at=self.ledger.now(),
            action=self.new_action(),
            why=why,
        )
        return self.ledger.append((fact,))

    def looked_up(self, kinds: str | Sequence[str], why: str, by: By) -> Future[tuple[Written, ...]]:
        """Somebody searches for people; `kinds` are of `disclosures.KINDS`, `why` may be blank.

        Raises NotAllowed.
        """
        self.rights.check(Action.LOOK_UP, by)
        named = (kinds,) if isinstance(kinds, str) else kinds
        fact = disclosures.people_looked_up(
            named, by=by, at=self.ledger.now(), action=self.new_action(), why=as_typed(why)
        )
        return self.ledger.append((fact,))

    def exported(
        self, count: int, *, form: str, columns: Sequence[str], masked: bool, why: str, by: By
    ) -> Future[tuple[Written, ...]]:
        """`count` crossings leave the ledger; raises ViewReasonNeeded when unmasked without a reason, and
        NotAllowed.
        """
        self.rights.check(Action.EXPORT if masked else Action.EXPORT_WHOLE, by)
        return self._exported(count, form=form, columns=columns, masked=masked, why=why, by=by)

    def printed(self, *, masked: bool, why: str, by: By) -> Future[tuple[Written, ...]]:
        """A crossing's sheet is about to be printed; raises ViewReasonNeeded when unmasked without a reason,
        and NotAllowed.
        """
        self.rights.check(Action.PRINT, by)
        if not masked:
            self.rights.check(Action.UNMASK, by)
        return self._exported(1, form="pdf", columns=(), masked=masked, why=why, by=by)

    def _exported(
        self, count: int, *, form: str, columns: Sequence[str], masked: bool, why: str, by: By
    ) -> Future[tuple[Written, ...]]:
        why = as_typed(why)
        if not masked and not why:
            raise ViewReasonNeeded
        fact = disclosures.exported(
            count,
            form=form,
            columns=columns,
            masked=masked,
            by=by,
            at=self.ledger.now(),
            action=self.new_action(),
            why=why,
        )
        return self.ledger.append((fact,))
