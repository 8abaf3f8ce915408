"""Who serves: officers with number, role and key. Names and phones are personal, the rest is public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from checkpoint_app.domain.affairs import Told
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import Role

ENROLLED, CHANGED = "officer_enrolled", "officer_changed"
KEYED, LEFT = "officer_keyed", "officer_left"

SHORTEST_PIN, LONGEST_PIN = 4, 8
LONGEST_NUMBER = 4
"""Digits of an officer's number; anything longer may be somebody's phone."""


class UnknownOfficer(Refusal):
    """Nobody with this number serves here; facts: number."""


class OfficerKnown(Refusal):
    """Somebody who serves has this name already; facts: number."""


class OfficerNameNeeded(Refusal):
    """Nobody is enrolled without a name."""


class RoleTooHigh(Refusal):
    """Nobody gives or takes a role above their own; facts: role."""


class LastLead(Refusal):
    """Without this officer nobody with a PIN could enrol, or give PINs; facts: number."""


class LeadFirst(Refusal):
    """The first PIN of a station belongs to a lead or admin; facts: number."""


class RecoveryForLeads(Refusal):
    """The recovery words give a PIN to a lead or admin, who gives PINs to the others; facts: number."""


class PinUnfit(Refusal):
    """No PIN: 4 to 8 digits, not all the same, not counted up or down; facts: least, most."""


class NoPin(Refusal):
    """This officer has no PIN yet; facts: number."""


class WrongPin(Refusal):
    """Not this officer's PIN; facts: number, left (wrong ones before a wait)."""


class PinLocked(Refusal):
    """Too many wrong PINs; facts: number, wait_ms, minutes (begun ones count)."""


class BadgeRefused(Refusal):
    """A badge of nobody who serves here; facts: reason (form, desk, officer, old)."""


@dataclass(frozen=True, slots=True)
class Officer:
    """`number` never belongs to anybody else, also after its name is forgotten. `key` is the id of the key
    this officer signs with, "" before a PIN is set; `public` the 32 bytes of it, hex. `left` ms UTC, 0 while
    serving. `skills` are the station's own words (沟通, 医护, 英语). `enrolled` is the action that did it.
    """

    number: str
    name: str = ""
    role: Role = Role.OFFICER
    agency: str = ""
    phone: str = ""
    skills: tuple[str, ...] = ()
    key: str = ""
    public: str = ""
    left: int = 0
    enrolled: str = ""

    @property
    def has_pin(self) -> bool:
        return bool(self.key)


@dataclass(frozen=True, slots=True)
class Signed:
    """An officer's signature; `key` names the key, `signature` 64 bytes, hex."""

    officer: str
    key: str
    signature: str


def standing(told: Iterable[Told]) -> tuple[Officer, ...]:
    """Everybody whose entries are given, as they now are, in the order of their first entry."""
    found: dict[str, Officer] = {}
    for each in told:
        known = found.get(each.name, Officer(each.name))
        found[each.name] = _after(known, each)
    return tuple(found.values())


def is_number(text: str) -> bool:
    """Whether `text` may be an officer's number, and so stand in public."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


def numbers_only(numbers: Iterable[str]) -> None:
    """Raises UnknownOfficer for a name, or anything else that is no number."""
    for number in numbers:
        if not is_number(number):
            raise UnknownOfficer(number=number[:LONGEST_NUMBER])


def is_pin(pin: str) -> bool:
    """Whether `pin` may be one: digits, not all the same, not counted up or down."""
    if not (SHORTEST_PIN <= len(pin) <= LONGEST_PIN and pin.isascii() and pin.isdecimal()):
        return False
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps not in ({0}, {1}, {9})


def officer_enrolled(officer: Officer, *, by: By, at: int, action: str) -> Fact:
    """Somebody joins, with a number that nobody ever had."""
    return _about(ENROLLED, officer, by=by, at=at, action=action)


def officer_changed(officer: Officer, *, by: By, at: int, action: str) -> Fact:
    """What is known of somebody, all of it as it now is."""
    return _about(CHANGED, officer, by=by, at=at, action=action)


def officer_keyed(
    number: str, *, key: str, public: str, recovered: bool = False, by: By, at: int, action: str
) -> Fact:
    """From now on this officer signs with this key; what was signed with an older one stays provable.

    `recovered`: nobody gave the PIN before, the words of the recovery sheet were typed instead.
    """
    told: dict[str, Value] = {"about": number, "key": key, "public": public}
    if recovered:
        told["recovery"] = True
    return Fact(KEYED, action, at, told, None, by.shift, by.officer)


def officer_left(number: str, *, why: str, by: By, at: int, action: str) -> Fact:
    """Somebody serves here no longer."""
    told: dict[str, Value] = {"about": number, "over": True}
    return Fact(LEFT, action, at, told, {"why": why} if why else None, by.shift, by.officer)


def _about(kind: str, officer: Officer, *, by: By, at: int, action: str) -> Fact:
    skills: list[Value] = list(officer.skills)
    public: dict[str, Value] = {
        "about": officer.number,
        "role": officer.role.value,
        "agency": officer.agency,
        "skills": skills,
    }
    texts = {"name": officer.name, "phone": officer.phone}
    personal: dict[str, Value] = {name: text for name, text in texts.items() if text}
    return Fact(kind, action, at, public, personal or None, by.shift, by.officer)


def _after(known: Officer, told: Told) -> Officer:
    if told.kind == LEFT:
        return replace(known, left=told.happened)
    if told.kind == KEYED:
        return replace(known, key=str(told.public["key"]), public=str(told.public["public"]))
    skills = told.public.get("skills")
    return replace(
        known,
        name=str(told.personal.get("name", "")),
        phone=str(told.personal.get("phone", "")),
        role=_role(told.public.get("role")),
        agency=str(told.public.get("agency", "")),
        skills=tuple(map(str, skills)) if isinstance(skills, list | tuple) else (),
        enrolled=told.action if told.kind == ENROLLED else known.enrolled,
    )


def _role(value: object) -> Role:
    """The least of them for a role that a newer version gave."""
    return Role(str(value)) if value in set(Role) else Role.OFFICER
