"""Lists without a fragment: all crossings, newest first, that pass a sieve; step by step, each one short."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from checkpoint_app.domain import facts
from checkpoint_app.storage import blocks, histories, ordering
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import CrossingRow

STEP = 5_000
"""Entries looked at in one step: about 50 ms of an encrypted file, far from a reader's 5 s."""

AMENDED, UNDONE = "amended", "undone"


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a crossing must be, as it now reads; blank or 0: anything.

    `since` (included) and `until` (excluded) are ms UTC; `why` is a reason's code or `words.OWN_WORDS`;
    `officer` a number; `state` AMENDED or UNDONE; `desks` None for every desk in this file.
    """

    since: int | None = None
    until: int | None = None
    lane: int = 0
    outcome: str = ""
    evidence: str = ""
    why: str = ""
    officer: str = ""
    direction: str = ""
    state: str = ""
    shift: str = ""
    desks: tuple[str, ...] | None = None

    def passes(self, row: Sequence[Any]) -> bool:
        """Whether a row of `histories.COLUMNS` fits; a flag that never ended has no outcome."""
        head, body = json.loads(row[1]), json.loads(row[2])
        happened = head["happened"]
        in_time = (self.since is None or happened >= self.since) and (
            self.until is None or happened < self.until
        )
        said = all(not wanted or body.get(name) == wanted for name, wanted in self._public)
        told = self.officer in ("", head["officer"]) and self.shift in ("", head["shift"])
        told = told and (self.desks is None or head["desk"] in self.desks)
        told = told and (not self.shift or ordering.is_own(row[0]) or _of_desk(self.shift, head["desk"]))
        return in_time and said and told and self._fits_state(revised=row[5], undone=row[6])

    def conditions(self) -> tuple[str, tuple[object, ...]]:
        """The same as SQL over `histories.SOURCE`, without the times: text beginning with AND, and values."""
        texts, values = [""], []
        for name, wanted in self._public:
            if wanted:
                texts.append(f"coalesce(revision.public, entry.public) ->> '$.{name}' = ?")
                values.append(wanted)
        if self.officer:
            texts.append("entry.header ->> '$.officer' = ?")
            values.append(self.officer)
        if self.shift:
            texts.append(f"entry.shift = ? AND {ordering.OWN_SHIFT}")
            values.append(self.shift)
        if self.desks is not None:
            among, desks = ordering.desks_are("+entry.desk", self.desks)
            texts.append(among)
            values += desks
        if self.state:
            texts.append(f"revision.undone = {int(self.state == UNDONE)}")
        return " AND ".join(texts), tuple(values)

    @property
    def _public(self) -> tuple[tuple[str, object], ...]:
        return (
            ("lane", self.lane),
            ("outcome", self.outcome),
            ("evidence", self.evidence),
            ("why", self.why),
            ("direction", self.direction),
        )

    def _fits_state(self, *, revised: int, undone: int) -> bool:
        return not self.state or bool(undone if self.state == UNDONE else revised and not undone)


def _of_desk(shift: str, desk: str) -> bool:
    return shift.startswith(f"{desk}.")


ALL = Sieve()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stopped: it goes on with what happened before, or at once but was written before."""

    happened: int
    id: int


@dataclass(frozen=True, slots=True)
class Sifted:
    """One step: `on` is where the next one begins, None when nothing is older."""

    rows: tuple[CrossingRow, ...]
    on: Place | None
    looked: int


def sift(
    reader: Connection, sieve: Sieve, *, before: Place | None = None, limit: int = 50, step: int = STEP
) -> Sifted:
    """The crossings among the next `step` entries that pass, `limit` at most; corrected ones are few and are
    all looked at."""
    top = before or Place(2**53 if sieve.until is None else sieve.until, 0)
    bottom = sieve.since if sieve.since is not None else -(2**53)
    if sieve.state:
        rows = _rows(reader, sieve, top=top, floor=Place(bottom, 0), limit=limit, source=_CORRECTED)
        last = Place(rows[-1][7], rows[-1][0]) if len(rows) == limit else None
        return Sifted(histories.present_rows(reader, [row[:7] for row in rows]), last, len(rows))
    end = reader.execute(_END, (top.happened, top.id, bottom, step - 1)).fetchone()
    floor = Place(*end) if end else Place(bottom, 0)
    rows = _rows(reader, sieve, top=top, floor=floor, limit=limit)
    found = histories.present_rows(reader, [row[:7] for row in rows])
    if len(rows) == limit:
        last = Place(rows[-1][7], rows[-1][0])
        return Sifted(found, last, _count(reader, top, last))
    return Sifted(found, floor if end else None, step if end else _count(reader, top, floor))


_CORRECTED = "revision CROSS JOIN entry ON entry.id = revision.entry"


def _rows(
    reader: Connection,
    sieve: Sieve,
    *,
    top: Place,
    floor: Place,
    limit: int,
    source: str = histories.SOURCE,
) -> Sequence[Sequence[Any]]:
    """COLUMNS and the time of what passes below `top` and from `floor` on."""
    texts, values = sieve.conditions()
    return reader.execute(
        f"SELECT {histories.COLUMNS}, entry.happened FROM {source}"  # noqa: S608 - constants
        " WHERE (entry.happened, entry.id) < (?, ?) AND (entry.happened, entry.id) >= (?, ?)"
        f" AND entry.kind = ?{texts} ORDER BY entry.happened DESC, entry.id DESC LIMIT ?",
        (top.happened, top.id, floor.happened, floor.id, facts.VEHICLE_CROSSED, *values, limit),
    ).fetchall()


_END = """
SELECT happened, id FROM entry WHERE (happened, id) < (?, ?) AND happened >= ?
 ORDER BY happened DESC, id DESC LIMIT 1 OFFSET ?"""


def _count(reader: Connection, top: Place, floor: Place) -> int:
    row = reader.execute(
        "SELECT count(*) FROM entry WHERE (happened, id) < (?, ?) AND (happened, id) >= (?, ?)",
        (top.happened, top.id, floor.happened, floor.id),
    ).fetchone()
    return int(row[0])


def size(reader: Connection) -> int:
    """How many entries the file has, or a little more: of other chains gaps are counted too."""
    (own,) = reader.execute(f"SELECT coalesce(max(id), 0) FROM entry WHERE {blocks.own('id')}").fetchone()  # noqa: S608
    (others,) = reader.execute(_OTHERS).fetchone()
    return int(own + others)


_OTHERS = f"""
SELECT coalesce(sum((SELECT max(id) FROM entry WHERE id < (number + 1) * {blocks.BLOCK}
                                                 AND id > number * {blocks.BLOCK})
                  - (SELECT min(id) FROM entry WHERE id > number * {blocks.BLOCK}
                                                 AND id < (number + 1) * {blocks.BLOCK}) + 1), 0)
  FROM chain_number"""  # noqa: S608 - a constant
