"""An officer who does anything at all, by keys and scanner alone, and knows what must come of it."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.window.officer_model import Station, Vehicle
from tests.ui.window.stage import KEYS, Stage

PLATES = ("豫A{:05}", "豫B{:04}D", "豫AD{:05}")
COLOURS = "gggggyr"
TEMPERATURES = (362, 365, 368, 371, 330, 380)


class Officer:
    """`act` does one thing with the window and the same with the model."""

    def __init__(self, stage: Stage, station: Station, *, seed: int) -> None:
        self.stage, self.station = stage, station
        self.chance = random.Random(seed)
        self._codes = self._plates = 0
        self.done: list[str] = []
        self._acts: tuple[tuple[int, Callable[[], str]], ...] = (
            (8, self.scan),
            (7, self.type_plate),
            (3, self.scan_plate),
            (12, self.measure),
            (3, self.tell),
            (10, self.release),
            (4, self.send_away),
            (4, self.count),
            (3, self.undo),
            (3, self.park),
            (2, self.void),
            (2, self.idle_key),
            (2, self.change_look),
            (4, self.change_lane),
            (1, self.leave),
            (1, self.visit),
            (1, self.see_orders),
            (1, self.sign_on),
            (3, self.second),
        )

    def act(self) -> str:
        weights = [weight for weight, _ in self._acts]
        (chosen,) = self.chance.choices([act for _, act in self._acts], weights)
        self.done.append(chosen())
        return self.done[-1]

    # keys

    def key(self, name: str) -> None:
        self.stage.key(name)

    def type(self, text: str) -> None:
        """Signs one by one; each is judged without waiting for the clock, and a second may pass anywhere."""
        for sign in text:
            QTest.keyClicks(self.stage.focused, sign)
            self.stage.window.keys.flush()
            if self.chance.random() < 0.05:
                self.stage.duty.lane.second()
        QApplication.processEvents()

    def burst(self, text: str) -> None:
        QTest.keyClicks(self.stage.focused, text)
        if self.chance.random() < 0.7:
            QTest.keyClick(self.stage.focused, KEYS[self.chance.choice(("Enter", "Tab"))])
        self.stage.window.keys.flush()
        self.stage.settle()

    def begin(self) -> None:
        """What was seen before the end is not asked about at the start."""
        lanes = self.stage.duty.lanes
        self.stage.until(lambda: all(each.work.questions_read for each in lanes.all))
        assert lanes.answered

    def see_saved(self) -> None:
        """Nobody goes before the last entry stands on the screen."""
        last = self.stage.desk.ledger.head().seq
        work = self.stage.duty.work
        self.stage.until(lambda: (work.lane.painted or 0) >= last)

    # what an officer does

    def scan(self) -> str:
        self._codes += 1
        colour = self.chance.choice(COLOURS)
        token = f"{self._codes:010x}"
        self.burst(f"https://jkm.henan.example/h5/code/{token}?c={colour}")
        vehicle = self.station.book.here()
        vehicle.codes.append(token)
        vehicle.colours[token] = colour
        self.station.weigh()
        return f"scan {colour}"

    def new_plate(self) -> str:
        """Nobody comes twice: codes of a vehicle that has just left would not open the next."""
        self._plates += 1
        return self.chance.choice(PLATES).format(self._plates)

    def type_plate(self) -> str:
        plate = self.new_plate()
        self.type("/" + plate[1:])
        self.key("Enter")
        self.station.name(plate, typed=True)
        return f"plate {plate}"

    def scan_plate(self) -> str:
        waiting = [vehicle.plate for vehicle in self.station.book.parked if vehicle.plate]
        plate = self.chance.choice([*waiting, self.new_plate()])
        self.stage.duty.scanned(self.station.selected, plate)
        self.stage.settle()
        self.station.name(plate, typed=False)
        return f"scan {plate}"

    def measure(self) -> str:
        tenths = self.chance.choice(TEMPERATURES)
        self.type(str(tenths))
        vehicle = self.station.book.here()
        vehicle.temps.append((vehicle.turn, tenths))
        vehicle.due()
        self.station.weigh()
        return f"temperature {tenths}"

    def tell(self) -> str:
        """How many people, in their own field: back from the temperature."""
        told = self.chance.randint(1, 5)
        self.stage.duty.lane.fields.people.edit.setFocus()
        self.stage.duty.lane.fields.people.edit.selectAll()
        self.type(str(told))
        self.key("Enter")
        vehicle = self.station.book.here()
        vehicle.told = told
        vehicle.due()
        self.station.weigh()
        return f"{told} people"

    def release(self) -> str:
        register = self.chance.random() < 0.3
        vehicle = self.station.book.open
        self.key("F2" if register else "F1")
        if vehicle is None or vehicle.state == "stop":
            return "release refused"
        if vehicle.state != "pass":
            if self.chance.random() < 0.25:
                self.key("Esc")
                return "reason left"
            self.type(str(self.chance.randint(1, 6)))
        self.stage.saved()
        self.station.end("registered" if register else "released")
        return "released"

    def send_away(self) -> str:
        vehicle = self.station.book.open
        if self.chance.random() < 0.5:
            self.key("F3")
            outcome = "turned_back"
        else:
            self.key("F4")
            if vehicle:
                outcome = self.whole_vehicle(vehicle)
        if vehicle is None:
            return "nobody to send away"
        self.stage.saved()
        self.station.end(outcome)
        return outcome

    def whole_vehicle(self, vehicle: Vehicle) -> str:
        """With several people the first question is who."""
        if vehicle.people > 1:
            self.type("1")
        place = self.chance.randint(1, 3)
        self.type(str(place))
        return ("held", "transferred", "abandoned")[place - 1]

    def count(self) -> str:
        people = self.chance.randint(1, 5)
        told = self.chance.random() < 0.5 and self.station.book.open is None
        if told:
            self.type(str(people))
        self.type(" ")
        if self.station.book.open:
            return "count refused"
        self.station.counted.append(people if told else 1)
        self.station.book.last = self.station.counted[-1]
        return "counted"

    def undo(self) -> str:
        self.stage.hold_escape(60)
        if self.station.book.last is None:
            return "nothing to undo"
        self.station.undo()
        return "undone"

    def park(self) -> str:
        book = self.station.book
        self.key("Ctrl+P")
        if not book.parked:
            if book.open:
                self.station.park()
            return "parked"
        if book.open and self.chance.random() < 0.5 and len(book.parked) < 8:
            self.type("0")
            self.station.park()
            return "parked"
        place = self.chance.randint(1, min(9, len(book.parked)))
        self.type(str(place))
        self.station.resume(place - 1)
        return f"resumed {place}"

    def void(self) -> str:
        """The check that was taken last; with this officer it is a code or a temperature."""
        vehicle = self.station.book.open
        if vehicle is None or not vehicle.temps or vehicle.codes:
            return "nothing voided"
        self.key("Ctrl+Z")
        vehicle.temps.pop()
        vehicle.due()
        self.station.voids += 1
        self.station.weigh()
        return "voided"

    def idle_key(self) -> str:
        name = self.chance.choice(("F5", "F6", "F9", "F10", "F12", "Enter", "Tab", "Esc"))
        self.key(name)
        if name == "Tab":
            self.key("Esc")
        return name

    def change_look(self) -> str:
        name = self.chance.choice(("Ctrl+T", "Ctrl+L"))
        self.key(name)
        return name

    def change_lane(self) -> str:
        number = self.chance.choice(sorted(self.station.books))
        self.stage.choose_lane(number)
        self.station.selected = number
        return f"lane {number}"

    def leave(self) -> str:
        """To other pages and back."""
        for name in ("Ctrl+2", "Ctrl+1"):
            self.key(name)
        return "away and back"

    def visit(self) -> str:
        """The lead's board, what lies behind one of its keys, and back; nothing is entered there."""
        behind = self.chance.choice(("F2", "F3", "F4", "F5"))
        for name in ("Ctrl+2", behind, "Esc", "Ctrl+1"):
            self.key(name)
        return f"visit {behind}"

    def see_orders(self) -> str:
        """The order in force; sometimes it is marked as read."""
        self.key("Ctrl+R")
        if self.chance.random() < 0.3:
            self.type("1")
        else:
            self.key(self.chance.choice(("Ctrl+R", "Esc")))
        return "orders"

    def sign_on(self) -> str:
        """Nobody has a PIN here: one remark."""
        self.key("Ctrl+J")
        self.key("Esc")
        return "sign on"

    def second(self) -> str:
        """The page's clock, now."""
        self.stage.duty.lane.second()
        return "a second"
