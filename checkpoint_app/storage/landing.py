"""A bundle into the ledger: everything or nothing of it, in steps a lane does not feel, shown at the end.

What was verified waits in a staging file. Its entries are inserted into ids that no reader sees; the last,
short transaction shows them, with all that is derived from them and the receipt in our own chain. A crash at
any moment leaves a row of `arrival` by which `resume` finishes the bundle, or takes it out again when its
staging file is gone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from checkpoint_app.domain import exchange, facts, intervals
from checkpoint_app.domain.bundles import Manifest
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.errors import Refusal, Trouble
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.intervals import Span
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.storage import (
    arrivals,
    blocks,
    chains,
    deriving,
    erasing_merged,
    erasures,
    forks,
    peers,
    spans,
    staging,
    withheld,
)
from checkpoint_app.storage.arrivals import Arrival
from checkpoint_app.storage.arriving import Part, parts_of
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.erasures import Orders
from checkpoint_app.storage.landing_steps import QUIET_STEP_MS, STEP_MS, Progress, Steps, always
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.spans import Gap
from checkpoint_app.storage.staging import Staging

__all__ = [
    "QUIET_STEP_MS",
    "STEP_MS",
    "Landed",
    "LandingStopped",
    "Preview",
    "Reach",
    "land",
    "preview",
    "resume",
    "taken_at",
]

taken_at = arrivals.taken_at


class LandingStopped(Refusal):
    """Somebody ended it, and nothing of the bundle was taken in; facts: bundle."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a bundle has of one chain."""

    desk: str
    epoch: str
    spans: tuple[Span, ...]
    new: int
    present: int
    forks: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking in a bundle would do; counts of entries, `data_sets` public parts of what is published.

    `gaps` of its chains would still be missing afterwards.
    """

    new: int
    present: int
    forks: int
    gaps: tuple[Gap, ...]
    corrections: int
    erasures: int
    data_sets: tuple[Mapping[str, Any], ...]
    desks: tuple[Reach, ...]


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of a bundle: entries that were new, that were here, and that contradict what is here."""

    bundle: str
    added: int
    present: int
    forks: int
    gaps: tuple[Gap, ...] = ()


def preview(reader: Connection, staged: Staging, manifest: Manifest) -> Preview:
    """What landing would do; `reader` should be `ledger.unveiled()`, so that forks are compared too."""
    parts = parts_of(reader, staged, manifest)
    count = staged.counts
    return Preview(
        new=sum(intervals.size(part.new) for part in parts),
        present=sum(part.present for part in parts),
        forks=sum(part.forked for part in parts),
        gaps=_gaps(reader, manifest, parts),
        corrections=sum(n for (_, kind), n in count.items() if kind in _CORRECTIONS),
        erasures=sum(n for (_, kind), n in count.items() if kind == facts.ERASED),
        data_sets=tuple(json.loads(row[4]) for row in staged.noted(exchange.DATA_PUBLISHED)),
        desks=tuple(_reach(manifest, part) for part in parts),
    )


def _reach(manifest: Manifest, part: Part) -> Reach:
    ranges = [each for each in manifest.ranges if (each.desk, each.epoch) == (part.desk, part.epoch)]
    held = intervals.merged((each.first, each.last) for each in ranges)
    return Reach(part.desk, part.epoch, held, intervals.size(part.new), part.present, part.forked)


def land(
    ledger: Ledger,
    staged: Staging,
    manifest: Manifest,
    *,
    by: By,
    step_ms: float = STEP_MS,
    progress: Progress = always,
) -> Landed:
    """Takes in what is staged, and appends the receipt.

    `step_ms` is how long a step should hold the writer; `progress` gets entries done and in all, and False
    from it takes everything back. Raises LandingStopped and Troubles; after a Trouble `resume` goes on.
    """
    with ledger.landing:
        staged.secure()
        with ledger.unveiled() as reader:
            if arrivals.taken_at(reader, manifest) is not None:
                return Landed(manifest.bundle, 0, manifest.count, 0, _gaps(reader, manifest, ()))
            parts = parts_of(reader, staged, manifest)
            steps = Steps(ledger, step_ms, progress, _erased(reader, manifest))
            arrival = _begin(ledger, reader, Arrived(staged, manifest, by), parts)
        landed = _Landing(ledger, staged, arrival, parts, steps).carry_out()
        erasing_merged.erase(ledger)
        return landed


def _erased(reader: Connection, manifest: Manifest) -> Orders:
    return erasures.orders(reader, [each.desk for each in manifest.ranges])


