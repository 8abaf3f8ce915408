"""What the window is asked to show, and the makers of what it may not import itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from checkpoint_app.config import Settings

if TYPE_CHECKING:  # these load databases and pictures; the window is painted before them
    from checkpoint_app.crypto.keyfile import KeyPlace
    from checkpoint_app.crypto.recovery import RecoveryKey
    from checkpoint_app.scanning.devices import OpenDevice
    from checkpoint_app.services.desk import Desk


class Play(Protocol):
    """Recorded lanes that play through the real threads, decoder and ledger."""

    def opens(self) -> OpenDevice:
        """Opens the cameras of the recorded lanes like any other."""

    def signs_on(self, desk: Desk) -> None:
        """The demonstration's lead gives the PIN that stands on the screen. Not for the window's thread."""

    def goes_on(self, lane: int) -> None:
        """The vehicle at that lane got its outcome: the next one may come."""


class SetUp(Protocol):
    """Makes a desk's keys and writes its settings."""

    def __call__(
        self, folder: Path, settings: Settings, *, place: KeyPlace, passphrase: str | None = None
    ) -> RecoveryKey: ...


@dataclass(frozen=True, slots=True)
class Makers:
    """Called in another thread, after the first paint; each loads what it needs.

    `play` prepares the demonstration in a folder of its own.
    """

    open_desk: Callable[[Path, str | None], Desk]
    set_up: SetUp
    change_settings: Callable[[Desk, Settings], None]
    play: Callable[[Path], Play]


@dataclass(frozen=True, slots=True)
class Plan:
    """`folder` holds the desk, `demo_folder` the demonstration; `language` "" means as the settings say."""

    folder: Path
    demo_folder: Path
    makers: Makers
    demo: bool = False
    kiosk: bool = False
    language: str = ""
    seconds: float | None = None
