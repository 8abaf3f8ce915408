"""A roll-call as it is being taken, and its words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from checkpoint_app.documents import line_past, wording
from checkpoint_app.i18n import _
from checkpoint_app.ui.told import Told, Tone

PRESENT, LATE, ABSENT, REPLACED = STATES = ("present", "late", "absent", "replaced")
SERVING = frozenset({PRESENT, LATE})
ICONS = {
    PRESENT: ("check", Tone.GOOD),
    LATE: ("clock-exclamation", Tone.WARN),
    ABSENT: ("x", Tone.BAD),
    REPLACED: ("transfer", Tone.QUIET),
}
HUT = "hut"


@dataclass(frozen=True, slots=True)
class Member:
    """`number` is "" for a newcomer, who gets one when the shift is opened."""

    name: str
    number: str = ""
    state: str = PRESENT
    post: str = ""

    @property
    def serves(self) -> bool:
        return self.state in SERVING


@dataclass(frozen=True, slots=True)
class Roll:
    """What will be written: the lead stands in `members` as well."""

    group: str = ""
    lead: str = ""
    weather: str = ""
    members: tuple[Member, ...] = field(default=())

    @property
    def serving(self) -> tuple[Member, ...]:
        return tuple(each for each in self.members if each.serves)


def state_word(state: str) -> str:
    return wording.word(line_past.STATES, state)


def post_word(post: str) -> str:
    return line_past.post_word(post) if post else "—"


def next_state(state: str) -> str:
    return STATES[(STATES.index(state) + 1) % len(STATES)]


def next_post(post: str, *, lanes: Sequence[int], way: int) -> str:
    """Round the lanes, the hut and no post."""
    posts = ("", *(f"lane-{number}" for number in lanes), HUT)
    place = posts.index(post) if post in posts else 0
    return posts[(place + way) % len(posts)]


def changed(members: Sequence[Member], place: int, **what: str) -> tuple[Member, ...]:
    """The same members, one of them with other facts."""
    return tuple(replace(each, **what) if index == place else each for index, each in enumerate(members))


def with_name(members: Sequence[Member], name: str, *, number: str = "") -> tuple[Member, ...]:
    """With somebody added who is not there yet."""
    if any(each.name == name for each in members):
        return tuple(members)
    return (*members, Member(name, number))


def meant(typed: str, known: Sequence[str]) -> str:
    """The only known name that holds what was typed; else what was typed."""
    text = " ".join(typed.split())
    holding = [each for each in known if text and text.casefold() in each.casefold()]
    return holding[0] if len(holding) == 1 and text not in known else text


def count_line(members: Sequence[Member]) -> str:
    """How many should be here, and how many are."""
    if not members:
        return _("Nobody on the list yet")
    late = sum(each.state == LATE for each in members)
    missing = sum(not each.serves for each in members)
    here = sum(each.serves for each in members)
    parts = [_("{n} of {all} here").format(n=here, all=len(members))]
    parts += [_("{n} late").format(n=late)] if late else []
    parts += [_("{n} not here").format(n=missing)] if missing else []
    return wording.joined(*parts)


def suggestion(group: str, *, taken: bool) -> Told:
    """Which group the roster wants now."""
    if not group:
        return Told("")
    if taken:
        return Told(_("As the roster has it"), Tone.GOOD)
    return Told(_("The roster has {group} now").format(group=group), Tone.WARN)


class Doing(Enum):
    """What F1 of a roll-call does."""

    OPENING = auto()
    HANDING_OVER = auto()
    GOING_ON = auto()
    ENDING = auto()


def heads(doing: Doing, group: str) -> tuple[str, str, str]:
    """Title, what it is about, and the word on F1; `group` serves now."""
    title, about, word = {
        Doing.OPENING: (
            _("Roll-call: open a shift"),
            _("Every vehicle belongs to a shift and to those who serve in it."),
            _("Open the shift"),
        ),
        Doing.HANDING_OVER: (
            _("Roll-call of the next shift"),
            _("Crossings belong to it at once; {group} goes on to hand over."),
            _("Begin the handover"),
        ),
        Doing.GOING_ON: (
            _("A handover is under way"),
            _("{group} is handed over line by line."),
            _("To the handover"),
        ),
        Doing.ENDING: (
            _("The service ends"),
            _("{group} is closed and sealed; nobody accepts its lines."),
            _("Close and seal"),
        ),
    }[doing]
    return title, about.format(group=group), word
