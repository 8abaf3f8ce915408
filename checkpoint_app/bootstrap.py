"""The composition root: builds everything once and hands it over. Holds no rule of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from checkpoint_app import built_at, config
from checkpoint_app.config import Settings, resource
from checkpoint_app.crypto import keychain, recovery
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.clock import Tick
from checkpoint_app.domain.codes import LinkPatterns, load_patterns
from checkpoint_app.domain.errors import Refusal, Trouble
from checkpoint_app.domain.facts import setting_changed
from checkpoint_app.domain.roles import Action
from checkpoint_app.domain.rules import RulePack, load_rules
from checkpoint_app.services.desk import Desk, Reading, new_action
from checkpoint_app.services.duty import Duty
from checkpoint_app.services.retention import renew_when_due
from checkpoint_app.services.rulebook import as_decided, rules_for
from checkpoint_app.storage.database import holds_ledger, ledger_file, open_reader
from checkpoint_app.storage.desk import read_setting, write_setting
from checkpoint_app.storage.engine import Connection, WrongKey
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.lock import LedgerInUse, had_writer
from checkpoint_app.storage.timekeeper import system_tick

ON_PAPER = ("station", "lanes", *config.DUTY)
"""Settings whose change is an entry."""
TOLD = "settings_told"
"""Setting of the file: those of ON_PAPER as the ledger last heard of them."""
LOOK = ("language", "theme", "theme_by", "scale", "pixel_um", "volume", "sheet_proved", "bad")
"""Settings of which anybody disposes; a sheet is proved by its words."""
_PLAIN = Settings()


class NotSetUp(Refusal):
    """This folder holds no desk yet: the first start has not been answered; facts: folder."""


class SettingsLost(Trouble):
    """A ledger is here and its desk's settings cannot be read: that is no empty folder; facts: folder."""


class LedgerMissing(Trouble):
    """A ledger was here and is gone: starting a new one in silence would hide that; facts: folder."""


def set_up(
    folder: Path, settings: Settings, *, place: KeyPlace, passphrase: str | None = None
) -> RecoveryKey:
    """Makes the desk's keys and writes its settings; the recovery key is shown once and never kept.

    What an earlier one left behind that was stopped halfway is replaced. Raises KeyPresent where a desk or a
    ledger is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not config.load_settings(folder).complete and not holds_ledger(folder):
        keychain.discard_keys(folder)
    key = keychain.make_key(folder, place, name=settings.desk, passphrase=passphrase)
    fresh = RecoveryKey.make()
    recovery.keep_wrapped(folder, fresh.recipient, key=key, desk=settings.desk)
    config.save_settings(folder, replace(settings, sheet_proved=False))
    return fresh


def open_desk(
    folder: Path,
    *,
    passphrase: str | None = None,
    tick: Callable[[], Tick] = system_tick,
    reason: str | None = None,
) -> Desk:
    """Opens the desk in `folder`.

    Raises NotSetUp, SettingsLost, LedgerMissing and everything `Ledger.open` and the keychain raise.
    """
    settings = _settings(folder)
    if had_writer(folder) and not ledger_file(folder).exists():
        raise LedgerMissing(folder=str(folder))
    keys = keychain.load_keys(folder, passphrase=passphrase)
    try:
        renewed = renew_when_due(folder, keys, desk=settings.desk, passphrase=passphrase, now=tick().wall)
    except (Trouble, LedgerInUse):
        renewed = True  # or begun: tried again at the next start, and opening says what is wrong
    if renewed:
        keys = keychain.load_keys(folder, passphrase=passphrase)
    ledger = _open_ledger(folder, settings, keys, passphrase=passphrase, tick=tick, reason=reason)
    desk = Desk(
        folder,
        settings,
        ledger,
        Duty(ledger, new_action),
        rules=default_rules(settings),
        patterns=default_patterns(),
    )
    desk.take_settings = partial(change_settings, desk)
    desk.rules = rules_in_use(desk, settings)
    desk.resume_shift()
    with suppress(Trouble):  # told at the next start
        _tell_settings(desk, before=settings)
    desk.inside.use(on=settings.pairing)
    return desk


def _settings(folder: Path) -> Settings:
    """The settings of the desk in `folder`; raises SettingsLost and NotSetUp."""
    settings = config.load_settings(folder)
    if settings.complete:
        return settings
    raise SettingsLost(folder=str(folder)) if holds_ledger(folder) else NotSetUp(folder=str(folder))


def default_rules(settings: Settings | None = None) -> RulePack:
    """The rules that ship, with what the station decides of them."""
    pack = load_rules(resource("rules/default.json").read_bytes())
    return as_decided(pack, settings) if settings else pack


def rules_in_use(desk: Desk, settings: Settings) -> RulePack:
    """The desk's rules by these settings; raises RuleRefused for checks that are none."""
    with desk.ledger.reader() as reader:
        return rules_for(reader, settings, now=desk.ledger.now())


