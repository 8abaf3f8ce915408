"""Two histories with one name: a chain that was restored, cloned or forged has entries that cannot all be.

What a chain has is the set of what was ever taken in of it: one entry of each number in `entry`, the others
in `fork`. Where two differ, or one does not name the one before it, a dispute begins, and everything of the
chain from there on is withheld until somebody says which entry counts. What contradicts that is set aside for
good; a chain this desk wrote itself is never withheld, the other side only shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from checkpoint_app.storage import blocks, chains, spans
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.withheld import FORK

Name = tuple[int, str]
"""An entry of a chain by number and hash (hex)."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the entries between which somebody has to decide; times ms UTC.

    `bundle` brought it (blank: it was here first), `behind` entries of the chain name it directly or through
    others, as far as they are here.
    """

    seq: int
    hash: str
    kind: str
    happened: int
    written: int
    bundle: str = ""
    behind: int = 0


@dataclass(frozen=True, slots=True)
class ForkRow:
    """A chain with a dispute at number `seq`; `withheld` entries wait for the decision, `ours` none do."""

    desk: str
    epoch: str
    seq: int
    sides: tuple[Side, ...]
    withheld: int
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry of a number; `aside` in `fork`, `settled` when somebody decided against it."""

    seq: int
    hash: str
    prev: str
    aside: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What a chain has in `fork`: who is there, which of them were decided against, and the numbers for which
    somebody decided.
    """

    names: frozenset[Name] = frozenset()
    settled: frozenset[Name] = frozenset()
    decided: frozenset[int] = frozenset()


_THERE = "bundle NOT IN (SELECT bundle FROM arrival WHERE ended IS NULL)"


def known(connection: Connection, desk: str, epoch: str) -> Known:
    """Entries of the chain that were set aside, without those still arriving."""
    found = connection.execute(
        "SELECT seq, lower(hex(hash)), header ->> '$.prev', settled FROM fork"  # noqa: S608 - a constant
        f" WHERE desk = ? AND epoch = ? AND {_THERE}",
        (desk, epoch),
    ).fetchall()
    against = {(seq, digest): prev for seq, digest, prev, at in found if at is not None}
    return Known(
        frozenset((seq, digest) for seq, digest, _prev, _at in found),
        frozenset(against),
        frozenset(seq for (seq, _), prev in against.items() if (seq - 1, prev) not in against),
    )


def dispute(connection: Connection, desk: str, epoch: str) -> int | None:
    """The number at which the chain's dispute begins; None while there is none."""
    (lowest,) = connection.execute(
        f"SELECT min(seq) FROM fork WHERE desk = ? AND epoch = ? AND settled IS NULL AND {_THERE}",  # noqa: S608
        (desk, epoch),
    ).fetchone()
    found = [seq for seq in (lowest, spans.first_break(connection, desk, epoch)) if seq is not None]
    return min(found, default=None)


def rejected(candidates: Iterable[Candidate], trusted: Name) -> frozenset[Name]:
    """What cannot be in one chain with the trusted entry, as far as what is here shows it.

    Other entries of its number; before and behind it those that its own line passes by; and everything that
    names one of these.
    """
    by_seq: dict[int, list[Candidate]] = {}
    for each in candidates:
        by_seq.setdefault(each.seq, []).append(each)
    seq, digest = trusted
    out = {(each.seq, each.hash) for each in by_seq.get(seq, ()) if each.hash != digest}
    chosen = next(each for each in by_seq[seq] if each.hash == digest)
    out |= _passed_by_before(by_seq, chosen)
    return frozenset(out | _passed_by_behind(by_seq, chosen, out))


def _passed_by_before(by_seq: Mapping[int, Sequence[Candidate]], chosen: Candidate) -> set[Name]:
    out: set[Name] = set()
    at: Candidate | None = chosen
    while at is not None:
        before = [each for each in by_seq.get(at.seq - 1, ()) if not each.settled]
        passed = [each for each in before if each.hash != at.prev]
        out |= {(each.seq, each.hash) for each in passed}
        wanted = at.prev
        at = next((each for each in before if each.hash == wanted), None) if passed else None
    return out


