from __future__ import annotations

import json
import re
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.config import resource, resources_root
from checkpoint_app.domain import codes
from checkpoint_app.domain.codes import classify, load_patterns
from checkpoint_app.domain.link_patterns import PatternsRefused
from checkpoint_app.domain.plates import parse_plate
from checkpoint_app.domain.text import text_of
from checkpoint_app.domain.words import CodeClass

VECTORS = Path(__file__).parent.parent / "data" / "codes"
PATTERNS = load_patterns(json.loads(resource("codes/patterns.json").read_text("utf-8")))
WORDS = json.loads(resource("codes/words.json").read_text("utf-8"))


def _rows() -> list[Any]:
    return [
        pytest.param(row, id=f"{path.stem}-{number}")
        for path in sorted(VECTORS.glob("*.json"))
        for number, row in enumerate(json.loads(path.read_text("utf-8"))["rows"])
    ]


@pytest.mark.parametrize("row", _rows())
def test_a_payload_is_read_as_its_vector_says(row: dict[str, Any]) -> None:
    payload = bytes.fromhex(row["hex"]) if "hex" in row else row["text"].encode()
    code = classify(payload, PATTERNS)
    assert code.kind == row["kind"]
    assert sorted(code.notes) == sorted(row.get("notes", []))
    assert {name: code.facts.get(name) for name in row.get("facts", {})} == row.get("facts", {})
    if code.kind is not CodeClass.UNKNOWN:
        assert code.text == (row["shown_text"] if "hex" in row else row["text"])


def test_the_vectors_show_every_class_and_every_note_of_codes() -> None:
    rows = [parameter.values[0] for parameter in _rows()]
    assert len(rows) >= 120
    assert {row["kind"] for row in rows} == {kind.value for kind in CodeClass}
    typed_only = {"future_birth_date", "unknown_form"}
    assert {note for row in rows for note in row.get("notes", [])} == set(WORDS["notes"]) - typed_only


def test_every_class_note_and_mark_has_words_in_both_languages() -> None:
    assert set(WORDS["kinds"]) == {kind.value for kind in CodeClass}
    assert all(words["en"] and words["zh"] for part in WORDS.values() for words in part.values())
    domain = resources_root().parent / "checkpoint_app" / "domain"
    sources = "".join((domain / f"{name}.py").read_text("utf-8") for name in _SOURCES)
    quoted = set(re.findall(r'"([a-z0-9_]+)"', sources))
    assert not {note for part in ("notes", "marks") for note in WORDS[part]} - quoted


_SOURCES = ("text", "codes", "identity", "plates", "signed_texts", "declarations", "links")


@pytest.mark.shared
def test_every_certificate_of_the_official_suite_is_recognised(shared: Path) -> None:
    cases = [
        case for path in sorted((shared / "data/dcc").glob("*.json")) for case in json.loads(path.read_text())
    ]
    seen = 0
    for case in cases:
        if case["PREFIX"] is None:
            continue
        recognised = classify(case["PREFIX"].encode(), PATTERNS).kind is CodeClass.HCERT
        assert recognised == (case["EXPECTEDRESULTS"].get("EXPECTEDUNPREFIX") is not False)
        seen += 1
    assert seen > 200


def test_a_birth_date_in_the_future_is_noted_when_the_day_is_known() -> None:
    payload = b"11010519491231002X"
    assert classify(payload, PATTERNS, today=date(1949, 12, 31)).notes == ()
    assert classify(payload, PATTERNS, today=date(1949, 12, 30)).notes == ("future_birth_date",)


def test_no_recognised_signed_text_is_ever_called_verified() -> None:
    for text in ("CPP1:BB8", "HC1:BB8", "shc:/2001200120", "CPS1:A:0123456789abcdef:1:" + "0" * 64):
        assert "not_verified" in classify(text.encode(), PATTERNS).notes


