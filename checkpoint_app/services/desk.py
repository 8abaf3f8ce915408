"""One running desk: its ledger, its rules and who acts now. Built by the composition root."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from checkpoint_app.config import Settings
from checkpoint_app.domain.codes import LinkPatterns
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.known import Known
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.rules import RulePack
from checkpoint_app.domain.words import Direction
from checkpoint_app.services.duty import Duty
from checkpoint_app.services.inside import Inside
from checkpoint_app.services.lane import Lane, Tools
from checkpoint_app.services.places import Places
from checkpoint_app.services.register import Register
from checkpoint_app.services.retention import Keeper
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.sightings import Sightings
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger


@dataclass(slots=True)
class Desk:
    """One running desk. `by` is who acts now; pages and commands ask it when they write.

    `posts` are the officers' numbers of those who signed on at a lane; at any other lane `by` acts.
    """

    folder: Path
    settings: Settings
    ledger: Ledger
    duty: Duty
    rules: RulePack
    patterns: LinkPatterns
    sightings: Sightings = field(default_factory=Sightings)
    by: By = field(default_factory=By)
    places: Places = field(default_factory=Places)
    posts: dict[int, str] = field(default_factory=dict)
    inside: Inside = field(init=False)
    retention: Keeper = field(init=False)
    rights: Rights = field(init=False)

    def __post_init__(self) -> None:
        self.inside = Inside(self.ledger, overstay=lambda: self.settings.overstay_hours)
        self.retention = Keeper(
            self.ledger,
            desk=self.settings.desk,
            days=lambda: self.settings.retention_days,
            zone=local_offset,
        )
        self.rights = Rights(self.ledger, new_action)

    def lane(self, number: int, *, direction: Direction) -> Lane:
        """The lane with that number, as its draft left it."""
        tools = Tools(
            ledger=self.ledger,
            rules=lambda: self.rules,
            patterns=self.patterns,
            known=self._known,
            digest=self.ledger.payload_digest,
            by=lambda: self.by_at(number),
            new_action=new_action,
            sightings=self.sightings,
            province=lambda: self.settings.province,
            tally_allowed=lambda: self.settings.tally_allowed,
            presence=self.inside.presence,
        )
        return Lane(LaneState(number, direction), tools=tools)

    def by_at(self, lane: int) -> By:
        """Who acts at that lane."""
        return replace(self.by, officer=self.posts.get(lane, self.by.officer))

    @property
    def register(self) -> Register:
        """The people this station knows."""
        return Register(self.ledger, new_action)

    def resume_shift(self) -> None:
        """Whoever leads the open shift acts from now on, until somebody signs on."""
        current = self.duty.current()
        self.by = By(current.shift, current.lead) if current else By()

    def told(self) -> int | None:
        """The last number, for a command that printed what it wrote; None while older ones wait."""
        return None if self.ledger.unconfirmed() else self.ledger.head().seq

    def close(self, *, painted: int | None = None) -> None:
        """Seals and lets the folder go."""
        self.retention.close()
        self.inside.close()
        self.ledger.close(painted=painted)

    def _known(self) -> Known:
        return Known(
            clock=self.ledger.clock,
            station={"name": self.settings.station},
            offset=local_offset(self.ledger.now()),
        )


def local_offset(at: int) -> int:
    """Minutes east of UTC that this computer keeps at `at` (ms UTC)."""
    offset = datetime.fromtimestamp(at / 1000).astimezone().utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)


def new_action() -> str:
    """A random action id, 32 hex characters."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Reading:
    """A desk opened only to be read; `key` opens its file, for a backup of it."""

    folder: Path
    settings: Settings
    key: bytes
    connection: Connection
