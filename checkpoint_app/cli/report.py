"""`report`: what a shift or a day hands on, as PDF, as a workbook, or as a message without anybody in it.

Figures alone are told beside a running window; what names people is written down before its file is there.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, Progress, emit, note, say_lines
from checkpoint_app.cli.times import TimeUnreadable, local_zone
from checkpoint_app.config import Settings
from checkpoint_app.domain.day_figures import DayFigures
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.i18n import _
from checkpoint_app.services import daily, forms, reporting, summary, whose, workbook
from checkpoint_app.services.day_scope import lacking, scope
from checkpoint_app.services.desk import Desk, Reading
from checkpoint_app.services.neighbours import lines_of
from checkpoint_app.services.reporting import Occasion, ShiftMissing, Sources
from checkpoint_app.services.reporting import Progress as Progressing
from checkpoint_app.services.workbook import Wanted
from checkpoint_app.storage import queries
from checkpoint_app.storage.day_figures import day_figures
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import ShiftRow
from checkpoint_app.storage.timekeeper import system_tick

STOPPED = 1
LOOKED_THROUGH = 3
"""Shifts of a desk of which one is closed, if any is: two may be open, while one is handed over."""
EPOCH = date(1970, 1, 1)


class Printing(Protocol):
    """Makes one form of a shift; None when `progress` ended it."""

    def __call__(
        self, desk: Desk, shift: str, path: Path, /, *, progress: Progressing, by: By
    ) -> Path | None: ...


class NoFileNamed(Refusal):
    """That report is a file: --pdf, --xlsx or --csv says which."""


class SheetElsewhere(Refusal):
    """A shift's sheet and forms are made at its own desk only; facts: desk."""


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Writes the file asked for, or tells the figures."""
    if not (arguments.pdf or arguments.xlsx or arguments.csv):
        return _tell(arguments, doors)
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        path = _write(arguments, desk)
    finally:
        desk.close(painted=desk.told())
    if path is None:
        note(_("stopped"))
        return STOPPED
    if arguments.json:
        emit({"file": str(path)})
    else:
        note(_("written to {path}").format(path=path))
    return 0


def _tell(arguments: argparse.Namespace, doors: Doors) -> int:
    if arguments.what not in _TOLD:
        raise NoFileNamed
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        record, text = _TOLD[arguments.what](arguments, reading)
    if arguments.json:
        emit(record)
    else:
        say_lines(text)
    return 0


def _summary(arguments: argparse.Namespace, reading: Reading) -> tuple[Mapping[str, Plain], str]:
    reader = reading.connection
    found = _shift(reader, arguments, reading.settings)
    shift, settings = found.shift, _of(reader, reading.settings, found.desk)
    sources = Sources(
        settings.station,
        lambda: nullcontext(reader),
        others=lambda row, until: lines_of(reader, settings, desk=settings.desk, shift=row, until=until),
    )
    report = reporting.report_of(sources, shift, Occasion(at=system_tick().wall))
    assert report is not None
    figures = report.figures
    record: dict[str, Plain] = {
        "shift": shift,
        "vehicles": figures.vehicles,
        "people": figures.people,
        "counted_vehicles": figures.counted_vehicles,
        "counted_people": figures.counted_people,
        "outcomes": dict(figures.outcomes),
        "people_apart": dict(figures.people_apart),
        "undone": figures.undone,
    }
    return record, summary.summary_text(report)


def _of(reader: Connection, settings: Settings, desk: str) -> Settings:
    """These settings, but whose report it is."""
    known = whose.everybody(reader, station=settings.station)
    station = next((one.station for one in known if one.desk == desk), settings.station)
    return replace(settings, desk=desk, station=station)


def _daily(arguments: argparse.Namespace, reading: Reading) -> tuple[Mapping[str, Plain], str]:
    now = system_tick().wall
    zone = local_zone(now)
    day = _day(arguments, now=now)
    whole = scope(reading.connection, reading.settings, arguments.whose)
    today, before = (
        day_figures(reading.connection, each, zone=zone, desks=whole.desks) for each in (day, day - 1)
    )
    lacks = lacking(reading.connection, reading.settings, arguments.whose or "", now=now)
    text = summary.day_text(today, before, station=whole.station, date=daily.date_of(day), lacks=lacks)
    not_whole = {each.desk: each.missing for each in lacks}
    record: dict[str, Plain] = {"day": daily.date_of(day), "today": _plain(today), "before": _plain(before)}
    return {**record, "not_whole": not_whole}, text


_TOLD: Mapping[str, Callable[[argparse.Namespace, Reading], tuple[Mapping[str, Plain], str]]] = {
    "summary": _summary,
    "daily": _daily,
}


def _write(arguments: argparse.Namespace, desk: Desk) -> Path | None:
    if arguments.pdf:
        return _WRITTEN[arguments.what](arguments, desk) if arguments.what in _WRITTEN else _refuse()
    path = Path(arguments.xlsx or arguments.csv)
    with desk.ledger.reader() as reader:
        shifts = _shifts(reader, arguments, desk)
    wanted = Wanted(shifts, path, masked=not arguments.full, why=arguments.why)
    progress = Progress(_("{count} rows"))
    return path if workbook.write_everything(desk, wanted, progress=progress, by=desk.by) else None


def _refuse() -> Path:
    raise NoFileNamed


def _sheet(print_: Printing) -> Callable[[argparse.Namespace, Desk], Path | None]:
    def write(arguments: argparse.Namespace, desk: Desk) -> Path | None:
        with desk.ledger.reader() as reader:
            found = _shift(reader, arguments, desk.settings)
            if found.desk not in queries.own_desks(reader):
                raise SheetElsewhere(desk=found.desk)
        return print_(desk, found.shift, Path(arguments.pdf), progress=_percent(), by=desk.by)

    return write


def _write_daily(arguments: argparse.Namespace, desk: Desk) -> Path | None:
    day = _day(arguments, now=desk.ledger.now())
    return daily.print_daily(
        desk, day, Path(arguments.pdf), progress=_percent(), by=desk.by, name=arguments.whose
    )


_WRITTEN: Mapping[str, Callable[[argparse.Namespace, Desk], Path | None]] = {
    "handover": _sheet(reporting.print_handover),
    "register": _sheet(forms.print_register),
    "ledger": _sheet(forms.print_ledger),
    "daily": _write_daily,
}


def _percent() -> Callable[[int, int], bool]:
    progress = Progress(_("{count} % done"))
    return lambda done, of: progress(100 * done // max(of, 1))


def _shifts(reader: Connection, arguments: argparse.Namespace, desk: Desk) -> tuple[str, ...]:
    """Those of a day, else the one asked for."""
    if not arguments.day:
        return (_shift(reader, arguments, desk.settings).shift,)
    now = system_tick().wall
    desks = scope(reader, desk.settings, arguments.whose).desks
    found = day_figures(reader, _day(arguments, now=now), zone=local_zone(now), desks=desks).shifts
    if not found:
        raise ShiftMissing(shift=arguments.day)
    return found


def _shift(reader: Connection, arguments: argparse.Namespace, settings: Settings) -> ShiftRow:
    """That one, else the last closed one of the desk or of those asked for, else the one that is open.

    Raises ShiftMissing, NobodyCalled.
    """
    if arguments.shift:
        found = queries.shift(reader, arguments.shift)
    else:
        desks = scope(reader, settings, arguments.whose).desks if arguments.whose else (settings.desk,)
        last = (_last(queries.shifts(reader, desk=desk, limit=LOOKED_THROUGH)) for desk in desks)
        some = [row for row in last if row]
        found = max(some, key=lambda row: (row.closed is not None, row.opened), default=None)
    if found is None:
        raise ShiftMissing(shift=arguments.shift or "")
    return found


def _last(rows: Sequence[ShiftRow]) -> ShiftRow | None:
    """Of one desk's shifts, newest first."""
    return next((row for row in rows if row.closed), rows[0] if rows else None)


def _day(arguments: argparse.Namespace, *, now: int) -> int:
    """Days since 1970 of the day asked for, else of today. Raises TimeUnreadable."""
    if not arguments.day:
        return (now + local_zone(now) * 60_000) // 86_400_000
    try:
        return (date.fromisoformat(arguments.day) - EPOCH).days
    except ValueError as error:
        raise TimeUnreadable(text=arguments.day[:40]) from error


def _plain(day: DayFigures) -> Mapping[str, Plain]:
    return {
        name: dict(value) if isinstance(value, Mapping) else value
        for name, value in ((each, getattr(day, each)) for each in DayFigures.__slots__)
    }
