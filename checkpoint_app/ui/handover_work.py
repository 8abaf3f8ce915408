"""What the handover page asks the desk and writes; called in another thread, for it waits for the disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from checkpoint_app.domain.handover import Answered, Handover, Side
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import Lane
from checkpoint_app.storage import queries
from checkpoint_app.storage.rows import ShiftRow

Tallied = Sequence[Future[Any]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A handover with both its shifts. `names` are everybody's by number, `next` None while nobody takes
    over, `acting` who acts for the desk.
    """

    handover: Handover
    shift: ShiftRow
    next: ShiftRow | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    protected: bool = False
    acting: str = ""

    @property
    def waits(self) -> bool:
        """Whether nobody of the next shift has signed on yet, who alone answers the lines."""
        theirs = self.next.officers if self.next else {}
        return self.protected and self.acting not in theirs and bool(self.handover.unanswered)

    def of(self, side: Side) -> ShiftRow | None:
        return self.shift if side is Side.OUTGOING else self.next


def tallied(lanes: Sequence[Lane]) -> Tallied:
    """What every lane counted, on its way to the ledger; called in the window's thread."""
    return [future for lane in lanes if (future := lane.close()) is not None]


def read(desk: Desk, shift: str = "") -> Standing | None:
    """The handover that is under way; without one that of `shift`, None when there is none either."""
    found = desk.handovers.under_way() or (desk.handovers.standing(shift) if shift else None)
    if found is None:
        return None
    here = desk.ledger.head().desk
    with desk.ledger.reader() as reader:
        rows = {row.shift: row for row in queries.shifts(reader, desk=here)}
        names = queries.officer_names(reader)
    if found.shift not in rows:
        return None
    return Standing(
        found,
        rows[found.shift],
        rows.get(found.next_shift),
        names,
        protected=desk.officers.protected,
        acting=desk.by.officer,
    )


def answer(
    desk: Desk, shift: str, key: str, said: Answered, *, note: str = "", counted: int | None = None
) -> None:
    desk.handovers.answer(shift, key, said, note=note, counted=counted, by=desk.by).result()


def sign(desk: Desk, shift: str, side: Side, *, number: str, pin: str) -> None:
    desk.handovers.sign(shift, side, number, pin, by=desk.by).result()


def absent(desk: Desk, shift: str, side: Side, *, why: str, refused: bool) -> None:
    desk.handovers.absent(shift, side, why=why, refused=refused, by=desk.by).result()


def refuse(desk: Desk, shift: str, *, why: str, tallied: Tallied) -> None:
    """The incoming lead takes nothing over: the shift that was handed over goes on."""
    desk.handovers.refuse(shift, why=why, by=desk.by, tallied=tallied).result()
    desk.resume_shift()


def close(desk: Desk, shift: str) -> None:
    """Closed and sealed."""
    desk.handovers.close(shift, by=desk.by).result()


def close_alone(desk: Desk, shift: str, *, why: str, pin: str, tallied: Tallied) -> str:
    """Closed and sealed, signed by its lead alone, without a shift that follows; returns which one."""
    desk.handovers.close_alone(why=why, pin=pin, by=desk.by, tallied=tallied).result()
    desk.resume_shift()
    return shift
