"""Which published sets a desk may adopt, and what it uses of those it adopted. Reads only."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from checkpoint_app.domain.datasets import (
    LISTS,
    Adopted,
    DataSet,
    SetDamaged,
    SetEarly,
    SetKind,
    SetOlder,
    SetOver,
    SetUntrusted,
    digest_of,
)
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.domain.rules import RulePack, RuleRefused, load_rules
from checkpoint_app.domain.trust import Trust
from checkpoint_app.storage import datasets as stored
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.trust import read_trust

WAITING = LISTS | {SetKind.RULES}
"""Kinds that may be adopted before their time: nothing happens until then."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in use: opaque, with how old it is (ms since it was published) and whether its time is past."""

    data: DataSet
    age: int
    over: bool


@dataclass(frozen=True, slots=True)
class Directed:
    """One published set as a desk has it: `adopted` when (ms UTC), 0 never; `pending`: it may be."""

    data: DataSet
    adopted: int
    pending: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What a desk in a role, which believes whom `trust` says, makes of what is published."""

    reader: Connection
    trust: Trust
    role: str

    @classmethod
    def of(cls, reader: Connection, desk: str, role: str) -> Standing:
        return cls(reader, read_trust(reader, desk), role)

    @property
    def publishers(self) -> tuple[str, ...]:
        """Desks whose sets count here."""
        above = (
            peer.desk
            for peer in self.trust.peers.values()
            if peer.role is PeerRole.HEADQUARTERS and self.trust.believes(peer.desk)
        )
        own = (self.trust.desk,) if self.role == PeerRole.HEADQUARTERS else ()
        return (*own, *above)

    def published(self) -> tuple[DataSet, ...]:
        """Newest first."""
        return stored.published(self.reader, self.publishers)

    def adopted(self) -> tuple[Adopted, ...]:
        """What this desk adopted, the last first."""
        return stored.adopted(self.reader, self.trust.desk)

    def pending(self, *, now: int) -> tuple[DataSet, ...]:
        """Of each set sent to this desk the newest version, where it may be adopted and was not."""
        newest: dict[str, DataSet] = {}
        for each in self.published():
            known = newest.get(each.name)
            if each.publisher != self.trust.desk and (known is None or known.version < each.version):
                newest[each.name] = each
        return tuple(each for each in newest.values() if self._adoptable(each, now=now))

    def rows(self, *, now: int) -> tuple[Directed, ...]:
        """Every published set, newest first."""
        taken = {each.data.action: each.at for each in self.adopted()}
        pending = {each.action for each in self.pending(now=now)}
        return tuple(
            Directed(each, taken.get(each.action, 0), each.action in pending) for each in self.published()
        )

    def check(self, data: DataSet, *, now: int) -> str:
        """Id of the key that vouches for it; raises SetUntrusted, SetDamaged, SetOlder, SetOver, SetEarly."""
        name, version, key = data.name, data.version, self.key_of(data)
        if key is None:
            raise SetUntrusted(name=name, version=version, publisher=data.publisher)
        if data not in self.published():
            raise SetDamaged(name=name, version=version)
        if version <= (last := self.floor(name)):
            raise SetOlder(name=name, version=version, adopted=last)
        if data.over(now):
            raise SetOver(name=name, version=version, until=data.until or 0)
        if data.since > now and data.kind not in WAITING:
            raise SetEarly(name=name, version=version, since=data.since)
        return key

    def key_of(self, data: DataSet) -> str | None:
        """None when nobody who is trusted vouches; what was just written here no seal covers yet."""
        if data.publisher not in self.publishers:
            return None
        key = stored.key_of(self.reader, data)
        unsealed = data.publisher == self.trust.desk and not key
        return key if unsealed or key in self.trust.keys_of(data.publisher) else None

    def floor(self, name: str) -> int:
        """The newest version adopted from whoever is trusted still."""
        adopted = (
            each.data for each in self.adopted() if each.key in self.trust.keys_of(each.data.publisher)
        )
        return max((data.version for data in adopted if data.name == name), default=0)

    def last(self, name: str) -> DataSet | None:
        """What was adopted last under that name."""
        return next((each.data for each in self.adopted() if each.data.name == name), None)

    def lists(self, *, now: int) -> tuple[Listed, ...]:
        """The version of each list that was adopted last."""
        last: dict[str, DataSet] = {}
        for each in self.adopted():
            last.setdefault(each.data.name, each.data)
        found = (data for data in last.values() if data.kind in LISTS)
        return tuple(Listed(data, max(0, now - data.published), data.over(now)) for data in found)

    def _adoptable(self, data: DataSet, *, now: int) -> bool:
        try:
            self.check(data, now=now)
        except SetEarly:
            return True
        except Refusal:
            return False
        return True


def rules_of(reader: Connection, desk: str, *, now: int) -> RulePack | None:
    """The rules a desk adopted last of which the time has come and is not over; None for the shipped ones.
    What cannot be read any more is passed over.
    """
    texts = stored.kept_rules(reader)
    for each in stored.adopted(reader, desk):
        text = texts.get(each.data.action, "")
        if each.data.kind is not SetKind.RULES or not each.data.in_force(now):
            continue
        if digest_of(text) == each.data.digest:
            with suppress(RuleRefused):
                return load_rules(text)
    return None
