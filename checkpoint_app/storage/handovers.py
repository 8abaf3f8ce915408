"""What a handover is made of, read in one snapshot: its course, and the situation its lines tell of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checkpoint_app.domain import facts, visits
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.figures import ShiftFigures
from checkpoint_app.domain.handover import Line, stored_lines
from checkpoint_app.domain.handover_draft import Situation
from checkpoint_app.domain.handover_texts import affair_of, with_texts
from checkpoint_app.domain.handover_told import Course, course
from checkpoint_app.domain.hours import Stint, stints
from checkpoint_app.domain.logbook import Visit
from checkpoint_app.storage import affairs, logbook, ordering
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import ShiftRow


def course_of(reader: Connection, shift: ShiftRow) -> Course:
    """How far the handover of a shift has come."""
    return course(affairs.told(reader, Family.HANDOVER, (shift.shift,), desk=shift.desk))


@dataclass(frozen=True, slots=True)
class Own:
    """What a shift's own entries say, and no other's: it stands still once nothing more carries its name."""

    figures: ShiftFigures
    visits: tuple[Visit, ...] = ()
    stints: tuple[Stint, ...] = ()
    called: tuple[str, ...] = ()


def own_of(reader: Connection, shift: str, figures: ShiftFigures) -> Own:
    """Looks at every entry of the shift: 0.1 s for a whole day's."""
    told = affairs.of_shift(reader, shift, (Family.VISIT, Family.ATTENDANCE))
    return Own(
        figures,
        visits=visits.fold([each for each in told if each.family is Family.VISIT]),
        stints=stints([each for each in told if each.family is Family.ATTENDANCE]),
        called=officers_of(reader, shift),
    )


def situation_of(reader: Connection, shift: ShiftRow, own: Own, *, begun: int, next_shift: str) -> Situation:
    """What the shift hands over. Of what is written while it is handed over, everything about its own
    affairs counts; what the next shift began itself is not yet anybody's to take over.
    """
    after = logbook.of_shift(reader, next_shift)
    standing = {each.id: each for each in logbook.orders_in_force(reader, shift.desk, begun)}
    orders = standing | {each.id: each for each in after.orders if each.ended >= begun}
    incidents = {each.id: each for each in logbook.incidents(reader, shift.desk)}
    incidents |= {each.id: each for each in after.incidents}
    matters = {each.id: each for each in logbook.matters(reader, shift.desk)}
    matters |= {each.id: each for each in after.matters}
    return Situation(
        own.figures,
        begun,
        orders=tuple(each for each in orders.values() if each.shift != next_shift),
        incidents=tuple(
            each
            for each in incidents.values()
            if each.shift != next_shift and (not each.closed or each.closed >= begun)
        ),
        matters=tuple(
            each
            for each in matters.values()
            if each.shift != next_shift and (not each.closed or each.closed >= begun)
        ),
        visits=own.visits,
        items=logbook.items(reader, shift.desk),
        stints=own.stints,
        called=own.called,
    )


def officers_of(reader: Connection, shift: str) -> tuple[str, ...]:
    """Numbers of those who serve in a shift: of its roll-call, and who came later."""
    row = reader.execute(
        "SELECT entry.public FROM duty JOIN entry ON entry.id = duty.opened WHERE duty.shift = ?", (shift,)
    ).fetchone()
    called = json.loads(row[0])["officers"] if row else []
    came = reader.execute(
        "SELECT DISTINCT public ->> '$.about' FROM entry"  # noqa: S608 - a constant
        f" WHERE shift = ? AND kind = 'on_duty' AND {ordering.OWN_SHIFT}",
        (shift,),
    )
    return tuple(dict.fromkeys((*called, *(number for (number,) in came.fetchall()))))


def on_duty(reader: Connection, shift: str) -> tuple[str, ...]:
    """Numbers of those of a shift who came and have not gone."""
    found = stints(affairs.of_shift(reader, shift, (Family.ATTENDANCE,)))
    return tuple(dict.fromkeys(each.officer for each in found if each.lasting))


def closing_of(reader: Connection, shift: str) -> Mapping[str, Any] | None:
    """The public part of the entry that closed a shift; None while it is not closed."""
    row = reader.execute(
        "SELECT entry.public FROM duty JOIN entry ON entry.id = duty.closed WHERE duty.shift = ?", (shift,)
    ).fetchone()
    return json.loads(row[0]) if row else None


def lines_of(reader: Connection, shift: ShiftRow, signed: Mapping[str, Any]) -> tuple[Line, ...]:
    """The lines of what was signed, with their personal words as far as they are not forgotten."""
    found: list[Line] = []
    for line in stored_lines(signed):
        affair = affair_of(line)
        told = logbook.one(reader, *affair, desk=shift.desk) if affair else ()
        found.append(with_texts(line, told))
    return tuple(found)


def is_sealed(reader: Connection, shift: str) -> bool:
    """Whether a seal covers the entry that closed the shift."""
    row = reader.execute(
        "SELECT 1 FROM duty JOIN entry AS ended ON ended.id = duty.closed"
        " JOIN entry AS seal ON seal.desk = ended.desk AND seal.epoch = ended.epoch AND seal.seq > ended.seq"
        " WHERE duty.shift = ? AND seal.kind = ? LIMIT 1",
        (shift, facts.SEALED),
    ).fetchone()
    return row is not None


def last_of(reader: Connection, shift: str) -> int:
    """Local id of the last entry that carries a shift's name."""
    for low, high in reversed(ordering.strands(reader, shift)):
        row = reader.execute(_LAST, (shift, low, high)).fetchone()
        if row is not None:
            return int(row[0])
    return 0


_LAST = f"""
SELECT id FROM entry WHERE shift = ? AND id BETWEEN ? AND ? AND {ordering.OWN_SHIFT}
 ORDER BY id DESC LIMIT 1"""  # noqa: S608 - a constant


def closed_shifts(reader: Connection) -> tuple[str, ...]:
    """Every shift that was closed by a handover."""
    rows = reader.execute(
        "SELECT duty.shift FROM duty JOIN entry ON entry.id = duty.closed"
        " WHERE entry.public -> '$.handover' IS NOT NULL ORDER BY duty.closed"
    )
    return tuple(row[0] for row in rows.fetchall())
