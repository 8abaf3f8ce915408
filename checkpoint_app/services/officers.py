"""The officers of one desk: enrolled, changed, given a PIN, gone; and whether a PIN is theirs.

What waits for the disk or works out a key from a PIN (a quarter of a second) says so: call it where waiting
is allowed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from checkpoint_app.crypto import pins
from checkpoint_app.crypto.pins import Cost, OfficerKey
from checkpoint_app.domain import lockout, officers
from checkpoint_app.domain.affairs import FAMILY_OF, Family
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.lockout import Lockout
from checkpoint_app.domain.officers import (
    BadgeRefused,
    LastLead,
    LeadFirst,
    NoPin,
    Officer,
    OfficerKnown,
    OfficerNameNeeded,
    PinLocked,
    PinUnfit,
    RecoveryForLeads,
    RoleTooHigh,
    Signed,
    UnknownOfficer,
    WrongPin,
)
from checkpoint_app.domain.roles import Action, NotAllowed, Role, allowed, rank
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage import affairs, queries, secrets
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger, Written

BADGE = "CPO1"
APPOINTING = frozenset({Role.LEAD, Role.ADMIN})
"""Roles whose holders enrol and give PINs."""


def _to_nobody(_number: str) -> None:
    return None


@dataclass(slots=True)
class Officers:
    """Any thread may ask. `cost` is what each try of a PIN costs; `first_given` is told whose the first PIN
    of the desk is.
    """

    ledger: Ledger
    new_action: Callable[[], str]
    cost: Cost = field(default_factory=Cost)
    first_given: Callable[[str], None] = _to_nobody
    rights: Rights = field(init=False)
    _all: tuple[Officer, ...] | None = None
    _told: int = 0
    _tries: dict[str, Lockout] = field(default_factory=dict)
    _changing: Lock = field(default_factory=Lock)
    _trying: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.rights = Rights(self.ledger, self.new_action, self.role_of)
        now = self.ledger.elapsed
        with self.ledger.reader() as reader:
            kept = secrets.read_wrong_pins(reader)
        self._tries = {number: Lockout(wrong, now) for number, wrong in kept.items()}
        self.ledger.on_written(self._written)

    def everybody(self, *, left: bool = False) -> tuple[Officer, ...]:
        """Who serves, in the order enrolled; with `left` those who did, too."""
        found, told = self._all, self._told
        if found is None:
            found = self._read()
            self._all = found if told == self._told else None
        return found if left else tuple(each for each in found if not each.left)

    def find(self, number: str) -> Officer:
        """Somebody who serves; raises UnknownOfficer."""
        found = next((each for each in self.everybody() if each.number == number), None)
        if found is None:
            raise UnknownOfficer(number=number)
        return found

    @property
    def protected(self) -> bool:
        """Whether anybody has a PIN: from then on roles hold."""
        return any(each.has_pin for each in self.everybody())

    def role_of(self, number: str) -> Role | None:
        """The role behind a number, None while nobody has a PIN. Who is not enrolled is an officer; whoever
        stands at the desk without having signed on works a lane and no more (`roles.UNSIGNED`).
        """
        if not self.protected:
            return None
        return next((each.role for each in self.everybody() if each.number == number), Role.OFFICER)

    def enrol(
        self,
        name: str,
        *,
        role: Role = Role.OFFICER,
        agency: str = "",
        phone: str = "",
        skills: Sequence[str] = (),
        by: By,
    ) -> Officer:
        """A newcomer, on disk when this returns. A name that served at a roll-call keeps its number.

        Raises OfficerNameNeeded, OfficerKnown, RoleTooHigh, NotAllowed.
        """
        self.rights.check(Action.ENROL, by)
        self._reach(role, by)
        name = as_typed(name)
        if not name:
            raise OfficerNameNeeded
        with self._changing:
            made = replace(
                Officer(self._number_for(name), name, role),
                agency=as_typed(agency),
                phone=as_typed(phone),
                skills=_skills(skills),
            )
            self._tell(officers.officer_enrolled, made, by=by)
        return self.find(made.number)

    def change(
        self,
        number: str,
        *,
        name: str | None = None,
        role: Role | None = None,
        agency: str | None = None,
        phone: str | None = None,
        skills: Sequence[str] | None = None,
        by: By,
    ) -> Officer:
        """What is None stays. Raises UnknownOfficer, OfficerNameNeeded, OfficerKnown, RoleTooHigh, LastLead,
        NotAllowed.
        """
        self.rights.check(Action.ENROL, by)
        with self._changing:
            known = self.find(number)
            self._reach(known.role, by)
            wanted = replace(
                known,
                name=known.name if name is None else as_typed(name),
                role=role or known.role,
                agency=known.agency if agency is None else as_typed(agency),
                phone=known.phone if phone is None else as_typed(phone),
                skills=known.skills if skills is None else _skills(skills),
            )
            if not wanted.name and known.name:
                raise OfficerNameNeeded
            if wanted.name != known.name:
                self._not_known(wanted.name)
            if wanted.role is not known.role:
                self._reach(wanted.role, by)
            if wanted.role not in APPOINTING:
                self._not_the_last(known)
            if wanted != known:
                self._tell(officers.officer_changed, wanted, by=by)
        return self.find(number)

    def leave(self, number: str, *, why: str, by: By) -> None:
        """Somebody serves no longer; the key goes, what it signed stays provable.

        Raises UnknownOfficer, LastLead, RoleTooHigh, NotAllowed.
        """
        self.rights.check(Action.ENROL, by)
        with self._changing:
            known = self.find(number)
            self._reach(known.role, by)
            self._not_the_last(known)
            fact = officers.officer_left(
                number, why=as_typed(why), by=by, at=self.ledger.now(), action=self.new_action()
            )
            self.ledger.append((fact,)).result()
            self.ledger.transact(lambda writer: secrets.drop_officer_keys(writer, number)).result()

    def set_pin(self, number: str, pin: str, *, old: str = "", by: By) -> None:
        """A new PIN, and with it a new key. Everybody changes their own by giving the old one; a first one,
        and anybody else's, is given by who may.

        Raises UnknownOfficer, PinUnfit, LeadFirst, WrongPin, PinLocked, RoleTooHigh, NotAllowed.
        """
        if not officers.is_pin(pin):
            raise PinUnfit(least=officers.SHORTEST_PIN, most=officers.LONGEST_PIN)
        with self._changing:
            known, first = self.find(number), not self.protected
            if known.has_pin and old:
                self.check_pin(number, old)
            else:
                self.rights.check(Action.RESET_PIN, by)
                self._reach(known.role, by)
            if first and known.role not in APPOINTING:
                raise LeadFirst(number=number)
            self._give_key(number, pin, by=by)
        if first:
            self.first_given(number)

    def recover_pin(self, number: str, pin: str, *, by: By) -> None:
        """A new PIN for a lead or admin who forgot theirs; whoever asks has proved to hold the recovery words
        (`pin_recovery`), and the entry says so. Raises UnknownOfficer, PinUnfit, RecoveryForLeads.
        """
        if not officers.is_pin(pin):
            raise PinUnfit(least=officers.SHORTEST_PIN, most=officers.LONGEST_PIN)
        with self._changing:
            if self.find(number).role not in APPOINTING:
                raise RecoveryForLeads(number=number)
            self._give_key(number, pin, recovered=True, by=by)

    def check_pin(self, number: str, pin: str) -> None:
        """Raises UnknownOfficer, NoPin, PinLocked, WrongPin. Takes a quarter of a second, and the disk's
        time.
        """
        self._key(number, pin)

    def sign(self, number: str, pin: str, message: bytes) -> Signed:
        """The officer's signature over `message`, which carries its own purpose; raises as `check_pin`."""
        key = self._key(number, pin)
        return Signed(number, key.key_id, key.sign(message).hex())

    def badge_text(self, number: str) -> str:
        """What stands in the code of an officer's badge: a name to type less, no proof of anything."""
        return badge_text(self.find(number), desk=self.ledger.head().desk)

    def of_badge(self, text: str) -> Officer:
        """Whose badge this is; raises BadgeRefused."""
        parts = text.strip().split(":")
        if len(parts) != 4 or parts[0] != BADGE:
            raise BadgeRefused(reason="form")
        if parts[1] != self.ledger.head().desk:
            raise BadgeRefused(reason="desk")
        found = next((each for each in self.everybody() if each.number == parts[2]), None)
        if found is None:
            raise BadgeRefused(reason="officer")
        if parts[3] != _token(found):
            raise BadgeRefused(reason="old")
        return found

    def _key(self, number: str, pin: str) -> OfficerKey:
        known = self.find(number)
        if not known.has_pin:
            raise NoPin(number=number)
        with self._trying:
            waits = lockout.wait(self._tries.get(number, Lockout()), elapsed=self.ledger.elapsed)
            if waits:
                raise _locked(number, waits)
            before = self._tries.get(number, Lockout())
            self._count(number, lockout.tried(before, elapsed=self.ledger.elapsed))
            key = self._unlocked(known, pin)
            if key is None:
                raise self._refused(number)
            self._count(number, Lockout())
        return key

    def _refused(self, number: str) -> WrongPin | PinLocked:
        now = self._tries[number]
        if now.length:
            return _locked(number, now.length)
        return WrongPin(number=number, left=now.left)

    def _unlocked(self, known: Officer, pin: str) -> OfficerKey | None:
        with self.ledger.reader() as reader:
            blob = secrets.read_officer_key(reader, known.number, known.key)
        key = pins.unlock(blob, pin, officer=known.number) if blob else None
        return key if key and key.key_id == known.key else None

    def _count(self, number: str, tries: Lockout) -> None:
        """Kept on disk before anything depends on it."""
        now = self.ledger.now()
        self.ledger.transact(
            lambda writer: secrets.write_wrong_pins(writer, number, tries.wrong, now=now)
        ).result()
        self._tries[number] = tries

    def _give_key(self, number: str, pin: str, *, recovered: bool = False, by: By) -> None:
        """The key lies in the file before the entry names it, and older ones until it does."""
        key = OfficerKey.make()
        blob, now = pins.lock(key, pin, officer=number, cost=self.cost), self.ledger.now()
        self.ledger.transact(
            lambda writer: secrets.write_officer_key(writer, number, key.key_id, blob=blob, now=now)
        ).result()
        fact = officers.officer_keyed(
            number,
            key=key.key_id,
            public=key.public.hex(),
            recovered=recovered,
            by=by,
            at=now,
            action=self.new_action(),
        )
        self.ledger.append((fact,)).result()
        self.ledger.transact(
            lambda writer: secrets.drop_officer_keys(writer, number, but=key.key_id)
        ).result()
        with self._trying:
            self._count(number, Lockout())

    def _reach(self, role: Role, by: By) -> None:
        """Nobody reaches above themselves; an admin may make the first lead who has a PIN."""
        own = self.role_of(by.officer)
        led = any(each.role is Role.LEAD and each.has_pin for each in self.everybody())
        if own is not None and rank(role) > rank(own) and led:
            raise RoleTooHigh(role=role.value)

    def _not_the_last(self, known: Officer) -> None:
        others = (each for each in self.everybody() if each.number != known.number)
        if known.has_pin and not any(each.has_pin and each.role in APPOINTING for each in others):
            raise LastLead(number=known.number)

    def _not_known(self, name: str) -> None:
        known = next((each.number for each in self.everybody() if each.name == name), None)
        if known is not None:
            raise OfficerKnown(number=known)

    def _number_for(self, name: str) -> str:
        self._not_known(name)
        with self.ledger.reader() as reader:
            served, given = queries.officer_numbers(reader), queries.numbers_given(reader)
        return served.get(name) or next_number(given)

    def _tell(self, make: Callable[..., Fact], officer: Officer, *, by: By) -> None:
        fact = make(officer, by=by, at=self.ledger.now(), action=self.new_action())
        self.ledger.append((fact,)).result()

    def _read(self) -> tuple[Officer, ...]:
        with self.ledger.reader() as reader:
            return officers.standing(affairs.all_told(reader, Family.OFFICER, desk=self.ledger.head().desk))

    def _written(self, written: tuple[Written, ...]) -> None:
        if any(FAMILY_OF.get(each.kind) is Family.OFFICER for each in written):
            self._told += 1
            self._all = None


