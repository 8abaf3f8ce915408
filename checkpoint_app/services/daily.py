"""The day for the level above (日报), with the day before beside it, at a fixed hour; nobody stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from checkpoint_app.documents import wording
from checkpoint_app.documents.daily import Daily, Figure, write_daily
from checkpoint_app.domain.day_figures import DayFigures
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.paper_proof import texts
from checkpoint_app.domain.report import Sealing
from checkpoint_app.domain.roles import Action
from checkpoint_app.domain.words import Direction, Evidence, Outcome, VehicleClass
from checkpoint_app.i18n import N_, _
from checkpoint_app.services import report_files, reporting
from checkpoint_app.services.day_scope import Scope, scope
from checkpoint_app.services.desk import Desk, local_offset
from checkpoint_app.services.reporting import Progress
from checkpoint_app.storage import paper
from checkpoint_app.storage.day_figures import day_figures
from checkpoint_app.storage.engine import Connection

FORM = "daily-pdf"
DAY = 86_400_000

ENTERED: Mapping[str, str] = {
    "check_flagged": N_("Stops and doubts"),
    "incident_noticed": N_("Incidents noticed"),
    "incident_closed": N_("Incidents closed"),
    "matter_raised": N_("Matters raised"),
    "matter_closed": N_("Matters closed"),
    "order_received": N_("Orders received"),
    "visited": N_("Visits"),
    "outcome_undone": N_("Crossings made void"),
    "crossing_amended": N_("Crossings amended"),
    "outage": N_("Failures of the app"),
    "clock_jumped": N_("Jumps of the clock"),
}


def date_of(day: int) -> str:
    """YYYY-MM-DD of a day since 1970."""
    return datetime.fromtimestamp(day * 86_400, UTC).strftime("%Y-%m-%d")


def due_day(now: int, *, zone: int, hour: int) -> int:
    """The last day (since 1970) whose report is due at `now` (ms UTC): today's from `hour` o'clock on."""
    local = now + zone * 60_000
    day, ms = divmod(local, DAY)
    return day if ms >= hour * 3_600_000 else day - 1


def is_due(desk: Desk, *, hour: int) -> int | None:
    """The day whose report is due and was never made; None when there is nothing to report."""
    now = desk.ledger.now()
    zone = local_offset(now)
    day = due_day(now, zone=zone, hour=hour)
    if reporting.copies(desk.ledger.reader, date_of(day), desk=desk.settings.desk, form=FORM):
        return None
    with desk.ledger.reader() as reader:
        figures = day_figures(reader, day, zone=zone, desks=scope(reader, desk.settings).desks)
    return day if figures.all_vehicles or figures.shifts else None


def may_write(desk: Desk) -> bool:
    """Whether the app may make the day's report by itself now: a shift is open, and whoever is signed on for
    the desk may report.
    """
    by = desk.by
    return bool(by.shift and by.officer) and desk.rights.may(Action.REPORT, by)


def write_due(desk: Desk, day: int, *, progress: Progress, by: By) -> Path | None:
    """The report of a due day into the desk's folder for sheets, like `print_daily`."""
    path = print_daily(desk, day, report_files.kept_in(desk.folder), progress=progress, by=by)
    begin = day * DAY - local_offset(desk.ledger.now()) * 60_000
    return report_files.dated(path, begin) if path else None


def sealing_of(reader: Connection, desk: str, day: int, *, zone: int) -> Sealing | None:
    """What the level above scans; None before anything is sealed."""
    begin = day * DAY - zone * 60_000
    proof = paper.proof_of_day(reader, desk, begin, begin + DAY, name=date_of(day))
    return Sealing(proof.seq, proof.hash, texts(proof)) if proof else None


