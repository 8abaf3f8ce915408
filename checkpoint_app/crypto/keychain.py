"""The database key: made, kept in one of three places, found again, and replaced without a moment of loss.

Replacing has two phases. `begin_replacing` adds the new key beside the old one; then the file is rekeyed;
`settle_key` keeps the one that opens the file and destroys the other. A program killed anywhere between
finds both with `load_keys` at the next start, tries them in turn, and settles the one that fits.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from checkpoint_app.crypto import keyrings, wrapping
from checkpoint_app.crypto.errors import KeyFileUnusable, KeyLost, KeyPresent, KeyringAbsent
from checkpoint_app.crypto.keyfile import KEY_FILE, KeyPlace, Slot, read_slots, remove_slots, write_slots
from checkpoint_app.crypto.keyrings import KeyStore

DATABASE_KEY_BYTES = 32


def place_of(folder: Path) -> KeyPlace | None:
    """Where this folder's database key is kept, None when it has none yet; raises KeyFileUnusable."""
    slots = read_slots(folder)
    return slots[0].place if slots else None


def make_key(
    folder: Path, place: KeyPlace, *, name: str, passphrase: str | None = None, store: KeyStore | None = None
) -> bytes:
    """A new random key for a folder without one. `name` is what the system's key store shows for it.

    Raises KeyPresent, KeyringAbsent, PassphraseNeeded, PassphraseShort, KeyFileUnusable.
    """
    if read_slots(folder):
        raise KeyPresent(path=str(folder / KEY_FILE))
    key = secrets.token_bytes(DATABASE_KEY_BYTES)
    keep_key(folder, key, place, name=name, passphrase=passphrase, store=store)
    return key


def discard_keys(folder: Path, *, store: KeyStore | None = None) -> None:
    """Destroys the keys of a folder whose ledger was never begun: nothing was ever written under them.

    A key store that is not there now keeps a secret that opens nothing. Raises KeyFileUnusable.
    """
    for slot in read_slots(folder):
        if slot.place is KeyPlace.KEYRING:
            with suppress(KeyringAbsent):
                keyrings.drop(store or keyrings.system_store(), slot.text("account"))
    remove_slots(folder)


def keep_key(
    folder: Path,
    key: bytes,
    place: KeyPlace,
    *,
    name: str,
    passphrase: str | None = None,
    store: KeyStore | None = None,
) -> None:
    """Keep a known key, for a changed place or after recovery; what was kept before is forgotten."""
    slot = _slot(key, place, name=name, passphrase=passphrase)
    if place is KeyPlace.KEYRING:
        keyrings.put(store or keyrings.system_store(), slot.text("account"), key)
    write_slots(folder, [slot])


def load_key(folder: Path, *, passphrase: str | None = None, store: KeyStore | None = None) -> bytes:
    """The key in use; raises what `load_keys` raises."""
    return load_keys(folder, passphrase=passphrase, store=store)[0]


def load_keys(
    folder: Path, *, passphrase: str | None = None, store: KeyStore | None = None
) -> tuple[bytes, ...]:
    """Every key that may open the file, the one in use first; two only after an interrupted replacing.

    Raises KeyLost, KeyringAbsent, PassphraseNeeded, WrongPassphrase, KeyFileUnusable.
    """
    slots = read_slots(folder)
    found = tuple(key for _, key in _open(folder, slots, passphrase=passphrase, store=store) if key)
    if not found:
        raise KeyLost(place=slots[0].place.value if slots else "none")
    return found


def begin_replacing(
    folder: Path, new_key: bytes, *, name: str, passphrase: str | None = None, store: KeyStore | None = None
) -> None:
    """First phase: `new_key` is kept beside the one in use, at the same place.

    Raises KeyLost without a key in use, and ValueError while an earlier replacing is not settled.
    """
    slots = read_slots(folder)
    if not slots:
        raise KeyLost(place="none")
    if len(slots) > 1:
        raise ValueError("settle the earlier replacing first")
    place = slots[0].place
    load_keys(folder, passphrase=passphrase, store=store)  # a mistyped passphrase must not wrap the new key
    slot = _slot(new_key, place, name=name, passphrase=passphrase)
    write_slots(folder, [slots[0], slot])
    if place is KeyPlace.KEYRING:
        keyrings.put(store or keyrings.system_store(), slot.text("account"), new_key)


def settle_key(
    folder: Path, key: bytes, *, passphrase: str | None = None, store: KeyStore | None = None
) -> None:
    """Second phase: `key` opens the file, so it is the one in use; any other is destroyed.

    Raises ValueError for a key that is in no slot, else what `load_keys` raises.
    """
    slots = read_slots(folder)
    opened = _open(folder, slots, passphrase=passphrase, store=store)
    kept = next((slot for slot, found in opened if found == key), None)
    if kept is None:
        raise ValueError("not a key of this folder")
    if len(slots) == 1:
        return
    for slot in slots:
        if slot is not kept and slot.place is KeyPlace.KEYRING:
            keyrings.drop(store or keyrings.system_store(), slot.text("account"))
    write_slots(folder, [kept])


def replace_key(
    folder: Path,
    new_key: bytes,
    *,
    name: str,
    rekey: Callable[[bytes], None],
    passphrase: str | None = None,
    store: KeyStore | None = None,
) -> None:
    """Both phases around `rekey(new_key)`, which changes the file's key or raises."""
    begin_replacing(folder, new_key, name=name, passphrase=passphrase, store=store)
    rekey(new_key)
    settle_key(folder, new_key, passphrase=passphrase, store=store)


def _slot(key: bytes, place: KeyPlace, *, name: str, passphrase: str | None) -> Slot:
    if len(key) != DATABASE_KEY_BYTES:
        raise ValueError("database key")
    if place is KeyPlace.KEYRING:
        return Slot(place, {"account": f"{name}.{secrets.token_hex(4)}"})
    if place is KeyPlace.PASSPHRASE:
        return wrapping.wrap(key, passphrase)
    return Slot(place, {"key": key.hex()})


def _open(
    folder: Path, slots: Sequence[Slot], *, passphrase: str | None, store: KeyStore | None
) -> list[tuple[Slot, bytes | None]]:
    try:
        return [(slot, _key_of(slot, passphrase=passphrase, store=store)) for slot in slots]
    except (KeyError, ValueError) as error:
        raise KeyFileUnusable(path=str(folder / KEY_FILE), reason="damaged") from error


def _key_of(slot: Slot, *, passphrase: str | None, store: KeyStore | None) -> bytes | None:
    if slot.place is KeyPlace.KEYRING:
        return keyrings.get(store or keyrings.system_store(), slot.text("account"))
    key = (
        wrapping.unwrap(slot, passphrase)
        if slot.place is KeyPlace.PASSPHRASE
        else bytes.fromhex(slot.text("key"))
    )
    if len(key) != DATABASE_KEY_BYTES:
        raise ValueError("database key")
    return key
