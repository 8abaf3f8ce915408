"""Directives: data sets that headquarters publishes and a station adopts. What is in them is opaque here.

A set has a name, a version that only grows, a time in which it holds and the SHA-256 of its content. The
content, a text, travels in parts so that none is too long for an entry; the parts are personal, because lists
name people. Adopting is the station's own entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checkpoint_app.domain.errors import Refusal

PART_BYTES = 160 * 1024
LARGEST_SET = 16 << 20


class SetKind(StrEnum):
    NOTICE = "notice"
    ORDER = "order"
    SETTINGS = "settings"
    RULES = "rules"
    WATCH_LIST = "watch_list"
    DENY_LIST = "deny_list"
    DESKS = "desks"  # cards of desks, and which keys are revoked


class SetOlder(Refusal):
    """A newer version was adopted already; facts: name, version, adopted."""


class SetDamaged(Refusal):
    """Parts are missing or the content is not what was published; facts: name, version."""


class SetOver(Refusal):
    """Its time is past; facts: name, version, until."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """One published version. `action` is that of its entry; `parts` how many entries hold its content; times
    ms UTC, `until` None for no end; `number` the order it rests on, "" for none.
    """

    action: str
    publisher: str
    name: str
    kind: SetKind
    version: int
    since: int
    until: int | None
    digest: str
    parts: int
    size: int
    number: str
    published: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What adopting would change, item by item; `added`, `gone` and `changed` are short texts to show."""

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[tuple[str, str, str], ...] = ()  # name, before, after
