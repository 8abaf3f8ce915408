"""The other desks of this station: what they did, since when something of them is missing, bundles to them.

They are desks of the same station's name that are enrolled here. Each puts its bundles into the shared folder
every few minutes, or on a stick by hand; taking in is everybody's own affair (`watching`, `taking`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from checkpoint_app.config import Settings
from checkpoint_app.domain.desk_lines import QUIET, DeskLine, Missing
from checkpoint_app.domain.errors import Refusal, Trouble
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.services.peers import one_line
from checkpoint_app.services.sending import Sending, Sent, Which
from checkpoint_app.services.watching import Watching
from checkpoint_app.storage import desk_lines
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.peers import read_peers
from checkpoint_app.storage.rows import ShiftRow

LOOKS_EVERY = 5.0  # seconds
MINUTE = 60_000
HEARTBEAT = 10 * MINUTE
"""ms after which a bundle goes although nothing happened: silence must mean that something is wrong."""
MOST_KEPT = 16


class NoFolder(Refusal):
    """No folder is set in which the desks of this station exchange."""


class NoNeighbours(Refusal):
    """No other desk of this station is enrolled here; facts: station."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One other desk: `heard` is when its newest entry that is here was written (ms UTC, 0 never), `quiet`
    that this is longer ago than a desk at work is silent, `missing` what is known to be not here.
    """

    desk: str
    heard: int
    quiet: bool
    missing: tuple[Missing, ...]


def neighbours(reader: Connection, settings: Settings, *, desk: str) -> tuple[Peer, ...]:
    """The station's other desks by name, those whose keys were revoked too."""
    station = one_line(settings.station)
    return tuple(
        peer
        for peer in read_peers(reader)
        if peer.role is PeerRole.STATION and peer.station == station and peer.desk != desk
    )


def standing(reader: Connection, settings: Settings, *, desk: str, now: int) -> tuple[Standing, ...]:
    """How the station's other desks stand here, those trusted still."""
    found = []
    for peer in neighbours(reader, settings, desk=desk):
        if peer.revoked is None:
            heard, missing = desk_lines.heard_and_missing(reader, peer.desk, until=now)
            found.append(Standing(peer.desk, heard, heard < now - QUIET, missing))
    return tuple(found)


def lines_of(
    reader: Connection, settings: Settings, *, desk: str, shift: ShiftRow, until: int
) -> tuple[DeskLine, ...]:
    """What the station's other desks did in a shift up to `until` (ms UTC), as far as it is here."""
    return tuple(
        line
        for peer in neighbours(reader, settings, desk=desk)
        if (line := desk_lines.desk_line(reader, shift, peer.desk, until=until)).all_vehicles
        or peer.revoked is None
    )


@dataclass(slots=True)
class Neighbours:
    """Of one desk; any thread may ask."""

    ledger: Ledger
    settings: Callable[[], Settings]
    sending: Callable[[], Sending]
    watching: Watching
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _sent: int = 0
    _told: int = 0
    _kept: dict[tuple[str, str], DeskLine] = field(default_factory=dict)

    def desks(self) -> tuple[Peer, ...]:
        """The station's other desks, those trusted still."""
        with self.ledger.reader() as reader:
            found = neighbours(reader, self.settings(), desk=self.ledger.head().desk)
        return tuple(peer for peer in found if peer.revoked is None)

    def standing(self) -> tuple[Standing, ...]:
        """Since when which of them is missing, and which of its entries."""
        now, desk = self.ledger.now(), self.ledger.head().desk
        with self.ledger.reader() as reader:
            return standing(reader, self.settings(), desk=desk, now=now)

    def lines(self, shift: ShiftRow, until: int) -> tuple[DeskLine, ...]:
        """What they did in a shift up to `until` (ms UTC). Up to half a second a desk."""
        with self.ledger.reader() as reader:
            desks = neighbours(reader, self.settings(), desk=self.ledger.head().desk)
            found = {peer: self._line(reader, shift, peer.desk, until) for peer in desks}
        return tuple(line for peer, line in found.items() if peer.revoked is None or line.all_vehicles)

    def exchange(self, *, by: By | None) -> Sent | None:
        """Sends them what they do not have yet, and takes in what they left; None when there was nothing to
        send. `by` None: the clock asks. Blocks.

        Raises NoFolder, NoNeighbours, and what sending raises.
        """
        folder, desks = self.settings().exchange_folder, tuple(peer.desk for peer in self.desks())
        if not folder:
            raise NoFolder
        if not desks:
            raise NoNeighbours(station=self.settings().station)
        self._sent = self.ledger.now()
        self.watching.poll()
        sending = self.sending()
        plan = sending.plan(Which.NEW, to=desks)
        silent = self._told + HEARTBEAT <= self._sent
        if not (plan.fresh or silent or by is not None):
            return None
        self._told = self._sent
        return sending.send(plan, folder, by=by)

    def due(self) -> bool:
        """Whether the next bundle should go, by the clock."""
        settings = self.settings()
        every = settings.exchange_minutes * MINUTE
        return bool(every and settings.exchange_folder and self.ledger.now() - self._sent >= every)

    def tick(self) -> bool:
        """One look at the clock; whether bundles went. What fails is tried again at the next time: since when
        a desk is missed is told by `standing`.
        """
        if not self.due() or not self.desks():
            return False
        with suppress(Refusal, Trouble, OSError):
            return self.exchange(by=None) is not None
        return False

    def _line(self, reader: Connection, shift: ShiftRow, desk: str, until: int) -> DeskLine:
        known = self._kept.get((shift.shift, desk))
        line = desk_lines.desk_line(reader, shift, desk, until=until, known=known)
        others = [(key, kept) for key, kept in self._kept.items() if key != (shift.shift, desk)]
        self._kept = dict([*others[1 - MOST_KEPT :], ((shift.shift, desk), line)])
        return line

    def start(self) -> None:
        """Looks at the clock in a thread of its own until `close`."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="neighbours", daemon=True)
            self._thread.start()

    def close(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(LOOKS_EVERY):
            self.tick()
