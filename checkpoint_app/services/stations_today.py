"""Every desk that headquarters knows, today: its shift, its traffic, when it was heard, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field

from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.services import collation
from checkpoint_app.services.collation import DeskStanding
from checkpoint_app.services.desk import Desk, local_offset
from checkpoint_app.storage import desks_today
from checkpoint_app.storage.desks_today import OpenShift, Traffic
from checkpoint_app.storage.engine import Connection

DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class DeskToday:
    """`shift` None: none is open as far as is known here."""

    standing: DeskStanding
    shift: OpenShift | None = None
    traffic: Traffic = field(default_factory=Traffic)
    matters: int = 0

    @property
    def desk(self) -> str:
        return self.standing.desk

    @property
    def revoked(self) -> bool:
        peer = self.standing.peer
        return peer is not None and peer.revoked is not None

    @property
    def wants_care(self) -> bool:
        """Silent, with gaps, or of a desk that nobody enrolled."""
        return self.standing.silent or bool(self.standing.missing) or self.standing.peer is None


@dataclass(frozen=True, slots=True)
class StationsToday:
    """By station; desks that nobody trusts any more last. `day` since 1970."""

    day: int = 0
    desks: tuple[DeskToday, ...] = ()

    @property
    def vehicles(self) -> int:
        return sum(each.traffic.vehicles for each in self.desks)

    @property
    def people(self) -> int:
        return sum(each.traffic.people for each in self.desks)

    @property
    def silent(self) -> int:
        return sum(each.standing.silent for each in self.desks)


def read_stations(desk: Desk) -> StationsToday:
    """In one snapshot; any thread."""
    now = desk.ledger.now()
    with desk.ledger.reader() as reader:
        return stations_of(
            reader,
            own=desk.ledger.head().desk,
            day=(now + local_offset(now) * 60_000) // DAY,
            now=now,
            silence_hours=desk.settings.silence_hours,
        )


def stations_of(reader: Connection, *, own: str, day: int, now: int, silence_hours: int) -> StationsToday:
    """All but the desk `own`; `now` ms UTC."""
    known = collation.desks_of(reader, desk=own, now=now, silence_hours=silence_hours)
    found = [each for each in known if not _above(each)]
    traffic, shifts = desks_today.traffic(reader, day), desks_today.open_shifts(reader)
    matters = desks_today.open_matters(reader, [each.desk for each in found])
    rows = (
        DeskToday(each, shifts.get(each.desk), traffic.get(each.desk, Traffic()), matters.get(each.desk, 0))
        for each in found
    )
    return StationsToday(day, tuple(sorted(rows, key=_place)))


def _above(standing: DeskStanding) -> bool:
    return standing.peer is not None and standing.peer.role == PeerRole.HEADQUARTERS


def _place(row: DeskToday) -> tuple[bool, str, str]:
    return row.revoked, row.standing.station, row.desk
