"""Affairs: which entries tell of which, and what is not over."""

from __future__ import annotations

import secrets
from pathlib import Path

from checkpoint_app.domain.affairs import FAMILY_OF, Family
from checkpoint_app.domain.entry import Fact
from checkpoint_app.storage import affairs, derived
from checkpoint_app.storage.ledger import Ledger
from tests.storage.desks import DESK, Clock, opened


def told(ledger: Ledger, kind: str, *, about: str = "", over: bool = False, shift: str = "") -> str:
    public = {"about": about} if about else {}
    action = secrets.token_hex(16)
    fact = Fact(kind, action, ledger.now(), {**public, "over": over}, {"text": kind}, shift)
    ledger.append((fact,)).result()
    return action


def test_what_begins_an_affair_names_it_and_later_entries_follow(tmp_path: Path) -> None:
    with opened(tmp_path, tick=Clock()) as ledger:
        first = told(ledger, "matter_raised")
        other = told(ledger, "matter_raised")
        told(ledger, "matter_worked", about=first)
        told(ledger, "matter_closed", about=first, over=True)
        with ledger.reader() as reader:
            assert affairs.names(reader, Family.MATTER, desk=DESK) == (first, other)
            assert affairs.names(reader, Family.MATTER, desk=DESK, over=False) == (other,)
            assert affairs.names(reader, Family.MATTER, desk="ELSE") == ()
            lines = affairs.told(reader, Family.MATTER, [first], desk=DESK)
    assert [line.kind for line in lines] == ["matter_raised", "matter_worked", "matter_closed"]
    assert {line.name for line in lines} == {first}


def test_the_last_entry_decides_whether_an_affair_is_over(tmp_path: Path) -> None:
    with opened(tmp_path, tick=Clock()) as ledger:
        matter = told(ledger, "matter_raised")
        told(ledger, "matter_closed", about=matter, over=True)
        told(ledger, "matter_reopened", about=matter)
        with ledger.reader() as reader:
            assert affairs.names(reader, Family.MATTER, desk=DESK, over=False) == (matter,)


def test_a_shift_tells_of_its_own_affairs_in_the_order_written(tmp_path: Path) -> None:
    with opened(tmp_path, tick=Clock()) as ledger:
        for kind in FAMILY_OF:
            told(ledger, kind, about="A", shift="S1")
        told(ledger, "noted", shift="S2")
        with ledger.reader() as reader:
            assert [line.kind for line in affairs.of_shift(reader, "S1")] == list(FAMILY_OF)
            assert [line.kind for line in affairs.of_shift(reader, "S1", (Family.NOTE,))] == ["noted"]


def test_made_again_from_the_entries_it_is_the_same(tmp_path: Path) -> None:
    with opened(tmp_path, tick=Clock()) as ledger:
        for place, kind in enumerate(FAMILY_OF):
            told(ledger, kind, about="AB"[place % 2], over=place % 3 == 0)
        with ledger.reader() as reader:
            before = [
                reader.execute(f"SELECT * FROM {table}").fetchall() for table in ("affair", "affair_entry")
            ]

        def again(connection: object) -> None:
            derived._make(connection, affairs.AFFAIRS)  # type: ignore[arg-type]

        ledger.alone(again).result()
        with ledger.reader() as reader:
            after = [
                reader.execute(f"SELECT * FROM {table}").fetchall() for table in ("affair", "affair_entry")
            ]
    assert before[0]
    assert after == before


def test_of_many_the_newest_are_named_and_what_is_open_is_found_without_looking_at_the_rest(
    tmp_path: Path,
) -> None:
    with opened(tmp_path, tick=Clock()) as ledger:
        begun = [told(ledger, "matter_raised") for _each in range(4)]
        told(ledger, "matter_closed", about=begun[0], over=True)
        with ledger.reader() as reader:
            assert affairs.names(reader, Family.MATTER, desk=DESK, limit=2) == tuple(begun[2:])
            assert affairs.names(reader, Family.MATTER, desk=DESK, over=False) == tuple(begun[1:])
            plan = reader.execute(
                "EXPLAIN QUERY PLAN SELECT name FROM affair WHERE desk = ? AND family = ? AND over = ?"
                " ORDER BY first DESC LIMIT 9",
                (DESK, "matter", 0),
            ).fetchall()
            assert "affair_over (desk=? AND family=? AND over=?)" in plan[0][-1]
