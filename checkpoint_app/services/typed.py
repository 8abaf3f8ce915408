"""What somebody typed, made fit for the ledger."""

from __future__ import annotations

import unicodedata

_NO_TEXT = frozenset({"Cc", "Cs"})
"""Control characters, and halves of characters that no encoding can hold."""


def as_typed(text: str) -> str:
    """`text` in normal form C, without control characters and outer blanks: the ledger takes nothing else."""
    clean = "".join(character for character in text if unicodedata.category(character) not in _NO_TEXT)
    return unicodedata.normalize("NFC", clean).strip()
