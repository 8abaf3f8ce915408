"""A list of people is taken whole or refused line by line, whatever stands in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import register as people
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.register import Fault, RegisterRefused, Resident, read_register
from checkpoint_app.domain.sheets import SheetRefused
from checkpoint_app.services.places import all_initials

DOCUMENT = "11010519491231002X"
LIST = f"""姓名,证件号,电话,住址,备注,有效期
张三,{DOCUMENT},13800138000,示例村1号,居民,
单四,E12345678,,示例村2号,,2026年12月31日
Aigul Test,,+85291234567,示例村3号,务工,2027/1/5
"""
READ = (
    Resident("张三", DOCUMENT, "13800138000", "示例村1号", "居民"),
    Resident("单四", "E12345678", "", "示例村2号", "", "2026-12-31"),
    Resident("Aigul Test", "", "+85291234567", "示例村3号", "务工", "2027-01-05"),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("tabs", [False, True])
def test_a_list_is_read_in_every_form_it_comes_in(encoding: str, tabs: bool) -> None:
    text = LIST.replace(",", "\t") if tabs else LIST
    assert read_register(text.encode(encoding)) == READ


def test_without_a_heading_the_columns_stand_in_order() -> None:
    assert read_register("\n".join(LIST.splitlines()[1:]).encode()) == READ


def test_columns_may_stand_in_any_order_and_others_are_left_out() -> None:
    found = read_register("序号,电话,姓名\n1,13800138000,张三\n".encode())
    assert found == (Resident("张三", phone="13800138000"),)


ROWS = [
    (",,,,,", "empty"),
    (f",{DOCUMENT},,,,", "name"),
    ("=cmd(),,,,,", "name"),
    ("张三1,,,,,", "name"),
    ("张" * 41 + ",,,,,", "name"),
    ("张三,110105194912310021,,,,", "document"),
    ("张三,<b>x</b>,,,,", "document"),
    ("张三,,=1+1,,,", "phone"),
    ("张三,,12,,,", "phone"),
    ("张三,,," + "村" * 101 + ",,", "address"),
    ("张三,,,," + "注" * 101 + ",", "note"),
    ("张三,,,,,2026-02-30", "until"),
    ("张三,,,,,2026111", "until"),
    ("张三,,,,,明年", "until"),
    ("张三,,,,,,多", "columns"),
]


@pytest.mark.parametrize(("row", "fault"), ROWS)
def test_a_line_that_is_none_is_refused_by_its_number(row: str, fault: str) -> None:
    head = LIST.splitlines()[0]
    if fault == "empty":
        with pytest.raises(SheetRefused, match="empty"):
            read_register(f"{head}\n{row}\n".encode())
        return
    with pytest.raises(RegisterRefused) as caught:
        read_register(f"{head}\n李四,,,,,\n{row}\n".encode())
    assert caught.value.faults == (Fault(3, fault),)
    assert caught.value.facts == {"line": 3, "fault": fault, "count": 1}


def test_somebody_who_stands_there_twice_is_refused_and_all_faults_are_told_at_once() -> None:
    rows = [f"张三,{DOCUMENT}", f"李四,{DOCUMENT}", "王五", "王五", *(f"=x{n}" for n in range(30))]
    with pytest.raises(RegisterRefused) as caught:
        read_register("\n".join(rows).encode())
    assert caught.value.faults[:2] == (Fault(2, "twice"), Fault(4, "twice"))
    assert caught.value.facts["count"] == 32
    assert len(caught.value.faults) == people.MOST_FAULTS


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"\x00\x01", "not_text"),
        (b"\xff\xff\xff", "not_text"),
        ("张三\u202e\ue000".encode(), "not_text"),
        ('"张三'.encode(), "quotes"),
        (b"x" * (people.MOST_BYTES + 1), "too_large"),
        (b"a\n" * (people.MOST_ROWS + 2), "too_many"),
        ("证件号,电话\n1,2\n".encode(), "heading"),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(data: bytes, fault: str) -> None:
    with pytest.raises(SheetRefused) as caught:
        read_register(data)
    assert caught.value.facts["fault"] == fault


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = read_register(data)
    except (SheetRefused, RegisterRefused):
        return
    assert all(each.name and not each.name.startswith(("=", "+", "-", "@")) for each in found)


def test_only_the_personal_part_knows_who_it_is() -> None:
    fact = people.person_registered(
        replace(READ[0], id="a" * 32),
        initials=all_initials(),
        by=By("S1", "7"),
        at=1,
    )
    assert fact.public == {}
    assert fact.personal is not None
    assert fact.personal["initials"] == ["zs"]
    assert {"name", "id", "phone", "plate"}.isdisjoint(fact.personal)  # what the search of crossings reads
    assert people.resident_of(fact.personal, id_=fact.action).document == DOCUMENT


def test_own_words_of_a_striking_are_personal() -> None:
    fact = people.person_struck("a" * 32, by=By(), at=1, action="b" * 32, why="搬走了")
    assert fact.public == {"person": "a" * 32, "why": "own_words"}
    assert fact.personal == {"why": "搬走了"}
