"""What a shift writes down: notes, orders from above, incidents with their clock, visits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from checkpoint_app.domain import incidents, matters, orders, visits
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.logbook import Incident, Order
from checkpoint_app.domain.roles import Action
from checkpoint_app.services import log_rules as rules
from checkpoint_app.services.rights import Rights
from checkpoint_app.storage.ledger import Ledger, Written
from checkpoint_app.storage.logbook import (
    Overdue,
    items,
    of_shift,
    orders_in_force,
    overdue,
)
from checkpoint_app.storage.logbook import incidents as incidents_of
from checkpoint_app.storage.logbook import matters as matters_of

__all__ = [
    "Finding",
    "Log",
    "Overdue",
    "incidents_of",
    "items",
    "matters_of",
    "of_shift",
    "orders_in_force",
    "overdue",
]

Saved = Future[tuple[Written, ...]]
MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What a supervisor found wanting: who answers for it (number or words), by when (ms UTC, 0 without)."""

    title: str
    owner: str = ""
    due: int = 0


@dataclass(frozen=True, slots=True)
class Log:
    """Of one desk. Each raises NotAllowed and what `log_rules` raises; the future is done when it is on disk,
    and its first `action` names what begins by it.
    """

    ledger: Ledger
    rights: Rights
    new_action: Callable[[], str]

    def note(self, text: str, *, by: By) -> Saved:
        self.rights.check(Action.LOG, by)
        said = rules.words(text, "text")
        return self._write(orders.noted(said, by=by, at=self.ledger.now(), action=self.new_action()))

    def order(self, sender: str, number: str, text: str, *, until: int = 0, by: By) -> Saved:
        """An instruction came: from whom, under which number ("" without), until when (ms UTC, 0 until it
        is ended)."""
        self.rights.check(Action.ORDER, by)
        now = self.ledger.now()
        fact = orders.received(
            rules.words(sender, "sender", most=rules.SHORT),
            number=rules.words(number, "number", most=rules.SHORT, needed=False),
            text=rules.words(text, "text"),
            until=rules.due(until, now=now),
            by=by,
            at=now,
            action=self.new_action(),
        )
        return self._write(fact)

    def read_order(self, id_: str, *, by: By) -> Saved:
        """Who acts has read it; raises AffairOver for an order that is ended."""
        self.rights.check(Action.LOG, by)
        self._order(id_)
        return self._write(orders.read(id_, by=by, at=self.ledger.now(), action=self.new_action()))

    def end_order(self, id_: str, *, by: By) -> Saved:
        """Raises AffairOver."""
        self.rights.check(Action.ORDER, by)
        self._order(id_)
        return self._write(orders.ended(id_, by=by, at=self.ledger.now(), action=self.new_action()))

    def incident(self, kind: str, text: str, *, due_minutes: int = incidents.ANSWER_DUE, by: By) -> Saved:
        """Something happened just now; an answer is due so many minutes later, 0 never."""
        self.rights.check(Action.LOG, by)
        now = self.ledger.now()
        fact = incidents.noticed(
            kind if kind in incidents.KINDS else "other",
            text=rules.words(text, "text"),
            due=now + rules.count(due_minutes) * MINUTE if due_minutes else 0,
            by=by,
            at=now,
            action=self.new_action(),
        )
        return self._write(fact)

    def report_incident(self, id_: str, to: str, *, by: By) -> Saved:
        """Told to the level above, to whom."""
        self._may_go_on(id_, by)
        said = rules.words(to, "to", most=rules.SHORT)
        return self._write(
            incidents.reported(id_, to=said, by=by, at=self.ledger.now(), action=self.new_action())
        )

    def answer(self, id_: str, reply: str, *, by: By) -> Saved:
        """What the level above said, or who came."""
        self._may_go_on(id_, by)
        said = rules.words(reply, "reply")
        return self._write(
            incidents.answered(id_, reply=said, by=by, at=self.ledger.now(), action=self.new_action())
        )

    def link(self, id_: str, crossing: str, *, by: By) -> Saved:
        """A vehicle had to do with it; `crossing` is the action of the crossing."""
        self._may_go_on(id_, by)
        return self._write(
            incidents.linked(id_, crossing=crossing, by=by, at=self.ledger.now(), action=self.new_action())
        )

    def transfer(
        self, id_: str, *, people: int, taken_from: str, handed_to: str, authorised: str, by: By
    ) -> Saved:
        """So many people were handed over at the line, on whose authority."""
        self._may_go_on(id_, by)
        fact = incidents.transferred(
            id_,
            people=rules.count(people, least=1),
            taken_from=rules.words(taken_from, "from", most=rules.SHORT),
            handed_to=rules.words(handed_to, "to", most=rules.SHORT),
            authorised=rules.words(authorised, "authorised", most=rules.SHORT),
            by=by,
            at=self.ledger.now(),
            action=self.new_action(),
        )
        return self._write(fact)

    def close(self, id_: str, result: str, *, by: By) -> Saved:
        """An incident is over, with its result; raises AffairOver."""
        self.rights.check(Action.CLOSE_MATTER, by)
        self._incident(id_)
        said = rules.words(result, "result")
        return self._write(
            incidents.closed(id_, result=said, by=by, at=self.ledger.now(), action=self.new_action())
        )

    def visit(
        self, visitor: str, *, agency: str = "", text: str = "", findings: Sequence[Finding] = (), by: By
    ) -> Saved:
        """A supervisor came; every finding becomes a matter, or nothing is written at all."""
        self.rights.check(Action.ORDER, by)
        now, visit = self.ledger.now(), self.new_action()
        raised = [
            matters.raised(
                rules.words(finding.title, "title", most=rules.SHORT),
                source=matters.VISIT,
                owner=rules.words(finding.owner, "owner", most=rules.SHORT, needed=False),
                due=rules.due(finding.due, now=now),
                of=visit,
                by=by,
                at=now,
                action=self.new_action(),
            )
            for finding in findings
        ]
        fact = visits.visited(
            rules.words(visitor, "visitor", most=rules.SHORT),
            agency=rules.words(agency, "agency", most=rules.SHORT, needed=False),
            text=rules.words(text, "text", needed=False),
            findings=[each.action for each in raised],
            by=by,
            at=now,
            action=visit,
        )
        return self._write(fact, *raised)

    def _may_go_on(self, id_: str, by: By) -> None:
        self.rights.check(Action.LOG, by)
        self._incident(id_)

    def _incident(self, id_: str) -> Incident:
        """Raises AffairUnknown, AffairOver."""
        found = incidents.fold(rules.told(self.ledger, Family.INCIDENT, id_))
        if not found or found[0].closed:
            raise (rules.AffairOver if found else rules.AffairUnknown)(id=id_)
        return found[0]

    def _order(self, id_: str) -> Order:
        """Raises AffairUnknown, AffairOver."""
        found = orders.fold(rules.told(self.ledger, Family.ORDER, id_))
        if not found or found[0].ended:
            raise (rules.AffairOver if found else rules.AffairUnknown)(id=id_)
        return found[0]

    def _write(self, *told: Fact) -> Saved:
        return self.ledger.append(told)
