"""The recovery key: an age identity that opens the ledger when its own key is lost.

Its public half wraps the database key into `recovery.age` beside the ledger, which the plain `age` program
opens as well. Its secret half is printed once, as words and as a QR code, and is kept nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyrage
from pyrage.x25519 import Identity, Recipient

from checkpoint_app.crypto import bech32, spoken
from checkpoint_app.crypto.errors import RecoveryRefused
from checkpoint_app.crypto.keyfile import write_private
from checkpoint_app.domain import canonical
from checkpoint_app.domain.canonical import NotCanonical, Value

RECOVERY_FILE = "recovery.age"
RECIPIENT_FILE = "recovery.recipient"
PURPOSE = "cp1.recovery"
PURPOSE_RECIPIENT = b"cp1.recipient\0"
LARGEST_WRAP = 16 * 1024
LONGEST_IDENTITY = 200
KEY_BYTES = 32
_PREFIX = "age-secret-key-"


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """`identity` is the secret, AGE-SECRET-KEY-1…; `recipient` is public, age1…"""

    identity: str = field(repr=False)
    recipient: str

    @classmethod
    def make(cls) -> RecoveryKey:
        """A new random key."""
        return cls.from_text(str(Identity.generate()))

    @classmethod
    def from_text(cls, text: str) -> RecoveryKey:
        """The key behind its AGE-SECRET-KEY-1… text, as scanned or typed; raises RecoveryRefused."""
        typed = "".join(text[:LONGEST_IDENTITY].split()).upper()
        try:
            return cls.from_secret(bech32.decode(_PREFIX, typed))
        except ValueError as error:
            raise RecoveryRefused(reason="identity") from error

    @classmethod
    def from_words(cls, text: str) -> RecoveryKey:
        """The key behind its typed words; raises RecoveryWordsMissing, RecoveryWordsWrong."""
        return cls.from_secret(spoken.secret_of(text))

    @classmethod
    def from_secret(cls, secret: bytes) -> RecoveryKey:
        """The key of 32 secret bytes; raises ValueError for any other length."""
        if len(secret) != KEY_BYTES:
            raise ValueError("32 bytes")
        identity = bech32.encode(_PREFIX, secret).upper()
        return cls(identity, str(Identity.from_str(identity).to_public()))

    @property
    def words(self) -> tuple[str, ...]:
        """The secret as 18 words, the last two of which check the others."""
        return spoken.words_of(bech32.decode(_PREFIX, self.identity))


def wrap(database_key: bytes, recipient: str, *, desk: str, next_key: bytes | None = None) -> bytes:
    """The database key for `recipient`; `next_key` too while the file's key is being replaced.

    Raises RecoveryRefused for a recipient that is none.
    """
    keys: list[Value] = [key.hex() for key in (database_key, next_key) if key is not None]
    inside = canonical.encode({"desk": desk, "keys": keys, "purpose": PURPOSE, "v": 1})
    try:
        wrapped: bytes = pyrage.encrypt(inside, [Recipient.from_str(recipient)])
    except (pyrage.RecipientError, pyrage.EncryptError) as error:
        raise RecoveryRefused(reason="recipient") from error
    return wrapped


def unwrap(data: bytes, recovery: RecoveryKey, *, desk: str | None = None) -> bytes:
    """The database key in use; raises what `unwrap_all` raises."""
    return unwrap_all(data, recovery, desk=desk)[0]


def unwrap_all(data: bytes, recovery: RecoveryKey, *, desk: str | None = None) -> tuple[bytes, ...]:
    """Every key that may open the file, the one in use first.

    Raises RecoveryRefused: too large, another recovery key, not ours, or of another desk than `desk`.
    """
    if len(data) > LARGEST_WRAP:
        raise RecoveryRefused(reason="too large")
    try:
        inside = pyrage.decrypt(data, [Identity.from_str(recovery.identity)])
    except pyrage.DecryptError as error:
        raise RecoveryRefused(reason="another key") from error
    told, keys = _read(inside)
    if desk is not None and told != desk:
        raise RecoveryRefused(reason="another desk")
    return keys


def write_recovery(folder: Path, data: bytes) -> None:
    """Put the wrapped key beside the ledger, whole or not at all; raises KeyFileUnusable."""
    write_private(folder / RECOVERY_FILE, data)


def read_recovery(folder: Path) -> bytes:
    """The wrapped key beside the ledger; raises RecoveryRefused when there is none that can be read."""
    try:
        with (folder / RECOVERY_FILE).open("rb") as file:
            return file.read(LARGEST_WRAP + 1)
    except OSError as error:
        raise RecoveryRefused(reason="no file") from error


def keep_wrapped(
    folder: Path, recipient: str, *, key: bytes, desk: str, next_key: bytes | None = None
) -> None:
    """Puts the key in use (and the next one while it is being replaced) under `recipient`, beside the ledger.

    The recipient stands there too, so that a new key can be wrapped for the same printed sheet: it is no
    secret, but whoever could swap it would be given the next key, so it is signed with the key in use.
    Raises RecoveryRefused and KeyFileUnusable.
    """
    wrapped = wrap(key, recipient, desk=desk, next_key=next_key)
    sums: list[Value] = [_recipient_sum(one, recipient) for one in (key, next_key) if one is not None]
    write_recovery(folder, wrapped)  # first: two sums say that this is still to be done
    write_private(folder / RECIPIENT_FILE, canonical.encode({"recipient": recipient, "sums": sums, "v": 1}))


def kept_recipient(folder: Path, *, key: bytes) -> tuple[str, bool] | None:
    """The recipient beside the ledger and whether a replacing of the key was stopped before its end.

    None where there is none that `key` signed.
    """
    try:
        value = canonical.decode((folder / RECIPIENT_FILE).read_bytes()[:LARGEST_WRAP])
    except (OSError, NotCanonical):
        return None
    if not isinstance(value, dict):
        return None
    recipient, sums = value.get("recipient"), value.get("sums")
    if not isinstance(recipient, str) or not isinstance(sums, list):
        return None
    signed = any(hmac.compare_digest(str(one), _recipient_sum(key, recipient)) for one in sums)
    return (recipient, len(sums) > 1) if signed else None


def _recipient_sum(key: bytes, recipient: str) -> str:
    return hmac.new(key, PURPOSE_RECIPIENT + recipient.encode(), hashlib.sha256).hexdigest()


def _read(inside: bytes) -> tuple[str, tuple[bytes, ...]]:
    try:
        value = canonical.decode(inside)
    except NotCanonical as error:
        raise RecoveryRefused(reason="content") from error
    if not isinstance(value, dict) or (value.get("purpose"), value.get("v")) != (PURPOSE, 1):
        raise RecoveryRefused(reason="content")
    desk, keys = value.get("desk"), value.get("keys")
    if not isinstance(desk, str) or not isinstance(keys, list) or not _are_keys(keys):
        raise RecoveryRefused(reason="content")
    return desk, tuple(bytes.fromhex(str(key)) for key in keys)


def _are_keys(keys: Sequence[object]) -> bool:
    fits = [isinstance(key, str) and re.fullmatch(r"[0-9a-f]{64}", key) is not None for key in keys]
    return 1 <= len(fits) <= 2 and all(fits)
