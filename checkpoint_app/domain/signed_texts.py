"""Texts of our own making or signed ones: own passes, EU certificates, SMART Health Cards, seals of handover
sheets, officers' badges.

Their outer form is recognised and nothing is opened: no inflating, no parsing, no signature. A text that has
been recognised here is scanned, not verified.
"""

from __future__ import annotations

import re

from checkpoint_app.domain.paper_proof import part_of
from checkpoint_app.domain.reading import Reading
from checkpoint_app.domain.words import CodeClass

OWN_PASS_PREFIX = "CPP1:"  # noqa: S105
SEAL_PREFIX = "CPS1:"
SHEET_PREFIX = "CPH1:"
BADGE_PREFIX = "CPO1:"
HCERT_PREFIX = "HC1:"
CARD_PREFIX = "shc:/"

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_BASE45_VALUES = {character: value for value, character in enumerate(BASE45)}

_CARD = re.compile(r"shc:/(?:([1-9][0-9]?)/([1-9][0-9]?)/)?((?:[0-6][0-9]|7[0-7])+)")
_CARD_CHARACTERS = re.compile(r"[A-Za-z0-9_.-]+")
_CARD_OFFSET = 45
_SEAL = re.compile(
    r"CPS1:([A-Z0-9](?:[A-Z0-9-]{0,22}[A-Z0-9])?):([0-9a-f]{16}):([1-9][0-9]{0,15}):([0-9A-Fa-f]{64})"
)

_BADGE = re.compile(r"CPO1:([A-Z0-9](?:[A-Z0-9-]{0,22}[A-Z0-9])?):([0-9]{2,9}):([0-9a-f]{16})")

_NOT_VERIFIED = ("not_verified",)
_DAMAGED = Reading(CodeClass.PLAIN_TEXT, ("damaged_code",))


def signed_text(text: str) -> Reading | None:
    """The reading of a text with one of the prefixes; plain text with a note where the rest does not fit."""
    for prefix, read in _READERS:
        if text.startswith(prefix):
            return read(text)
    return None


def is_base45(text: str) -> bool:
    """Whether `text` is base45 (RFC 9285) of at least one byte; looks at each character once."""
    if not text or len(text) % 3 == 1:
        return False
    values = [_BASE45_VALUES.get(character, -1) for character in text]
    if -1 in values:
        return False
    whole = len(text) // 3 * 3
    triples = zip(values[0:whole:3], values[1:whole:3], values[2:whole:3], strict=True)
    if any(low + 45 * middle + 2025 * high > 0xFFFF for low, middle, high in triples):
        return False
    return whole == len(text) or values[-2] + 45 * values[-1] <= 0xFF


def _own_pass(text: str) -> Reading:
    if not is_base45(text[len(OWN_PASS_PREFIX) :]):
        return _DAMAGED
    return Reading(CodeClass.OWN_PASS, _NOT_VERIFIED)


def _hcert(text: str) -> Reading:
    """The prefix decides: the certificates' own test suite removes it whatever characters follow."""
    rest = text[len(HCERT_PREFIX) :]
    if not rest or not rest.isascii():
        return _DAMAGED
    return Reading(CodeClass.HCERT, _NOT_VERIFIED if is_base45(rest) else (*_NOT_VERIFIED, "damaged_code"))


def _card(text: str) -> Reading:
    match = _CARD.fullmatch(text)
    if not match:
        return _DAMAGED
    part, parts, digits = match.groups()
    if part:
        if int(part) > int(parts):
            return _DAMAGED
        notes = (*_NOT_VERIFIED, "one_of_several")
        return Reading(CodeClass.SMART_HEALTH_CARD, notes, {"part": part, "parts": parts})
    return Reading(
        CodeClass.SMART_HEALTH_CARD, _NOT_VERIFIED if _is_jws(digits) else (*_NOT_VERIFIED, "damaged_code")
    )


def _is_jws(digits: str) -> bool:
    """Three parts of base64url with dots between, written as digit pairs."""
    characters = "".join(
        chr(int(digits[place : place + 2]) + _CARD_OFFSET) for place in range(0, len(digits), 2)
    )
    parts = characters.split(".")
    return len(parts) == 3 and all(parts) and bool(_CARD_CHARACTERS.fullmatch(characters))


def _seal(text: str) -> Reading:
    match = _SEAL.fullmatch(text)
    if not match or int(match.group(3)) >= 2**53:
        return _DAMAGED
    desk, epoch, seq, head = match.groups()
    facts = {"desk": desk, "epoch": epoch, "seq": seq, "hash": head.lower()}
    return Reading(CodeClass.SEAL, _NOT_VERIFIED, facts)


def _sheet(text: str) -> Reading:
    """One of the codes of a handover sheet."""
    place = part_of(text)
    if place is None:
        return _DAMAGED
    notes = _NOT_VERIFIED if place[1] == 1 else (*_NOT_VERIFIED, "one_of_several")
    return Reading(CodeClass.SEAL, notes, {"part": str(place[0]), "parts": str(place[1])})


def _badge(text: str) -> Reading:
    """An officer's badge names somebody; the PIN proves it."""
    match = _BADGE.fullmatch(text)
    if not match:
        return _DAMAGED
    desk, officer, _token = match.groups()
    return Reading(CodeClass.BADGE, _NOT_VERIFIED, {"desk": desk, "officer": officer})


_READERS = (
    (OWN_PASS_PREFIX, _own_pass),
    (HCERT_PREFIX, _hcert),
    (CARD_PREFIX, _card),
    (SEAL_PREFIX, _seal),
    (SHEET_PREFIX, _sheet),
    (BADGE_PREFIX, _badge),
)
