"""Tables that somebody else made, as text: commas or tabs, UTF-8 or GB18030. Hostile until read.
And what of people may stand in their cells.

Nothing in a cell is ever evaluated. What cannot be read as a table at all is refused with the line.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.identity import typed_document
from checkpoint_app.domain.phones import parse_phone

LONGEST_NAME = 40

_DOCUMENT = re.compile(r"[A-Z0-9()]{5,20}")
_PHONE = re.compile(r"\+?[0-9]{5,16}")
_BETWEEN = " ·•・.'’-()"
_NO_TEXT = frozenset({"Cc", "Cs", "Co", "Cn"})


class SheetRefused(Refusal):
    """A file that is not taken; facts: line (from 1, 0 the whole of it), fault: too_large, not_text, quotes,
    empty, too_many or what its reader names."""


def rows(data: bytes, *, most_bytes: int, most_rows: int) -> tuple[tuple[int, list[str]], ...]:
    """Line and cells of every row with something in it, in half width and normal form C.

    Raises SheetRefused; there is at least one row.
    """
    if len(data) > most_bytes:
        raise SheetRefused(line=0, fault="too_large")
    found: list[tuple[int, list[str]]] = []
    for line, cells in _rows(_text(data)):
        if len(found) > most_rows:
            raise SheetRefused(line=line, fault="too_many")
        found.append((line, cells))
    if not found:
        raise SheetRefused(line=0, fault="empty")
    return tuple(found)


def columns(cells: Sequence[str], headings: Mapping[str, str]) -> tuple[str, ...]:
    """What each column holds, "" for one that is not wanted; nothing when the row is no heading."""
    found = tuple(headings.get(cell.replace(" ", "").lower(), "") for cell in cells)
    return found if any(found) else ()


def is_name(text: str) -> bool:
    """Letters of any script with what stands between them; it begins with a letter. No cell's formula is."""
    fit = (unicodedata.category(one)[0] in "LM" or one in _BETWEEN for one in text)
    return 0 < len(text) <= LONGEST_NAME and unicodedata.category(text[0])[0] == "L" and all(fit)


def document_of(text: str) -> str | None:
    """A document's number as it is kept, "" for nothing, None for what can be none."""
    if not text:
        return ""
    found = typed_document(text)
    return None if found.contradicts_itself or not _DOCUMENT.fullmatch(found.text) else found.text


def phone_of(text: str) -> str | None:
    """A telephone number as it is kept, "" for nothing, None for what is none."""
    number = parse_phone(text).text if text else ""
    return number if not text or _PHONE.fullmatch(number) else None


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(one) in _NO_TEXT and one not in "\t\r\n" for one in text):
            return text
        break
    raise SheetRefused(line=0, fault="not_text")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",", strict=True)
    try:
        for cells in reader:
            clean = [_cell(cell) for cell in cells]
            if any(clean):
                yield reader.line_num, clean
    except csv.Error as error:
        raise SheetRefused(line=reader.line_num, fault="quotes") from error


def _cell(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text)).strip()
