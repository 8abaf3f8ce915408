"""Search by any fragment: what it can be is told by its shape, where it is by the marks, day by day."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from checkpoint_app.domain import facts
from checkpoint_app.storage import histories, marks
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import CrossingRow, SearchPage

DAYS = 60
MOST = 50
SHORTEST_NUMBER = 3
"""Digits before documents and phones are looked at: with two, everybody of a province is found."""


def kinds_of(fragment: str) -> tuple[str, ...]:
    """What a folded fragment may be part of: letters of `marks`; none when it is too short to look for."""
    if len(fragment) < marks.SHORTEST:
        return ()
    if not fragment.isascii():
        return (marks.PLATE, marks.NAME)
    digits = sum(c.isdigit() for c in fragment)
    if digits == 0:
        return (marks.PLATE, marks.NAME)
    kinds = (marks.PLATE, marks.DOCUMENT) if len(fragment) >= SHORTEST_NUMBER else (marks.PLATE,)
    whole = digits == len(fragment) >= SHORTEST_NUMBER
    return (*kinds, marks.PHONE) if whole else kinds


def search(
    reader: Connection,
    text: str,
    *,
    kinds: Sequence[str] | None = None,
    limit: int = MOST,
    before_day: int | None = None,
) -> SearchPage:
    """Crossings whose plate has the fragment anywhere, a name anywhere, a document at its start, birth date,
    last six or last four, a phone at its start or last four.

    `kinds` (letters of `marks`) narrows it. Goes back DAYS days that have entries; `before_day` goes on from
    a page's `further`. Days of the future, from a clock that was wrong, come first.
    """
    fragment = marks.fold(text)
    chosen = kinds_of(fragment) if kinds is None else tuple(kinds) if len(fragment) >= marks.SHORTEST else ()
    if not chosen:
        return SearchPage(())
    ranges = [marks.mark_range(kind, fragment) for kind in chosen]
    found: dict[int, None] = {}
    day = _day_before(reader, before_day)
    for _ in range(DAYS):
        if day is None:
            break
        for entry in _newest_first(reader, day, ranges, slice_size=4 * limit):
            found.setdefault(_crossing_of(reader, entry))
            if len(found) > limit:
                return SearchPage(_rows(reader, list(found)[:limit]), further=None, full=True)
        day = _day_before(reader, day)
    return SearchPage(_rows(reader, list(found)), further=None if day is None else day + 1)


def _day_before(reader: Connection, day: int | None) -> int | None:
    """The last day with marks, before `day` when given."""
    if day is None:
        row = reader.execute("SELECT max(day) FROM mark").fetchone()
    else:
        row = reader.execute("SELECT max(day) FROM mark WHERE day < ?", (day,)).fetchone()
    return None if row[0] is None else int(row[0])


def _newest_first(
    reader: Connection, day: int, ranges: Sequence[tuple[str, str]], *, slice_size: int
) -> Iterator[int]:
    """Entries of one day with a mark in any range, each once. A range in which one entry has many marks, or
    which holds more than a slice, is read again below the lowest entry seen."""
    before = 2**63 - 1
    while True:
        slices = [
            [row[0] for row in reader.execute(_SLICE, (day, low, high, before, slice_size))]
            for low, high in ranges
        ]
        cut = [entries[-1] for entries in slices if len(entries) == slice_size]
        floor = max(cut, default=0)
        yield from sorted({entry for part in slices for entry in part if entry >= floor}, reverse=True)
        if not cut:
            return
        before = floor


_SLICE = """
SELECT entry FROM mark WHERE day = ? AND text >= ? AND text < ? AND entry < ? ORDER BY entry DESC LIMIT ?"""


def _crossing_of(reader: Connection, entry: int) -> int:
    """The crossing an entry belongs to: itself, the one it corrects, or the one its flag ended in."""
    kind, public = reader.execute("SELECT kind, public FROM entry WHERE id = ?", (entry,)).fetchone()
    if kind == facts.CROSSING_AMENDED:
        action = json.loads(public)["ref"]["action"]
    elif kind == facts.VEHICLE_CROSSED:
        return entry
    else:
        action = json.loads(public).get("crossing", "")
    row = reader.execute(_ENDED, (action, facts.VEHICLE_CROSSED)).fetchone()
    return int(row[0]) if row else entry


_ENDED = """
SELECT entry.id FROM thread JOIN entry ON entry.id = thread.entry
 WHERE thread.action = ?1 AND entry.kind = ?2 AND entry.header ->> '$.action' = ?1"""


def _rows(reader: Connection, ids: Sequence[int]) -> tuple[CrossingRow, ...]:
    rows = [
        reader.execute(
            f"SELECT {histories.COLUMNS} FROM {histories.SOURCE} WHERE entry.id = ?",  # noqa: S608 - constants
            (entry,),
        ).fetchone()
        for entry in ids
    ]
    return histories.present_rows(reader, rows)
