"""What commands wrote and told while older entries still waited for an officer: nobody is asked about it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from checkpoint_app.domain.canonical import Value

DRAFT = "told"
Name = tuple[str, int]
"""An entry by its epoch and number."""
Span = tuple[str, int, int]
"""Epoch, first and last number."""


def read(draft: Value | None) -> tuple[Span, ...]:
    """The spans of a draft, none for one that is not there."""
    rows = draft if isinstance(draft, list | tuple) else ()
    return tuple(
        (str(row[0]), int(str(row[1])), int(str(row[2]))) for row in rows if isinstance(row, list | tuple)
    )


def draft(spans: Iterable[Span]) -> Value:
    return [list(span) for span in spans]


def holds(spans: Iterable[Span], name: Name) -> bool:
    """Whether the entry lies in one of the spans."""
    return any(epoch == name[0] and first <= name[1] <= last for epoch, first, last in spans)


def along(spans: Sequence[Span], span: Span, *, waiting: Container[Name]) -> tuple[Span, ...]:
    """`spans` and one behind them, grown together where nothing between the two is waiting."""
    if not spans or spans[-1][0] != span[0]:
        return (*spans, span)
    epoch, first, last = spans[-1]
    if any((epoch, number) in waiting for number in range(last + 1, span[1])):
        return (*spans, span)
    return (*spans[:-1], (epoch, first, span[2]))
