"""What the answer to a question in the people row does."""

from __future__ import annotations

from functools import partial

from checkpoint_app.domain.words import Outcome, VehicleClass
from checkpoint_app.ui import asking
from checkpoint_app.ui.asking import About, Ask, Chosen
from checkpoint_app.ui.lane_fields import LaneFields
from checkpoint_app.ui.lane_work import LaneWork


class LaneAnswers:
    """Takes answers for one lane, by key or by touch."""

    def __init__(self, work: LaneWork, fields: LaneFields) -> None:
        self._work, self._fields = work, fields

    def pressed(self, ask: Ask, sign: str) -> bool:
        """Whether the key was an answer; any other key closes the question and counts as typed."""
        answer = asking.press(ask, sign)
        if isinstance(answer, Chosen):
            self.take(ask, answer.value)
            return True
        self._work.question(answer)
        return answer is not None

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
                work.confirm_clock()
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
