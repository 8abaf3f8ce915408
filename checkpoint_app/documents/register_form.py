"""通行登记表: every vehicle with its people in the columns stations have always written, A4 across."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.documents.files import write_pages
from checkpoint_app.documents.form_head import LANDSCAPE, Form, opened, sign_line
from checkpoint_app.documents.sheet import MIDDLE, RIGHT, Progress, Stopped
from checkpoint_app.documents.style import SMALL
from checkpoint_app.documents.tables import Cell, Column, Table
from checkpoint_app.i18n import _

HIGH, PAD = 14.0, 1.8


@dataclass(frozen=True, slots=True)
class Row:
    """One vehicle, or a further person of it; words as they are to stand there, masked beforehand."""

    number: int
    at: str
    lane: str
    direction: str
    plate: str = ""
    vehicle: str = ""
    name: str = ""
    sex: str = ""
    document: str = ""
    phone: str = ""
    home: str = ""
    origin: str = ""
    via: str = ""
    destination: str = ""
    purpose: str = ""
    companions: int = 0
    temperature: str = ""
    health_code: str = ""
    travel_code: str = ""
    venue_code: str = ""
    test: str = ""
    history: str = ""
    outcome: str = ""
    received_by: str = ""
    officer: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RegisterForm:
    """`rows` of `count` vehicles, which are read once; see `form_head.Form` for the rest."""

    station: str
    desk: str
    period: str
    number: str
    rows: Iterable[Row]
    count: int
    printed: str
    copy: int = 0


def write_register_form(form: RegisterForm, path: Path, *, progress: Progress) -> int:
    """How many pages; 0 when `progress` said no, and then nothing is written. Raises PaperNotWritten."""
    return write_pages(path, render_register_form(form, progress=progress))


def render_register_form(form: RegisterForm, *, progress: Progress | None = None) -> tuple[bytes, int] | None:
    head = Form(
        _("Register of crossings"),
        form.station,
        form.desk,
        form.period,
        form.number,
        form.printed,
        form.copy,
    )
    vehicles = _Vehicles(form, progress)
    sheet = opened(head, page=LANDSCAPE, whole=form.count, progress=vehicles.told)
    try:
        table = Table(sheet, columns(), size=SMALL, high=HIGH, pad=PAD)
        for row in vehicles.rows():
            table.row(cells(row))
        table.close()
        sheet.y -= 4
        sign_line(sheet, (_("Checked by, date"), _("Lead, date"), _("Seal of the unit")))
        return sheet.finish()
    except Stopped:
        return None


@dataclass(slots=True)
class _Vehicles:
    """How far a form has come, in vehicles: nobody knows beforehand how many people sat in them."""

    form: RegisterForm
    progress: Progress | None
    reached: int = 0

    def rows(self) -> Iterator[Row]:
        for row in self.form.rows:
            self.reached = row.number
            yield row

    def told(self, _done: int, _of: int) -> bool:
        return self.progress is None or self.progress(min(self.reached, self.form.count), self.form.count)


def columns() -> tuple[Column, ...]:
    """Heads and shares of the width, in the language in use."""
    return (
        Column(_("No."), 26, RIGHT),
        Column(_("Date, time"), 39),
        Column(_("Lane"), 18, MIDDLE),
        Column(_("Way"), 14, MIDDLE),
        Column(_("Plate"), 45),
        Column(_("Kind of vehicle"), 22),
        Column(_("Name"), 26),
        Column(_("Sex"), 13, MIDDLE),
        Column(_("Document no."), 52),
        Column(_("Phone"), 34),
        Column(_("Home"), 30),
        Column(_("Comes from"), 34),
        Column(_("By way of"), 26),
        Column(_("Goes to"), 36),
        Column(_("Purpose"), 32),
        Column(_("With"), 20, RIGHT, summed=True),
        Column(_("Temp."), 21, RIGHT),
        Column(_("Health code"), 18, MIDDLE),
        Column(_("Travel code"), 18, MIDDLE),
        Column(_("Venue code"), 18, MIDDLE),
        Column(_("Test"), 34),
        Column(_("14 days"), 26),
        Column(_("Outcome"), 36),
        Column(_("Received by"), 36),
        Column(_("Officer"), 32),
        Column(_("Remark"), 30),
    )


def cells(row: Row) -> tuple[Cell, ...]:
    """What stands in the columns."""
    return (
        str(row.number),
        row.at,
        row.lane,
        row.direction,
        row.plate,
        row.vehicle,
        row.name,
        row.sex,
        row.document,
        row.phone,
        row.home,
        row.origin,
        row.via,
        row.destination,
        row.purpose,
        row.companions,
        row.temperature,
        row.health_code,
        row.travel_code,
        row.venue_code,
        row.test,
        row.history,
        row.outcome,
        row.received_by,
        row.officer,
        row.remark,
    )
