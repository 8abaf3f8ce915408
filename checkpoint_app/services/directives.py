"""What headquarters sends down: published there, looked at and adopted here.

Only sets of a headquarters that is enrolled here count, or at headquarters its own. A version is adopted once
and never an older one; who was revoked can neither send more nor forbid its successor a number.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from checkpoint_app.config import Settings
from checkpoint_app.domain import datasets, orders
from checkpoint_app.domain.datasets import (
    LISTS,
    LONGEST_NAME,
    Adopted,
    DataSet,
    Difference,
    SetDamaged,
    SetEarly,
    SetKind,
    SetOlder,
    SetOver,
    SetUnfit,
    SetUnknown,
    SetUntrusted,
)
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.domain.roles import Action
from checkpoint_app.domain.rules import RulePack, RuleRefused, load_rules
from checkpoint_app.domain.trust import Trust
from checkpoint_app.services import directive_kinds as kinds
from checkpoint_app.services import log_rules
from checkpoint_app.services.peers import Peers
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.rulebook import rules_in
from checkpoint_app.storage import datasets as stored
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger, Written
from checkpoint_app.storage.trust import read_trust

Saved = Future[tuple[Written, ...]]
PARTS_AT_ONCE = 8
"""Parts of a content in one transaction: others wait no longer than for a megabyte."""
REASON = "directive"


class NotHeadquarters(Refusal):
    """Only a desk in the role of headquarters publishes."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in use: opaque, with how old it is (ms since it was published) and whether its time is past."""

    data: DataSet
    age: int
    over: bool


