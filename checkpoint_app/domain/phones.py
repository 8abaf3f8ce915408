"""Telephone numbers: the loose forms, because number ranges age quickly."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"(?:\+?86|0086)?(0[0-9]{2,3}[0-9]{7,8})")
_NEIGHBOUR = re.compile(r"(?:\+|00)?(85[23][0-9]{8}|886[0-9]{8,10})")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in normal form; `kind` is mobile, landline, abroad or odd (kept as it was typed)."""

    text: str
    kind: str


def parse_phone(text: str) -> Phone:
    """What was typed or declared, never refused; the country code of the mainland is dropped."""
    mended = re.sub(r"[\s().-]", "", unicodedata.normalize("NFKC", text))
    normal = unicodedata.normalize("NFC", mended)
    for kind, form in (("mobile", _MOBILE), ("landline", _LANDLINE)):
        match = form.fullmatch(normal)
        if match:
            return Phone(match.group(1), kind)
    match = _NEIGHBOUR.fullmatch(normal)
    return Phone("+" + match.group(1), "abroad") if match else Phone(normal[:32], "odd")
