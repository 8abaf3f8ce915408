"""In which order entries of one desk count that lie in several of its chains.

Within a chain by their numbers. Of several chains (a desk that was restored or cloned) the one comes first
whose first entry among those that are compared was written first: so the order is the same whatever came in
when, and nothing but these entries decides it. What this file's own desk writes comes behind everything of
its desk that came in bundles, because it is added while those are here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from checkpoint_app.storage import blocks
from checkpoint_app.storage.engine import Connection


class Placed(Protocol):
    """An entry and its place: `written` in ms UTC, `id` local to this file."""

    @property
    def id(self) -> int: ...
    @property
    def epoch(self) -> str: ...
    @property
    def seq(self) -> int: ...
    @property
    def written(self) -> int: ...


T = TypeVar("T", bound=Placed)


class Place(NamedTuple):
    id: int
    epoch: str
    seq: int
    written: int


def is_own(entry: int) -> bool:
    """Whether this file's own desk wrote it here; `entry` is a local id."""
    return entry < blocks.BLOCK


def in_order(entries: Iterable[T]) -> list[T]:
    """Entries of one desk in the order they count."""
    found = list(entries)
    first: dict[str, T] = {}
    for each in found:
        if each.epoch not in first or each.seq < first[each.epoch].seq:
            first[each.epoch] = each

    def key(each: T) -> tuple[bool, int, str, int]:
        if is_own(each.id):
            return True, 0, "", each.id
        return False, first[each.epoch].written, each.epoch, each.seq

    return sorted(found, key=key)


def block_of(entry: int) -> int:
    """The number of the block a local id is of, 0 for the own desk's."""
    return entry // blocks.BLOCK


PLACE = "SELECT id, epoch, seq, header ->> '$.written' FROM main.entry WHERE id = ?"
"""SQL: the columns of `Place`, also of an entry nobody sees yet."""


def strands(reader: Connection, shift: str) -> tuple[tuple[int, int], ...]:
    """Where entries of a shift lie: lowest and highest local id of each block, in the order they count."""
    found: list[Place] = []
    at = 0
    while (row := reader.execute(_FIRST, (shift, at)).fetchone()) is not None:
        found.append(Place(*row))
        at = (block_of(row[0]) + 1) * blocks.BLOCK
    starts = (block_of(each.id) * blocks.BLOCK for each in in_order(found))
    return tuple((start, start + blocks.BLOCK - 1) for start in starts)


def newest_epoch(reader: Connection, desk: str) -> str:
    """The epoch a desk writes now, as far as this file knows; "" for a desk it knows nothing of."""
    row = reader.execute(_NEWEST_OWN, (desk,)).fetchone()
    if row is not None:
        return str(row[0])
    found = [reader.execute(_NEWEST, (desk, *epoch)).fetchone() for epoch in reader.execute(_EPOCHS, (desk,))]
    return max(((written, epoch) for written, epoch in filter(None, found)), default=(0, ""))[1]


_NEWEST_OWN = f"SELECT epoch FROM entry WHERE id < {blocks.BLOCK} AND +desk = ? ORDER BY id DESC LIMIT 1"  # noqa: S608
_EPOCHS = "SELECT epoch FROM chain_number WHERE desk = ?"
_NEWEST = """
SELECT header ->> '$.written', epoch FROM entry WHERE desk = ? AND epoch = ? ORDER BY seq DESC LIMIT 1"""

OWN_SHIFT = f"(entry.id < {blocks.BLOCK} OR instr(entry.shift, entry.desk || '.') = 1)"
"""SQL: the shift an entry names is one of its own desk; of what this desk writes that need not be asked."""

OF_OWN_DESK = "(SELECT body ->> '$.desk' FROM setting WHERE name = 'chain')"
"""SQL: the desk that this file writes."""


def desks_are(column: str, desks: Sequence[str] | None) -> tuple[str, tuple[str, ...]]:
    """Condition that a column names one of the desks, and its values; true for every desk with None."""
    if desks is None:
        return "true", ()
    return f"{column} IN ({', '.join('?' * len(desks))})", tuple(desks)


_FIRST = f"""
SELECT id, epoch, seq, header ->> '$.written' FROM entry
 WHERE shift = ? AND id >= ? AND {OWN_SHIFT} ORDER BY id LIMIT 1"""  # noqa: S608 - a constant
