"""Personal texts as they are shown by default; plates are not masked, officers compare them."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = "*"
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")


def mask_name(name: str) -> str:
    """First character and one star, whatever the length: 张*."""
    stripped = name.strip()
    return stripped[0] + _HIDDEN if stripped else ""


def mask_id(number: str) -> str:
    """First and last four of a long number, two of a passport, none of a short one: 4105**********1234."""
    stripped = number.strip()
    kept = 4 if len(stripped) >= 15 else 2 if len(stripped) >= 8 else 0
    return _starred(stripped, head=kept, tail=kept)


def mask_phone(phone: str) -> str:
    """138****5678 for a mobile number with or without country code; others keep their last four."""
    digits = re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", phone))
    mobile = _MOBILE.fullmatch(digits)
    if mobile:
        return _starred(mobile.group(1), head=3, tail=4)
    return _starred(digits, head=0, tail=4 if len(digits) >= 8 else 0)


def _starred(text: str, *, head: int, tail: int) -> str:
    return text[:head] + _HIDDEN * (len(text) - head - tail) + text[len(text) - tail :]
