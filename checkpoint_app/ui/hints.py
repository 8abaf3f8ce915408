"""Which keys can be pressed now, for the free end of the counters' row. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.ui.lane_mode import LaneMode


@dataclass(frozen=True, slots=True)
class Hint:
    """A key by its cap, and what it does in one or two words."""

    cap: str
    words: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of the lane that tells which keys make sense.

    `choices` are the caps of a question, `lacking` the kinds of checks that somebody still needs.
    """

    open: bool = False
    mode: LaneMode = LaneMode.ONE
    state: VerdictState | None = None
    plate: bool = False
    people: int = 1
    lacking: frozenset[str] = frozenset()
    pages: int = 1
    parked: bool = False
    choices: tuple[str, ...] = ()
    typing_line: bool = False
    typing_plate: bool = False
    in_text: bool = False
    undoable: bool = False


def hints(now: Situation) -> tuple[Hint, ...]:
    """The keys by weight: the first ones are kept where there is little room."""
    leave = Hint("Esc", _("leave"))
    if now.choices:
        return (_choosing(now.choices), leave)
    if now.typing_line:
        return (Hint("Enter", _("done")), leave)
    if now.typing_plate:
        return (Hint("Enter", _("done")), Hint("/", _("province")), leave)
    if now.in_text:
        return (Hint("Enter", _("next field")), leave)
    return _standing(now) if now.open else _empty(now)


def _empty(now: Situation) -> tuple[Hint, ...]:
    found = [Hint("/", _("plate")), Hint(_("Space"), _("count")), Hint("F7", _("bus, on foot, convoy"))]
    if now.undoable:
        found.insert(0, Hint("Esc", _("hold: undo")))
    if now.parked:
        found.insert(0, Hint("Ctrl+P", _("parked ones")))
    return tuple(found)


def _standing(now: Situation) -> tuple[Hint, ...]:
    """What is missing first, then what can be mended."""
    bus, foot, convoy = (now.mode is mode for mode in (LaneMode.BUS, LaneMode.FOOT, LaneMode.CONVOY))
    several = now.people > 1 and not bus
    grave = now.state in {VerdictState.STOP, VerdictState.REFER}
    table = (
        (convoy, Hint(_("Space"), _("one more"))),
        (convoy or not (now.plate or foot), Hint("/", _("plate"))),
        ("colour" in now.lacking, Hint("Ctrl+H", _("colour"))),
        ("temperature" in now.lacking, Hint("365", _("temp."))),
        (bool(now.lacking), Hint("*", _("ID, phone, name"))),
        (bus and bool(now.lacking), Hint("+", _("next missing"))),
        (bus, Hint("F4", _("one person"))),
        (several or foot, Hint("+", _("next person"))),
        (now.pages > 1, Hint("PgDn", _("next page"))),
        (grave, Hint("F9", _("read to driver"))),
        (now.plate and not convoy, Hint("/", _("mend the plate"))),
        (True, Hint("Ctrl+Z", _("take back a check"))),
        (True, Hint("Ctrl+P", _("park"))),
    )
    return tuple(hint for fits, hint in table if fits)


def _choosing(choices: tuple[str, ...]) -> Hint:
    """1–6 for digits; of caps with two signs the first as an example."""
    first, last = min(choices), max(choices)
    if first == last:
        return Hint(first, _("choose"))
    if len(first) > 1:
        return Hint(first, _("letter, then digit"))
    return Hint(f"{first}–{last}", _("choose"))
