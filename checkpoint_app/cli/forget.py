"""`forget`: what is older than the station keeps personal data, taken away now; or only counted."""

from __future__ import annotations

import argparse

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, moment, note, say
from checkpoint_app.cli.times import local_zone
from checkpoint_app.i18n import _
from checkpoint_app.services import retention
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.retention import Due
from checkpoint_app.storage.timekeeper import system_tick


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Forgets, or with --dry-run counts beside a running window; raises RetentionUnanswered."""
    if arguments.dry_run:
        return _count(arguments, doors)
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        return _forget(arguments, desk)
    finally:
        desk.close(painted=desk.told())


def _count(arguments: argparse.Namespace, doors: Doors) -> int:
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        now = system_tick().wall
        before = retention.cut(now=now, zone=local_zone(now), days=reading.settings.retention_days)
        due = retention.due(reading.connection, reading.folder, desk=reading.settings.desk, before=before)
    record = _record(due)
    if arguments.json:
        emit(record)
        return 0
    say(_("would be forgotten, older than {before}: {entries} entries, {people} people").format(**record))
    say(_("with them {backups} backups and {printed} printed sheets").format(**record))
    return 0


def _record(due: Due) -> dict[str, Plain]:
    return {
        "before": moment(due.before, zone=local_zone(due.before)),
        "entries": due.counted.entries,
        "people": due.counted.people,
        "backups": len(due.backups),
        "printed": due.printed,
    }


def _forget(arguments: argparse.Namespace, desk: Desk) -> int:
    now, days = desk.ledger.now(), desk.settings.retention_days
    before = retention.cut(now=now, zone=local_zone(now), days=days)
    taken = retention.forget(
        desk.ledger,
        before=before,
        days=days,
        by=desk.by,
        action=new_action(),
        desk=desk.settings.desk,
        rights=desk.rights,
    )
    record: dict[str, Plain] = {
        "before": moment(before, zone=local_zone(before)),
        "entries": taken.forgotten.entries,
        "people": taken.forgotten.people,
        "files": len(taken.forgotten.files),
        "printed": taken.printed,
    }
    if arguments.json:
        emit(record)
    else:
        say(_("forgotten, older than {before}: {entries} entries, {people} people").format(**record))
        say(_("with them {files} backups and copies, {printed} printed sheets").format(**record))
        say(_("the file gets a new key at the next start; until then its pages may hold traces"))
    for place in taken.unreached:
        note(_("Not reached now, look for old backups there yourself: {place}").format(place=place))
    return 0
