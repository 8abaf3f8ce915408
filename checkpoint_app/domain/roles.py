"""Who may do what: one table, asked by `services.rights` before anything is done.

officer (执勤员) works a lane. lead (带班) answers for a shift. admin (信息员) keeps the computer and may see
nobody's name. auditor (审计员) reads and proves, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By

ACTION_REFUSED = "action_refused"


class Role(StrEnum):
    OFFICER = "officer"
    LEAD = "lead"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Action(StrEnum):
    RECORD = "record"  # outcomes, checks, counting at a lane
    RELEASE_STOP = "release_stop"
    AMEND = "amend"
    VOID = "void"
    UNMASK = "unmask"
    LOOK_UP = "look_up"
    EXPORT = "export"  # masked
    EXPORT_WHOLE = "export_whole"  # names and numbers in full
    PRINT = "print"
    REPORT = "report"
    REGISTER = "register"  # load and strike known people
    LOG = "log"  # notes, incidents, matters, read marks
    ORDER = "order"  # receive and end orders, visits
    CLOSE_MATTER = "close_matter"
    STORE = "store"  # equipment and stock
    OPEN_SHIFT = "open_shift"
    HAND_OVER = "hand_over"  # begin, answer, refuse, close
    SIGN = "sign"  # a handover, with one's own key
    ROSTER = "roster"  # groups, rotation, contacts
    ENROL = "enrol"  # officers, and what they may do up to one's own role
    RESET_PIN = "reset_pin"
    SETTINGS = "settings"
    FORGET = "forget"
    CLOCK = "clock"
    BACKUP = "backup"
    VERIFY = "verify"
    SEND = "send"  # bundles to headquarters and to the other desks
    TAKE_IN = "take_in"  # bundles of desks that are enrolled
    ADOPT = "adopt"  # what headquarters sends down
    ENROL_DESK = "enrol_desk"  # keys of other desks, compared in person; revoke them
    DIRECT = "direct"  # publish data sets
    SETTLE_FORK = "settle_fork"


_O, _L, _A, _U = Role.OFFICER, Role.LEAD, Role.ADMIN, Role.AUDITOR

ALLOWED: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.RECORD: frozenset({_O, _L}),
        Action.RELEASE_STOP: frozenset({_L}),
        Action.AMEND: frozenset({_O, _L}),
        Action.VOID: frozenset({_O, _L}),
        Action.UNMASK: frozenset({_L}),
        Action.LOOK_UP: frozenset({_O, _L}),
        Action.EXPORT: frozenset({_L, _U}),
        Action.EXPORT_WHOLE: frozenset({_L}),
        Action.PRINT: frozenset({_O, _L}),
        Action.REPORT: frozenset({_L, _U}),
        Action.REGISTER: frozenset({_L}),
        Action.LOG: frozenset({_O, _L}),
        Action.ORDER: frozenset({_L}),
        Action.CLOSE_MATTER: frozenset({_L}),
        Action.STORE: frozenset({_O, _L}),
        Action.OPEN_SHIFT: frozenset({_L}),
        Action.HAND_OVER: frozenset({_L}),
        Action.SIGN: frozenset({_L}),
        Action.ROSTER: frozenset({_L, _A}),
        Action.ENROL: frozenset({_L, _A}),
        Action.RESET_PIN: frozenset({_L, _A}),
        Action.SETTINGS: frozenset({_L, _A}),
        Action.FORGET: frozenset({_L, _A}),
        Action.CLOCK: frozenset({_L}),
        Action.BACKUP: frozenset({_L, _A}),
        Action.VERIFY: frozenset(Role),
        Action.SEND: frozenset({_L, _A}),
        Action.TAKE_IN: frozenset({_L, _A}),
        Action.ADOPT: frozenset({_L}),
        Action.ENROL_DESK: frozenset({_L, _A}),
        Action.DIRECT: frozenset({_L}),
        Action.SETTLE_FORK: frozenset({_L}),
    }
)

UNSIGNED = frozenset({Action.RECORD, Action.VERIFY})
"""What is done although nobody signed on: a lane never stops for a PIN."""

_RANK: Mapping[Role, int] = MappingProxyType({_O: 0, _U: 0, _A: 1, _L: 2})


class NotAllowed(Refusal):
    """This person's role does not include this; facts: action, role."""


class NobodySignedOn(NotAllowed):
    """There are PINs, and whoever asks gave none; facts: action, role."""


def allowed(role: Role, action: Action) -> bool:
    return role in ALLOWED[action]


def rank(role: Role) -> int:
    """Nobody gives a role of a higher rank than their own."""
    return _RANK[role]


def action_refused(refused: Action, role: Role, *, by: By, at: int, action: str) -> Fact:
    """Somebody tried what their role does not include."""
    return Fact(
        ACTION_REFUSED, action, at, {"action": refused.value, "role": role.value}, None, by.shift, by.officer
    )
