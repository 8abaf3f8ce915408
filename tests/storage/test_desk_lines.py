"""Over consecutive handovers every crossing of every other desk counts once, however its bundles come.

The oracle shares no code with what it proves: it knows what was carried when, and asks of every vehicle which
handover was the first that could see it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from checkpoint_app.domain import facts
from checkpoint_app.domain.desk_lines import DeskLine, read, shown, told
from checkpoint_app.domain.entry import Entry, Fact, Head, read_header
from checkpoint_app.domain.facts import By
from checkpoint_app.storage import desk_lines, queries, spans
from checkpoint_app.storage.appending import read_entries
from checkpoint_app.storage.ledger import Ledger
from tests.storage.arrivals import place, show
from tests.storage.desks import DESK, START, Clock, opened

HOUR, MINUTE = 3_600_000, 60_000
OTHERS = ("G25-02", "G25-03")
SHIFTS = 4


@dataclass(frozen=True)
class Deed:
    """What an entry of another desk was, for the oracle."""

    desk: str
    seq: int
    at: int
    kind: str
    vehicles: int = 0
    of: int = 0  # number of the crossing that is undone or replaced


@dataclass
class Other:
    """Another desk: its entries, and what they were."""

    desk: str
    entries: list[Entry] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)


def crossing(dice: Random, action: str, at: int, *, replaces: str = "") -> Fact:
    public: dict[str, Any] = {
        "lane": dice.randint(1, 2),
        "direction": "in",
        "class": "car",
        "people": 2,
        "outcome": dice.choice(("released", "turned_back", "held")),
        "evidence": "scanned",
        "started": at - 5_000,
        **({"replaces": replaces} if replaces else {}),
    }
    return Fact(facts.VEHICLE_CROSSED, action, at, public, None, "", "01")


def tally(dice: Random, action: str, at: int) -> Fact:
    counts = [{"class": "car", "vehicles": dice.randint(1, 4), "people": 3}]
    public: dict[str, Any] = {"lane": 1, "direction": "in", "minute": at - MINUTE, "counts": counts}
    return Fact(facts.TALLIED, action, at, public, None, "", "01")


def other(folder: Path, desk: str, dice: Random, *, count: int, until: int) -> Other:
    """A desk at work: crossings, counted minutes, some undone, some recorded again."""
    found, clock = Other(desk), Clock()
    with opened(folder / desk, desk=desk, tick=clock) as ledger:
        times = sorted(dice.randint(START, until) for _ in range(count))
        known: list[tuple[Head, Fact, Deed]] = []
        for at in times:
            clock.pass_by(max(0, at - clock.wall))
            _deed(ledger, dice, found, known, at)
            if dice.random() < 0.2:
                ledger.seal("test").result()
        ledger.seal("test").result()
        with ledger.reader() as reader:
            found.entries = list(read_entries(reader))
    return found


def _deed(ledger: Ledger, dice: Random, found: Other, known: list[tuple[Head, Fact, Deed]], at: int) -> None:
    action, draw = f"{dice.getrandbits(128):032x}", dice.random()
    if draw < 0.2 and known:
        head, fact, deed = known.pop(dice.randrange(len(known)))
        undone = facts.outcome_undone(
            head, ref_action=fact.action, by=By(), at=at, action=f"{dice.getrandbits(128):032x}", why="slip"
        )
        _write(ledger, undone, Deed(found.desk, 0, at, "undone", of=deed.seq), found)
        if deed.kind == "crossed" and dice.random() < 0.6:
            again = crossing(dice, action, at + 1, replaces=fact.action)
            _write(ledger, again, Deed(found.desk, 0, at + 1, "crossed", 1, of=deed.seq), found)
        return
    if draw < 0.35:
        fact = tally(dice, action, at)
        public: Any = fact.public
        deed = Deed(found.desk, 0, at, "tallied", public["counts"][0]["vehicles"])
    else:
        fact, deed = crossing(dice, action, at), Deed(found.desk, 0, at, "crossed", 1)
    head = _write(ledger, fact, deed, found)
    if dice.random() < 0.4:
        known.append((head, fact, found.deeds[-1]))


def _write(ledger: Ledger, fact: Fact, deed: Deed, found: Other) -> Head:
    (written,) = ledger.append((fact,)).result()
    found.deeds.append(replace(deed, seq=written.seq))
    return Head(found.desk, written.epoch, written.seq, written.hash)


def cut(dice: Random, entries: Sequence[Entry]) -> list[list[Entry]]:
    """In parts as bundles have them, in any order."""
    places = sorted({0, len(entries), *(dice.randrange(len(entries)) for _ in range(5))})
    parts = [list(entries[a:b]) for a, b in pairwise(places)]
    dice.shuffle(parts)
    return parts


def land(ledger: Ledger, entries: Sequence[Entry]) -> None:
    header = read_header(entries[0].header)
    last = read_header(entries[-1].header).seq

    def write(connection: Any) -> None:
        show(connection, place(connection, entries))
        spans.hold(connection, header.desk, header.epoch, (header.seq, last))

    ledger.transact(write).result()


@contextmanager
def leading(folder: Path) -> Iterator[tuple[Ledger, Clock]]:
    clock = Clock()
    with opened(folder / "lead", tick=clock) as ledger:
        yield ledger, clock


def shift_id(number: int) -> str:
    return f"{DESK}.20221015.{number}"


def open_shift(ledger: Ledger, number: int, at: int) -> None:
    ledger.append(
        (
            facts.shift_opened(
                shift_id(number), group="三班", lead="01", officers={}, at=at, action=f"{number:032x}"
            ),
        )
    ).result()


def hand_over(ledger: Ledger, number: int, until: int) -> dict[str, DeskLine]:
    """Closes a shift with what the others did, as signed; the next one opens with it."""
    with ledger.reader() as reader:
        shift = queries.shift(reader, shift_id(number))
        assert shift is not None
        lines = {desk: desk_lines.desk_line(reader, shift, desk, until=until) for desk in OTHERS}
    open_shift(ledger, number + 1, until)
    totals: dict[str, Any] = {"desks": {desk: told(line) for desk, line in lines.items()}}
    closed = facts.shift_closed(
        by=By(shift_id(number), "01"), at=until + 1, action=f"{number + 900:032x}", totals=totals
    )
    ledger.append((closed,)).result()
    with ledger.reader() as reader:
        assert {line.desk: line for line in desk_lines.signed_lines(reader, shift_id(number))} == lines
    return lines


def expected(others: Sequence[Other], seen: Sequence[tuple[int, frozenset[tuple[str, int]]]]) -> list[int]:
    """Vehicles each handover counts: `seen` are the handovers with their time and the entries here then."""

    def first(deed: Deed) -> int | None:
        there = (
            number
            for number, (until, here) in enumerate(seen)
            if deed.at < until and (deed.desk, deed.seq) in here
        )
        return next(there, None)

    counted: Counter[int] = Counter()
    for one in others:
        window = {deed.seq: first(deed) for deed in one.deeds}
        undone = {deed.of: window[deed.seq] for deed in one.deeds if deed.kind == "undone"}
        group: dict[int, list[Deed]] = {}
        for deed in one.deeds:
            if deed.kind != "undone":
                root = deed.of if deed.of in group else deed.seq
                group.setdefault(root, []).append(deed)
                group[deed.seq] = group[root]
        for members in {id(each): each for each in group.values()}.values():
            windows = [
                place
                for deed in members
                if (place := window[deed.seq]) is not None
                and not (deed.seq in undone and undone[deed.seq] is not None and undone[deed.seq] <= place)  # type: ignore[operator]
            ]
            if windows:
                counted[min(windows)] += members[0].vehicles
    return [counted[number] for number in range(len(seen))]


@pytest.mark.parametrize("seed", range(14))
def test_every_crossing_of_every_desk_counts_in_exactly_one_handover(tmp_path: Path, seed: int) -> None:
    dice = Random(seed)
    end = START + SHIFTS * HOUR
    others = [other(tmp_path, desk, dice, count=dice.randint(10, 40), until=end) for desk in OTHERS]
    parts = [part for one in others for part in cut(dice, one.entries)]
    dice.shuffle(parts)
    seen: list[tuple[int, frozenset[tuple[str, int]]]] = []
    here: set[tuple[str, int]] = set()
    lines: list[dict[str, DeskLine]] = []
    with leading(tmp_path) as (ledger, _clock):
        open_shift(ledger, 1, START)
        for number in range(1, SHIFTS + 2):
            last = number == SHIFTS + 1
            for _ in range(len(parts) if last else dice.randint(0, 4)):
                if parts:
                    part = parts.pop()
                    land(ledger, part)
                    heads = [read_header(entry.header) for entry in part]
                    here |= {(head.desk, head.seq) for head in heads}
            until = START + number * HOUR + (HOUR if last else 0)
            lines.append(hand_over(ledger, number, until))
            seen.append((until, frozenset(here)))
    found = [sum(line.all_vehicles for line in each.values()) for each in lines]
    assert found == expected(others, seen)
    by_lanes = [
        sum(lane.vehicles + lane.counted_vehicles for line in each.values() for lane in line.lanes)
        for each in lines
    ]
    assert by_lanes == found
    crossed = sum(deed.kind == "crossed" and not deed.of for one in others for deed in one.deeds)
    undone = sum(deed.kind == "undone" for one in others for deed in one.deeds)
    tallied = sum(deed.vehicles for one in others for deed in one.deeds if deed.kind == "tallied")
    assert crossed + tallied - 4 * undone <= sum(found) <= crossed + tallied


def test_without_the_reach_of_the_handover_before_what_came_late_is_lost_or_counted_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same with every handover on its own finds other numbers."""
    monkeypatch.setattr(desk_lines._Desk, "_reach_before", lambda _self, _place: None)
    with pytest.raises(AssertionError):
        test_every_crossing_of_every_desk_counts_in_exactly_one_handover(tmp_path, 0)


