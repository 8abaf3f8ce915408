"""The customary forms of a shift on paper, 通行登记表 and 台账: numbered, told before they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.documents import wording
from checkpoint_app.documents.ledger_form import LedgerForm, write_ledger_form
from checkpoint_app.documents.register_form import RegisterForm, write_register_form
from checkpoint_app.domain import facts
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import Action
from checkpoint_app.i18n import _
from checkpoint_app.services import ledger_rows, register_rows, reporting
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.reporting import Progress, ShiftMissing
from checkpoint_app.storage import crossing_parts, queries
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ordering import OWN_SHIFT
from checkpoint_app.storage.rows import ShiftRow

REGISTER, LEDGER = "register-pdf", "ledger-pdf"


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above a form, and the names of officers by number."""

    period: str
    number: str
    printed: str
    copy: int
    officers: Mapping[str, str]
    count: int


def print_register(desk: Desk, shift: str, path: Path, *, progress: Progress, by: By) -> Path | None:
    """Every crossing of a shift with its people, masked. None when `progress` ended it; nothing is left then.

    Raises ShiftMissing, NotAllowed, PaperNotWritten.
    """
    head = _begin(desk, shift, REGISTER, by=by)
    read = desk.ledger.reader
    form = RegisterForm(
        desk.settings.station,
        desk.settings.desk,
        head.period,
        head.number,
        register_rows.register_rows(crossing_parts.of_shift(read, shift), officers=head.officers),
        head.count,
        head.printed,
        head.copy,
    )
    target = _target(path, head, "register")
    return target if write_register_form(form, target, progress=progress) else None


def print_ledger(desk: Desk, shift: str, path: Path, *, progress: Progress, by: By) -> Path | None:
    """Everything a shift entered, in order; like `print_register`."""
    head = _begin(desk, shift, LEDGER, by=by)
    read = desk.ledger.reader
    with read() as reader:
        count = ledger_rows.count(reader, shift)
    form = LedgerForm(
        desk.settings.station,
        desk.settings.desk,
        head.period,
        head.number,
        ledger_rows.ledger_rows(read, shift, number=head.number, officers=head.officers),
        count,
        head.printed,
        head.copy,
    )
    target = _target(path, head, "ledger")
    return target if write_ledger_form(form, target, progress=progress) else None


def _begin(desk: Desk, shift: str, form: str, *, by: By) -> _Head:
    """Writes down that the form is made."""
    desk.rights.check(Action.REPORT, by)
    read = desk.ledger.reader
    copy = reporting.copies(read, shift, desk=desk.settings.desk, form=form)
    with read() as reader:
        row = queries.shift(reader, shift)
        officers = queries.officer_names(reader)
        count = _crossings(reader, shift)
    if row is None:
        raise ShiftMissing(shift=shift)
    reporting.told(desk, count, form=form, about=shift, by=by)
    printed = _("printed by {name}, {time}").format(
        name=officers.get(by.officer, by.officer) or "—",
        time=wording.moment(desk.ledger.now(), zone=row.zone)[:16],
    )
    return _Head(_period(row), reporting.sheet_number(shift), printed, copy, officers, count)


def _crossings(reader: Connection, shift: str) -> int:
    row = reader.execute(
        f"SELECT count(*) FROM entry WHERE shift = ? AND kind = ? AND {OWN_SHIFT}",  # noqa: S608 - a constant
        (shift, facts.VEHICLE_CROSSED),
    ).fetchone()
    return int(row[0])


def _period(row: ShiftRow) -> str:
    begun = wording.moment(row.opened, zone=row.zone)[:16]
    ended = wording.moment(row.closed, zone=row.zone)[11:16] if row.closed else ""
    return wording.joined(row.group, f"{begun}–{ended}")


def _target(path: Path, head: _Head, name: str) -> Path:
    mark = f"-{head.copy + 1}" if head.copy else ""
    return path / f"{head.number}-{name}{mark}.pdf" if path.is_dir() else path
