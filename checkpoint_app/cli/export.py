"""`export --to PLACE`: bundles for headquarters and other desks, read back before they count."""

from __future__ import annotations

import argparse
from pathlib import Path

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Progress, emit, note, say
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.sending import Plan, Sent, Which
from checkpoint_app.storage.outbox import Outgoing

STOPPED = 1


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """0 also when there was nothing to send."""
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        plan = desk.sending.plan(_which(arguments), to=arguments.desks, shift=arguments.shift or "")
        if not plan.fresh and plan.which in (Which.UNRECEIPTED, Which.NEW):
            _tell_nothing(plan, as_json=arguments.json)
            return 0
        sent = _send(desk, plan, arguments.to)
    finally:
        desk.close(painted=desk.told())
    if sent is None:
        note(_("stopped"))
        return STOPPED
    _tell(sent, plan, as_json=arguments.json)
    return 0


def _which(arguments: argparse.Namespace) -> Which:
    if arguments.shift:
        return Which.SHIFT
    if arguments.all:
        return Which.ALL
    return Which.NEW if arguments.new else Which.UNRECEIPTED


def _send(desk: Desk, plan: Plan, place: str) -> Sent | None:
    progress = Progress(_("{count} % done"))
    url = place if "://" in place else str(Path(place).resolve())
    return desk.sending.send(
        plan, url, by=desk.by, progress=lambda done, of: progress(100 * done // max(of, 1))
    )


def _tell_nothing(plan: Plan, *, as_json: bool) -> None:
    if as_json:
        emit({"to": [each.desk for each in plan.to], "entries": 0})
    else:
        say(_("nothing new for {desks}").format(desks=_desks(plan)))


def _tell(sent: Sent, plan: Plan, *, as_json: bool) -> None:
    for file in sent.files:
        if as_json:
            emit(
                {
                    "file": file.name,
                    "to": [*file.to],
                    "entries": file.count,
                    "size": file.size,
                    "digest": file.digest,
                    "held": _held(file),
                }
            )
        else:
            say(
                _("{name}: {entries} entries, {size} KB, read back and the same").format(
                    name=file.name, entries=file.count, size=-(-file.size // 1_000)
                )
            )
    if not as_json:
        say(_("for {desks}; the stick may be pulled out now").format(desks=_desks(plan)))


def _desks(plan: Plan) -> str:
    return ", ".join(each.desk for each in plan.to)


def _held(file: Outgoing) -> str:
    return " ".join(f"{each.desk}:{each.epoch}:{each.first}-{each.last}" for each in file.held)
