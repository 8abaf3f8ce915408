"""A passenger list as a bus company hands it over: text with commas or tabs, in UTF-8 or GB18030.

Hostile until read: a list is taken whole or refused with the line and what is wrong there. Nothing in it is
ever evaluated; a name or number that is none is refused, so no cell can carry a formula on.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.identity import typed_document
from checkpoint_app.domain.phones import parse_phone

MOST_BYTES = 64 * 1024
MOST_ROWS = 300
LONGEST_NAME = 40
LONGEST_SEAT = 8

_HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("座位", "座位号", "座号", "seat"), "seat"),
    **dict.fromkeys(("姓名", "旅客姓名", "乘客姓名", "name"), "name"),
    **dict.fromkeys(("证件号", "证件号码", "身份证号", "身份证号码", "身份证", "id"), "document"),
    **dict.fromkeys(("电话", "手机", "手机号", "联系电话", "phone"), "phone"),
}
_ORDER = ("seat", "name", "document", "phone")
_SEAT = re.compile(rf"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff-]{{0,{LONGEST_SEAT - 1}}}")
_DOCUMENT = re.compile(r"[A-Z0-9()]{5,20}")
_PHONE = re.compile(r"\+?[0-9]{5,16}")
_BETWEEN = " ·•・.'’-()（）"


class PassengerListRefused(Refusal):
    """A list that is not taken; facts: line (from 1, 0 the whole of it), fault: too_large, not_text, quotes,
    empty, too_many, columns, heading, seat, seat_twice, name, document, document_twice, phone.
    """


@dataclass(frozen=True, slots=True)
class Passenger:
    """One line of a list; "" for what it leaves out. A name or a document is always there."""

    seat: str = ""
    name: str = ""
    document: str = ""
    phone: str = ""


def read_passengers(data: bytes) -> tuple[Passenger, ...]:
    """The passengers in the order of the list; raises PassengerListRefused."""
    rows = list(_rows(_text(data)))
    if not rows:
        _refuse(0, "empty")
    columns = _columns(rows[0][1])
    body = rows[1:] if columns else rows
    if len(body) > MOST_ROWS:
        _refuse(body[MOST_ROWS][0], "too_many")
    if columns and not {"name", "document"} & set(columns):
        _refuse(rows[0][0], "heading")
    passengers = tuple(_passenger(line, cells, columns or _ORDER) for line, cells in body)
    if not passengers:
        _refuse(0, "empty")
    _once([line for line, _ in body], passengers)
    return passengers


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        _refuse(0, "too_large")
    text = _decoded(data, "utf-8-sig") or _decoded(data, "gb18030")
    if text is None or any(_is_no_text(sign) for sign in set(text)):
        _refuse(0, "not_text" if data.strip() else "empty")
    return text


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text of the bytes; None unless the encoding gives the same bytes back."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    marked = data.startswith(b"\xef\xbb\xbf") and encoding == "utf-8-sig"
    again = text.encode(encoding) if marked else text.encode(encoding.removesuffix("-sig"))
    return text if again == data else None


def _is_no_text(sign: str) -> bool:
    return sign not in "\t\r\n" and unicodedata.category(sign) in {"Cc", "Cs", "Co"}


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of every row with something in it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",", strict=True)
    try:
        for cells in reader:
            clean = [_cell(cell) for cell in cells]
            if any(clean):
                yield reader.line_num, clean
    except csv.Error:
        _refuse(reader.line_num, "quotes")


def _cell(text: str) -> str:
    """A cell in half width and normal form C, without blanks around it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text)).strip()


def _columns(cells: Sequence[str]) -> tuple[str, ...]:
    """What each column holds, "" for one that is not wanted; nothing when the row is no heading."""
    found = tuple(_HEADINGS.get(cell.replace(" ", "").lower(), "") for cell in cells)
    return found if any(found) else ()


def _passenger(line: int, cells: Sequence[str], columns: Sequence[str]) -> Passenger:
    if any(cells[len(columns) :]):
        _refuse(line, "columns")
    told = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    seat, name = told.get("seat", ""), told.get("name", "")
    if seat and not _SEAT.fullmatch(seat):
        _refuse(line, "seat")
    if name and not _is_name(name):
        _refuse(line, "name")
    document = _document(line, told.get("document", ""))
    if not (name or document):
        _refuse(line, "name")
    return Passenger(seat, name, document, _phone(line, told.get("phone", "")))


def _is_name(text: str) -> bool:
    """Letters of any script with what stands between them; it begins with a letter."""
    fit = (unicodedata.category(one)[0] in "LM" or one in _BETWEEN for one in text)
    return len(text) <= LONGEST_NAME and unicodedata.category(text[0])[0] == "L" and all(fit)


def _document(line: int, text: str) -> str:
    if not text:
        return ""
    found = typed_document(text)
    if found.contradicts_itself or not _DOCUMENT.fullmatch(found.text):
        _refuse(line, "document")
    return found.text


def _phone(line: int, text: str) -> str:
    if not text:
        return ""
    number = parse_phone(text).text
    if not _PHONE.fullmatch(number):
        _refuse(line, "phone")
    return number


def _once(lines: Sequence[int], passengers: Sequence[Passenger]) -> None:
    """Refuses a seat or a document that two have."""
    for fault, texts in (
        ("seat_twice", [one.seat for one in passengers]),
        ("document_twice", [one.document for one in passengers]),
    ):
        seen: set[str] = set()
        for line, text in zip(lines, texts, strict=True):
            if text in seen:
                _refuse(line, fault)
            seen |= {text} - {""}


def _refuse(line: int, fault: str) -> NoReturn:
    raise PassengerListRefused(line=line, fault=fault)
