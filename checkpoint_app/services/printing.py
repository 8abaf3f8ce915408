"""Printing a crossing: a PDF kept under the data folder, handed to the system's printer.

What is printed holds personal data, so it lies in one folder, `printed/`, which the retention empties.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.documents import wording
from checkpoint_app.documents.crossing import CrossingPaper, Line, Value, write_crossing
from checkpoint_app.documents.files import PaperNotWritten
from checkpoint_app.domain.chain import head_text
from checkpoint_app.domain.entry import Head
from checkpoint_app.domain.errors import Refusal, Trouble
from checkpoint_app.domain.facts import By
from checkpoint_app.i18n import _
from checkpoint_app.services import retelling
from checkpoint_app.services.retention import PRINTED
from checkpoint_app.services.viewing import Viewing
from checkpoint_app.storage.rows import CrossingRow, HistoryRow

PATIENCE = 20.0
"""Seconds the system's printing may take to accept a file."""

GROUPS, GROUP = 8, 4


class NoPrinter(Refusal):
    """The system has no printer; the sheet is kept. Facts: path, and file below the data folder."""


class PrintRefused(Trouble):
    """The system's printer did not take the sheet, which is kept; facts: path, file, why."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who prints where and when; `printed_by` in full, officers who sign are printed so."""

    station: str
    desk: str
    printed_by: str
    at: int
    zone: int
    head: Head
    masked: bool = True


def print_crossing(
    told: HistoryRow,
    occasion: Occasion,
    *,
    folder: Path,
    viewing: Viewing,
    by: By,
    why: str = "",
    send: Callable[[Path], None] | None = None,
) -> Path:
    """The sheet's file, once the printer has taken it; its entry stands before the file. Blocks: call it
    from another thread.

    Raises NotAllowed, ViewReasonNeeded (unmasked without `why`), what keeps the ledger from being written,
    PaperNotWritten; and NoPrinter or PrintRefused, with the path of the sheet that was kept.
    """
    viewing.printed(masked=occasion.masked, why=why, by=by).result()
    path = keep(told, occasion, folder=folder)
    (send or send_to_printer)(path)
    return path


def keep(told: HistoryRow, occasion: Occasion, *, folder: Path) -> Path:
    """The sheet as a new file under `folder`; reprints are numbered. Raises PaperNotWritten.

    Its file has the time of the crossing, not of the printing: the retention goes by that.
    """
    place, name = folder / PRINTED, _name(told.now)
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        numbers = [found.stem.removeprefix(name + "-") for found in place.glob(f"{name}-*.pdf")]
        number = max((int(text) for text in numbers if text.isdecimal()), default=0) + 1
        path = place / f"{name}-{number}.pdf"
        write_crossing(paper(told, occasion, copy=number), path)
        os.utime(path, ns=(told.now.happened * 1_000_000,) * 2)
    except OSError as error:
        raise PaperNotWritten(path=str(place), why=error.strerror or type(error).__name__) from error
    return path