def _passed_by_behind(
    by_seq: Mapping[int, Sequence[Candidate]], chosen: Candidate, out: Collection[Name]
) -> set[Name]:
    gone: set[Name] = set(out)
    at: Candidate | None = chosen
    seq = min((seq for seq, _digest in gone), default=chosen.seq) + 1
    while seq <= chosen.seq or at is not None or any(name[0] == seq - 1 for name in gone):
        here = by_seq.get(seq, ())
        gone |= {(seq, each.hash) for each in here if (seq - 1, each.prev) in gone}
        if at is not None and seq == at.seq + 1:
            wanted = at.hash
            gone |= {(seq, each.hash) for each in here if each.prev != wanted}
            at = next((each for each in here if each.prev == wanted and not each.settled), None)
        seq += 1
    return gone


def candidates(connection: Connection, desk: str, epoch: str, *, low: int) -> list[Candidate]:
    """Every entry of the chain from that number on, in either table."""
    rows = connection.execute(
        "SELECT seq, lower(hex(hash)), header ->> '$.prev', 0, 0 FROM main.entry"  # noqa: S608 - a constant
        " WHERE desk = ?1 AND epoch = ?2 AND seq >= ?3"
        " UNION ALL SELECT seq, lower(hex(hash)), header ->> '$.prev', 1, settled IS NOT NULL FROM fork"
        f" WHERE desk = ?1 AND epoch = ?2 AND seq >= ?3 AND {_THERE}",
        (desk, epoch, low),
    )
    return [
        Candidate(seq, digest, prev, bool(aside), bool(settled)) for seq, digest, prev, aside, settled in rows
    ]


def rows(reader: Connection) -> tuple[ForkRow, ...]:
    """Every chain in which somebody has to decide, by desk; any reader will do."""
    chains_of = reader.execute(
        f"SELECT desk, epoch FROM fork WHERE settled IS NULL AND {_THERE}"  # noqa: S608 - constants
        " UNION SELECT desk, epoch FROM chain_number WHERE EXISTS (SELECT 1 FROM withheld"
        f" WHERE why = ? AND low / {blocks.BLOCK} = number) ORDER BY desk, epoch",
        (FORK,),
    ).fetchall()
    found = (_row(reader, desk, epoch) for desk, epoch in chains_of)
    return tuple(row for row in found if row)


def _row(reader: Connection, desk: str, epoch: str) -> ForkRow | None:
    seq = dispute(reader, desk, epoch)
    if seq is None:
        return None
    open_ones = [each for each in candidates(reader, desk, epoch, low=seq - 1) if not each.settled]
    at = [each for each in open_ones if each.seq == seq]
    if len(at) == 1:
        at = [each for each in open_ones if each.seq in (seq - 1, seq)]
    start = chains.known_start(reader, desk, epoch)
    (count,) = reader.execute(
        "SELECT count(*) FROM main.entry WHERE id BETWEEN ? AND ?", (start + seq, start + blocks.BLOCK - 1)
    ).fetchone()
    sides = tuple(_side(reader, (desk, epoch), each, behind=_behind(open_ones, each)) for each in at)
    ours = any(
        first <= each.seq <= last for first, last in spans.written_here(reader, desk, epoch) for each in at
    )
    return ForkRow(desk, epoch, seq, sides, count if start else 0, ours)


def _behind(found: Sequence[Candidate], side: Candidate) -> int:
    """How many of the candidates come from that one."""
    line, count = {side.hash}, 0
    for each in sorted(found, key=lambda each: each.seq):
        if each.prev in line:
            line.add(each.hash)
            count += 1
    return count


def _side(reader: Connection, chain: spans.Chain, which: Candidate, *, behind: int) -> Side:
    table, bundle = ("fork", "bundle") if which.aside else ("main.entry", "''")
    kind, happened, written, by = reader.execute(
        f"SELECT header ->> '$.kind', header ->> '$.happened', header ->> '$.written', {bundle} FROM {table}"  # noqa: S608
        " WHERE desk = ? AND epoch = ? AND seq = ? AND hash = ?",
        (*chain, which.seq, bytes.fromhex(which.hash)),
    ).fetchone()
    return Side(which.seq, which.hash, kind, happened, written, by, behind)


def goes_on(reader: Connection) -> Mapping[str, int]:
    """Entries by desk that came after somebody decided against their history: its computer still works."""
    rows = reader.execute(
        "SELECT desk, count(*) FROM fork WHERE settled = found AND bundle <> ''"  # noqa: S608 - a constant
        f" AND {_THERE} GROUP BY desk"
    )
    return dict(rows.fetchall())
