"""An officer's signing key under a PIN: Argon2id (RFC 9106), then AES-256-GCM over the key's seed with the
officer and the parameters bound.

Four digits stop whoever sits down at the desk, with the waits of `domain.lockout`; they do not stop whoever
holds the opened file and has an hour. That is what the file's own encryption is for.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from checkpoint_app.domain import canonical

PURPOSE_WRAP = b"cp1.pin-wrap\0"
PURPOSE_KEY = b"cp1.officer-key\0"
MOST_MEMORY, MOST_PASSES = 1 << 20, 16
"""KiB and passes: a damaged blob must not take the computer's memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try costs: `memory` KiB, `passes` over it, in one lane. About a quarter of a second."""

    memory: int = 64 * 1024
    passes: int = 2


@dataclass(frozen=True, slots=True)
class OfficerKey:
    """`seed` is the 32-byte private part; it never appears in a printed form of the key."""

    seed: bytes = field(repr=False)
    public: bytes
    key_id: str

    @classmethod
    def make(cls) -> OfficerKey:
        """A new random key."""
        return cls.load(Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def load(cls, seed: bytes) -> OfficerKey:
        """The key behind a seed; raises ValueError for any other length."""
        public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        return cls(seed, public, key_id(public))

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature; the message carries its own purpose prefix."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


def key_id(public: bytes) -> str:
    """16 hex characters that name an officer's public key."""
    return hashlib.sha256(PURPOSE_KEY + public).hexdigest()[:16]


def lock(key: OfficerKey, pin: str, *, officer: str, cost: Cost) -> bytes:
    """The blob that holds `key` under `pin` for the officer with that number."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapped = _opener(pin, salt, cost).encrypt(nonce, key.seed, _bound(officer, salt, cost))
    return canonical.encode(
        {
            "v": 1,
            "kdf": "argon2id",
            "m": cost.memory,
            "t": cost.passes,
            "salt": salt.hex(),
            "nonce": nonce.hex(),
            "wrapped": wrapped.hex(),
        }
    )


def unlock(blob: bytes, pin: str, *, officer: str) -> OfficerKey | None:
    """The key of a blob, None when the PIN is not its own; raises ValueError for a malformed blob."""
    found = canonical.decode(blob)
    if not isinstance(found, dict) or (found.get("v"), found.get("kdf")) != (1, "argon2id"):
        raise ValueError("form")
    cost = Cost(_number(found.get("m"), MOST_MEMORY), _number(found.get("t"), MOST_PASSES))
    salt, nonce, wrapped = (bytes.fromhex(str(found.get(name, ""))) for name in ("salt", "nonce", "wrapped"))
    try:
        return OfficerKey.load(_opener(pin, salt, cost).decrypt(nonce, wrapped, _bound(officer, salt, cost)))
    except InvalidTag:
        return None


def _number(value: object, most: int) -> int:
    if type(value) is not int or not 1 <= value <= most:
        raise ValueError("parameters")
    return value


def _opener(pin: str, salt: bytes, cost: Cost) -> AESGCM:
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=1, memory_cost=cost.memory)
    return AESGCM(kdf.derive(pin.encode()))


def _bound(officer: str, salt: bytes, cost: Cost) -> bytes:
    return PURPOSE_WRAP + canonical.encode(
        {"officer": officer, "m": cost.memory, "t": cost.passes, "salt": salt.hex()}
    )