def resume(ledger: Ledger, *, step_ms: float = STEP_MS) -> int:
    """Finishes what a crash interrupted, or takes it out when its staging file is gone; how many bundles.

    Files of bundles that were still being proved are deleted.
    """
    with ledger.landing:
        with ledger.unveiled() as reader:
            waiting = arrivals.unfinished(reader)
        for arrival in waiting:
            _resume_one(ledger, arrival, Steps(ledger, step_ms, always))
        for left in staging.left_behind(ledger.folder):
            with suppress(OSError):
                left.unlink()
        erasing_merged.erase(ledger)
    return len(waiting)


def _resume_one(ledger: Ledger, arrival: Arrival, steps: Steps) -> None:
    path = ledger.folder / staging.FOLDER / (arrival.staging + staging.SUFFIX)
    staged = None
    if path.exists():
        with suppress(Trouble):
            staged = ledger.staging(arrival.staging)
    if staged is None or staged.size() != arrival.manifest.count:
        steps.take_back(arrival)
        return
    with staged:
        with ledger.unveiled() as reader:
            parts = parts_of(reader, staged, arrival.manifest)
            steps.erased = _erased(reader, arrival.manifest)
        _Landing(ledger, staged, arrival, parts, steps).carry_out()


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is about to land."""

    staged: Staging
    manifest: Manifest
    by: By


def _begin(ledger: Ledger, reader: Connection, what: Arrived, parts: Sequence[Part]) -> Arrival:
    """Hides the ids that are about to be filled, before anything is in them."""
    key = arrivals.key_for(reader, what.manifest)

    def work(connection: Connection) -> Arrival:
        ids = [ids for part in parts for ids in _new_ids(connection, what.staged, part)]
        arrival = Arrival(key, what.manifest, what.staged.name, what.by, ledger.now(), tuple(ids))
        for low, high in ids:
            start = low // blocks.BLOCK * blocks.BLOCK
            end = withheld.dispute_at(connection, start) or blocks.BLOCK
            if low < start + end:
                hidden = (low, min(high, start + end - 1))
                withheld.withhold(connection, hidden, why=withheld.ARRIVING, bundle=key)
        arrivals.begin(connection, arrival)
        return arrival

    return ledger.transact(work).result()


def _new_ids(connection: Connection, staged: Staging, part: Part) -> list[withheld.Ids]:
    if not part.new:
        return []
    start = chains.start(connection, part.desk, part.epoch, begun=staged.begun(part.desk, part.epoch))
    return [(start + first, start + last) for first, last in part.new]


@dataclass(slots=True)
class _Landing:
    """One bundle from its staging file to its receipt."""

    ledger: Ledger
    staged: Staging
    arrival: Arrival
    parts: Sequence[Part]
    steps: Steps
    _landed: Landed = field(init=False)

    def carry_out(self) -> Landed:
        """Steps, then the last transaction."""
        if not self.steps.insert(self.staged, self.arrival, self.parts):
            self.steps.take_back(self.arrival)
            self.staged.close()
            raise LandingStopped(bundle=self.arrival.manifest.bundle)
        with self.ledger.unveiled() as reader:
            changes = tuple(change for part in self.parts if (change := _change(reader, part)))
            prepared = deriving.prepare(
                reader,
                [ids for change in changes for ids in change.come],
                gone=[ids for change in changes for ids in change.gone],
            )
            landed = self._sum(reader)
        receipt = self._receipt(landed)
        notes = self._heads()

        def finish(connection: Connection) -> None:
            for part in self.parts:
                self.steps.fill_in(connection, self.staged, part)
            deriving.apply(connection, prepared)
            withheld.reveal(connection, bundle=self.arrival.key)
            if self.steps.erased.before:
                erasing_merged.note_arrived(connection, self.arrival.manifest, now=receipt.happened)
            for change in changes:
                change.note(connection)
            for chain, seq, digest, at in notes:
                spans.note_announced(connection, chain, seq=seq, digest=digest, at=at)
            arrivals.end(
                connection, self.arrival, at=receipt.happened, added=landed.added, forks=landed.forks
            )

        self.ledger.append([receipt], also=finish).result()
        self.staged.close()
        return landed

    def _sum(self, reader: Connection) -> Landed:
        return Landed(
            self.arrival.manifest.bundle,
            sum(intervals.size(part.new) for part in self.parts),
            sum(part.present for part in self.parts),
            sum(part.forked for part in self.parts),
            _gaps(reader, self.arrival.manifest, self.parts),
        )

    def _receipt(self, landed: Landed) -> Fact:
        manifest = self.arrival.manifest
        return exchange.bundle_received(
            manifest.bundle,
            manifest.sender,
            what=exchange.held(manifest.ranges),
            added=landed.added,
            forks=landed.forks,
            by=self.arrival.by,
            at=self.ledger.now(),
            action=self.arrival.action,
        )

    def _heads(self) -> list[tuple[spans.Chain, int, str, int]]:
        """Heads of which the bundle told: its ranges' ends, its announcements, headquarters' receipts."""
        manifest = self.arrival.manifest
        sealed = {
            (desk, epoch, seq): json.loads(header)["written"]
            for desk, epoch, seq, header, _public in self.staged.noted(facts.SEALED)
        }
        ends = [
            ((each.desk, each.epoch), each.last, each.after, sealed[each.desk, each.epoch, each.last])
            for each in manifest.ranges
        ]
        told = [((each.desk, each.epoch), each.seq, each.hash, each.at) for each in manifest.announced]
        against = {(part.desk, part.epoch): part.against for part in self.parts}
        heads = [*ends, *told, *self._receipted()]
        return [
            head for head in heads if not intervals.common(against.get(head[0], ()), [(head[1], head[1])])
        ]

    def _receipted(self) -> list[tuple[spans.Chain, int, str, int]]:
        with self.ledger.unveiled() as reader:
            above = {peer.desk for peer in peers.read_peers(reader) if peer.role is PeerRole.HEADQUARTERS}
        return [
            ((each["desk"], each["epoch"]), each["last"], each["hash"], 0)
            for desk, _epoch, _seq, _header, public in self.staged.noted(exchange.BUNDLE_RECEIVED)
            if desk in above
            for each in json.loads(public)["held"]
        ]


@dataclass(frozen=True, slots=True)
class _Change:
    """What the last transaction does to one chain: spans it gains, ids that come into sight or leave it."""

    part: Part
    start: int
    dispute: int | None
    disputed: bool
    come: tuple[withheld.Ids, ...]
    gone: tuple[withheld.Ids, ...]

    def note(self, connection: Connection) -> None:
        """Keeps the spans, and from where the chain is withheld."""
        for span in self.part.new:
            spans.hold(connection, self.part.desk, self.part.epoch, span)
        if self.disputed and self.start:
            withheld.dispute_from(connection, self.start, self.dispute)


def _change(reader: Connection, part: Part) -> _Change | None:
    if not part.new and not part.aside:
        return None
    start = chains.known_start(reader, part.desk, part.epoch)
    before = withheld.dispute_at(reader, start) if start else None
    disputes = (before, forks.dispute(reader, part.desk, part.epoch), _new_dispute(reader, part))
    found = [seq for seq in disputes if seq is not None]
    dispute = min(found, default=None)
    end = dispute or blocks.BLOCK
    shown = intervals.common(part.new, [(1, end - 1)])
    old = intervals.without(
        intervals.common(spans.held(reader, part.desk, part.epoch), [(end, (before or blocks.BLOCK) - 1)]),
        part.new,
    )
    come = _ids(shown, start)
    gone = _ids(old, start) if start else ()
    return _Change(part, start, dispute, dispute != before, come, gone)


def _ids(numbers: Sequence[Span], start: int) -> tuple[withheld.Ids, ...]:
    return tuple((start + first, start + last) for first, last in numbers)


def _new_dispute(reader: Connection, part: Part) -> int | None:
    """The lowest number at which what is new contradicts what was here."""
    edges = [seq for first, last in part.new for seq in (first, last + 1)]
    here = intervals.merged((*spans.held(reader, part.desk, part.epoch), *part.new))
    broken = [
        seq
        for seq in edges
        if intervals.covers(here, [(seq - 1, seq)]) and not spans.follows(reader, part.desk, part.epoch, seq)
    ]
    return min([*broken, *(first for first, _last in part.aside)], default=None)


def _gaps(reader: Connection, manifest: Manifest, parts: Sequence[Part]) -> tuple[Gap, ...]:
    """What of the bundle's chains would be missing behind it."""
    told = spans.announced(reader)
    for head in manifest.announced:
        told[head.desk, head.epoch] = max(head.seq, told.get((head.desk, head.epoch), 0))
    new = {(part.desk, part.epoch): part.new for part in parts}
    ranges = [(each.desk, each.epoch) for each in manifest.ranges]
    heads = [(each.desk, each.epoch) for each in manifest.announced]
    chains_of = dict.fromkeys([*ranges, *heads])
    return tuple(
        gap
        for chain in chains_of
        for gap in spans.missing(
            *chain,
            intervals.merged((*spans.held(reader, *chain), *new.get(chain, ()))),
            upto=told.get(chain, 0),
        )
    )


_CORRECTIONS = (facts.OUTCOME_UNDONE, facts.CROSSING_AMENDED)
