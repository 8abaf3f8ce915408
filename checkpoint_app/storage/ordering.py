"""In which order entries of one desk count that lie in several of its chains.

Within a chain by their numbers. Of several chains (a desk that was restored or cloned) the one comes first
whose first entry among those that are compared was written first: so the order is the same whatever came in
when, and nothing but these entries decides it. What this file's own desk writes comes behind everything of
its desk that came in bundles, because it is added while those are here.
"""

from __future__ import annotations

from collections.abc import Iterable
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


OWN_SHIFT = f"(entry.id < {blocks.BLOCK} OR instr(entry.shift, entry.desk || '.') = 1)"
"""SQL: the shift an entry names is one of its own desk; of what this desk writes that need not be asked."""

_FIRST = f"""
SELECT id, epoch, seq, header ->> '$.written' FROM entry
 WHERE shift = ? AND id >= ? AND {OWN_SHIFT} ORDER BY id LIMIT 1"""  # noqa: S608 - a constant
