"""The passphrase, from the environment or typed unseen; asked for only where one is in use."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from checkpoint_app.i18n import _

ENVIRONMENT = "CHECKPOINT_PASSPHRASE"


def known(folder: Path) -> str | None:
    """The passphrase of the desk in `folder`; None where its key has another place or nobody can type."""
    from checkpoint_app.crypto import keychain
    from checkpoint_app.crypto.keyfile import KeyPlace

    if keychain.place_of(folder) is not KeyPlace.PASSPHRASE:
        return None
    return _given() or _typed(_("Passphrase: "))


def fresh() -> str | None:
    """A new passphrase, typed twice; None when nobody can type or the two differ every time."""
    given = _given()
    for _attempt in range(3):
        if given is not None:
            return given
        first = _typed(_("New passphrase: "))
        if first is not None and first == _typed(_("The same again: ")):
            given = first
    return given


def _given() -> str | None:
    return os.environ.get(ENVIRONMENT) or None


def _typed(prompt: str) -> str | None:
    return getpass.getpass(prompt) if sys.stdin is not None and sys.stdin.isatty() else None
