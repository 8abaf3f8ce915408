from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.plates import (
    PROVINCE_KEYS,
    PROVINCES,
    PlateKind,
    parse_plate,
    scanned_plate,
    skeleton,
)


def test_every_province_has_two_keys_of_its_own() -> None:
    assert len(PROVINCES) == len(set(PROVINCES)) == 31
    assert [province for province, _ in PROVINCE_KEYS] == list(PROVINCES)
    assert len({keys for _, keys in PROVINCE_KEYS}) == 31
    assert all(len(keys) == 2 and keys[0].isupper() and keys[1] in "12345" for _, keys in PROVINCE_KEYS)


@pytest.mark.parametrize(
    ("province", "keys"),
    [
        ("京", "J1"),
        ("津", "J2"),
        ("冀", "J3"),
        ("晋", "J4"),
        ("吉", "J5"),
        ("豫", "Y1"),
        ("粤", "Y2"),
        ("新", "X2"),
    ],
)
def test_the_digit_counts_equal_initials_in_the_order_of_the_standard(province: str, keys: str) -> None:
    assert dict(PROVINCE_KEYS)[province] == keys


@pytest.mark.parametrize(
    ("typed", "text", "kind", "marks"),
    [
        ("豫A12345", "豫A12345", "civil", ()),
        ("豫a·12345", "豫A12345", "civil", ()),
        ("豫A 123-45", "豫A12345", "civil", ()),
        ("豫Ａ１２３４５", "豫A12345", "civil", ()),
        ("豫A1O34I", "豫A10341", "civil", ("o_to_0", "i_to_1")),
        ("豫O12345", "豫O12345", "civil", ()),
        ("豫ad1o345", "豫AD10345", "new_energy_small", ("o_to_0",)),
        ("豫A1234OD", "豫A12340D", "new_energy_large", ("o_to_0",)),
        ("豫А12345", "豫A12345", "civil", ("look_alike_mended",)),
        ("粵Z1234港", "粤Z1234港", "hong_kong", ("look_alike_mended",)),
        ("使O14578", "使014578", "embassy", ("o_to_0",)),
        ("wj京12345", "WJ京12345", "armed_police", ()),
        ("va01234", "VA01234", "military", ()),
        ("豫A1234", "豫A1234", "odd", ("odd",)),
        ("AB-123-CD", "AB123CD", "odd", ("odd",)),
        ("临豫A1234", "临豫A1234", "odd", ("odd",)),
        ("豫I12345", "豫I12345", "odd", ("odd",)),
        ("", "", "odd", ("odd", "empty")),
        ("·", "", "odd", ("odd", "empty")),
        ("9" * 30, "9" * 24, "odd", ("odd", "cut")),
    ],
)
def test_a_typed_plate_is_mended_or_kept_with_a_mark(
    typed: str, text: str, kind: str, marks: tuple[str, ...]
) -> None:
    plate = parse_plate(typed)
    assert (plate.text, plate.kind, plate.marks) == (text, kind, marks)


@pytest.mark.parametrize(
    ("typed", "text", "marks"),
    [
        ("A12345", "豫A12345", ("province_added",)),
        ("ad12345", "豫AD12345", ("province_added",)),
        ("京A12345", "京A12345", ()),
        ("使014578", "使014578", ()),
        ("12345", "12345", ("odd",)),
    ],
)
def test_the_stations_province_stands_before_a_bare_plate(
    typed: str, text: str, marks: tuple[str, ...]
) -> None:
    plate = parse_plate(typed, province="豫")
    assert (plate.text, plate.marks) == (text, marks)


def test_colours_are_asked_only_where_the_form_leaves_a_choice() -> None:
    assert parse_plate("豫AD12345").colours == ("green",)
    assert parse_plate("豫A12345").colours[0] == "blue"
    assert len(parse_plate("豫A12345").colours) > 1


@given(st.text(max_size=40))
def test_no_typed_plate_is_refused_and_mending_settles_at_once(text: str) -> None:
    plate = parse_plate(text)
    assert len(plate.text) <= 24
    assert unicodedata.is_normalized("NFC", plate.text)
    again = parse_plate(plate.text)
    assert (again.text, again.kind) == (plate.text, plate.kind)


@given(st.sampled_from(PROVINCES), st.from_regex(r"\A[A-HJ-Z][A-HJ-NP-Z0-9]{5}\Z"))
def test_seven_places_are_a_plate_and_one_place_more_or_less_by_chance_is_not(
    province: str, rest: str
) -> None:
    plate = scanned_plate(province + rest)
    assert plate is not None
    assert plate.kind is PlateKind.CIVIL
    assert scanned_plate(province + rest + "L") is None
    assert scanned_plate(province + rest[:-1]) is None


@pytest.mark.parametrize("end", ["\n", " ", "\r\n", "\x00"])
def test_nothing_may_follow_a_scanned_plate(end: str) -> None:
    assert scanned_plate("豫A12345" + end) is None


@given(st.text())
def test_the_skeleton_of_a_skeleton_is_itself_for_plain_characters(text: str) -> None:
    if skeleton(text).isascii():
        assert skeleton(skeleton(text)) == skeleton(text)
