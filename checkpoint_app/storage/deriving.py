"""What is derived from the entries of other chains than the own: worked out beside a lane, put in at once.

Triggers look after what this desk writes itself. What comes in bundles is in `entry` before anybody sees it;
`prepare` works out, on a connection that sees all of `main`, what every derived table gains or loses when
ranges of local ids come into sight or go out of it, and `apply` puts that in. What comes out is a function of
the entries in sight alone, whatever came when: a correction that was here before what it corrects acts once
that comes. `fill` does the same for a whole file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checkpoint_app.domain import intervals
from checkpoint_app.storage import blocks, deriving_affairs, deriving_crossings, seen, shaping
from checkpoint_app.storage.deriving_affairs import AffairRows
from checkpoint_app.storage.deriving_crossings import CrossingRows
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.seen import Change, Range, Ranges

PART = 20_000
"""Entries worked out at a time when all is made again."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `apply` puts in; `own`: chains of this file's own desk are among it, which go on meanwhile."""

    come: Sequence[Range]
    gone: Sequence[Range]
    own: bool
    crossings: CrossingRows
    affairs: AffairRows


def prepare(connection: Connection, ranges: Iterable[Range], *, gone: Iterable[Range] = ()) -> Prepared:
    """What changes when the withheld `ranges` come into sight and `gone`, seen until now, goes out of it.

    `connection` sees all of `main`; about 1.5 s for 100,000 entries.
    """
    come, left, odd = list(ranges), list(gone), shaping.not_seen(connection)
    change = Change(
        Ranges.of(intervals.merged((*seen.read_withheld(connection), *odd))),
        Ranges.of(intervals.without(come, odd)),
        Ranges.of(intervals.without(left, odd)),
    )
    return Prepared(
        come,
        left,
        _of_own_desk(connection, (*come, *left)),
        deriving_crossings.work_out(connection, change),
        deriving_affairs.work_out(connection, change),
    )


def apply(connection: Connection, prepared: Prepared) -> None:
    """Puts in what was worked out, inside the caller's transaction, which also takes `ranges` out of
    `withheld` and puts `gone` into it.

    Chains of the own desk are worked out once more: a lane may have written of the same meanwhile.
    """
    if prepared.own:
        prepared = prepare(connection, prepared.come, gone=prepared.gone)
    deriving_crossings.put_in(connection, prepared.crossings)
    deriving_affairs.put_in(connection, prepared.affairs)


def retract(connection: Connection, ranges: Iterable[Range]) -> None:
    """Takes out what is derived of entries that are still in sight and will be withheld by the caller."""
    apply(connection, prepare(connection, (), gone=ranges))


def fill_crossings(connection: Connection) -> None:
    """Puts what all bundles brought into the empty tables of `views` and `hourly`."""
    for change in _part_by_part(connection):
        deriving_crossings.put_in(connection, deriving_crossings.work_out(connection, change))


def fill_affairs(connection: Connection) -> None:
    """The same for the tables of `affairs`."""
    for change in _part_by_part(connection):
        deriving_affairs.put_in(connection, deriving_affairs.work_out(connection, change))


def _part_by_part(connection: Connection) -> Iterable[Change]:
    """As if all that is in sight came one part after the other."""
    withheld, odd = seen.read_withheld(connection), shaping.not_seen(connection)
    shown = _without(_all_blocks(connection), Ranges.of(withheld))
    for number, (low, high) in enumerate(shown):
        for start in range(low, high + 1, PART):
            end = min(start + PART - 1, high)
            later = [(end + 1, high)] if end < high else []
            hidden = intervals.merged([*withheld, *odd, (start, end), *later, *shown[number + 1 :]])
            come = intervals.without([(start, end)], odd)
            yield Change(Ranges.of(hidden), Ranges.of(come), Ranges(()))


def _all_blocks(connection: Connection) -> list[Range]:
    """From the first to the last entry of every block."""
    found: list[Range] = []
    for (number,) in connection.execute("SELECT number FROM chain_number ORDER BY number").fetchall():
        start = blocks.start_of(number)
        row = connection.execute(
            "SELECT min(id), max(id) FROM main.entry WHERE id >= ? AND id < ?", (start, start + blocks.BLOCK)
        ).fetchone()
        found += [(row[0], row[1])] if row[0] is not None else []
    return found


def _without(spans: Sequence[Range], hidden: Ranges) -> list[Range]:
    found: list[Range] = []
    for low, high in spans:
        at = low
        for first, last in hidden.spans:
            if last < at or first > high:
                continue
            if first > at:
                found.append((at, first - 1))
            at = last + 1
        if at <= high:
            found.append((at, high))
    return found


def _of_own_desk(connection: Connection, ranges: Iterable[Range]) -> bool:
    own = {row[0] for row in connection.execute(_OWN_DESKS)}
    numbers = {low // blocks.BLOCK for low, _ in ranges}
    rows = connection.execute("SELECT number, desk FROM chain_number").fetchall()
    return any(number in numbers and desk in own for number, desk in rows)


_OWN_DESKS = "SELECT body ->> '$.desk' FROM setting WHERE name = 'chain'"
