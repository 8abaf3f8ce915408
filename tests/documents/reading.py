"""Sheets read back: text of each page, and the sizes of everything written."""

from __future__ import annotations

import io
from functools import lru_cache

from pypdf import PdfReader


@lru_cache(maxsize=16)
def pages(data: bytes) -> tuple[str, ...]:
    """Text of each page in the order it was written, line breaks as blanks."""
    return tuple(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def flat(data: bytes) -> str:
    """All text without any space, so that a wrapped word reads as one."""
    return "".join("".join(pages(data)).split())


@lru_cache(maxsize=16)
def sizes(data: bytes) -> frozenset[float]:
    """Sizes of type of everything that is drawn, in points."""
    found: set[float] = set()

    def visit(text: str, _matrix: object, _text_matrix: object, _font: object, size: float) -> None:
        if text.strip():
            found.add(size)

    for page in PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_text=visit)
    return frozenset(found)
