"""Whose entries stand in this file: its own desk's and those of others, by what people call them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checkpoint_app.domain.errors import Refusal
from checkpoint_app.storage import peers, queries
from checkpoint_app.storage.engine import Connection


class NobodyCalled(Refusal):
    """No desk and no station with entries here has this name; facts: name, known."""


@dataclass(frozen=True, slots=True)
class Whose:
    """A desk and its station; the station "" where nobody told it."""

    desk: str
    station: str


def everybody(reader: Connection, *, station: str) -> tuple[Whose, ...]:
    """Every desk with entries in this file, by station; `station` is what the own one is called."""
    own = queries.own_desks(reader)
    named = {peer.desk: peer.station for peer in peers.read_peers(reader)} | dict.fromkeys(own, station)
    found = {*own, *(desk for desk, _epoch in queries.chains(reader))}
    known = (Whose(desk, named.get(desk, "")) for desk in found)
    return tuple(sorted(known, key=lambda one: (one.station, one.desk)))


def called(known: Sequence[Whose], name: str) -> tuple[str, ...]:
    """The desk of that name, else every desk of the station of that name; raises NobodyCalled."""
    wanted = name.strip()
    found = [one.desk for one in known if one.desk == wanted.upper()]
    found = found or [one.desk for one in known if one.station == wanted]
    if not found:
        raise NobodyCalled(name=wanted[:40], known=", ".join(one.desk for one in known)[:400])
    return tuple(found)
