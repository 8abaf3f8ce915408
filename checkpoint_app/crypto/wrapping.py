"""A key under a passphrase: scrypt (RFC 7914), then AES-256-GCM over the key with the parameters bound."""

from __future__ import annotations

import secrets
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from checkpoint_app.crypto.errors import PassphraseNeeded, PassphraseShort, WrongPassphrase
from checkpoint_app.crypto.keyfile import KeyPlace, Slot
from checkpoint_app.domain import canonical

COST = 2**17  # 128 MiB and about 0.3 s: OWASP's recommendation for scrypt with r = 8, p = 1
LEAST_COST, MOST_COST = 2**15, 2**18
BLOCKS, LANES = 8, 1
SHORTEST = 8
PURPOSE_WRAP = b"cp1.key-wrap\0"


def wrap(key: bytes, passphrase: str | None) -> Slot:
    """The slot that holds `key` under `passphrase`; raises PassphraseNeeded, PassphraseShort."""
    if passphrase is None:
        raise PassphraseNeeded
    if len(passphrase) < SHORTEST:
        raise PassphraseShort(least=SHORTEST)
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    opener = _opener(passphrase, salt, cost=COST)
    wrapped = opener.encrypt(nonce, key, _bound(salt, cost=COST))
    return Slot(
        KeyPlace.PASSPHRASE,
        {
            "n": COST,
            "r": BLOCKS,
            "p": LANES,
            "salt": salt.hex(),
            "nonce": nonce.hex(),
            "wrapped": wrapped.hex(),
        },
    )


def unwrap(slot: Slot, passphrase: str | None) -> bytes:
    """The key of a slot; raises PassphraseNeeded, WrongPassphrase, or ValueError for a malformed slot."""
    if passphrase is None:
        raise PassphraseNeeded
    cost, salt = slot.number("n"), bytes.fromhex(slot.text("salt"))
    if (slot.number("r"), slot.number("p")) != (BLOCKS, LANES) or cost.bit_count() != 1:
        raise ValueError("parameters")
    if not LEAST_COST <= cost <= MOST_COST:
        raise ValueError("cost")
    nonce, wrapped = bytes.fromhex(slot.text("nonce")), bytes.fromhex(slot.text("wrapped"))
    try:
        return _opener(passphrase, salt, cost=cost).decrypt(nonce, wrapped, _bound(salt, cost=cost))
    except InvalidTag as error:
        raise WrongPassphrase from error


def _opener(passphrase: str, salt: bytes, *, cost: int) -> AESGCM:
    typed = unicodedata.normalize("NFC", passphrase).encode()
    return AESGCM(Scrypt(salt=salt, length=32, n=cost, r=BLOCKS, p=LANES).derive(typed))


def _bound(salt: bytes, *, cost: int) -> bytes:
    return PURPOSE_WRAP + canonical.encode({"n": cost, "p": LANES, "r": BLOCKS, "salt": salt.hex()})
