"""How much one transaction of a landing does, counted in rows: what it is allowed, whatever a bundle has."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from checkpoint_app.storage import landing_steps
from checkpoint_app.storage.ledger import Ledger
from tests.storage.landings import HQ, enrol, everything, land, station, work

ROWS_OF_ONE = 20
"""Marks of a crossing here, and its own row, are fewer."""


@contextmanager
def counted(ledger: Ledger) -> Iterator[list[int]]:
    """Rows changed by each transaction, triggers' too."""
    changed: list[int] = []
    transact, append = ledger.transact, ledger.append

    def counting(work: Any) -> Any:
        def watched(connection: Any) -> Any:
            before = connection.total_changes
            try:
                return work(connection)
            finally:
                changed.append(connection.total_changes - before)

        return watched

    def transact_(work: Any) -> Future[Any]:
        return transact(counting(work))

    def append_(facts: Any, *, also: Any = None, **rest: Any) -> Future[Any]:
        return append(facts, also=counting(also) if also else None, **rest)

    ledger.transact, ledger.append = transact_, append_  # type: ignore[method-assign]
    try:
        yield changed
    finally:
        ledger.transact, ledger.append = transact, append  # type: ignore[method-assign]


def most_changed(folder: Path, *, step_ms: float) -> tuple[int, int]:
    """The most rows a step changed, and those of the last transaction."""
    with station(folder / "s") as south, station(folder / "hq", HQ) as hq:
        work(south, 600)
        enrol(hq, south)
        found = everything(south)
        with counted(hq) as changed:
            assert land(hq, found, step_ms=step_ms).added == 603
    return max(changed), changed[-1]


def test_no_step_outgrows_the_first_while_steps_take_too_long_and_the_last_is_short(tmp_path: Path) -> None:
    most, last = most_changed(tmp_path, step_ms=0.001)
    assert most <= landing_steps.FIRST * ROWS_OF_ONE
    assert last < 60, "what shows a bundle does not grow with its entries"


def test_control_with_time_enough_a_step_has_more(tmp_path: Path) -> None:
    most, _last = most_changed(tmp_path, step_ms=60_000.0)
    assert most > landing_steps.FIRST * ROWS_OF_ONE
