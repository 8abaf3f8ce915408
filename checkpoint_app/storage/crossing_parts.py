"""Crossings for lists that leave the ledger: oldest first, part by part, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from checkpoint_app.domain import facts
from checkpoint_app.storage import histories, ordering
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import CrossingRow

PART = 1_000

Read = Callable[[], AbstractContextManager[Connection]]


def of_shift(read: Read, shift: str) -> Iterator[CrossingRow]:
    """Every crossing that carries a shift's name, as it now reads, in the order written."""
    with read() as reader:
        strands = ordering.strands(reader, shift)
    for low, high in strands:
        yield from _parts(read, f"entry.shift = ? AND {ordering.OWN_SHIFT}", (shift,), low, high)


def _parts(
    read: Read, condition: str, values: tuple[object, ...], low: int, high: int
) -> Iterator[CrossingRow]:
    after = low - 1
    while True:
        with read() as reader:
            rows = reader.execute(
                f"SELECT {histories.COLUMNS} FROM {histories.SOURCE}"  # noqa: S608 - the conditions above
                f" WHERE {condition} AND entry.id > ? AND entry.id <= ? AND entry.kind = ?"
                " ORDER BY entry.id LIMIT ?",
                (*values, after, high, facts.VEHICLE_CROSSED, PART),
            ).fetchall()
            found = histories.present_rows(reader, rows)
        yield from found
        if len(found) < PART:
            return
        after = found[-1].id
