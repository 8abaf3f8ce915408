"""A passenger list as a bus company hands it over: text with commas or tabs, in UTF-8 or GB18030.

Hostile until read: a list is taken whole or refused with the line and what is wrong there. Nothing in it is
ever evaluated; a name or number that is none is refused, so no cell can carry a formula on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from checkpoint_app.domain import sheets
from checkpoint_app.domain.errors import Refusal

MOST_BYTES = 64 * 1024
MOST_ROWS = 300
LONGEST_SEAT = 8

_HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("座位", "座位号", "座号", "seat"), "seat"),
    **dict.fromkeys(("姓名", "旅客姓名", "乘客姓名", "name"), "name"),
    **dict.fromkeys(("证件号", "证件号码", "身份证号", "身份证号码", "身份证", "id"), "document"),
    **dict.fromkeys(("电话", "手机", "手机号", "联系电话", "phone"), "phone"),
}
_ORDER = ("seat", "name", "document", "phone")
_SEAT = re.compile(rf"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff-]{{0,{LONGEST_SEAT - 1}}}")


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
    try:
        rows = sheets.rows(data, most_bytes=MOST_BYTES, most_rows=MOST_ROWS)
    except sheets.SheetRefused as refused:
        raise PassengerListRefused(**refused.facts) from refused
    columns = sheets.columns(rows[0][1], _HEADINGS)
    body = rows[1:] if columns else rows
    if len(body) > MOST_ROWS:
        _refuse(body[MOST_ROWS][0], "too_many")
    if columns and not {"name", "document"} & set(columns):
        _refuse(rows[0][0], "heading")
    if not body:
        _refuse(0, "empty")
    passengers = tuple(_passenger(line, cells, columns or _ORDER) for line, cells in body)
    _once([line for line, _ in body], passengers)
    return passengers


def _passenger(line: int, cells: Sequence[str], columns: Sequence[str]) -> Passenger:
    if any(cells[len(columns) :]):
        _refuse(line, "columns")
    told = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    seat, name = told.get("seat", ""), told.get("name", "")
    if seat and not _SEAT.fullmatch(seat):
        _refuse(line, "seat")
    if name and not sheets.is_name(name):
        _refuse(line, "name")
    document, phone = sheets.document_of(told.get("document", "")), sheets.phone_of(told.get("phone", ""))
    if document is None:
        _refuse(line, "document")
    if not (name or document):
        _refuse(line, "name")
    if phone is None:
        _refuse(line, "phone")
    return Passenger(seat, name, document, phone)


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
