"""`desks show|exchange`: the other desks of this station."""

from __future__ import annotations

import argparse

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, moment, say, table
from checkpoint_app.cli.times import local_zone
from checkpoint_app.i18n import _
from checkpoint_app.services.neighbours import Standing, standing
from checkpoint_app.storage.timekeeper import system_tick


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Tells beside a running window what is missed of them, or exchanges bundles with them now."""
    return _show(arguments, doors) if arguments.act == "show" else _exchange(arguments, doors)


def _show(arguments: argparse.Namespace, doors: Doors) -> int:
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        settings = reading.settings
        found = standing(reading.connection, settings, desk=settings.desk, now=system_tick().wall)
    if arguments.json:
        for each in found:
            emit(_record(each))
    elif found:
        table((_("desk"), _("heard until"), _("missing"), _("state")), [_row(each) for each in found])
    else:
        say(_("no other desk of this station is enrolled here · Now: `exchange enrol` with its card"))
    if found and not settings.exchange_folder and not arguments.json:
        say(_("no shared folder is set · Now: `settings set exchange_folder FOLDER`, at every desk"))
    return 0


def _exchange(arguments: argparse.Namespace, doors: Doors) -> int:
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        sent = desk.neighbours.exchange(by=desk.by)
    finally:
        desk.close(painted=desk.told())
    names = [file.name for file in sent.files] if sent else []
    if arguments.json:
        emit({"files": names})
    else:
        for name in names:
            say(_("written: {path}").format(path=name))
    return 0


def _row(each: Standing) -> tuple[str, ...]:
    heard = moment(each.heard, zone=local_zone(each.heard)) if each.heard else "-"
    missing = ", ".join(f"{gap.first}-{gap.last}" for gap in each.missing) or "-"
    return each.desk, heard, missing, _state(each)


def _state(each: Standing) -> str:
    if not each.heard:
        return _("nothing has come yet")
    return _("missed") if each.quiet or each.missing else "-"


def _record(each: Standing) -> dict[str, Plain]:
    return {
        "desk": each.desk,
        "heard": each.heard,
        "quiet": each.quiet,
        "missing": [
            {"epoch": gap.epoch, "first": gap.first, "last": gap.last, "since": gap.since}
            for gap in each.missing
        ],
    }
