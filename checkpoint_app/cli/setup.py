"""`setup`: a desk's first answers without the window."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from checkpoint_app import config
from checkpoint_app.cli import acting, passphrase
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import emit, note, say
from checkpoint_app.cli.recover import show
from checkpoint_app.config import LaneSetting, Settings, unfit
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.domain.chain import head_text
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.officers import LONGEST_PIN, SHORTEST_PIN, PinUnfit, is_pin
from checkpoint_app.i18n import _, language


class SettingsUnfit(Refusal):
    """Values that no desk can be set to; facts: names."""


class SettingsUnanswered(Refusal):
    """What a desk cannot be without was not said; facts: names, as options of the command."""


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Makes keys, settings and an empty ledger; the recovery words are shown before anything else."""
    place = KeyPlace(arguments.key_place)
    settings = replace(_answers(arguments), key_place=place.value)
    if names := unfit(settings):
        raise SettingsUnfit(names=" ".join(names))
    if unanswered := [f"--{name}" for name in ("station", "desk") if not getattr(settings, name)]:
        raise SettingsUnanswered(names=" ".join(unanswered))
    secret = passphrase.fresh() if place is KeyPlace.PASSPHRASE else None
    pin = _first_pin() if arguments.lead else ""
    show(doors.set_up(doors.folder, settings, place=place, passphrase=secret), as_json=arguments.json)
    desk = doors.open_desk(doors.folder, passphrase=secret)
    try:
        if arguments.lead:
            desk.begin_with(arguments.lead, pin)
    finally:
        desk.close(painted=desk.told())
    if place is KeyPlace.OPEN_FILE:
        note(_("The key lies open beside the ledger: for demonstrations only"))
    head = head_text(desk.ledger.head())
    if arguments.json:
        emit({"folder": str(doors.folder), "head": head})
    else:
        say(_("desk {desk} made in {folder}").format(desk=settings.desk, folder=doors.folder))
    return 0


def _first_pin() -> str:
    """Asked for before anything is made; raises PinNeeded, PinUnfit."""
    pin = acting.known("01")
    if not is_pin(pin):
        raise PinUnfit(least=SHORTEST_PIN, most=LONGEST_PIN)
    return pin


def read(path: Path) -> Settings:
    """Another desk's settings; raises SettingsUnfit naming the file or what in it fits no desk."""
    found = config.read_settings(path)
    if found.bad:
        names = (path.name,) if found.bad == (config.SETTINGS_FILE,) else found.bad
        raise SettingsUnfit(names=" ".join(names))
    return found


def _answers(arguments: argparse.Namespace) -> Settings:
    """What the file says, and over it what was said in so many words."""
    file = read(arguments.file) if arguments.file else Settings(language=language())
    said = {
        name: getattr(arguments, name)
        for name in ("role", "station", "desk", "province", "retention_days")
        if getattr(arguments, name) is not None
    }
    return replace(file, lanes=_lanes(arguments, file), **said)


def _lanes(arguments: argparse.Namespace, file: Settings) -> tuple[LaneSetting, ...]:
    """The lanes of the file; what was said is about the first."""
    first = file.lanes[0]
    told = LaneSetting(
        first.number if arguments.lane is None else arguments.lane,
        first.direction if arguments.direction is None else arguments.direction,
        first.camera if arguments.camera is None else arguments.camera,
        first.scanner,
    )
    return (told, *file.lanes[1:])
