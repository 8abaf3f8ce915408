"""`roster show|generate|swap|groups|hours|contacts`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, Progress, emit, note, say, table
from checkpoint_app.cli.times import local_zone
from checkpoint_app.documents import roster_words
from checkpoint_app.domain import hours, officers, roster_facts
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.masking import mask_name, mask_phone
from checkpoint_app.domain.officers import Officer
from checkpoint_app.domain.roster import Exchange, Plan, StandIn, Swap
from checkpoint_app.domain.roster_rules import Flaw
from checkpoint_app.domain.rotation import PATTERNS, Pattern, RosterRefused, days_of, evenly, own_pattern
from checkpoint_app.i18n import _
from checkpoint_app.services import attendance, hours_table
from checkpoint_app.services import roster as service
from checkpoint_app.services.desk import Desk, Reading
from checkpoint_app.services.roster import NoRoster
from checkpoint_app.storage import affairs
from checkpoint_app.storage.engine import Connection


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Shows what stands beside a running window, or writes what was asked for."""
    if not _writes(arguments):
        with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
            return _SHOWN[arguments.act](arguments, reading)
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        return _WRITTEN[arguments.act](arguments, desk)
    finally:
        desk.close(painted=desk.told())


def _writes(arguments: argparse.Namespace) -> bool:
    asked = {
        "groups": ("set", "drop"),
        "contacts": ("add", "drop"),
        "hours": ("xlsx", "csv"),
        "show": (),
    }
    if arguments.act not in asked:
        return True
    return any(getattr(arguments, name) for name in asked[arguments.act])


# showing


def _show(arguments: argparse.Namespace, reading: Reading) -> int:
    month = _month(arguments)
    plan = service.plan_in(reading.connection, month, desk=reading.settings.desk)
    if plan is None:
        raise NoRoster(month=month)
    _tell_plan(plan, as_json=arguments.json)
    return 0


def _tell_plan(plan: Plan, *, as_json: bool) -> None:
    if as_json:
        for turn in plan.turns:
            slot = plan.slots[turn.slot]
            told: dict[str, Plain] = {"month": plan.month, "day": turn.day, "slot": turn.slot + 1}
            emit(told | {"name": slot.name, "from": slot.begin, "to": slot.until, "groups": turn.groups})
        return
    words = [f"{roster_words.slot_word(each.name)} {roster_words.slot_times(each)}" for each in plan.slots]
    rows = []
    for day in range(1, plan.days + 1):
        turns = (plan.turn(day, slot) for slot in range(len(plan.slots)))
        rows.append(
            (
                roster_words.day_word(plan.month, day),
                *(" ".join(each.groups) if each else "" for each in turns),
            )
        )
    table((_("Date"), *words), rows)


def _groups(arguments: argparse.Namespace, reading: Reading) -> int:
    found = service.groups_of(reading.connection, desk=reading.settings.desk)
    if arguments.json:
        for each in found:
            emit(asdict(each))
        return 0
    rows = [
        (each.name, " ".join(each.leads), " ".join(one for one in each.members if one not in each.leads))
        for each in found
    ]
    table((_("Group"), _("Experienced"), _("Others")), rows)
    return 0


def _hours(arguments: argparse.Namespace, reading: Reading) -> int:
    month, now = _month(arguments), _now()
    since, until = hours.month_bounds(month, local_zone(now))
    around = attendance.LONGEST_SHIFT
    told = attendance.stints_of(
        reading.connection, desk=reading.settings.desk, since=since - around, until=until + around
    )
    known = _officers(reading.connection, desk=reading.settings.desk)
    for each in (found := hours.month_hours(told, month, now=now)):
        if arguments.json:
            emit({"month": month, **asdict(each)})
    if not arguments.json:
        rows = [hours_table.line(each, known.get(each.officer), mask_name) for each in found]
        table(hours_table.head(), [tuple(map(str, row)) for row in rows])
    return 0


def _contacts(arguments: argparse.Namespace, reading: Reading) -> int:
    """Numbers masked; in full they are looked up in the window, which leaves an entry."""
    told = affairs.all_told(reading.connection, Family.CONTACT, desk=reading.settings.desk, over=False)
    found = roster_facts.contacts_of(told)
    if arguments.json:
        for each in found:
            emit({**asdict(each), "phone": mask_phone(each.phone)})
        return 0
    rows = [(each.name, mask_phone(each.phone), each.about or "-", each.id) for each in found]
    table((_("Name or place"), _("Phone"), _("About"), "id"), rows)
    return 0


def _officers(reader: Connection, *, desk: str) -> Mapping[str, Officer]:
    told = affairs.all_told(reader, Family.OFFICER, desk=desk)
    return {each.number: each for each in officers.standing(told)}


# writing


def _generate(arguments: argparse.Namespace, desk: Desk) -> int:
    month, pattern = _month(arguments), _pattern(arguments)
    (written,) = desk.roster.generate(month, pattern, arguments.group or (), by=desk.by).result()
    _done(arguments, {"month": month, "pattern": pattern.text, "seq": written.seq})
    _warn(desk, month)
    return 0


