"""The register at work: loaded, looked into, struck from, forgotten; each protection with its control."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app.domain.disclosures import PEOPLE_LOOKED_UP
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.identity import check_character
from checkpoint_app.domain.register import PERSON_REGISTERED, PERSON_STRUCK, RegisterRefused
from checkpoint_app.services import register as service
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.register import (
    FragmentTooShort,
    Loaded,
    NotRegistered,
    StrikeReasonNeeded,
)
from checkpoint_app.storage import derived, register
from checkpoint_app.storage.appending import new_action
from checkpoint_app.storage.finding import search
from checkpoint_app.storage.forgetting import Order, forget
from tests.services.desks import desk_in, entries
from tests.storage.desks import Clock

BY = By("S1", "7")
DOCUMENT, OTHER = "11010519491231002X", "440524188001010014"
LIST = f"""姓名,证件号,电话,住址,备注,有效期
张三,{DOCUMENT},13800138000,示例村1号,居民,
单雄信,{OTHER},13900139000,示例村2号,,
张小红,,+85291234567,示例村3号,务工,2022-10-20
Aigul Test,E12345678,,示例村4号,,
"""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with desk_in(tmp_path, clock=clock) as desk:
        desk.register.load(LIST.encode(), by=BY)
        yield desk


def names(desk: Desk, fragment: str) -> list[str]:
    return [each.name for each in desk.register.find(fragment, by=BY)]


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        ("张", ["张三", "张小红"]),
        ("小红", ["张小红"]),
        ("zs", ["张三"]),
        ("Z X H", ["张小红"]),
        ("sxx", ["单雄信"]),
        ("dxx", ["单雄信"]),
        ("aigul", ["Aigul Test"]),
        ("gulte", ["Aigul Test"]),
        ("002x", ["张三"]),
        (DOCUMENT, ["张三"]),
        ("8000", ["张三"]),
        ("1390013", ["单雄信"]),
        ("8529123", ["张小红"]),
        ("E12345678", ["Aigul Test"]),
        ("9999", []),
        ("zz", []),
    ],
)
def test_somebody_is_found_by_any_part_that_is_at_hand(desk: Desk, fragment: str, found: list[str]) -> None:
    assert names(desk, fragment) == found


@pytest.mark.parametrize("fragment", ["", "z", "12", "123", " · "])
def test_too_little_is_not_looked_for_and_leaves_no_entry(desk: Desk, fragment: str) -> None:
    with pytest.raises(FragmentTooShort):
        desk.register.find(fragment, by=BY)
    assert not entries(desk, PEOPLE_LOOKED_UP)


def test_a_look_up_is_on_paper_before_anything_is_shown_and_never_says_whom(desk: Desk) -> None:
    assert names(desk, "张三")
    assert names(desk, "8000")
    assert entries(desk, PEOPLE_LOOKED_UP) == [
        {"kinds": ["name"], "why": ""},
        {"kinds": ["document", "phone"], "why": ""},
    ]


def test_somebody_whose_day_is_over_is_not_found(desk: Desk, clock: Clock) -> None:
    assert names(desk, "zxh") == ["张小红"]
    clock.pass_by(8 * 86_400_000)
    assert names(desk, "zxh") == []


def test_the_same_list_again_writes_nothing_and_a_changed_line_takes_the_place(desk: Desk) -> None:
    before = len(entries(desk, PERSON_REGISTERED))
    assert desk.register.load(LIST.encode(), by=BY) == Loaded(same=4)
    assert len(entries(desk, PERSON_REGISTERED)) == before
    moved = LIST.replace("示例村1号", "示例村99号")
    assert desk.register.load(moved.encode(), by=BY) == Loaded(changed=1, same=3)
    assert [each.address for each in desk.register.find("zs", by=BY)] == ["示例村99号"]
    assert desk.register.count() == 4


def test_one_bad_line_leaves_the_register_as_it_was(desk: Desk) -> None:
    with pytest.raises(RegisterRefused):
        desk.register.load(f"{LIST}王五,1,,,,\n".encode(), by=BY)
    assert desk.register.count() == 4


def test_a_stopped_load_goes_on_where_it_was(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    people = "\n".join(f"示范{chr(0x4E00 + n)},,139{n:08}" for n in range(50)).encode()

    def twice(done: int, whole: int) -> bool:
        told.append((done, whole))
        return len(told) <= 2

    first = desk.register.load(people, by=BY, progress=twice)
    assert first == Loaded(added=2 * service.BATCH, stopped=True)
    assert told == [(0, 50), (service.BATCH, 50), (2 * service.BATCH, 50)]
    assert desk.register.load(people, by=BY) == Loaded(added=50 - 2 * service.BATCH, same=2 * service.BATCH)


def test_somebody_struck_is_gone_for_a_reason(desk: Desk) -> None:
    (someone,) = desk.register.find("zs", by=BY)
    with pytest.raises(StrikeReasonNeeded):
        desk.register.strike(someone.id, why=" ", by=BY)
    desk.register.strike(someone.id, why="搬走了", by=BY)
    assert names(desk, "zs") == []
    assert entries(desk, PERSON_STRUCK) == [{"person": someone.id, "why": "own_words"}]
    with pytest.raises(NotRegistered):
        desk.register.strike(someone.id, why="又一次", by=BY)


def test_the_search_of_crossings_does_not_find_the_register(desk: Desk) -> None:
    with desk.ledger.reader() as reader:
        assert [search(reader, text).rows for text in ("张三", DOCUMENT, "13800138000")] == [(), (), ()]


def marks(desk: Desk) -> list[str]:
    with desk.ledger.reader() as reader:
        return sorted(row[0] for row in reader.execute("SELECT mark FROM resident"))


def test_forgetting_empties_the_register_with_the_entry(desk: Desk, clock: Clock) -> None:
    assert any("张三" in mark for mark in marks(desk))
    clock.pass_by(86_400_000)
    forget(desk.ledger, Order(clock.wall, "试-1", new_action(), BY))
    assert marks(desk) == []
    assert names(desk, "zs") == []


def test_control_without_its_trigger_the_register_keeps_what_was_forgotten(desk: Desk, clock: Clock) -> None:
    desk.ledger.transact(lambda connection: connection.execute("DROP TRIGGER forget_person")).result()
    clock.pass_by(86_400_000)
    forget(desk.ledger, Order(clock.wall, "试-1", new_action(), BY))
    assert any("张三" in mark for mark in marks(desk))


def test_the_register_made_again_is_the_same(desk: Desk) -> None:
    (someone,) = desk.register.find("zs", by=BY)
    desk.register.strike(someone.id, why="搬走了", by=BY)
    desk.register.load(
        LIST.replace("示例村2号", "示例村7号").replace(f"张三,{DOCUMENT}", f"赵六,{DOCUMENT}").encode(), by=BY
    )
    before = marks(desk)

    def again(connection: object) -> None:
        for statement in (*register.REGISTER.drops, *register.REGISTER.creates, *register.REGISTER.fills):
            connection.execute(statement)  # type: ignore[attr-defined]

    desk.ledger.transact(again).result()
    assert marks(desk) == before
    assert register.REGISTER in derived.DERIVED


def test_many_people_are_found_by_a_range_of_the_index(tmp_path: Path) -> None:
    """No statement may read the whole register."""
    with desk_in(tmp_path) as desk:
        stem = [f"410122199001{1 + n // 1000:02}{n % 1000:03}" for n in range(400)]
        rows = [
            f"示范{chr(0x4E00 + n)},{each}{check_character(each)},139{n:08}" for n, each in enumerate(stem)
        ]
        assert desk.register.load("\n".join(rows).encode(), by=BY).added == 400
        with desk.ledger.reader() as reader:
            plan = reader.execute(f"EXPLAIN QUERY PLAN {register._BEGIN}", ("ss", "st", 9)).fetchall()
        assert "SEARCH resident USING" in str(plan)
        assert len(names(desk, "示范")) == service.MOST
        assert len(names(desk, "13900000399")) == 1
