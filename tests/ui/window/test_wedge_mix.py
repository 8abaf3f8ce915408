"""Five hundred scans between fingers: each arrives whole, and nothing else happens.

The expectation is written down while the keys are pressed; it knows nothing of holds, gaps or rhythms.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QLineEdit

from checkpoint_app.scanning.grabbing import counter
from checkpoint_app.ui import key_filter, keyboard
from tests.ui.window.hands import Hands
from tests.ui.window.stage import GREEN, Stage

SIGNS = string.ascii_letters + string.digits + " /*+-:.%$?=&_"
SPEEDS = (1, 5, 15, 20)
COUNT, FULL = 60, 500
SHORTEST, LONGEST = 6, 1200
LONG_TEXT = 200
WORDS = (("tanqin", "探亲"), ("shangban", "上班"), ("huoyun", "货运"))
BETWEEN = ("F5", "F6", "F8", "F9", "F10")
IN_THE_MIDDLE = ("", "F1", "F2", "F3", "F4", "Esc")


@dataclass
class Expected:
    """What must have happened so far."""

    scans: list[str] = field(default_factory=list)
    text: str = ""


@dataclass
class Mix:
    """Somebody types, scans and presses keys; `script` plays `count` scans."""

    stage: Stage
    hands: Hands
    chance: random.Random
    edit: QLineEdit
    between: tuple[str, ...] = BETWEEN
    expected: Expected = field(default_factory=Expected)

    def step(self) -> None:
        chance = self.chance
        self._typing()
        if chance.random() < 0.2 and self.edit is self.stage.duty.lane.fields.purpose.edit:
            self._scan_at_a_question()
        else:
            self._scan()
        if chance.random() < 0.5:
            self.hands.settle()
        if chance.random() < 0.3:
            self.hands.wait(200)
            self.hands.cap(chance.choice(self.between))

    def check(self, found: list[str]) -> None:
        self.hands.wait(200)
        self.hands.settle()
        assert found == self.expected.scans
        assert self.edit.text() == self.expected.text
        if len(self.expected.text) > LONG_TEXT:
            self.edit.clear()
            self.edit.setModified(True)
            self.expected.text = ""

    def _typing(self) -> None:
        if self.chance.random() < 0.3:
            letters, text = self.chance.choice(WORDS)
            self.hands.settle()
            self.hands.words(letters, text)
        else:
            text = "".join(self.chance.choice("abcXYZ0123456789-") for _ in range(self.chance.randint(1, 4)))
            self.hands.type(text, every=self.chance.choice((80, 110, 160)))
        self.expected.text += text

    def _scan(self) -> None:
        chance = self.chance
        text, every = self._content(), chance.choice(SPEEDS)
        way = chance.random()
        if way >= 0.7:
            self.hands.settle()  # pieces of an input method have no times of their own
        if way < 0.7:
            end = chance.choice(("Enter", "Tab", ""))
            self.hands.scan(text, every=every, end=end, press=chance.choice(IN_THE_MIDDLE))
        elif way < 0.85:
            self.hands.scan_through_letters(text, every=every, wide=chance.random() < 0.5)
        else:
            self.hands.scan_through_words(text, every=every)
        if way >= 0.7:
            self.hands.settle()
        self.expected.scans.append(text)

    def _scan_at_a_question(self) -> None:
        """Digits answer a question: those of a scan must not."""
        self.hands.wait(200)
        self.hands.settle()
        self.hands.cap("F4")
        assert self.stage.duty.work.ask is not None
        self._scan()
        self.hands.settle()
        assert self.stage.duty.work.ask is not None
        self.hands.wait(200)
        self.hands.cap("Esc")
        self.edit.setFocus()

    def _content(self) -> str:
        size = round(SHORTEST * (LONGEST / SHORTEST) ** self.chance.random())
        return "".join(self.chance.choice(SIGNS) for _ in range(size - 1)) + self.chance.choice("xyzXYZ789")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits is judged as soon as the window has nothing else to do; gaps go by the played clock."""
    monkeypatch.setattr(key_filter, "HOLD_MS", 0)


def ready(stage: Stage) -> list[str]:
    """A vehicle that F1 would release, and every scan from now on as it reaches the lane."""
    stage.burst(GREEN)
    stage.type("/A12345")
    stage.key("Enter")
    stage.type("365")
    assert stage.word == "可放行"
    found: list[str] = []

    def note(payload: bytes, **_more: object) -> None:
        found.append(payload.decode())

    stage.duty.lane.commands.read = note  # type: ignore[method-assign]
    return found


def the_lane(stage: Stage) -> QLineEdit:
    edit = stage.duty.lane.fields.purpose.edit
    edit.setMaxLength(10_000)
    return edit


def on_the_shift_page(stage: Stage) -> QLineEdit:
    stage.key("Ctrl+2")
    return added_to(stage, "shift")


def on_the_records_page(stage: Stage) -> QLineEdit:
    stage.key("Ctrl+3")
    return added_to(stage, "records")


def on_the_settings_page(stage: Stage) -> QLineEdit:
    stage.key("Ctrl+6")
    return added_to(stage, "settings")


def added_to(stage: Stage, name: str) -> QLineEdit:
    """A field of an ordinary page."""
    page = stage.window.page(name)
    assert page is not None
    edit = QLineEdit(page)
    edit.show()
    return edit


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("place", "share"),
    [
        (the_lane, 0.52),
        (on_the_shift_page, 0.16),
        (on_the_records_page, 0.16),
        (on_the_settings_page, 0.16),
    ],
)
def test_every_scan_between_typing_and_function_keys_is_right(
    stage: Stage, full_counts: bool, place: Callable[[Stage], QLineEdit], share: float
) -> None:
    found = ready(stage)
    edit = place(stage)
    edit.setFocus()
    between = tuple(key for key in BETWEEN if key != "F5" or place is not on_the_shift_page)  # it leads away
    mix = Mix(stage, Hands(stage), random.Random(place.__name__), edit, between)
    for _turn in range(round((FULL if full_counts else COUNT) * share / 4)):
        for _scan in range(4):
            mix.step()
        mix.check(found)
    assert stage.entries("vehicle_crossed") == 0
    assert stage.duty.work.lane.state.open is not None


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("press", ["F4", "F1"])
@pytest.mark.parametrize("held", [True, False])
def test_only_the_hold_keeps_a_scan_from_ending_the_vehicle(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, held: bool, press: str
) -> None:
    found = ready(stage)
    if not held:
        monkeypatch.setattr(keyboard, "SHORTEST_SCAN", 10_000)
    hands = Hands(stage)
    if press == "F4":
        hands.cap("F4")
    hands.scan("1234567890", every=5, end="Enter", press="F1" if press == "F1" else "")
    hands.settle()
    stage.saved()
    assert stage.entries("vehicle_crossed") == (0 if held else 1)
    assert found == (["1234567890"] if held else [])


@pytest.mark.parametrize("every", [1, 5, 15, 20])
def test_a_scan_on_the_real_clock(stage: Stage, every: int) -> None:
    found = ready(stage)
    hands = Hands(stage)
    stage.window.keys._clock = counter
    text = "HTTPS://jkm.example/h5?c=g"
    for sign in text:
        hands.now += every
        hands.sign(sign)
        stage.bot.wait(every)
    stage.until(lambda: bool(found))
    assert found == [text]
