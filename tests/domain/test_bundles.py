"""Manifests: one form, one reading."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.domain import canonical
from checkpoint_app.domain.bundles import (
    EARLIEST,
    LATEST,
    Announced,
    BundleRefused,
    Manifest,
    Range,
    file_name,
    one_line,
    read_manifest,
)
from checkpoint_app.domain.entry import GENESIS

RANGE = Range("G107-S-1", "0" * 16, 0, 1, 3, GENESIS, "a" * 64)
TOLD = Announced("G107-S-1", "0" * 16, 2, "b" * 64, 0, "c" * 16, "d" * 128)
MANIFEST = Manifest(
    "0" * 32, "G107-S-1", "c" * 16, "南站", 1, "1.0", ("age1" + "q" * 58,), (RANGE,), (TOLD,), 1, 2, "e" * 64
)


def check_of(data: bytes) -> object:
    with pytest.raises(BundleRefused) as refused:
        read_manifest(data)
    return refused.value.facts["check"]


def changed(**fields: Any) -> bytes:
    value = canonical.decode(MANIFEST.encode())
    assert isinstance(value, dict)
    return canonical.encode({**value, **fields})


hashes = st.text("0123456789abcdef", min_size=64, max_size=64)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    first = draw(st.integers(1, 1 << 26))
    before = GENESIS if first == 1 else draw(hashes.filter(lambda found: found != GENESIS))
    last = draw(st.integers(first, (1 << 27) - 1))
    return Range(
        "AB", draw(hashes)[:16], draw(st.integers(EARLIEST, LATEST)), first, last, before, draw(hashes)
    )


@given(st.lists(ranges(), min_size=1, max_size=8, unique_by=lambda each: each.epoch), st.text(max_size=60))
@settings(max_examples=200)
def test_a_manifest_is_read_as_it_was_written(some: list[Range], station: str) -> None:
    told = replace(MANIFEST, ranges=tuple(some), station=one_line(station))
    assert read_manifest(told.encode()) == told
    assert told.count == sum(each.last - each.first + 1 for each in some)


@given(st.binary(max_size=300))
def test_no_other_bytes_are_a_manifest(data: bytes) -> None:
    assert check_of(data) in {"manifest", "format"}


@pytest.mark.parametrize("name", [*Manifest.__slots__])
@pytest.mark.parametrize(
    "value", [None, 5, -1, "", "x", [], {}, [None], [{}], True, 2**53 - 1, "\n", "a" * 500]
)
def test_a_field_of_another_form_is_refused_by_its_check(name: str, value: Any) -> None:
    data = changed(**{name: value})
    allowed: dict[str, tuple[Any, ...]] = {
        "station": ("", "x"),
        "app": ("", "x"),
        "to": ([],),
        "announced": ([],),
        "crit": ([],),
    }
    numbers = {"made": (5, -1), "packed": (5, 2**53 - 1), "inflated": (5, 2**53 - 1)}
    if value in (*allowed.get(name, ()), *numbers.get(name, ())) and not isinstance(value, bool):
        read_manifest(data)
    else:
        assert check_of(data) == ("format" if name == "v" else "manifest")


def test_fields_of_a_newer_program_are_passed_over_and_musts_are_not() -> None:
    assert read_manifest(changed(weather="fog")) == MANIFEST
    assert check_of(changed(crit=["folded"])) == "musts"


def test_ranges_of_one_chain_may_touch_and_not_overlap() -> None:
    after = replace(RANGE, first=4, last=5, before="a" * 64)
    assert read_manifest(replace(MANIFEST, ranges=(after, RANGE)).encode()).count == 5
    assert check_of(replace(MANIFEST, ranges=(RANGE, replace(after, first=3))).encode()) == "manifest"
    other = replace(RANGE, epoch="1" * 16)
    assert read_manifest(replace(MANIFEST, ranges=(RANGE, other)).encode()).count == 6


def test_a_stations_name_becomes_one_printable_line() -> None:
    assert one_line("  南大门\u202e\n G107\tA\x00 ") == "南大门 G107 A"
    assert one_line("e\u0301") == "\u00e9"
    assert len(one_line("站" * 90)) == 40


def test_names_of_files_tell_two_bundles_of_one_range_apart() -> None:
    assert file_name("A", 1, 9, "0" * 32) != file_name("A", 1, 9, "1" * 32)
