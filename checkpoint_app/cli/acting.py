"""Who acts: the officer named with --as, once the PIN from the environment or the keyboard is right."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint_app.cli.doors import OpenDesk
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.i18n import _

if TYPE_CHECKING:
    from checkpoint_app.services.desk import Desk

ENVIRONMENT = "CHECKPOINT_PIN"
FRESH = "CHECKPOINT_NEW_PIN"


class OfficerNeeded(Refusal):
    """This desk has PINs, and nobody was named who acts."""


class PinNeeded(Refusal):
    """No PIN was given and nobody can type one; facts: variable (of the environment)."""


def signing_on(open_desk: OpenDesk, number: str | None) -> OpenDesk:
    """`open_desk`, and behind it that officer signed on; without a number nobody is."""

    def opened(folder: Path, /, *, passphrase: str | None = None, reason: str | None = None) -> Desk:
        desk = open_desk(folder, passphrase=passphrase, reason=reason)
        if number is None:
            return desk
        try:
            desk.sign_on(number, known(number), lane=None)
        except BaseException:
            desk.close(painted=desk.told())
            raise
        return desk

    return opened


def signed(number: str | None) -> tuple[str, str]:
    """Number and PIN of who acts; raises OfficerNeeded, PinNeeded."""
    if number is None:
        raise OfficerNeeded
    return number, known(number)


def known(number: str) -> str:
    """The PIN of that officer; raises PinNeeded."""
    return _given(ENVIRONMENT, _("PIN of officer {number}: ").format(number=number))


def fresh(number: str) -> str:
    """A new PIN for that officer, typed twice; raises PinNeeded, also when the two differ every time."""
    for _attempt in range(3):
        first = _given(FRESH, _("New PIN of officer {number}: ").format(number=number))
        if first == _given(FRESH, _("The same again: ")):
            return first
    raise PinNeeded(variable=FRESH)


def _given(variable: str, prompt: str) -> str:
    given = os.environ.get(variable)
    if given:
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        raise PinNeeded(variable=variable)
    return getpass.getpass(prompt)
