"""The composition root: builds everything once and hands it over. Holds no rule of its own."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from checkpoint_app import built_at, config
from checkpoint_app.config import Settings, resource
from checkpoint_app.crypto import keychain, recovery
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.domain.clock import Tick
from checkpoint_app.domain.codes import LinkPatterns, load_patterns
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By, setting_changed
from checkpoint_app.domain.known import Known
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.rules import RulePack, load_rules, requiring
from checkpoint_app.domain.words import Direction
from checkpoint_app.services.duty import Duty
from checkpoint_app.services.lane import Lane, Tools
from checkpoint_app.services.sightings import Sightings
from checkpoint_app.storage.engine import WrongKey
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.timekeeper import system_tick

ON_PAPER = ("station", "camera", "direction", "tally_allowed", "required_checks", "lane")
"""Settings whose change is an entry."""


class NotSetUp(Refusal):
    """This folder holds no desk yet: the first start has not been answered; facts: folder."""


@dataclass(slots=True)
class Desk:
    """One running desk. `by` is who acts now; pages and commands ask it when they write."""

    folder: Path
    settings: Settings
    ledger: Ledger
    duty: Duty
    rules: RulePack
    patterns: LinkPatterns
    sightings: Sightings = field(default_factory=Sightings)
    by: By = field(default_factory=By)

    def lane(self, number: int, *, direction: Direction) -> Lane:
        """The lane with that number, as its draft left it."""
        tools = Tools(
            ledger=self.ledger,
            rules=self.rules,
            patterns=self.patterns,
            known=self._known,
            digest=self.ledger.payload_digest,
            by=lambda: self.by,
            new_action=new_action,
            sightings=self.sightings,
            province=self.settings.province,
            tally_allowed=self.settings.tally_allowed,
        )
        return Lane(LaneState(number, direction), tools=tools)

    def resume_shift(self) -> None:
        """Whoever leads the open shift acts from now on, until somebody signs on."""
        current = self.duty.current()
        self.by = By(current.shift, current.lead) if current else By()

    def close(self, *, painted: int | None = None) -> None:
        """Seals and lets the folder go."""
        self.ledger.close(painted=painted)

    def _known(self) -> Known:
        return Known(clock=self.ledger.clock, station={"name": self.settings.station})


def new_action() -> str:
    """A random action id, 32 hex characters."""
    return secrets.token_hex(16)


def set_up(
    folder: Path, settings: Settings, *, place: KeyPlace, passphrase: str | None = None
) -> RecoveryKey:
    """Makes the desk's keys and writes its settings; the recovery key is shown once and never kept."""
    folder.mkdir(parents=True, exist_ok=True)
    key = keychain.make_key(folder, place, name=settings.desk, passphrase=passphrase)
    fresh = RecoveryKey.make()
    recovery.write_recovery(folder, recovery.wrap(key, fresh.recipient, desk=settings.desk))
    config.save_settings(folder, settings)
    return fresh


def open_desk(
    folder: Path,
    *,
    passphrase: str | None = None,
    tick: Callable[[], Tick] = system_tick,
    reason: str | None = None,
) -> Desk:
    """Opens the desk in `folder`. Raises NotSetUp and everything `Ledger.open` and the keychain raise."""
    settings = config.load_settings(folder)
    if not settings.complete:
        raise NotSetUp(folder=str(folder))
    ledger = _open_ledger(folder, settings, passphrase=passphrase, tick=tick, reason=reason)
    desk = Desk(
        folder,
        settings,
        ledger,
        Duty(ledger, new_action),
        rules=default_rules(settings),
        patterns=default_patterns(),
    )
    desk.resume_shift()
    return desk


def default_rules(settings: Settings | None = None) -> RulePack:
    """The rules that ship, with the station's own list of required checks."""
    pack = load_rules(resource("rules/default.json").read_bytes())
    return requiring(pack, settings.required_checks) if settings else pack


def default_patterns() -> LinkPatterns:
    """The link patterns that ship."""
    return load_patterns(json.loads(resource("codes/patterns.json").read_bytes()))


def change_settings(desk: Desk, changed: Settings) -> None:
    """Takes new settings into use and writes what changed down."""
    before, after = desk.settings, changed
    changes = {
        name: _plain(getattr(after, name))
        for name in ON_PAPER
        if getattr(before, name) != getattr(after, name)
    }
    config.save_settings(desk.folder, changed)
    desk.settings = changed
    if changes:
        desk.ledger.append((setting_changed(changes, by=desk.by, at=desk.ledger.now(), action=new_action()),))


def _plain(value: object) -> str | int | bool | list[str]:
    if isinstance(value, tuple):
        return [str(item) for item in value]
    assert isinstance(value, str | int | bool)
    return value


def _open_ledger(
    folder: Path,
    settings: Settings,
    *,
    passphrase: str | None,
    tick: Callable[[], Tick],
    reason: str | None,
) -> Ledger:
    """Tries the keys in turn: after a crash in the middle of a key change there are two, and one fits."""
    keys = keychain.load_keys(folder, passphrase=passphrase)
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
            keychain.settle_key(folder, key, passphrase=passphrase)
        return ledger
    raise NotSetUp(folder=str(folder))