def _pattern(arguments: argparse.Namespace) -> Pattern:
    """One of the listed ones by its code, else the station's own over equal parts of the day."""
    if arguments.pattern in PATTERNS:
        return PATTERNS[arguments.pattern]
    if arguments.slots not in {1, 2, 3, 4, 6, 8} or not 0 <= arguments.first < 24:
        raise RosterRefused(fault="slots")
    return own_pattern(arguments.pattern, evenly(arguments.slots, first=60 * arguments.first))


def _swap(arguments: argparse.Namespace, desk: Desk) -> int:
    """What it breaks is told, and done all the same: the lead decides."""
    month, swap = _month(arguments), _wanted(arguments)
    zone = local_zone(_now())
    flaws = desk.roster.breaks(month, swap, zone=zone)
    (written,) = desk.roster.swap(month, swap, why=arguments.why, by=desk.by).result()
    _done(arguments, {"month": month, "breaks": [flaw.code for flaw in flaws], "seq": written.seq})
    for flaw in flaws:
        note(roster_words.flaw(flaw, name=flaw.officer, zone=zone))
    return 0


def _wanted(arguments: argparse.Namespace) -> Swap:
    """Slots count from 1 on the command line."""
    day, slot = arguments.day, arguments.slot - 1
    if arguments.comes:
        return StandIn(day, slot, arguments.name, arguments.goes or "", arguments.comes)
    if not arguments.to:
        raise RosterRefused(fault="same")
    back = (arguments.back[0], arguments.back[1] - 1) if arguments.back else None
    return Exchange(day, slot, arguments.name, arguments.to, back)


def _set_groups(arguments: argparse.Namespace, desk: Desk) -> int:
    roster, by, zone = desk.roster, desk.by, local_zone(_now())
    if arguments.drop:
        (written,) = roster.drop_group(arguments.drop, zone=zone, by=by).result()
        _done(arguments, {"group": arguments.drop, "dropped": True, "seq": written.seq})
        return 0
    leads, members = arguments.experienced or (), arguments.member or ()
    for number in (*leads, *members):
        desk.officers.find(number)
    (written,) = roster.set_group(arguments.set, members, leads, by=by).result()
    told = {"group": arguments.set, "experienced": list(leads), "members": list(members)}
    _done(arguments, {**told, "seq": written.seq})
    return 0


def _export_hours(arguments: argparse.Namespace, desk: Desk) -> int:
    month, path = _month(arguments), Path(arguments.csv or arguments.xlsx)
    known = {each.number: each for each in desk.officers.everybody(left=True)}
    hours_table.export_hours(
        desk.attendance,
        month,
        path,
        zone=local_zone(_now()),
        officers=known,
        masked=None if arguments.full else mask_name,
        by=desk.by,
        why=arguments.why,
        form="csv" if arguments.csv else "xlsx",
        progress=Progress(_("{count} lines written")),
    )
    _done(arguments, {"month": month, "file": str(path)})
    return 0


def _set_contacts(arguments: argparse.Namespace, desk: Desk) -> int:
    contacts, by = desk.contacts, desk.by
    if arguments.drop:
        (written,) = contacts.drop(arguments.drop, by=by).result()
        _done(arguments, {"id": arguments.drop, "dropped": True, "seq": written.seq})
        return 0
    name, phone = arguments.add
    (written,) = contacts.set(name, phone, about=arguments.about, by=by).result()
    _done(arguments, {"id": written.action, "seq": written.seq})
    return 0


def _warn(desk: Desk, month: str) -> None:
    zone = local_zone(_now())
    for flaw in sorted(desk.roster.flaws(month, zone=zone), key=_of_the_day):
        note(roster_words.flaw(flaw, name=flaw.officer, zone=zone))


def _of_the_day(flaw: Flaw) -> tuple[int, str]:
    return flaw.at, flaw.officer


def _done(arguments: argparse.Namespace, record: Mapping[str, Plain]) -> None:
    if arguments.json:
        emit(record)
        return
    for name, value in record.items():
        told = " ".join(map(str, value)) or "-" if isinstance(value, list) else value
        say(f"{name:12} {told}")


def _month(arguments: argparse.Namespace) -> str:
    """What was asked for, else this month; raises RosterRefused."""
    month = arguments.month or hours.month_of(_now(), local_zone(_now()))
    days_of(month)
    return str(month)


def _now() -> int:
    return time.time_ns() // 1_000_000


_SHOWN: Mapping[str, Callable[[argparse.Namespace, Reading], int]] = {
    "show": _show,
    "groups": _groups,
    "hours": _hours,
    "contacts": _contacts,
}
_WRITTEN: Mapping[str, Callable[[argparse.Namespace, Desk], int]] = {
    "generate": _generate,
    "swap": _swap,
    "groups": _set_groups,
    "hours": _export_hours,
    "contacts": _set_contacts,
}
