"""What somebody typed, made fit for the ledger."""

from __future__ import annotations

import unicodedata

_NO_TEXT = frozenset({"Cc", "Cs"})
"""Control characters, and halves of characters that no encoding can hold."""


LONGEST = 500
"""Characters: what is pasted by accident must not make an entry too long to be written."""


def as_typed(text: str) -> str:
    """`text` in normal form C, without control characters and outer blanks, cut at LONGEST."""
    head = text[: 4 * LONGEST]
    clean = "".join(character for character in head if unicodedata.category(character) not in _NO_TEXT)
    return unicodedata.normalize("NFC", clean).strip()[:LONGEST].strip()