def badge_text(officer: Officer, *, desk: str) -> str:
    """What stands in the code of that officer's badge at that desk."""
    return ":".join((BADGE, desk, officer.number, _token(officer)))


def allow_beside(
    reader: Connection, action: Action, *, desk: str, signed: Callable[[], tuple[str, str]]
) -> str:
    """Who does something beside a running window, where nothing can be written: the officer's number, once
    the PIN is right and the role fits; "" while nobody has a PIN. `signed` gives number and PIN.

    Wrong PINs are not counted here, nor is a refusal on paper: whoever can start such a command reads the
    ledger's key as well. Raises UnknownOfficer, NoPin, WrongPin, NotAllowed.
    """
    serving = [
        each
        for each in officers.standing(affairs.all_told(reader, Family.OFFICER, desk=desk))
        if not each.left
    ]
    if not any(each.has_pin for each in serving):
        return ""
    number, pin = signed()
    known = next((each for each in serving if each.number == number), None)
    if known is None:
        raise UnknownOfficer(number=number)
    blob = secrets.read_officer_key(reader, number, known.key)
    if blob is None:
        raise NoPin(number=number)
    if pins.unlock(blob, pin, officer=number) is None:
        raise WrongPin(number=number, left=lockout.FREE)
    if not allowed(known.role, action):
        raise NotAllowed(action=action.value, role=known.role.value)
    return number


def next_number(given: frozenset[str]) -> str:
    """The number after the greatest that anybody ever had."""
    return f"{max((int(number) for number in given if number.isdecimal()), default=0) + 1:02}"


def _locked(number: str, wait: int) -> PinLocked:
    return PinLocked(number=number, wait_ms=wait, minutes=-(-wait // 60_000))


def _skills(skills: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(as_typed, skills))))


def _token(officer: Officer) -> str:
    return hashlib.sha256(officer.enrolled.encode()).hexdigest()[:16]
