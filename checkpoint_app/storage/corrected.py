"""Crossings of other shifts that an entry is about: how the corrected read, what takes whose place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checkpoint_app.domain import facts
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
    for (fields,) in reader.execute(_AMENDED, (action, before, facts.CROSSING_AMENDED, ref["hash"])):
        said |= json.loads(fields)
    return Target(shift, said)


def counts_before(reader: Connection, action: str, *, shift: str, depth: int = DEEPEST) -> bool:
    """Whether the vehicle of the crossing with that action, which one of `shift` replaces, counts already in
    the figures of a shift before."""
    row = reader.execute(_CROSSED, (action, facts.VEHICLE_CROSSED, action)).fetchone() if depth else None
    if row is None:
        return False
    its_shift, replaces, desk, epoch, seq = row
    if replaces and counts_before(reader, replaces, shift=its_shift, depth=depth - 1):
        return True
    return its_shift != shift and not _undone_by(reader, action, its_shift, (desk, epoch, seq))


def _undone_by(reader: Connection, action: str, shift: str, place: tuple[str, str, int]) -> bool:
    row = reader.execute(_UNDONE, (action, facts.OUTCOME_UNDONE, shift, *place)).fetchone()
    return row is not None


_AMENDED = """
SELECT coalesce(entry.public -> '$.fields', '{}') FROM thread JOIN entry ON entry.id = thread.entry
 WHERE thread.action = ? AND thread.entry < ? AND entry.kind = ? AND entry.public ->> '$.ref.hash' = ?
 ORDER BY thread.entry"""

_CROSSED = """
SELECT entry.shift, coalesce(entry.public ->> '$.replaces', ''), entry.desk, entry.epoch, entry.seq
  FROM thread JOIN entry ON entry.id = thread.entry
 WHERE thread.action = ? AND entry.kind = ? AND entry.header ->> '$.action' = ? LIMIT 1"""

_UNDONE = """
SELECT 1 FROM thread JOIN entry ON entry.id = thread.entry
 WHERE thread.action = ? AND entry.kind = ? AND entry.shift = ? AND entry.public ->> '$.ref.desk' = ?
   AND entry.public ->> '$.ref.epoch' = ? AND entry.public ->> '$.ref.seq' = ? LIMIT 1"""
