"""What can go wrong with keys; facts only, the words belong to the window and the command line."""

from __future__ import annotations

from checkpoint_app.domain.errors import Refusal, Trouble


class KeyLost(Trouble):
    """The ledger is there, its key is not: only the recovery key helps; facts: place."""


class KeyringAbsent(Trouble):
    """The system's key store is missing, locked or does not keep what it is given; facts: reason."""


class WrongPassphrase(Trouble):
    """The passphrase does not open the wrapped key."""


class PassphraseNeeded(Trouble):
    """The key is wrapped under a passphrase and none was given."""


class KeyFileUnusable(Trouble):
    """The key file cannot be read or written, or is damaged; facts: path, reason."""


class PassphraseShort(Refusal):
    """Too short to protect anything; facts: least."""


class KeyPresent(Refusal):
    """The folder already has a key, which a new one would make useless; facts: path."""


class RecoveryWordsWrong(Refusal):
    """The typed recovery words do not fit; facts: place (from 1, 0 when nobody can tell), word."""


class RecoveryWordsMissing(Refusal):
    """Too few or too many recovery words; facts: found, expected."""


class RecoveryRefused(Refusal):
    """This recovery key does not open this file, or the file is none of ours; facts: reason."""
