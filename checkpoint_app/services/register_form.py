"""The register form of a checkpoint (卡口登记表): one line a person, in the columns stations always kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checkpoint_app.documents import wording
from checkpoint_app.documents.sheets import Cell
from checkpoint_app.domain.crossing import Check, Person
from checkpoint_app.domain.masking import mask_id, mask_name, mask_phone
from checkpoint_app.domain.words import CheckKind
from checkpoint_app.i18n import N_, _
from checkpoint_app.storage.rows import CrossingRow

NOBODY = Person(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One person of one crossing; `number` is the crossing's place in the list, from 1. The `first` has what
    was checked of the vehicle. `checks` are the crossing's valid ones.
    """

    number: int
    row: CrossingRow
    person: Person
    first: bool
    masked: bool
    officers: Mapping[str, str]
    checks: tuple[Check, ...] = ()

    def checked(self, kind: CheckKind) -> tuple[Check, ...]:
        """This person's valid checks of a kind."""
        mine = (self.person.number, 0) if self.first else (self.person.number,)
        return tuple([check for check in self.checks if check.kind is kind and check.person in mine])

    def name(self, text: str) -> str:
        return mask_name(text) if self.masked else text


def results(line: Line, kind: CheckKind) -> str:
    """What this person's checks of a kind gave."""
    return " ".join(wording.word(wording.RESULTS, each.result) for each in line.checked(kind))


def _results(kind: CheckKind) -> Callable[[Line], Cell]:
    return lambda line: results(line, kind)


def temperatures(line: Line) -> str:
    """All of them in order: the second is the repeated measurement."""
    taken = [each.tenths for each in line.checked(CheckKind.TEMPERATURE) if each.tenths is not None]
    return " / ".join(wording.degrees(tenths) for tenths in taken)


def test(line: Line) -> str:
    """When a test was taken and what it gave."""
    return " ".join(
        f"{wording.moment(each.taken, zone=line.row.zone)[:16] if each.taken else ''} "
        f"{wording.word(wording.RESULTS, each.result)}".strip()
        for each in line.checked(CheckKind.TEST_REPORT)
    )


def _outcome(line: Line) -> Cell:
    return wording.word(wording.OUTCOMES, line.person.outcome or line.row.outcome)


def _officer(line: Line) -> Cell:
    """Officers sign in full."""
    return line.officers.get(line.row.officer, line.row.officer)


def remarks(line: Line) -> str:
    """Reasons, and what became of the entry."""
    row = line.row
    state = _("Void") if row.undone else _("Amended") if row.amended else ""
    erased = _("Erased after the retention") if row.forgotten else ""
    whys = (wording.reason(why, masked=line.masked) for why in (line.person.why, row.why))
    return " ".join(part for part in (*whys, state, erased) if part)


COLUMNS: tuple[tuple[str, str, Callable[[Line], Cell]], ...] = (
    ("number", N_("No."), lambda line: line.number),
    ("time", N_("Date and time"), lambda line: wording.moment(line.row.happened, zone=line.row.zone)),
    ("lane", N_("Lane"), lambda line: line.row.lane),
    ("direction", N_("Direction"), lambda line: wording.word(wording.DIRECTIONS, line.row.direction)),
    ("plate", N_("Plate"), lambda line: line.row.plate),
    ("class", N_("Vehicle class"), lambda line: wording.word(wording.VEHICLES, line.row.vehicle)),
    ("name", N_("Name"), lambda line: line.name(line.person.name)),
    (
        "document_kind",
        N_("Document"),
        lambda line: wording.word(wording.DOCUMENTS, line.person.document_kind),
    ),
    (
        "document",
        N_("Document number"),
        lambda line: mask_id(line.person.document) if line.masked else line.person.document,
    ),
    ("phone", N_("Phone"), lambda line: mask_phone(line.person.phone) if line.masked else line.person.phone),
    ("seat", N_("Seat"), lambda line: line.person.seat),
    ("from", N_("From"), lambda line: line.row.origin),
    ("to", N_("To"), lambda line: line.row.destination),
    ("purpose", N_("Purpose"), lambda line: line.row.purpose),
    ("people", N_("People"), lambda line: line.row.people),
    ("temperature", N_("Temperature (repeated)"), temperatures),
    ("health_code", N_("Health code"), _results(CheckKind.HEALTH_CODE)),
    ("travel_code", N_("Travel code"), _results(CheckKind.TRAVEL_CODE)),
    ("venue_code", N_("Venue code"), _results(CheckKind.VENUE_CODE)),
    ("test", N_("Test, time and result"), test),
    ("outcome", N_("Outcome"), _outcome),
    ("evidence", N_("Known by"), lambda line: wording.word(wording.EVIDENCE, line.row.evidence)),
    ("officer", N_("Officer"), _officer),
    ("entry", N_("Entry"), lambda line: line.row.seq),
    ("remarks", N_("Remarks"), remarks),
)

CODES = tuple(code for code, _words, _cell in COLUMNS)


def head() -> tuple[str, ...]:
    """The columns' words in the language in use."""
    return tuple(_(words) for _code, words, _cell in COLUMNS)


def lines(
    rows: Iterable[CrossingRow], *, masked: bool, officers: Mapping[str, str]
) -> Iterator[Sequence[Cell]]:
    """Cells line by line; a crossing of nobody known has one line."""
    for line in people(rows, masked=masked, officers=officers):
        yield tuple(cell(line) for _code, _words, cell in COLUMNS)


def people(rows: Iterable[CrossingRow], *, masked: bool, officers: Mapping[str, str]) -> Iterator[Line]:
    """One line a person, at least one a crossing."""
    for number, row in enumerate(rows, 1):
        checks = tuple([check for check in row.checks if not check.voided])
        for place, person in enumerate(everybody(row, checks) or (NOBODY,)):
            yield Line(number, row, person, place == 0, masked, officers, checks)


def everybody(row: CrossingRow, checks: Iterable[Check]) -> tuple[Person, ...]:
    """Who was entered or validly checked, by number."""
    found = {check.person: Person(check.person) for check in checks if check.person}
    found |= {one.number: one for one in row.persons}
    return tuple(found[number] for number in sorted(found))
