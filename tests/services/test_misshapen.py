"""A station with a good key says nonsense in known kinds: it is kept and carried on, and stops nobody."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.domain import shapes
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.services import daily, records, register_form, retelling, whose
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.records import Wanted
from checkpoint_app.services.reporting import Occasion, report_of, sources_of
from checkpoint_app.services.sending import Which
from checkpoint_app.storage import affairs, crossing_parts, derived, queries, shaping
from tests.services.recorded import record
from tests.services.stations import NORTH, Stations, know, sent, stations, taken

REF = {"desk": NORTH, "epoch": "0" * 16, "seq": 3, "hash": "0" * 64, "action": "1" * 32}
AT = 1_665_800_000_000
TRIGGERS = "SELECT name FROM main.sqlite_schema WHERE type = 'trigger' ORDER BY name"
ODD: tuple[Any, ...] = (
    None, True, -5, 2**53 - 1, -(2**53 - 1), "", "x", [], {}, [[]], [7], [{}], {"a": 1}, REF, "9" * 400,
)  # fmt: skip
CROSSED: dict[str, Any] = {
    "lane": 1, "direction": "in", "class": "car", "outcome": "released", "people": 2, "evidence": "seen",
    "started": AT, "checks": [{"kind": "health_code", "result": "green", "evidence": "seen", "at": AT}],
    "verdict": "pass", "reasons": [{"code": "late", "person": 1}], "plate_at": AT, "marks": ["x"],
    "data": [{"name": "rules", "version": "12", "age": None, "light": "green"}], "bus": True,
    "convoy": {"id": "1" * 32, "place": 1, "of": 2}, "apart": [{"person": 1, "outcome": "held"}],
    "why": "slip",
}  # fmt: skip
OWN = {"plate": "豫A12345", "people": [{"n": 1, "name": "张三", "id": "11010519491231002X"}], "from": "x"}
SAID: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "vehicle_crossed": (CROSSED, OWN),
    "check_flagged": ({**CROSSED, "crossing": "1" * 32, "check": CROSSED["checks"][0]}, OWN),
    "tallied": (
        {"lane": 1, "direction": "in", "minute": AT, "evidence": "seen",
         "counts": [{"class": "car", "vehicles": 1, "people": 2}]}, {},
    ),
    "crossing_amended": ({"ref": REF, "why": "slip", "fields": {"lane": 2, "people": 3}}, OWN),
    "outcome_undone": ({"ref": REF, "why": "slip"}, {"why": "x"}),
    "shift_opened": ({"group": "三班", "lead": "01", "officers": ["01"]}, {"officers": {"01": "张三"}}),
    "shift_closed": ({"totals": {"people": 1}, "handover": {"lines": []}}, {}),
    "matter_raised": ({"about": "m", "crossing": "", "lane": 1, "due": AT, "data": CROSSED["data"]}, OWN),
    "order_received": ({"number": "1", "until": AT}, {"sender": "x", "text": "y"}),
    "officer_enrolled": (
        {"about": "07", "role": "officer", "agency": "", "skills": []}, {"name": "李示范"},
    ),
    "sealed": ({"head": "0" * 64, "key": "x", "seq": 1, "signature": "0", "why": "count"}, {}),
    "erased": ({"before": 0, "kinds": [], "order": "1", "stage": "ordered"}, {}),
    "bundle_received": (
        {"bundle": "1", "sender": "x", "added": 1, "forks": 0,
         "held": [{"desk": NORTH, "epoch": "0", "first": 1, "last": 2, "hash": "0"}]}, {},
    ),
    "data_published": (
        {"about": "x", "set_kind": "notice", "version": 1, "since": AT, "digest": "0" * 64, "parts": 1,
         "size": 1, "number": ""}, {},
    ),
    "handover_signed": ({"about": "x", "side": "outgoing", "officer": "01"}, {}),
    "handover_answered": ({"about": "x", "line": "y", "of": "z", "said": "agreed"}, {"note": "x"}),
    "outage": ({"what": "power", "lane": 1, "since": AT, "until": AT}, {}),
}  # fmt: skip


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Stations]:
    with stations(tmp_path) as found:
        yield found


def mangled(dice: random.Random) -> Iterator[Fact]:
    """Every field of every kind as something else, and without it; shifts and times are odd too."""
    for kind, (public, own) in SAID.items():
        for name in (*public, *own):
            said, personal = dict(public), dict(own)
            part = said if name in said else personal
            part[name] = dice.choice(ODD)
            if dice.random() < 0.1:
                del part[name]
            shift = dice.choice((f"{NORTH}.x", f"{NORTH}.20221015.1", f"{NORTH}.99999999.9", "other"))
            when = dice.choice((AT, -62_135_596_800_000, 253_402_300_799_999, 0))
            yield Fact(kind, new_action(), when, said, personal or None, shift, "01")


def unlooked(desk: Desk, facts: list[Fact]) -> None:
    """Appends what the desk itself would never say, beside its own triggers."""

    def bare(connection: Any) -> list[str]:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'entry'"
        ).fetchall()
        for name, _sql in rows:
            connection.execute(f"DROP TRIGGER {name}")
        return [sql for _name, sql in rows]

    triggers = desk.ledger.transact(bare).result()
    desk.ledger.append(facts).result()
    desk.ledger.transact(lambda connection: [connection.execute(sql) for sql in triggers]).result()


def told(desk: Desk) -> object:
    rows = records.look(desk.ledger.reader, Wanted(), most=500).rows
    found = [records.read_one(desk.ledger.reader, row.id) for row in rows]
    return [
        (retelling.steps(one, masked=True), retelling.changes(one), retelling.people(one, masked=False))
        for one in found
        if one is not None
    ]


def forms(desk: Desk) -> object:
    rows = records.look(desk.ledger.reader, Wanted(), most=500).rows
    return [list(register_form.people(rows, masked=masked, officers={})) for masked in (True, False)]


def sheets(desk: Desk) -> object:
    with desk.ledger.reader() as reader:
        shifts = queries.shifts(reader)
    occasion = Occasion("王示范", desk.ledger.now())
    return [report_of(sources_of(desk), shift.shift, occasion) for shift in shifts]


def days(desk: Desk) -> object:
    day, by = AT // 86_400_000, By("", desk.by.officer)
    return daily.print_daily(desk, day, desk.folder, progress=lambda _done, _of: True, by=by)


def reads(desk: Desk) -> dict[str, Callable[[], object]]:
    """Every question of headquarters whose answer may come from another desk."""
    read = desk.ledger.reader

    def ask(question: Callable[[Any], object]) -> Callable[[], object]:
        def asked() -> object:
            with read() as reader:
                return question(reader)

        return asked

    return {
        "told": partial(told, desk),
        "forms": partial(forms, desk),
        "sheets": partial(sheets, desk),
        "days": partial(days, desk),
        "people": ask(lambda reader: queries.people(reader)),
        "search": lambda: records.look(read, Wanted("A123", people=True)),
        "persons": lambda: records.look(read, Wanted("张三", people=True)),
        "hours": ask(lambda reader: queries.hours(reader, since=-(10**6), until=10**7)),
        "shifts": ask(lambda reader: queries.shifts(reader)),
        "whose": ask(lambda reader: whose.everybody(reader, station="x")),
        "affairs": ask(lambda reader: [affairs.all_told(reader, family, desk=NORTH) for family in Family]),
        "shift": lambda: list(crossing_parts.of_shift(read, f"{NORTH}.20221015.1")),
        "collation": desk.collating.standing,
        "received": desk.taking.recent,
        "plan": lambda: desk.sending.plan(to=()),
        "published": desk.directives.published,
        "pending": desk.directives.pending,
        "neighbours": desk.neighbours.standing,
    }


def failures(desk: Desk) -> dict[str, BaseException]:
    found: dict[str, BaseException] = {}
    for name, question in reads(desk).items():
        try:
            question()
        except Exception as error:
            found[name] = error
    return found


def nonsense(at: Stations, *, seed: int) -> None:
    record(at.south)
    record(at.north)
    unlooked(at.north, list(mangled(random.Random(seed))))
    for desk in (at.north, at.south):
        for path in sent(desk, at.road):
            taken(at.above, path)


@pytest.mark.parametrize("seed", range(2))
def test_headquarters_answers_everything_whatever_a_station_says(at: Stations, seed: int) -> None:
    nonsense(at, seed=seed)
    assert failures(at.above) == {}
    with at.above.ledger.reader() as reader:
        counts = shaping.counts(reader)
        standing = at.above.collating.standing()
        assert {desk.desk: desk.odd for desk in standing.desks if desk.odd} == counts
        assert counts[NORTH] > 50
        assert queries.hours(reader, since=0, until=10**6, desks=[at.south.ledger.head().desk])


def test_control_without_shapes_questions_fail(at: Stations, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "odd_parts", lambda *_parts: 0)
    nonsense(at, seed=0)
    assert {"told", "shifts"} <= set(failures(at.above))


def test_a_program_with_other_shapes_looks_again(at: Stations, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = shapes.odd_parts
    monkeypatch.setattr(shapes, "odd_parts", lambda *_parts: shapes.PUBLIC)
    record(at.north)
    at.north.log.order("县指挥部", "12", "查验后备箱", by=at.north.by).result()
    for path in sent(at.north, at.road):
        taken(at.above, path)
    hours = partial(queries.hours, since=0, until=10**6, desks=[NORTH])
    with at.above.ledger.reader() as reader:
        assert hours(reader) == ()
        assert not affairs.all_told(reader, Family.ORDER, desk=NORTH)
        triggers = reader.execute(TRIGGERS).fetchall()
    monkeypatch.setattr(shapes, "odd_parts", whole)
    parts = tuple(
        replace(part, hangs_on=tuple("others" if text == shapes.DIGEST else text for text in part.hangs_on))
        for part in derived.DERIVED
    )
    at.above.ledger.alone(lambda connection: derived.renew(connection, parts)).result()
    with at.above.ledger.reader() as reader:
        assert sum(hour.vehicles for hour in hours(reader)) == 1
        assert affairs.all_told(reader, Family.ORDER, desk=NORTH)
        assert shaping.counts(reader) == {}
        assert reader.execute(TRIGGERS).fetchall() == triggers


def test_what_is_not_understood_is_handed_on_as_it_came(at: Stations) -> None:
    unlooked(at.north, [Fact("vehicle_crossed", new_action(), AT, {"lane": "x"}, {"plate": 7}, "", "01")])
    for path in sent(at.north, at.road):
        taken(at.above, path)
    know(at.south, at.north)
    head = at.north.ledger.head()
    with at.north.ledger.reader() as mine, at.above.ledger.reader() as theirs:
        written = queries.chain_entries(mine, head.desk, head.epoch)
        here = queries.chain_entries(theirs, head.desk, head.epoch)
        assert here == written[: len(here)]
        assert any(entry.public == b'{"lane":"x"}' for entry in here)
        assert not queries.crossings(theirs, desks=[NORTH])
    plan = at.above.sending.plan(Which.ALL, to=(NORTH,))
    assert plan.count >= len(here)
