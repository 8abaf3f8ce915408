"""Whose day a report is of: a desk's, a station's, or every station's together."""

from __future__ import annotations

from dataclasses import dataclass

from checkpoint_app.config import Settings
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.services import whose
from checkpoint_app.services.collation import DeskStanding, desks_of
from checkpoint_app.services.whose import Whose
from checkpoint_app.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class Scope:
    """`station` and `desk` stand on the sheet, `parts` are the desks it adds up, `tag` tells its number from
    that of the own report, for which it is "".
    """

    station: str
    desk: str
    parts: tuple[Whose, ...]
    tag: str = ""

    @property
    def desks(self) -> tuple[str, ...]:
        return tuple(part.desk for part in self.parts)


def scope(reader: Connection, settings: Settings, name: str = "") -> Scope:
    """By the name of a desk or a station; without one this station's own desks, at headquarters everybody.

    Raises NobodyCalled.
    """
    known = whose.everybody(reader, station=settings.station)
    if name:
        wanted = whose.called(known, name)
        parts = tuple(one for one in known if one.desk in wanted)
        tag = "" if wanted == (settings.desk,) else wanted[0]
        return Scope(parts[0].station, ", ".join(wanted), parts, tag)
    everywhere = settings.role == "headquarters"
    parts = tuple(one for one in known if everywhere or one.station == settings.station)
    return Scope(settings.station, settings.desk, parts or (Whose(settings.desk, settings.station),))


def lacking(reader: Connection, settings: Settings, name: str = "", *, now: int) -> tuple[DeskStanding, ...]:
    """Desks of that scope whose figures are not whole here: entries are known to be missing, nothing of it
    ever came, or it is silent. `now` ms UTC; as things stand now, whatever day is asked for.
    """
    found = desks_of(reader, desk=settings.desk, now=now, silence_hours=settings.silence_hours)
    everywhere = not name and settings.role == PeerRole.HEADQUARTERS.value
    wanted = name.strip() or settings.station
    return tuple(
        each
        for each in found
        if (everywhere or wanted == each.station or wanted.upper() == each.desk)
        and (each.missing or (_serves(each) and (each.heard is None or each.silent)))
    )


def _serves(each: DeskStanding) -> bool:
    """A station's desk that is trusted still."""
    return each.peer is not None and each.peer.role is PeerRole.STATION and each.peer.revoked is None
