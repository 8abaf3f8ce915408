"""Which numbers of a chain are here, and which are missing by what was ever announced.

The chains this desk wrote itself are whole from 1; the others have rows in `span`. Two spans that touch are
one, unless the entry where they touch does not name the one before it: there a fork begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checkpoint_app.domain import intervals
from checkpoint_app.domain.intervals import Span
from checkpoint_app.storage import blocks
from checkpoint_app.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class Gap:
    """Missing entries of a chain, both ends included; `tail`: nothing behind them is here, they were only
    announced.
    """

    desk: str
    epoch: str
    first: int
    last: int
    tail: bool = False

    @property
    def count(self) -> int:
        return self.last - self.first + 1


Chain = tuple[str, str]
"""Desk and epoch."""


def held(reader: Connection, desk: str, epoch: str) -> tuple[Span, ...]:
    """Numbers of the chain that are here, in order; also those withheld for a fork."""
    return intervals.merged((*rows(reader, desk, epoch), *written_here(reader, desk, epoch)))


def gaps(reader: Connection) -> tuple[Gap, ...]:
    """Every missing entry that we know of, by desk and epoch."""
    heads = announced(reader)
    known = reader.execute("SELECT DISTINCT desk, epoch FROM span").fetchall()
    chains = sorted({*heads, *((desk, epoch) for desk, epoch in known)})
    return tuple(
        gap for chain in chains for gap in missing(*chain, held(reader, *chain), upto=heads.get(chain, 0))
    )


def missing(desk: str, epoch: str, spans: Iterable[Span], *, upto: int) -> tuple[Gap, ...]:
    """What is not in `spans` from 1 to `upto`, or to their own end."""
    here = tuple(spans)
    last = max((span[1] for span in here), default=0)
    holes = intervals.without([(1, max(last, upto))], here)
    return tuple(Gap(desk, epoch, first, end, tail=first > last) for first, end in holes)


def announced(reader: Connection) -> dict[Chain, int]:
    """The furthest number each chain was said to have."""
    rows = reader.execute("SELECT desk, epoch, seq FROM announced")
    return {(desk, epoch): seq for desk, epoch, seq in rows}


def heard(reader: Connection) -> Mapping[str, int]:
    """When each desk was last heard of, ms UTC: the newest bundle it sent, or the newest seal it wrote."""
    rows = reader.execute(
        "SELECT desk, max(at) FROM ("
        "SELECT desk, at FROM announced UNION ALL"
        " SELECT sender, body ->> '$.made' FROM arrival WHERE ended IS NOT NULL) GROUP BY desk"
    )
    return dict(rows.fetchall())


def note_announced(connection: Connection, chain: Chain, *, seq: int, digest: str, at: int) -> None:
    """Keeps the furthest sealed head of a chain; `digest` is that entry's hash (hex), `at` ms UTC."""
    connection.execute(
        "INSERT INTO announced VALUES(?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET seq = excluded.seq, hash = excluded.hash, at = max(at, excluded.at) WHERE excluded.seq > seq",
        (*chain, seq, digest, at),
    )


def forget_announced(connection: Connection, desk: str, epoch: str) -> None:
    """Takes the announced head back to what is here, when it was that of a line decided against."""
    connection.execute(
        "UPDATE announced SET seq = ifnull((SELECT max(last) FROM span WHERE desk = ?1 AND epoch = ?2), 0)"
        " WHERE desk = ?1 AND epoch = ?2 AND EXISTS (SELECT 1 FROM fork WHERE settled IS NOT NULL"
        " AND fork.desk = ?1 AND fork.epoch = ?2 AND fork.seq = announced.seq"
        " AND lower(hex(fork.hash)) = announced.hash)",
        (desk, epoch),
    )


