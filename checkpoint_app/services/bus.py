"""The work of a lane on a bus and on people on foot: who is aboard, who is missing, who stays behind."""

from __future__ import annotations

from collections.abc import Sequence

from checkpoint_app.domain import bus, lane
from checkpoint_app.domain.case import people_of
from checkpoint_app.domain.lane_codes import MOST_PEOPLE
from checkpoint_app.domain.passengers import Passenger, PassengerListRefused
from checkpoint_app.domain.words import Outcome, VehicleClass
from checkpoint_app.services.endings import (
    AlreadyChecked,
    ModeInUse,
    NobodyLeft,
    NothingOpen,
)
from checkpoint_app.services.open_crossing import OpenCrossing
from checkpoint_app.services.typed import as_typed

STAYS_BEHIND = tuple(outcome.value for outcome in (Outcome.HELD, Outcome.TRANSFERRED, Outcome.TURNED_BACK))
"""What one person's outcome can be."""

LONGEST_SERVICE = 16
LONGEST_WHY = 40
"""Characters of the reason for one person's outcome, so that the entry of a full bus can be written."""


class BusWork(OpenCrossing):
    """Everybody in a bus is one crossing; see `domain.bus`."""

    def bus(self, on: bool = True) -> None:
        """Bus mode on or off. Off raises ModeInUse once something was entered that only a bus has."""
        here = self.state.open
        if not on and (here is None or not here.bus):
            return
        if here and not on and bus.is_begun(here):
            raise ModeInUse(mode="bus")
        if here and on and here.followers:
            raise ModeInUse(mode="convoy")
        self._move(bus.with_bus(self._started(), on=on))

    def foot(self, on: bool = True) -> None:
        """People on foot, or no longer. A vehicle that stands here with its plate is parked first."""
        here = self.state.open
        if not on:
            if here and here.vehicle is VehicleClass.FOOT:
                self._move(lane.with_vehicle(self.state, VehicleClass.CAR))
            return
        if here and (here.followers or bus.is_begun(here)):
            raise ModeInUse(mode="convoy" if here.followers else "bus")
        state = lane.parked(self.state) if here and here.plate else self.state
        state = lane.started(state, now=self._now(), action=self._action())
        self._move(lane.with_vehicle(bus.with_bus(state, on=False), VehicleClass.FOOT))

    def passengers(self, rows: Sequence[Passenger]) -> None:
        """The passengers of a list, see `domain.passengers`; begins bus mode. Raises PassengerListRefused
        when the bus would have more people than one entry can hold.
        """
        state = bus.with_passengers(bus.with_bus(self._started(), on=True), rows)
        if state.open and len(state.open.people) > MOST_PEOPLE:
            raise PassengerListRefused(line=0, fault="too_many")
        self._move(state)

    def service(self, text: str) -> None:
        """The number of the bus service, like K108."""
        self._move(bus.with_service(self._started(), as_typed(text)[:LONGEST_SERVICE]))

    def person_outcome(self, number: int, outcome: Outcome | str, *, why: str = "") -> None:
        """One person is held, transferred or turned back and the vehicle goes on without them; "" takes that
        back. Raises NothingOpen when there is no such person, NobodyLeft when nobody else would go on.
        """
        here = self.state.open
        if here is None or number not in people_of(here):
            raise NothingOpen
        chosen = outcome.value if isinstance(outcome, Outcome) else outcome
        if chosen and chosen not in STAYS_BEHIND:
            raise ValueError(chosen)
        left = {person.number for person in here.apart} | {number}
        if chosen and here.headcount <= len(left):
            raise NobodyLeft
        self._move(bus.with_outcome(self.state, number, chosen, why=as_typed(why)[:LONGEST_WHY]))

    def not_aboard(self, number: int) -> None:
        """Somebody on the list did not come along. Raises AlreadyChecked when something was checked of them,
        NothingOpen when there is nobody with that number, NobodyLeft for the last one.
        """
        here = self.state.open
        if here is None or number not in people_of(here):
            raise NothingOpen
        if here.checks_of(number) or here.person(number).outcome:
            raise AlreadyChecked
        if here.headcount - len(here.apart) < 2:
            raise NobodyLeft
        self._move(bus.without(self.state, number))
