"""What `log`, `matters` and `stores` share: times ahead, short ids, opening a desk to write."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import emit, say
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.log_rules import AffairUnknown
from checkpoint_app.services.typed_time import time_ahead
from checkpoint_app.storage.ledger import Written

SHORT = 8
"""Characters of an id that are shown, and enough to name it."""


class DueUnreadable(Refusal):
    """Not a time ahead; facts: text."""


class Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=Named)


def due(text: str, *, now: int) -> int:
    """ms UTC, 0 for nothing; raises DueUnreadable."""
    at = time_ahead(text, now=now)
    if at is None:
        raise DueUnreadable(text=text[:40])
    return at


def find(known: Iterable[N], begins: str) -> N:
    """The one whose id begins so; raises AffairUnknown for none and for several."""
    found = [each for each in known if begins and each.id.startswith(begins.lower())]
    if len(found) != 1:
        raise AffairUnknown(id=begins)
    return found[0]


Act = Callable[[argparse.Namespace, Desk], Future[tuple[Written, ...]]]


def write(arguments: argparse.Namespace, doors: Doors, act: Act) -> int:
    """Opens the desk, does `act`, says under which id and number it stands."""
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        written = act(arguments, desk).result()
    finally:
        desk.close(painted=desk.told())
    if arguments.json:
        emit({"id": written[0].action, "seq": written[0].seq, "entries": len(written)})
    else:
        say(_("saved: entry {seq}, id {id}").format(seq=written[0].seq, id=written[0].action[:SHORT]))
    return 0
