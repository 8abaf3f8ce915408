"""The key file beside the ledger: where the database key is, and the key itself when it is wrapped.

    {"slots": [slot, slot?], "sum": hex, "v": 1}

The first slot is the key in use; a second one exists only while the key is being replaced. `sum` is the
SHA-256 of the canonical slots: it tells a damaged file from a wrong passphrase.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from checkpoint_app.crypto.errors import KeyFileUnusable
from checkpoint_app.domain import canonical
from checkpoint_app.domain.canonical import NotCanonical, Value

KEY_FILE = "database.key"
LARGEST_FILE = 16 * 1024
MOST_SLOTS = 2


class KeyPlace(StrEnum):
    """Where the database key is kept, best first."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105
    OPEN_FILE = "open_file"  # demo only


@dataclass(frozen=True, slots=True)
class Slot:
    """One key; `fields` by place: account · n, r, p, salt, nonce, wrapped · key. Bytes are hex."""

    place: KeyPlace
    fields: Mapping[str, str | int]

    def text(self, name: str) -> str:
        """A text field; raises KeyError when it is none."""
        value = self.fields[name]
        if not isinstance(value, str):
            raise KeyError(name)
        return value

    def number(self, name: str) -> int:
        """A number field; raises KeyError when it is none."""
        value = self.fields[name]
        if not isinstance(value, int):
            raise KeyError(name)
        return value


def read_slots(folder: Path) -> tuple[Slot, ...]:
    """The slots of the folder's key file, none without a file; raises KeyFileUnusable."""
    path = folder / KEY_FILE
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise KeyFileUnusable(path=str(path), reason=str(error)) from error
    try:
        return _parse(data)
    except (NotCanonical, KeyError, TypeError, ValueError) as error:
        raise KeyFileUnusable(path=str(path), reason="damaged") from error


def write_slots(folder: Path, slots: Sequence[Slot]) -> None:
    """Put these slots in the place of all others, at once; raises KeyFileUnusable."""
    listed: list[Value] = [{"place": slot.place.value, **slot.fields} for slot in slots]
    write_private(folder / KEY_FILE, canonical.encode({"slots": listed, "sum": _sum(listed), "v": 1}))


def remove_slots(folder: Path) -> None:
    """Takes the key file away; raises KeyFileUnusable."""
    path = folder / KEY_FILE
    try:
        path.unlink(missing_ok=True)
        _sync_folder(folder)
    except OSError as error:
        raise KeyFileUnusable(path=str(path), reason=str(error)) from error


def write_private(path: Path, data: bytes) -> None:
    """Write a file only its owner may read: whole or not at all, on disk when this returns."""
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise KeyFileUnusable(path=str(path), reason=str(error)) from error


def _parse(data: bytes) -> tuple[Slot, ...]:
    value = canonical.decode(data)
    if len(data) > LARGEST_FILE or not isinstance(value, dict):
        raise ValueError("form")
    listed = value["slots"]
    if value["v"] != 1 or not isinstance(listed, list) or value["sum"] != _sum(listed):
        raise ValueError("form")
    if not 1 <= len(listed) <= MOST_SLOTS:
        raise ValueError("slots")
    return tuple(Slot(KeyPlace(item.pop("place")), item) for item in listed)


def _sum(listed: Sequence[Value]) -> str:
    return hashlib.sha256(b"cp1.key-file\0" + canonical.encode(listed)).hexdigest()


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle of a folder to sync
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
