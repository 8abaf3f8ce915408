"""A question in the people row: choices, each with the key that takes it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from checkpoint_app.domain.plates import PROVINCE_KEYS
from checkpoint_app.domain.words import Outcome, VehicleClass
from checkpoint_app.i18n import _
from checkpoint_app.ui import said
from checkpoint_app.ui.choice_row import Choice


class About(StrEnum):
    """What a question is about."""

    REASON = "reason"
    HOLD = "hold"
    PROVINCE = "province"
    VEHICLE = "vehicle"
    COLOUR = "colour"
    PARKED = "parked"
    UNCONFIRMED = "unconfirmed"
    UNMASK = "unmask"
    CLOCK = "clock"
    MODE = "mode"
    VEHICLES = "vehicles"
    WHO = "who"
    APART = "apart"
    KNOWN = "known"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Ask:
    """`values` stand beside `choices`; `typed` is what was pressed of a cap of two keys.

    `outcome` is what a reason is for, `person` whom an outcome is about, `then` takes the answer to ORDER.
    """

    about: About
    title: str
    choices: tuple[Choice, ...]
    values: tuple[str, ...]
    typed: str = ""
    outcome: Outcome | None = None
    person: int = 0
    then: Callable[[str], None] | None = None

    @property
    def shown(self) -> tuple[Choice, ...]:
        """The choices that are still possible."""
        return tuple(choice for choice in self.choices if choice.cap.startswith(self.typed))


@dataclass(frozen=True, slots=True)
class Chosen:
    value: str


def press(ask: Ask, sign: str) -> Ask | Chosen | None:
    """The question after one more key: answered, half answered, or None when the key is no answer."""
    typed = ask.typed + sign.upper()
    for choice, value in zip(ask.choices, ask.values, strict=True):
        if choice.cap == typed:
            return Chosen(value)
    if any(choice.cap.startswith(typed) for choice in ask.choices):
        return replace(ask, typed=typed)
    return None


def again(ask: Ask) -> Ask | None:
    """The same question in the language in use; None for one whose words hold more than a language."""
    made: dict[About, Callable[[], Ask]] = {
        About.HOLD: hold,
        About.PROVINCE: provinces,
        About.VEHICLE: vehicles,
        About.COLOUR: colours,
        About.UNMASK: unmask,
        About.MODE: modes,
        About.VEHICLES: vehicle_count,
    }
    if ask.about is About.REASON and ask.outcome:
        return replace(reason(ask.outcome), typed=ask.typed)
    return replace(made[ask.about](), typed=ask.typed) if ask.about in made else None


def taken(ask: Ask, place: int) -> str:
    """The value of the choice at `place` among those shown."""
    cap = ask.shown[place].cap
    return next(value for choice, value in zip(ask.choices, ask.values, strict=True) if choice.cap == cap)


def orders(told: Sequence[tuple[str, str]], *, then: Callable[[str], None]) -> Ask:
    """Orders from above, each by its id and its words; a digit says that it was read."""
    return replace(_numbered(About.ORDER, _("Orders: the digit marks as read"), tuple(told)), then=then)


def reason(outcome: Outcome) -> Ask:
    """Six reasons to let a vehicle go beyond its verdict; what is stored is the code, not the words."""
    title = _("Reason to release:") if outcome is Outcome.RELEASED else _("Reason to register:")
    return _numbered(
        About.REASON,
        title,
        (
            ("no_phone", _("Elderly, no phone")),
            ("checked_by_hand", _("Checked by hand")),
            ("supplies", _("Urgent supplies")),
            ("emergency", _("Rescue or medical")),
            ("device_fault", _("Device fault")),
            ("lead_agreed", _("The lead agreed")),
        ),
        outcome=outcome,
    )


def hold() -> Ask:
    """What to do with somebody who does not go on."""
    kinds = (Outcome.HELD, Outcome.TRANSFERRED, Outcome.ABANDONED)
    return _numbered(About.HOLD, _("Which?"), [(kind.value, said.outcome(kind)) for kind in kinds])


def apart(person: int, who: str) -> Ask:
    """What to do with one person while the vehicle goes on; `who` is how they are called here."""
    kinds = (Outcome.HELD, Outcome.TRANSFERRED, Outcome.TURNED_BACK)
    pairs = [(kind.value, said.outcome(kind)) for kind in kinds]
    return replace(_numbered(About.APART, _("{who}:").format(who=who), pairs), person=person)


def whole_or_one(people: Sequence[tuple[int, str]]) -> Ask:
    """Whether the whole vehicle does not go on, or one of `people` (number and how they are called)."""
    only = [(str(number), _("Only {who}").format(who=who)) for number, who in people[:8]]
    return _numbered(About.WHO, _("Who does not go on?"), [("0", _("The whole vehicle")), *only])


def modes() -> Ask:
    """How what stands here is checked."""
    return _numbered(
        About.MODE,
        _("What stands here?"),
        (("bus", _("Bus")), ("foot", _("On foot")), ("convoy", _("Convoy"))),
    )


def vehicle_count() -> Ask:
    """How many vehicles a convoy has; plates can be typed and read instead."""
    numbers = range(2, 10)
    choices = tuple(Choice(str(number), _("{n} vehicles").format(n=number)) for number in numbers)
    return Ask(About.VEHICLES, _("How many? Or read plates"), choices, tuple(str(n) for n in numbers))


def known(people: Sequence[str]) -> Ask:
    """People the register knows, masked; the last choice takes none of them."""
    pairs = [(str(place), shown) for place, shown in enumerate(people[:9])]
    ask = _numbered(About.KNOWN, _("In the register:"), pairs)
    none = Choice("0", _("None of them"))
    return replace(ask, choices=(*ask.choices, none), values=(*ask.values, ""))


def provinces() -> Ask:
    """All 31, each with the initial of its name and a digit."""
    choices = tuple(Choice(keys, province) for province, keys in PROVINCE_KEYS)
    return Ask(About.PROVINCE, "", choices, tuple(province for province, _keys in PROVINCE_KEYS))


def vehicles() -> Ask:
    return _numbered(About.VEHICLE, _("Class:"), [(kind.value, said.vehicle(kind)) for kind in VehicleClass])


def colours(suggested: str = "") -> Ask:
    """What an officer can see on the page of a health code; what a camera measured stands first."""
    words = {"green": _("Green"), "yellow": _("Yellow"), "red": _("Red"), "grey": _("Grey")}
    pairs = list(words.items())
    if suggested in words:
        first = (suggested, _("{colour}, as the camera").format(colour=words.pop(suggested)))
        pairs = [first, *words.items()]
    return _numbered(About.COLOUR, _("Colour of the code:"), pairs)


def unmask() -> Ask:
    """Why somebody wants to see names and numbers in full."""
    return _numbered(
        About.UNMASK,
        _("Why see it all?"),
        (
            ("compare_id", _("Compare with the card")),
            ("lead_asked", _("The lead asked")),
            ("public_security", _("Police inquiry")),
            ("follow_up", _("Health follow-up")),
        ),
    )


def parked(names: Sequence[str], *, standing: bool) -> Ask:
    """The parked vehicles; with one standing here, 0 sets that one aside too."""
    pairs = [(str(place), name) for place, name in enumerate(names[:9], 1)]
    ask = _numbered(About.PARKED, _("Take up:"), pairs)
    if not standing:
        return ask
    first = Choice("0", _("Park this one"))
    return replace(ask, choices=(first, *ask.choices), values=("0", *ask.values))


def unconfirmed(what: str, *, undoable: bool, left: int) -> Ask:
    """One action that was saved before the program ended and never shown."""
    title = _("{what}: saved, not shown ({n} left)").format(what=what, n=left)
    pairs = [("true", _("It happened"))] + ([("false", _("It did not: undo"))] if undoable else [])
    return _numbered(About.UNCONFIRMED, title, pairs)


def clock(*, wall: str, jump: str, ahead: bool) -> Ask:
    """Whether the computer's clock, which now says `wall`, is right; the lead answers."""
    title = _("Clock {jump} ahead") if ahead else _("Clock {jump} behind")
    right = _("The lead confirms: it is {time}").format(time=wall)
    return Ask(About.CLOCK, title.format(jump=jump), (Choice("F1", right),), ("true",))


def _numbered(
    about: About, title: str, pairs: Sequence[tuple[str, str]], *, outcome: Outcome | None = None
) -> Ask:
    choices = tuple(Choice(str(place), words) for place, (_value, words) in enumerate(pairs, 1))
    return Ask(about, title, choices, tuple(value for value, _words in pairs), outcome=outcome)