def test_what_is_missing_is_named_with_the_time_before_it(tmp_path: Path) -> None:
    dice = Random(5)
    one = other(tmp_path, OTHERS[0], dice, count=40, until=START + HOUR)
    first, gap, rest = one.entries[:10], one.entries[10:20], one.entries[20:]
    with leading(tmp_path) as (ledger, _clock):
        open_shift(ledger, 1, START)
        land(ledger, first)
        land(ledger, rest)
        with ledger.reader() as reader:
            shift = queries.shift(reader, shift_id(1))
            assert shift is not None
            line = desk_lines.desk_line(reader, shift, OTHERS[0], until=START + HOUR)
        (missing,) = line.missing
        assert (missing.first, missing.last, missing.tail) == (11, 20, False)
        assert missing.since == read_header(first[-1].header).written
        assert not line.whole
        assert read(told(line)) == line
        assert shown(line)["missing"] == [[missing.epoch, 11, 20, missing.since, 0]]
        land(ledger, gap)
        with ledger.reader() as reader:
            assert desk_lines.desk_line(reader, shift, OTHERS[0], until=START + HOUR).missing == ()


def test_what_comes_after_the_end_changes_no_line_of_it(tmp_path: Path) -> None:
    """So a handover under way stays signed while bundles of the next shift come in."""
    one = other(tmp_path, OTHERS[0], Random(6), count=40, until=START + 2 * HOUR)
    half = next(place for place, entry in enumerate(one.entries) if _at(entry) >= START + HOUR)
    with leading(tmp_path) as (ledger, _clock):
        open_shift(ledger, 1, START)
        land(ledger, one.entries[:half])
        with ledger.reader() as reader:
            shift = queries.shift(reader, shift_id(1))
            assert shift is not None
            before = desk_lines.desk_line(reader, shift, OTHERS[0], until=START + HOUR)
        land(ledger, one.entries[half:])
        with ledger.reader() as reader:
            after = desk_lines.desk_line(reader, shift, OTHERS[0], until=START + HOUR)
            again = desk_lines.desk_line(reader, shift, OTHERS[0], until=START + HOUR, known=before)
    assert replace(after, heard=0) == replace(before, heard=0)
    assert again == after
    assert before.vehicles > 0


