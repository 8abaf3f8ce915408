"""`settings show|set|export`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import cast

from checkpoint_app import config
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, say, table
from checkpoint_app.cli.setup import SettingsUnfit
from checkpoint_app.config import FIXED, Settings
from checkpoint_app.documents.sheets import FileNotWritten
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.words import Direction
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import LaneBusy

LISTS = ("required_checks",)


class SettingUnknown(Refusal):
    """No setting has this name; facts: name."""


class SettingFixed(Refusal):
    """It belongs to the ledger and its key and is not changed here; facts: name."""


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Shows, changes or copies the settings of a desk that is set up."""
    if arguments.act == "set":
        return _set(arguments, doors)
    settings = config.load_settings(doors.folder)
    if not settings.complete:
        with doors.read_desk(doors.folder):  # says that no desk is here
            pass
    if arguments.act == "export":
        return _export(settings, arguments.file, as_json=arguments.json)
    return _show(settings, as_json=arguments.json)


def _show(settings: Settings, *, as_json: bool) -> int:
    plain = config.for_others(settings) | {
        "key_place": settings.key_place,
        "sheet_proved": settings.sheet_proved,
    }
    if as_json:
        emit(cast(dict[str, Plain], plain))
    else:
        table((_("setting"), _("value")), [(name, _text(plain[name])) for name in sorted(plain)])
    return 0


def _set(arguments: argparse.Namespace, doors: Doors) -> int:
    name = arguments.name
    if name not in config.NAMES:
        raise SettingUnknown(name=name)
    if name in FIXED:
        raise SettingFixed(name=name)
    value = _value(name, arguments.value)
    if not config.fits(name, value):
        raise SettingsUnfit(names=f"{name} = {arguments.value}")
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        before, plain = config.for_others(desk.settings)[name], config.as_plain(desk.settings)
        changed = config.from_plain({**desk.settings.unknown, **plain, name: value})
        _refuse_busy(desk, changed)
        doors.change_settings(desk, changed)
        after = config.for_others(desk.settings)[name]
    finally:
        desk.close(painted=desk.told())
    if arguments.json:
        emit({"name": name, "before": cast(Plain, before), "after": cast(Plain, after)})
    else:
        say(_("{name}: {before} → {after}").format(name=name, before=_text(before), after=_text(after)))
    return 0


def _refuse_busy(desk: Desk, changed: Settings) -> None:
    """Raises LaneBusy for a lane that would go, or turn round, while a vehicle stands there."""
    stays = {(lane.number, lane.direction) for lane in changed.lanes}
    for each in desk.settings.lanes:
        if (each.number, each.direction) in stays:
            continue
        state = desk.lane(each.number, direction=Direction(each.direction)).state
        if state.open or state.parked:
            raise LaneBusy(lane=each.number)


def _export(settings: Settings, path: Path, *, as_json: bool) -> int:
    whole = json.dumps(config.for_others(settings), ensure_ascii=False, indent=2, sort_keys=True)
    try:
        path.write_text(whole + "\n", encoding="utf-8")
    except OSError as error:
        raise FileNotWritten(path=str(path), why=error.strerror or "") from error
    if as_json:
        emit({"file": str(path)})
    else:
        say(_("written: {path}").format(path=path))
    return 0


def _value(name: str, typed: str) -> object:
    """What was typed: as the file has it, else a list with commas where one belongs, else plain text."""
    try:
        found = json.loads(typed)
    except ValueError:
        return [part for part in typed.split(",") if part] if name in LISTS else typed
    return found if config.fits(name, found) else typed


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
