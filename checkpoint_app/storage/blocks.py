"""Local ids of entries: the own desk's count up from 1, every other chain has a block of its own.

In a block the id is the block's start plus the entry's number, so that a chain's ids follow its own order in
whatever order its bundles arrive, and a range of a chain is a range of ids.
"""

from __future__ import annotations

BLOCK = 1 << 27
"""Ids in a block: 134 million entries of one chain, ten years of the busiest lane."""
MOST_CHAINS = 1 << 20


def own(row: str) -> str:
    """SQL: the id belongs to what this desk writes itself."""
    return f"{row} < {BLOCK}"


def start_of(number: int) -> int:
    """The id before the first of a block; blocks count from 1."""
    return number * BLOCK
