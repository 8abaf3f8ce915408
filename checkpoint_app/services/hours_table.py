"""A month's hours as a table, and taken out as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from checkpoint_app.documents import sheets
from checkpoint_app.documents.sheets import Progress
from checkpoint_app.domain import disclosures
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.hours import Hours, in_hours
from checkpoint_app.domain.officers import Officer
from checkpoint_app.domain.roles import Action
from checkpoint_app.i18n import _
from checkpoint_app.services.attendance import Attendance
from checkpoint_app.services.exporting import CSV, XLSX
from checkpoint_app.services.typed import as_typed
from checkpoint_app.services.viewing import ViewReasonNeeded

COLUMNS = ("number", "name", "agency", "shifts", "minutes", "late", "absent", "replaced", "longest")


def export_hours(
    attendance: Attendance,
    month: str,
    path: Path,
    *,
    zone: int,
    officers: Mapping[str, Officer],
    masked: Callable[[str], str] | None,
    by: By,
    why: str = "",
    form: str = XLSX,
    progress: Progress = lambda _done: True,
) -> bool:
    """A month's hours as CSV or Excel; names go through `masked`, and in full a reason is needed.

    The entry stands before the file. False when `progress` ended it; nothing is left then. Raises
    FileNotWritten, ViewReasonNeeded, NotAllowed.
    """
    attendance.rights.check(Action.EXPORT if masked else Action.EXPORT_WHOLE, by)
    if not masked and not as_typed(why):
        raise ViewReasonNeeded
    found = attendance.month(month, zone=zone)
    fact = disclosures.exported(
        len(found),
        form=f"hours-{form}",
        columns=COLUMNS,
        masked=masked is not None,
        by=by,
        at=attendance.ledger.now(),
        action=attendance.new_action(),
        why=as_typed(why),
    )
    attendance.ledger.append((fact,)).result()
    rows = [line(each, officers.get(each.officer), masked or str) for each in found]
    if form == CSV:
        return sheets.write_csv(path, head(), rows, progress=progress)
    return sheets.write_xlsx(path, head(), rows, title=month, progress=progress)


def head() -> tuple[str, ...]:
    """Headings of the table of hours, in COLUMNS' order."""
    return (
        _("Number"),
        _("Name"),
        _("Agency"),
        _("Shifts"),
        _("Hours"),
        _("Late"),
        _("Absent"),
        _("Replaced"),
        _("Longest duty (h)"),
    )


def line(told: Hours, officer: Officer | None, masked: Callable[[str], str]) -> tuple[str | int, ...]:
    """One officer of the table of hours; hours with one decimal, as text."""
    name, agency = (officer.name, officer.agency) if officer else ("", "")
    return (
        told.officer,
        masked(name) if name else "",
        agency,
        told.shifts,
        in_hours(told.minutes),
        told.late,
        told.absent,
        told.replaced,
        in_hours(told.longest),
    )
