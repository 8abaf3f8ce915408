"""A second grammar of scanned payloads: no code shared with the program, no regular expressions.

It was written from the rules, not from the program: what disagrees is a fault of one of the two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.domain.hostile import encodings, numbers
from tests.domain.hostile.json_reader import INVALID, Reader, deepest

_BASE45 = {c: i for i, c in enumerate("0123456789" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + " $%*+-./:")}
_HEX = frozenset("0123456789abcdef")
_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
_WEB = _WORD | frozenset("._~!$&'()*+,;=:@%/-")
_TOKEN = _WORD | frozenset("_-")
_SETS = {
    "digits": numbers.DIGITS,
    "hex": _HEX | frozenset("ABCDEF"),
    "upper": numbers.CAPITALS | numbers.DIGITS,
    "base64url": _TOKEN,
}


@dataclass(frozen=True)
class Expected:
    """What a payload is; `facts` holds only what the second grammar works out by itself."""

    kind: str
    notes: frozenset[str] = frozenset()
    text: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


Answer = tuple[str, frozenset[str], dict[str, str]]


def expect(payload: bytes, patterns: Mapping[str, Any]) -> Expected:
    """The class, notes and text of a payload; `patterns` is the parsed pattern file."""
    if len(payload) > encodings.LONGEST:
        return Expected("unknown", frozenset({"too_long"}))
    text, cut = encodings.utf8(payload)
    local = None if cut or (text is not None and payload.isascii()) else encodings.gb18030(payload)
    extra: frozenset[str] = frozenset()
    if text is None:
        if local is None:
            return Expected("unknown", frozenset({"not_text"}))
        text, extra = local, frozenset({"gb18030"})
    flaws = encodings.flaws(text)
    if flaws:
        return Expected("unknown", flaws)
    kind, notes, facts = _read(text, patterns)
    if kind == "plain_text":
        if not extra and local and len(payload) <= 24 and numbers.plate(local):
            return Expected("plate", frozenset({"gb18030"}), local, {"plate": local})
        resembled = _resembled(text, patterns)
        if resembled:
            notes, facts = notes | {"look_alike_characters"}, {"resembles": resembled}
    return Expected(kind, notes | extra, text, facts)


def _resembled(text: str, patterns: Mapping[str, Any]) -> str:
    folded = numbers.folded(text)
    if folded != text:
        kind = _read(folded, patterns)[0]
        if kind != "plain_text":
            return kind
    if len(text) <= 24 and not folded.isascii() and numbers.typed_plate(text):
        return "plate"
    return ""


def _read(text: str, patterns: Mapping[str, Any]) -> Answer:
    for prefix, read in _PREFIXES.items():
        if text[: len(prefix)] == prefix:
            return read(text[len(prefix) :])
    if text[0] == "{":
        answer = _declaration(text)
        if answer:
            return answer
    if text.lower()[:7] == "http://" or text.lower()[:8] == "https://":
        return _link(text, patterns["links"])
    number = numbers.identity(text)
    if number:
        good, notes = number
        return ("citizen_id", notes, {"id": text.upper()}) if good else ("plain_text", notes, {})
    if numbers.plate(text):
        return "plate", frozenset(), {"plate": text}
    return _token(text, patterns["tokens"])


def _damaged() -> Answer:
    return "plain_text", frozenset({"damaged_code"}), {}


def _signed(kind: str, *more: str) -> Answer:
    return kind, frozenset({"not_verified", *more}), {}


def _base45(text: str) -> bool:
    if text == "" or any(c not in _BASE45 for c in text):
        return False
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        value = sum(_BASE45[c] * 45**place for place, c in enumerate(group))
        if len(group) == 1 or value >= (256 if len(group) == 2 else 65536):
            return False
    return True


def _own_pass(rest: str) -> Answer:
    return _signed("own_pass") if _base45(rest) else _damaged()


def _hcert(rest: str) -> Answer:
    if rest == "" or any(not 0x20 <= ord(c) < 0x7F for c in rest):
        return _damaged()
    return _signed("hcert") if _base45(rest) else _signed("hcert", "damaged_code")


def _card(rest: str) -> Answer:
    parts = rest.split("/")
    if len(parts) not in (1, 3) or len(parts[-1]) % 2 or not numbers.digits(parts[-1]):
        return _damaged()
    pairs = [int(parts[-1][at : at + 2]) for at in range(0, len(parts[-1]), 2)]
    if max(pairs) > 77:
        return _damaged()
    if len(parts) == 3:
        if any(not numbers.digits(p) or len(p) > 2 or p[0] == "0" for p in parts[:2]) or int(parts[0]) > int(
            parts[1]
        ):
            return _damaged()
        return _signed("smart_health_card", "one_of_several")
    jws = "".join(chr(pair + 45) for pair in pairs).split(".")
    sound = len(jws) == 3 and all(part and _TOKEN.issuperset(part) for part in jws)
    return _signed("smart_health_card") if sound else _signed("smart_health_card", "damaged_code")


def _seal(rest: str) -> Answer:
    parts = rest.split(":")
    if len(parts) != 4:
        return _damaged()
    desk, epoch, seq, head = parts
    sound = (
        _desk(desk)
        and len(epoch) == 16
        and _HEX.issuperset(epoch)
        and numbers.digits(seq)
        and seq[0] != "0"
        and int(seq) < 2**53
        and len(head) == 64
        and _HEX.issuperset(head.lower())
        and head.isascii()
    )
    return ("seal", frozenset({"not_verified"}), {"hash": head.lower(), "seq": seq}) if sound else _damaged()


def _sheet(rest: str) -> Answer:
    """Typed or scanned: blanks and small letters are forgiven, nothing else is."""
    if not rest.isascii() or len(rest) > 3_195:
        return _damaged()
    fields = "".join(c for c in rest if not c.isspace()).upper().split(":")
    place = fields[0].split(".")
    if len(fields) != 3 or len(place) != 2:
        return _damaged()
    if any(not numbers.digits(n) or len(n) > 2 or n[0] == "0" for n in place) or int(place[0]) > int(
        place[1]
    ):
        return _damaged()
    hexed = len(fields[1]) == 8 and _HEX.issuperset(fields[1].lower())
    if not hexed or not fields[2] or not (numbers.CAPITALS | frozenset("234567")).issuperset(fields[2]):
        return _damaged()
    more = () if place[1] == "1" else ("one_of_several",)
    return "seal", frozenset({"not_verified", *more}), {"part": place[0], "parts": place[1]}


def _badge(rest: str) -> Answer:
    fields = rest.split(":")
    if len(fields) != 3 or not _desk(fields[0]):
        return _damaged()
    numbered = numbers.digits(fields[1]) and 2 <= len(fields[1]) <= 9
    if not numbered or len(fields[2]) != 16 or not _HEX.issuperset(fields[2]):
        return _damaged()
    return "badge", frozenset({"not_verified"}), {"desk": fields[0], "officer": fields[1]}


def _desk(text: str) -> bool:
    letters = numbers.CAPITALS | numbers.DIGITS
    inside = letters.issuperset(text.replace("-", ""))
    return 0 < len(text) <= 24 and inside and text[0] != "-" and text[-1] != "-"


_PREFIXES = {
    "CPP1:": _own_pass,
    "HC1:": _hcert,
    "shc:/": _card,
    "CPS1:": _seal,
    "CPH1:": _sheet,
    "CPO1:": _badge,
}


def _declaration(text: str) -> Answer | None:
    if deepest(text) > 8:
        return "plain_text", frozenset({"json_too_deep"}), {}
    reader = Reader(text)
    value = reader.whole()
    if value is INVALID:
        return None
    if reader.flaws:
        return "plain_text", frozenset(reader.flaws), {}
    if not isinstance(value, dict) or value.get("cp") != "decl1":
        return None
    notes: set[str] = set()
    sound = _top(value, notes)
    if not sound:
        return "plain_text", frozenset({"bad_declaration"}), {}
    return "declaration", frozenset(notes), {"people": str(len(value.get("people", [])))}


def _short(value: Mapping[str, object], sizes: Mapping[str, int]) -> bool:
    """Every field that is there is a clean text, not blank, of at most its size."""
    for name, size in sizes.items():
        if name in value:
            text = value[name]
            if not isinstance(text, str) or len(text) > size or text.isspace() or encodings.flaws(text):
                return False
    return True


def _top(value: Mapping[str, Any], notes: set[str]) -> bool:
    if not _short(value, {"plate": 24, "from": 60, "to": 60, "purpose": 60}):
        return False
    if any(name not in ("cp", "plate", "from", "to", "purpose", "people") for name in value):
        notes.add("unknown_fields")
    people = value.get("people", [])
    if not isinstance(people, list) or len(people) > 60 or (not people and "plate" not in value):
        return False
    if "plate" in value and not numbers.typed_plate(value["plate"].strip()):
        notes.add("odd_plate")
    return all(_person(person, notes) for person in people)


def _person(person: object, notes: set[str]) -> bool:
    if not isinstance(person, dict) or "name" not in person:
        return False
    if not _short(person, {"name": 40, "id": 32, "phone": 24}):
        return False
    if any(name not in ("name", "id", "phone") for name in person):
        notes.add("unknown_fields")
    if "id" in person:
        plain = unicodedata.normalize("NFKC", person["id"])
        number = numbers.identity("".join(c for c in plain if not c.isspace() and c not in "·-").upper())
        if number and not number[0]:
            notes.add("declared_id_wrong")
    if "phone" in person and not numbers.phone(person["phone"]):
        notes.add("odd_phone")
    return True


def _link(text: str, patterns: Sequence[Mapping[str, Any]]) -> Answer:
    nothing: Answer = ("plain_text", frozenset({"unlisted_link"}), {})
    rest = text[text.index("://") + 3 :]
    rest, _, fragment = rest.partition("#")
    rest, asked, query = rest.partition("?")
    authority, _, path = rest.partition("/")
    if not (_WEB | {"?"}).issuperset(fragment + query) or not _WEB.issuperset(path) or (asked and not rest):
        return nothing
    for port in (":80", ":443"):
        authority = authority.removesuffix(port) if authority.count(":") == 1 else authority
    if not authority or len(authority) > 253 or not (_WORD | {".", "-"}).issuperset(authority):
        return nothing
    parameters: dict[str, str] = {}
    for part in query.split("&"):
        name, _, value = part.partition("=")
        if part and name in parameters:
            return nothing
        if part:
            parameters[name] = value
    for pattern in patterns:
        if authority.lower() in pattern["hosts"] and _same_path("/" + path, pattern["path"]):
            if any(not parameters.get(name) for name in pattern.get("required", [])):
                continue
            return _coloured(pattern, parameters)
    return nothing


def _same_path(path: str, wanted: str) -> bool:
    parts, expected = path.split("/"), wanted.split("/")
    if len(parts) != len(expected):
        return False
    for part, form in zip(parts, expected, strict=True):
        opaque = form == "{token}" and 1 <= len(part) <= 128 and _TOKEN.issuperset(part)
        if not opaque and (part != form or form == "{token}"):
            return False
    return True


def _coloured(pattern: Mapping[str, Any], parameters: Mapping[str, str]) -> Answer:
    notes, facts = {"not_verifiable"}, {"name": pattern["name"]}
    colour = pattern.get("colour")
    if colour and colour["parameter"] in parameters:
        written = parameters[colour["parameter"]]
        if written in colour["values"]:
            facts["colour"] = colour["values"][written]
        else:
            notes.add("unknown_colour")
    return pattern["kind"], frozenset(notes), facts


def _token(text: str, patterns: Sequence[Mapping[str, Any]]) -> Answer:
    for pattern in patterns:
        prefix = pattern.get("prefix", "")
        rest = text.removeprefix(prefix)
        if not text.startswith(prefix) or not pattern["min"] <= len(rest) <= pattern["max"]:
            continue
        if not _SETS[pattern["alphabet"]].issuperset(rest):
            continue
        if pattern.get("division") and rest[:2] not in numbers.REGIONS:
            continue
        facts = {"pass": rest} if pattern["kind"] == "truck_pass" else {"name": pattern["name"]}
        return pattern["kind"], frozenset({"not_verifiable"}), facts
    return "plain_text", frozenset(), {}
