"""Crossings of other shifts that an entry is about: how the corrected read, what takes whose place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple

from checkpoint_app.domain import facts
from checkpoint_app.storage import ordering
from checkpoint_app.storage.engine import Connection

DEEPEST = 32
"""Crossings in a row that take each other's place: more are not looked through."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a correction meant: the shift it belongs to and its public part as it read before."""

    shift: str
    public: Mapping[str, Any]


def target_of(reader: Connection, ref: Mapping[str, Any], *, before: int) -> Target | None:
    """The entry that `ref` names, as it read before the local id; None when this file does not have it."""
    row = reader.execute(
        "SELECT shift, public, header ->> '$.action' FROM entry"
        " WHERE desk = ? AND epoch = ? AND seq = ? AND lower(hex(hash)) = ?",
        (ref["desk"], ref["epoch"], ref["seq"], ref["hash"]),
    ).fetchone()
    if row is None:
        return None
    shift, public, action = row
    said = json.loads(public)
    rows = reader.execute(_AMENDED, (ref["desk"], action, facts.CROSSING_AMENDED, ref["hash"]))
    for each in _until(ordering.in_order(_Amended(*row) for row in rows.fetchall()), before):
        said |= json.loads(each.fields)
    return Target(shift, said)


class _Amended(NamedTuple):
    id: int
    epoch: str
    seq: int
    written: int
    fields: str


def _until(amended: Sequence[_Amended], before: int) -> Iterator[_Amended]:
    """Those that count before the one with the local id `before`, which need not be among them."""
    if all(each.id != before for each in amended):
        return (each for each in amended if each.id < before)
    return takewhile(lambda each: each.id != before, amended)


def counts_before(reader: Connection, action: str, *, desk: str, shift: str, depth: int = DEEPEST) -> bool:
    """Whether the vehicle of the crossing of a desk with that action, which one of `shift` replaces, counts
    already in the figures of a shift before."""
    row = (
        reader.execute(_CROSSED, (desk, action, facts.VEHICLE_CROSSED, action)).fetchone() if depth else None
    )
    if row is None:
        return False
    its_shift, replaces, epoch, seq = row
    if replaces and counts_before(reader, replaces, desk=desk, shift=its_shift, depth=depth - 1):
        return True
    return its_shift != shift and not _undone_by(reader, action, its_shift, (desk, epoch, seq))


def _undone_by(reader: Connection, action: str, shift: str, place: tuple[str, str, int]) -> bool:
    row = reader.execute(_UNDONE, (action, facts.OUTCOME_UNDONE, shift, *place)).fetchone()
    return row is not None


_AMENDED = """
SELECT entry.id, entry.epoch, entry.seq, entry.header ->> '$.written',
       coalesce(entry.public -> '$.fields', '{}')
  FROM thread JOIN entry ON entry.id = thread.entry
 WHERE thread.desk = ? AND thread.action = ? AND entry.kind = ? AND entry.public ->> '$.ref.hash' = ?"""

_CROSSED = """
SELECT entry.shift, coalesce(entry.public ->> '$.replaces', ''), entry.epoch, entry.seq
  FROM thread JOIN entry ON entry.id = thread.entry
 WHERE thread.desk = ? AND thread.action = ? AND entry.kind = ? AND entry.header ->> '$.action' = ?
 ORDER BY entry.epoch, entry.seq LIMIT 1"""

_UNDONE = """
SELECT 1 FROM thread JOIN entry ON entry.id = thread.entry
 WHERE thread.action = ?1 AND entry.kind = ?2 AND entry.shift = ?3 AND thread.desk = ?4
   AND entry.public ->> '$.ref.desk' = ?4
   AND entry.public ->> '$.ref.epoch' = ?5 AND entry.public ->> '$.ref.seq' = ?6 LIMIT 1"""
