"""`directive publish|list|show|adopt`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from checkpoint_app.cli import affairs
from checkpoint_app.cli.affairs import SHORT
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, moment, say, table
from checkpoint_app.cli.times import local_zone
from checkpoint_app.domain.datasets import LARGEST_SET, DataSet, Difference, SetKind
from checkpoint_app.i18n import N_, _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.directive_kinds import read_content
from checkpoint_app.services.directive_reading import Directed, Standing
from checkpoint_app.storage.timekeeper import system_tick

KINDS = {
    SetKind.NOTICE: N_("notice"),
    SetKind.ORDER: N_("order"),
    SetKind.SETTINGS: N_("settings"),
    SetKind.RULES: N_("rules"),
    SetKind.WATCH_LIST: N_("watch list"),
    SetKind.DENY_LIST: N_("deny list"),
    SetKind.DESKS: N_("desks"),
}


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Lists what came down beside a running window, or publishes, shows, adopts."""
    if arguments.act == "list":
        return _list(arguments, doors)
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        return _ACTS[arguments.act](arguments, desk)
    finally:
        desk.close(painted=desk.told())


def _publish(arguments: argparse.Namespace, desk: Desk) -> int:
    now = desk.ledger.now()
    data = desk.directives.publish(
        arguments.name,
        SetKind(arguments.kind),
        _content(arguments.file),
        since=affairs.due(arguments.since, now=now) if arguments.since else 0,
        until=affairs.due(arguments.until, now=now) if arguments.until else None,
        number=arguments.number,
        by=desk.by,
    )
    if arguments.json:
        emit(_record(data))
    else:
        named = {"name": data.name, "version": data.version, "id": data.action[:SHORT]}
        say(_("published: {name} v{version}, id {id}").format(**named))
    return 0


def _show(arguments: argparse.Namespace, desk: Desk) -> int:
    """What adopting would change, before anything does."""
    data = desk.directives.find(arguments.id)
    found = desk.directives.difference(data)
    if arguments.json:
        emit({**_record(data), **_changes(found)})
        return 0
    say(f"{_(KINDS[data.kind])}  {data.name} v{data.version}  {data.number}".rstrip())
    _say_changes(found)
    return 0


def _adopt(arguments: argparse.Namespace, desk: Desk) -> int:
    data = desk.directives.find(arguments.id)
    found = desk.directives.difference(data)
    written = desk.directives.adopt(data, by=desk.by).result()
    if arguments.json:
        emit({**_record(data), **_changes(found), "seq": written[0].seq})
        return 0
    _say_changes(found)
    said = _("adopted: {name} v{version}, entry {seq}")
    say(said.format(name=data.name, version=data.version, seq=written[0].seq))
    return 0


_ACTS = {"publish": _publish, "show": _show, "adopt": _adopt}


def _list(arguments: argparse.Namespace, doors: Doors) -> int:
    now = system_tick().wall
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        settings = reading.settings
        found = Standing.of(reading.connection, settings.desk, settings.role).rows(now=now)
    if arguments.json:
        for each in found:
            emit({**_record(each.data), "adopted": each.adopted, "pending": each.pending})
    elif found:
        head = (_("id"), _("kind"), _("name"), _("version"), _("number"), _("published"), _("state"))
        table(head, [_row(each) for each in found])
    return 0


def _row(each: Directed) -> tuple[str, ...]:
    data = each.data
    state = _("adopted") if each.adopted else _("to adopt") if each.pending else "-"
    published = moment(data.published, zone=local_zone(data.published))
    kind, number = _(KINDS[data.kind]), data.number or "-"
    return data.action[:SHORT], kind, data.name, f"v{data.version}", number, published, state


def _record(data: DataSet) -> dict[str, Plain]:
    return {
        "id": data.action,
        "publisher": data.publisher,
        "name": data.name,
        "kind": data.kind.value,
        "version": data.version,
        "since": data.since,
        "until": data.until,
        "size": data.size,
        "digest": data.digest,
        "number": data.number,
        "published": data.published,
    }


def _changes(found: Difference) -> dict[str, Plain]:
    return {"added": found.added, "gone": found.gone, "changed": found.changed}


def _say_changes(found: Difference) -> None:
    for text in found.added:
        say(f"+ {text}")
    for text in found.gone:
        say(f"- {text}")
    for name, before, after in found.changed:
        say(_("{name}: {before} → {after}").format(name=name, before=before, after=after))
    if not found:
        say(_("nothing changes"))


def _content(name: str) -> str:
    """The text of a file, or of standard input for "-"; raises ContentUnread."""
    return sys.stdin.read(LARGEST_SET + 1) if name == "-" else read_content(Path(name))