def _at(entry: Entry) -> int:
    header = read_header(entry.header)
    return header.happened if header.kind != facts.SEALED else 0


NONSENSE: tuple[dict[str, Any], ...] = (
    {"lane": "x"},
    {"people": -5},
    {"people": 2**53 - 1},
    {"people": None},
    {"class": 7},
    {"outcome": ["released"]},
    {"evidence": {"by": "x"}},
    {"checks": {}, "reasons": 5},
    {"apart": "x"},
    {"data": [1]},
    {"replaces": {}},
    {"started": "soon"},
)


def test_nonsense_of_another_desk_is_left_out_and_spoils_nothing_else(tmp_path: Path) -> None:
    dice, found = Random(7), Other(OTHERS[0])
    with opened(tmp_path / "other", desk=OTHERS[0]) as ledger:
        head = None
        for number, change in enumerate(({}, *NONSENSE)):
            fact = crossing(dice, f"{number:032x}", START + number)
            written = ledger.append((replace(fact, public={**fact.public, **change}),)).result()[0]
            head = head or Head(OTHERS[0], written.epoch, written.seq, written.hash)
        counts: tuple[Any, ...] = (
            "x",
            [5],
            [{"class": "car", "vehicles": -1, "people": 1}],
            [{"class": "car"}],
        )
        for number, value in enumerate(counts):
            fact = tally(dice, f"{number + 100:032x}", START + 100)
            ledger.append((replace(fact, public={**fact.public, "counts": value}),)).result()
        assert head is not None
        amendments: tuple[Any, ...] = ({"people": "x"}, {"lane": []}, "x", {"people": 3})
        for number, fields in enumerate(amendments):
            ref: Any = facts.reference(head, action=f"{0:032x}")
            amended = Fact(
                facts.CROSSING_AMENDED, f"{number + 200:032x}", START + 200, {"ref": ref, "fields": fields}
            )
            ledger.append((amended,)).result()
        ledger.seal("test").result()
        with ledger.reader() as reader:
            found.entries = list(read_entries(reader))
    with leading(tmp_path) as (ledger, _clock):
        open_shift(ledger, 1, START)
        land(ledger, found.entries)
        lines = hand_over(ledger, 1, START + HOUR)
    assert (lines[OTHERS[0]].vehicles, lines[OTHERS[0]].people) == (1, 3)
    assert lines[OTHERS[0]].counted_vehicles == 0
