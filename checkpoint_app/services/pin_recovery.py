"""A lead's or admin's PIN that is forgotten, given anew by whoever holds the words of the recovery sheet."""

from __future__ import annotations

from checkpoint_app.crypto import recovery
from checkpoint_app.domain.facts import By
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.safekeeping import RecoveryMismatch, typed_key


def recover_pin(desk: Desk, number: str, pin: str, *, words: str) -> None:
    """Nobody has to have signed on: the words open the whole ledger, which is more than any PIN does.

    Raises RecoveryMismatch, what reading the words raises, and what `Officers.recover_pin` does.
    """
    wrapped = recovery.read_recovery(desk.folder)
    keys = recovery.unwrap_all(wrapped, typed_key(words), desk=desk.settings.desk)
    if not any(map(desk.ledger.is_key, keys)):
        raise RecoveryMismatch
    desk.officers.recover_pin(number, pin, by=By(desk.by.shift, ""))
