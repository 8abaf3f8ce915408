"""The sounds of the lane, by whatever the system has; a lane without sound still works, and says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from checkpoint_app.config import ResourceMissing, resource
from checkpoint_app.ui.loudness import Loudness

NAMES = ("pass", "not_yet", "refer", "stop", "tally", "not_saved", "pass_short")
PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
MAC_PLAYERS = (("afplay",),)


class Voice(Protocol):
    """What makes one lane heard."""

    def play(self, name: str) -> bool: ...
    def stop(self) -> None: ...


class Sounds:
    """`play` returns at once; a new sound cuts the running one. Nothing here raises.

    `silent` is true when there is no player or the last one failed. `muted` is the person's wish.
    """

    def __init__(
        self, *, find: Callable[[str], str | None] = shutil.which, platform: str = sys.platform
    ) -> None:
        self._platform = platform
        self._command = self._player(find)
        self._running: subprocess.Popen[bytes] | None = None
        self._failed = False
        self._loudness = Loudness()
        self.muted = False

    @property
    def silent(self) -> bool:
        self._look_after()
        return self._failed or (self._platform != "win32" and not self._command)

    def set_volume(self, percent: int) -> None:
        """How loud every sound is from the next one on; at 0 nothing is heard, which is as good as muted."""
        self._loudness.set(percent)

    @property
    def heard(self) -> bool:
        """Whether somebody at the lane would hear a sound."""
        return not (self.silent or self.muted or self._loudness.percent == 0)

    def play(self, name: str) -> bool:
        """Start the sound `name` of NAMES; False when nothing will be heard."""
        self.stop()
        if self.muted or self._loudness.percent == 0:
            return False
        try:
            path = self._loudness.of(resource(f"sounds/{name}.wav"))
        except (ResourceMissing, ValueError, OSError):
            return False
        return self._start(path)

    def stop(self) -> None:
        """Cut what is running."""
        self._look_after()
        if self._platform == "win32":
            _play_on_windows(None)
        if self._running is None:
            return
        self._running.kill()
        self._running.wait()
        self._running = None

    def _start(self, path: Path) -> bool:
        if self._platform == "win32":
            self._failed = not _play_on_windows(path)
            return not self._failed
        if not self._command:
            return False
        quiet = subprocess.DEVNULL
        try:
            self._running = subprocess.Popen(  # noqa: S603 - a fixed player and our own file
                [*self._command, str(path)], stdin=quiet, stdout=quiet, stderr=quiet
            )
        except OSError:
            self._failed = True
            return False
        return True

    def _look_after(self) -> None:
        """Collect a player that has ended; one that ended by itself with an error means no sound."""
        if self._running is None or self._running.poll() is None:
            return
        self._failed = self._running.returncode != 0
        self._running = None

    def _player(self, find: Callable[[str], str | None]) -> tuple[str, ...]:
        if self._platform == "win32":
            return ()
        for name, *options in MAC_PLAYERS if self._platform == "darwin" else PLAYERS:
            if found := find(name):
                return (found, *options)
        return ()


def _play_on_windows(path: Path | None) -> bool:
    """Asynchronous; None cuts the running sound. False when there is no sound device."""
    if sys.platform == "win32":
        import winsound  # exists on this system only

        flags = winsound.SND_ASYNC | winsound.SND_NODEFAULT
        try:
            winsound.PlaySound(str(path) if path else None, flags | (winsound.SND_FILENAME if path else 0))
        except RuntimeError:
            return False
        return True
    return False
