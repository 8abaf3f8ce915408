"""Scanned bytes as text, judged before anything reads a meaning into them.

The order is fixed: cap, encoding, forbidden characters, normal form. Nothing here guesses an encoding and
nothing raises for bytes that are simply foreign.
"""

from __future__ import annotations

import hashlib
import unicodedata
from itertools import pairwise

from checkpoint_app.domain.errors import Refusal

BYTES_MAX = 2_953
"""What the largest QR code holds in byte mode (version 40, level L)."""

SHOWN_MAX = 80
"""Characters of a scanned text that a screen or a table ever shows."""

_FLAWS = {
    "Cc": "control_characters",
    "Zl": "control_characters",
    "Zp": "control_characters",
    "Cf": "hidden_characters",
    "Cs": "private_characters",
    "Co": "private_characters",
    "Cn": "unassigned_characters",
}

_IGNORABLE = frozenset(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    )
)
"""Characters outside category Cf that Unicode calls default ignorable: they draw nothing."""

_VOICED_KANA = frozenset([*range(0xB6, 0xC5), *range(0xCA, 0xCF)])
_VOICE_MARKS = frozenset([0xDE, 0xDF])


class ScannedTextRefused(Refusal):
    """More bytes than any QR code carries; facts: reason, size (bytes)."""


def text_of(payload: bytes) -> tuple[str | None, str]:
    """The text and its encoding: "utf-8", "gb18030", or None and "bytes".

    UTF-8 is strict. GB18030 is taken only when it encodes back to the same bytes and its shape is Chinese.
    Raises ScannedTextRefused over BYTES_MAX.
    """
    if len(payload) > BYTES_MAX:
        raise ScannedTextRefused(reason="too_long", size=len(payload))
    try:
        return payload.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as failure:
        if _is_cut_utf8(payload, failure):
            return None, "bytes"
    text = gb18030_text(payload)
    return (text, "gb18030") if text is not None else (None, "bytes")


def whole_text(payload: bytes, *, charset: str = "") -> str | None:
    """Every character of a payload, hostile ones included, for those who ask what a code says.

    By the character set the code itself declares (`charset`, a Python codec), else as `text_of`, else as
    Shift_JIS, the set of QR's own Kanji mode, where it has kana and encodes back to the same bytes. None for
    bytes. Nothing may be decided by this text, and nothing may show it unescaped.
    """
    if charset:
        return _decoded(payload, charset)
    text = _decoded(payload, "utf-8") if len(payload) > BYTES_MAX else text_of(payload)[0]
    if text is not None:
        return text
    text = _decoded(payload, "shift_jis")
    return text if text and any(_is_kana_letter(character) for character in text) else None


def _is_kana_letter(character: str) -> bool:
    return "\u3040" <= character <= "\u30ff" or "\uff66" <= character <= "\uff9f"


def _decoded(payload: bytes, charset: str) -> str | None:
    try:
        text = payload.decode(charset)
        return text if text.encode(charset) == payload else None
    except (UnicodeError, LookupError):
        return None


def _is_cut_utf8(payload: bytes, failure: UnicodeDecodeError) -> bool:
    """Chinese UTF-8 whose last character is cut off: as GB18030 it would read as other characters."""
    head = payload[: failure.start]
    return failure.reason == "unexpected end of data" and max(head.decode("utf-8"), default="") >= "\u0800"


def gb18030_text(payload: bytes) -> str | None:
    """The text of bytes that are GB18030 by round trip and by shape, else None."""
    if _is_kana(payload):
        return None
    try:
        text = payload.decode("gb18030")
        returned = text.encode("gb18030")
    except UnicodeError:
        return None
    return text if returned == payload and _has_chinese_shape(payload) else None


def _has_chinese_shape(payload: bytes) -> bool:
    """At least half of the pairs lie in the rows of GB 2312, where everyday Chinese is.

    Latin-1, Windows-1252 and Shift_JIS mostly decode as GB18030 too, but into the rare rows. Four-byte
    characters count as everyday: nothing else has their form.
    """
    everyday = rare = place = 0
    while place < len(payload):
        lead = payload[place]
        if lead < 0x80:
            place += 1
            continue
        trail = payload[place + 1]
        if 0x30 <= trail <= 0x39:
            everyday += 1
            place += 4
            continue
        place += 2
        if 0xA1 <= lead <= 0xF7 and trail >= 0xA1:
            everyday += 1
        else:
            rare += 1
    return everyday >= rare


def _is_kana(payload: bytes) -> bool:
    """Half-width katakana in Shift_JIS: at least two voice marks after a kana that takes one.

    Such bytes are well-formed GB 2312 as well; Chinese text has this shape once in 2,000.
    """
    voiced = sum(mark in _VOICE_MARKS and kana in _VOICED_KANA for kana, mark in pairwise(payload))
    if voiced < 2:
        return False
    try:
        payload.decode("shift_jis")
    except UnicodeDecodeError:
        return False
    return True


def flaws_of(text: str) -> tuple[str, ...]:
    """Why `text` is not taken as a text, in a fixed order; empty when it is clean."""
    if not text:
        return ("empty",)
    if text.isascii() and text.isprintable():
        return ()
    found = {flaw for character in set(text) if (flaw := flaw_of(character))}
    if found:
        return tuple(flaw for flaw in dict.fromkeys(_FLAWS.values()) if flaw in found)
    return () if is_normal(text) else ("not_nfc",)


def flaw_of(character: str) -> str | None:
    """Why one character may not be in a scanned text."""
    if ord(character) in _IGNORABLE:
        return "hidden_characters"
    return _FLAWS.get(unicodedata.category(character))


def is_normal(text: str) -> bool:
    """Whether `text` is in Unicode normal form C."""
    return unicodedata.is_normalized("NFC", text)


def shown_text(text: str) -> str:
    """`text` safe to display: forbidden characters as <U+202E>, at most SHOWN_MAX characters."""
    head = text[: SHOWN_MAX + 1]
    return _cut("".join(f"<U+{ord(c):04X}>" if flaw_of(c) else c for c in head))


def shown_bytes(payload: bytes) -> str:
    """Bytes as groups of four hexadecimal digits, at most SHOWN_MAX characters."""
    return _cut(payload[: SHOWN_MAX // 2].hex(" ", -2))


def for_log(payload: bytes, *, key: bytes = b"") -> str:
    """What a log may say about a payload: six digits of a digest and the size, on one line.

    `key` should differ from run to run, so that a digest cannot be guessed back.
    """
    digest = hashlib.blake2s(payload, digest_size=3, key=hashlib.sha256(key).digest()).hexdigest()
    return f"scan={digest} bytes={len(payload)}"


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_MAX else text[: SHOWN_MAX - 1] + "…"
