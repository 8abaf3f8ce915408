"""What the commands are given: ways into a desk, and words for what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from checkpoint_app.domain.errors import CheckpointError

if TYPE_CHECKING:
    from checkpoint_app.config import Settings
    from checkpoint_app.crypto.keyfile import KeyPlace
    from checkpoint_app.crypto.recovery import RecoveryKey
    from checkpoint_app.domain.codes import LinkPatterns
    from checkpoint_app.domain.rules import RulePack
    from checkpoint_app.scanning.devices import OpenDevice
    from checkpoint_app.services.desk import Desk, Reading


class SetUp(Protocol):
    """Makes a desk in an empty folder."""

    def __call__(
        self, folder: Path, settings: Settings, /, *, place: KeyPlace, passphrase: str | None = None
    ) -> RecoveryKey: ...


class OpenDesk(Protocol):
    """Opens a desk to write; `reason` forces a new epoch."""

    def __call__(
        self, folder: Path, /, *, passphrase: str | None = None, reason: str | None = None
    ) -> Desk: ...


class ReadDesk(Protocol):
    """Opens a desk to read, beside a window that may be running."""

    def __call__(
        self, folder: Path, /, *, passphrase: str | None = None
    ) -> AbstractContextManager[Reading]: ...


@dataclass(frozen=True, slots=True)
class Doors:
    """Handed to every command by the entry point."""

    folder: Path
    set_up: SetUp
    open_desk: OpenDesk
    read_desk: ReadDesk
    change_settings: Callable[[Desk, Settings], None]
    rules: Callable[[Settings | None], RulePack]
    patterns: Callable[[], LinkPatterns]
    open_device: OpenDevice
    explain: Callable[[CheckpointError], str]
    passphrase: Callable[[], str | None]
