"""Pre-declarations: what an arriving traveller's phone shows so that nobody has to type it.

    {"cp": "decl1", "plate": "豫A12345", "from": "郑州", "to": "原阳", "purpose": "探亲",
     "people": [{"name": "张三", "id": "11010519491231002X", "phone": "13800005678"}]}

Plate or people must be there, the rest is optional. It is the traveller's own word and never more than that.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from checkpoint_app.domain.identity import typed_document
from checkpoint_app.domain.phones import parse_phone
from checkpoint_app.domain.plates import PlateKind, parse_plate
from checkpoint_app.domain.reading import Reading
from checkpoint_app.domain.text import flaws_of
from checkpoint_app.domain.words import CodeClass

FORMAT = "decl1"
DEPTH_MAX = 8
PEOPLE_MAX = 60

_TOP_SIZES = {"plate": 24, "from": 60, "to": 60, "purpose": 60}
_PERSON_SIZES = {"name": 40, "id": 32, "phone": 24}
_NOTES = ("unknown_fields", "odd_plate", "declared_id_wrong", "odd_phone")

_JSON_FLAWS = ("json_duplicate_keys", "json_not_finite")
_BAD = Reading(CodeClass.PLAIN_TEXT, ("bad_declaration",))


class _FieldRefused(Exception):  # noqa: N818
    """One field is not what the format allows; ends the reading of this declaration."""


@dataclass(slots=True)
class _Draft:
    facts: dict[str, str] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)


def declaration(text: str) -> Reading | None:
    """The declaration in `text`; plain text with notes for flawed JSON; None for any other text."""
    if not text.startswith("{"):
        return None
    if depth_of(text) > DEPTH_MAX:
        return Reading(CodeClass.PLAIN_TEXT, ("json_too_deep",))
    value, flaws = parse_json(text)
    if flaws:
        return Reading(CodeClass.PLAIN_TEXT, flaws)
    if not isinstance(value, dict) or value.get("cp") != FORMAT:
        return None
    draft = _Draft()
    try:
        _read_top(value, draft)
    except _FieldRefused:
        return _BAD
    return Reading(CodeClass.DECLARATION, tuple(note for note in _NOTES if note in draft.notes), draft.facts)


def depth_of(text: str) -> int:
    """How deep brackets nest outside of strings; one pass, no recursion."""
    depth = deepest = 0
    quoted = escaped = False
    for character in text:
        if quoted:
            quoted = escaped or character != '"'
            escaped = not escaped and character == "\\"
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def parse_json(text: str) -> tuple[object, tuple[str, ...]]:
    """The value and what was wrong with it; (None, ()) when it is not JSON at all.

    Python's parser lets the last of two equal keys win, and takes NaN and Infinity: both are flaws here.
    """
    found: set[str] = set()
    try:
        value = json.loads(
            text,
            object_pairs_hook=_noting_duplicates(found),
            parse_constant=lambda _: found.add("json_not_finite"),
            parse_float=_noting_infinite(found),
        )
    except ValueError:
        return None, ()
    return value, tuple(flaw for flaw in _JSON_FLAWS if flaw in found)


def _noting_duplicates(found: set[str]) -> Callable[[list[tuple[str, object]]], dict[str, object]]:
    def build(pairs: list[tuple[str, object]]) -> dict[str, object]:
        built = dict(pairs)
        if len(built) < len(pairs):
            found.add("json_duplicate_keys")
        return built

    return build


def _noting_infinite(found: set[str]) -> Callable[[str], float]:
    def convert(digits: str) -> float:
        number = float(digits)
        if not math.isfinite(number):
            found.add("json_not_finite")
        return number

    return convert


def _read_top(value: Mapping[str, object], draft: _Draft) -> None:
    if set(value) - set(_TOP_SIZES) - {"cp", "people"}:
        draft.notes.add("unknown_fields")
    texts = _texts(value, _TOP_SIZES)
    if "plate" in texts:
        plate = parse_plate(texts["plate"])
        texts["plate"] = plate.text
        draft.notes |= {"odd_plate"} if plate.kind is PlateKind.ODD else set()
    draft.facts.update(texts)
    people = value.get("people", [])
    if not isinstance(people, list) or len(people) > PEOPLE_MAX or not (people or "plate" in texts):
        raise _FieldRefused
    draft.facts["people"] = str(len(people))
    for number, person in enumerate(people, start=1):
        _read_person(number, person, draft)


def _read_person(number: int, person: object, draft: _Draft) -> None:
    if not isinstance(person, dict) or "name" not in person:
        raise _FieldRefused
    if set(person) - set(_PERSON_SIZES):
        draft.notes.add("unknown_fields")
    texts = _texts(person, _PERSON_SIZES)
    if "id" in texts:
        document = typed_document(texts["id"])
        texts["id"] = document.text
        draft.notes |= {"declared_id_wrong"} if document.contradicts_itself else set()
    if "phone" in texts:
        phone = parse_phone(texts["phone"])
        texts["phone"] = phone.text
        draft.notes |= {"odd_phone"} if phone.kind == "odd" else set()
    draft.facts.update({f"person_{number}_{name}": text for name, text in texts.items()})


def _texts(value: Mapping[str, object], sizes: Mapping[str, int]) -> dict[str, str]:
    """The named texts that are there; each one clean, not blank and within its size."""
    texts = {}
    for name, size in sizes.items():
        if name not in value:
            continue
        text = value[name]
        if not isinstance(text, str) or not text.strip() or len(text) > size or flaws_of(text):
            raise _FieldRefused
        texts[name] = text.strip()
    return texts
