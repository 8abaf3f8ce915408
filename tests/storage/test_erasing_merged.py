"""Erasure wins: what a desk erased is erased in every file its entries come to, whatever came first."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest

from checkpoint_app.domain.entry import Entry, Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.storage import erasing_merged, erasures, forgetting
from checkpoint_app.storage.appending import new_action
from checkpoint_app.storage.desk import write_setting
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger
from tests.storage.arrivals import entries_of, land
from tests.storage.desks import START, opened
from tests.storage.traffic import DAY, amended, crossed

OTHER = "G25-01"
LATER = START + DAY


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Entry]:
    """Two crossings a day apart, the older one amended after the order's time, then forgetting."""
    folder = tmp_path_factory.mktemp("erasing") / "other"
    with opened(folder, desk=OTHER) as ledger:
        old, _ = ledger.append((crossed(), crossed(at=LATER))).result()
        ledger.append((amended(old, personal={"plate": "豫A54321"}, at=LATER),)).result()
    before = entries_of(folder)
    with opened(folder, desk=OTHER) as ledger:
        order = forgetting.Order(START + 60_000, "2022-1", new_action(), By("", "07"), lasting_too=False)
        forgetting.forget(ledger, order)
    return (*before, *(entry for entry in entries_of(folder)[len(before) :]))


def personal(ledger: Ledger) -> list[bool]:
    with ledger.reader() as reader:
        rows = reader.execute(
            "SELECT personal IS NOT NULL FROM entry WHERE desk = ? AND kind IN ('vehicle_crossed',"
            " 'crossing_amended') ORDER BY seq",
            (OTHER,),
        )
        return [bool(row[0]) for row in rows]


def arrived(ledger: Ledger, entries: Sequence[Entry], *, erase: bool = True) -> None:
    ranges = land(ledger, entries)

    def note(connection: Connection) -> None:
        write_setting(connection, erasing_merged.ARRIVED, [list(span) for span in ranges], now=START)

    if erase:
        ledger.transact(note).result()
        erasing_merged.erase(ledger)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_old_crossing_and_its_late_amendment_are_erased_whatever_came_first(
    tmp_path: Path, chain: Sequence[Entry], order: Sequence[int]
) -> None:
    parts = (chain[:3], chain[3:4], chain[4:])
    with opened(tmp_path, desk="HQ") as ledger:
        for place in order:
            arrived(ledger, parts[place])
        assert personal(ledger) == [False, True, False]


def test_control_without_erasing_the_old_crossing_is_still_readable(
    tmp_path: Path, chain: Sequence[Entry]
) -> None:
    with opened(tmp_path, desk="HQ") as ledger:
        arrived(ledger, chain, erase=False)
        assert personal(ledger) == [True, True, True]


def test_what_the_own_desk_ordered_covers_every_desk(tmp_path: Path) -> None:
    with opened(tmp_path, desk="HQ") as ledger:
        forgetting.forget(ledger, forgetting.Order(START, "1", new_action(), By("", "07"), lasting_too=False))
        with ledger.reader() as reader:
            orders = erasures.orders(reader, ())
    assert orders.covers(OTHER, "vehicle_crossed", START - 1)
    assert not orders.covers(OTHER, "vehicle_crossed", START)
    assert not orders.covers(OTHER, "person_registered", START - 1)


def test_an_order_of_another_desk_covers_that_desk_alone(tmp_path: Path, chain: Sequence[Entry]) -> None:
    with opened(tmp_path, desk="HQ") as ledger:
        land(ledger, chain)
        with ledger.reader() as reader:
            orders = erasures.orders(reader)
    assert orders.covers(OTHER, "vehicle_crossed", START)
    assert not orders.covers("HQ", "vehicle_crossed", START)


def test_an_order_that_nobody_could_have_given_covers_nothing(tmp_path: Path) -> None:
    facts = [Fact("erased", new_action(), START, {"stage": "ordered", "before": "soon", "kinds": 7})]
    with opened(tmp_path / "other", desk=OTHER) as ledger:
        ledger.append(facts).result()
    with opened(tmp_path / "hq", desk="HQ") as ledger:
        land(ledger, entries_of(tmp_path / "other"))
        with ledger.reader() as reader:
            assert erasures.orders(reader).before == {}
