"""The work of a lane on a convoy: one verdict and one outcome for n vehicles, each an entry."""

from __future__ import annotations

from checkpoint_app.domain import convoy
from checkpoint_app.services.endings import ConvoyFull, ModeInUse, NothingOpen
from checkpoint_app.services.open_crossing import OpenCrossing


class ConvoyWork(OpenCrossing):
    """Further plates are further vehicles; see `domain.convoy`."""

    def convoy(self, on: bool = True) -> None:
        """Convoy on or off. Off raises ModeInUse while there is a second vehicle."""
        here = self.state.open
        if not on and (here is None or not here.convoy):
            return
        if here and not on and here.followers:
            raise ModeInUse(mode="convoy")
        if here and on and here.bus:
            raise ModeInUse(mode="bus")
        self._move(convoy.with_convoy(self._started(), on=on))

    def convoy_count(self, vehicles: int) -> None:
        """So many vehicles in all; those without a plate get none. Raises NothingOpen, ConvoyFull."""
        self._in_convoy()
        if vehicles > convoy.MOST_VEHICLES:
            raise ConvoyFull(most=convoy.MOST_VEHICLES)
        self._move(convoy.with_vehicles(self.state, vehicles, new_action=self._action))

    def convoy_people(self, people: int) -> None:
        """How many people are in each vehicle behind the first. Raises NothingOpen."""
        self._in_convoy()
        self._move(convoy.with_people_each(self.state, people))

    def convoy_drop(self) -> None:
        """The vehicle added last is none of the convoy. Raises NothingOpen."""
        self._in_convoy()
        self._move(convoy.without_last(self.state))

    def _in_convoy(self) -> None:
        if self.state.open is None or not self.state.open.convoy:
            raise NothingOpen
