"""What each key does on the lane page, whether pressed or touched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from checkpoint_app.domain.words import Outcome, VehicleClass
from checkpoint_app.i18n import _
from checkpoint_app.ui import asking, messages, people_text, said
from checkpoint_app.ui.asking import About, Ask, Chosen
from checkpoint_app.ui.lane_fields import LaneFields
from checkpoint_app.ui.lane_keys import ESC, SPACE
from checkpoint_app.ui.lane_work import LaneWork, counter
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.people_row import PeopleRow

UNDO_HOLD_MS = 600
HOLD_STEP_MS = 100
COOLEST, WARMEST = 300, 450
OUTCOMES = {1: Outcome.RELEASED, 2: Outcome.REGISTERED, 3: Outcome.TURNED_BACK}


class LaneCommands(QObject):
    """`changed` when something shows that the lane itself does not know of."""

    changed = Signal()

    def __init__(
        self, work: LaneWork, fields: LaneFields, people: PeopleRow, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._fields, self._people = work, fields, people
        self.hidden = False
        self.typing_document = False
        self._esc_since: int | None = None
        self._esc_timer = QTimer(self)
        self._esc_timer.setInterval(HOLD_STEP_MS)
        self._esc_timer.timeout.connect(self._esc_held)
        work.may_ask = lambda: not self.busy
        fields.plate_given.connect(self._plate)
        fields.temperature_given.connect(self._temperature)
        fields.people_given.connect(self._told)
        fields.places_given.connect(self._places)
        fields.class_focused.connect(self._ask_class)
        people.touched.connect(self._card_touched)
        people.chosen.connect(self._answer_touched)

    @property
    def busy(self) -> bool:
        """Whether something is being typed."""
        fields = self._fields
        return bool(self.typing_document or fields.in_text or fields.plate_text or fields.temperature.value)

    @property
    def holding(self) -> str:
        """How long Esc has been held, "" when it is not."""
        if self._esc_since is None:
            return ""
        held = min(counter() - self._esc_since, UNDO_HOLD_MS)
        return f"{held / 1000:.1f} s"

    # scanner and camera

    def scanned(self, text: str) -> None:
        """A hand scanner's text; what was not finished in the temperature field is."""
        self._leave_document()
        self.read(text.encode("utf-8", "surrogatepass"))

    def read(self, payload: bytes) -> None:
        self._fields.give_temperature()
        self._work.read(payload)

    # keys that print

    def typed(self, sign: str) -> bool:
        """One typed character; False: it belongs to the field that has the focus."""
        self._work.touch()
        if self.typing_document:
            return False
        if self._work.ask is not None and self._answered(self._work.ask, sign):
            return True
        if self._fields.in_text:
            return False
        return self._command(sign)

    def entered(self) -> bool:
        """Enter finishes a field, and never a vehicle."""
        self._work.touch()
        fields = self._fields
        if self.typing_document:
            self._document()
        elif self._work.ask is None:
            onward = fields.in_text and not fields.purpose.edit.hasFocus()
            fields.give_all()
            fields.focus_next(back=False) if onward else fields.focus_home()
        return True

    def tabbed(self, *, back: bool) -> bool:
        self._work.touch()
        if self.typing_document:
            self._document()
            return True
        if self._work.ask is not None and self._work.ask.about is About.VEHICLE:
            self._work.question(None)
        self._fields.give_all()
        self._fields.focus_next(back=back)
        return True

    # keys that do not print

    def function(self, number: int) -> bool:
        """F1 to F12."""
        self._work.touch()
        if number in OUTCOMES:
            self._outcome(OUTCOMES[number])
        elif number == 4:
            self._finish_typing()
            self._work.question(asking.hold()) if self._work.lane.state.open else self._nothing()
        elif number == 7:
            self._work.say(messages.filled(messages.LATER))
        elif number == 8:
            self._finish_typing()
            self._work.report()
        elif number == 9:
            self._work.phrase_wanted = not self._work.phrase_wanted
        elif number == 10:
            self._work.hush()
        elif number == 11:
            return False
        elif number == 12:
            self.hidden = not self.hidden
        self.changed.emit()
        return True

    def control(self, key: int) -> bool:
        """Two-hand keys of the lane; False leaves the key to the window."""
        commands: dict[int, Callable[[], None]] = {
            int(Qt.Key.Key_P): self._park,
            int(Qt.Key.Key_U): self._unmask,
            int(Qt.Key.Key_H): partial(self._work.question, asking.colours()),
            int(Qt.Key.Key_Z): self._void,
        }
        command = commands.get(key)
        if command is None:
            return False
        self._work.touch()
        command()
        return True

    def escape(self, *, down: bool) -> bool:
        """A tap leaves a field or a question; held for 0.6 s it undoes the last outcome."""
        if down and self._esc_since is None:
            self._esc_since = counter()
            self._esc_timer.start()
        elif not down and self._esc_since is not None:
            self._stop_holding()
            self._leave()
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

    def _answered(self, ask: Ask, sign: str) -> bool:
        """Whether the key was an answer; any other key closes the question and counts as typed."""
        answer = asking.press(ask, sign)
        if isinstance(answer, Chosen):
            self._chosen(ask, answer.value)
            return True
        self._work.question(answer)
        return answer is not None

    def _command(self, sign: str) -> bool:
        fields = self._fields
        if sign == "/":
            self._slash()
        elif sign == "*":
            self._begin_document()
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
        fields.begin_plate(
            self._work.desk.settings.province, corrects=crossing is not None and bool(crossing.plate)
        )

    def _step(self, by: int) -> None:
        if self._fields.temperature.value:
            self._fields.give_temperature()
            return
        self._work.change(partial(self._work.lane.step, by))

    def _count(self) -> None:
        """One vehicle; digits typed before are its people."""
        fields = self._fields
        if fields.in_plate:
            return
        told = fields.temperature.value
        fields.temperature.set_value("")
        self._work.count(int(told) if told else 1)

    def _outcome(self, outcome: Outcome) -> None:
        ask = self._work.ask
        if ask is not None and ask.about is About.CLOCK and outcome is Outcome.RELEASED:
            self._work.confirm_clock()
            return
        self._finish_typing()
        self._work.end(outcome)
        if self._work.ask is None:
            self._fields.focus_home()

    def _finish_typing(self) -> None:
        self._leave_document()
        self._fields.give_all()

    def _nothing(self) -> None:
        self._work.say(messages.filled(messages.TABLE["NothingOpen"]))

    def _chosen(self, ask: Ask, value: str) -> None:
        """An answer, whatever was asked."""
        work, lane = self._work, self._work.lane
        work.question(None)
        match ask.about:
            case About.REASON:
                assert ask.outcome is not None
                work.end(ask.outcome, why=value)
            case About.HOLD:
                work.end(Outcome(value))
            case About.PROVINCE:
                self._fields.set_province(value)
            case About.VEHICLE:
                work.change(partial(lane.vehicle, VehicleClass(value)))
                self._fields.focus_home()
            case About.COLOUR:
                work.change(partial(lane.colour, value))
            case About.PARKED:
                work.change(lane.park if value == "0" else partial(lane.resume, int(value)))
            case About.UNCONFIRMED:
                work.answer_restart(true=value == "true")
            case About.UNMASK:
                work.see_in_full(value)
            case About.CLOCK:
                work.confirm_clock()

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

    def _unmask(self) -> None:
        if not self._work.lane.state.open:
            self._nothing()
        elif self._work.masked:
            self._work.question(asking.unmask())
        else:
            self._work.mask()

    def _void(self) -> None:
        """The last check that counts is taken back: a slip of the hand."""
        crossing = self._work.lane.state.open
        valid = [place for place, check in enumerate(crossing.checks) if not check.voided] if crossing else []
        if not valid:
            self._nothing()
            return
        self._work.change(partial(self._work.lane.void, valid[-1], why="slip"))

    # documents

    def _begin_document(self) -> None:
        self._fields.give_temperature()
        self.typing_document = True
        self._people.show_document()
        label = _("Person {n}: ID number").format(n=self._work.lane.state.person)
        self._people.document.begin(label, _("Enter to finish, Esc to leave"))
        self.changed.emit()

    def _document(self) -> None:
        text = self._people.document.edit.text().strip()
        if not text or self._work.change(partial(self._work.lane.document, text), refused=self._complain):
            self._leave_document()

    def _complain(self, words: Words) -> None:
        self._people.document.complain(words.title, said.joined(words.meaning, words.now_line))

    def _leave_document(self) -> None:
        if self.typing_document:
            self.typing_document = False
            self._fields.focus_home()
            self.changed.emit()

    # fields

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
        change = partial(self._work.lane.places, origin=origin, destination=destination, purpose=purpose)
        self._work.change(change)

    @Slot()
    def _ask_class(self) -> None:
        self._work.question(asking.vehicles())

    @Slot(int)
    def _card_touched(self, place: int) -> None:
        state = self._work.lane.state
        if state.open is None and place < len(state.parked):
            self._work.change(partial(self._work.lane.resume, place + 1))
        elif state.open is not None:
            people = people_text.shown_people(state.open.headcount, state.person)
            if place < len(people):
                self._work.change(partial(self._work.lane.step, people[place] - state.person))

    @Slot(int)
    def _answer_touched(self, place: int) -> None:
        if self._work.ask is not None:
            self._chosen(self._work.ask, asking.taken(self._work.ask, place))

    # Esc

    @Slot()
    def _esc_held(self) -> None:
        if self._esc_since is not None and counter() - self._esc_since >= UNDO_HOLD_MS:
            self._stop_holding()
            self._work.undo()
        self.changed.emit()

    def stop(self) -> None:
        """Nothing runs any more."""
        self._stop_holding()

    def _stop_holding(self) -> None:
        self._esc_since = None
        self._esc_timer.stop()

    def _leave(self) -> None:
        self._work.touch()
        self._work.phrase_wanted = False
        if self.typing_document:
            self._leave_document()
        elif self._work.ask is not None:
            self._work.put_off()
        else:
            self._fields.drop()
        self._fields.focus_home()
