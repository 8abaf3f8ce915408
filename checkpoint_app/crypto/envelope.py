"""age envelopes around bundles (C2SP age v1, X25519 recipients): streamed, so that size costs no memory.

age authenticates what is inside against change and truncation, but not who sent it, and anyone may write to a
public recipient: the sender's signature stands inside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pyrage
from pyrage.x25519 import Identity, Recipient

from checkpoint_app.domain.errors import Refusal

VERSION_LINE = b"age-encryption.org/v1\n"
LARGEST_HEADER = 64 << 10
"""Some 600 recipients; the time to read a header grows with the square of its length."""
_END_OF_STANZAS = b"\n--- "


class EnvelopeRefused(Refusal):
    """The envelope does not open; facts: reason ("not age", "another key", "damaged", "recipient")."""


class Readable(Protocol):
    """Gives at most `size` bytes, none at the end."""

    def read(self, size: int, /) -> bytes: ...


class Writable(Protocol):
    """Takes all of what it is given."""

    def write(self, data: bytes, /) -> object: ...


Sink = Callable[[bytes], None]
"""Takes plain bytes in order, some KiB at a time; whatever it raises ends the work and is raised on."""


@dataclass(frozen=True, slots=True)
class ExchangeKey:
    """The desk's own age key: bundles are written to `recipient` (age1…), `identity` opens them."""

    identity: str = field(repr=False)
    recipient: str

    @classmethod
    def make(cls) -> ExchangeKey:
        """A new random key."""
        return cls.load(str(Identity.generate()))

    @classmethod
    def load(cls, identity: str) -> ExchangeKey:
        """The key behind AGE-SECRET-KEY-1…; raises EnvelopeRefused for anything else."""
        return cls(identity, str(_identity(identity).to_public()))


def encrypt(source: Readable, target: Writable, recipients: Sequence[str]) -> None:
    """Writes all of `source` to `target`, readable by any of the recipients.

    Raises EnvelopeRefused (recipient) and whatever the two raise.
    """
    keys = [_recipient(text) for text in recipients]
    if not keys:
        raise EnvelopeRefused(reason="recipient")
    reading, writing = _Reading(source), _Writing(target.write)
    try:
        pyrage.encrypt_io(reading, writing, keys)
    finally:
        _raise_failure(reading, writing)


def decrypt(source: Readable, sink: Sink, identities: Sequence[str]) -> None:
    """Hands everything in the envelope to `sink`, piece by piece; each piece is authentic, but only a return
    says that none is missing. Raises EnvelopeRefused (not age, another key, damaged) and what the two raise.
    """
    keys = [_identity(text) for text in identities]
    writing = _Writing(sink)
    reading = _Reading(source, before=_header_start(source))
    try:
        pyrage.decrypt_io(reading, writing, keys)
    except (pyrage.DecryptError, OSError) as error:
        _raise_failure(reading, writing)
        reason = "another key" if "No matching keys" in str(error) else "damaged"
        raise EnvelopeRefused(reason=reason) from error
    _raise_failure(reading, writing)


def _header_start(source: Readable) -> bytes:
    """The first bytes of the file, in which the whole header stands; refuses what has none of that size."""
    start = bytearray()
    while len(start) < LARGEST_HEADER and _END_OF_STANZAS not in start:
        if not VERSION_LINE.startswith(start[: len(VERSION_LINE)]):
            break
        piece = source.read(min(8192, LARGEST_HEADER - len(start)))
        if not piece:
            break
        start += piece
    if not start.startswith(VERSION_LINE) or _END_OF_STANZAS not in start:
        raise EnvelopeRefused(reason="not age")
    return bytes(start)


def _identity(text: str) -> Identity:
    try:
        return Identity.from_str(text)
    except pyrage.IdentityError as error:
        raise EnvelopeRefused(reason="identity") from error


def _recipient(text: str) -> Recipient:
    try:
        return Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise EnvelopeRefused(reason="recipient") from error


def _raise_failure(reading: _Reading, writing: _Writing) -> None:
    """What either end raised: age reports it as its own error, and not at all when its last write fails."""
    failure = reading.failure or writing.failure
    if failure is not None:
        raise failure from None


class _Reading:
    """A source that begins with `before` and remembers what it raised: age reports only its text."""

    def __init__(self, source: Readable, *, before: bytes = b"") -> None:
        self._source, self._before = source, before
        self.failure: BaseException | None = None

    def read(self, size: int = 65536, /) -> bytes:
        if self._before:
            piece, self._before = self._before[:size], self._before[size:]
            return piece
        try:
            return self._source.read(size)
        except BaseException as error:
            self.failure = error
            raise


class _Writing:
    """A target that remembers what it raised."""

    def __init__(self, sink: Callable[[bytes], object]) -> None:
        self._sink = sink
        self.failure: BaseException | None = None

    def write(self, data: bytes, /) -> int:
        try:
            self._sink(data)
        except BaseException as error:
            self.failure = error
            raise
        return len(data)

    def flush(self) -> None:
        """Whoever owns the target flushes it."""
