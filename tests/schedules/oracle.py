"""What must come out, worked out from what was delivered alone: no table, no query, no code of the product.

Reads the bytes of the entries as JSON. Slow and plain on purpose.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

HOUR = 3_600_000
LASTING = {"matter_raised", "matter_worked", "matter_closed", "matter_reopened"}
MATTERS = LASTING
CONTINUING = {"matter_worked"}
REMARKS = {"check_flagged", "check_voided", "matter_raised", "person_viewed"}
CORRECTIONS = {"outcome_undone", "crossing_amended"}
REACH = 2_000

Name = tuple[str, str, int]
"""Desk, epoch, number."""


@dataclass(frozen=True)
class Seen:
    """An entry; `name` is its place."""

    name: Name
    hash: str
    prev: str
    head: Mapping[str, Any]
    said: Mapping[str, Any]
    own: str | None


@dataclass
class Picture:
    """What a ledger shows: all of it comparable with what is read from one."""

    entries: set[tuple[Any, ...]] = field(default_factory=set)
    accepted: set[tuple[Any, ...]] = field(default_factory=set)
    disputes: set[tuple[str, str, int]] = field(default_factory=set)
    gaps: set[tuple[str, str, int, int]] = field(default_factory=set)
    counts: dict[tuple[Any, ...], tuple[int, int]] = field(default_factory=dict)
    revisions: dict[Name, tuple[str, bool]] = field(default_factory=dict)
    threads: set[tuple[str, str, Name]] = field(default_factory=set)
    duties: dict[tuple[str, str], tuple[Name | None, Name | None]] = field(default_factory=dict)
    affairs: dict[tuple[str, str], tuple[Name, Name, bool, int]] = field(default_factory=dict)
    plates: set[tuple[str, Name]] = field(default_factory=set)


_READ: dict[tuple[bytes, bool], Seen] = {}


def read(entry: Any) -> Seen:
    """The entry's bytes, read once."""
    key = (entry.hash, entry.personal is None)
    if key not in _READ:
        head = json.loads(entry.header)
        digest = hashlib.sha256(b"cp1.entry\0" + entry.header).hexdigest()
        own = entry.personal.decode() if entry.personal is not None else None
        name = (head["desk"], head["epoch"], head["seq"])
        _READ[key] = Seen(name, digest, head["prev"], head, json.loads(entry.public), own)
    return _READ[key]


def expect(delivered: Iterable[Any], announced: Iterable[tuple[str, str, int]] = ()) -> Picture:
    """The picture after all these entries, whatever came first."""
    known: dict[tuple[Name, str], Seen] = {}
    for each in map(read, delivered):
        before = known.get((each.name, each.hash))
        known[each.name, each.hash] = each if before is None or before.own is None else before
    found = Picture()
    begins = _disputes(known.values())
    found.disputes = {(*chain, seq) for chain, seq in begins.items()}
    found.accepted = {(*each.name, each.hash) for each in known.values()}
    found.gaps = _gaps(known.values(), announced)
    seen = [each for each in known.values() if each.name[2] < begins.get(each.name[:2], 1 << 60)]
    erased = _erased(known.values())
    own = {each.name: None if erased(each, seen) else each.own for each in seen}
    found.entries = {(*each.name, each.hash, own[each.name]) for each in seen}
    found.plates = {
        (plate, each.name) for each in seen if (plate := json.loads(own[each.name] or "{}").get("plate"))
    }
    _derive(found, seen)
    return found


def _disputes(known: Iterable[Seen]) -> dict[tuple[str, str], int]:
    by_place: dict[Name, list[Seen]] = defaultdict(list)
    for each in known:
        by_place[each.name].append(each)
    begins: dict[tuple[str, str], int] = {}
    for (desk, epoch, seq), there in by_place.items():
        before = {each.hash for each in by_place.get((desk, epoch, seq - 1), ())}
        if len(there) > 1 or (before and any(each.prev not in before for each in there)):
            begins[desk, epoch] = min(seq, begins.get((desk, epoch), seq))
    return begins


def _gaps(known: Iterable[Seen], announced: Iterable[tuple[str, str, int]]) -> set[tuple[str, str, int, int]]:
    here: dict[tuple[str, str], set[int]] = defaultdict(set)
    furthest: Counter[tuple[str, str]] = Counter()
    for each in known:
        here[each.name[:2]].add(each.name[2])
    for desk, epoch, seq in (*announced, *((*chain, max(seqs)) for chain, seqs in here.items())):
        furthest[desk, epoch] = max(furthest[desk, epoch], seq)
    found = set()
    for chain, last in furthest.items():
        first = 0
        for seq in range(1, last + 2):
            missing = seq <= last and seq not in here[chain]
            if missing and not first:
                first = seq
            elif not missing and first:
                found.add((*chain, first, seq - 1))
                first = 0
    return found


