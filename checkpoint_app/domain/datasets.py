"""Directives: data sets that headquarters publishes and a station adopts. What is in them is opaque here.

A set has a name, a version that only grows, a time in which it holds and the SHA-256 of its content. The
content, a text, travels in parts so that none is too long for an entry; those of sets that may name people
are personal. Adopting is the station's own entry.

What stands in a content, by kind: a notice or an order its words; settings and rules their JSON object; desks
`{"cards": ["CPD1:…"], "revoked": [{"desk": …, "key": …}]}`; a list whatever its reader will understand.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checkpoint_app.domain.affairs import Told
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.exchange import DATA_ADOPTED, DATA_ENDED, DATA_PART, DATA_PUBLISHED
from checkpoint_app.domain.facts import By

PART_BYTES = 160 * 1024
LARGEST_SET = 16 << 20
LONGEST_NAME = 40
NEWEST = 2**31
"""No version reaches this: a publisher that went mad cannot block its successor with numbers beyond."""

_CHARACTERS = PART_BYTES // 6  # none takes more than six bytes of JSON
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ACTION = re.compile(r"[0-9a-f]{32}")


class SetKind(StrEnum):
    NOTICE = "notice"
    ORDER = "order"
    SETTINGS = "settings"
    RULES = "rules"
    WATCH_LIST = "watch_list"
    DENY_LIST = "deny_list"
    DESKS = "desks"  # cards of desks, and which keys are revoked


LISTS = frozenset({SetKind.WATCH_LIST, SetKind.DENY_LIST})
OPEN = frozenset({SetKind.SETTINGS, SetKind.RULES, SetKind.DESKS})
"""Kinds whose content names nobody and is public."""


class SetOlder(Refusal):
    """A newer version was adopted already; facts: name, version, adopted."""


class SetDamaged(Refusal):
    """Parts are missing or the content is not what was published; facts: name, version."""


class SetOver(Refusal):
    """Its time is past; facts: name, version, until."""


class SetEarly(Refusal):
    """Its time has not come, and it takes effect at once; facts: name, version, since."""


class SetUntrusted(Refusal):
    """Who published it is no headquarters of this desk, or is revoked; facts: name, version, publisher."""


class SetUnfit(Refusal):
    """The content is not what its kind needs; facts: name, fault."""


class SetUnknown(Refusal):
    """No published set has this id; facts: id."""


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

    @property
    def id(self) -> str:
        return self.action

    def over(self, now: int) -> bool:
        return self.until is not None and now > self.until

    def in_force(self, now: int) -> bool:
        return self.since <= now and not self.over(now)


@dataclass(frozen=True, slots=True)
class Adopted:
    """A set this desk adopted, `at` ms UTC by an officer's number; `key` is the id of its publisher's."""

    data: DataSet
    key: str
    at: int
    officer: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What adopting would change, item by item; `added`, `gone` and `changed` are short texts to show."""

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[tuple[str, str, str], ...] = ()  # name, before, after

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed)


def content_of(text: str, *, name: str) -> str:
    """A content as it is published: in normal form C; raises SetUnfit for one that is empty, too long or no
    text.
    """
    clean = unicodedata.normalize("NFC", text)
    if not clean.strip():
        raise SetUnfit(name=name, fault="empty")
    try:
        size = len(clean.encode())
    except UnicodeEncodeError as error:
        raise SetUnfit(name=name, fault="no text") from error
    if size > LARGEST_SET:
        raise SetUnfit(name=name, fault="too large")
    return clean


