"""Facts nobody may lose to a full disk: what could not be written goes along with the next that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.storage.ledger import Ledger, Written


@dataclass(frozen=True, slots=True)
class _Owed:
    facts: tuple[Fact, ...]
    written: Future[tuple[Written, ...]]


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
        outcome: Fact | None = None,
    ) -> Future[tuple[Written, ...]]:
        """Writes what is owed, `facts` and `outcome` last, in one transaction with `drafts`.

        An outcome that fails is not owed: the vehicle stands there again until somebody ends it anew.
        """
        waiting: list[_Owed] = []
        late: list[Fact] = []
        for owed in self._owed:  # each is asked once: the writer's thread may settle it meanwhile
            if not owed.written.done():
                waiting.append(owed)
            elif owed.written.exception() is not None:
                late += owed.facts
        kept = (*late, *facts)
        last = () if outcome is None else (outcome,)
        written = self._ledger.append((*kept, *last), drafts=drafts, painted=painted)
        self._owed = (*waiting, _Owed(kept, written)) if kept else tuple(waiting)
        return written

    @property
    def count(self) -> int:
        """How many facts are not on disk: under way, or failed."""
        return sum(len(owed.facts) for owed in self._owed if not _on_disk(owed.written))


def _on_disk(written: Future[tuple[Written, ...]]) -> bool:
    return written.done() and written.exception() is None
