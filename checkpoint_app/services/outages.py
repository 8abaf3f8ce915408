"""What the app could not do, measured and written down: cameras that were gone, times without saving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from checkpoint_app.domain import outages
from checkpoint_app.domain.facts import By
from checkpoint_app.storage.ledger import Ledger

SHORTEST = 5_000
SILENT_FOR = 60_000
"""ms: what is shorter is not worth a line on a handover, silence less so."""


@dataclass(slots=True)
class Outages:
    """Any thread may tell. Nothing is waited for: what tells of a failure must not cause another.

    `by` is who acts at a lane, 0 for the desk.
    """

    ledger: Ledger
    new_action: Callable[[], str]
    by: Callable[[int], By]
    _since: dict[tuple[str, int], int] = field(default_factory=dict)
    _guard: Lock = field(default_factory=Lock)

    def tell(self, what: str, *, works: bool, lane: int = 0) -> None:
        """Whether something works now; told as often as one likes. `what` of `domain.outages`."""
        now = self.ledger.now()
        with self._guard:
            if not works:
                self._since.setdefault((what, lane), now)
                return
            since = self._since.pop((what, lane), None)
        if since is not None and now - since >= _least(what):
            self._write(what, lane, since=since, until=now)

    def failed(self, what: str, *, lane: int = 0) -> None:
        """Something failed once, like a sheet that no printer took."""
        now = self.ledger.now()
        self._write(what, lane, since=now, until=now)

    def settle(self) -> None:
        """Writes down what lasts, before a shift ends; it lasts on for the next one."""
        now = self.ledger.now()
        with self._guard:
            lasting = [(key, since) for key, since in self._since.items() if now - since >= _least(key[0])]
            self._since |= {key: now for key, _since in lasting}
        for (what, lane), since in lasting:
            self._write(what, lane, since=since, until=now)

    @property
    def lasting(self) -> tuple[tuple[str, int, int], ...]:
        """What does not work now: what, lane, since when (ms UTC)."""
        with self._guard:
            return tuple((what, lane, since) for (what, lane), since in self._since.items())

    def _write(self, what: str, lane: int, *, since: int, until: int) -> None:
        fact = outages.outage(
            what,
            lane=lane,
            since=since,
            until=until,
            by=self.by(lane),
            at=self.ledger.now(),
            action=self.new_action(),
        )
        self.ledger.append((fact,))


def _least(what: str) -> int:
    return SILENT_FOR if what == outages.SOUND else SHORTEST
