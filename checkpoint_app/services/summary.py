"""A shift or a day in one message for a group: figures and the station's name, nobody's data.

Nothing somebody typed stands in it but the names of station and group: words of matters and orders may name
people, and a messaging group forgets nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checkpoint_app.documents import line_desks, wording
from checkpoint_app.documents.line_parts import Telling, listed
from checkpoint_app.domain.day_figures import DayFigures
from checkpoint_app.domain.desk_lines import DeskLine, shown
from checkpoint_app.domain.figures import ShiftFigures
from checkpoint_app.domain.notices import BY_EYE
from checkpoint_app.domain.report import ShiftReport
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.i18n import _
from checkpoint_app.services.collation import DeskStanding

LONGEST = 600
"""Characters: what a messaging group shows without folding it."""


def summary_text(report: ShiftReport) -> str:
    """The shift in a few lines: of the whole station, as far as its other desks are here."""
    figures = report.figures
    begun = wording.moment(figures.opened, zone=figures.zone)[:16]
    ended = wording.moment(figures.closed, zone=figures.zone)[11:16] if figures.closed else ""
    directions = {
        way.value: sum(
            lane.vehicles + lane.counted_vehicles for lane in report.lanes if lane.direction == way.value
        )
        for way in Direction
    }
    lines = (
        _("[{station}] shift {group}, {begun}–{ended}").format(
            station=report.station, group=figures.group, begun=begun, ended=ended
        ),
        *_traffic(report.all_vehicles, report.all_people, report.counted_vehicles, directions),
        _outcomes({outcome.value: report.outcome(outcome.value) for outcome in Outcome}),
        _apart(figures.people_apart),
        _by_eye(figures.people_by_evidence) if not report.desks else "",
        _open(report),
        *(_missing(each, figures) for each in report.desks if not each.whole),
    )
    return _message(lines)


def _missing(desk: DeskLine, figures: ShiftFigures) -> str:
    told = Telling(shown(desk), figures.opened, figures.zone)
    words = _("Desk {desk}: {missing}; its figures here are not whole.")
    return words.format(desk=desk.desk, missing=line_desks.missing(told))


def day_text(
    day: DayFigures, before: DayFigures, *, station: str, date: str, lacks: Iterable[DeskStanding] = ()
) -> str:
    """The day in a few lines, with the difference to the day before; `lacks` are desks whose figures are not
    whole here.
    """
    change = day.all_vehicles - before.all_vehicles
    lines = (
        _("[{station}] {date}, {n} shifts").format(station=station, date=date, n=len(day.shifts)),
        *map(_lack, lacks),
        *_traffic(day.all_vehicles, day.all_people, day.counted_vehicles, day.directions),
        _("Day before {n} vehicles, {change}").format(n=f"{before.all_vehicles:,}", change=f"{change:+,}"),
        _outcomes(day.outcomes),
        _by_eye(day.people_by_evidence),
        _("Incidents {incidents}, matters raised {raised}, closed {closed}").format(
            incidents=day.entries.get("incident_noticed", 0),
            raised=day.entries.get("matter_raised", 0),
            closed=day.entries.get("matter_closed", 0),
        ),
    )
    return _message(lines)


def _lack(desk: DeskStanding) -> str:
    if desk.missing:
        words = _("Desk {desk}: {n} entries are missing here; these figures are not whole.")
        return words.format(desk=desk.desk, n=f"{desk.missing:,}")
    if desk.heard is None:
        return _("Desk {desk}: nothing of it is here; these figures are not whole.").format(desk=desk.desk)
    return _("Desk {desk}: nothing newer has come; these figures are not whole.").format(desk=desk.desk)


def _traffic(vehicles: int, people: int, counted: int, directions: Mapping[str, int]) -> Iterable[str]:
    yield _("Vehicles {vehicles}, people {people}").format(vehicles=f"{vehicles:,}", people=f"{people:,}")
    yield listed(
        *(
            f"{wording.word(wording.DIRECTIONS, way.value)} {directions.get(way.value, 0):,}"
            for way in Direction
        )
    )
    yield _("Only counted {n}").format(n=f"{counted:,}") if counted else ""


def _outcomes(outcomes: Mapping[str, int]) -> str:
    told = [outcome for outcome in Outcome if outcomes.get(outcome)]
    return listed(
        *(f"{wording.word(wording.OUTCOMES, outcome.value)} {outcomes[outcome]:,}" for outcome in told)
    )


def _apart(apart: Mapping[str, int]) -> str:
    people = sum(apart.values())
    return _("People taken off a vehicle that went on: {n}").format(n=f"{people:,}") if people else ""


def _by_eye(people: Mapping[str, int]) -> str:
    whole = sum(people.values())
    by_eye = sum(people.get(kind, 0) for kind in BY_EYE)
    return _("Checked by eye only {share}%").format(share=round(100 * by_eye / whole)) if whole else ""


def _open(report: ShiftReport) -> str:
    matters = sum(not each.closed for each in report.matters)
    incidents = sum(not each.closed for each in report.incidents)
    overdue = sum(each.code in {"incident_unanswered", "matter_overdue"} for each in report.notices)
    return _("Open matters {matters}, incidents {incidents}, overdue {overdue}").format(
        matters=matters, incidents=incidents, overdue=overdue
    )


def _message(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line)[:LONGEST]
