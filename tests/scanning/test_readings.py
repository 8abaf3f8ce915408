"""Bytes and places as decoders hand them on."""

from __future__ import annotations

import pytest

from checkpoint_app.scanning.readings import LARGEST_PAYLOAD, Reading, usable

HERE = ((10, 10), (50, 10), (50, 50), (10, 50))
NEAR = ((12, 11), (52, 11), (51, 49), (11, 52))
THERE = ((200, 10), (240, 10), (240, 50), (200, 50))


def test_a_code_found_twice_in_one_place_is_one_reading() -> None:
    assert usable([Reading(b"a", HERE, "zxing"), Reading(b"a", NEAR, "pyzbar")]) == (
        Reading(b"a", HERE, "zxing"),
    )


def test_equal_codes_in_two_places_and_two_codes_in_one_place_all_stay() -> None:
    several = (Reading(b"a", HERE, "zxing"), Reading(b"a", THERE, "zxing"), Reading(b"b", NEAR, "zxing"))
    assert usable(several) == several


@pytest.mark.parametrize(("size", "kept"), [(0, 0), (1, 1), (LARGEST_PAYLOAD, 1), (LARGEST_PAYLOAD + 1, 0)])
def test_payloads_no_code_in_byte_mode_can_hold_are_dropped(size: int, kept: int) -> None:
    assert len(usable([Reading(b"x" * size, HERE, "zxing")])) == kept
