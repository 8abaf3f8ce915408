"""Shapes of known kinds: what our own program writes has them, what is mangled has not."""

from __future__ import annotations

from typing import Any

import pytest

from checkpoint_app.domain.shapes import PERSONAL, PUBLIC, odd_parts

REF: dict[str, Any] = {"desk": "N-1", "epoch": "0" * 16, "seq": 7, "hash": "0" * 64, "action": "1" * 32}
CHECK: dict[str, Any] = {
    "kind": "health_code",
    "result": "green",
    "evidence": "seen",
    "at": 1_665_800_000_000,
}
CROSSED: dict[str, Any] = {
    "lane": 1, "direction": "in", "class": "car", "outcome": "released", "people": 2, "evidence": "seen",
    "started": 1_665_800_000_000, "checks": [CHECK], "verdict": "pass", "reasons": [{"code": "late"}],
    "data": [{"name": "rules", "version": "12", "age": None, "light": "green"}],
    "convoy": {"id": "1" * 32, "place": 1, "of": 2}, "apart": [{"person": 1, "outcome": "held"}],
}  # fmt: skip
OWN: dict[str, Any] = {"plate": "豫A12345", "people": [{"n": 1, "name": "张三", "id": "11010519491231002X"}]}


def test_what_we_write_has_its_shape() -> None:
    assert odd_parts("vehicle_crossed", CROSSED, OWN) == 0
    assert odd_parts("outcome_undone", {"ref": REF, "why": "misread"}, None) == 0
    assert odd_parts("crossing_amended", {"ref": REF, "why": "misread", "fields": {"lane": 2}}, None) == 0


def test_other_fields_and_other_kinds_are_free() -> None:
    assert odd_parts("vehicle_crossed", {**CROSSED, "later": [{}]}, {**OWN, "later": 7}) == 0
    assert odd_parts("something_new", {"lane": "x"}, {"people": 7}) == 0


@pytest.mark.parametrize(
    "field",
    [
        {"lane": "x"}, {"lane": -1}, {"lane": True}, {"people": -5}, {"people": 2**53 - 1}, {"checks": {}},
        {"checks": [7]}, {"checks": [{**CHECK, "kind": []}]}, {"checks": [{"kind": "health_code"}]},
        {"started": "early"}, {"started": 2**53 - 1}, {"outcome": {}}, {"outcome": "flown"}, {"data": [{}]},
        {"convoy": {"id": "1", "place": 1, "of": 2, "later": 1}}, {"apart": [{}]}, {"marks": [7]},
    ],
)  # fmt: skip
def test_a_mangled_crossing_has_not_its_shape(field: dict[str, Any]) -> None:
    assert odd_parts("vehicle_crossed", {**CROSSED, **field}, OWN) == PUBLIC
    if "marks" not in field:
        assert odd_parts("crossing_amended", {"ref": REF, "fields": field}, None) == PUBLIC


@pytest.mark.parametrize("own", [{"plate": 7}, {"people": 7}, {"people": [7]}, {"people": [{"n": "x"}]}])
def test_a_mangled_personal_part_is_told_apart(own: dict[str, Any]) -> None:
    assert odd_parts("vehicle_crossed", CROSSED, own) == PERSONAL
    assert odd_parts("vehicle_crossed", {**CROSSED, "lane": None}, own) == PUBLIC | PERSONAL


@pytest.mark.parametrize(
    ("kind", "public"),
    [
        ("outcome_undone", {"ref": 7}),
        ("outcome_undone", {}),
        ("tallied", {"counts": None, "minute": 0}),
        ("tallied", {"counts": [], "minute": "soon"}),
        ("shift_opened", {"officers": [], "group": [], "lead": ""}),
        ("sealed", {"seq": "x", "head": "", "key": "", "signature": "", "why": ""}),
        ("bundle_received", {"bundle": "", "sender": "", "added": 0, "forks": 0, "held": [{}]}),
    ],
)
def test_other_kinds_are_looked_at_too(kind: str, public: dict[str, Any]) -> None:
    assert odd_parts(kind, public, None) == PUBLIC
