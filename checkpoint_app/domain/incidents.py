"""Incidents: noticed, reported upwards, answered, closed, each with its time; who was handed over to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from checkpoint_app.domain.affairs import Told
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.logbook import Incident, Transfer
from checkpoint_app.domain.telling import fold as fold_by
from checkpoint_app.domain.telling import tell

INCIDENT_NOTICED = "incident_noticed"
INCIDENT_REPORTED = "incident_reported"
INCIDENT_ANSWERED = "incident_answered"
INCIDENT_LINKED = "incident_linked"
PERSON_TRANSFERRED = "person_transferred"
INCIDENT_CLOSED = "incident_closed"

KINDS = ("illness", "dispute", "forced", "contraband", "accident", "crowd", "equipment", "weather", "other")
"""Somebody ill · dispute · a vehicle went through · forbidden goods · accident · crowd or jam · equipment or
power failed · weather · anything else. In the order of the digits that choose them."""

ANSWER_DUE = 30
"""Minutes after which an incident should have been answered, as handbooks of stations have it (30 分钟内)."""


def noticed(kind: str, *, text: str, due: int = 0, by: By, at: int, action: str) -> Fact:
    """Something happened, named by `action`; an answer is `due` then, ms UTC."""
    public: Mapping[str, Value] = {"incident": kind, "due": due or None}
    return tell(INCIDENT_NOTICED, public, personal={"text": text}, by=by, at=at, action=action)


def reported(incident: str, *, to: str, by: By, at: int, action: str) -> Fact:
    public = {"about": incident}
    return tell(INCIDENT_REPORTED, public, personal={"to": to}, by=by, at=at, action=action)


def answered(incident: str, *, reply: str, by: By, at: int, action: str) -> Fact:
    public = {"about": incident}
    return tell(INCIDENT_ANSWERED, public, personal={"reply": reply}, by=by, at=at, action=action)


def linked(incident: str, *, crossing: str, by: By, at: int, action: str) -> Fact:
    """A vehicle and who was in it had to do with it; `crossing` is the action of the crossing."""
    return tell(INCIDENT_LINKED, {"about": incident, "crossing": crossing}, by=by, at=at, action=action)


def transferred(
    incident: str,
    *,
    people: int,
    taken_from: str,
    handed_to: str,
    authorised: str,
    by: By,
    at: int,
    action: str,
) -> Fact:
    """So many people were handed over, by whose authority."""
    words: Mapping[str, Value] = {"from": taken_from, "to": handed_to, "authorised": authorised}
    public: Mapping[str, Value] = {"about": incident, "people": people}
    return tell(PERSON_TRANSFERRED, public, personal=words, by=by, at=at, action=action)


def closed(incident: str, *, result: str, by: By, at: int, action: str) -> Fact:
    public: Mapping[str, Value] = {"about": incident, "over": True}
    return tell(INCIDENT_CLOSED, public, personal={"result": result}, by=by, at=at, action=action)


def fold(told: Sequence[Told]) -> tuple[Incident, ...]:
    """Incidents as they stand, in the order they were noticed."""
    return fold_by(told, begin={INCIDENT_NOTICED: _noticed}, go_on=_GO_ON)


def _noticed(told: Told) -> Incident:
    return Incident(
        told.name,
        told.text("incident"),
        told.happened,
        told.text("text"),
        due=told.number("due"),
        officer=told.officer,
        shift=told.shift,
    )


def _reported(incident: Incident, told: Told) -> Incident:
    to = told.text("to") or incident.reported_to
    return replace(incident, reported=incident.reported or told.happened, reported_to=to)


def _answered(incident: Incident, told: Told) -> Incident:
    reply = told.text("reply") or incident.reply
    return replace(incident, answered=incident.answered or told.happened, reply=reply)


def _linked(incident: Incident, told: Told) -> Incident:
    crossing = told.text("crossing")
    if not crossing or crossing in incident.linked:
        return incident
    return replace(incident, linked=(*incident.linked, crossing))


def _transferred(incident: Incident, told: Told) -> Incident:
    transfer = Transfer(
        told.happened,
        told.number("people"),
        told.text("from"),
        told.text("to"),
        told.text("authorised"),
        told.officer,
    )
    return replace(incident, transfers=(*incident.transfers, transfer))


def _closed(incident: Incident, told: Told) -> Incident:
    return replace(incident, closed=told.happened, result=told.text("result"))


_GO_ON: Mapping[str, Callable[[Incident, Told], Incident]] = {
    INCIDENT_REPORTED: _reported,
    INCIDENT_ANSWERED: _answered,
    INCIDENT_LINKED: _linked,
    PERSON_TRANSFERRED: _transferred,
    INCIDENT_CLOSED: _closed,
}
