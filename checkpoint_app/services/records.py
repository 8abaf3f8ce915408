"""Looking through what was recorded: by a fragment, by filters, by both; in parts that end when told to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from checkpoint_app.domain import disclosures
from checkpoint_app.services import whose
from checkpoint_app.services.whose import Whose
from checkpoint_app.storage import finding, histories, marks, queries, sifting
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import Below, CrossingRow, HistoryRow
from checkpoint_app.storage.sifting import Place, Sieve

MOST = 200
MOST_LOOKED, MOST_FOUND = 50_000, 10_000
"""Entries looked at in one call, without and with a fragment: about a second each."""
STEP_FOUND = 2_000
"""Entries with a fragment that are looked at in one step, each read by itself: about 0.2 s."""

PEOPLE = {
    marks.NAME: disclosures.NAME,
    marks.DOCUMENT: disclosures.DOCUMENT,
    marks.PHONE: disclosures.PHONE,
}

Read = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`people`: the fragment may also be part of a name, a document, a phone. That is a look-up of people:
    `Viewing.looked_up` comes first."""

    fragment: str = ""
    people: bool = False
    sieve: Sieve = sifting.ALL


@dataclass(frozen=True, slots=True)
class Page:
    """Newest first. `on` is where to search further back, None when nothing older can fit."""

    rows: tuple[CrossingRow, ...]
    on: Place | Below | int | None
    looked: int
    entries: int
    stopped: bool = False


def kinds_sought(fragment: str) -> tuple[str, ...]:
    """What of people a fragment may be part of, as `disclosures.KINDS`; none when only a plate."""
    return tuple(PEOPLE[kind] for kind in finding.kinds_of(marks.fold(fragment)) if kind in PEOPLE)


def look(
    read: Read,
    wanted: Wanted,
    *,
    on: Place | Below | int | None = None,
    most: int = MOST,
    most_looked: int = 0,
    stop: Callable[[], bool] = lambda: False,
) -> Page:
    """At most `most` crossings, from the newest or from where a page left off; `stop` is asked at each step.
    `most_looked` is 0 for what takes about a second.

    Each step has its own short snapshot. An answer with fewer rows and `on` looked at enough for now.
    """
    most_looked = most_looked or (MOST_FOUND if wanted.fragment else MOST_LOOKED)
    rows: list[CrossingRow] = []
    looked = entries = 0
    while True:
        with read() as reader:
            entries = entries or sifting.size(reader)
            step = _step(reader, wanted, on=on, most=most - len(rows))
        known = {row.id for row in rows}
        rows += [row for row in step.rows if row.id not in known]
        on, looked = step.on, looked + step.looked
        stopped = stop()
        if on is None or len(rows) >= most or looked >= most_looked or stopped:
            return Page(tuple(rows), on, looked, entries, stopped=stopped)


def together(before: Page, after: Page) -> Page:
    """A page and the one further back."""
    known = {row.id for row in before.rows}
    rows = (*before.rows, *(row for row in after.rows if row.id not in known))
    return replace(after, rows=rows, looked=before.looked + after.looked)


def read_one(read: Read, ident: int) -> HistoryRow | None:
    """One crossing with its whole history."""
    with read() as reader:
        return histories.history(reader, ident)


def desks(read: Read, *, station: str) -> tuple[Whose, ...]:
    """Every desk with entries here; `station` is what the own one is called."""
    with read() as reader:
        return whose.everybody(reader, station=station)


def officers(read: Read) -> dict[str, str]:
    """Numbers to names of those who serve or did, as far as not forgotten."""
    with read() as reader:
        return queries.officer_names(reader)


@dataclass(frozen=True, slots=True)
class _Step:
    rows: tuple[CrossingRow, ...]
    on: Place | Below | int | None
    looked: int


def _step(reader: Connection, wanted: Wanted, *, on: Place | Below | int | None, most: int) -> _Step:
    if not wanted.fragment:
        place = on if isinstance(on, Place) else None
        sifted = sifting.sift(reader, wanted.sieve, before=place, limit=most)
        return _Step(sifted.rows, sifted.on, sifted.looked)
    page = finding.search(
        reader,
        wanted.fragment,
        kinds=_letters(wanted),
        limit=most,
        before_day=on if isinstance(on, int) else None,
        below=on if isinstance(on, Below) else None,
        sieve=wanted.sieve,
        most=STEP_FOUND,
    )
    return _Step(page.rows, page.below or page.further, page.looked)


def _letters(wanted: Wanted) -> tuple[str, ...]:
    kinds = finding.kinds_of(marks.fold(wanted.fragment))
    return kinds if wanted.people else tuple(kind for kind in kinds if kind == marks.PLATE)
