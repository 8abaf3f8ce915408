"""Sets of numbers as spans `(first, last)`, both included: what is held, missing, confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same numbers in order, no two spans overlapping or touching; empty spans are left out."""
    found: list[Span] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return tuple(found)


def without(spans: Iterable[Span], taken: Iterable[Span]) -> tuple[Span, ...]:
    """The numbers of `spans` that are not in `taken`."""
    gone = merged(taken)
    return tuple(part for span in merged(spans) for part in _rest(span, gone))


def common(spans: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """The numbers in both."""
    held = merged(spans)
    return without(held, without(held, others))


def covers(spans: Iterable[Span], wanted: Iterable[Span]) -> bool:
    """Whether every number of `wanted` is in `spans`."""
    return not without(wanted, spans)


def size(spans: Iterable[Span]) -> int:
    """How many numbers."""
    return sum(last - first + 1 for first, last in merged(spans))


def _rest(span: Span, gone: tuple[Span, ...]) -> Iterator[Span]:
    start, end = span
    for first, last in gone:
        if last < start or first > end:
            continue
        if first > start:
            yield start, first - 1
        start = last + 1
    if start <= end:
        yield start, end
