"""People a station knows: residents, those who work behind it. Entries are the truth, one for each person.

The personal part does not use the names of a crossing's (name, id, phone): whoever searches crossings must
not find the register.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from checkpoint_app.domain import sheets
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By, code_of, own_words
from checkpoint_app.domain.initials import Initials
from checkpoint_app.domain.sheets import SheetRefused

PERSON_REGISTERED = "person_registered"
PERSON_STRUCK = "person_struck"

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 20_000
MOST_FAULTS = 20
LONGEST_ADDRESS, LONGEST_NOTE = 100, 100

_HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("姓名", "名字", "name"), "name"),
    **dict.fromkeys(("证件号", "证件号码", "身份证", "身份证号", "身份证号码", "document", "id"), "document"),
    **dict.fromkeys(("电话", "手机", "手机号", "联系电话", "电话号码", "phone"), "phone"),
    **dict.fromkeys(("住址", "地址", "家庭住址", "单位", "address"), "address"),
    **dict.fromkeys(("备注", "说明", "类别", "note"), "note"),
    **dict.fromkeys(("有效期", "有效期至", "截止日期", "until"), "until"),
}
_PERSONAL = {
    "name": "full_name",
    "document": "document",
    "phone": "telephone",
    "address": "address",
    "note": "note",
    "until": "until",
}
_ORDER = ("name", "document", "phone", "address", "note", "until")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})")
"""Without anything between them only all eight digits: 2026111 may be in January or in November."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line is not taken: columns, name, document, phone, address, note, until, twice."""

    line: int
    fault: str


class RegisterRefused(Refusal):
    """Lines that cannot be taken, so that none is; facts: line and fault of the first, count of all."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(line=faults[0].line, fault=faults[0].fault, count=len(faults))
        self.faults = tuple(faults[:MOST_FAULTS])


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody in the register. `id` is the action of the entry, "" before it is written; `until` the last
    day (YYYY-MM-DD) on which it holds, "" for ever; "" also for what is not known."""

    name: str
    document: str = ""
    phone: str = ""
    address: str = ""
    note: str = ""
    until: str = ""
    id: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Who this is, whatever else changed: the document, without one the name with the phone."""
        return ("", self.document) if self.document else (self.name, self.phone)


def person_registered(resident: Resident, *, initials: Initials, by: By, at: int, replaces: str = "") -> Fact:
    """Somebody is in the register from now on; `replaces` is the action of the entry that held until now."""
    ways: list[Value] = [*initials.of_name(resident.name)]
    told: dict[str, Value] = {name: getattr(resident, field) for field, name in _PERSONAL.items()}
    public: dict[str, Value] = {"replaces": replaces} if replaces else {}
    return Fact(PERSON_REGISTERED, resident.id, at, public, {**told, "initials": ways}, by.shift, by.officer)


def person_struck(id_: str, *, by: By, at: int, action: str, why: str) -> Fact:
    """Somebody is no longer in the register; `id_` is the action of the entry that put them there."""
    public: dict[str, Value] = {"person": id_, **code_of(why)}
    return Fact(PERSON_STRUCK, action, at, public, own_words(why) or None, by.shift, by.officer)


def resident_of(personal: Mapping[str, Value], *, id_: str) -> Resident:
    """What the personal part of an entry says."""
    told = {field: str(personal.get(name, "")) for field, name in _PERSONAL.items()}
    return Resident(**told, id=id_)


def read_register(data: bytes) -> tuple[Resident, ...]:
    """The people of a list, all of them or none; raises SheetRefused and RegisterRefused.

    Columns stand as a heading says, without one in the order name, document, phone, address, note, until.
    """
    lines = sheets.rows(data, most_bytes=MOST_BYTES, most_rows=MOST_ROWS)
    heading = sheets.columns(lines[0][1], _HEADINGS)
    if heading and "name" not in heading:
        raise SheetRefused(line=lines[0][0], fault="heading")
    faults: list[Fault] = []
    found: dict[tuple[str, str], Resident] = {}
    for line, cells in lines[1:] if heading else lines:
        resident, fault = _resident(cells, heading or _ORDER)
        fault = fault or ("twice" if resident.key in found else "")
        if fault:
            faults.append(Fault(line, fault))
        found[resident.key] = resident
    if faults:
        raise RegisterRefused(faults)
    if not found:
        raise SheetRefused(line=0, fault="empty")
    return tuple(found.values())


def _resident(cells: Sequence[str], columns: Sequence[str]) -> tuple[Resident, str]:
    """Who a row is about, and what is wrong with it, "" for nothing."""
    told = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    document, phone = sheets.document_of(told.get("document", "")), sheets.phone_of(told.get("phone", ""))
    until = _day(told.get("until", ""))
    faults = {
        "columns": any(cells[len(columns) :]),
        "name": not sheets.is_name(told.get("name", "")),
        "document": document is None,
        "phone": phone is None,
        "address": len(told.get("address", "")) > LONGEST_ADDRESS,
        "note": len(told.get("note", "")) > LONGEST_NOTE,
        "until": until is None,
    }
    resident = Resident(
        told.get("name", ""),
        document or "",
        phone or "",
        told.get("address", ""),
        told.get("note", ""),
        until or "",
    )
    return resident, next((name for name, wrong in faults.items() if wrong), "")


def _day(text: str) -> str | None:
    """YYYY-MM-DD, "" for nothing, None for what is no day."""
    parts = _DAY.fullmatch(text)
    if not parts:
        return None if text else ""
    try:
        return date(*(int(part) for part in parts.groups() if part)).isoformat()
    except ValueError:
        return None
