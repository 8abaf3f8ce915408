"""Facts nobody may lose to a full disk: what could not be written goes along with the next that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact, parts_of
from checkpoint_app.storage.ledger import Ledger, Written


@dataclass(frozen=True, slots=True)
class _Owed:
    """A fact and the writes it went along with; on disk as soon as one of them is."""

    fact: Fact
    writes: tuple[Future[tuple[Written, ...]], ...]

    @property
    def on_disk(self) -> bool:
        return any(written.done() and written.exception() is None for written in self.writes)

    def going_along(self, written: Future[tuple[Written, ...]]) -> _Owed:
        under_way = (one for one in self.writes if not one.done() or one.exception() is None)
        return _Owed(self.fact, (*under_way, written))


class Owing:
    """Appends for one lane. Writing a fact twice is safe: the ledger knows its action."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._owed: tuple[_Owed, ...] = ()

    def append(
        self,
        facts: Sequence[Fact],
        *,
        drafts: Mapping[str, Value | None],
        painted: int | None,
        outcome: Sequence[Fact] = (),
    ) -> Future[tuple[Written, ...]]:
        """Writes what is owed, `facts` and `outcome` last, in one transaction with `drafts`.

        Facts still under way go along again: should their write fail and this one not, nothing on disk would
        know of them, for the drafts are past them. An outcome that fails is not owed: the vehicle stands
        there again until somebody ends it anew. Raises NotCanonical or ValueError for what no ledger may
        hold; owed, it would keep everything behind it from being written.
        """
        for fact in (*facts, *outcome):
            parts_of(fact)
        owed = [one for one in self._owed if not one.on_disk]
        owed += [_Owed(fact, ()) for fact in facts]
        known = tuple(one.fact for one in owed)
        written = self._ledger.append((*known, *outcome), drafts=drafts, painted=painted)
        self._owed = tuple(one.going_along(written) for one in owed)
        return written

    @property
    def count(self) -> int:
        """How many facts are not on disk: under way, or failed."""
        return sum(not one.on_disk for one in self._owed)
