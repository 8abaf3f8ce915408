"""One running desk: its ledger, its rules and who acts now. Built by the composition root."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from checkpoint_app.config import Settings
from checkpoint_app.domain.codes import LinkPatterns
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.known import Known
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.officers import Officer
from checkpoint_app.domain.roles import Action, Role
from checkpoint_app.domain.rules import RulePack
from checkpoint_app.domain.words import Direction
from checkpoint_app.services.amending import Amending
from checkpoint_app.services.attendance import Attendance
from checkpoint_app.services.collation import Collating
from checkpoint_app.services.contacts import Contacts
from checkpoint_app.services.directives import Directives
from checkpoint_app.services.duty import Duty
from checkpoint_app.services.handover import Handovers
from checkpoint_app.services.inside import Inside
from checkpoint_app.services.lane import Lane, Tools
from checkpoint_app.services.log import Log
from checkpoint_app.services.matters import Matters
from checkpoint_app.services.neighbours import Neighbours
from checkpoint_app.services.officers import Officers
from checkpoint_app.services.outages import Outages
from checkpoint_app.services.peers import Peers
from checkpoint_app.services.places import Places
from checkpoint_app.services.register import Register
from checkpoint_app.services.retention import Keeper
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.roster import Roster
from checkpoint_app.services.sending import Sending
from checkpoint_app.services.sightings import Sightings
from checkpoint_app.services.stores import Stores
from checkpoint_app.services.taking import BUSY, GENTLE, Taking
from checkpoint_app.services.viewing import Viewing
from checkpoint_app.services.watching import Watching
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger, Written


def _unbound(_settings: Settings) -> None:
    raise LookupError("a desk that nobody composed")


@dataclass(slots=True)
class Desk:
    """One running desk. `by` is who acts now; pages and commands ask it when they write.

    `posts` are the officers' numbers of those who signed on at a lane; at any other lane `by` acts.
    `take_settings` takes new settings into use, and the rules anew; the composition root gives it.
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
    take_settings: Callable[[Settings], None] = _unbound
    inside: Inside = field(init=False)
    retention: Keeper = field(init=False)
    officers: Officers = field(init=False)
    rights: Rights = field(init=False)
    handovers: Handovers = field(init=False)
    outages: Outages = field(init=False)
    peers: Peers = field(init=False)
    taking: Taking = field(init=False)
    watching: Watching = field(init=False)
    neighbours: Neighbours = field(init=False)
    _turning: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.inside = Inside(self.ledger, overstay=lambda: self.settings.overstay_hours)
        self.retention = Keeper(
            self.ledger,
            desk=self.settings.desk,
            days=lambda: self.settings.retention_days,
            zone=local_offset,
        )
        self.officers = Officers(self.ledger, new_action, first_given=self._first_pin)
        self.rights = self.duty.rights = self.officers.rights
        self.outages = Outages(self.ledger, new_action, self.by_at)
        self.peers = Peers(self.ledger, self.rights, new_action, lambda: self.settings)
        step = GENTLE if self.settings.role == "station" else BUSY
        self.taking = Taking(
            self.ledger, self.peers, taken=lambda _landed: self.sending.close_receipted(), step=step
        )
        self.watching = Watching(self.ledger, self.taking, folder=lambda: self.settings.exchange_folder)
        self.neighbours = Neighbours(self.ledger, lambda: self.settings, lambda: self.sending, self.watching)
        self.handovers = Handovers(
            self.ledger,
            new_action,
            self.duty,
            self.officers,
            self.rights,
            self._act_in,
            self.outages.settle,
            self.neighbours.lines,
        )

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
            check=self.rights.check,
            protected=lambda: self.officers.protected,
        )
        return Lane(LaneState(number, direction), tools=tools)

    def by_at(self, lane: int) -> By:
        """Who acts at that lane."""
        return replace(self.by, officer=self.posts.get(lane, self.by.officer))

    @property
    def register(self) -> Register:
        """The people this station knows."""
        return Register(self.ledger, new_action, self.rights)

    @property
    def roster(self) -> Roster:
        """Groups and the month's plan."""
        return Roster(self.ledger, self.rights, new_action, lambda: self.settings)

    @property
    def attendance(self) -> Attendance:
        """Who is on duty, and everybody's hours."""
        return Attendance(self.ledger, self.rights, new_action)

    @property
    def contacts(self) -> Contacts:
        """The duty phone list."""
        return Contacts(self.ledger, self.rights, new_action)

    @property
    def log(self) -> Log:
        """Notes, orders, incidents, visits."""
        return Log(self.ledger, self.rights, new_action)

    @property
    def matters(self) -> Matters:
        """What is open until somebody closes it."""
        return Matters(self.ledger, self.rights, new_action)

    @property
    def stores(self) -> Stores:
        """Equipment and stock."""
        return Stores(self.ledger, self.rights, new_action)

    @property
    def viewing(self) -> Viewing:
        """Seeing what is masked, and taking data out."""
        return Viewing(self.ledger, new_action, self.rights)

    @property
    def collating(self) -> Collating:
        """What is here of every desk, and what is not."""
        hours = self.settings.silence_hours
        return Collating(self.ledger, self.rights, new_action, hours, self.taking.step)

    @property
    def sending(self) -> Sending:
        """Bundles out, and what became of them."""
        return Sending(
            self.ledger, self.rights, new_action, lambda: self.settings, lambda: self.peers.key().recipient
        )

    @property
    def amending(self) -> Amending:
        """Correcting what was recorded."""
        return Amending(self.ledger, new_action, self.rights)

    @property
    def directives(self) -> Directives:
        """What headquarters sends down."""
        return Directives(
            self.ledger,
            self.rights,
            new_action,
            self.peers,
            lambda: self.settings,
            self.take_settings,
        )

    def resume_shift(self) -> None:
        """The open shift's lead acts from now on. Where there are PINs, whoever signed on stays, and nobody
        acts until somebody does: a name in the roll is no proof.
        """
        current = self.duty.current()
        self._act_in(current.shift if current else "", current.lead if current else "")

    def sign_on(self, number: str, pin: str, *, lane: int | None) -> Officer:
        """From now on this officer acts, at one lane or wherever nobody else signed on; also for the whole
        desk while nobody does.

        Takes a quarter of a second; raises what checking a PIN raises, and then nothing has changed.
        """
        self.officers.check_pin(number, pin)
        found = self.officers.find(number)
        with self._turning:
            if lane is not None:
                self.posts[lane] = number
            if lane is None or not self.by.officer:
                self.by = replace(self.by, officer=number)
        return found

    def confirm_clock(self, *, by: By) -> Future[Written]:
        """A lead says that the wall clock is right; raises NotAllowed."""
        self.rights.check(Action.CLOCK, by)
        return self.ledger.confirm_clock(by=by)

    def begin_with(self, name: str, pin: str) -> Officer:
        """The first lead of a new desk, with a PIN, signed on: from now on roles hold."""
        lead = self.officers.enrol(name, role=Role.LEAD, by=self.by)
        self.officers.set_pin(lead.number, pin, by=self.by)
        return self.sign_on(lead.number, pin, lane=None)

    def sign_off(self, lane: int | None) -> None:
        """Nobody acts there from now on; at a lane, whoever acts for the whole desk."""
        if lane is not None:
            self.posts.pop(lane, None)
            return
        with self._turning:
            self.by = replace(self.by, officer="")

    def as_lead(self, number: str, pin: str) -> By:
        """Who lets a stop go, once the PIN is right; nobody is signed on by it. Takes a quarter
        of a second.
        """
        self.officers.check_pin(number, pin)
        return replace(self.by, officer=number)

    def _first_pin(self, number: str) -> None:
        """Roles hold from now on: who gave the first PIN acts, and no name that stood in a roll."""
        with self._turning:
            self.by = replace(self.by, officer=number)

    def _act_in(self, shift: str, lead: str) -> None:
        protected = self.officers.protected
        with self._turning:
            self.by = By(shift, self.by.officer if protected else lead)

    def told(self) -> int | None:
        """The last number, for a command that printed what it wrote; while older ones wait None, and the
        ledger is told of this run's own.
        """
        with suppress(Trouble):
            self.ledger.keep({}).result()  # behind it nothing of this run is under way
            if not self.ledger.unconfirmed():
                return self.ledger.head().seq
            self.ledger.tell().result()
        return None

    def close(self, *, painted: int | None = None) -> None:
        """Seals and lets the folder go."""
        self.neighbours.close()
        self.watching.close()
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
