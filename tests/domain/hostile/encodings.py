"""Bytes to text by hand, for the second grammar: UTF-8 as a state machine, GB18030 unit by unit."""

from __future__ import annotations

import unicodedata

LONGEST = 2953
_SILENT = (
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0),
    (0xE0100, 0xE01EF),
)


def _second(lead: int) -> tuple[int, int, int]:
    """Bytes of the sequence and the range of its second byte; (0, 0, 0) for a byte that starts none."""
    if 0xC2 <= lead <= 0xDF:
        return 2, 0x80, 0xBF
    if 0xE0 <= lead <= 0xEF:
        return 3, 0xA0 if lead == 0xE0 else 0x80, 0x9F if lead == 0xED else 0xBF
    if 0xF0 <= lead <= 0xF4:
        return 4, 0x90 if lead == 0xF0 else 0x80, 0x8F if lead == 0xF4 else 0xBF
    return 0, 0, 0


def utf8(payload: bytes) -> tuple[str | None, bool]:
    """The text, and whether bytes that are no UTF-8 are only Chinese UTF-8 with its end cut off."""
    if payload.isascii():
        return payload.decode("ascii"), False
    points: list[int] = []
    at = 0
    while at < len(payload):
        lead = payload[at]
        if lead < 0x80:
            points.append(lead)
            at += 1
            continue
        length, low, high = _second(lead)
        tail = payload[at + 1 : at + length] if length else b""
        fits = all((low if i == 0 else 0x80) <= b <= (high if i == 0 else 0xBF) for i, b in enumerate(tail))
        if not length or not fits:
            return None, False
        if len(tail) < length - 1:
            return None, any(point >= 0x800 for point in points)
        value = lead & (0xFF >> (length + 1))
        for byte in tail:
            value = value << 6 | byte & 0x3F
        points.append(value)
        at += length
    return "".join(map(chr, points)), False


def gb18030(payload: bytes) -> str | None:
    """The text when every unit returns to its own bytes and everyday units are not outnumbered."""
    if _kana(payload):
        return None
    out: list[str] = []
    everyday = rare = at = 0
    while at < len(payload):
        lead = payload[at]
        size = 1
        if lead >= 0x80:
            second = payload[at + 1] if at + 1 < len(payload) else 0
            size = 4 if 0x30 <= second <= 0x39 else 2
            usual = size == 4 or (0xA1 <= lead <= 0xF7 and second >= 0xA1)
            everyday, rare = everyday + usual, rare + (not usual)
        unit = payload[at : at + size]
        try:
            character = unit.decode("gb18030")
        except UnicodeDecodeError:
            return None
        if len(unit) != size or character.encode("gb18030", "replace") != unit:
            return None
        out.append(character)
        at += size
    return "".join(out) if everyday >= rare else None


def _kana(payload: bytes) -> bool:
    marks = 0
    for at in range(1, len(payload)):
        before = payload[at - 1]
        if payload[at] in (0xDE, 0xDF) and (0xB6 <= before <= 0xC4 or 0xCA <= before <= 0xCE):
            marks += 1
    if marks < 2:
        return False
    try:
        return bool(payload.decode("shift_jis"))
    except UnicodeDecodeError:
        return False


def flaw(character: str) -> str | None:
    """The reason code of a character that no scanned text may hold."""
    point = ord(character)
    if 0x20 <= point < 0x7F:
        return None
    if any(low <= point <= high for low, high in _SILENT):
        return "hidden_characters"
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return "control_characters"
    if category == "Cf":
        return "hidden_characters"
    if category in ("Cs", "Co"):
        return "private_characters"
    return "unassigned_characters" if category == "Cn" else None


def flaws(text: str) -> frozenset[str]:
    """Every reason against a text; the normal form is judged only when its characters are allowed."""
    if text == "":
        return frozenset({"empty"})
    found = frozenset(reason for reason in (flaw(character) for character in text) if reason)
    if not found and unicodedata.normalize("NFC", text) != text:
        return frozenset({"not_nfc"})
    return found