def test_recognising_never_inflates(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(zlib, "decompress", refuse)
    monkeypatch.setattr(zlib, "decompressobj", refuse)
    assert classify(b"HC1:QED8WEX0", PATTERNS).kind is CodeClass.HCERT
    assert "zlib" not in vars(codes)


@given(st.binary(max_size=3_000))
def test_any_bytes_have_a_class(payload: bytes) -> None:
    code = classify(payload, PATTERNS)
    assert (code.text is None) == (code.kind is CodeClass.UNKNOWN)
    assert len(code.shown) <= 80


@given(st.text(max_size=60))
def test_any_text_is_kept_as_it_is_or_not_at_all(text: str) -> None:
    payload = text.encode("utf-8", "surrogatepass")
    code = classify(payload, PATTERNS)
    assert code.text in {None, text, text_of(payload)[0]} or code.notes == ("gb18030",)


@given(st.text(alphabet="豫粤AZDO01I港警挂领应急WJ使·", max_size=9))
def test_a_scanned_plate_is_a_typed_plate_without_marks(text: str) -> None:
    if classify(text.encode(), PATTERNS).kind is CodeClass.PLATE:
        assert parse_plate(text).text == text
        assert parse_plate(text).marks == ()


GOOD_LINK = {"name": "a", "kind": "health_link", "hosts": ["a.example"], "path": "/x"}
GOOD_TOKEN = {"name": "b", "kind": "truck_pass", "alphabet": "digits", "min": 1, "max": 2, "division": True}


def _list(**change: object) -> dict[str, object]:
    return {"format": "cp.patterns1", "version": 1, "links": [GOOD_LINK], "tokens": [GOOD_TOKEN], **change}


def test_a_good_pattern_list_is_loaded() -> None:
    patterns = load_patterns(_list())
    assert patterns.version == 1
    assert [pattern.name for pattern in patterns.links] == ["a"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"format": "other"}, "format"),
        ({"version": "1"}, "format"),
        ({"version": True}, "format"),
        ({"version": 0}, "format"),
        ({"links": {}}, "links"),
        ({"links": [1]}, "links"),
        ({"links": [GOOD_LINK, GOOD_LINK]}, "names"),
        ({"links": [GOOD_LINK | {"name": "A b"}]}, "name"),
        ({"links": [GOOD_LINK | {"kind": "own_pass"}]}, "kind"),
        ({"links": [GOOD_LINK | {"hosts": []}]}, "hosts"),
        ({"links": [GOOD_LINK | {"hosts": ["*.example"]}]}, "hosts"),
        ({"links": [GOOD_LINK | {"hosts": "a.example"}]}, "hosts"),
        ({"links": [GOOD_LINK | {"path": "x"}]}, "path"),
        ({"links": [GOOD_LINK | {"path": "/.*"}]}, "path"),
        ({"links": [GOOD_LINK | {"region": "41"}]}, "region"),
        ({"links": [GOOD_LINK | {"required": ["a b"]}]}, "required"),
        ({"links": [GOOD_LINK | {"colour": {"parameter": "c", "values": {"x": "pink"}}}]}, "colour"),
        ({"links": [GOOD_LINK | {"colour": {"parameter": "c"}}]}, "colour"),
        ({"tokens": [GOOD_TOKEN | {"alphabet": "any"}]}, "alphabet"),
        ({"tokens": [GOOD_TOKEN | {"min": 3}]}, "length"),
        ({"tokens": [GOOD_TOKEN | {"max": "2"}]}, "length"),
        ({"tokens": [GOOD_TOKEN | {"division": False}]}, "division"),
        ({"tokens": [GOOD_TOKEN | {"prefix": "豫"}]}, "prefix"),
        ({"tokens": [GOOD_TOKEN | {"kind": "plate"}]}, "kind"),
    ],
)
def test_a_bad_pattern_list_is_refused(change: dict[str, object], problem: str) -> None:
    with pytest.raises(PatternsRefused) as refused:
        load_patterns(_list(**change))
    assert refused.value.facts["problem"] == problem
