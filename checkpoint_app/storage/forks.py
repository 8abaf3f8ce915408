"""Two histories with one name: a chain that was restored, cloned or forged has entries that cannot all be.

What a chain has is the set of what was ever taken in of it: one entry of each number in `entry`, the others
in `fork`. Where two differ, or one does not name the one before it, a dispute begins, and everything of the
chain from there on is withheld until somebody says which entry counts. What contradicts that is set aside for
good; a chain this desk wrote itself is never withheld, the other side only shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checkpoint_app.storage import spans
from checkpoint_app.storage.engine import Connection

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
    """What a chain has in `fork`: who is there, and which of them were decided against."""

    names: frozenset[Name] = frozenset()
    settled: frozenset[Name] = frozenset()
    decided: frozenset[int] = field(default_factory=frozenset)
    """Numbers for which somebody decided."""


_THERE = "bundle NOT IN (SELECT bundle FROM arrival WHERE ended IS NULL)"


def known(connection: Connection, desk: str, epoch: str) -> Known:
    """Entries of the chain that were set aside, without those still arriving."""
    found = connection.execute(
        f"SELECT seq, lower(hex(hash)), settled FROM fork WHERE desk = ? AND epoch = ? AND {_THERE}",  # noqa: S608
        (desk, epoch),
    ).fetchall()
    settled = frozenset((seq, digest) for seq, digest, at in found if at is not None)
    return Known(
        frozenset((seq, digest) for seq, digest, _at in found),
        settled,
        frozenset(seq for seq, _digest in settled),
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
        before = by_seq.get(at.seq - 1, ())
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
            at = next((each for each in here if each.prev == wanted), None)
        seq += 1
    return gone
