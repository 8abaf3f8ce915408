"""Getting a ledger back: the recovery key beside it, copies of it, and opening such a copy."""

from __future__ import annotations

import hmac

from checkpoint_app.crypto import recovery
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.services.desk import Reading


class RecoveryMismatch(Refusal):
    """These words belong to another desk or to an older recovery key."""


def renew_recovery(reading: Reading) -> RecoveryKey:
    """A new recovery key for this desk; the one before it no longer opens what is written from now on."""
    fresh = RecoveryKey.make()
    wrapped = recovery.wrap(reading.key, fresh.recipient, desk=reading.settings.desk)
    recovery.write_recovery(reading.folder, wrapped)
    return fresh


def prove_recovery(reading: Reading, text: str) -> None:
    """Opens the wrapped key with the words; raises RecoveryMismatch and what reading the words raises."""
    wrapped = recovery.read_recovery(reading.folder)
    key = _typed(text)
    keys = recovery.unwrap_all(wrapped, key, desk=reading.settings.desk)
    if not any(hmac.compare_digest(key, reading.key) for key in keys):
        raise RecoveryMismatch


def _typed(text: str) -> RecoveryKey:
    """Words or the AGE-SECRET-KEY line, whichever was typed."""
    if text.strip().upper().startswith("AGE-SECRET-KEY-"):
        return RecoveryKey.from_text(text)
    return RecoveryKey.from_words(text)
