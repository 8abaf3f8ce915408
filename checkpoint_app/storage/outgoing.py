"""What of which chain lies here to be sent, cut where a seal ends it.

Entries that are still arriving, or stand in a fork nobody decided, do not go out; what is not understood
here does, as it came.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkpoint_app.domain.bundles import Announced, Range
from checkpoint_app.domain.entry import read_header
from checkpoint_app.domain.facts import SEALED
from checkpoint_app.domain.intervals import Span, common, without
from checkpoint_app.storage import appending, blocks, queries
from checkpoint_app.storage.engine import Connection

SEAL = f"kind = '{SEALED}' AND desk = ? AND epoch = ?"


@dataclass(frozen=True, slots=True)
class ChainHere:
    """One chain of this file: `spans` are the numbers that are here and seen, `begun` ms UTC."""

    desk: str
    epoch: str
    begun: int
    spans: tuple[Span, ...]
    written_here: bool


def chains_here(reader: Connection) -> tuple[ChainHere, ...]:
    """Every chain of which something can be sent, in the order in which they began."""
    numbers = {
        (desk, epoch): (number, begun)
        for desk, epoch, number, begun in reader.execute(
            "SELECT desk, epoch, number, begun FROM chain_number"
        )
    }
    found = [
        _foreign(reader, desk, epoch, *numbers[desk, epoch])
        if (desk, epoch) in numbers
        else _own(reader, desk, epoch)
        for desk, epoch in {*queries.chains(reader), *numbers}
    ]
    return tuple(sorted((each for each in found if each.spans), key=lambda each: (each.begun, each.epoch)))


def sealed_spans(reader: Connection, chain: ChainHere, wanted: Sequence[Span]) -> tuple[Span, ...]:
    """The wanted numbers as far as they are here, each span carried on to the seal that ends it.

    Sending an entry twice harms nobody; one behind the last seal must wait for the next.
    """
    missing = common(chain.spans, wanted)
    found: list[Span] = []
    for first, last in missing:
        held = next(span for span in chain.spans if span[0] <= first <= span[1])
        end = _seal_from(reader, chain, last, upto=held[1]) or last_seal(
            reader, chain.desk, chain.epoch, upto=last
        )
        if end is not None and end >= first and (not found or end > found[-1][1]):
            found.append((first, end))
    return tuple(found)


def cut(reader: Connection, chain: ChainHere, span: Span, *, most: int) -> Iterator[Span]:
    """A span that ends with a seal, in pieces of at most `most` entries that do too; a piece without a seal
    in reach is as long as it must be."""
    first, last = span
    while first <= last:
        end = last
        if last - first + 1 > most:
            within = last_seal(reader, chain.desk, chain.epoch, upto=first + most - 1)
            end = (
                within if within and within >= first else _seal_from(reader, chain, first, upto=last) or last
            )
        yield first, end
        first = end + 1


def range_of(reader: Connection, chain: ChainHere, span: Span) -> Range:
    """The range of a bundle, with the hashes at both ends."""
    first, last = span
    rows = dict(
        reader.execute(
            "SELECT seq, iif(seq = ?3, header ->> '$.prev', '') || ' ' || lower(hex(hash)) FROM stored"
            " WHERE desk = ?1 AND epoch = ?2 AND seq IN (?3, ?4)",
            (chain.desk, chain.epoch, first, last),
        ).fetchall()
    )
    before, _ = str(rows[first]).split(" ")
    _, after = str(rows[last]).split(" ")
    return Range(chain.desk, chain.epoch, chain.begun, first, last, before, after)


def announced_of(reader: Connection, chain: ChainHere) -> Announced | None:
    """What the newest seal of a chain here signs; None before there is one."""
    end = last_seal(reader, chain.desk, chain.epoch, upto=chain.spans[-1][1])
    if end is None:
        return None
    public, at = reader.execute(
        "SELECT public, header ->> '$.written' FROM entry WHERE desk = ? AND epoch = ? AND seq = ?",
        (chain.desk, chain.epoch, end),
    ).fetchone()
    seal = json.loads(public)
    return Announced(
        chain.desk, chain.epoch, seal["seq"], seal["head"], at, key=seal["key"], signature=seal["signature"]
    )


def last_seal(reader: Connection, desk: str, epoch: str, *, upto: int) -> int | None:
    """The number of a chain's last seal at that number or before it."""
    (found,) = reader.execute(
        f"SELECT max(seq) FROM entry WHERE {SEAL} AND seq <= ?",  # noqa: S608 - a constant
        (desk, epoch, upto),
    ).fetchone()
    return None if found is None else int(found)


def written_at(reader: Connection, chain: ChainHere, seq: int) -> int | None:
    """When that entry was written, ms UTC; None when it is not here."""
    row = reader.execute(
        "SELECT header ->> '$.written' FROM stored WHERE desk = ? AND epoch = ? AND seq = ?",
        (chain.desk, chain.epoch, seq),
    ).fetchone()
    return int(row[0]) if row else None


def count_of_kind(reader: Connection, kind: str, desk: str, epoch: str, span: Span) -> int:
    """How many entries of that kind; quick for those of `receipts.EXCHANGE_INDEX`."""
    (found,) = reader.execute(
        f"SELECT count(*) FROM stored WHERE kind = '{kind}' AND desk = ? AND epoch = ?"  # noqa: S608 - a name
        " AND seq BETWEEN ? AND ?",
        (desk, epoch, *span),
    ).fetchone()
    return int(found)