def written_here(reader: Connection, desk: str, epoch: str) -> tuple[Span, ...]:
    """What this desk wrote itself of the chain, which is whole; nothing for the chains of others."""
    row = reader.execute(
        "SELECT id FROM main.entry WHERE desk = ? AND epoch = ? AND seq = 1", (desk, epoch)
    ).fetchone()
    if row is None or row[0] >= blocks.BLOCK:
        return ()
    (last,) = reader.execute(
        "SELECT seq FROM main.entry WHERE desk = ? AND epoch = ? AND id < ? ORDER BY seq DESC LIMIT 1",
        (desk, epoch, blocks.BLOCK),
    ).fetchone()
    return ((1, last),)


def hold(connection: Connection, desk: str, epoch: str, span: Span) -> None:
    """Adds a span whose entries are all new here and follow one another."""
    first, last = span
    before = _touching(connection, desk, epoch, "last", first - 1)
    behind = _touching(connection, desk, epoch, "first", last + 1)
    if before and follows(connection, desk, epoch, first):
        first = before[0]
        connection.execute(
            "DELETE FROM span WHERE desk = ? AND epoch = ? AND first = ?", (desk, epoch, first)
        )
    if behind and follows(connection, desk, epoch, last + 1):
        connection.execute(
            "DELETE FROM span WHERE desk = ? AND epoch = ? AND first = ?", (desk, epoch, behind[0])
        )
        last = behind[1]
    connection.execute("INSERT INTO span VALUES(?, ?, ?, ?)", (desk, epoch, first, last))


def replace_from(connection: Connection, desk: str, epoch: str, *, low: int, spans: Iterable[Span]) -> None:
    """Puts other spans in the place of what reaches to `low` or beyond."""
    connection.execute("DELETE FROM span WHERE desk = ? AND epoch = ? AND last >= ?", (desk, epoch, low))
    connection.executemany(
        "INSERT INTO span VALUES(?, ?, ?, ?)", [(desk, epoch, first, last) for first, last in spans]
    )


def first_break(connection: Connection, desk: str, epoch: str) -> int | None:
    """The lowest number whose entry does not name the one before it, which is here too."""
    whole = sorted((*written_here(connection, desk, epoch), *rows(connection, desk, epoch)))
    ends = {last + 1 for _first, last in whole}
    broken = (
        first for first, _last in whole if first in ends and not follows(connection, desk, epoch, first)
    )
    return next(broken, None)


def follows(connection: Connection, desk: str, epoch: str, seq: int) -> bool:
    """Whether the entry names the hash of the one before it."""
    row = connection.execute(
        "SELECT later.header ->> '$.prev' = lower(hex(sooner.hash))"
        " FROM main.entry AS later JOIN main.entry AS sooner ON sooner.desk = later.desk"
        " AND sooner.epoch = later.epoch AND sooner.seq = later.seq - 1"
        " WHERE later.desk = ? AND later.epoch = ? AND later.seq = ?",
        (desk, epoch, seq),
    ).fetchone()
    return bool(row and row[0])


def hash_of(reader: Connection, desk: str, epoch: str, seq: int) -> str:
    """The entry's hash (hex); blank when it is not here."""
    row = reader.execute(
        "SELECT lower(hex(hash)) FROM main.entry WHERE desk = ? AND epoch = ? AND seq = ?", (desk, epoch, seq)
    ).fetchone()
    return row[0] if row else ""


def rows(reader: Connection, desk: str, epoch: str) -> list[Span]:
    """What is here of a chain of others, as it is kept."""
    return reader.execute(
        "SELECT first, last FROM span WHERE desk = ? AND epoch = ? ORDER BY first", (desk, epoch)
    ).fetchall()


def _touching(connection: Connection, desk: str, epoch: str, end: str, seq: int) -> Span | None:
    found: Span | None = connection.execute(
        f"SELECT first, last FROM span WHERE desk = ? AND epoch = ? AND {end} = ?",  # noqa: S608 - a column
        (desk, epoch, seq),
    ).fetchone()
    return found
