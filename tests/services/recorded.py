"""Recorded crossings to look through, amend and take out: invented people in a real ledger."""

from __future__ import annotations

from checkpoint_app.domain.amending import Changes
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.services.amending import Amending
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage import histories, queries
from checkpoint_app.storage.rows import CrossingRow, HistoryRow
from tests.domain.lanes import health
from tests.storage.desks import Clock

NAME, DOCUMENT = "张三", "11010519491231002X"


def record(
    desk: Desk,
    plate: str = "豫A12345",
    *,
    outcome: Outcome = Outcome.RELEASED,
    name: str = "",
    lane: int = 1,
    why: str = "no_phone",
    direction: Direction = Direction.IN,
) -> CrossingRow:
    """One vehicle with a green code and 36.5 ℃, ended."""
    at = desk.lane(lane, direction=direction)
    at.scanned(health(sum(plate.encode()) + lane, "g").encode())
    at.plate(plate)
    if name:
        at.document(DOCUMENT)
        at.name(name)
    at.temperature(365)
    at.end(outcome, why=why).written.result()
    return newest(desk)


def newest(desk: Desk) -> CrossingRow:
    with desk.ledger.reader() as reader:
        rows = queries.crossings(reader)
    return max(rows, key=lambda row: row.id)


def told(desk: Desk, row: CrossingRow) -> HistoryRow:
    with desk.ledger.reader() as reader:
        found = histories.history(reader, row.id)
    assert found is not None
    return found


def amend(desk: Desk, row: CrossingRow, changes: Changes, *, why: str = "misread") -> HistoryRow:
    amending(desk).amend(row, changes, why=why, by=desk.by).result()
    return told(desk, row)


def amending(desk: Desk) -> Amending:
    return desk.amending


def pass_by(clock: Clock, ms: int) -> None:
    clock.pass_by(ms)
