"""One bundle, from the entries of its ranges to the bytes of its file, in memory: nothing is on disk yet."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

from checkpoint_app.domain.bundles import BundleStopped
from checkpoint_app.services.choosing import Piece
from checkpoint_app.storage import outgoing, queries
from checkpoint_app.storage.bundle import Label, Lines, write_lines
from checkpoint_app.storage.desk import read_desk_key
from checkpoint_app.storage.ledger import Ledger

PAGE = 1_000
"""Entries read at a time, so that no snapshot is held for long."""

Progress = Callable[[int, int], bool]
"""Gets parts done of how many; False ends the work."""


class Step(StrEnum):
    """What is being done; DONE: the stick may be pulled out."""

    PACKING = "packing"
    WRITING = "writing"
    READING_BACK = "reading_back"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one file will hold; the label's ranges are those of the pieces."""

    label: Label
    pieces: tuple[Piece, ...]

    @property
    def count(self) -> int:
        return sum(each.count for each in self.pieces)


@dataclass(frozen=True, slots=True)
class Packed:
    """The file's bytes and their SHA-256 (hex)."""

    data: bytes
    digest: str


@dataclass(slots=True)
class Course:
    """How far everything is: each of `entries` counts once for packing, for writing and for reading back."""

    entries: int
    progress: Progress
    step: Callable[[Step], None]
    before: int = 0

    def part(self, steps: Sequence[Step], entries: int) -> Progress:
        """The progress of some steps in a row, equally long, told as progress of the whole."""
        start, weight = self.before, len(steps) * entries
        self.before += weight
        told: list[Step] = []

        def go_on(done: int, of: int) -> bool:
            step = steps[len(steps) * max(done - 1, 0) // max(of, 1)]
            if step not in told:
                told.append(step)
                self.step(step)
            whole = 3 * max(self.entries, 1)
            return self.progress(min(start + weight * done // max(of, 1), whole), whole)

        return go_on


def pack(ledger: Ledger, bundle: Bundle, *, to: Sequence[str], progress: Progress) -> Packed | None:
    """Signed by this desk and encrypted for the age recipients `to`; None when `progress` ended it."""
    with ledger.reader() as reader:
        key = read_desk_key(reader)
    assert key is not None  # an open ledger has one
    file = io.BytesIO()
    progress(0, 1)
    try:
        with closing(_ahead(_lines(ledger, bundle.pieces))) as lines:
            written = write_lines(file, lines, label=bundle.label, key=key, recipients=to, progress=progress)
    except BundleStopped:
        return None
    return Packed(file.getvalue(), written.file_digest)


def _lines(ledger: Ledger, pieces: Sequence[Piece]) -> Iterator[Lines]:
    """Numbers of a chain that follow each other have local ids that do."""
    for piece in pieces:
        place, (first, last) = piece.chain, piece.span
        with ledger.reader() as reader:
            start = queries.id_of(reader, place.desk, place.epoch, first)
        assert start is not None  # nothing is ever deleted
        end = start + last - first
        for low in range(start, end + 1, PAGE):
            with ledger.reader() as reader:
                part = Lines(*outgoing.lines_between(reader, low, min(low + PAGE - 1, end)))
            yield part


def _ahead(parts: Iterator[Lines]) -> Generator[Lines, None, None]:
    """The next part is read while this one is packed: reading and packing take about as long."""
    with ThreadPoolExecutor(1, thread_name_prefix="export") as pool:
        coming = pool.submit(next, parts, None)
        while (part := coming.result()) is not None:
            coming = pool.submit(next, parts, None)
            yield part
