"""A desk to test services with: a real ledger, a clock that is told, writes that can be made to fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from checkpoint_app.bootstrap import change_settings, default_patterns, default_rules
from checkpoint_app.config import Settings
from checkpoint_app.domain import canonical
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.words import Direction
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.duty import Duty
from checkpoint_app.services.lane import Lane
from checkpoint_app.storage import queries
from checkpoint_app.storage.engine import DiskFull
from checkpoint_app.storage.ledger import Ledger, Written
from tests.domain.lanes import health
from tests.pins import CHEAP
from tests.storage.desks import DESK, Clock, opened

SETTINGS = Settings(station="试验站", desk=DESK)
PLATE, OTHER_PLATE = "豫A12345", "豫B67890"


class Doubtful:
    """A ledger whose next writes fail or hang; everything else is the real one's."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.failing = 0
        self.held: list[Future[Any]] | None = None

    def append(
        self,
        facts: Sequence[Fact],
        *,
        drafts: Mapping[str, canonical.Value | None],
        painted: int | None = None,
    ) -> Future[tuple[Written, ...]]:
        answer: Future[tuple[Written, ...]] = Future()
        if self.held is not None:
            self.held.append(answer)
            return answer
        if self.failing:
            self.failing -= 1
            answer.set_exception(DiskFull(path="x"))
            return answer
        return self._ledger.append(facts, drafts=drafts, painted=painted)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)


@contextmanager
def desk_in(folder: Path, *, clock: Clock | None = None, settings: Settings = SETTINGS) -> Iterator[Desk]:
    """A desk on a real ledger, with a shift open from the first time on."""
    with opened(folder, tick=clock or Clock()) as ledger:
        desk = Desk(
            folder,
            settings,
            ledger,
            Duty(ledger, new_action),
            default_rules(settings),
            default_patterns(),
        )
        desk.take_settings = partial(change_settings, desk)
        desk.officers.cost = CHEAP
        if desk.duty.current() is None:
            desk.duty.open(group="三班", lead="王示范", officers=("李示范",), zone=480).result()
        desk.resume_shift()
        yield desk


def lane_of(desk: Desk, number: int = 1) -> Lane:
    return desk.lane(number, direction=Direction.IN)


def scan(lane: Lane, token: int, colour: str = "g") -> None:
    lane.scanned(health(token, colour).encode())


def ready(lane: Lane, *, plate: str = PLATE, tenths: int = 365) -> None:
    """A vehicle with everything checked."""
    scan(lane, sum(plate.encode()))
    lane.plate(plate)
    lane.temperature(tenths)


def settled(lane: Lane) -> None:
    assert lane.kept is not None
    lane.kept.result()


def doubtful_lane(desk: Desk) -> tuple[Lane, Doubtful]:
    """A lane whose writes can be made to fail."""
    doubtful = Doubtful(desk.ledger)
    desk.ledger = doubtful  # type: ignore[assignment]
    return lane_of(desk), doubtful


def entries(desk: Desk, *kinds: str) -> list[Any]:
    """Public parts of the entries of these kinds, in order."""
    with desk.ledger.reader() as reader:
        return [
            canonical.decode(row.entry.public) for row in queries.entries(reader, kinds=kinds, limit=100_000)
        ]


def kinds(desk: Desk) -> list[str]:
    """Kinds of all entries that somebody's key caused, in order."""
    from checkpoint_app.domain.entry import read_header

    with desk.ledger.reader() as reader:
        found = [read_header(row.entry.header).kind for row in queries.entries(reader, limit=100_000)]
    return [kind for kind in found if kind not in {"sealed", "epoch_begun", "shift_opened"}]
