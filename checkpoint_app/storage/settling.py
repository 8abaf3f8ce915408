"""Deciding a fork: the trusted line comes into `entry` and into sight, what contradicts it is set aside.

The swap happens while the chain is withheld, in steps; what is to be done stands in a draft, so that a crash
only delays. The set of what is here does not change by it, therefore it may be begun again at any moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checkpoint_app.domain import exchange, intervals
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.intervals import Span
from checkpoint_app.storage import blocks, chains, deriving, forks, shaping, spans, withheld
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.forks import Candidate, Name
from checkpoint_app.storage.landing_steps import STEP_MS, Steps, always
from checkpoint_app.storage.ledger import Ledger

DRAFT = "settling"


class ForkGone(Refusal):
    """That entry is not among those between which somebody has to decide; facts: desk, seq."""


class OwnHistory(Refusal):
    """What this desk wrote itself counts here, whatever came from elsewhere; facts: desk, seq."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Of the entries with number `seq` the one with hash `trusted` (hex) counts; `why` in own words."""

    desk: str
    epoch: str
    seq: int
    trusted: str
    why: str
    by: By
    action: str


@dataclass(frozen=True, slots=True)
class Settled:
    """Entries set aside for good, entries that came into sight, and where the next dispute begins."""

    against: int
    revealed: int
    dispute: int | None = None


@dataclass(frozen=True, slots=True)
class _Moves:
    """Entries that leave `entry`, that come into it, and that stay in `fork` as decided against."""

    out: tuple[Name, ...]
    into: tuple[Name, ...]
    stay: tuple[Name, ...]


def settle(ledger: Ledger, decision: Decision, *, step_ms: float = STEP_MS) -> Settled:
    """Makes the trusted line the one that counts and appends the decision; raises ForkGone, OwnHistory."""
    with ledger.landing:
        _check(ledger, decision)
        ledger.keep({DRAFT: _draft(decision)}).result()
        return _carry_out(ledger, decision, Steps(ledger, step_ms, always))


def resume(ledger: Ledger) -> bool:
    """Finishes a decision that a crash interrupted; False when there is none."""
    found = ledger.drafts().get(DRAFT)
    if not isinstance(found, dict):
        return False
    with ledger.landing:
        fields = {name: value for name, value in found.items() if name not in ("shift", "officer")}
        by = By(str(found["shift"]), str(found["officer"]))
        decision = Decision(**fields, by=by)
        _carry_out(ledger, decision, Steps(ledger, STEP_MS, always))
    return True


def _draft(decision: Decision) -> Value:
    return {
        "desk": decision.desk,
        "epoch": decision.epoch,
        "seq": decision.seq,
        "trusted": decision.trusted,
        "why": decision.why,
        "action": decision.action,
        "shift": decision.by.shift,
        "officer": decision.by.officer,
    }


def _check(ledger: Ledger, decision: Decision) -> None:
    with ledger.unveiled() as reader:
        row = next(
            (row for row in forks.rows(reader) if (row.desk, row.epoch) == (decision.desk, decision.epoch)),
            None,
        )
        wanted = (decision.seq, decision.trusted)
        if row is None or wanted not in {(side.seq, side.hash) for side in row.sides}:
            raise ForkGone(desk=decision.desk, seq=decision.seq)
        found = forks.candidates(reader, decision.desk, decision.epoch, low=row.seq - 1)
        own = spans.written_here(reader, decision.desk, decision.epoch)
        out = forks.rejected(found, wanted)
        if any(
            intervals.covers(own, [(each.seq, each.seq)]) and (each.seq, each.hash) in out
            for each in found
            if not each.aside
        ):
            raise OwnHistory(desk=decision.desk, seq=decision.seq)


def _carry_out(ledger: Ledger, decision: Decision, steps: Steps) -> Settled:
    desk, epoch = decision.desk, decision.epoch
    with ledger.unveiled() as reader:
        start = chains.known_start(reader, desk, epoch)
        seq = forks.dispute(reader, desk, epoch) or decision.seq
        found = forks.candidates(reader, desk, epoch, low=min(seq, decision.seq) - 1)
        moves = _moves(found, (decision.seq, decision.trusted))
        low = min([seq, *(name[0] for name in (*moves.out, *moves.into))])
        _hide_from(ledger, reader, start, low)
    _swap(steps, (desk, epoch), start, moves)
    with ledger.unveiled() as reader:
        left = forks.candidates(reader, desk, epoch, low=low)
        here = _spans_from(reader, (desk, epoch), low, left)
        dispute = _dispute_in(reader, (desk, epoch), here, left)
        shown = _shown(left, low=low, end=dispute or blocks.BLOCK)
        come = [(start + first, start + last) for first, last in shown] if start else []
        prepared = deriving.prepare(reader, come)

    def finish(connection: Connection) -> None:
        deriving.apply(connection, prepared)
        if start:
            spans.replace_from(connection, desk, epoch, low=low, spans=here)
            spans.forget_announced(connection, desk, epoch)
            withheld.dispute_from(connection, start, dispute)

    fact = exchange.fork_settled(
        desk,
        epoch,
        decision.seq,
        trusted=decision.trusted,
        why=decision.why,
        by=decision.by,
        at=ledger.now(),
        action=decision.action,
    )
    ledger.append([fact], drafts={DRAFT: None}, also=finish).result()
    return Settled(len(moves.out) + len(moves.stay), intervals.size(shown), dispute)


