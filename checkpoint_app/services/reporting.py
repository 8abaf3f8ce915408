"""The sheet of a shift: everything that stands on it, read as it was at the shift's end; and its printing."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from checkpoint_app.documents.handover import write_handover
from checkpoint_app.domain import disclosures, roster_facts
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.desk_lines import DeskLine
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.figures import ShiftFigures
from checkpoint_app.domain.handover import Handover
from checkpoint_app.domain.logbook import Incident, Matter, Order
from checkpoint_app.domain.notices import notices
from checkpoint_app.domain.officers import Officer
from checkpoint_app.domain.paper_proof import texts
from checkpoint_app.domain.report import Contact, Notice, Sealing, ShiftReport
from checkpoint_app.domain.roles import Action
from checkpoint_app.services.attendance import attended
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.handover_now import Others, alone
from checkpoint_app.services.paper import proof_of
from checkpoint_app.storage import affairs, handovers, logbook, queries
from checkpoint_app.storage.desk_lines import signed_lines
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.shift_figures import figures_of

FORM = "handover-pdf"
READING = 20
"""Parts of a hundred that reading takes of a print's progress; drawing takes the others."""

Read = Callable[[], AbstractContextManager[Connection]]
Progress = Callable[[int, int], bool]
"""Gets how many of how many steps are done; False ends the work."""


class ShiftMissing(Refusal):
    """No shift of that name; facts: shift."""


def sealing_of(reader: Connection, figures: ShiftFigures) -> Sealing | None:
    """What the next shift scans; None before anything is sealed."""
    proof = proof_of(reader, figures.shift)
    return Sealing(proof.seq, proof.hash, texts(proof)) if proof else None


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a report comes from. `officers` are the enrolled, by number; `handover` gives a shift's own, or
    None; `sealing` the paper proof of figures, or None while nothing is sealed; `others` what the station's
    other desks did.
    """

    station: str
    read: Read
    officers: Callable[[], tuple[Officer, ...]] = tuple
    handover: Callable[[str], Handover | None] = lambda _shift: None
    sealing: Callable[[Connection, ShiftFigures], Sealing | None] = sealing_of
    others: Others = alone


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who prints when (`at`, ms UTC), with the name in full; `copy` 0 for the first print."""

    printed_by: str = ""
    at: int = 0
    copy: int = 0


def report_of(
    sources: Sources,
    shift: str,
    occasion: Occasion,
    *,
    going: Callable[[int], bool] | None = None,
) -> ShiftReport | None:
    """The sheet of a shift; None when `going`, told of the entries read, ended it. Raises ShiftMissing."""
    figures = figures_of(sources.read, shift, going=going)
    if figures is None:
        with sources.read() as reader:
            known = queries.shift(reader, shift)
        if known is None:
            raise ShiftMissing(shift=shift)
        return None
    handover = sources.handover(shift)
    desks = _desks(sources, figures, handover, occasion)
    with sources.read() as reader:
        return _report(reader, sources, figures, handover, occasion, desks=desks)


def sheet_number(shift: str) -> str:
    """2026-G107-1121-3 for the third shift of a day, from the shift's id; another desk may name it anyhow."""
    desk, *rest = shift.rsplit(".", 2)
    if len(rest) < 2:
        return shift
    day, place = rest
    return f"{day[:4]}-{desk}-{day[4:]}-{place}"


def sources_of(desk: Desk) -> Sources:
    """What an open desk reports from."""
    return Sources(
        station=desk.settings.station,
        read=desk.ledger.reader,
        officers=lambda: desk.officers.everybody(left=True),
        handover=desk.handovers.of_shift,
        others=desk.neighbours.lines,
    )


def print_handover(desk: Desk, shift: str, path: Path, *, progress: Progress, by: By) -> Path | None:
    """The sheet as a PDF at `path`, or in that folder under its own number. Blocks.

    The entry stands before the file is there. None when `progress` ended it; nothing is left then, but the
    entry, when it was there. Raises ShiftMissing, NotAllowed, PaperNotWritten and what keeps the ledger from
    being written.
    """
    desk.rights.check(Action.REPORT, by)
    sources = sources_of(desk)
    copy = copies(sources.read, shift, desk=desk.settings.desk, form=FORM)
    occasion = Occasion(name_of(desk, by.officer), desk.ledger.now(), copy)
    report = report_of(sources, shift, occasion, going=lambda _taken: progress(0, 100))
    if report is None or not progress(READING, 100):
        return None
    told(desk, report.figures.vehicles, form=FORM, about=shift, by=by)
    with sources.read() as reader:
        report = replace(report, sealing=sources.sealing(reader, report.figures))
    target = path / f"{report.number}{_copy_mark(copy)}.pdf" if path.is_dir() else path
    pages = write_handover(report, target, progress=lambda done, of: progress(*_drawn(done, of)))
    return target if pages else None


def told(desk: Desk, count: int, *, form: str, about: str, by: By, columns: tuple[str, ...] = ()) -> None:
    """Writes down, masked, what is about to leave the ledger, and seals; done when it is on disk."""
    fact = disclosures.exported(
        count,
        form=form,
        columns=columns,
        masked=True,
        by=by,
        at=desk.ledger.now(),
        action=new_action(),
        about=about,
    )
    desk.ledger.append((fact,), seal="export").result()


