"""What headquarters sends down: published there, looked at and adopted here.

Only sets of a headquarters that is enrolled here count, or at headquarters its own. A version is adopted once
and never an older one; who was revoked can neither send more nor forbid its successor a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass

from checkpoint_app.config import Settings
from checkpoint_app.domain import datasets, orders
from checkpoint_app.domain.datasets import (
    LISTS,
    LONGEST_NAME,
    Adopted,
    DataSet,
    Difference,
    SetKind,
    SetOver,
    SetUnfit,
    SetUnknown,
)
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.domain.roles import Action
from checkpoint_app.domain.rules import RulePack
from checkpoint_app.services import directive_kinds as kinds
from checkpoint_app.services import log_rules
from checkpoint_app.services.directive_reading import Listed, Standing, rules_of
from checkpoint_app.services.peers import Peers
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.rulebook import rules_in
from checkpoint_app.storage import datasets as stored
from checkpoint_app.storage.ledger import Ledger, Written

Saved = Future[tuple[Written, ...]]
PARTS_AT_ONCE = 8
"""Parts of a content in one transaction: others wait no longer than for a megabyte."""
REASON = "directive"


class NotHeadquarters(Refusal):
    """Only a desk in the role of headquarters publishes."""


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
        with self._standing() as standing:
            return standing.published()

    def find(self, begins: str) -> DataSet:
        """The published set whose id begins so; raises SetUnknown for none and for several."""
        found = [each for each in self.published() if begins and each.action.startswith(begins.lower())]
        if len(found) != 1:
            raise SetUnknown(id=begins[:40])
        return found[0]

    def adopted(self) -> tuple[Adopted, ...]:
        """What this desk adopted, the last first."""
        with self._standing() as standing:
            return standing.adopted()

    def pending(self) -> tuple[DataSet, ...]:
        """Of each set sent to this desk the newest version, where it may be adopted and was not."""
        with self._standing() as standing:
            return standing.pending(now=self.ledger.now())

    def lists(self) -> tuple[Listed, ...]:
        """The version of each list that was adopted last."""
        with self._standing() as standing:
            return standing.lists(now=self.ledger.now())

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
            with self._standing() as standing:
                return kinds.list_difference(standing.last(data.name), data)
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
        with self._standing() as standing:
            return standing.check(data, now=self.ledger.now())

    @contextmanager
    def _standing(self) -> Iterator[Standing]:
        with self.ledger.reader() as reader:
            yield Standing.of(reader, self.ledger.head().desk, self.settings().role)

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


def _called(peer: Peer | None) -> str:
    return (peer.station or peer.desk) if peer else ""
