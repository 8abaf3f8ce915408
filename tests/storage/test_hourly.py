"""Counts by hour: kept with every append and correction, made again, and checked by a replay."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.words import Evidence, Outcome
from checkpoint_app.storage import hourly, queries
from checkpoint_app.storage.appending import Written
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.rows import HourRow
from tests.storage.desks import START, opened
from tests.storage.traffic import DAY, amended, crossed, crossing, tallied, undone

TODAY = (START + 480 * 60_000) // DAY


def hours(ledger: Ledger) -> list[tuple[str, str, int, int]]:
    """Outcome, evidence, vehicles and people of every slot."""
    with ledger.reader() as reader:
        rows: Sequence[HourRow] = queries.hours(reader, since=TODAY - 1, until=TODAY + 2)
    return sorted((row.outcome, row.evidence, row.vehicles, row.people) for row in rows)


def differences(ledger: Ledger) -> tuple[hourly.Difference, ...]:
    with ledger.reader() as reader:
        return hourly.replay_hourly(reader)


def put(ledger: Ledger, *facts: Fact) -> tuple[Written, ...]:
    return ledger.append(facts).result()


def test_a_crossing_and_a_tally_count_at_once_and_apart(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        put(
            ledger,
            crossed(),
            crossed(outcome=Outcome.HELD, evidence=Evidence.SEEN),
            tallied(cars=5, people=9),
        )
        assert hours(ledger) == [
            ("held", "seen", 1, 1),
            ("released", "scanned", 1, 1),
            ("tallied", "seen", 5, 9),
        ]
        assert differences(ledger) == ()


def test_the_hour_is_that_of_the_place_and_of_the_tallied_minute(tmp_path: Path) -> None:
    midnight = TODAY * DAY - 480 * 60_000
    with opened(tmp_path) as ledger:
        put(ledger, crossed(at=midnight + 59 * 60_000), tallied(cars=1, people=1, minute=midnight - 60_000))
        with ledger.reader() as reader:
            rows = queries.hours(reader, since=TODAY - 1, until=TODAY + 1)
        assert [(row.day, row.hour) for row in rows] == [(TODAY - 1, 23), (TODAY, 0)]


def test_an_undone_crossing_no_longer_counts_however_often_it_is_undone(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        written, _ = put(ledger, crossed(), crossed())
        put(ledger, undone(written))
        put(ledger, undone(written))
        assert hours(ledger) == [("released", "scanned", 1, 1)]
        assert differences(ledger) == ()


def test_an_amended_crossing_counts_as_amended_until_it_is_undone(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        (written,) = put(ledger, crossed())
        put(ledger, amended(written, public={"outcome": "held"}))
        put(ledger, amended(written, public={"people": 4}))
        assert hours(ledger) == [("held", "scanned", 1, 4)]
        put(ledger, undone(written))
        put(ledger, amended(written, public={"people": 7}))
        assert hours(ledger) == []
        assert differences(ledger) == ()


def test_an_undone_tally_takes_its_vehicles_back(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        (written,) = put(ledger, tallied(cars=5, people=9))
        put(ledger, undone(written))
        assert hours(ledger) == []
        assert differences(ledger) == ()


def test_a_vehicle_counted_too_much_is_taken_off_in_a_later_minute(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        put(ledger, tallied(cars=5, people=9), tallied(cars=-1, people=-2))
        assert hours(ledger) == [("tallied", "seen", 4, 7)]
        assert differences(ledger) == ()


def test_a_correction_of_another_hash_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        written, other = put(ledger, crossed(), crossed())
        forged = Written(
            written.seq,
            written.epoch,
            other.hash,
            written.action,
            written.kind,
            written.happened,
            written.written,
        )
        put(ledger, undone(forged))
        assert hours(ledger) == [("released", "scanned", 2, 2)]
        assert differences(ledger) == ()


def test_a_wrong_count_is_found_by_the_replay(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        put(ledger, crossed())
        ledger.transact(lambda db: db.execute("UPDATE hourly SET people = people + 1").rowcount).result()
        ((_, kept, replayed),) = differences(ledger)
        assert (kept, replayed) == ((1, 2), (1, 1))
        ledger.transact(hourly.rebuild_hourly).result()
        assert differences(ledger) == ()


STEPS = st.lists(
    st.tuples(st.sampled_from(["cross", "tally", "undo", "amend"]), st.integers(0, 9), st.integers(1, 5)),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_the_counts_are_those_of_a_replay_and_of_a_rebuild(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    with opened(tmp_path_factory.mktemp("ledger")) as ledger:
        done: list[Written] = []
        for what, place, number in steps:
            target = done[place % len(done)] if done else None
            if what == "tally":
                done += put(ledger, tallied(cars=number, people=number * 2))
            elif what == "cross" or target is None:
                done += put(ledger, crossed(crossing(lane=number)))
            elif what == "undo":
                put(ledger, undone(target))
            else:
                put(ledger, amended(target, public={"people": number, "lane": number}))
        assert differences(ledger) == ()
        before = derived_rows(ledger)
        ledger.transact(hourly.rebuild_hourly).result()
        assert derived_rows(ledger) == before


def derived_rows(ledger: Ledger) -> list[object]:
    """Everything derived but the slots that came down to nothing."""
    tables = ("hourly WHERE vehicles <> 0 OR people <> 0", "revision", "thread", "duty")
    with ledger.reader() as reader:
        return [sorted(reader.execute(f"SELECT * FROM {table}").fetchall()) for table in tables]
