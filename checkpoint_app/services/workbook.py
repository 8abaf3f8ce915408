"""Everything of a shift as one workbook: a sheet for each kind of thing, cells that cannot calculate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from checkpoint_app.documents import log_words, sheets, wording
from checkpoint_app.documents.sheets import Cell, Progress, Table
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.figures import ShiftFigures
from checkpoint_app.domain.logbook import Matter
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.report import ShiftReport
from checkpoint_app.domain.words import OWN_WORDS, Outcome
from checkpoint_app.i18n import N_, _
from checkpoint_app.services import register_form
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.reporting import Occasion, report_of, sources_of
from checkpoint_app.storage import crossing_parts, queries

XLSX, CSV = "xlsx", "csv"

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What leaves: `shifts` in their order, with names in full unless `masked`, for a reason then."""

    shifts: tuple[str, ...]
    path: Path
    masked: bool = True
    why: str = ""


def write_everything(desk: Desk, wanted: Wanted, *, progress: Progress, by: By) -> bool:
    """All of some shifts as a workbook, or by the path's name the register of people as CSV. Blocks.

    The entry stands before the file. False when `progress` ended it; nothing is left then. Raises
    ShiftMissing, NotAllowed, ViewReasonNeeded, FileNotWritten.
    """
    going = [report_of(sources_of(desk), shift, Occasion(at=desk.ledger.now())) for shift in wanted.shifts]
    reports = [report for report in going if report is not None]
    form = CSV if wanted.path.suffix.lower() == ".csv" else XLSX
    desk.viewing.exported(
        sum(report.figures.vehicles for report in reports),
        form=form,
        columns=("everything",) if form == XLSX else register_form.CODES,
        masked=wanted.masked,
        why=wanted.why,
        by=by,
    ).result()
    people = _people(desk, wanted)
    if form == CSV:
        return sheets.write_csv(wanted.path, register_form.head(), people, progress=progress)
    crossings = Table(_("Crossings and people"), register_form.head(), people)
    tables = (_about(wanted), crossings, *_tables(reports, wanted))
    return sheets.write_book(wanted.path, tables, progress=progress)


def _about(wanted: Wanted) -> Table:
    """Says of the file itself what may be missing in it."""
    if not wanted.masked:
        told = _("In full: names, numbers and everything that was typed. Reason: {why}").format(
            why=wanted.why
        )
    else:
        told = _("Masked: names and numbers are shortened, what somebody typed is left out.")
    return Table(_("About this file"), (_("About this file"),), ((told,),))


def _people(desk: Desk, wanted: Wanted) -> Iterator[Sequence[Cell]]:
    with desk.ledger.reader() as reader:
        officers = queries.officer_names(reader)
    rows = chain.from_iterable(crossing_parts.of_shift(desk.ledger.reader, shift) for shift in wanted.shifts)
    return register_form.lines(rows, masked=wanted.masked, officers=officers)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Words of one shift's cells."""

    report: ShiftReport
    masked: bool

    @property
    def figures(self) -> ShiftFigures:
        return self.report.figures

    def at(self, ms: int) -> str:
        return wording.moment(ms, zone=self.figures.zone) if ms else ""

    def who(self, number: str) -> str:
        """Officers stand in full, as on what they sign."""
        return self.report.officers.get(number, number)

    def why(self, why: str) -> str:
        return wording.reason(why, masked=self.masked)

    def name(self, text: str) -> str:
        return mask_name(text) if self.masked else text

    def words(self, text: str) -> str:
        """What somebody typed may name anybody: masked it says only that there is something."""
        return wording.word(wording.REASONS, OWN_WORDS) if text and self.masked else text

    def title(self, matter: Matter) -> str:
        """Masked where it comes from stands for what was typed."""
        return log_words.matter_title(replace(matter, title="") if self.masked else matter)

    def owner(self, matter: Matter) -> str:
        """An officer in full; words that were typed are somebody else."""
        known = matter.owner in self.report.officers
        return self.who(matter.owner) if known else self.words(matter.owner)