def _moves(found: Sequence[Candidate], trusted: Name) -> _Moves:
    against = forks.rejected(found, trusted)
    out = [each for each in found if not each.aside and (each.seq, each.hash) in against]
    stay = [each for each in found if each.aside and not each.settled and (each.seq, each.hash) in against]
    gone = {each.seq for each in out}
    taken = {each.seq for each in found if not each.aside} - gone
    free: dict[int, Candidate] = {}
    for each in sorted(found, key=lambda each: each.hash):
        fits = each.aside and not each.settled and (each.seq, each.hash) not in against
        if fits and each.seq not in taken:
            free.setdefault(each.seq, each)
    return _Moves(_names(out), _names(free.values()), _names(stay))


def _names(found: Iterable[Candidate]) -> tuple[Name, ...]:
    return tuple(sorted((each.seq, each.hash) for each in found))


def _hide_from(ledger: Ledger, reader: Connection, start: int, low: int) -> None:
    """Takes out of sight what was seen until now and is to be swapped."""
    before = withheld.dispute_at(reader, start) if start else None
    if not start or (before is not None and before <= low):
        return
    prepared = deriving.prepare(reader, (), gone=[(start + low, start + (before or blocks.BLOCK) - 1)])

    def work(connection: Connection) -> None:
        deriving.apply(connection, prepared)
        withheld.dispute_from(connection, start, low)

    ledger.transact(work).result()


def _swap(steps: Steps, chain: spans.Chain, start: int, moves: _Moves) -> None:
    now = steps.ledger.now()
    steps.run("stay", [(now, *chain, *_key(name)) for name in moves.stay], _SETTLE)
    steps.run("out", [(now, *chain, *_key(name)) for name in moves.out], _OUT)
    steps.run("into", [(start, *chain, *_key(name)) for name in moves.into], _INTO)
    with steps.ledger.unveiled() as reader:
        odd = [(start + seq, _odd(reader, start + seq)) for seq, _digest in moves.into]
    steps.run("odd", odd, (shaping.NOTE,))
    steps.mark([(start + seq, start + seq) for seq, _digest in moves.into])


def _odd(reader: Connection, ident: int) -> int:
    found = reader.execute("SELECT kind, public, personal FROM main.entry WHERE id = ?", (ident,)).fetchone()
    return shaping.odd_of(*found)


def _key(name: Name) -> tuple[int, bytes]:
    return name[0], bytes.fromhex(name[1])


_PLACE = "desk = ?2 AND epoch = ?3 AND seq = ?4 AND hash = ?5"
# Later than it was found: what is found settled already came after the decision (see `forks.goes_on`).
_SETTLE = (f"UPDATE fork SET settled = max(?1, found + 1) WHERE {_PLACE} AND settled IS NULL",)  # noqa: S608
_OUT = (
    f"""
INSERT OR IGNORE INTO fork(desk, epoch, seq, hash, header, public, personal, salt, found, settled)
SELECT desk, epoch, seq, hash, header, public, personal, salt, ?1, ?1 FROM entry WHERE {_PLACE}
""",  # noqa: S608
    f"UPDATE entry SET personal = NULL, salt = NULL WHERE {_PLACE} AND personal IS NOT NULL AND ?1",  # noqa: S608
    f"DELETE FROM entry WHERE {_PLACE} AND ?1",  # noqa: S608
)
_INTO = (
    f"""
INSERT OR IGNORE INTO entry(id, header, public, personal, salt, hash)
SELECT ?1 + seq, header, public, personal, salt, hash FROM fork WHERE {_PLACE}
""",  # noqa: S608
    f"DELETE FROM fork WHERE {_PLACE} AND ?1",  # noqa: S608
)


def _spans_from(
    reader: Connection, chain: spans.Chain, low: int, left: Sequence[Candidate]
) -> tuple[Span, ...]:
    """Spans of the chain's entries from the one on that `low` lies in or touches."""
    found: list[Span] = []
    hashes: dict[int, str] = {}
    before = [span for span in spans.rows(reader, *chain) if span[0] < low <= span[1]]
    if before:
        found, hashes = [(before[0][0], low - 1)], {low - 1: spans.hash_of(reader, *chain, low - 1)}
    for each in sorted((each for each in left if not each.aside), key=lambda each: each.seq):
        hashes[each.seq] = each.hash
        if found and found[-1][1] == each.seq - 1 and hashes.get(each.seq - 1) == each.prev:
            found[-1] = (found[-1][0], each.seq)
        else:
            found.append((each.seq, each.seq))
    return tuple(found)


def _dispute_in(
    reader: Connection, chain: spans.Chain, here: Sequence[Span], left: Sequence[Candidate]
) -> int | None:
    """Where the next dispute begins, by spans that touch without being one and by what is still set aside."""
    whole = sorted({*here, *spans.written_here(reader, *chain)})
    ends = {last + 1 for _first, last in whole}
    own = spans.written_here(reader, *chain)
    broken = [
        first
        for first, _last in whole
        if first in ends
        and not intervals.covers(own, [(first, first)])
        and not spans.follows(reader, *chain, first)
    ]
    aside = [each.seq for each in left if each.aside and not each.settled]
    return min([*broken, *aside], default=None)


def _shown(left: Sequence[Candidate], *, low: int, end: int) -> tuple[Span, ...]:
    return intervals.merged((each.seq, each.seq) for each in left if not each.aside and low <= each.seq < end)
