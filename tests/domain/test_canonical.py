from __future__ import annotations

import json
import types
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.domain.canonical import DEEPEST, LARGEST, NotCanonical, check, decode, encode

texts = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: unicodedata.normalize("NFC", text))
keys = st.text(st.characters(max_codepoint=127))
whole = st.integers(-LARGEST, LARGEST)
leaves = st.none() | st.booleans() | whole | texts


def nested(depth: int) -> st.SearchStrategy[Any]:
    if depth == 0:
        return leaves
    inner = nested(depth - 1)
    return leaves | st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4)


@given(nested(4))
@settings(max_examples=1000)
def test_the_bytes_are_those_of_an_independent_rfc_8785_writer(value: Any) -> None:
    assert encode(value) == rfc8785.dumps(value)


@given(nested(4))
@settings(max_examples=500)
def test_what_was_encoded_is_read_back_equal(value: Any) -> None:
    assert decode(encode(value)) == value


@given(st.text(st.sampled_from('aé\u0301\u0303\u0338\n\t\x01"\\<=>가\u1100\u1161𬭊'), max_size=8))
@settings(max_examples=2000)
def test_a_text_is_taken_exactly_when_it_is_nfc(text: str) -> None:
    """Escapes put ASCII letters before combining marks; neither hides nor invents a fault."""
    if unicodedata.is_normalized("NFC", text):
        assert encode({"t": [text]}) == rfc8785.dumps({"t": [text]})
    else:
        with pytest.raises(NotCanonical):
            encode({"t": [text]})


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        {"a": 36.5},
        float("nan"),
        float("inf"),
        LARGEST + 1,
        -LARGEST - 1,
        [2**64],
        "e\u0301",
        {"a": ["\ud800"]},
        "\udfff",
        {"é": 1},
        {1: "a"},
        {None: 1},
        {True: 1},
        b"bytes",
        {"set"},
        complex(1, 1),
        [1.5],
        ("a", b""),
    ],
    ids=repr,
)
def test_a_value_without_agreed_bytes_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" 1",
        b"1 ",
        b"01",
        b"-0",
        b"1.0",
        b"1e3",
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"9007199254740992",
        b"9" * 5000,
        b'{"a": 1}',
        b'{"a":1,}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":{"b":1,"b":2}}',
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u000A"',
        b'"\\ud800"',
        b'"\\ud834\\udd1e"',
        b'"e\xcc\x81"',
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b'"a\nb"',
        b"\xef\xbb\xbf1",
        "1".encode("utf-16"),
        b"[1] // x",
        b"'a'",
        b'{"\xc3\xa9":1}',
        b"[" * 100_000,
        b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2),
    ],
    ids=lambda data: repr(data[:20]),
)
def test_bytes_in_another_form_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(data)


@given(st.binary(max_size=40) | st.text('{}[]":,0123e.-+ \\ualbntrfs', max_size=12).map(str.encode))
@settings(max_examples=2000)
def test_whatever_is_read_has_exactly_one_form(data: bytes) -> None:
    try:
        value = decode(data)
    except NotCanonical:
        return
    assert encode(value) == data == rfc8785.dumps(value)


@pytest.mark.parametrize("innermost", ["leaf", [], {}], ids=repr)
@pytest.mark.parametrize("wrap", [lambda value: [value], lambda value: {"a": value}], ids=["list", "mapping"])
def test_the_depth_limit_is_the_same_for_whatever_is_nested(innermost: Any, wrap: Any) -> None:
    value = innermost
    for _ in range(DEEPEST):
        value = wrap(value)
    assert decode(encode(value)) == value
    with pytest.raises(NotCanonical):
        encode(wrap(value))


class Colour(StrEnum):
    GREEN = "green"


def test_read_only_mappings_tuples_and_vocabularies_are_written_like_plain_ones() -> None:
    value: Any = types.MappingProxyType({"b": (1, Colour.GREEN), "a": types.MappingProxyType({})})
    assert encode(value) == b'{"a":{},"b":[1,"green"]}'


def test_control_plain_json_would_let_other_forms_pass() -> None:
    assert json.loads('{"a":1.0,"a":2}') == {"a": 2}
    assert json.dumps("e\u0301", ensure_ascii=False).encode() != json.dumps("é", ensure_ascii=False).encode()


def refuses(read: Callable[[bytes], object], data: bytes) -> bool:
    try:
        read(data)
    except NotCanonical:
        return True
    return False


SPLICES = [
    *b'{}[]":,0123456789-.e\\ntrue \x00\xff',
    *(
        "[" * 9,
        "]" * 9,
        "9" * 16,
        "1.5",
        "NaN",
        '"é":1,',
        '"a":1,"a":1',
        "e\u0301",
        "豫",
        "\\u00e9",
        "\\ud800",
        "[]",
        "{}",
    ),
]


@given(
    nested(4), st.lists(st.tuples(st.integers(0), st.integers(0, 3), st.sampled_from(SPLICES)), max_size=3)
)
@settings(max_examples=1500)
def test_the_quick_check_refuses_exactly_what_reading_refuses(
    value: Any, changes: list[tuple[int, int, int | str]]
) -> None:
    data = encode(value)
    for place, length, splice in changes:
        piece = bytes([splice]) if isinstance(splice, int) else splice.encode()
        place %= len(data) + 1
        data = data[:place] + piece + data[place + length :]
    assert refuses(check, data) == refuses(decode, data)


@pytest.mark.parametrize(
    "data",
    [
        b'["]",' * 9 + b"1" + b',"["]' * 9,  # texts that look like the brackets they hide
        b'{"a":{"b":' * 5 + b"1" + b"}}" * 5,
        '{"é":1}'.encode(),
        '["a",{"bé":"é"}]'.encode(),
        b"[9007199254740992]",
        b"[1.5]",
        b"[1e5]",
        b"[-0]",
        b"[NaN]",
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b"[1, 2]",
        b" [1]",
        b"[1]\n",
        '["e\u0301"]'.encode(),
        b'["\xff"]',
        b'["\xed\xa0\x80"]',
        b'["\\ud800"]',
        b'["\\u0041"]',
        b"\xef\xbb\xbf[1]",
        "[1]".encode("utf-16"),
        b"",
        b"[" * 100_000,
        b"1" * 5_000,
    ],
)
def test_the_quick_check_refuses_too(data: bytes) -> None:
    assert refuses(check, data)
    assert refuses(decode, data)


def test_long_foreign_text_is_checked_in_linear_time() -> None:
    """A search that began anew at every letter would take minutes."""
    check(encode({"text": "a豫" * 60_000}))
    assert refuses(check, b'{"text":"' + "a豫".encode() * 60_000)
