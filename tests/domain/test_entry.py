from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.domain import canonical, entry
from checkpoint_app.domain.canonical import LARGEST, NotCanonical
from checkpoint_app.domain.chain import verify
from checkpoint_app.domain.entry import (
    HEADER_FORM,
    LONGEST_PART,
    Entry,
    Fact,
    Head,
    Header,
    Stamp,
    build,
    check_header,
    commitment,
    head_after,
    public_digest,
    read_header,
)
from checkpoint_app.domain.words import ClockState

SALT = bytes(range(32))
HEAD = Head("G107-S-1", "00000000000000f1")
FACT = Fact(
    "vehicle_crossed",
    "5" * 32,
    1_640_995_200_000,
    {"lane": 2, "people": 1},
    {"plate": "豫A12345", "people": [{"n": 1, "name": "张三", "id": "11010519491231002X"}]},
    "20220101-3",
    "0007",
)
STAMP = Stamp(1_640_995_200_500, 480, 86_400, "0" * 16, ClockState.SURE)

numbers = st.integers(-LARGEST, LARGEST)
shorts = st.from_regex(r"\A[A-Za-z0-9.:_-]{0,48}\Z")
desks = st.from_regex(r"\A[A-Z0-9]([A-Z0-9-]{0,22}[A-Z0-9])?\Z")


def hexes(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789abcdef", min_size=length, max_size=length)


headers = st.builds(
    Header,
    desk=desks,
    epoch=hexes(16),
    seq=st.integers(1, LARGEST),
    prev=hexes(64),
    action=hexes(32),
    kind=st.from_regex(r"\A[a-z][a-z_]{0,31}\Z"),
    shift=shorts,
    officer=shorts,
    happened=numbers,
    written=numbers,
    zone=st.integers(-840, 840),
    mono=st.integers(0, LARGEST),
    run=hexes(16),
    clock=st.sampled_from(ClockState),
    public=hexes(64),
    personal=st.none() | hexes(64),
)


def made(fact: Fact = FACT, *, head: Head = HEAD, stamp: Stamp = STAMP) -> Entry:
    return build(head, fact, stamp=stamp, salt=SALT)


def faults(one: Entry) -> list[str]:
    return [fault.what for fault in verify([one], keys={}, check=lambda *_: False).faults]


def test_the_format_of_an_entry_is_fixed_to_the_byte() -> None:
    one = made()
    assert one.public == b'{"lane":2,"people":1}'
    assert one.hash == hashlib.sha256(b"cp1.entry\0" + one.header).digest()
    header = canonical.decode(one.header)
    assert isinstance(header, dict)
    assert header["public"] == hashlib.sha256(b"cp1.public\0" + one.public).hexdigest()
    assert header["personal"] == hashlib.sha256(b"cp1.personal\0" + SALT + (one.personal or b"")).hexdigest()
    assert one.hash.hex() == "562889b52237fd2e83b28051ce9ac790a868c975eab4a5b4635604e413efca35"


@given(headers)
@settings(max_examples=500)
def test_every_allowed_header_is_read_back_equal(header: Header) -> None:
    check_header(header)
    assert read_header(header.encode()) == header


@given(headers)
def test_both_ways_of_reading_a_header_agree(header: Header) -> None:
    assert entry._read_slowly(header.encode()) == read_header(header.encode())


@given(st.data())
@settings(max_examples=1000)
def test_a_changed_header_is_refused_or_another_header_in_its_own_form(data: st.DataObject) -> None:
    encoded = bytearray(made().header)
    place = data.draw(st.integers(0, len(encoded) - 1))
    encoded[place] = data.draw(st.integers(32, 126))
    changed = bytes(encoded)
    try:
        slowly: Header | None = entry._read_slowly(changed)
    except NotCanonical:
        slowly = None
    try:
        found: Header | None = read_header(changed)
    except NotCanonical:
        found = None
    assert found == slowly
    assert found is None or found.encode() == changed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("v", 2),
        ("v", True),
        ("desk", "g107"),
        ("desk", "-A"),
        ("desk", "A" * 25),
        ("desk", ""),
        ("epoch", "A" * 16),
        ("seq", 0),
        ("seq", True),
        ("prev", "0" * 63),
        ("action", "z" * 32),
        ("kind", "Vehicle"),
        ("kind", "k" * 33),
        ("shift", "a b"),
        ("shift", "s" * 49),
        ("officer", "张三"),
        ("happened", 1.0),
        ("written", None),
        ("zone", 841),
        ("zone", -841),
        ("mono", -1),
        ("run", ""),
        ("public", None),
        ("personal", ""),
    ],
)
def test_a_header_field_no_header_may_have_is_named(field: str, value: Any) -> None:
    header: Any = read_header(made().header)
    with pytest.raises(ValueError, match=rf"header field {field}$"):
        check_header(replace(header, **{field: value}))


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({}, {"kind": "Crossed"}),
        ({}, {"action": "1"}),
        ({}, {"officer": "张三"}),
        ({}, {"happened": LARGEST + 1}),
        ({}, {"public": {"temperature": 36.5}}),
        ({}, {"public": {"a": "x" * LONGEST_PART}}),
        ({}, {"personal": {"a": "x" * LONGEST_PART}}),
        ({"zone": 900}, {}),
        ({"mono": -1}, {}),
    ],
    ids=repr,
)
def test_content_no_ledger_may_hold_is_never_built(change: dict[str, Any], fact: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        made(replace(FACT, **fact), stamp=replace(STAMP, **change))


def test_a_salt_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="salt"):
        build(HEAD, FACT, stamp=STAMP, salt=bytes(31))


