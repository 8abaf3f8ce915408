"""The system's key store (Windows credentials, macOS keychain, Secret Service), or any other that fits."""

from __future__ import annotations

import re
from typing import Protocol

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from checkpoint_app.crypto.errors import KeyringAbsent

SERVICE = "checkpoint-app"
_SECRET = re.compile(r"[0-9a-f]{64}")
RECOMMENDED = 1  # keyring's own line between stores that protect and files that only look like one


class KeyStore(Protocol):
    """What keyring's backends offer, and what tests put in their place."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def system_store() -> KeyStore:
    """The system's store; raises KeyringAbsent when there is none that protects anything."""
    return protecting(keyring.get_keyring())


def protecting(backend: KeyringBackend) -> KeyStore:
    """`backend`, unless it fails always, forgets everything, or is a plain file: raises KeyringAbsent."""
    first = next(iter(getattr(backend, "backends", ())), backend)
    try:
        priority = float(first.priority)
    except (RuntimeError, TypeError) as error:
        raise KeyringAbsent(reason=str(error)) from error
    if priority < RECOMMENDED:
        raise KeyringAbsent(reason=type(first).__module__)
    return backend


def put(store: KeyStore, account: str, secret: bytes) -> None:
    """Keep a secret and read it back; raises KeyringAbsent."""
    try:
        store.set_password(SERVICE, account, secret.hex())
        kept = store.get_password(SERVICE, account)
    except Exception as error:
        raise KeyringAbsent(reason=type(error).__name__) from error  # backends raise what they like
    if kept != secret.hex():
        raise KeyringAbsent(reason="not kept")


def get(store: KeyStore, account: str) -> bytes | None:
    """The secret of an account, None when the store has none or none of ours; raises KeyringAbsent."""
    try:
        kept = store.get_password(SERVICE, account)
    except Exception as error:
        raise KeyringAbsent(reason=type(error).__name__) from error
    return bytes.fromhex(kept) if kept is not None and _SECRET.fullmatch(kept) else None


def drop(store: KeyStore, account: str) -> None:
    """Destroy a secret; one that is not there is no error. Raises KeyringAbsent."""
    try:
        store.delete_password(SERVICE, account)
    except PasswordDeleteError as error:
        if get(store, account) is not None:
            raise KeyringAbsent(reason="not deleted") from error
    except Exception as error:
        raise KeyringAbsent(reason=type(error).__name__) from error
