"""The duty phone list of a station."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from checkpoint_app.domain import roster_facts
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.report import Contact
from checkpoint_app.domain.roles import Action
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage import affairs
from checkpoint_app.storage.ledger import Ledger, Written

Saved = Future[tuple[Written, ...]]
LONGEST = 60


class ContactNeedsBoth(Refusal):
    """A duty phone needs a name and a number of digits."""


class UnknownContact(Refusal):
    """No such duty phone; facts: id."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """Of one desk. Each change raises NotAllowed; its future is done when it is on disk."""

    ledger: Ledger
    rights: Rights
    new_action: Callable[[], str]

    def everybody(self) -> tuple[Contact, ...]:
        """The list in the order it was made."""
        with self.ledger.reader() as reader:
            return roster_facts.contacts_of(
                affairs.all_told(reader, Family.CONTACT, desk=self.ledger.head().desk, over=False)
            )

    def set(self, name: str, phone: str, *, about: str = "", ident: str = "", by: By) -> Saved:
        """A new line, or with `ident` that line as it is from now on.

        Raises ContactNeedsBoth, UnknownContact.
        """
        self.rights.check(Action.ROSTER, by)
        name, phone = as_typed(name)[:LONGEST], as_typed(phone)[:LONGEST]
        if not name or not any(sign.isdecimal() for sign in phone):
            raise ContactNeedsBoth
        if ident:
            self._find(ident)
        action = self.new_action()
        contact = Contact(ident or action, name, phone, as_typed(about)[:LONGEST])
        fact = roster_facts.contact_set(contact, by=by, at=self.ledger.now(), action=action)
        return self.ledger.append((fact,))

    def drop(self, ident: str, *, by: By) -> Saved:
        """The line is no longer in the list. Raises UnknownContact."""
        self.rights.check(Action.ROSTER, by)
        self._find(ident)
        fact = roster_facts.contact_dropped(ident, by=by, at=self.ledger.now(), action=self.new_action())
        return self.ledger.append((fact,))

    def _find(self, ident: str) -> Contact:
        found = next((each for each in self.everybody() if each.id == ident), None)
        if found is None:
            raise UnknownContact(id=ident)
        return found
