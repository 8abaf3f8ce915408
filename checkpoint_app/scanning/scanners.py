"""A lane's own hand scanner, told apart by its device: Linux only, without any library.

The kernel's events are read from the device itself and the device is taken for this program alone, so that
its keys reach no window and no input method. Other systems do not tell a program which keyboard a key came
from; there every scan goes to the selected lane.
"""

from __future__ import annotations

import errno
import os
import select
import struct
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.log import note_bug
from checkpoint_app.scanning.scanner_keys import Spelling, spelt

BY_NAME = Path("/dev/input/by-id")
KEYBOARDS = "-event-kbd"
EVENT = struct.Struct("@llHHi")  # struct input_event: seconds, microseconds, type, code, value
EV_SYN, EV_KEY, SYN_DROPPED = 0, 1, 3
GRAB = 0x40044590  # EVIOCGRAB: _IOW('E', 0x90, int)
AT_ONCE = 64 * EVENT.size
MOST_TEXTS = 100
RETRY_MS = 1_000
PAUSE_MS, PAUSE_AFTER_ENTER_MS = 120, 60
SHORTEST = 6
TYPED_AT_MOST = 5
"""So many short texts running were typed by fingers: somebody chose a keyboard, who needs it back."""

Grab = Callable[[int], None]


class ScannerGone(Trouble):
    """The lane's own scanner is not plugged in; facts: name."""


class ScannerForbidden(Trouble):
    """This user may not read the scanner, or another program holds it; facts: name, why (right | busy)."""


class ScannerIsKeyboard(Trouble):
    """Fingers typed on what was chosen as a scanner: it was given back; facts: name."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Texts since the last time, in order, and what is in the scanner's way."""

    texts: tuple[str, ...] = ()
    trouble: Trouble | None = None


def told_apart() -> bool:
    """Whether this system tells scanners apart; if not, scans go to the selected lane."""
    return sys.platform == "linux"


def scanners(folder: Path = BY_NAME) -> tuple[str, ...]:
    """Names of everything that types, scanners and keyboards alike; empty where nobody can tell."""
    if not told_apart():
        return ()
    try:
        return tuple(sorted(item.name for item in folder.iterdir() if item.name.endswith(KEYBOARDS)))
    except OSError:
        return ()


def take_alone(device: int) -> None:
    """Has the kernel give the device's keys to nobody else; raises OSError."""
    import fcntl

    fcntl.ioctl(device, GRAB, 1)


class Scanner:
    """Reads one scanner in a thread of its own until stopped; plugged in again it is found by its name.

    `on_heard` is called in that thread when there is something new and nobody has been told yet.
    """

    def __init__(
        self,
        name: str,
        *,
        on_heard: Callable[[], None],
        folder: Path = BY_NAME,
        grab: Grab = take_alone,
        retry_ms: int = RETRY_MS,
    ) -> None:
        self.name = name
        self._path = folder / name
        self._on_heard, self._grab, self._retry_ms = on_heard, grab, retry_ms
        self._texts: deque[str] = deque(maxlen=MOST_TEXTS)
        self._trouble: Trouble | None = None
        self._told = threading.Lock()
        self._ringing = False
        self._typed = 0
        self._wakes, self._waker = os.pipe()
        self._thread = threading.Thread(target=self._run, name="read scanner", daemon=True)

    def start(self) -> None:
        """Begins; returns at once."""
        self._thread.start()

    def stop(self, *, wait: float = 3.0) -> None:
        """Ends the thread and gives the scanner back to the system."""
        if self._waker < 0:
            return
        os.close(self._waker)  # whoever waits, wakes
        self._waker = -1
        if self._thread.ident is not None:
            self._thread.join(wait)
        if not self._thread.is_alive():
            os.close(self._wakes)

    def heard(self) -> Heard:
        """What is new; asking for it allows the next call of `on_heard`."""
        with self._told:
            self._ringing = False
            texts = tuple(self._texts)
            self._texts.clear()
            return Heard(texts, self._trouble)

    def _run(self) -> None:
        ended = False
        while not ended:
            try:
                ended = self._listen() or self._pause()
            except Exception as bug:  # a device that surprises us costs one opening, never the lane
                note_bug(bug)
                ended = self._pause()

    def _pause(self) -> bool:
        """Waits for the next try; True when stopped meanwhile."""
        return bool(self._ready(-1, self._retry_ms)[1])

    def _listen(self) -> bool:
        """Reads until the device is gone; True when stopped."""
        try:
            device = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            self._tell(self._why(error))
            return False
        try:
            self._grab(device)
            self._typed = 0
            self._tell(None)
            return self._read(device)
        except _Fingers:
            self._tell(ScannerIsKeyboard(name=self.name))
        except OSError as error:
            self._tell(self._why(error))
            return False
        finally:
            os.close(device)
        return self._ready(-1, None)[1]  # never taken again, until somebody chooses anew

    def _read(self, device: int) -> bool:
        """True when stopped; raises OSError when the device is gone."""
        spelling, at = Spelling(), 0
        while True:
            waited = _pause_after(spelling) if spelling.text or spelling.spoilt else None
            keys, stopped = self._ready(device, waited)
            if stopped:
                return True
            if not keys:
                spelling = self._over(spelling)
                continue
            data = os.read(device, AT_ONCE)
            if not data:
                raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
            for seconds, micros, kind, code, value in EVENT.iter_unpack(data):
                now = seconds * 1000 + micros // 1000
                if now - at >= _pause_after(spelling):
                    spelling = self._over(spelling)
                at = now
                if (kind, code) == (EV_SYN, SYN_DROPPED):
                    spelling = Spelling(spoilt=True)
                elif kind == EV_KEY and value != 2:
                    spelling = spelt(spelling, code=code, down=value == 1)

    def _over(self, spelling: Spelling) -> Spelling:
        """A pause: what was spelt so far is one text."""
        text = spelling.sent
        if len(text) >= SHORTEST:
            self._typed = 0
            with self._told:
                self._texts.append(text)
            self._ring()
        elif text:
            self._typed += 1
            if self._typed >= TYPED_AT_MOST:
                raise _Fingers
        return spelling.onward()

    def _why(self, error: OSError) -> Trouble:
        if isinstance(error, PermissionError):
            return ScannerForbidden(name=self.name, why="right")
        if error.errno == errno.EBUSY:
            return ScannerForbidden(name=self.name, why="busy")
        return ScannerGone(name=self.name)

    def _tell(self, trouble: Trouble | None) -> None:
        with self._told:
            same = type(trouble) is type(self._trouble)
            self._trouble = trouble
        if not same:
            self._ring()

    def _ring(self) -> None:
        with self._told:
            ringing, self._ringing = self._ringing, True
        if not ringing:
            self._on_heard()

    def _ready(self, device: int, wait_ms: int | None) -> tuple[bool, bool]:
        """Whether the device has something to read, and whether somebody said stop."""
        poll = select.poll()
        poll.register(self._wakes, select.POLLIN | select.POLLHUP)
        if device >= 0:
            poll.register(device, select.POLLIN)
        found = {number for number, _event in poll.poll(wait_ms)}
        return device in found, self._wakes in found


class _Fingers(Exception):  # noqa: N818 - never leaves this module
    """Somebody types on it."""


def _pause_after(spelling: Spelling) -> int:
    return PAUSE_AFTER_ENTER_MS if spelling.ended else PAUSE_MS
