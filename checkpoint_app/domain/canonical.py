"""Canonical bytes: the part of RFC 8785 (JSON Canonicalization Scheme) that a ledger may hash.

Strings in NFC without lone surrogates, booleans, null, integers |n| < 2**53, arrays, objects with ASCII
keys. No floats: temperatures are tenths. Within these limits Python's own JSON writer gives the bytes the
standard asks for; the limits are what makes that true, so they are checked and never widened.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence

NOT_A_VALUE = "not a value a ledger may hash"
LARGEST = 2**53 - 1
DEEPEST = 8

Value = None | bool | int | str | Sequence["Value"] | Mapping[str, "Value"]


class NotCanonical(ValueError):  # noqa: N818 - a fact about the value
    """A value that has no agreed bytes; a bug of the writer, or foreign bytes that lie."""


def encode(value: Value) -> bytes:
    """Canonical UTF-8 bytes of `value`; raises NotCanonical for anything outside the limits."""
    _check(value, depth=0)
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8")


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


def _check(value: object, *, depth: int) -> None:
    if depth > DEEPEST:
        raise NotCanonical("nested too deep")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotCanonical("integer too large")
    elif isinstance(value, Mapping):
        _check_keys(value)
        for item in value.values():
            _check(item, depth=depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item, depth=depth + 1)
    else:
        raise NotCanonical(f"{NOT_A_VALUE}: {type(value).__name__}")


def _check_text(text: str) -> None:
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical("text is not NFC")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise NotCanonical("lone surrogate")


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