def print_daily(
    desk: Desk, day: int, path: Path, *, progress: Progress, by: By, name: str = ""
) -> Path | None:
    """The day (since 1970) as a PDF at `path`, or in that folder; of the desk or station of that name, else
    see `day_scope`. None when `progress` ended it; nothing is left then. Raises NotAllowed, NobodyCalled,
    PaperNotWritten.
    """
    desk.rights.check(Action.REPORT, by)
    read, date = desk.ledger.reader, date_of(day)
    zone = local_offset(desk.ledger.now())
    with read() as reader:
        whole = scope(reader, desk.settings, name)
        today, before = (day_figures(reader, each, zone=zone, desks=whole.desks) for each in (day, day - 1))
        parts = tuple(_parts(reader, day, whole, zone=zone))
    about = f"{date} {whole.tag}".strip()
    copy = reporting.copies(read, about, desk=desk.settings.desk, form=FORM)
    reporting.told(desk, today.vehicles, form=FORM, about=about, by=by)
    with read() as reader:
        sealing = None if whole.tag else sealing_of(reader, desk.settings.desk, day, zone=zone)
    number = f"{date[:4]}-{whole.tag or desk.settings.desk}-{date[5:7]}{date[8:]}"
    sheet = Daily(
        whole.station,
        whole.desk,
        date,
        number,
        tuple(_totals(today, before)),
        (*parts, *_sections(today, before)),
        _hours(today, before),
        sealing=sealing,
        printed_by=reporting.name_of(desk, by.officer),
        printed_at=desk.ledger.now(),
        zone=zone,
        copy=copy,
    )
    mark = f"-{copy + 1}" if copy else ""
    target = path / f"{number}-daily{mark}.pdf" if path.is_dir() else path
    return target if write_daily(sheet, target, progress=progress) else None


def _parts(
    reader: Connection, day: int, whole: Scope, *, zone: int
) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    """Vehicles desk by desk, where there are several."""
    if len(whole.parts) < 2:
        return
    rows = []
    for part in whole.parts:
        now, then = (day_figures(reader, each, zone=zone, desks=(part.desk,)) for each in (day, day - 1))
        label = " ".join(filter(None, (part.station, part.desk)))
        rows.append(_figure(label, now.all_vehicles, then.all_vehicles))
    yield _("All vehicles"), tuple(rows)


def _totals(today: DayFigures, before: DayFigures) -> Iterator[Figure]:
    yield _figure(_("All vehicles"), today.all_vehicles, before.all_vehicles)
    yield _figure(_("All people"), today.all_people, before.all_people)
    for outcome in (Outcome.TURNED_BACK, Outcome.HELD, Outcome.TRANSFERRED):
        word = wording.word(wording.OUTCOMES, outcome.value)
        yield _figure(word, today.outcomes.get(outcome.value, 0), before.outcomes.get(outcome.value, 0))
    yield _figure(_("Shifts"), len(today.shifts), len(before.shifts))


def _sections(today: DayFigures, before: DayFigures) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    tables = (
        (_("Directions"), wording.DIRECTIONS, Direction, "directions"),
        (_("Outcomes"), wording.OUTCOMES, Outcome, "outcomes"),
        (_("Classes of vehicles"), wording.VEHICLES, VehicleClass, "classes"),
        (_("People by how they are known"), wording.EVIDENCE, Evidence, "people_by_evidence"),
    )
    for title, words, codes, name in tables:
        now, then = getattr(today, name), getattr(before, name)
        rows = (
            _figure(wording.word(words, code.value), now.get(code.value, 0), then.get(code.value, 0))
            for code in codes
        )
        yield title, tuple(rows)
    counted = (
        _figure(_("Vehicles only counted"), today.counted_vehicles, before.counted_vehicles),
        _figure(_("People only counted"), today.counted_people, before.counted_people),
        *(
            _figure(_(word), today.entries.get(kind, 0), before.entries.get(kind, 0))
            for kind, word in ENTERED.items()
        ),
    )
    yield _("Written down"), counted


def _hours(today: DayFigures, before: DayFigures) -> tuple[tuple[str, int, int], ...]:
    pairs = zip(today.hours, before.hours, strict=True)
    return tuple((f"{hour:02}", now, then) for hour, (now, then) in enumerate(pairs))


def _figure(label: str, now: int, then: int) -> Figure:
    return Figure(label, f"{now:,}", f"{then:,}", f"{now - then:+,}" if now != then else "0")
