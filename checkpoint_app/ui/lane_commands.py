"""What each key does on the lane page, whether pressed or touched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from checkpoint_app.domain import bus
from checkpoint_app.domain.passengers import PassengerListRefused, read_passengers
from checkpoint_app.domain.words import CodeClass, Outcome
from checkpoint_app.i18n import _
from checkpoint_app.ui import asking, bus_list, lane_mode, messages, people_text, said
from checkpoint_app.ui.asking import About
from checkpoint_app.ui.esc_hold import EscHold
from checkpoint_app.ui.lane_answers import LaneAnswers, confirm_clock, who_may_stay
from checkpoint_app.ui.lane_entries import LaneEntries
from checkpoint_app.ui.lane_fields import LaneFields
from checkpoint_app.ui.lane_keys import ESC, SPACE
from checkpoint_app.ui.lane_line import LaneLine
from checkpoint_app.ui.lane_mode import LaneMode, mode_of
from checkpoint_app.ui.lane_pin import LanePin
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.people_row import PeopleRow

GUARDED = frozenset({1, 2, 3, 4, 12})
"""Function keys that wait for a PIN when nobody was here for long: outcomes, and what uncovers names."""
OUTCOMES = {1: Outcome.RELEASED, 2: Outcome.REGISTERED, 3: Outcome.TURNED_BACK}


class LaneCommands(QObject):
    """`changed` when something shows that the lane itself does not know of."""

    changed = Signal()

    def __init__(
        self, work: LaneWork, fields: LaneFields, people: PeopleRow, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._fields, self._people = work, fields, people
        self.covered = False
        self.elsewhere: Callable[[int], bool] = lambda _key: False  # pasting, choosing a file
        self.line = LaneLine(work, fields, people, hides=lambda: self.hidden, parent=self)
        self.line.changed.connect(self.changed)
        self.pin = LanePin(work, fields, people, opening=self.line.leave, parent=self)
        self.pin.changed.connect(self.changed)
        self._answers = LaneAnswers(work, fields, self.line)
        self._esc = EscHold(self)
        self._esc.held.connect(self._undo)
        self._esc.tapped.connect(self._leave)
        self._esc.changed.connect(self.changed)
        work.may_ask = lambda: not self.busy
        LaneEntries(work, fields, parent=self)
        people.touched.connect(self._card_touched)
        people.person.connect(self._person_touched)
        people.chosen.connect(self._touched)

    @property
    def busy(self) -> bool:
        """Whether something is being typed."""
        fields = self._fields
        return bool(self.typing or fields.in_text or fields.begun)

    @property
    def typing(self) -> bool:
        return self.line.typing or self.pin.typing

    @property
    def hidden(self) -> bool:
        """Whether names are covered: by F12, or because nobody was here for long."""
        return self.covered or self._work.idle.locked

    @property
    def holding(self) -> str:
        """How long Esc has been held, "" when it is not."""
        return self._esc.shown

    # scanner and camera

    def scanned(self, text: str) -> None:
        """A hand scanner's text; what was not finished in the temperature field is."""
        self.line.leave()
        self.read(text.encode("utf-8", "surrogatepass"))

    def read(self, payload: bytes, *, colour: str = "", by_hand: bool = True) -> None:
        """`colour` is what a camera measured beside the code: a suggestion, never a result."""
        if by_hand:
            self._work.idle.touch()
        self._fields.give_temperature()
        code = self._work.read(payload, colour=colour, by_hand=by_hand)
        if code is not None and code.kind is CodeClass.BADGE and code.text:
            self.pin.badge(code.text)

    def passenger_file(self, data: bytes) -> None:
        """A passenger list dropped on the window or chosen as a file; begins bus mode."""
        self._work.touch()
        try:
            rows = read_passengers(data)
        except PassengerListRefused as error:
            self._work.say(bus_list.refused_words(error))
            return
        self._work.change(partial(self._work.lane.passengers, rows))

    # keys that print

    def typed(self, sign: str) -> bool:
        """One typed character; False: it belongs to the field that has the focus."""
        self._work.touch()
        if self.pin.typing:
            return self.pin.sign()
        if self.line.typing:
            return False
        if self._work.ask is not None and self.pin.comes_first():
            return True
        if self._work.ask is not None and self._answers.pressed(self._work.ask, sign):
            return True
        if self._fields.in_text:
            return False
        return self._command(sign)

    def entered(self) -> bool:
        """Enter finishes a field, and never a vehicle."""
        self._work.touch()
        fields = self._fields
        if self.pin.typing:
            self.pin.finish()
        elif self.line.typing:
            self.line.finish()
        elif self._work.ask is None:
            if fields.take_place():
                return True
            onward = fields.in_text and not fields.purpose.edit.hasFocus()
            fields.give_all()
            fields.focus_next(back=False) if onward else fields.focus_home()
            self.changed.emit()
        return True

    def tabbed(self, *, back: bool) -> bool:
        self._work.touch()
        if self.pin.typing:
            self.pin.onward()
            return True
        if self.line.typing:
            self.line.finish()
            return True
        if self._work.ask is not None and self._work.ask.about is About.VEHICLE:
            self._work.question(None)
        self._fields.give_all()
        self._fields.focus_next(back=back)
        self.changed.emit()
        return True

    # keys that do not print

    def function(self, number: int) -> bool:
        """F1 to F12."""
        self._work.touch()
        if self.pin.typing and number in {1, 2}:
            self.pin.finish()
            return True
        if number in GUARDED and self.pin.comes_first(partial(self.function, number)):
            return True
        if number == 11:
            return False
        if number in OUTCOMES:
            self._outcome(OUTCOMES[number])
        else:
            self._other_function(number)
        self.changed.emit()
        return True

    def _other_function(self, number: int) -> None:
        if number == 4:
            if self._finish_typing():
                self._hold()
        elif number == 7:
            self._switch()
        elif number == 8:
            self._finish_typing()
            self._work.report()
        elif number == 9:
            self._work.phrase_wanted = not self._work.phrase_wanted
        elif number == 10:
            self._work.hush()
        elif number == 12:
            self.covered = not self.covered

    def control(self, key: int) -> bool:
        """Two-hand keys of the lane; False leaves the key to the window."""
        commands: dict[int, Callable[[], None]] = {
            int(Qt.Key.Key_P): self._park,
            int(Qt.Key.Key_U): self._unmask,
            int(Qt.Key.Key_H): self._ask_colour,
            int(Qt.Key.Key_Z): self._void,
            int(Qt.Key.Key_J): self.pin.sign_on,
        }
        command = commands.get(key)
        if self.elsewhere(key):
            return True
        if command is None:
            return False
        self._work.touch()
        command()
        return True

    def escape(self, *, down: bool) -> bool:
        """A tap leaves a field or a question; held for 0.6 s it undoes the last outcome."""
        if down:
            self._esc.press()
        else:
            self._esc.release()
        self.changed.emit()
        return True

    def press(self, name: str) -> None:
        """A key of the screen was touched."""
        if name == SPACE:
            self._work.touch()
            self._count()
        elif name != ESC:
            self.function(int(name[1:]))

    # how

    def _command(self, sign: str) -> bool:
        fields = self._fields
        if sign == "/":
            self._slash()
        elif sign == "*":
            self.line.begin()
        elif sign in "+-":
            self._step(1 if sign == "+" else -1)
        elif sign == " ":
            self._count()
        elif sign.isdigit() and sign.isascii():
            if not (fields.in_plate or fields.in_people):
                fields.focus_home()
            return False
        elif sign.isalpha():
            if not fields.in_plate:
                fields.begin_plate(self._work.desk.settings.province, corrects=False)
            return False
        return True

    def _slash(self) -> None:
        fields = self._fields
        if fields.in_plate and len(fields.plate_text) == 1:
            self._work.question(asking.provinces())
            return
        crossing = self._work.lane.state.open
        corrects = crossing is not None and bool(crossing.plate) and not crossing.convoy
        fields.begin_plate(self._work.desk.settings.province, corrects=corrects)

    def _step(self, by: int) -> None:
        if self._fields.temperature.value:
            self._fields.give_temperature()
            return
        self._work.change(partial(self._work.lane.step, self._steps(by)))

    def _steps(self, by: int) -> int:
        """In a bus the turn goes to the next or previous person who lacks something."""
        state = self._work.lane.state
        if state.open is None or not state.open.bus:
            return by
        missing = [n for n in bus.missing(state.open, self._work.lacking()) if (n - state.person) * by > 0]
        if not missing:
            return 0
        return (missing[0] if by > 0 else missing[-1]) - state.person

    def _count(self) -> None:
        """One vehicle; digits typed before are its people. In a convoy, one vehicle more of it."""
        fields, crossing = self._fields, self._work.lane.state.open
        if fields.in_plate or self.pin.comes_first():
            return
        if crossing is not None and crossing.convoy:
            self._work.change(partial(self._work.lane.convoy_count, lane_mode.vehicles(crossing) + 1))
            return
        told = fields.temperature.value
        fields.temperature.set_value("")
        self._work.count(int(told) if told else 1)

    def _outcome(self, outcome: Outcome) -> None:
        ask = self._work.ask
        if ask is not None and ask.about is About.CLOCK and outcome is Outcome.RELEASED:
            confirm_clock(self._work)
            return
        if not self._finish_typing():
            return
        self._work.end(outcome)
        if self._work.ask is None:
            self._fields.focus_home()

    def _hold(self) -> None:
        open_now = self._work.lane.state.open
        self._work.question(who_may_stay(self._work)) if open_now else self._nothing()

    def _switch(self) -> None:
        """One car, bus, on foot, convoy; off again while nothing was entered that only that has."""
        work, lane = self._work, self._work.lane
        if work.ask is not None and work.ask.about is About.MODE:
            work.question(None)
            return
        self._finish_typing()
        off = {LaneMode.BUS: lane.bus, LaneMode.FOOT: lane.foot, LaneMode.CONVOY: lane.convoy}
        mode = mode_of(lane.state.open)
        if mode is LaneMode.ONE:
            work.question(asking.modes())
        else:
            work.change(partial(off[mode], False))

    def _finish_typing(self) -> bool:
        """False when a plate was being corrected whose vehicle is not here any more: that comes first."""
        self.pin.leave()
        self.line.leave()
        return self._fields.give_all()

    @Slot()
    def _undo(self) -> None:
        if not self.pin.comes_first():
            self._work.undo()

    @Slot(int)
    def _touched(self, place: int) -> None:
        if not self.pin.comes_first():
            self._answers.touched(place)

    def _nothing(self) -> None:
        self._work.say(messages.filled(messages.TABLE["NothingOpen"]))

    def _park(self) -> None:
        state = self._work.lane.state
        if state.parked:
            names = [said.dotted(crossing.plate) or _("No plate") for crossing in state.parked]
            self._work.question(asking.parked(names, standing=state.open is not None))
        elif state.open:
            self._finish_typing()
            self._work.change(self._work.lane.park)
        else:
            self._nothing()

    def _ask_colour(self) -> None:
        self._work.question(asking.colours(self._work.suggested.due(self._work.lane.state.open)))

    def _unmask(self) -> None:
        if not self._work.lane.state.open:
            self._nothing()
        elif self._work.masked and not self.pin.comes_first(self._unmask):
            self._work.question(asking.unmask())
        elif not self._work.masked:
            self._work.viewing.mask()

    def _void(self) -> None:
        """The last check that counts is taken back: a slip of the hand. Of a convoy, the last vehicle."""
        crossing = self._work.lane.state.open
        if crossing is not None and crossing.followers:
            self._work.change(self._work.lane.convoy_drop)
            return
        valid = [place for place, check in enumerate(crossing.checks) if not check.voided] if crossing else []
        if not valid:
            self._nothing()
            return
        self._work.change(partial(self._work.lane.void, valid[-1], why="slip"))

    # fields

    @Slot(int)
    def _person_touched(self, number: int) -> None:
        self._work.change(partial(self._work.lane.step, number - self._work.lane.state.person))

    @Slot(int)
    def _card_touched(self, place: int) -> None:
        state = self._work.lane.state
        if state.open is None and place < len(state.parked):
            self._work.change(partial(self._work.lane.resume, place + 1))
        elif state.open is not None:
            people = people_text.shown_people(state.open.headcount, state.person)
            if place < len(people):
                self._work.change(partial(self._work.lane.step, people[place] - state.person))

    # Esc

    def stop(self) -> None:
        """Nothing runs any more."""
        self._esc.stop()

    @Slot()
    def _leave(self) -> None:
        self._work.touch()
        self._work.phrase_wanted = False
        if self.typing:
            self.pin.leave()
            self.line.leave()
        elif self._work.ask is not None:
            self._work.put_off()
        elif self._fields.close_places():
            return
        else:
            self._fields.drop()
        self._fields.focus_home()
