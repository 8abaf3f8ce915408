"""Which kind of code a scanned payload is, decided by full match against anchored grammars.

A payload passes the steps of `text` first; what fails there is unknown and shown with its reason. Signed
kinds are recognised, not verified; links are never opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from checkpoint_app.domain import text as texts
from checkpoint_app.domain.declarations import declaration
from checkpoint_app.domain.identity import scanned_document
from checkpoint_app.domain.link_patterns import LinkPatterns, PatternsRefused, load_patterns
from checkpoint_app.domain.links import link, token
from checkpoint_app.domain.plates import PlateKind, parse_plate, scanned_plate, skeleton
from checkpoint_app.domain.reading import Reading
from checkpoint_app.domain.signed_texts import signed_text
from checkpoint_app.domain.words import CodeClass

__all__ = ["Code", "LinkPatterns", "PatternsRefused", "classify", "load_patterns"]

_PLATE_TEXT_MAX = 24
_PLAIN = Reading(CodeClass.PLAIN_TEXT)


@dataclass(frozen=True, slots=True)
class Code:
    """One scanned payload.

    `text` is clean and in normal form C, or None when the payload is not a clean text. `shown` is safe to
    display. `notes` are reason codes, worded in resources/codes/words.json. `facts` are personal: plate, id,
    pass, colour, region, name of the pattern, declared fields.
    """

    kind: CodeClass
    text: str | None
    shown: str
    notes: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)


def classify(payload: bytes, patterns: LinkPatterns, *, today: date | None = None) -> Code:
    """The class of a payload; never raises. With `today` a birth date in the future is noted."""
    try:
        text, encoding = texts.text_of(payload)
    except texts.ScannedTextRefused as refused:
        reason = str(refused.facts["reason"])
        return Code(CodeClass.UNKNOWN, None, texts.shown_bytes(payload), (reason,))
    if text is None:
        return Code(CodeClass.UNKNOWN, None, texts.shown_bytes(payload), ("not_text",))
    flaws = texts.flaws_of(text)
    if flaws:
        return Code(CodeClass.UNKNOWN, None, texts.shown_text(text), flaws)
    reading = _read(text, patterns, today)
    if reading.kind is CodeClass.PLAIN_TEXT:
        local = _local_plate(payload, encoding)
        if local:
            text, encoding, reading = local, "gb18030", _plate(local) or reading
        else:
            reading = _with_resemblance(text, reading, patterns)
    notes = reading.notes if encoding == "utf-8" else (*reading.notes, encoding)
    return Code(reading.kind, text, texts.shown_text(text), notes, reading.facts)


def _read(text: str, patterns: LinkPatterns, today: date | None) -> Reading:
    """First grammar that speaks for the whole text; only the tokens, asked last, may overlap with others."""
    return (
        signed_text(text)
        or declaration(text)
        or link(text, patterns)
        or _identity(text, today)
        or _plate(text)
        or token(text, patterns)
        or _PLAIN
    )


def _identity(text: str, today: date | None) -> Reading | None:
    document = scanned_document(text, today=today)
    if not document:
        return None
    if document.contradicts_itself:
        return Reading(CodeClass.PLAIN_TEXT, document.notes)
    facts = {
        "id": document.text,
        "document": document.kind.value,
        "birth": document.birth,
        "sex": document.sex,
    }
    return Reading(CodeClass.CITIZEN_ID, document.notes, facts)


def _plate(text: str) -> Reading | None:
    plate = scanned_plate(text)
    if not plate:
        return None
    facts = {"plate": plate.text, "plate_kind": plate.kind.value, "colours": " ".join(plate.colours)}
    return Reading(CodeClass.PLATE, facts=facts)


def _local_plate(payload: bytes, encoding: str) -> str | None:
    """The plate of a payload whose two bytes for 豫 or 鲁 in GB18030 are also a letter in UTF-8.

    Only a full match of the plate grammar decides against UTF-8, which is otherwise always believed.
    """
    if encoding != "utf-8" or len(payload) > _PLATE_TEXT_MAX or payload.isascii():
        return None
    text = texts.gb18030_text(payload)
    return text if text and scanned_plate(text) else None


def _with_resemblance(text: str, reading: Reading, patterns: LinkPatterns) -> Reading:
    """Plain text that would be something else with its look-alikes replaced: said, but not believed."""
    resembled = _resembled(text, patterns)
    if not resembled:
        return reading
    notes = (*reading.notes, "look_alike_characters")
    return Reading(reading.kind, notes, {**reading.facts, "resembles": resembled.value})


def _resembled(text: str, patterns: LinkPatterns) -> CodeClass | None:
    folded = skeleton(text)
    if folded != text:
        kind = _read(folded, patterns, None).kind
        if kind is not CodeClass.PLAIN_TEXT:
            return kind
    if len(text) > _PLATE_TEXT_MAX or folded.isascii():
        return None
    return None if parse_plate(text).kind is PlateKind.ODD else CodeClass.PLATE