def digest_of(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def cut(content: str) -> tuple[str, ...]:
    """The content in parts of which none is too long for an entry."""
    return tuple(content[place : place + _CHARACTERS] for place in range(0, len(content), _CHARACTERS))


def joined(data: DataSet, parts: Sequence[Told]) -> str:
    """The content behind the entries of its parts, in whatever order; raises SetDamaged."""
    found = {each.number("place"): each.text("text") for each in parts if each.kind == DATA_PART}
    content = "".join(found.get(place, "") for place in range(data.parts))
    whole = set(found) == set(range(data.parts)) and len(content.encode()) == data.size
    if not whole or digest_of(content) != data.digest:
        raise SetDamaged(name=data.name, version=data.version)
    return content


def published(data: DataSet, *, by: By) -> Fact:
    """Headquarters sends this down; its parts stand before it."""
    return _fact(DATA_PUBLISHED, _said(data), by=by, at=data.published, action=data.action)


def part(data: DataSet, place: int, text: str, *, by: By, action: str) -> Fact:
    """One part of a content, `place` from 0."""
    public: dict[str, Value] = {"about": data.action, "place": place, "of": data.parts}
    if data.until is not None:
        public["until"] = data.until
    own: dict[str, Value] = {"text": text}
    if data.kind in OPEN:
        return _fact(DATA_PART, public | own, by=by, at=data.published, action=action)
    return _fact(DATA_PART, public, own, by=by, at=data.published, action=action)


def ended(data: DataSet, *, by: By, at: int, action: str) -> Fact:
    """Another version takes its place: its content is needed no longer."""
    return _fact(DATA_ENDED, {"about": data.action, "over": True}, by=by, at=at, action=action)


def adopted(data: DataSet, *, key: str, by: By, at: int, action: str) -> Fact:
    """This desk uses that version from now on; `key` is the id of its publisher's."""
    public = {
        **_said(data),
        "set": data.action,
        "publisher": data.publisher,
        "key": key,
        "published": data.published,
    }
    return _fact(DATA_ADOPTED, public, by=by, at=at, action=action)


def read_published(told: Told) -> DataSet | None:
    """The set an entry publishes; None for any other entry, and for a kind that a newer program knows."""
    if told.kind != DATA_PUBLISHED:
        return None
    return _read(told.public, action=told.action, publisher=told.desk, at=told.happened)


def read_adopted(told: Told) -> Adopted | None:
    """What an entry adopts; None for any other entry."""
    if told.kind != DATA_ADOPTED:
        return None
    data = _read(
        told.public, action=told.text("set"), publisher=told.text("publisher"), at=told.number("published")
    )
    return Adopted(data, told.text("key"), told.happened, told.officer) if data else None


def _said(data: DataSet) -> dict[str, Value]:
    return {
        "about": data.name,
        "set_kind": data.kind.value,
        "version": data.version,
        "since": data.since,
        "until": data.until,
        "digest": data.digest,
        "parts": data.parts,
        "size": data.size,
        "number": data.number,
    }


def _read(said: Mapping[str, Value], *, action: str, publisher: str, at: int) -> DataSet | None:
    name, kind, until = said.get("about"), said.get("set_kind"), said.get("until")
    numbers = [said.get(each) for each in ("version", "since", "parts", "size")]
    texts = (name, said.get("digest"), said.get("number"))
    if not all(map(_whole, numbers)) or not (until is None or _whole(until)):
        return None
    if not all(isinstance(each, str) for each in texts) or kind not in list(SetKind):
        return None
    version, since, parts, size = map(_number, numbers)
    data = DataSet(
        action,
        publisher,
        str(name),
        SetKind(str(kind)),
        version,
        since,
        None if until is None else _number(until),
        str(said["digest"]),
        parts,
        size,
        str(said["number"]),
        at,
    )
    return data if _fits(data) else None


def _fits(data: DataSet) -> bool:
    return (
        0 < data.version < NEWEST
        and 0 < data.parts <= LARGEST_SET // _CHARACTERS + 1
        and 0 < data.size <= LARGEST_SET
        and 0 < len(data.name) <= LONGEST_NAME
        and data.name.isprintable()
        and len(data.number) <= LONGEST_NAME
        and _DIGEST.fullmatch(data.digest) is not None
        and _ACTION.fullmatch(data.action) is not None
    )


def _whole(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: Value) -> int:
    assert isinstance(value, int)
    return value


def _fact(
    kind: str,
    public: Mapping[str, Value],
    personal: Mapping[str, Value] | None = None,
    *,
    by: By,
    at: int,
    action: str,
) -> Fact:
    return Fact(kind, action, at, public, personal, by.shift, by.officer)
