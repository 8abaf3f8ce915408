"""Who is inside as a lane sees it: from memory, in step with the ledger, and what does not fit is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.known import Presence
from checkpoint_app.domain.words import Direction, Outcome, VerdictState
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.inside import Inside, Odd
from checkpoint_app.storage import forgetting
from checkpoint_app.storage import inside as kept
from checkpoint_app.storage.engine import Connection, DiskFull
from checkpoint_app.storage.forgetting import Order
from checkpoint_app.storage.ledger import Ledger
from tests.services.desks import PLATE, SETTINGS, desk_in
from tests.storage.desks import START, Clock, opened
from tests.storage.test_inside import PLATES, left, passed, put
from tests.storage.traffic import undone

HOUR = 3_600_000


@contextmanager
def paired(ledger: Ledger, *, hours: int = 24) -> Iterator[Inside]:
    found = Inside(ledger, overstay=lambda: hours)
    done = found.use(on=True)
    assert done is not None
    done.result()
    try:
        yield found
    finally:
        found.close()


def caught_up(found: Inside) -> Inside:
    """Whatever the reading thread was asked for until now is done."""
    assert found._worker is not None
    found._worker.submit(lambda: None).result()
    return found


def test_it_knows_what_was_there_and_what_comes(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, tick=clock) as ledger:
        put(ledger, passed())
        with paired(ledger) as found:
            assert (found.used, found.count(), found.is_inside(PLATES[0])) == (True, 1, True)
            put(ledger, passed(PLATES[1], at=START + HOUR), left(at=START + HOUR))
            assert [stay.plate for stay in caught_up(found).rows()] == [PLATES[1]]
            clock.pass_by(30 * HOUR)
            ledger.now()
            assert found.presence(PLATES[1]) == Presence(True, True, 29, 24)
            assert [stay.hours for stay in found.overstayed()] == [29]
            assert found.presence(PLATES[0]) == Presence(True, False, 0, 24)


def test_a_correction_is_seen_too(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger, paired(ledger) as found:
        (written,) = put(ledger, passed())
        assert caught_up(found).count() == 1
        put(ledger, undone(written))
        assert caught_up(found).count() == 0


def test_what_does_not_fit_is_told(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger, paired(ledger, hours=5) as found:
        told: list[Odd] = []
        found.heard = lambda oddity: told.append(oddity.what)
        put(ledger, left(PLATES[1], at=START))
        put(ledger, passed(at=START))
        put(ledger, passed(at=START + 1))
        put(ledger, left(at=START + 5 * HOUR + 1))
        put(ledger, passed(PLATES[2], at=START), left(PLATES[2], at=START + HOUR))
        caught_up(found)
        assert told == [Odd.EXIT_ALONE, Odd.TWICE_IN, Odd.OVERSTAYED]
        assert [(one.plate, one.hours) for one in found.oddities] == [
            (PLATES[1], 0),
            (PLATES[0], 0),
            (PLATES[0], 5),
        ]


def test_asking_about_a_plate_never_touches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as ledger, paired(ledger) as found:
        put(ledger, passed())
        caught_up(found)

        def asked() -> None:
            raise AssertionError

        monkeypatch.setattr(ledger, "reader", asked)
        assert found.is_inside(PLATES[0])
        assert found.presence(PLATES[0]).inside
        assert (found.count(), len(found.rows())) == (1, 1)


def test_turned_off_nothing_is_kept_and_a_stopped_filling_goes_on(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        put(ledger, *(passed(plate) for plate in PLATES))

        def half(connection: Connection) -> bool:
            kept.switch(connection, on=True, now=START)
            return kept.fill_step(connection, upto=9, entries=2, now=START)

        assert ledger.transact(half).result()
        with paired(ledger) as found:
            assert found.count() == 3
            off = found.use(on=False)
            assert off is not None
            off.result()
            assert (found.used, found.count(), found.presence(PLATES[0])) == (False, 0, Presence())
        with ledger.reader() as reader:
            assert reader.execute("SELECT count(*) FROM passage").fetchone() == (0,)
        assert Inside(ledger, overstay=lambda: 1).use(on=False) is None


def test_pairing_that_could_not_be_turned_on_is_not_used_until_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as ledger:
        put(ledger, passed(PLATES[0]))
        monkeypatch.setattr(ledger, "transact", _no_disk)
        with paired(ledger) as found:
            assert not found.used
            monkeypatch.undo()
            put(ledger, passed(PLATES[1]))
            assert caught_up(found).used
            assert [found.is_inside(plate) for plate in PLATES[:2]] == [True, True]


def test_what_did_not_fit_is_forgotten_with_its_crossing(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, tick=clock) as ledger, paired(ledger) as found:
        put(ledger, left(PLATES[0], at=START))
        put(ledger, left(PLATES[1], at=START + 48 * HOUR))
        assert len(caught_up(found).oddities) == 2
        order = Order(START + HOUR, "rule", new_action(), By())
        forgetting.forget(ledger, order)
        assert [one.plate for one in caught_up(found).oddities] == [PLATES[1]]


def _no_disk(_work: object) -> object:
    raise DiskFull(path="x")


@contextmanager
def exit_lane(folder: Path, *, clock: Clock) -> Iterator[Desk]:
    with desk_in(folder, clock=clock, settings=replace(SETTINGS, pairing=True, overstay_hours=2)) as desk:
        done = desk.inside.use(on=True)
        if done is not None:
            done.result()
        try:
            yield desk
        finally:
            desk.inside.close()


def judged(desk: Desk) -> tuple[VerdictState, list[str]]:
    caught_up(desk.inside)
    lane = desk.lane(2, direction=Direction.OUT)
    lane.plate(PLATE)
    assert lane.verdict is not None
    codes = [reason.code for reason in lane.verdict.reasons if reason.state is VerdictState.REFER]
    lane.end(Outcome.ABANDONED, why="x")
    return lane.verdict.state if lane.verdict else VerdictState.PASS, codes


def test_the_rules_speak_at_the_exit_only_when_something_does_not_fit(tmp_path: Path) -> None:
    clock = Clock()
    with exit_lane(tmp_path, clock=clock) as desk:
        assert judged(desk)[1] == ["exit_unpaired"]
        put(desk.ledger, passed(PLATE, at=desk.ledger.now()))
        assert judged(desk)[1] == []
        put(desk.ledger, passed(PLATE, at=desk.ledger.now() + 1))
        clock.pass_by(3 * HOUR)
        assert judged(desk)[1] == ["overstay"]
        off = desk.inside.use(on=False)
        assert off is not None
        off.result()
        lane = desk.lane(1, direction=Direction.OUT)
        lane.plate("豫Z12345")
        assert lane.verdict is not None
        assert not [one for one in lane.verdict.reasons if one.state is VerdictState.REFER]