def _erased(known: Iterable[Seen]) -> Any:
    until: dict[str, int] = {}
    for each in known:
        if each.head["kind"] == "erased" and each.said.get("stage") == "ordered":
            until[each.name[0]] = max(each.said["before"], until.get(each.name[0], 0))

    def covered(each: Seen, seen: Sequence[Seen]) -> bool:
        limit, kind = until.get(each.name[0], 0), each.head["kind"]
        if kind in LASTING:
            return False
        if each.head["happened"] < limit:
            return True
        ref = each.said.get("ref") if kind in CORRECTIONS else None
        return ref is not None and any(
            other.hash == ref["hash"]
            and other.head["kind"] == "vehicle_crossed"
            and other.head["happened"] < limit
            for other in seen
        )

    return covered


def _in_order(entries: Sequence[Seen]) -> list[Seen]:
    first: dict[str, Seen] = {}
    for each in entries:
        if each.name[1] not in first or each.name[2] < first[each.name[1]].name[2]:
            first[each.name[1]] = each
    return sorted(entries, key=lambda each: (first[each.name[1]].head["written"], each.name[1], each.name[2]))


def _derive(found: Picture, seen: Sequence[Seen]) -> None:
    by_hash = {each.hash: each for each in seen}
    corrections: dict[str, list[Seen]] = defaultdict(list)
    for each in seen:
        ref = each.said.get("ref") if each.head["kind"] in CORRECTIONS else None
        if ref and ref["hash"] in by_hash and by_hash[ref["hash"]].name[0] == each.name[0]:
            corrections[ref["hash"]].append(each)
    for target in seen:
        fitting = _in_order(corrections[target.hash])
        if target.head["kind"] in ("vehicle_crossed", "tallied"):
            _count(found, target, fitting)
        action = target.head["action"]
        for each in (target, *fitting) if fitting else ():
            found.threads.add((target.name[0], action, each.name))
    _remark(found, seen)
    _open_and_close(found, seen)
    _tell(found, seen)
    found.counts = {slot: sums for slot, sums in found.counts.items() if any(sums)}


def _count(found: Picture, target: Seen, corrections: Sequence[Seen]) -> None:
    said, undone = dict(target.said), False
    for each in corrections:
        said |= each.said.get("fields", {})
        undone = undone or each.head["kind"] == "outcome_undone"
    if corrections:
        found.revisions[target.name] = (json.dumps(said, sort_keys=True), undone)
    if undone:
        return
    tally = target.head["kind"] == "tallied"
    at = (said["minute"] if tally else target.head["happened"]) + 480 * 60_000
    for part in said["counts"] if tally else [said]:
        outcome = "tallied" if tally else said["outcome"]
        slot = (
            at // (24 * HOUR), at // HOUR % 24, target.name[0], said["lane"], said["direction"],
            part["class"], outcome, said.get("evidence", ""),
        )  # fmt: skip
        vehicles, people = found.counts.get(slot, (0, 0))
        one = part["vehicles"] if tally else 1
        found.counts[slot] = (vehicles + one, people + part.get("people", 0))


def _remark(found: Picture, seen: Sequence[Seen]) -> None:
    about: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for each in seen:
        kind = each.head["kind"]
        action = each.said.get("replaces") if kind == "vehicle_crossed" else each.said.get("crossing")
        if action and kind in REMARKS | {"vehicle_crossed"}:
            about[each.name[0], action].append(each)
            found.threads.add((each.name[0], action, each.name))
    for each in seen:
        action = each.head["action"]
        near = about.get((each.name[0], action), ())
        if each.head["kind"] == "vehicle_crossed" and any(
            one.name[:2] == each.name[:2] and 0 < each.name[2] - one.name[2] <= REACH for one in near
        ):
            found.threads.add((each.name[0], action, each.name))


def _open_and_close(found: Picture, seen: Sequence[Seen]) -> None:
    ends: dict[tuple[str, str], dict[str, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for each in seen:
        desk, shift = each.name[0], each.head["shift"]
        if each.head["kind"] in ("shift_opened", "shift_closed") and shift.startswith(desk + "."):
            ends[shift, desk][each.head["kind"]].append(each)
    for key, kinds in ends.items():
        opened, closed = (_in_order(kinds[kind]) for kind in ("shift_opened", "shift_closed"))
        found.duties[key] = (opened[0].name if opened else None, closed[0].name if closed else None)


def _tell(found: Picture, seen: Sequence[Seen]) -> None:
    told: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for each in seen:
        if each.head["kind"] in MATTERS:
            told[each.name[0], each.said.get("about", each.head["action"])].append(each)
    for key, those in told.items():
        entries = _in_order(those)
        deciding = [one for one in entries if one.head["kind"] not in CONTINUING] or entries[:1]
        over = bool(deciding[-1].said.get("over", False))
        until = entries[0].said.get("until", 2**62)
        found.affairs[key] = (entries[0].name, entries[-1].name, over, until)