def _seal_from(reader: Connection, chain: ChainHere, seq: int, *, upto: int) -> int | None:
    (found,) = reader.execute(
        f"SELECT min(seq) FROM entry WHERE {SEAL} AND seq BETWEEN ? AND ?",  # noqa: S608 - a constant
        (chain.desk, chain.epoch, seq, upto),
    ).fetchone()
    return None if found is None else int(found)


def _own(reader: Connection, desk: str, epoch: str) -> ChainHere:
    """What this desk writes itself has no holes."""
    low, high = reader.execute(
        "SELECT min(seq), max(seq) FROM stored WHERE desk = ? AND epoch = ?", (desk, epoch)
    ).fetchone()
    (first,) = queries.chain_entries(reader, desk, epoch, after=low - 1, limit=1)
    return ChainHere(desk, epoch, read_header(first.header).written, ((low, high),), written_here=True)


def _foreign(reader: Connection, desk: str, epoch: str, number: int, begun: int) -> ChainHere:
    start = blocks.start_of(number)
    held = reader.execute(
        "SELECT first, last FROM span WHERE desk = ? AND epoch = ?", (desk, epoch)
    ).fetchall()
    unseen = reader.execute(
        "SELECT low, high FROM withheld WHERE low <= ? AND high > ?", (start + blocks.BLOCK, start)
    ).fetchall()
    spans = without(held, ((low - start, high - start) for low, high in unseen))
    return ChainHere(desk, epoch, begun, spans, written_here=False)


@dataclass(frozen=True, slots=True)
class ShiftHere:
    """What a closed shift wrote: (epoch, numbers), as far as seals cover it. `sealed` is when, ms UTC."""

    spans: tuple[tuple[str, Span], ...]
    sealed: int


def shift_spans(reader: Connection, shift: str, *, desk: str) -> ShiftHere | None:
    """None while it is open or no seal is behind it."""
    ends = reader.execute(
        "SELECT opened, closed FROM duty WHERE shift = ? AND desk = ? AND closed IS NOT NULL", (shift, desk)
    ).fetchone()
    row = _seal_behind(reader, ends[1], desk=desk) if ends else None
    if row is None:
        return None
    low, (high, sealed) = ends[0] or ends[1], row
    return ShiftHere(tuple(_spans_between(reader, low, high)), sealed)


def open_spans(reader: Connection, shift: str, *, desk: str) -> tuple[tuple[str, Span], ...]:
    """What a shift that is not sealed has written so far."""
    ends = reader.execute(
        "SELECT opened, closed FROM duty WHERE shift = ? AND desk = ? AND opened IS NOT NULL", (shift, desk)
    ).fetchone()
    if ends is None:
        return ()
    return tuple(_spans_between(reader, ends[0], ends[1] or appending.last_id(reader), sealed=False))


def _seal_behind(reader: Connection, entry: int, *, desk: str) -> tuple[int, int] | None:
    """Local id and time (ms UTC) of the first seal behind an entry of this desk's own."""
    row = reader.execute(
        "SELECT seal.id, seal.header ->> '$.written' FROM entry AS found JOIN entry AS seal"
        " ON seal.kind = 'sealed' AND seal.desk = found.desk AND seal.epoch = found.epoch"
        " AND seal.seq > found.seq WHERE found.id = ? AND found.desk = ? ORDER BY seal.seq LIMIT 1",
        (entry, desk),
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else None


def _spans_between(
    reader: Connection, low: int, high: int, *, sealed: bool = True
) -> Iterator[tuple[str, Span]]:
    """What this desk wrote from one local id to another, epoch by epoch, each up to its last seal: what lies
    behind that in an epoch that ended no bundle can carry."""
    place = low
    while place <= high:
        epoch, first, desk = reader.execute(
            "SELECT epoch, seq, desk FROM entry WHERE id = ?", (place,)
        ).fetchone()
        (end,) = reader.execute(
            "SELECT max(seq) FROM entry WHERE desk = ? AND epoch = ?", (desk, epoch)
        ).fetchone()
        last = min(end, first + high - place)
        seal = last_seal(reader, desk, epoch, upto=last) if sealed else last
        if seal is not None and seal >= first:
            yield epoch, (first, seal)
        place += last - first + 1


_LINES = """
header || char(10) || public || char(10) || ifnull(personal, 'null') || char(10)
  || iif(salt IS NULL, 'null', '"' || lower(hex(salt)) || '"') || char(10)"""


def lines_between(reader: Connection, low: int, high: int) -> tuple[bytes, int, bytes]:
    """The bundle's lines (see `bundle_entries.lines_of`) of entries from one local id to another, how many
    they are, and the hash of the last; made by the database, which has them as text already."""
    rows = reader.execute(
        f"SELECT CAST({_LINES} AS BLOB), hash FROM stored WHERE id BETWEEN ? AND ? ORDER BY id",  # noqa: S608
        (low, high),
    ).fetchall()
    return b"".join(line for line, _hash in rows), len(rows), rows[-1][1]
