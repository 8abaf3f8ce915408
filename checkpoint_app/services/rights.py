"""Whether somebody may do something; a refusal is on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import (
    UNSIGNED,
    Action,
    NobodySignedOn,
    NotAllowed,
    Role,
    action_refused,
    allowed,
)
from checkpoint_app.storage.ledger import Ledger


def _anybody(_officer: str) -> Role | None:
    return None


@dataclass(frozen=True, slots=True)
class Rights:
    """`role_of` gives the role of an officer's number, None while the station has nobody with a PIN: until
    then nobody can be told from anybody else, and everything is allowed.
    """

    ledger: Ledger
    new_action: Callable[[], str]
    role_of: Callable[[str], Role | None] = _anybody

    def may(self, action: Action, by: By) -> bool:
        """Whether `check` would let it pass; nobody asked for anything, so nothing is put on paper."""
        role = self.role_of(by.officer)
        return role is None or (allowed(role, action) and (bool(by.officer) or action in UNSIGNED))

    def check(self, action: Action, by: By) -> None:
        """Raises NotAllowed, where nobody signed on NobodySignedOn, after the refusal has been put on paper;
        whether that worked changes nothing.
        """
        role = self.role_of(by.officer)
        if role is None or self.may(action, by):
            return
        nobody = not by.officer and action not in UNSIGNED
        refused = action_refused(action, role, by=by, at=self.ledger.now(), action=self.new_action())
        self.ledger.append((refused,))
        raise (NobodySignedOn if nobody else NotAllowed)(action=action.value, role=role.value)
