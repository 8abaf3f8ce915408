"""Words of the reports page: shifts and days in the list, and what is told of one. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from checkpoint_app.documents import wording
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.i18n import _
from checkpoint_app.services import reporting
from checkpoint_app.services.daily import date_of
from checkpoint_app.services.day_scope import Scope
from checkpoint_app.services.whose import Whose
from checkpoint_app.storage.rows import DayRow, ShiftRow
from checkpoint_app.ui.form_parts import Option
from checkpoint_app.ui.page_parts import Shown
from checkpoint_app.ui.page_table import Cell, Column, Sheet
from checkpoint_app.ui.said import joined
from checkpoint_app.ui.told import Told, Tone


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A shift with the totals it was closed with, and how often its sheet was made."""

    row: ShiftRow
    totals: Mapping[str, Any]
    copies: int

    @property
    def vehicles(self) -> int:
        return int(self.totals.get("vehicles", 0)) + int(self.totals.get("counted_vehicles", 0))

    @property
    def people(self) -> int:
        return int(self.totals.get("people", 0)) + int(self.totals.get("counted_people", 0))


@dataclass(frozen=True, slots=True)
class ReportsFound:
    """`due` is the day whose report is due and not made, None when there is none; `made` how often each day's
    was. `own` is this desk, `known` are those with entries here, `whole` is whose reports are shown.
    """

    shifts: tuple[ShiftLine, ...] = ()
    days: tuple[DayRow, ...] = ()
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    due: int | None = None
    made: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    own: str = ""
    known: tuple[Whose, ...] = ()
    whole: Scope = field(default_factory=lambda: Scope("", "", ()))

    @property
    def several(self) -> bool:
        """Whether shifts of several desks are told."""
        return len({line.row.desk for line in self.shifts} | {self.own}) > 1

    def elsewhere(self, row: ShiftRow) -> bool:
        """Whether another desk's shift it is."""
        return bool(self.own) and row.desk != self.own

    def lead(self, row: ShiftRow) -> str:
        """As anybody may read it; the sheet itself has the name in full. Numbers are each desk's own."""
        name = row.officers.get(row.lead, "") if self.elsewhere(row) else self.names.get(row.lead, "")
        return f"{row.lead} {mask_name(name)}" if name else row.lead


def shift_sheet(found: ReportsFound) -> Sheet:
    columns = (
        Column(_("Shift"), 34),
        Column(_("Group"), 16),
        Column(_("Desk") if found.several else _("Lead"), 18),
        Column(_("All vehicles"), 16, right=True),
        Column(_("Sheets made"), 16, right=True),
    )
    return Sheet(columns, tuple(_shift_row(line, found) for line in found.shifts))


def _shift_row(line: ShiftLine, found: ReportsFound) -> tuple[Cell, ...]:
    row = line.row
    whose = row.desk if found.several else found.lead(row)
    vehicles = f"{line.vehicles:,}" if line.totals else "—"
    made = f"{line.copies}" if line.copies else "—"
    return (
        Cell(period(row), bold=row.closed is None),
        Cell(row.group),
        Cell(whose, "ink2"),
        Cell(vehicles),
        Cell(made, "ink2"),
    )


def period(row: ShiftRow) -> str:
    """Date and hours; a shift that goes on says so."""
    begun = wording.moment(row.opened, zone=row.zone)[5:16]
    if row.closed is None:
        return _("{time}, goes on").format(time=begun)
    return f"{begun}–{wording.moment(row.closed, zone=row.zone)[11:16]}"


def day_sheet(found: ReportsFound) -> Sheet:
    columns = (
        Column(_("Day"), 30),
        Column(_("All vehicles"), 20, right=True),
        Column(_("All people"), 20, right=True),
        Column(_("Turned back"), 15, right=True),
        Column(_("Held"), 15, right=True),
    )
    return Sheet(columns, tuple(_day_row(day, due=found.due) for day in found.days))


def _day_row(day: DayRow, *, due: int | None) -> tuple[Cell, ...]:
    late = day.day == due
    return (
        Cell(
            date_of(day.day), "warn" if late else "ink", bold=late, icon="clock-exclamation" if late else ""
        ),
        Cell(f"{day.vehicles + day.counted_vehicles:,}"),
        Cell(f"{day.people + day.counted_people:,}"),
        Cell(f"{day.turned_back:,}", "ink2"),
        Cell(f"{day.held:,}", "ink2"),
    )


def shift_told(line: ShiftLine, found: ReportsFound, *, notes: Sequence[Told]) -> Shown:
    row = line.row
    facts = (
        (_("Desk"), row.desk if found.several else ""),
        (_("Sheet no."), reporting.sheet_number(row.shift)),
        (_("Group"), row.group),
        (_("Lead"), found.lead(row)),
        (_("All vehicles"), f"{line.vehicles:,}" if line.totals else ""),
        (_("All people"), f"{line.people:,}" if line.totals else ""),
        (_("Sheets made"), f"{line.copies}"),
    )
    about = _("The next one is a copy and says so") if line.copies else ""
    if found.elsewhere(row):
        notes = (*notes, Told(_("Its sheet and forms are made at its own desk"), Tone.QUIET))
    return Shown(period(row), about, facts, tuple(notes))


def day_told(day: DayRow, found: ReportsFound, *, notes: Sequence[Told]) -> Shown:
    facts = (
        (_("Whose figures"), _of(found)),
        (_("All vehicles"), f"{day.vehicles + day.counted_vehicles:,}"),
        (_("All people"), f"{day.people + day.counted_people:,}"),
        (_("Only counted"), f"{day.counted_vehicles:,}"),
        (_("Turned back"), f"{day.turned_back:,}"),
        (_("Held"), f"{day.held:,}"),
        (_("Sheets made"), f"{found.made.get(day.day, 0)}"),
    )
    about = _("The next one is a copy and says so") if found.made.get(day.day) else ""
    about = _("This day's report is due and was not made yet") if day.day == found.due else about
    return Shown(date_of(day.day), about, facts, tuple(notes))


def _of(found: ReportsFound) -> str:
    """Whose figures they are; "" where there is but one desk."""
    parts = found.whole.parts
    if len(found.known) < 2 or not parts:
        return ""
    if len(parts) == 1:
        return joined(parts[0].station, parts[0].desk)
    stations = {part.station for part in parts}
    told = parts[0].station if len(stations) == 1 else _("{n} stations").format(n=len(stations))
    return joined(told, _("{n} desks").format(n=len(parts)))


def whose_options(known: Sequence[Whose], *, everybody: str) -> tuple[Option, ...]:
    """`everybody` is what the first choice is called; then stations with several desks, then each desk. The
    value is the name of what was chosen.
    """
    desks = Counter(one.station for one in known)
    stations = (Option(name, name) for name in desks if name and name != everybody and desks[name] > 1)
    each = (Option(one.desk, joined(one.station, one.desk)) for one in known)
    return (Option("", everybody), *stations, *each)


def made(name: str) -> Told:
    """Where a file is: its name, below the data folder."""
    return Told(_("Made: printed/{name}").format(name=name), Tone.GOOD)


def copied(text: str) -> tuple[Told, ...]:
    """The message as it was copied, a note a line."""
    return tuple(Told(line, Tone.QUIET) for line in text.splitlines())
