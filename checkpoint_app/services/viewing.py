"""Seeing what is masked by default: for a reason in words, and on paper before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from checkpoint_app.domain import facts
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage.ledger import Ledger, Written


class ViewReasonNeeded(Refusal):
    """Names and numbers are shown in full for a reason only."""


@dataclass(frozen=True, slots=True)
class Viewing:
    """Writes down who saw what in full."""

    ledger: Ledger
    new_action: Callable[[], str]

    def view(self, crossing: str, *, why: str, by: By) -> Future[tuple[Written, ...]]:
        """Names the crossing by its action; it may still be open, so the entry refers to the head as it is.

        Show nothing before the future is done.
        """
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
