"""What the answer to a question in the people row does."""

from __future__ import annotations

from functools import partial

from checkpoint_app.domain import bus
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.words import Outcome, VehicleClass
from checkpoint_app.i18n import _
from checkpoint_app.ui import asking
from checkpoint_app.ui.asking import About, Ask, Chosen
from checkpoint_app.ui.lane_fields import LaneFields
from checkpoint_app.ui.lane_line import LaneLine
from checkpoint_app.ui.lane_work import LaneWork, counter

READ_MS = 600
"""Nobody has read a question sooner that came by itself."""


class LaneAnswers:
    """Takes answers for one lane, by key or by touch."""

    def __init__(self, work: LaneWork, fields: LaneFields, line: LaneLine) -> None:
        self._work, self._fields, self._line = work, fields, line

    def pressed(self, ask: Ask, sign: str) -> bool:
        """Whether the key was an answer; any other key closes the question and counts as typed."""
        answer = None if self._typed_on(ask) else asking.press(ask, sign)
        if isinstance(answer, Chosen):
            self.take(ask, answer.value)
            return True
        self._work.question(answer)
        return answer is not None

    def _typed_on(self, ask: Ask) -> bool:
        """Whether a question about an earlier run came under hands that were typing; it comes again."""
        if ask.about is not About.UNCONFIRMED:
            return False
        return self._fields.in_people or counter() - self._work.asked_itself < READ_MS

    def touched(self, place: int) -> None:
        if self._work.ask is not None:
            self.take(self._work.ask, asking.taken(self._work.ask, place))

    def take(self, ask: Ask, value: str) -> None:
        """An answer, whatever was asked."""
        work = self._work
        work.question(None)
        match ask.about:
            case About.REASON:
                assert ask.outcome is not None
                work.end(ask.outcome, why=value)
            case About.HOLD:
                work.end(Outcome(value))
            case About.PARKED:
                work.change(work.lane.park if value == "0" else partial(work.lane.resume, int(value)))
            case About.UNCONFIRMED:
                work.answer_restart(true=value == "true")
            case About.UNMASK:
                if work.lane.state.open:
                    work.viewing.see_in_full(work.lane.state.open, why=value)
            case About.CLOCK:
                confirm_clock(work)
            case About.WHO:
                self._ask_outcome(int(value))
            case About.APART:
                outcome = Outcome(value)
                work.change(partial(work.lane.person_outcome, ask.person, outcome))
            case _:
                self._fill(ask, value)

    def _fill(self, ask: Ask, value: str) -> None:
        """An answer that fills something in."""
        work, lane = self._work, self._work.lane
        match ask.about:
            case About.PROVINCE:
                self._fields.set_province(value)
            case About.VEHICLE:
                work.change(partial(lane.vehicle, VehicleClass(value)))
                self._fields.focus_home()
            case About.COLOUR:
                work.change(partial(lane.colour, value))
            case About.MODE:
                self._switch(value)
            case About.VEHICLES:
                work.change(partial(lane.convoy_count, int(value)))
            case About.KNOWN:
                self._line.take_known(value)
            case About.ORDER if ask.then:
                ask.then(value)

    def _switch(self, mode: str) -> None:
        """How what stands here is checked; what has to be told next is asked at once."""
        lane = self._work.lane
        begin = {"bus": lane.bus, "foot": lane.foot, "convoy": lane.convoy}[mode]
        if not self._work.change(begin):
            return
        here = lane.state.open
        if mode == "convoy":
            self._work.question(asking.vehicle_count())
        elif here and not here.told and not any(person.seat for person in here.people):
            self._fields.focus_people()

    def _ask_outcome(self, number: int) -> None:
        """Of the whole vehicle for 0, else of one person."""
        crossing = self._work.lane.state.open
        if number and crossing:
            self._work.question(asking.apart(number, called(crossing, number)))
        else:
            self._work.question(asking.hold())


def confirm_clock(work: LaneWork) -> None:
    """The lead says that the clock is right."""
    work.ask = None
    by = work.desk.by_at(work.number)

    def confirm() -> None:
        future = work.desk.confirm_clock(by=by)
        work.tasks.watch(future, then=lambda _written: work.changed.emit(), failed=work.failed)

    work.change(confirm)


def who_may_stay(work: LaneWork) -> Ask:
    """The question behind F4: the whole vehicle, or one of those who may have to stay behind."""
    crossing, verdict = work.lane.state.open, work.lane.verdict
    if crossing is None or verdict is None or crossing.headcount - len(crossing.apart) < 2:
        return asking.hold()
    numbers = list(bus.aside(crossing, verdict)) or [work.lane.state.person]
    numbers = [number for number in numbers if number <= crossing.headcount] or [1]
    return asking.whole_or_one([(number, called(crossing, number)) for number in numbers])


def called(crossing: Crossing, number: int) -> str:
    """A person by seat, else by number: no name is asked for aloud."""
    return crossing.person(number).seat or _("person {n}").format(n=number)
