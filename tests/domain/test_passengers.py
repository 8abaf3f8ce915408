"""Passenger lists are hostile until they are read; taken whole or refused with the line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.identity import typed_document
from checkpoint_app.domain.passengers import (
    MOST_BYTES,
    MOST_ROWS,
    Passenger,
    PassengerListRefused,
    read_passengers,
)
from checkpoint_app.domain.sheets import LONGEST_NAME
from tests.domain.lanes import DOCUMENT, OTHER_DOCUMENT

VECTORS = json.loads((Path(__file__).parent.parent / "data" / "passengers" / "lists.json").read_text("utf-8"))
TAKEN = [vector for vector in VECTORS if "rows" in vector]
REFUSED = [vector for vector in VECTORS if "fault" in vector]


def name_of(vector: dict[str, Any]) -> str:
    return str(vector["name"])


def refusal(data: bytes) -> tuple[object, object]:
    with pytest.raises(PassengerListRefused) as caught:
        read_passengers(data)
    return caught.value.facts["line"], caught.value.facts["fault"]


@pytest.mark.parametrize("vector", TAKEN, ids=name_of)
def test_a_list_is_read_as_it_is_written(vector: dict[str, Any]) -> None:
    assert read_passengers(bytes.fromhex(vector["bytes"])) == tuple(Passenger(*row) for row in vector["rows"])


@pytest.mark.parametrize("vector", REFUSED, ids=name_of)
def test_a_list_that_is_none_is_refused_with_line_and_fault(vector: dict[str, Any]) -> None:
    assert refusal(bytes.fromhex(vector["bytes"])) == (vector["line"], vector["fault"])


def test_so_many_people_are_taken_and_not_one_more() -> None:
    line = "张三\n".encode()
    assert len(read_passengers("姓名\n".encode() + line * MOST_ROWS)) == MOST_ROWS
    assert refusal("姓名\n".encode() + line * (MOST_ROWS + 1)) == (MOST_ROWS + 2, "too_many")


def test_so_many_bytes_are_taken_and_not_one_more() -> None:
    line = "姓名\n张三".encode()
    assert len(read_passengers(line + b"\n" * (MOST_BYTES - len(line)))) == 1
    assert refusal(line + b"\n" * (MOST_BYTES - len(line) + 1)) == (0, "too_large")


names = st.text(st.sampled_from("张王李赵钱买提Ünal "), min_size=1, max_size=8).filter(
    lambda text: text[0] != " " and text == text.strip() and "  " not in text
)
lists = st.lists(st.tuples(names, st.sampled_from(["", "E12345678", "H12345678"])), min_size=1, max_size=20)


@given(lists, st.sampled_from([",", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_what_was_written_is_read_back_in_every_form(
    rows: list[tuple[str, str]], comma: str, encoding: str
) -> None:
    unlike = {document: (name, document) for name, document in rows if document}
    kept = [row for row in rows if not row[1]] + list(unlike.values())
    lines = [comma.join(("座位", "姓名", "证件号"))]
    lines += [comma.join((str(place), *row)) for place, row in enumerate(kept, start=1)]
    found = read_passengers("\r\n".join(lines).encode(encoding))
    assert [(one.name, one.document) for one in found] == kept
    assert [one.seat for one in found] == [str(place) for place in range(1, len(kept) + 1)]


cells = st.sampled_from(
    [
        "",
        "1",
        "张三",
        "=1+1",
        '"',
        '"a"',
        DOCUMENT,
        OTHER_DOCUMENT,
        "姓名",
        "id",
        "\x00",
        "\r",
        "\t",
        "+86",
        "@x",
        "\ufeff",
    ]
)
rough = st.lists(st.lists(cells, max_size=6).map(",".join), max_size=8).map("\n".join)


@given(
    st.one_of(st.binary(max_size=300), rough.map(str.encode), rough.map(lambda one: one.encode("gb18030")))
)
def test_whatever_the_bytes_a_list_is_taken_or_refused_and_never_carries_a_formula(data: bytes) -> None:
    try:
        found = read_passengers(data)
    except PassengerListRefused:
        return
    assert 0 < len(found) <= MOST_ROWS
    for one in found:
        assert one.name or one.document
        assert len(one.name) <= LONGEST_NAME
        assert not typed_document(one.document).contradicts_itself
        for text in (one.seat, one.name, one.document):
            assert text[:1] not in {"=", "+", "-", "@", "\t", "\r"}
            assert text.isprintable()
        assert one.phone.lstrip("+").isdigit() or not one.phone
    documents = [one.document for one in found if one.document]
    assert len(documents) == len(set(documents))