def default_patterns() -> LinkPatterns:
    """The link patterns that ship."""
    return load_patterns(json.loads(resource("codes/patterns.json").read_bytes()))


def change_settings(desk: Desk, changed: Settings) -> None:
    """Takes new settings into use, at lanes that run already too, and writes what changed down.

    How the window looks and sounds is anybody's. Raises NotAllowed, RuleRefused for checks that are none, and
    OSError; nothing is changed then.
    """
    if _matters(desk.settings) != _matters(changed):
        desk.rights.check(Action.SETTINGS, desk.by)
    on_disk = config.load_settings(desk.folder)
    if on_disk.complete:  # a command beside the window may have proved or renewed the recovery sheet
        changed = replace(changed, sheet_proved=on_disk.sheet_proved)
    before, rules = desk.settings, rules_in_use(desk, changed)
    config.save_settings(desk.folder, changed)
    desk.settings, desk.rules = changed, rules
    desk.inside.use(on=changed.pairing)
    _tell_settings(desk, before=before)


def _matters(settings: Settings) -> Settings:
    """The settings but for what concerns nobody else than who sits there."""
    return replace(settings, **{name: getattr(_PLAIN, name) for name in LOOK})


def _tell_settings(desk: Desk, *, before: Settings) -> None:
    """Writes down what differs from `before`, or from what the ledger last heard: somebody may have changed
    the file by hand while the program was closed.
    """
    with desk.ledger.reader() as reader:
        heard = read_setting(reader, TOLD)
    old, new = config.as_plain(before), config.as_plain(desk.settings)
    told = {name: _on_paper(new[name]) for name in ON_PAPER}
    known = heard if isinstance(heard, dict) else told
    changes = {
        name: value
        for name, value in told.items()
        if old[name] != new[name] or known.get(name, value) != value
    }
    if changes:
        desk.ledger.append((setting_changed(changes, by=desk.by, at=desk.ledger.now(), action=new_action()),))
    if heard != told:
        now = desk.ledger.now()
        desk.ledger.transact(lambda connection: write_setting(connection, TOLD, told, now=now))


def _on_paper(value: object) -> Value:
    """A setting as an entry keeps it for ever: a camera's link without its user and password."""
    if isinstance(value, list):
        return [_on_paper(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _on_paper(item) for name, item in value.items()}
    assert isinstance(value, str | int | bool)
    return config.without_login(value) if isinstance(value, str) else value


def _open_ledger(
    folder: Path,
    settings: Settings,
    keys: Sequence[bytes],
    *,
    passphrase: str | None,
    tick: Callable[[], Tick],
    reason: str | None,
) -> Ledger:
    """Tries the keys in turn: after a crash in the middle of a key change there are two, and one fits."""
    for key in keys:
        try:
            ledger = Ledger.open(
                folder,
                key,
                desk=settings.desk,
                build_date=built_at(),
                tick=tick,
                machine=config.machine(),
                reason=reason,
            )
        except WrongKey:
            if key is keys[-1]:
                raise
            continue
        if len(keys) > 1:
            with suppress(Trouble):  # two keys are tried again next time; none of them is lost
                keychain.settle_key(folder, key, passphrase=passphrase)
        return ledger
    raise NotSetUp(folder=str(folder))


@contextmanager
def read_desk(folder: Path, *, passphrase: str | None = None) -> Iterator[Reading]:
    """The desk's ledger beside a running window: nothing can be written through it.

    Raises NotSetUp, SettingsLost, what the keychain raises and what reading an unusable file raises.
    """
    settings = _settings(folder)
    with ExitStack() as stack:
        key, connection = _first_that_reads(folder, stack, passphrase=passphrase)
        yield Reading(folder, settings, key, connection)


def _first_that_reads(folder: Path, stack: ExitStack, *, passphrase: str | None) -> tuple[bytes, Connection]:
    keys = keychain.load_keys(folder, passphrase=passphrase)
    for key in keys[:-1]:
        with suppress(WrongKey):
            return key, stack.enter_context(open_reader(folder, key))
    return keys[-1], stack.enter_context(open_reader(folder, keys[-1]))
