"""`officers list|enrol|change|leave|pin|badge`."""

from __future__ import annotations

import argparse
from pathlib import Path

from checkpoint_app.cli import acting
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, moment, say, table
from checkpoint_app.cli.recover import read_words
from checkpoint_app.cli.times import local_zone
from checkpoint_app.documents.badge import Badge, write_badges
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.officers import Officer, UnknownOfficer, standing
from checkpoint_app.domain.roles import Action, Role
from checkpoint_app.i18n import N_, _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.officers import allow_beside, badge_text
from checkpoint_app.services.pin_recovery import recover_pin
from checkpoint_app.storage import affairs

ROLES = {
    Role.OFFICER: N_("Officer on duty"),
    Role.LEAD: N_("Shift lead"),
    Role.ADMIN: N_("Computer keeper"),
    Role.AUDITOR: N_("Auditor"),
}


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Lists officers beside a running window, or changes who serves at this desk."""
    if arguments.act == "list":
        return _list(arguments, doors)
    if arguments.act == "badge":
        return _badge(arguments, doors)
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        changed = _ACTS[arguments.act](arguments, desk)
    finally:
        desk.close(painted=desk.told())
    _print((changed,) if changed else (), as_json=arguments.json)
    return 0


def _list(arguments: argparse.Namespace, doors: Doors) -> int:
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        told = affairs.all_told(reading.connection, Family.OFFICER, desk=reading.settings.desk)
    found = tuple(each for each in standing(told) if arguments.left or not each.left)
    _print(found, as_json=arguments.json)
    return 0


def _badge(arguments: argparse.Namespace, doors: Doors) -> int:
    """Names in full, so it takes who may enrol; nothing is written but the file."""
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        desk = reading.settings.desk
        allow_beside(
            reading.connection, Action.ENROL, desk=desk, signed=lambda: acting.signed(arguments.acting)
        )
        told = affairs.all_told(reading.connection, Family.OFFICER, desk=desk)
        serving = [each for each in standing(told) if not each.left]
        wanted = [each for each in serving if not arguments.number or each.number in arguments.number]
        if missing := set(arguments.number) - {each.number for each in wanted}:
            raise UnknownOfficer(number=min(missing))
        cards = [
            Badge(
                each.number,
                each.name,
                _(ROLES[each.role]),
                each.agency,
                reading.settings.station,
                badge_text(each, desk=desk),
            )
            for each in wanted
        ]
    pages = write_badges(cards, Path(arguments.pdf))
    if arguments.json:
        emit({"file": arguments.pdf, "badges": len(cards), "pages": pages})
    else:
        say(_("{n} badges on {pages} sheets: {path}").format(n=len(cards), pages=pages, path=arguments.pdf))
    return 0


def _enrol(arguments: argparse.Namespace, desk: Desk) -> Officer:
    return desk.officers.enrol(
        arguments.name,
        role=Role(arguments.role),
        agency=arguments.agency or "",
        phone=arguments.phone or "",
        skills=arguments.skill or (),
        by=desk.by,
    )


def _change(arguments: argparse.Namespace, desk: Desk) -> Officer:
    return desk.officers.change(
        arguments.number,
        name=arguments.name,
        role=Role(arguments.role) if arguments.role else None,
        agency=arguments.agency,
        phone=arguments.phone,
        skills=arguments.skill,
        by=desk.by,
    )


def _leave(arguments: argparse.Namespace, desk: Desk) -> None:
    desk.officers.leave(arguments.number, why=arguments.why, by=desk.by)


def _pin(arguments: argparse.Namespace, desk: Desk) -> Officer:
    """Somebody's own PIN is changed by giving the old one, which signing on with --as does already; with the
    recovery words nobody signs on.
    """
    if arguments.recovery:
        words = read_words()
        recover_pin(desk, arguments.number, acting.fresh(arguments.number), words=words)
        return desk.officers.find(arguments.number)
    own = arguments.acting == arguments.number
    old = acting.known(arguments.number) if own else ""
    desk.officers.set_pin(arguments.number, acting.fresh(arguments.number), old=old, by=desk.by)
    return desk.officers.find(arguments.number)


_ACTS = {"enrol": _enrol, "change": _change, "leave": _leave, "pin": _pin}


def _print(found: tuple[Officer, ...], *, as_json: bool) -> None:
    if as_json:
        for each in found:
            emit(_record(each))
        return
    if not found:
        return
    head = (_("number"), _("name"), _("role"), _("agency"), _("skills"), _("PIN"), _("left"))
    table(head, [tuple(map(_text, _record(each).values())) for each in found])


def _record(officer: Officer) -> dict[str, Plain]:
    """Masked: a list is no reason to show anybody."""
    return {
        "number": officer.number,
        "name": mask_name(officer.name),
        "role": officer.role.value,
        "agency": officer.agency,
        "skills": list(officer.skills),
        "pin": officer.has_pin,
        "left": moment(officer.left, zone=local_zone(officer.left)) if officer.left else None,
    }


def _text(value: Plain) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "-" if value in (None, "") else str(value)
