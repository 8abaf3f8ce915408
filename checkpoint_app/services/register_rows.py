"""Rows of the register form on paper (通行登记表), in the customary columns, masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from checkpoint_app.documents import wording
from checkpoint_app.documents.register_form import Row
from checkpoint_app.domain.crossing import Person
from checkpoint_app.domain.masking import mask_id, mask_name, mask_phone
from checkpoint_app.domain.words import CheckKind
from checkpoint_app.services import register_form
from checkpoint_app.services.register_form import Line
from checkpoint_app.storage.rows import CrossingRow

SEXED, PLACED = "citizen_id", 16
"""Kind of document whose seventeenth digit tells the sex, and that digit's place from 0."""


def register_rows(rows: Iterable[CrossingRow], *, officers: Mapping[str, str]) -> Iterator[Row]:
    """One row a person, at least one a crossing; columns no lane asks for stay blank for the pen."""
    return map(_row, register_form.people(rows, masked=True, officers=officers))


def _row(line: Line) -> Row:
    row, person, first = line.row, line.person, line.first
    return Row(
        number=line.number,
        at=wording.moment(row.happened, zone=row.zone)[5:16],
        lane=str(row.lane),
        direction=wording.word(wording.DIRECTIONS, row.direction),
        plate=row.plate,
        vehicle=wording.word(wording.VEHICLES, row.vehicle),
        name=mask_name(person.name),
        sex=_sex(person),
        document=mask_id(person.document),
        phone=mask_phone(person.phone),
        origin=row.origin,
        destination=row.destination,
        purpose=row.purpose,
        companions=max(row.people - 1, 0) if first else 0,
        temperature=register_form.temperatures(line),
        health_code=register_form.results(line, CheckKind.HEALTH_CODE),
        travel_code=register_form.results(line, CheckKind.TRAVEL_CODE),
        venue_code=register_form.results(line, CheckKind.VENUE_CODE),
        test=register_form.test(line),
        outcome=wording.word(wording.OUTCOMES, person.outcome or row.outcome),
        officer=officers_name(line),
        remark=register_form.remarks(line),
    )


def officers_name(line: Line) -> str:
    """Officers sign in full."""
    return line.officers.get(line.row.officer, line.row.officer)


def _sex(person: Person) -> str:
    number = person.document
    if person.document_kind != SEXED or len(number) != 18 or not number[PLACED].isdecimal():
        return ""
    return wording.word(wording.SEXES, "male" if int(number[PLACED]) % 2 else "female")
