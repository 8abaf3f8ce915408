"""Which entries count when something comes into sight or goes out of it: ranges of local ids."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checkpoint_app.storage.engine import Connection

Range = tuple[int, int]
"""Lowest and highest local id."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ranges that do not overlap, in order."""

    spans: tuple[Range, ...]

    @classmethod
    def of(cls, spans: Iterable[Range]) -> Ranges:
        return cls(tuple(sorted(spans)))

    def __contains__(self, entry: int) -> bool:
        place = bisect_right(self.spans, (entry, 2**63))
        return place > 0 and self.spans[place - 1][1] >= entry

    def __bool__(self) -> bool:
        return bool(self.spans)

    def parts(self, length: int) -> Iterator[Range]:
        """The same, no piece longer than `length` ids."""
        for low, high in self.spans:
            for start in range(low, high + 1, length):
                yield start, min(start + length - 1, high)


@dataclass(frozen=True, slots=True)
class Change:
    """`hidden` is what nobody saw before; `come` of that is seen after, `gone` is not any more."""

    hidden: Ranges
    come: Ranges
    gone: Ranges

    def before(self, entry: int) -> bool:
        return entry not in self.hidden

    def after(self, entry: int) -> bool:
        return entry in self.come or (entry not in self.hidden and entry not in self.gone)


def read_withheld(connection: Connection) -> Sequence[Range]:
    """What nobody sees now."""
    return [(low, high) for low, high in connection.execute("SELECT low, high FROM main.withheld")]
