"""Words of rosters, hours and roles. Pure; the command line says the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from checkpoint_app.domain.hours import in_hours
from checkpoint_app.domain.roles import Role
from checkpoint_app.domain.roster_rules import Flaw
from checkpoint_app.domain.rotation import Slot
from checkpoint_app.i18n import N_, _

ROLES: Mapping[str, str] = {
    Role.OFFICER.value: N_("Duty officer"),
    Role.LEAD.value: N_("Shift lead"),
    Role.ADMIN.value: N_("IT"),
    Role.AUDITOR.value: N_("Auditor"),
}
STATES: Mapping[str, str] = {
    "present": N_("on duty"),
    "late": N_("came late"),
    "replaced": N_("was replaced"),
    "absent": N_("did not come"),
}
SLOTS: Mapping[str, str] = {
    "early": N_("Early shift"),
    "late": N_("Late shift"),
    "day": N_("Day shift"),
    "night": N_("Night shift"),
}
PATTERN_WORDS: Mapping[str, str] = {
    "eight_by_two": N_("8 groups, two on, 3 × 8 h"),
    "four_three_slots": N_("4 groups, one on, 3 × 8 h"),
    "two_on_two_off": N_("4 groups, 2 days on, 2 off"),
    "day_night_rest": N_("3 groups: day, night, rest"),
    "day_night_two_rest": N_("4 groups: day, night, 2 rest"),
    "own": N_("Own pattern"),
}


def role(code: str) -> str:
    return _(ROLES.get(code, code))


def state(code: str) -> str:
    return _(STATES.get(code, code))


def slot_word(name: str) -> str:
    """A slot's name; those every station has are translated."""
    return _(SLOTS[name]) if name in SLOTS else name


def slot_times(slot: Slot) -> str:
    """07–15, or 07:30–15:30."""
    whole = slot.begin % 60 == 0 and slot.until % 60 == 0
    parts = (f"{each // 60:02}" if whole else _of_day(each) for each in (slot.begin, slot.until))
    return "–".join(parts)


def post(code: str) -> str:
    """lane-2 as "Lane 2", hut, or what the station calls it."""
    if code.startswith("lane-"):
        return _("Lane {n}").format(n=code.removeprefix("lane-"))
    return _("Hut") if code == "hut" else code


def day_word(month: str, day: int) -> str:
    """The day with its weekday: 21 Mon."""
    weekday = datetime(int(month[:4]), int(month[5:]), day, tzinfo=UTC).weekday()
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return f"{day} {names[weekday]}"


def day_time(at: int, zone: int) -> str:
    """MM-DD HH:MM, `zone` minutes east."""
    return datetime.fromtimestamp(at // 1000 + zone * 60, UTC).strftime("%m-%d %H:%M")


def flaw(told: Flaw, *, name: str, zone: int) -> str:
    """What a lead should know, in one sentence; `name` is the officer's as it may be shown."""
    when = day_time(told.at, zone) if told.at else ""
    words = {
        "few_leads": _("{group}: {found} experienced, {need} are needed"),
        "two_groups": _("{name} is in {group} and {others}"),
        "unknown": _("{group} is planned, but there is no such group"),
        "twice": _("{name} would serve twice at once"),
        "long": _("{name}: {found} h without a break, at most {need} h"),
        "rest": _("{name}: {found} h rest, at least {need} h"),
    }[told.code]
    hours = told.code in {"long", "rest"}
    said = words.format(
        group=told.group,
        name=name,
        others=", ".join(told.others),
        found=in_hours(told.found) if hours else told.found,
        need=told.need // 60 if hours else told.need,
    )
    return f"{when} {said}" if when else said


def _of_day(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
