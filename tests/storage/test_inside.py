"""Who is inside: kept by triggers with every passage, correction and forgetting, checked by a replay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint_app.bench.pages import values_left
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.storage import derived, forgetting, inside
from checkpoint_app.storage.appending import Written, new_action
from checkpoint_app.storage.forgetting import Order
from checkpoint_app.storage.hourly import HOURLY
from checkpoint_app.storage.ledger import Ledger
from tests.storage.desks import KEY, START, opened
from tests.storage.traffic import DAY, amended, crossed, crossing, undone

PLATES = ("豫A00001", "豫B00002", "豫C00003")


def passed(
    plate: str = PLATES[0],
    *,
    way: Direction = Direction.IN,
    at: int = START,
    outcome: Outcome = Outcome.RELEASED,
) -> Fact:
    return crossed(replace(crossing(plate=plate), direction=way), at=at, outcome=outcome)


def left(plate: str = PLATES[0], *, at: int, outcome: Outcome = Outcome.RELEASED) -> Fact:
    return passed(plate, way=Direction.OUT, at=at, outcome=outcome)


def put(ledger: Ledger, *facts: Fact) -> tuple[Written, ...]:
    return ledger.append(facts).result()


def switched(ledger: Ledger, *, on: bool = True) -> None:
    ledger.transact(lambda db: inside.switch(db, on=on, now=START)).result()


def plates(ledger: Ledger) -> list[str]:
    with ledger.reader() as reader:
        assert inside.replay_inside(reader) == ()
        return [row.plate for row in inside.rows(reader)]


def test_in_puts_a_plate_inside_and_out_takes_it_away(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        switched(ledger)
        put(ledger, passed(), passed(PLATES[1], at=START + 1, outcome=Outcome.REGISTERED))
        with ledger.reader() as reader:
            (first, _) = inside.rows(reader)
        assert (first.plate, first.since, first.lane) == (PLATES[0], START, 1)
        put(ledger, left(at=START + 2))
        assert plates(ledger) == [PLATES[1]]


@pytest.mark.parametrize("outcome", [Outcome.TURNED_BACK, Outcome.HELD])
def test_who_was_not_let_in_is_not_inside_and_who_was_not_let_out_is(
    tmp_path: Path, outcome: Outcome
) -> None:
    with opened(tmp_path) as ledger:
        switched(ledger)
        put(
            ledger, passed(outcome=outcome), passed(PLATES[1]), left(PLATES[1], at=START + 1, outcome=outcome)
        )
        assert plates(ledger) == [PLATES[1]]


def test_what_is_written_late_counts_at_its_own_time(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        switched(ledger)
        put(ledger, left(at=START + 100), passed(at=START + 50), left(PLATES[1], at=START))
        assert plates(ledger) == []
        put(ledger, passed(PLATES[1], at=START + 1))
        assert plates(ledger) == [PLATES[1]]


def test_vehicles_without_a_plate_are_neither_in_nor_out(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        switched(ledger)
        nobody = replace(crossing(plate="", people=()), direction=Direction.IN)
        (written, _) = put(ledger, crossed(nobody), passed(plate=""))
        assert plates(ledger) == []
        put(ledger, amended(written, personal={"plate": PLATES[2]}))
        assert plates(ledger) == [PLATES[2]]


def test_an_undone_passage_gives_the_one_before_it_back(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        switched(ledger)
        _, out = put(ledger, passed(), left(at=START + 1))
        put(ledger, undone(out))
        assert plates(ledger) == [PLATES[0]]


def test_an_amended_plate_direction_or_outcome_moves_it(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        switched(ledger)
        first, second, third = put(ledger, *(passed(plate, at=START + 1) for plate in PLATES))
        put(ledger, amended(first, personal={"plate": "豫Z99999"}))
        put(ledger, amended(second, public={"direction": "out"}))
        put(ledger, amended(third, public={"outcome": "turned_back"}))
        assert plates(ledger) == ["豫Z99999"]


def test_forgetting_a_passage_takes_the_plate_out_of_every_page(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        switched(ledger)
        (written, *_) = put(ledger, passed("忘A11111"), passed(PLATES[1], at=START + DAY))
        put(ledger, amended(written, personal={"plate": "忘B22222"}))
        values = {"忘A11111".encode(), "忘B22222".encode()}
        assert values_left(tmp_path, (KEY,), values) == values
        forgetting.forget(ledger, Order(START + DAY, "7", new_action(), By("", "07")))
        assert plates(ledger) == [PLATES[1]]
        assert values_left(tmp_path, (KEY,), values) == set()


def test_a_station_that_does_not_pair_keeps_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        put(ledger, passed())
        with ledger.reader() as reader:
            assert reader.execute("SELECT count(*) FROM passage").fetchone() == (0,)
        assert plates(ledger) == []
        switched(ledger)
        put(ledger, passed(PLATES[1]))
        switched(ledger, on=False)
        assert plates(ledger) == []


def test_turning_it_on_takes_up_what_is_there_step_by_step(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        put(ledger, passed(), passed(PLATES[1]), left(at=START + 1), passed(PLATES[2]))
        switched(ledger)
        put(ledger, left(PLATES[2], at=START + 2))
        steps = 0
        while ledger.transact(lambda db: inside.fill_step(db, upto=6, entries=2, now=START)).result():
            steps += 1
        assert steps == 2
        assert plates(ledger) == [PLATES[1]]


def test_made_again_it_is_the_same_also_after_a_change_of_what_it_hangs_on(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        switched(ledger)
        written = put(ledger, passed(), passed(PLATES[1]), left(at=START + 1))
        ledger.transact(inside.rebuild_inside).result()
        assert plates(ledger) == [PLATES[1]]
        forget = "DELETE FROM derived WHERE name = 'hourly'"
        ledger.transact(lambda db: db.execute(forget).rowcount).result()
        ledger.alone(derived.renew).result()
        put(ledger, undone(written[2]))
        with ledger.reader() as reader:  # control: the triggers on `revision` went with that table
            assert [found[0] for found in inside.replay_inside(reader)] == [PLATES[0]]
        changed = replace(HOURLY, drops=(*HOURLY.drops, "SELECT 1"))
        again = replace(inside.INSIDE, hangs_on=(*changed.drops, *changed.creates))
        made = ledger.alone(lambda db: derived.renew(db, (changed, again))).result()
        assert made == ("hourly", "inside")
        assert plates(ledger) == [PLATES[0], PLATES[1]]
        put(ledger, undone(written[0]))
        assert plates(ledger) == [PLATES[1]]


def test_the_replay_sees_a_plate_that_was_slipped_in(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        switched(ledger)
        put(ledger, passed())
        slip = "INSERT INTO inside VALUES('豫X1', 1, 1, 1)"
        ledger.transact(lambda db: db.execute(slip).rowcount).result()
        with ledger.reader() as reader:
            assert [found[0] for found in inside.replay_inside(reader)] == ["豫X1"]


MOVES = st.lists(
    st.one_of(
        st.tuples(
            st.just("pass"),
            st.sampled_from(PLATES),
            st.sampled_from(Direction),
            st.sampled_from(Outcome),
            st.integers(0, 20),
        ),
        st.tuples(st.just("undo"), st.integers(0, 30)),
        st.tuples(st.just("plate"), st.integers(0, 30), st.sampled_from(PLATES)),
        st.tuples(st.just("way"), st.integers(0, 30), st.sampled_from(Direction)),
    ),
    max_size=14,
)


@given(moves=MOVES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_the_replay_agrees(
    tmp_path_factory: pytest.TempPathFactory, moves: Sequence[tuple[object, ...]]
) -> None:
    with opened(tmp_path_factory.mktemp("in")) as ledger:
        switched(ledger)
        known: list[Written] = []
        for what, *rest in moves:
            if what == "pass":
                plate, way, outcome, at = rest
                known += put(ledger, passed(plate, way=way, at=START + at, outcome=outcome))  # type: ignore[arg-type, operator]
            elif known:
                about = known[int(str(rest[0])) % len(known)]
                put(ledger, _correction(str(what), about, rest))
        plates(ledger)


def _correction(what: str, about: Written, rest: Sequence[object]) -> Fact:
    if what == "undo":
        return undone(about)
    if what == "plate":
        return amended(about, personal={"plate": str(rest[1])})
    return amended(about, public={"direction": str(rest[1])})
