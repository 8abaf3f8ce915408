"""Search by any fragment: what it can be is told by its shape, where it is by the marks, day by day."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from checkpoint_app.domain import facts
from checkpoint_app.storage import histories, marks, withheld
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import Below, SearchPage
from checkpoint_app.storage.sifting import ALL, Sieve

DAYS = 60
DAY_MS = 86_400_000
MOST = 50
SHORTEST_NUMBER = 3
"""Digits before documents and phones are looked at: with two, everybody of a province is found."""

LONGEST_PLATE, MOST_DIGITS = 12, 7
"""Places of a plate, and digits in a row on one (five on ours, six on an embassy's)."""

LONGEST_PHONE = 15
"""Digits a telephone number has at most (ITU-T E.164)."""


def kinds_of(fragment: str) -> tuple[str, ...]:
    """What a folded fragment may be part of: letters of `marks`; none when it is too short to look for."""
    length = len(fragment)
    if length < marks.SHORTEST:
        return ()
    digits = sum(c.isdigit() for c in fragment)
    numeric = fragment.isascii() and digits > 0
    may_be = {
        marks.PLATE: length <= (LONGEST_PLATE if digits < length else MOST_DIGITS),
        marks.NAME: not numeric,
        marks.DOCUMENT: numeric and length >= SHORTEST_NUMBER,
        marks.PHONE: numeric and SHORTEST_NUMBER <= length <= LONGEST_PHONE and digits == length,
    }
    return tuple(kind for kind, may in may_be.items() if may)


def search(
    reader: Connection,
    text: str,
    *,
    kinds: Sequence[str] | None = None,
    limit: int = MOST,
    before_day: int | None = None,
    below: Below | None = None,
    sieve: Sieve = ALL,
    most: int = 0,
) -> SearchPage:
    """Crossings whose plate has the fragment anywhere, a name anywhere, a document at its start, birth date,
    last six or last four, a phone at its start or last four.

    `kinds` (letters of `marks`) narrows it, so does `sieve`. Goes back DAYS days that have entries;
    `before_day` goes on from a page's `further`, `below` from its own. At most `most` entries with the
    fragment are looked at (0: no matter how many). Days of the future, from a clock that was wrong, come
    first.
    """
    fragment = marks.fold(text)
    chosen = kinds_of(fragment) if kinds is None else tuple(kinds) if len(fragment) >= marks.SHORTEST else ()
    if not chosen:
        return SearchPage(())
    ranges = [marks.mark_range(kind, fragment) for kind in chosen]
    if before_day is None and sieve.until is not None:
        before_day = sieve.until // DAY_MS + 2
    table = withheld.marks_in_sight(reader)
    days = _days(reader, table, below.day + 1 if below else before_day)
    found: dict[int, Sequence[Any]] = {}
    looked = 0
    for day in days[:DAYS]:
        if sieve.since is not None and (day + 2) * DAY_MS <= sieve.since:
            return _page(reader, found, looked=looked)
        top = below.entry if below and below.day == day else 2**63 - 1
        for entry in _newest_first(reader, table, day, ranges, slice_size=4 * limit, below=top):
            row = _crossing_of(reader, entry)
            if row is None:
                continue
            looked += 1
            if row[0] not in found and sieve.passes(row):
                if len(found) == limit:
                    return replace(
                        _page(reader, found, looked=looked), full=True, below=Below(day, entry + 1)
                    )
                found[row[0]] = row
            if looked == most:
                return replace(_page(reader, found, looked=looked), below=Below(day, entry))
    page = _page(reader, found, looked=looked)
    return replace(page, further=days[DAYS - 1] if len(days) > DAYS else None)


def _page(reader: Connection, found: Mapping[int, Sequence[Any]], *, looked: int) -> SearchPage:
    return SearchPage(histories.present_rows(reader, found.values()), looked=looked)


def _days(reader: Connection, table: str, before: int | None) -> Sequence[int]:
    """The last days with marks, newest first, one more than a search reads; steps from one to the next."""
    return [row[0] for row in reader.execute(_STEPS.format(mark=table), (before, DAYS + 1))]


_STEPS = """
WITH RECURSIVE step(day) AS (
  SELECT max(day) FROM {mark} WHERE day < coalesce(?1, 9223372036854775807)
  UNION ALL SELECT (SELECT max(day) FROM {mark} WHERE day < step.day) FROM step WHERE step.day IS NOT NULL
) SELECT day FROM step WHERE day IS NOT NULL LIMIT ?2"""


def _newest_first(
    reader: Connection,
    table: str,
    day: int,
    ranges: Sequence[tuple[str, str]],
    *,
    slice_size: int,
    below: int,
) -> Iterator[int]:
    """Entries of one day with a mark in any range, each once. A range in which one entry has many marks, or
    which holds more than a slice, is read again below the lowest entry seen."""
    before, statement = below, _SLICE.format(mark=table)
    while True:
        slices = [
            [row[0] for row in reader.execute(statement, (day, low, high, before, slice_size))]
            for low, high in ranges
        ]
        cut = [entries[-1] for entries in slices if len(entries) == slice_size]
        floor = max(cut, default=0)
        yield from sorted({entry for part in slices for entry in part if entry >= floor}, reverse=True)
        if not cut:
            return
        before = floor


_SLICE = """
SELECT entry FROM {mark} WHERE day = ? AND text >= ? AND text < ? AND entry < ? ORDER BY entry DESC LIMIT ?"""


def _crossing_of(reader: Connection, entry: int) -> Sequence[Any] | None:
    """COLUMNS of the crossing an entry belongs to: itself, the one it corrects, the one its flag ended in.

    None for an entry that nobody is to see.
    """
    row: Sequence[Any] | None = reader.execute(_ENTRY, (entry,)).fetchone()
    if row is None:
        return None
    kind, public = json.loads(row[1])["kind"], row[2]
    if kind == facts.VEHICLE_CROSSED:
        return row
    told = json.loads(public)
    action = told["ref"]["action"] if kind == facts.CROSSING_AMENDED else told.get("crossing", "")
    desk = json.loads(row[1])["desk"]
    ended: Sequence[Any] | None = reader.execute(_ENDED, (action, facts.VEHICLE_CROSSED, desk)).fetchone()
    return ended or row


_ENTRY = f"SELECT {histories.COLUMNS} FROM {histories.SOURCE} WHERE entry.id = ?"  # noqa: S608 - constants

_ENDED = f"""
SELECT {histories.COLUMNS} FROM thread CROSS JOIN {histories.SOURCE}
 WHERE entry.id = thread.entry AND thread.desk = ?3 AND thread.action = ?1 AND entry.kind = ?2
   AND entry.header ->> '$.action' = ?1 ORDER BY entry.epoch, entry.seq LIMIT 1"""  # noqa: S608 - constants
