"""A shift's figures in full: lanes by hour, classes, ways, evidence, exceptions, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checkpoint_app.documents import style, wording
from checkpoint_app.documents.handover_lanes import lane_table
from checkpoint_app.documents.handover_text import Text, enumerated, percent
from checkpoint_app.documents.handover_things import data_row
from checkpoint_app.documents.line_parts import listed
from checkpoint_app.documents.line_past import OUTAGES
from checkpoint_app.documents.marks import Marks
from checkpoint_app.documents.sheet import MIDDLE, RIGHT, Sheet
from checkpoint_app.documents.tables import Cell, Column, Share, heading, table
from checkpoint_app.domain.figures import Alarm, Correction, Exceptional, HourLine
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.i18n import N_, _

FIELDS = {
    "plate": N_("Plate"),
    "class": N_("Vehicle class"),
    "people": N_("People"),
    "direction": N_("Direction"),
    "lane": N_("Lane"),
    "outcome": N_("Outcome"),
    "from": N_("From"),
    "to": N_("To"),
    "purpose": N_("Purpose"),
    "name": N_("Names"),
    "persons": N_("Names"),
}
MOST_LANES = 6
CLOCKS = {"jumped": N_("Jumped"), "confirmed": N_("Confirmed")}
HOUR = 3_600_000


def lanes_in_full(sheet: Sheet, text: Text, marks: Marks) -> None:
    heading(sheet, _("All lanes"), rows=len(text.report.lanes))
    marks.here("lanes", sheet)
    lane_table(sheet, text, most=len(text.report.lanes))


def hours(sheet: Sheet, text: Text) -> None:
    """Vehicles of each lane in each hour; a column for those beyond what fits."""
    figures = text.figures
    heading(
        sheet, _("Hours and lanes"), rows=len(figures.hours), note=_("vehicles, those only counted included")
    )
    numbers = sorted(
        {line.lane for line in figures.lanes} | {n for hour in figures.hours for n in hour.by_lane}
    )
    own, others = numbers[:MOST_LANES], numbers[MOST_LANES:]
    columns = [
        Column(_("Hour"), 0.2),
        *(Column(_("Lane {n}").format(n=number), 0.09, RIGHT, summed=True) for number in own),
        *([Column(_("Other lanes"), 0.09, RIGHT, summed=True)] if others else []),
        *(Column(head, 0.11, RIGHT, summed=True) for head in (_("All vehicles"), _("All people"))),
        *(Column(head, 0.09, RIGHT, summed=True) for head in (_("Turned back"), _("Held"))),
    ]
    table(sheet, columns, (_hour(text, line, own, others) for line in figures.hours))


def _hour(text: Text, line: HourLine, own: list[int], others: list[int]) -> list[Cell]:
    name = f"{text.time(line.start)}–{text.time(line.start + HOUR)[-5:]}"
    lanes = [line.by_lane.get(number, 0) for number in own]
    rest = [sum(line.by_lane.get(number, 0) for number in others)] if others else []
    return [name, *lanes, *rest, line.vehicles, line.people, line.turned_back, line.held]


def kinds(sheet: Sheet, text: Text) -> None:
    """Classes and ways."""
    figures = text.figures
    heading(sheet, _("Classes of vehicles"), rows=len(figures.classes), note=_("those only counted included"))
    columns = (
        Column(_("Vehicle class"), 0.3),
        Column(_("All vehicles"), 0.2, RIGHT, summed=True),
        Column(_("All people"), 0.2, RIGHT, summed=True),
        Column(_("Share of vehicles"), 0.3),
    )
    rows = [
        (
            wording.word(wording.VEHICLES, line.vehicle),
            line.vehicles,
            line.people,
            _part(line.vehicles, figures.all_vehicles),
        )
        for line in figures.classes
    ]
    table(sheet, columns, rows)
    heading(sheet, _("Directions"), rows=2)
    ways = [
        code
        for code in wording.DIRECTIONS
        if figures.directions.get(code) or figures.counted_directions.get(code)
    ]
    table(
        sheet,
        (
            Column(_("Direction"), 0.3),
            Column(_("Recorded"), 0.2, RIGHT, summed=True),
            Column(_("Only counted"), 0.2, RIGHT, summed=True),
            Column("", 0.3),
        ),
        [
            (
                wording.word(wording.DIRECTIONS, way),
                figures.directions.get(way, 0),
                figures.counted_directions.get(way, 0),
                _part(
                    figures.directions.get(way, 0) + figures.counted_directions.get(way, 0),
                    figures.all_vehicles,
                ),
            )
            for way in ways
        ],
    )


def evidence(sheet: Sheet, text: Text) -> None:
    """How people were checked; each counts by the weakest check of its crossing."""
    people = text.figures.people_by_evidence
    whole = sum(people.values())
    heading(
        sheet, _("How people were checked"), rows=len(people), note=_("by the weakest check of each crossing")
    )
    columns = (
        Column(_("Evidence"), 0.25),
        Column(_("All people"), 0.15, RIGHT, summed=True),
        Column(_("Share"), 0.12, RIGHT),
        Column("", 0.48),
    )
    table(
        sheet,
        columns,
        [
            (
                wording.word(wording.EVIDENCE, code),
                people[code],
                percent(people[code], whole),
                _part(people[code], whole),
            )
            for code in wording.EVIDENCE
            if people.get(code)
        ],
    )


def _part(part: int, whole: int) -> Share:
    return Share(part / whole if whole else 0)


def exceptions(sheet: Sheet, text: Text) -> None:
    found = text.figures.exceptions
    heading(
        sheet, _("Exceptions"), note=_("not simply released, or released beyond the verdict; names masked")
    )
    columns = (
        Column(_("Entry"), 0.085, RIGHT),
        Column(_("Time"), 0.1),
        Column(_("Lane"), 0.075),
        Column(_("Plate"), 0.125),
        Column(_("Person"), 0.07),
        Column(_("People"), 0.07, RIGHT, summed=True),
        Column(_("Outcome"), 0.12),
        Column(_("Why"), 0.245),
        Column(_("Officer"), 0.11),
    )
    table(sheet, columns, (_exception(text, each) for each in found))


def _exception(text: Text, each: Exceptional) -> tuple[Cell, ...]:
    reasons = enumerated(*(wording.word(wording.RULES, code) for code in each.reasons))
    apart = _("{n} apart").format(n=each.apart) if each.apart else ""
    elsewhere = _("counted in an earlier shift") if each.elsewhere else ""
    led = _("let go by {name}").format(name=text.name(each.lead)) if each.lead else ""
    return (
        f"{each.seq}",
        text.seconds(each.at),
        f"{each.lane} {wording.word(wording.DIRECTIONS, each.direction)}",
        each.plate or "—",
        mask_name(each.name),
        each.people,
        wording.word(wording.OUTCOMES, each.outcome),
        wording.joined(reasons, wording.reason(each.why, masked=True), led, apart, elsewhere),
        text.name(each.officer),
    )


def alarms(sheet: Sheet, text: Text) -> None:
    heading(sheet, _("Stops and doubts, and their answers"))
    columns = (
        Column(_("Entry"), 0.09, RIGHT),
        Column(_("Time"), 0.11),
        Column(_("Lane"), 0.07, MIDDLE),
        Column(_("Verdict"), 0.1),
        Column(_("Plate"), 0.14),
        Column(_("Why"), 0.22),
        Column(_("Answer"), 0.27),
    )
    table(sheet, columns, (_alarm(text, each) for each in text.figures.alarms))


def _alarm(text: Text, each: Alarm) -> tuple[Cell, ...]:
    outcome = wording.word(wording.OUTCOMES, each.outcome)
    answer = (
        _("check taken back")
        if each.voided
        else wording.joined(outcome, text.seconds(each.answered))
        if each.outcome
        else _("NO ANSWER")
    )
    return (
        f"{each.seq}",
        text.seconds(each.at),
        f"{each.lane}",
        wording.word(wording.VERDICTS, each.state),
        each.plate or "—",
        enumerated(*(wording.word(wording.RULES, code) for code in each.reasons)),
        answer,
    )


def corrections(sheet: Sheet, text: Text, marks: Marks) -> None:
    heading(
        sheet,
        _("Corrections"),
        note=_("late ones belong to crossings of earlier shifts and change no total here"),
    )
    marks.here("data", sheet)
    columns = (
        Column(_("Entry"), 0.09, RIGHT),
        Column(_("Time"), 0.11),
        Column(_("Corrects"), 0.2),
        Column(_("What"), 0.34),
        Column(_("Why"), 0.14),
        Column(_("Officer"), 0.12),
    )
    table(sheet, columns, (_correction(text, each) for each in text.figures.corrections))


def _correction(text: Text, each: Correction) -> tuple[Cell, ...]:
    of = _("entry {n}").format(n=each.of_seq)
    late = _("late, of {shift}").format(shift=each.of_shift) if each.late else ""
    again = _("recorded again as {n}").format(n=each.replaced_by) if each.replaced_by else ""
    parts = [
        f"{wording.word(FIELDS, name)} {_value(name, old) or '—'} → {_value(name, new) or '—'}"
        for name, old, new in each.changes
    ]
    personal = [_("{field} changed").format(field=wording.word(FIELDS, name)) for name in each.personal]
    what = wording.joined(_("Made void") if each.undone else "", *parts, *personal, again)
    return (
        f"{each.seq}",
        text.seconds(each.at),
        wording.joined(of, late),
        what,
        wording.reason(each.why, masked=True),
        text.name(each.officer),
    )


def _value(name: str, value: str) -> str:
    tables: Mapping[str, dict[str, str]] = {
        "class": wording.VEHICLES,
        "direction": wording.DIRECTIONS,
        "outcome": wording.OUTCOMES,
    }
    return wording.word(tables[name], value) if name in tables else value


def clock(sheet: Sheet, text: Text) -> None:
    heading(sheet, _("Clock"), rows=len(text.figures.clock))
    columns = (
        Column(_("Entry"), 0.15, RIGHT),
        Column(_("Time"), 0.25),
        Column(_("What"), 0.3),
        Column(_("Off by, s"), 0.3, RIGHT),
    )
    rows: Iterable[tuple[Cell, ...]] = (
        (f"{each.seq}", text.seconds(each.at), wording.word(CLOCKS, each.kind), f"{each.off / 1000:,.1f}")
        for each in text.figures.clock
    )
    table(sheet, columns, rows)


def data(sheet: Sheet, text: Text, marks: Marks) -> None:
    heading(
        sheet,
        _("Ages of data"),
        rows=len(text.figures.data),
        note=_("at the last crossing; the worst state of the shift"),
    )
    marks.here("data", sheet)
    columns = (Column(_("Data"), 0.35), Column(_("Age"), 0.2, RIGHT), Column(_("State"), 0.45))
    table(sheet, columns, [data_row(each) for each in text.figures.data])


def outages(sheet: Sheet, text: Text) -> None:
    heading(sheet, _("What the app could not do"), rows=len(text.figures.outages))
    columns = (
        Column(_("What"), 0.3),
        Column(_("Lane"), 0.1, MIDDLE),
        Column(_("Since"), 0.2),
        Column(_("Until"), 0.2),
        Column(_("Vehicles meanwhile"), 0.2, RIGHT, summed=True),
    )
    table(
        sheet,
        columns,
        [
            (
                wording.word(OUTAGES, each.what),
                f"{each.lane}" if each.lane else "",
                text.seconds(each.since),
                text.seconds(each.until) or _("still so"),
                each.vehicles,
            )
            for each in text.figures.outages
        ],
    )


def rest(sheet: Sheet, text: Text) -> None:
    """Figures that have no table: made void, only counted, people who did not go on."""
    figures = text.figures
    apart = [
        f"{wording.word(wording.OUTCOMES, code)} {count:,}"
        for code, count in figures.people_apart.items()
        if count
    ]
    lines = (
        _("{n} crossings were made void in the shift.").format(n=f"{figures.undone:,}"),
        _("Only counted, not checked; no list was applied to them: {v} vehicles, {p} people.").format(
            v=f"{figures.counted_vehicles:,}", p=f"{figures.counted_people:,}"
        ),
        _("People who did not go on with a vehicle that did: {who}.").format(who=listed(*apart) or _("none")),
        _("Entries {first} to {last} of the ledger, {seals} seals among them.").format(
            first=f"{figures.first:,}", last=f"{figures.last:,}", seals=len(figures.seals)
        ),
    )
    heading(sheet, _("Besides"), rows=3)
    for line in lines:
        sheet.text(sheet.left, sheet.y - 11, line)
        sheet.y -= 15
    sheet.y -= style.GAP