def test_numbers_beyond_the_quick_form_are_read_the_long_way() -> None:
    one = made(replace(FACT, happened=LARGEST), stamp=replace(STAMP, mono=10**15))
    assert HEADER_FORM.fullmatch(one.header) is None
    assert read_header(one.header).happened == LARGEST
    assert faults(one) == []


def test_entries_follow_one_another() -> None:
    first = made()
    second = made(head=head_after(first))
    assert head_after(second).seq == 2
    assert read_header(second.header).prev == first.hash.hex()


def test_forgetting_leaves_hash_and_chain_valid() -> None:
    first = made()
    second = made(head=head_after(first))
    forgotten = [replace(one, personal=None, salt=None) for one in (first, second)]
    report = verify(forgotten, keys={}, check=lambda *_: False)
    assert report.sound
    assert report.forgotten == 2
    assert report.ends == (head_after(second),)


@pytest.mark.parametrize("part", ["header", "public", "personal", "salt", "hash"])
def test_a_change_of_any_byte_is_noticed(part: str) -> None:
    one = made()
    original: bytes = getattr(one, part)
    for place, flip in product(range(len(original)), (0x01, 0x20, 0x80)):
        changed = bytearray(original)
        changed[place] ^= flip
        assert faults(replace(one, **{part: bytes(changed)})), (part, place, flip)


@pytest.mark.parametrize("part", ["header", "public", "personal", "salt", "hash"])
def test_a_part_cut_short_or_lengthened_is_noticed(part: str) -> None:
    one = made()
    original: bytes = getattr(one, part)
    for changed in (original[:-1], original + b" ", original[1:], b""):
        assert faults(replace(one, **{part: changed})), (part, changed)


def test_equal_personal_parts_have_different_commitments() -> None:
    one, other = (build(HEAD, FACT, stamp=STAMP, salt=bytes([salt]) * 32) for salt in (1, 2))
    assert one.personal == other.personal
    assert read_header(one.header).personal != read_header(other.header).personal


def test_a_dictionary_of_plates_finds_an_unsalted_digest_but_no_commitment() -> None:
    plates = [canonical.encode({"plate": f"豫A{number:05}"}) for number in range(10_000)]
    hidden = plates[4711]
    unsalted = public_digest(hidden)
    assert [plate for plate in plates if public_digest(plate) == unsalted] == [hidden]
    salted = commitment(hidden, SALT)
    assert not [plate for plate in plates if commitment(plate, bytes(32)) == salted]
    assert not [plate for plate in plates if public_digest(plate) == salted]


def test_nothing_personal_is_left_in_header_or_public_part() -> None:
    one = made()
    for word in ("豫A12345", "张三", "11010519491231002X"):
        assert word.encode() not in one.header + one.public
        assert word.encode() in (one.personal or b"")


def test_a_header_has_no_other_fields() -> None:
    assert {field.name for field in dataclasses.fields(Header)} == set(HEADER_FORM.groupindex) | {"v"}
