"""What a lane page shows of its work: panel, people, counters and hints, put together from the texts."""

from __future__ import annotations

from checkpoint_app import i18n
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.lane import UNDO_MS
from checkpoint_app.i18n import _
from checkpoint_app.ui import bus_text, lane_text, messages, people_text, said
from checkpoint_app.ui.bus_row import BusText
from checkpoint_app.ui.bus_text import Names
from checkpoint_app.ui.convoy_row import ConvoyText, SmallPlate
from checkpoint_app.ui.counters import Counter
from checkpoint_app.ui.hints import Situation
from checkpoint_app.ui.lane_fields import LaneFields, likely_colour
from checkpoint_app.ui.lane_mode import LaneMode, mode_of
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.panel_text import Notice, PanelText
from checkpoint_app.ui.person_card import CardKind, CardText
from checkpoint_app.ui.recent_list import RecentRow


def panel(work: LaneWork, *, hidden: bool) -> PanelText:
    """Trouble, verdict, what was saved, or waiting: in this order."""
    crossing, verdict = work.lane.state.open, work.lane.verdict
    if work.failure is not None and work.failure_shown:
        return lane_text.words_panel(messages.words_for(work.failure), Notice.ALARM)
    if verdict is not None and crossing is not None:
        text = lane_text.verdict_panel(verdict, stopped_for=work.stopped_for())
        if not crossing.bus:
            return text
        case = work.case()
        lacking = case.lacking if case else {}
        return bus_text.with_ring(text, crossing, verdict, lacking, names=_names(work, hidden))
    if work.saved is not None:
        return lane_text.saved_panel(work.saved)
    if work.saving is not None:
        return lane_text.saving_panel(work.saving.outcome, queued=work.desk.ledger.waiting)
    return lane_text.waiting_panel(work.last)


def cards(work: LaneWork, *, hidden: bool) -> tuple[CardText, ...]:
    """People, with a remark or what is read to the driver in the last place; else the parked ones."""
    state = work.lane.state
    shown = people_text.cards(
        state.open,
        work.lane.verdict,
        lacking=work.lacking(),
        current=state.person,
        masked=work.masked,
        hidden=hidden,
        notes=_notes(work),
    )
    extra = _extra(work)
    if extra is not None:
        kept = [card for card in shown if card.kind is not CardKind.ADD]
        return (*kept[:3], extra)
    if state.open is None and state.parked:
        parked = [
            people_text.parked_card(place, crossing, now=work.now)
            for place, crossing in enumerate(state.parked[:3], 1)
        ]
        return (*parked, *shown)
    return shown


def convoy_cards(work: LaneWork, *, hidden: bool) -> tuple[CardText, ...]:
    """The current person, and what has to be said, beside the plates of a convoy."""
    shown = cards(work, hidden=hidden)
    current = next((card for card in shown if card.current), shown[0])
    last = shown[-1] if shown[-1].kind in {CardKind.NOTE, CardKind.PHRASE} else None
    return (current, last) if last else (current,)


def bus_row(work: LaneWork, *, hidden: bool) -> tuple[BusText, CardText | None] | None:
    """The row of a bus; with nobody set aside, or something to say, a card in their place."""
    state, verdict = work.lane.state, work.lane.verdict
    if state.open is None or verdict is None or not state.open.bus:
        return None
    names = _names(work, hidden)
    text = bus_text.row_text(state.open, verdict, work.lacking(), names=names, current=state.person)
    card = _extra(work)
    if card is None and text.aside is None:
        card = people_text.one(
            state.open,
            verdict,
            min(state.person, state.open.headcount),
            lacking=work.lacking(),
            masked=work.masked,
            hidden=hidden,
            notes=_notes(work),
        )
    return text, card


def convoy(crossing: Crossing | None) -> ConvoyText | None:
    """The plates of a convoy, the first vehicle's in front."""
    if crossing is None or mode_of(crossing) is not LaneMode.CONVOY:
        return None
    plates = [(crossing.plate, crossing.plate_colour)]
    plates += [(follower.plate, follower.plate_colour) for follower in crossing.followers]
    title = _("Convoy of {n}").format(n=len(plates))
    shown = tuple(_small(plate, colour) for plate, colour in plates)
    return ConvoyText(title, _("No plate"), _("{n} not shown"), shown)


def recent(work: LaneWork, *, hidden: bool) -> tuple[RecentRow, ...] | None:
    """The last people of a bus in the place of the last crossings."""
    crossing, verdict = work.lane.state.open, work.lane.verdict
    if crossing is None or verdict is None or not crossing.bus:
        return None
    return bus_text.recent(crossing, verdict, names=_names(work, hidden))


def counters(work: LaneWork, usual: tuple[Counter, ...]) -> tuple[Counter, ...]:
    crossing, verdict = work.lane.state.open, work.lane.verdict
    if crossing is None or verdict is None or not crossing.bus:
        return usual
    return bus_text.counters(crossing, verdict, work.lacking(), first=usual, now=work.now)


def situation(work: LaneWork, fields: LaneFields, *, typing: bool, pages: int) -> Situation:
    """What tells which keys make sense now."""
    state, case = work.lane.state, work.case()
    return Situation(
        open=state.open is not None,
        mode=mode_of(state.open),
        state=work.lane.verdict.state if work.lane.verdict else None,
        plate=bool(state.open and state.open.plate),
        people=state.open.headcount if state.open else 1,
        lacking=frozenset(kind for kinds in case.lacking.values() for kind in kinds) if case else frozenset(),
        pages=pages,
        parked=bool(state.parked),
        choices=tuple(choice.cap for choice in work.ask.shown) if work.ask else (),
        typing_line=typing,
        typing_plate=bool(fields.plate_text),
        in_text=fields.in_text,
        undoable=_undoable(work),
    )


def _undoable(work: LaneWork) -> bool:
    """Whether Esc would take something back; a count can be as well."""
    last = work.lane.last
    return last is not None and work.saving is None and work.now - last.at <= UNDO_MS


def _names(work: LaneWork, hidden: bool) -> Names:
    return Names(masked=work.masked, hidden=hidden)


def _extra(work: LaneWork) -> CardText | None:
    """What has to be said beside the people: a remark, else the words for the driver."""
    if work.remark is not None:
        return people_text.remark_card(work.remark)
    verdict = work.lane.verdict
    if work.phrase_wanted or work.stops:
        phrase = verdict.facts.get(f"phrase_{i18n.language()[:2]}", "") if verdict else ""
        return people_text.phrase_card(phrase or people_text.usual_phrase())
    return None


def _notes(work: LaneWork) -> dict[int, str]:
    """By person: a colour the camera offers, or when a second temperature counts."""
    case = work.case()
    if case is None:
        return {}
    offered = work.suggested.of(work.lane.state.open)
    notes = {
        person: _("camera: {colour}?").format(colour=people_text.colour_word(colour))
        for person, colour in offered.items()
    }
    again = {seen.check.person: seen.again for seen in case.seen if seen.counts and seen.again is not None}
    return notes | {
        person: _("{time} measure again").format(time=said.time_of_day(at)[:5])
        for person, at in again.items()
    }


def _small(plate: str, colour: str) -> SmallPlate:
    return SmallPlate(plate, likely_colour(plate, colour))