def _totals(told: _Teller) -> Iterator[Row]:
    figures = told.figures
    outcomes = (figures.outcomes.get(outcome.value, 0) for outcome in Outcome)
    yield (
        figures.shift,
        told.at(figures.opened),
        told.at(figures.closed or 0),
        figures.group,
        told.who(figures.lead),
        figures.all_vehicles,
        figures.all_people,
        figures.counted_vehicles,
        figures.counted_people,
        *outcomes,
        sum(figures.people_apart.values()),
        figures.undone,
    )


def _hours(told: _Teller) -> Iterator[Row]:
    for each in told.figures.hours:
        begin = told.at(each.start)
        yield told.figures.shift, begin, each.vehicles, each.people, each.turned_back, each.held


def _lanes(told: _Teller) -> Iterator[Row]:
    for each in told.figures.lanes:
        way = wording.word(wording.DIRECTIONS, each.direction)
        counted = (each.vehicles, each.people, each.counted_vehicles, each.counted_people, each.seen_only)
        outcomes = (each.outcomes.get(outcome.value, 0) for outcome in Outcome)
        mean = f"{each.mean_ms / 1000:.1f}" if each.mean_ms is not None else ""
        yield told.figures.shift, each.lane, way, *counted, *outcomes, mean


def _classes(told: _Teller) -> Iterator[Row]:
    for each in told.figures.classes:
        yield told.figures.shift, wording.word(wording.VEHICLES, each.vehicle), each.vehicles, each.people


def _exceptions(told: _Teller) -> Iterator[Row]:
    for each in told.figures.exceptions:
        led = _("let go by {name}").format(name=told.who(each.lead)) if each.lead else ""
        yield (
            told.figures.shift,
            each.seq,
            told.at(each.at),
            each.lane,
            each.plate,
            told.name(each.name),
            each.people,
            wording.word(wording.OUTCOMES, each.outcome),
            wording.joined(told.why(each.why), led),
            told.who(each.officer),
        )


def _corrections(told: _Teller) -> Iterator[Row]:
    for each in told.figures.corrections:
        changes = "; ".join(f"{name}: {before} → {after}" for name, before, after in each.changes)
        kind = _("Void") if each.undone else _("Amended")
        of = each.of_shift if each.late else told.figures.shift
        who = told.who(each.officer)
        yield of, each.seq, told.at(each.at), each.of_seq, kind, changes, told.why(each.why), who


def _matters(told: _Teller) -> Iterator[Row]:
    for each in told.report.matters:
        title, owner, result = told.title(each), told.owner(each), told.words(each.result)
        yield told.at(each.raised), title, owner, told.at(each.due), told.at(each.closed), result


def _orders(told: _Teller) -> Iterator[Row]:
    for each in told.report.orders:
        sender, text = told.words(each.sender), told.words(each.text)
        yield told.at(each.at), sender, each.number, text, told.at(each.until), len(each.read)


def _incidents(told: _Teller) -> Iterator[Row]:
    for each in told.report.incidents:
        kind = wording.word(log_words.INCIDENTS, each.kind)
        times = (told.at(each.noticed), told.at(each.reported), told.at(each.answered), told.at(each.closed))
        ends = map(told.words, (each.reported_to, each.reply, each.result))
        yield kind, told.words(each.text), *times, *ends


def _visits(told: _Teller) -> Iterator[Row]:
    for each in told.report.visits:
        typed = map(told.words, (each.visitor, each.agency, each.text))
        yield told.at(each.at), *typed, len(each.findings)


def _notes(told: _Teller) -> Iterator[Row]:
    for each in told.report.notes:
        yield told.at(each.at), told.who(each.officer), told.words(each.text)


def _stock(told: _Teller) -> Iterator[Row]:
    for each in told.report.items:
        kind = _("Equipment") if each.equipment else _("Stock")
        known = each.condition in log_words.CONDITIONS
        condition = (
            wording.word(log_words.CONDITIONS, each.condition) if known else told.words(each.condition)
        )
        yield each.name, kind, each.unit, each.balance, each.due, each.low, condition


