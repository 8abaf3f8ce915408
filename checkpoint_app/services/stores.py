"""Equipment and stock of a station: what should be there, what is, what came in and went out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from checkpoint_app.domain import stores as facts
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.logbook import Item
from checkpoint_app.domain.roles import Action
from checkpoint_app.services import log_rules as rules
from checkpoint_app.services.rights import Rights
from checkpoint_app.storage import logbook
from checkpoint_app.storage.ledger import Ledger, Written

Saved = Future[tuple[Written, ...]]
NAME, UNIT = 40, 10


class NotSoMany(Refusal):
    """More would go out than there is; facts: balance, count."""


class ArticleKnown(Refusal):
    """Another article kept here is called so; facts: name, id (its first characters)."""


@dataclass(frozen=True, slots=True)
class Stores:
    """Of one desk. Each raises NotAllowed and what `log_rules` raises; the future is done when it is on disk,
    and its first `action` names a new article.
    """

    ledger: Ledger
    rights: Rights
    new_action: Callable[[], str]

    def declare(
        self,
        name: str,
        *,
        unit: str = "",
        equipment: bool = False,
        due: int = 0,
        low: int = 0,
        count: int | None = None,
        about: str = "",
        by: By,
    ) -> Saved:
        """An article kept from now on: equipment of which `due` should be there, or stock with a `low` line.

        `count` is how many there are, if counted; `about` changes one that is known. Raises ArticleKnown.
        """
        self.rights.check(Action.STORE, by)
        name = rules.words(name, "name", most=NAME)
        if not (about and self.find(about).name == name):
            self._unheard_of(name, besides=about)
        now, action = self.ledger.now(), self.new_action()
        declared = facts.declared(
            name,
            unit=rules.words(unit, "unit", most=UNIT, needed=False),
            equipment=equipment,
            due=rules.count(due),
            low=rules.count(low),
            about=about,
            by=by,
            at=now,
            action=action,
        )
        told = [declared]
        if count is not None:
            item = about or action
            told.append(
                facts.counted(item, count=rules.count(count), by=by, at=now, action=self.new_action())
            )
        return self.ledger.append(told)

    def count(self, id_: str, count: int, condition: str = "", *, by: By) -> Saved:
        """So many are there now, whatever was reckoned; `condition` of `facts.CONDITIONS`, or words."""
        self.rights.check(Action.STORE, by)
        self.find(id_)
        fact = facts.counted(
            id_,
            count=rules.count(count),
            condition=rules.words(condition, "condition", most=rules.SHORT, needed=False),
            by=by,
            at=self.ledger.now(),
            action=self.new_action(),
        )
        return self.ledger.append((fact,))

    def move(self, id_: str, count: int, whom: str = "", *, by: By) -> Saved:
        """So many came in (positive) or went out (negative), from or to whom; raises NotSoMany."""
        self.rights.check(Action.STORE, by)
        rules.count(abs(count), least=1)
        item = self.find(id_)
        if item.balance + count < 0:
            raise NotSoMany(balance=item.balance, count=-count)
        fact = facts.moved(
            id_,
            count=count,
            whom=rules.words(whom, "whom", most=rules.SHORT, needed=False),
            by=by,
            at=self.ledger.now(),
            action=self.new_action(),
        )
        return self.ledger.append((fact,))

    def drop(self, id_: str, *, by: By) -> Saved:
        """It is no longer kept here."""
        self.rights.check(Action.STORE, by)
        self.find(id_)
        return self.ledger.append(
            (facts.dropped(id_, by=by, at=self.ledger.now(), action=self.new_action()),)
        )

    def everything(self) -> tuple[Item, ...]:
        """Every article kept, equipment first."""
        with self.ledger.reader() as reader:
            return logbook.items(reader, self.ledger.head().desk)

    def _unheard_of(self, name: str, *, besides: str) -> None:
        for each in self.everything():
            if each.name == name and each.id != besides:
                raise ArticleKnown(name=name, id=each.id[:8])

    def find(self, id_: str) -> Item:
        """Raises AffairUnknown, AffairOver for one that was dropped."""
        found = facts.fold(rules.told(self.ledger, Family.ITEM, id_))
        if not found or found[0].dropped:
            raise (rules.AffairOver if found else rules.AffairUnknown)(id=id_)
        return found[0]
