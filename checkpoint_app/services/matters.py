"""Open matters: raised, worked on, closed by the lead, opened again. None goes away by itself."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from checkpoint_app.domain import matters as facts
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.logbook import Matter
from checkpoint_app.domain.roles import Action
from checkpoint_app.services import log_rules as rules
from checkpoint_app.services.rights import Rights
from checkpoint_app.storage import logbook
from checkpoint_app.storage.ledger import Ledger, Written


@dataclass(frozen=True, slots=True)
class Matters:
    """Of one desk. Each raises NotAllowed and what `log_rules` raises; the future is done when it is on disk,
    and its first `action` names a new matter.
    """

    ledger: Ledger
    rights: Rights
    new_action: Callable[[], str]

    def raise_(
        self,
        title: str,
        *,
        owner: str = "",
        due: int = 0,
        crossing: str = "",
        source: str = facts.HAND,
        of: str = "",
        by: By,
    ) -> Future[tuple[Written, ...]]:
        """Something must be done: by whom (number or words), by when (ms UTC, 0 without)."""
        self.rights.check(Action.LOG, by)
        fact = facts.raised(
            rules.words(title, "title", most=rules.SHORT),
            source=source,
            owner=rules.words(owner, "owner", most=rules.SHORT, needed=False),
            due=rules.due(due, now=self.ledger.now()),
            crossing=crossing,
            of=of,
            by=by,
            at=self.ledger.now(),
            action=self.new_action(),
        )
        return self._write(fact)

    def work(
        self, id_: str, text: str = "", *, owner: str | None = None, due: int | None = None, by: By
    ) -> Future[tuple[Written, ...]]:
        """What was done about it, and whose it is or when it is due from now on; raises AffairOver."""
        self.rights.check(Action.LOG, by)
        self._open(id_)
        changes = owner is not None or due is not None
        fact = facts.worked(
            id_,
            text=rules.words(text, "text", needed=not changes),
            owner=None if owner is None else rules.words(owner, "owner", most=rules.SHORT, needed=False),
            due=None if due is None else rules.due(due, now=self.ledger.now()),
            by=by,
            at=self.ledger.now(),
            action=self.new_action(),
        )
        return self._write(fact)

    def close(self, id_: str, result: str, *, by: By) -> Future[tuple[Written, ...]]:
        """Done, with its result; raises AffairOver."""
        self.rights.check(Action.CLOSE_MATTER, by)
        self._open(id_)
        said = rules.words(result, "result")
        return self._write(
            facts.closed(id_, result=said, by=by, at=self.ledger.now(), action=self.new_action())
        )

    def reopen(self, id_: str, why: str, *, by: By) -> Future[tuple[Written, ...]]:
        """Not done after all; raises AffairOpen."""
        self.rights.check(Action.CLOSE_MATTER, by)
        if not self.find(id_).closed:
            raise rules.AffairOpen(id=id_)
        said = rules.words(why, "why")
        return self._write(
            facts.reopened(id_, why=said, by=by, at=self.ledger.now(), action=self.new_action())
        )

    def open(self) -> tuple[Matter, ...]:
        """Every matter that nobody has closed, in the order raised."""
        with self.ledger.reader() as reader:
            return logbook.matters(reader, self.ledger.head().desk)

    def find(self, id_: str) -> Matter:
        """Raises AffairUnknown."""
        found = facts.fold(rules.told(self.ledger, Family.MATTER, id_))
        if not found:
            raise rules.AffairUnknown(id=id_)
        return found[0]

    def _open(self, id_: str) -> None:
        if self.find(id_).closed:
            raise rules.AffairOver(id=id_)

    def _write(self, fact: Fact) -> Future[tuple[Written, ...]]:
        return self.ledger.append((fact,))
