"""What passed in a stretch of time, held against what was put in."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from checkpoint_app.domain.crossing import Person
from checkpoint_app.domain.words import Evidence, Outcome, VehicleClass
from checkpoint_app.storage import hour_slots
from checkpoint_app.storage.hour_slots import HOUR, Apart, Slot
from checkpoint_app.storage.hourly import TALLIED
from tests.storage.desks import DESK, START, opened
from tests.storage.traffic import BY, ZHANG, amended, crossed, crossing, tallied, undone

ZONE = 480
BEGUN = START // HOUR * HOUR + 20 * 60_000  # a shift that begins within an hour
OTHERS = (ZHANG, Person(2, "李四"), Person(3, "王五"))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("until", [None, BEGUN + 2 * HOUR + 7_000, BEGUN + 5 * 60_000])
def test_what_passed_is_what_was_written(tmp_path: Path, seed: int, until: int | None) -> None:
    dice = Random(seed)
    oracle: Counter[tuple[int, int, str, str, str]] = Counter()
    people: Counter[tuple[int, int, str, str, str]] = Counter()
    facts = []
    for _number in range(120):
        at = BEGUN - 30 * 60_000 + dice.randrange(4 * HOUR)
        lane, heads = dice.randrange(1, 5), dice.randrange(1, 4)
        vehicle, evidence = dice.choice(list(VehicleClass)), dice.choice(list(Evidence))
        outcome = dice.choice(list(Outcome))
        what = replace(crossing(lane=lane, people=OTHERS[:heads]), vehicle=vehicle)
        facts.append(crossed(what, at=at, outcome=outcome, evidence=evidence))
        if at >= BEGUN and (until is None or at < until):
            key = (at // HOUR * HOUR, lane, vehicle.value, outcome.value, evidence.value)
            oracle[key] += 1
            people[key] += heads
    with opened(tmp_path) as ledger:
        ledger.append(facts).result()
        with ledger.reader() as reader:
            found = hour_slots.slots(reader, desk=DESK, since=BEGUN, until=until, zone=ZONE)
    assert {_key(slot): slot.vehicles for slot in found} == dict(oracle)
    assert {_key(slot): slot.people for slot in found} == dict(people)


def test_the_minute_in_which_a_shift_begins_counts_in_it_and_what_was_written_before_does_not(
    tmp_path: Path,
) -> None:
    minute = BEGUN // 60_000 * 60_000
    begun = minute + 30_000
    with opened(tmp_path) as ledger:
        before = replace(tallied(cars=5, people=9, minute=minute), happened=begun - 1)
        ledger.append([before, tallied(cars=2, people=3, minute=minute)]).result()
        with ledger.reader() as reader:
            found = hour_slots.slots(reader, desk=DESK, since=begun, until=begun + 60_000, zone=ZONE)
    assert [(slot.vehicles, slot.people) for slot in found] == [(2, 3)]


def test_corrections_and_counted_traffic_hold_in_the_first_hour_and_in_later_ones(tmp_path: Path) -> None:
    first, later = BEGUN + 60_000, BEGUN + HOUR
    with opened(tmp_path) as ledger:
        written = ledger.append([crossed(at=at) for at in (first, first, later, later)]).result()
        ledger.append(
            [
                undone(written[0]),
                undone(written[2]),
                amended(written[1], public={"people": 4}),
                amended(written[3], public={"people": 5}),
                *(tallied(cars=2, people=3, minute=at // 60_000 * 60_000) for at in (first, later)),
            ]
        ).result()
        with ledger.reader() as reader:
            found = hour_slots.slots(reader, desk=DESK, since=BEGUN, zone=ZONE)
    by_hour = {
        (slot.hour < BEGUN, slot.outcome): (slot.vehicles, slot.people, slot.evidence) for slot in found
    }
    assert by_hour == {
        (True, "released"): (1, 4, "scanned"),
        (True, TALLIED): (2, 3, "seen"),
        (False, "released"): (1, 5, "scanned"),
        (False, TALLIED): (2, 3, "seen"),
    }


def test_who_was_held_while_the_vehicle_went_on_is_found_once_and_not_when_undone(tmp_path: Path) -> None:
    held = replace(OTHERS[1], outcome="held")
    sent = replace(OTHERS[2], outcome="turned_back")
    bus = replace(crossing(lane=3), people=(ZHANG, held, sent))
    with opened(tmp_path) as ledger:
        first, second, _plain = ledger.append(
            [crossed(bus), crossed(replace(bus, action="b" * 32)), crossed()]
        ).result()
        with ledger.reader() as reader:
            both = hour_slots.held_apart(reader, BY.shift, behind=0)
            assert [(each.lane, each.people) for each in both] == [(3, 1), (3, 1)]
            assert hour_slots.held_apart(reader, BY.shift, behind=both[-1].entry) == ()
            assert hour_slots.held_apart(reader, "another", behind=0) == ()
        ledger.append([undone(first)]).result()
        with ledger.reader() as reader:
            gone = hour_slots.undone(reader, [each.entry for each in both])
    assert [each for each in both if each.entry not in gone] == [Apart(both[1].entry, 3, 1)]
    assert second.seq > first.seq


@pytest.mark.parametrize("name", ["_CUT", "_NEWEST_SETS"])
def test_a_statement_begins_at_the_index_of_times(tmp_path: Path, name: str) -> None:
    with opened(tmp_path) as ledger, ledger.reader() as reader:
        statement = getattr(hour_slots, name)
        given = {"desk": DESK, "since": 0, "until": 1, "now": 1}
        plan = " ".join(row[3] for row in reader.execute(f"EXPLAIN QUERY PLAN {statement}", given))
    assert "entry_happened" in plan
    assert "SCAN entry" not in plan


def test_a_shift_is_read_by_its_own_index(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger, ledger.reader() as reader:
        rows = reader.execute(f"EXPLAIN QUERY PLAN {hour_slots._APART}", {"shift": "S", "behind": 5})
        plan = " ".join(row[3] for row in rows)
    assert "entry_shift (shift=? AND rowid>?)" in plan


def _key(slot: Slot) -> tuple[int, int, str, str, str]:
    return slot.hour, slot.lane, slot.vehicle, slot.outcome, slot.evidence