def copies(read: Read, about: str, *, desk: str, form: str) -> int:
    """How often that sheet of a shift or day was made already."""
    with read() as reader:
        found = affairs.told(reader, Family.SHEET, (about,), desk=desk)
    return sum(each.public.get("form") == form for each in found)


def name_of(desk: Desk, number: str) -> str:
    """An officer's name in full, the number when nobody knows it."""
    with desk.ledger.reader() as reader:
        return queries.officer_names(reader).get(number, number)


def _desks(
    sources: Sources, figures: ShiftFigures, handover: Handover | None, occasion: Occasion
) -> tuple[DeskLine, ...]:
    """As signed, where the shift was handed over; else as it stands."""
    with sources.read() as reader:
        if figures.closed is not None and handover and handover.digest:
            return signed_lines(reader, figures.shift)
        row = queries.shift(reader, figures.shift)
    until = (handover.begun if handover else 0) or figures.closed or occasion.at
    return sources.others(row, until) if row else ()


def _report(
    reader: Connection,
    sources: Sources,
    figures: ShiftFigures,
    handover: Handover | None,
    occasion: Occasion,
    *,
    desks: tuple[DeskLine, ...],
) -> ShiftReport:
    now = figures.closed or (handover.begun if handover else 0) or occasion.at
    upto = handovers.last_of(reader, figures.shift) or None
    next_shift = handover.next_shift if handover else ""
    own = logbook.of_shift(reader, figures.shift, upto=upto)
    matters, incidents, orders = _standing(reader, figures, next_shift, now=now, upto=upto)
    items = logbook.items(reader, figures.desk, upto=upto)
    officers = {each.number: each for each in sources.officers()}
    names = queries.officer_names(reader)
    there = tuple(
        replace(each, name=each.name or names.get(each.officer, ""))
        for each in attended(reader, figures.shift, desk=figures.desk, now=now, officers=officers)
    )
    following = queries.shift(reader, next_shift) if next_shift else None
    report = ShiftReport(
        station=sources.station,
        desk=figures.desk,
        number=sheet_number(figures.shift),
        figures=figures,
        handover=handover,
        desks=desks,
        officers=names,
        attended=there,
        contacts=_contacts(reader, figures.desk),
        matters=matters,
        orders=orders,
        incidents=incidents,
        visits=own.visits,
        notes=own.notes,
        items=items,
        weather=_weather(reader, figures.shift),
        next_group=following.group if following else "",
        next_lead=names.get(following.lead, following.lead) if following else "",
        sealing=sources.sealing(reader, figures),
        printed_by=occasion.printed_by,
        printed_at=occasion.at,
        copy=occasion.copy,
    )
    return replace(report, notices=_notices(report, now=now))


def _notices(report: ShiftReport, *, now: int) -> tuple[Notice, ...]:
    return notices(
        report.figures,
        now=now,
        matters=report.matters,
        incidents=report.incidents,
        orders=report.orders,
        items=report.items,
        attended=report.attended,
        handover=report.handover,
        desks=report.desks,
    )


def _standing(
    reader: Connection, figures: ShiftFigures, next_shift: str, *, now: int, upto: int | None
) -> tuple[tuple[Matter, ...], tuple[Incident, ...], tuple[Order, ...]]:
    """What was open at the end, and what the shift had to do with; not what the next one began meanwhile,
    but what it took over as doubtful.
    """
    own = logbook.of_shift(reader, figures.shift, upto=upto)
    matters = {each.id: each for each in logbook.matters(reader, figures.desk, upto=upto)}
    matters |= {each.id: each for each in own.matters}
    incidents = {each.id: each for each in logbook.incidents(reader, figures.desk, upto=upto)}
    incidents |= {each.id: each for each in own.incidents}
    orders = {each.id: each for each in logbook.orders_in_force(reader, figures.desk, now, upto=upto)}
    orders |= {each.id: each for each in own.orders}
    return (
        tuple(each for each in matters.values() if not _began(each, next_shift) or each.source == "handover"),
        tuple(each for each in incidents.values() if not _began(each, next_shift)),
        tuple(each for each in orders.values() if not _began(each, next_shift)),
    )


def _began(affair: Matter | Incident | Order, next_shift: str) -> bool:
    return bool(next_shift) and affair.shift == next_shift


def _contacts(reader: Connection, desk: str) -> tuple[Contact, ...]:
    return roster_facts.contacts_of(affairs.all_told(reader, Family.CONTACT, desk=desk, over=False))


def _weather(reader: Connection, shift: str) -> str:
    row = reader.execute(
        "SELECT entry.personal FROM duty JOIN entry ON entry.id = duty.opened WHERE duty.shift = ?", (shift,)
    ).fetchone()
    return str(json.loads(row[0]).get("weather", "")) if row and row[0] else ""


def _drawn(done: int, of: int) -> tuple[int, int]:
    return READING + (100 - READING) * done // max(of, 1), 100


def _copy_mark(copy: int) -> str:
    return f"-{copy + 1}" if copy else ""
