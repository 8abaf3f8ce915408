"""The register of known people at work: loaded from a list, looked into at the lane, struck from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from checkpoint_app.domain import register as people
from checkpoint_app.domain.disclosures import DOCUMENT, NAME, PHONE
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.register import Resident
from checkpoint_app.domain.roles import Action
from checkpoint_app.services.places import all_initials
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.typed import as_typed
from checkpoint_app.services.viewing import Viewing
from checkpoint_app.storage import marks, register
from checkpoint_app.storage.ledger import Ledger, Written

BATCH = 8
"""People written in one transaction: a lane must not wait 20 ms."""

MOST = 9
_ZONE_AHEAD = 14 * 3_600_000
"""ms: somewhere a day has begun 14 hours before it does in UTC; nobody is turned away a day early."""


class FragmentTooShort(Refusal):
    """Too little to look for: two letters, one character, or four digits."""


class NotRegistered(Refusal):
    """Nobody with this id is in the register; facts: id."""


class StrikeReasonNeeded(Refusal):
    """Somebody is struck for a reason only."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a list: people new, changed, and already there as they are; `stopped` before its end."""

    added: int = 0
    changed: int = 0
    same: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """Of one desk. `load` and `find` wait for the disk: call them where waiting is allowed."""

    ledger: Ledger
    new_action: Callable[[], str]
    rights: Rights

    def load(
        self, data: bytes, *, by: By, progress: Callable[[int, int], bool] = lambda _done, _all: True
    ) -> Loaded:
        """Takes a list into the register: everybody new, and those who changed.

        All lines are checked before the first is written; raises NotAllowed, SheetRefused, RegisterRefused.
        `progress` gets people done and all, and ends the work by False; what is written stays, and the same
        list loaded again goes on from there.
        """
        self.rights.check(Action.REGISTER, by)
        told = people.read_register(data)
        with self.ledger.reader() as reader:
            known = {each.key: each for each in register.everybody(reader)}
        wanted = [(each, known.get(each.key)) for each in told]
        waiting = [(each, old) for each, old in wanted if old is None or replace(old, id="") != each]
        done = Loaded(same=len(told) - len(waiting))
        for start in range(0, len(waiting), BATCH):
            if not progress(done.same + start, len(told)):
                return replace(done, stopped=True)
            batch = waiting[start : start + BATCH]
            self._write(batch, by=by)
            fresh = sum(old is None for _, old in batch)
            done = replace(done, added=done.added + fresh, changed=done.changed + len(batch) - fresh)
        progress(len(told), len(told))
        return done

    def find(self, fragment: str, *, by: By, why: str = "") -> tuple[Resident, ...]:
        """At most MOST people who are in the register today, by a part of the name, its first letters, the
        document's or the phone's last four, the whole document or the phone from its start.

        The look-up is an entry on disk before this returns. Raises FragmentTooShort, NotAllowed.
        """
        kinds, wanted = _marks(marks.fold(fragment))
        if not wanted:
            raise FragmentTooShort
        Viewing(self.ledger, self.new_action, self.rights).looked_up(kinds, why, by).result()
        today = datetime.fromtimestamp((self.ledger.now() - _ZONE_AHEAD) / 1000, UTC).date().isoformat()
        with self.ledger.reader() as reader:
            found = register.find(reader, wanted, most=8 * MOST)
        return tuple(each for each in found if not each.until or each.until >= today)[:MOST]

    def strike(self, id_: str, *, why: str, by: By) -> tuple[Written, ...]:
        """Takes somebody out, for a reason; raises NotRegistered, StrikeReasonNeeded, NotAllowed."""
        self.rights.check(Action.REGISTER, by)
        why = as_typed(why)
        if not why:
            raise StrikeReasonNeeded
        with self.ledger.reader() as reader:
            if not register.find(reader, ((register.ACTION, id_, True),), most=1):
                raise NotRegistered(id=id_)
        fact = people.person_struck(id_, by=by, at=self.ledger.now(), action=self.new_action(), why=why)
        return self.ledger.append((fact,)).result()

    def count(self) -> int:
        """How many people are in the register, expired ones included."""
        with self.ledger.reader() as reader:
            return register.count(reader)

    def _write(self, batch: Iterable[tuple[Resident, Resident | None]], *, by: By) -> None:
        now = self.ledger.now()
        facts = [
            people.person_registered(
                replace(each, id=self.new_action()),
                initials=all_initials(),
                by=by,
                at=now,
                replaces=old.id if old else "",
            )
            for each, old in batch
        ]
        self.ledger.append(facts).result()


def _marks(fragment: str) -> tuple[Sequence[str], Sequence[tuple[str, str, bool]]]:
    """Which kinds of data a folded fragment touches, and the marks it may lead by."""
    if not fragment.isascii():
        return (NAME,), ((register.NAME, fragment, False),)
    if fragment.isalpha():
        few = len(fragment) < 2
        return (NAME,), () if few else (
            (register.INITIALS, fragment.lower(), False),
            (register.NAME, fragment, False),
        )
    if len(fragment) < register.END:
        return (), ()
    ends = len(fragment) == register.END
    found = [(register.DOCUMENT_END, fragment, True), (register.PHONE_END, fragment, True)] if ends else []
    return (DOCUMENT, PHONE), (
        *found,
        (register.DOCUMENT, fragment, len(fragment) < 15),
        (register.PHONE, fragment, False),
    )
