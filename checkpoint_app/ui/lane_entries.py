"""What is typed into the fields of a lane goes to the vehicle that stands there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from checkpoint_app.ui import asking, messages
from checkpoint_app.ui.lane_fields import LaneFields
from checkpoint_app.ui.lane_work import LaneWork

COOLEST, WARMEST = 300, 450


class LaneEntries(QObject):
    """Listens to the fields; refusals become remarks."""

    def __init__(self, work: LaneWork, fields: LaneFields, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work, self._fields = work, fields
        fields.plate_given.connect(self._plate)
        fields.temperature_given.connect(self._temperature)
        fields.people_given.connect(self._told)
        fields.places_given.connect(self._places)
        fields.service_given.connect(self._service)
        fields.class_focused.connect(self._ask_class)
        fields.orphaned.connect(self._say_changed)

    @Slot(str, bool)
    def _plate(self, text: str, corrects: bool) -> None:
        lane = self._work.lane
        self._work.change(partial(lane.correct_plate if corrects else lane.plate, text))

    @Slot(str)
    def _temperature(self, text: str) -> None:
        tenths = int(text) * (10 if len(text) == 2 else 1)
        if not COOLEST <= tenths <= WARMEST:
            self._work.say(messages.filled(messages.TEMPERATURE, {"value": text}))
            return
        self._work.change(partial(self._work.lane.temperature, tenths))

    @Slot(int)
    def _told(self, people: int) -> None:
        self._work.change(partial(self._work.lane.people, people))

    @Slot()
    def _places(self) -> None:
        origin, destination, purpose = self._fields.places
        self._remember(origin, destination)
        change = partial(self._work.lane.places, origin=origin, destination=destination, purpose=purpose)
        self._work.change(change)

    def _remember(self, *places: str) -> None:
        """What was told just now is offered first to the next."""
        crossing = self._work.lane.state.open
        known = {crossing.origin, crossing.destination} if crossing else set()
        for place in places:
            if place and place not in known:
                self._work.desk.places.remember(place)

    @Slot(str)
    def _service(self, text: str) -> None:
        self._work.change(partial(self._work.lane.service, text))

    @Slot()
    def _say_changed(self) -> None:
        self._work.say(messages.filled(messages.VEHICLE_CHANGED))

    @Slot()
    def _ask_class(self) -> None:
        self._work.question(asking.vehicles())
