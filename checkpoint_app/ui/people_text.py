"""The cards of the people row. Pure; masked unless told otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from checkpoint_app import i18n
from checkpoint_app.domain import verdict_words
from checkpoint_app.domain.crossing import Check, Crossing, Person
from checkpoint_app.domain.masking import mask_id, mask_name, mask_phone
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import CheckKind, Evidence, VehicleClass, VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.ui import said
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.person_card import CardKind, CardText

MOST_CARDS = 4
FEWEST = 3
NOTHING: Mapping[int, str] = MappingProxyType({})


def cards(
    crossing: Crossing | None,
    verdict: Verdict | None,
    *,
    lacking: Collection[int] = (),
    current: int = 1,
    masked: bool = True,
    hidden: bool = False,
    notes: Mapping[int, str] = NOTHING,
) -> tuple[CardText, ...]:
    """One card a person, at most four; then how many are not shown, or the place for one more.

    `lacking` are the people with something missing. `hidden` covers names altogether. `notes` by number stand
    in front of what is known of a person.
    """
    if crossing is None or verdict is None:
        return (_add(),)
    people = shown_people(crossing.headcount, current)
    shown = [
        replace(
            one(crossing, verdict, number, lacking=lacking, masked=masked, hidden=hidden, notes=notes),
            current=number == current and crossing.headcount > 1,
        )
        for number in people
    ]
    rest = crossing.headcount - len(people)
    if rest:
        shown.append(CardText(CardKind.MORE, _("{n} more people").format(n=rest)))
    elif len(shown) < FEWEST:
        shown.append(_add())
    return tuple(shown)


def one(
    crossing: Crossing,
    verdict: Verdict,
    number: int,
    *,
    lacking: Collection[int] = (),
    masked: bool = True,
    hidden: bool = False,
    notes: Mapping[int, str] = NOTHING,
) -> CardText:
    """The card of one person."""
    state = _state(number, verdict, lacking, among=crossing.headcount)
    return _card(
        crossing.person(number),
        crossing,
        state=state,
        masked=masked,
        hidden=hidden,
        note=notes.get(number, ""),
    )


def colour_word(colour: str) -> str:
    """A colour of a code inside a line."""
    return verdict_words.result_name(colour, i18n.language()[:2])


def phrase_card(text: str) -> CardText:
    return CardText(CardKind.PHRASE, text, detail=_("Read it to the driver"))


def usual_phrase() -> str:
    """What can always be read to a driver."""
    return _("Please show your health code and brighten the screen.")


def remark_card(words: Words) -> CardText:
    """Why a key did nothing, and what to do instead."""
    detail = said.joined(words.meaning, words.now_line).replace("[", "").replace("]", "")
    return CardText(CardKind.NOTE, words.title, detail=detail, icon="alert-circle")


def parked_card(place: int, crossing: Crossing, *, now: int) -> CardText:
    plate = said.dotted(crossing.plate) or _("No plate")
    title = f"{said.numbered(place)} {plate}"
    waited = said.running(now - crossing.started)
    detail = _("Parked {time}, no outcome yet").format(time=waited)
    return CardText(CardKind.NOTE, title, detail=detail, icon="flag", evidence="Ctrl+P")


def temperature(crossing: Crossing, person: int) -> str:
    """The last temperature of a person, "" before the first."""
    found = [check.tenths for check in crossing.checks_of(person) if check.kind is CheckKind.TEMPERATURE]
    return said.degrees(found[-1]) if found and found[-1] is not None else ""


def _add() -> CardText:
    return CardText(CardKind.ADD, _("Scan to add a person"))


def shown_people(headcount: int, current: int) -> range:
    """The numbers shown; the current one is always among them."""
    if headcount <= MOST_CARDS:
        return range(1, headcount + 1)
    room = MOST_CARDS - 1
    first = min(max(1, current - room + 1), headcount - room + 1)
    return range(first, first + room)


def _state(number: int, verdict: Verdict, lacking: Collection[int], *, among: int) -> CardKind:
    grave = (VerdictState.STOP, VerdictState.REFER)
    concerns = {number, 0} if among == 1 else {number}
    if any(reason.person in concerns and reason.state in grave for reason in verdict.reasons):
        return CardKind.STOPPED
    return CardKind.UNCHECKED if number in lacking else CardKind.DONE


def _card(
    person: Person, crossing: Crossing, *, state: CardKind, masked: bool, hidden: bool, note: str
) -> CardText:
    checks = crossing.checks_of(person.number)
    word, icon = _evidence(checks, person)
    number = person.seat or said.numbered(person.number)
    value = temperature(crossing, person.number)
    name = _name(person, checks, masked=masked, hidden=hidden)
    known = checks or person.name or person.document or person.phone
    if state is CardKind.UNCHECKED and not known:
        title = _("Not checked")
        return CardText(state, f"{number} {title}", _("Health code or ID number, please"), value or "—")
    what = note or _papers(person, masked=masked, hidden=hidden)
    if not (what or checks):
        what = _("Health code or ID number, please")
    return CardText(
        state,
        f"{number} {name}",
        detail=said.joined(_role(person, crossing), what),
        value=value or "—",
        evidence=word,
        evidence_icon=icon,
    )


def _name(person: Person, checks: Sequence[Check], *, masked: bool, hidden: bool) -> str:
    if hidden:
        return "***"
    if person.name:
        return mask_name(person.name) if masked else person.name
    return _("Code read") if any(check.evidence is Evidence.SCANNED for check in checks) else _("No name")


def _papers(person: Person, *, masked: bool, hidden: bool) -> str:
    """The document, else the phone; what happens to somebody who stays behind comes first."""
    if person.outcome:
        return said.outcome(person.outcome)
    if hidden:
        return ""
    if person.document:
        return mask_id(person.document) if masked else person.document
    return mask_phone(person.phone) if masked else person.phone


def _role(person: Person, crossing: Crossing) -> str:
    """In a bus the seat says it; people on foot have no driver."""
    if person.seat or crossing.bus:
        return ""
    if crossing.vehicle is VehicleClass.FOOT:
        return said.vehicle(crossing.vehicle)
    return _("Driver") if person.number == 1 else _("Passenger")


def _evidence(checks: Sequence[Check], person: Person) -> tuple[str, str]:
    """How the papers of a person are known, the best way; temperatures tell nothing of papers."""
    papers = [check.evidence for check in checks if check.kind is not CheckKind.TEMPERATURE]
    if person.document:
        papers.append(person.evidence)
    return said.evidence(max(papers, key=lambda one: one.rank)) if papers else ("", "")