@dataclass(frozen=True, slots=True)
class Directives:
    """Of one desk; any thread may ask. `take_settings` is how a desk's settings are changed, and takes the
    rules in use anew.
    """

    ledger: Ledger
    rights: Rights
    new_action: Callable[[], str]
    peers: Peers
    settings: Callable[[], Settings]
    take_settings: Callable[[Settings], None]

    def publish(
        self,
        name: str,
        kind: SetKind,
        content: str,
        *,
        since: int = 0,
        until: int | None = None,
        number: str = "",
        by: By,
    ) -> DataSet:
        """The next version of a set, on disk when this returns. Times ms UTC, `since` 0 for now.

        Raises NotAllowed, NotHeadquarters, SetUnfit, SetOver and what words of the log raise.
        """
        self.rights.check(Action.DIRECT, by)
        if self.settings().role != PeerRole.HEADQUARTERS:
            raise NotHeadquarters
        now, name = self.ledger.now(), log_rules.words(name, "name", most=LONGEST_NAME)
        number = log_rules.words(number, "number", most=LONGEST_NAME, needed=False)
        content = datasets.content_of(content, name=name)
        kinds.check(kind, content, name=name)
        earlier = self._earlier(name)
        if any(each.kind is not kind for each in earlier):
            raise SetUnfit(name=name, fault="kind")
        if until is not None and until <= max(now, since):
            raise SetOver(name=name, version=0, until=until)
        data = DataSet(
            action=self.new_action(),
            publisher=self.ledger.head().desk,
            name=name,
            kind=kind,
            version=max((each.version for each in earlier), default=0) + 1,
            since=since or now,
            until=until,
            digest=datasets.digest_of(content),
            parts=len(datasets.cut(content)),
            size=len(content.encode()),
            number=number,
            published=now,
        )
        self._write(data, content, earlier, by=by)
        return data

    def published(self) -> tuple[DataSet, ...]:
        """Every set that came down, or at headquarters that went out from here, newest first."""
        with self.ledger.reader() as reader:
            return stored.published(reader, self._publishers(self._trust(reader)))

    def find(self, begins: str) -> DataSet:
        """The published set whose id begins so; raises SetUnknown for none and for several."""
        found = [each for each in self.published() if begins and each.action.startswith(begins.lower())]
        if len(found) != 1:
            raise SetUnknown(id=begins[:40])
        return found[0]

    def adopted(self) -> tuple[Adopted, ...]:
        """What this desk adopted, the last first."""
        with self.ledger.reader() as reader:
            return stored.adopted(reader, self.ledger.head().desk)

    def pending(self) -> tuple[DataSet, ...]:
        """Of each set sent to this desk the newest version, where it may be adopted and was not."""
        newest: dict[str, DataSet] = {}
        for each in self.published():
            known = newest.get(each.name)
            if each.publisher != self.ledger.head().desk and (known is None or known.version < each.version):
                newest[each.name] = each
        return tuple(each for each in newest.values() if self._adoptable(each))

    def lists(self) -> tuple[Listed, ...]:
        """The version of each list that was adopted last."""
        now, last = self.ledger.now(), _last_of_each(self.adopted())
        found = (each.data for each in last.values() if each.data.kind in LISTS)
        return tuple(Listed(data, max(0, now - data.published), data.over(now)) for data in found)

    def content(self, data: DataSet) -> str:
        """Raises SetDamaged."""
        with self.ledger.reader() as reader:
            return stored.content(reader, data)

    def difference(self, data: DataSet) -> Difference:
        """What adopting would change, before anything does. Raises SetDamaged, SetUnfit."""
        content, own = self.content(data), self.ledger.head().desk
        if data.kind is SetKind.SETTINGS:
            return kinds.settings_difference(self.settings(), content, name=data.name)
        if data.kind is SetKind.RULES:
            return kinds.rules_difference(self._rules(), kinds.rules_in(content, name=data.name))
        if data.kind is SetKind.DESKS:
            found = kinds.desks_in(content, name=data.name)
            return kinds.desks_difference(found, self.peers.all(), own=own)
        if data.kind in LISTS:
            known = _last_of_each(self.adopted()).get(data.name)
            return kinds.list_difference(known.data if known else None, data)
        return Difference(added=(content,))

    def adopt(self, data: DataSet, *, by: By) -> Saved:
        """Takes it into use; the future is done when the entry is on disk.

        Raises NotAllowed, SetUntrusted, SetOlder, SetOver, SetEarly (rules and lists may wait for their
        time), SetDamaged, SetUnfit, and what changing settings or enrolling a desk raises.
        """
        self.rights.check(Action.ADOPT, by)
        key = self._may_adopt(data)
        content = self.content(data)
        kinds.check(data.kind, content, name=data.name)
        fact = datasets.adopted(data, key=key, by=by, at=self.ledger.now(), action=self.new_action())
        if data.kind is SetKind.SETTINGS:
            self.take_settings(kinds.with_settings(self.settings(), content, name=data.name))
        elif data.kind is SetKind.DESKS:
            self._take_desks(kinds.desks_in(content, name=data.name), by=by)
        elif data.kind is SetKind.RULES:
            return self._take_rules(data, content, fact)
        return self.ledger.append((fact, *self._order(data, content, by=by)))

    def _write(self, data: DataSet, content: str, earlier: tuple[DataSet, ...], *, by: By) -> None:
        """Parts first: what is published is whole."""
        parts = [
            datasets.part(data, place, text, by=by, action=self.new_action())
            for place, text in enumerate(datasets.cut(content))
        ]
        for place in range(0, len(parts), PARTS_AT_ONCE):
            self.ledger.append(parts[place : place + PARTS_AT_ONCE]).result()
        own = [each for each in earlier if each.publisher == data.publisher]
        gone = (datasets.ended(each, by=by, at=data.published, action=self.new_action()) for each in own[:1])
        self.ledger.append((datasets.published(data, by=by), *gone)).result()

    def _earlier(self, name: str) -> tuple[DataSet, ...]:
        """Every version of that name anybody is known to have published or adopted, own ones first."""
        own = self.ledger.head().desk
        with self.ledger.reader() as reader:
            desks = {peer.desk for peer in self.peers.all()}
            found = [each for each in stored.published(reader, (own, *desks)) if each.name == name]
            taken = [each.data for desk in desks for each in stored.adopted(reader, desk)]
        found += [each for each in taken if each.name == name]
        return tuple(sorted(found, key=lambda each: (each.publisher != own, -each.version)))

    def _may_adopt(self, data: DataSet) -> str:
        """Id of the key that vouches for it; raises what forbids it."""
        now, name, version = self.ledger.now(), data.name, data.version
        with self.ledger.reader() as reader:
            trust = self._trust(reader)
            known = stored.published(reader, self._publishers(trust))
            key = self._key_of(reader, data, trust)
            last = _floor(stored.adopted(reader, trust.desk), name, trust)
        if key is None:
            raise SetUntrusted(name=name, version=version, publisher=data.publisher)
        if data not in known:
            raise SetDamaged(name=name, version=version)
        if version <= last:
            raise SetOlder(name=name, version=version, adopted=last)
        if data.over(now):
            raise SetOver(name=name, version=version, until=data.until or 0)
        if data.since > now and data.kind not in LISTS | {SetKind.RULES}:
            raise SetEarly(name=name, version=version, since=data.since)
        return key

    def _adoptable(self, data: DataSet) -> bool:
        try:
            self._may_adopt(data)
        except SetEarly:
            return True
        except (SetOlder, SetOver, SetUntrusted):
            return False
        return True

    def _trust(self, reader: Connection) -> Trust:
        return read_trust(reader, self.ledger.head().desk)

    def _publishers(self, trust: Trust) -> tuple[str, ...]:
        """Desks whose sets count here."""
        above = (
            peer.desk
            for peer in trust.peers.values()
            if peer.role is PeerRole.HEADQUARTERS and trust.believes(peer.desk)
        )
        own = (trust.desk,) if self.settings().role == PeerRole.HEADQUARTERS else ()
        return (*own, *above)

    def _key_of(self, reader: Connection, data: DataSet, trust: Trust) -> str | None:
        """None when nobody who is trusted vouches; what was just written here no seal covers yet."""
        if data.publisher not in self._publishers(trust):
            return None
        key = stored.key_of(reader, data)
        own = data.publisher == trust.desk and not key
        return key if own or key in trust.keys_of(data.publisher) else None

    def _order(self, data: DataSet, content: str, *, by: By) -> tuple[Fact, ...]:
        """A notice or an order stands in the log as if it had been taken down there."""
        if data.kind not in kinds.ASKED:
            return ()
        sender = next((each for each in self.peers.all() if each.desk == data.publisher), None)
        return (
            orders.received(
                _called(sender) or self.settings().station,
                number=data.number,
                text=log_rules.words(content, "text"),
                until=data.until or 0,
                by=by,
                at=self.ledger.now(),
                action=self.new_action(),
            ),
        )

    def _take_desks(self, found: kinds.Desks, *, by: By) -> None:
        wanted = kinds.wanted_desks(found, self.peers.all(), own=self.ledger.head().desk)
        for each in wanted.revoked:
            self.peers.revoke(each.desk, why=REASON, by=by)
        for card in wanted.cards:
            self.peers.admit(card, by=by, instead=True)

    def _take_rules(self, data: DataSet, content: str, fact: Fact) -> Saved:
        """Kept first: an entry that names rules nobody has would leave the lanes without them."""
        now = self.ledger.now()
        self.ledger.transact(
            lambda connection: stored.keep_rules(connection, data, content, now=now)
        ).result()
        saved = self.ledger.append((fact,))
        saved.result()
        self.take_settings(self.settings())
        return saved

    def _rules(self) -> RulePack:
        with self.ledger.reader() as reader:
            return rules_of(reader, self.ledger.head().desk, now=self.ledger.now()) or rules_in()


def rules_of(reader: Connection, desk: str, *, now: int) -> RulePack | None:
    """The rules a desk adopted last of which the time has come and is not over; None for the shipped ones.
    What cannot be read any more is passed over.
    """
    texts = stored.kept_rules(reader)
    for each in stored.adopted(reader, desk):
        text = texts.get(each.data.action, "")
        if each.data.kind is not SetKind.RULES or not each.data.in_force(now):
            continue
        if datasets.digest_of(text) == each.data.digest:
            try:
                return load_rules(text)
            except RuleRefused:
                continue
    return None


def _floor(adopted: tuple[Adopted, ...], name: str, trust: Trust) -> int:
    """The newest version adopted from whoever is trusted still."""
    trusted = (each.data for each in adopted if each.key in trust.keys_of(each.data.publisher))
    return max((data.version for data in trusted if data.name == name), default=0)


def _last_of_each(adopted: tuple[Adopted, ...]) -> dict[str, Adopted]:
    last: dict[str, Adopted] = {}
    for each in adopted:
        last.setdefault(each.data.name, each)
    return last


def _called(peer: Peer | None) -> str:
    return (peer.station or peer.desk) if peer else ""
