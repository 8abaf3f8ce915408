"""Canonical bytes: the part of RFC 8785 (JSON Canonicalization Scheme) that a ledger may hash.

Strings in NFC without lone surrogates, booleans, null, integers |n| < 2**53, arrays, objects with ASCII
keys. No floats: temperatures are tenths. Within these limits Python's own JSON writer gives the bytes the
standard asks for; the limits are what makes that true, so they are checked and never widened.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

NOT_A_VALUE = "not a value a ledger may hash"
LARGEST = 2**53 - 1
DEEPEST = 8

_WRITER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True, default=dict
)
_PLAIN = (str, bool, type(None))

Value = None | bool | int | str | Sequence["Value"] | Mapping[str, "Value"]


class NotCanonical(ValueError):  # noqa: N818 - a fact about the value
    """A value that has no agreed bytes; a bug of the writer, or foreign bytes that lie."""


def encode(value: Value) -> bytes:
    """Canonical UTF-8 bytes of `value`; raises NotCanonical for anything outside the limits."""
    _check(value, depth=0)
    text = _WRITER.encode(value)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        _check_texts(value)  # an escape before a combining mark only looks wrong in the whole text
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("lone surrogate") from error


def decode(data: bytes) -> Value:
    """The value behind canonical bytes; raises NotCanonical unless `encode` gives the same bytes back."""
    try:
        value: Value = json.loads(
            data, object_pairs_hook=_no_duplicates, parse_float=_refuse, parse_constant=_refuse
        )
        again = encode(value)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if again != data:
        raise NotCanonical("not in canonical form")
    return value


def check(data: bytes) -> Value:
    """The value; raises NotCanonical for exactly the bytes for which `decode` does, in a third of its time.

    Most texts are plain (see `_is_plain`): parsing and writing them again shows all that is wrong.
    """
    if not _is_plain(data):
        return decode(data)
    value: Value
    try:
        text = data.decode()
        value, end = _READER.raw_decode(text)
    except ValueError as error:
        raise NotCanonical(str(error)) from error
    if end != len(text) or _WRITER.encode(value) != text:
        raise NotCanonical("not in canonical form")
    if not unicodedata.is_normalized("NFC", text):
        decode(data)
    return value


def _is_plain(data: bytes) -> bool:
    """No escapes, no number near LARGEST, no deep nesting, no key beyond ASCII."""
    if b"\\" in data or (not data.isascii() and _FOREIGN_KEY.search(data)):
        return False
    many = data.count(b"{") + data.count(b"[") > DEEPEST
    if not many and _LONG not in data.translate(_AS_ZEROS):
        return True
    structure = b"".join(data.split(b'"')[::2])  # without escapes each quote begins or ends a text
    return _LONG not in structure.translate(_AS_ZEROS) and not (many and _is_deep(structure))


def _is_deep(structure: bytes) -> bool:
    brackets = structure.translate(_AS_BRACKETS, _NO_BRACKETS)
    levels = 0
    while brackets and levels < DEEPEST:
        brackets, levels = brackets.replace(b"[]", b""), levels + 1  # takes the innermost level away
    return bool(brackets)


def _check(value: object, *, depth: int) -> None:
    if depth > DEEPEST:
        raise NotCanonical("nested too deep")
    if isinstance(value, _PLAIN):
        return
    if isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise NotCanonical("integer too large")
    elif isinstance(value, dict | Mapping):
        _check_keys(value)
        _check_items(value.values(), depth=depth + 1)
    elif isinstance(value, list | tuple):
        _check_items(value, depth=depth + 1)
    else:
        raise NotCanonical(f"{NOT_A_VALUE}: {type(value).__name__}")


def _check_items(items: Iterable[object], *, depth: int) -> None:
    if depth > DEEPEST and items:
        raise NotCanonical("nested too deep")
    for item in items:
        if not isinstance(item, _PLAIN):
            _check(item, depth=depth)


def _check_texts(value: object) -> None:
    if isinstance(value, str):
        if not unicodedata.is_normalized("NFC", value):
            raise NotCanonical("text is not NFC")
    elif isinstance(value, Mapping):
        for item in value.values():
            _check_texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check_texts(item)


def _check_keys(value: Mapping[object, object]) -> None:
    for key in value:
        if not isinstance(key, str) or not key.isascii():
            raise NotCanonical("keys are ASCII texts")


def _no_duplicates(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical("duplicate key")
    return found


def _refuse(text: str) -> Value:
    raise NotCanonical(f"number {text}")


_READER = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)
_FOREIGN_KEY = re.compile(rb'"[^"\x80-\xff]*+[\x80-\xff][^"]*+":')
_AS_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_LONG = b"0" * 16
_AS_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"{}[]")