def _attendance(told: _Teller) -> Iterator[Row]:
    for each in told.report.attended:
        came, went = told.at(each.came), told.at(each.went)
        yield told.figures.shift, each.officer, each.name, came, went, each.minutes, " ".join(each.posts)


_OUTCOMES = tuple(wording.OUTCOMES[outcome.value] for outcome in Outcome)
_TIMES = (N_("Noticed"), N_("Reported"), N_("Answered"), N_("Closed at"))

TABLES: tuple[tuple[str, tuple[str, ...], Callable[[_Teller], Iterable[Row]]], ...] = (
    (
        N_("Totals"),
        (
            N_("Shift"),
            N_("Opened"),
            N_("Closed"),
            N_("Group"),
            N_("Lead"),
            N_("All vehicles"),
            N_("All people"),
            N_("Vehicles only counted"),
            N_("People only counted"),
            *_OUTCOMES,
            N_("People taken off"),
            N_("Void"),
        ),
        _totals,
    ),
    (
        N_("Hours"),
        (N_("Shift"), N_("Begins"), N_("Vehicles"), N_("People"), N_("Turned back"), N_("Held")),
        _hours,
    ),
    (
        N_("Lanes"),
        (
            N_("Shift"),
            N_("Lane"),
            N_("Direction"),
            N_("Vehicles"),
            N_("People"),
            N_("Vehicles only counted"),
            N_("People only counted"),
            N_("By eye only"),
            *_OUTCOMES,
            N_("Seconds each"),
        ),
        _lanes,
    ),
    (N_("Classes"), (N_("Shift"), N_("Vehicle class"), N_("Vehicles"), N_("People")), _classes),
    (
        N_("Exceptions"),
        (
            N_("Shift"),
            N_("Entry"),
            N_("Date and time"),
            N_("Lane"),
            N_("Plate"),
            N_("Name"),
            N_("People"),
            N_("Outcome"),
            N_("Reason"),
            N_("Officer"),
        ),
        _exceptions,
    ),
    (
        N_("Corrections"),
        (
            N_("Shift"),
            N_("Entry"),
            N_("Date and time"),
            N_("Of entry"),
            N_("Kind"),
            N_("Changes"),
            N_("Reason"),
            N_("Officer"),
        ),
        _corrections,
    ),
    (
        N_("Matters"),
        (N_("Raised"), N_("Matter"), N_("Owner"), N_("Due by"), N_("Closed at"), N_("Result")),
        _matters,
    ),
    (
        N_("Orders"),
        (N_("Received"), N_("Sender"), N_("Number"), N_("Text"), N_("Valid until"), N_("Read by")),
        _orders,
    ),
    (
        N_("Incidents"),
        (N_("Kind"), N_("Text"), *_TIMES, N_("Reported to"), N_("Answer"), N_("Result")),
        _incidents,
    ),
    (
        N_("Visits"),
        (N_("Date and time"), N_("Visitor"), N_("Agency"), N_("Text"), N_("Findings")),
        _visits,
    ),
    (N_("Notes"), (N_("Date and time"), N_("Officer"), N_("Text")), _notes),
    (
        N_("Stock"),
        (
            N_("Name"),
            N_("Kind"),
            N_("Unit"),
            N_("There are"),
            N_("Should be"),
            N_("Low line"),
            N_("Condition"),
        ),
        _stock,
    ),
    (
        N_("Attendance"),
        (N_("Shift"), N_("Number"), N_("Name"), N_("Came"), N_("Went"), N_("Minutes"), N_("Posts")),
        _attendance,
    ),
)


def _tables(reports: Sequence[ShiftReport], wanted: Wanted) -> Iterator[Table]:
    tellers = [_Teller(report, wanted.masked) for report in reports]
    for title, head, rows in TABLES:
        found = dict.fromkeys(row for teller in tellers for row in rows(teller))
        yield Table(_(title), tuple(_(word) for word in head), tuple(found))
