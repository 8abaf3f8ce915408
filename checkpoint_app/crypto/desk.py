"""The desk's Ed25519 key: seals are signed with it. Made at first start, kept in table `secret`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PURPOSE_KEY = b"cp1.desk-key\0"
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class DeskKey:
    """`private` is the 32-byte seed; it never appears in a printed form of the key."""

    private: bytes = field(repr=False)
    public: bytes
    key_id: str

    @classmethod
    def make(cls) -> DeskKey:
        """A new random key."""
        return cls.load(Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def load(cls, private: bytes) -> DeskKey:
        """The key behind a stored seed; raises ValueError for any other length."""
        public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
        return cls(private, public, key_id(public))

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature; the message carries its own purpose prefix."""
        return Ed25519PrivateKey.from_private_bytes(self.private).sign(message)


def key_id(public: bytes) -> str:
    """16 hex characters that name a public key in seals."""
    return hashlib.sha256(PURPOSE_KEY + public).hexdigest()[:16]


def signature_fits(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is the key's on `message`; False, never an error, for anything malformed."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
