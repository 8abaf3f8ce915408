"""What stands in the log is read in the same time after years as on the first day."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from checkpoint_app.domain import orders, stores
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.hours import off_duty, on_duty
from checkpoint_app.domain.logbook import Item
from checkpoint_app.storage import affairs, logbook
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger
from tests.storage.desks import DESK, Clock, opened

BY = By("S1", "01")
DAY = 86_400_000


class Writing:
    """Facts about one article, written one after the other."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self.ledger, self.random, self.number = ledger, Random(seed), 0

    def action(self) -> str:
        self.number += 1
        return f"{self.number:032x}"

    def some(self, item: str, how_many: int) -> Sequence[Fact]:
        return [self._one(item) for _each in range(how_many)]

    def _one(self, item: str) -> Fact:
        at, action, count = self.ledger.now(), self.action(), self.random.randrange(1, 50)
        what = self.random.choice(("move", "move", "move", "count", "declare"))
        if what == "count":
            return stores.counted(item, count=count, by=BY, at=at, action=action)
        if what == "move":
            return stores.moved(item, count=count - 25, whom="某人", by=BY, at=at, action=action)
        return stores.declared(f"口罩{count}", low=count, about=item, by=BY, at=at, action=action)


def whole(reader: Connection, *, upto: int | None = None) -> tuple[Item, ...]:
    told = affairs.all_told(reader, Family.ITEM, desk=DESK)
    return stores.fold([each for each in told if upto is None or each.id <= upto])


def stand(items: Sequence[Item]) -> list[tuple[object, ...]]:
    return [
        (each.id, each.name, each.low, each.balance, each.counted, each.condition, each.seqs[-3:])
        for each in items
    ]


@pytest.mark.parametrize("seed", range(12))
def test_an_article_stands_as_its_whole_history_says(tmp_path: Path, seed: int) -> None:
    with opened(tmp_path, tick=Clock()) as ledger:
        writing = Writing(ledger, seed)
        names = [writing.action() for _each in range(2)]
        ledger.append(
            [stores.declared("口罩", low=3, by=BY, at=ledger.now(), action=name) for name in names]
        ).result()
        told = [fact for name in names for fact in writing.some(name, 60)]
        writing.random.shuffle(told)
        ledger.append(told).result()
        with ledger.reader() as reader:
            assert stand(logbook.items(reader, DESK)) == stand(whole(reader))
            for upto in (2, 3, 10, 57, 80):
                assert stand(logbook.items(reader, DESK, upto=upto)) == stand(whole(reader, upto=upto))
            assert stand(logbook.of_shift(reader, "S1").items) == stand(whole(reader))


def test_of_an_article_that_is_counted_for_years_only_the_end_is_read(tmp_path: Path) -> None:
    with opened(tmp_path, tick=Clock()) as ledger:
        writing = Writing(ledger, 1)
        name = writing.action()
        ledger.append([stores.declared("口罩", by=BY, at=ledger.now(), action=name)]).result()
        ledger.append(writing.some(name, 2_000)).result()
        with ledger.reader() as reader:
            (item,) = logbook.items(reader, DESK)
            assert len(whole(reader)[0].seqs) == 2_001
            assert len(item.seqs) < 4 * logbook.LAST_MOVES
            assert len(item.moves) >= logbook.LAST_MOVES // 2


def test_orders_whose_time_is_over_are_not_read_with_those_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    read: list[str] = []
    real = affairs.told

    def told(reader: Connection, family: Family, wanted: Sequence[str], *, desk: str) -> object:
        read.extend(wanted)
        return real(reader, family, wanted, desk=desk)

    with opened(tmp_path, tick=clock) as ledger:
        writing, now = Writing(ledger, 1), ledger.now()
        lasting = [
            orders.received("指挥部", text="查验", until=until, by=BY, at=now, action=writing.action())
            for until in (0, now + DAY, *[now + 60_000] * 20)
        ]
        ledger.append(lasting).result()
        monkeypatch.setattr(affairs, "told", told)
        with ledger.reader() as reader:
            assert len(logbook.orders_in_force(reader, DESK, now)) == 22
            read.clear()
            found = logbook.orders_in_force(reader, DESK, now + 120_000)
            assert [each.until for each in found] == [0, now + DAY]
            assert len(read) == 2


def test_attendance_of_a_time_is_found_by_the_time_alone(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, tick=clock) as ledger:
        writing, now = Writing(ledger, 1), ledger.now()
        facts = [
            make("07", by=BY, at=now - day * DAY, action=writing.action())
            for day in (400, 30, 1)
            for make in (lambda *a, **k: on_duty(*a, post="", **k), off_duty)
        ]
        ledger.append(facts).result()
        with ledger.reader() as reader:
            found = affairs.since(reader, Family.ATTENDANCE, now - 40 * DAY, desk=DESK, until=now - 10 * DAY)
            assert [each.happened for each in found] == [now - 30 * DAY] * 2
            plan = reader.execute(
                "EXPLAIN QUERY PLAN SELECT entry FROM affair_entry AS told"
                " WHERE told.desk = ? AND told.family = ? AND told.happened >= ? AND told.happened < ?",
                (DESK, "attendance", 0, 1),
            ).fetchall()
            assert "affair_entry_at" in plan[0][-1]