def send_to_printer(path: Path) -> None:
    """Hands the file to the system's own printer. Raises NoPrinter, PrintRefused."""
    if sys.platform == "win32":
        _by_shell(path)
        return
    program = shutil.which("lp")
    if program is None:
        raise NoPrinter(**_where(path))
    try:
        done = subprocess.run(  # noqa: S603 - the system's program with our own file's path
            [program, "--", str(path)], capture_output=True, timeout=PATIENCE, check=False, text=True
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrintRefused(**_where(path), why=type(error).__name__) from error
    if done.returncode:
        why = done.stderr.strip()[:120]
        raise (
            NoPrinter(**_where(path))
            if "destination" in why.lower()
            else PrintRefused(**_where(path), why=why)
        )


def _where(path: Path) -> dict[str, str]:
    return {"path": str(path), "file": f"{path.parent.name}/{path.name}"}


def _by_shell(path: Path) -> None:
    start = getattr(os, "startfile", None)
    if start is None:
        raise NoPrinter(**_where(path))
    try:
        start(str(path), "print")
    except OSError as error:
        raise NoPrinter(**_where(path)) from error


def paper(told: HistoryRow, occasion: Occasion, *, copy: int = 1) -> CrossingPaper:
    """What stands on the sheet."""
    row = told.now
    state = _("VOID") if row.undone else _("Amended") if row.amended else ""
    outcome = wording.word(wording.OUTCOMES, row.outcome)
    number = _("Entry {n}").format(n=f"{row.seq:,}")
    return CrossingPaper(
        title=_("Crossing record"),
        about=wording.joined(occasion.station, row.desk, number, row.shift),
        copy=_("Copy {n}").format(n=copy) if copy > 1 else "",
        plate=row.plate or _("No plate"),
        outcome=wording.joined(outcome, state),
        values=_values(told, masked=occasion.masked),
        lines=tuple(
            Line(wording.moment(step.at, zone=row.zone), step.title, step.detail, f"{step.number:,}")
            for step in retelling.steps(told, masked=occasion.masked)
        ),
        sealed=_sealed(told, occasion),
        head=head_text(occasion.head),
        groups=_groups(occasion.head),
        notice=_notice(occasion),
    )


def _notice(occasion: Occasion) -> str:
    shown = _("names and numbers masked") if occasion.masked else _("names and numbers in full")
    printed = _("printed by {name}, {time}").format(
        name=occasion.printed_by or "—", time=wording.moment(occasion.at, zone=occasion.zone)
    )
    return wording.joined(_("Personal data, for official use only"), shown, printed)


def _sealed(told: HistoryRow, occasion: Occasion) -> str:
    covered = told.sealed >= told.now.seq
    state = _("sealed up to entry {n}").format(n=f"{told.sealed:,}") if covered else _("not sealed yet")
    chain = _("what is printed here is unchanged") if told.intact else _("THE LEDGER WAS CHANGED HERE")
    head = _("head when printed: entry {n} of desk {desk}").format(
        n=f"{occasion.head.seq:,}", desk=occasion.head.desk
    )
    return wording.joined(chain, state, head)


def _values(told: HistoryRow, *, masked: bool) -> tuple[Value, ...]:
    row = told.now
    old = {each.field: each.old for each in retelling.changes(told) if each.field != "name"}

    def value(name: str, text: str) -> Value:
        return Value(_(retelling.FIELDS[name]), text, retelling.shown(name, old.get(name, "")))

    return (
        Value(_("Began"), wording.moment(row.started, zone=row.zone) if row.started else ""),
        Value(_("Ended"), wording.moment(row.happened, zone=row.zone)),
        value("lane", str(row.lane)),
        value("direction", wording.word(wording.DIRECTIONS, row.direction)),
        value("plate", row.plate),
        value("class", wording.word(wording.VEHICLES, row.vehicle)),
        value("people", str(row.people)),
        Value(_("Known by"), wording.word(wording.EVIDENCE, row.evidence)),
        value("from", row.origin),
        value("to", row.destination),
        value("purpose", row.purpose),
        *((Value(_("Service"), row.service),) if row.service else ()),
        *((Value(_("Convoy"), f"{row.convoy.place}/{row.convoy.of}"),) if row.convoy else ()),
        Value(_("Officer"), retelling.officer(told, row.officer, masked=False)),
        *_people(told, masked=masked),
    )


def _people(told: HistoryRow, *, masked: bool) -> tuple[Value, ...]:
    found = []
    for each in retelling.people(told, masked=masked):
        person = each.person
        outcome = wording.joined(
            wording.word(wording.OUTCOMES, person.outcome), wording.reason(person.why, masked=masked)
        )
        amended = _("(amended)") if each.amended else ""
        parts = (each.name, amended, each.document, each.phone, each.seat, outcome)
        text = "  ".join(part for part in parts if part)
        found.append(Value(_("Person {n}").format(n=person.number), text, each.was))
    return tuple(found)


def _groups(head: Head) -> tuple[str, ...]:
    digits = head.hash.upper()
    return tuple(digits[place : place + GROUP] for place in range(0, GROUPS * GROUP, GROUP))


def _name(row: CrossingRow) -> str:
    """Nothing personal: the name of a file is read by whoever sees the folder."""
    return f"crossing-{row.desk}-{row.epoch[:8]}-{row.seq}"
