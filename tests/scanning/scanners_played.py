"""Hand scanners that are none: real input events through a pipe with a name, as the kernel gives them."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from checkpoint_app.scanning.scanners import EV_KEY, EV_SYN, EVENT, Heard, Scanner

NAME = "usb-Invented_Scanner_01-event-kbd"
LONG_S = 20.0
SHIFT, CTRL, CAPS, ENTER, TAB = 42, 29, 58, 28, 15
# Written from the numbers in the kernel's own table, not taken from the code that is tested.
CODES = {
    **dict(zip("1234567890", range(2, 12), strict=True)),
    **dict(zip("qwertyuiop", range(16, 26), strict=True)),
    **dict(zip("asdfghjkl", range(30, 39), strict=True)),
    **dict(zip("zxcvbnm", range(44, 51), strict=True)),
    "-": 12,
    "=": 13,
    "[": 26,
    "]": 27,
    ";": 39,
    "'": 40,
    "`": 41,
    "\\": 43,
    ",": 51,
    ".": 52,
    "/": 53,
    " ": 57,
}
SHIFTED = dict(zip('!@#$%^&*()_+{}:"~|<>?', "1234567890-=[];'`\\,./", strict=True))


class Played:
    """A scanner with its socket. Time is the device's own and only moves when keys are pressed."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.now = 1_700_000_000_000
        self._pipe: int | None = None

    def plug(self) -> None:
        os.mkfifo(self.path)

    def connect(self) -> None:
        """Waits until somebody reads; the device exists from now on."""
        self._pipe = os.open(self.path, os.O_WRONLY)

    def unplug(self) -> None:
        self.path.unlink()
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None

    def scan(self, text: str, *, end: int | None = ENTER, every: int = 4) -> None:
        for sign in text:
            self._sign(sign, every)
        if end is not None:
            self.key(end, every=every)

    def wait(self, ms: int) -> None:
        self.now += ms

    def key(self, code: int, *, every: int = 4) -> None:
        self.now += every
        self.event(EV_KEY, code, 1)
        self.event(EV_KEY, code, 0)

    def event(self, kind: int, code: int, value: int) -> None:
        assert self._pipe is not None
        seconds, rest = divmod(self.now, 1000)
        data = EVENT.pack(seconds, rest * 1000, kind, code, value) + EVENT.pack(seconds, rest * 1000, 0, 0, 0)
        with suppress(BrokenPipeError):  # nobody listens any more, as at a real one
            os.write(self._pipe, data)

    def dropped(self) -> None:
        self.event(EV_SYN, 3, 0)

    def _sign(self, sign: str, every: int) -> None:
        shifted = sign.isupper() or sign in SHIFTED
        code = CODES[SHIFTED.get(sign, sign.lower())]
        if shifted:
            self.event(EV_KEY, SHIFT, 1)
        self.key(code, every=every)
        if shifted:
            self.event(EV_KEY, SHIFT, 0)


class Listening:
    """A `Scanner` on the played one, and what it told."""

    def __init__(
        self,
        folder: Path,
        *,
        grab: Callable[[int], None] = lambda _device: None,
        plugged: bool = True,
        retry_ms: int = 2,
    ) -> None:
        self.played = Played(folder)
        self.calls = 0
        self._rung = threading.Event()
        self.texts: list[str] = []
        self.last = Heard()
        if plugged:
            self.played.plug()
        self.scanner = Scanner(NAME, on_heard=self._ring, folder=folder, grab=grab, retry_ms=retry_ms)
        self._plugged = plugged

    def _ring(self) -> None:
        self.calls += 1
        self._rung.set()

    def __enter__(self) -> Listening:
        self.scanner.start()
        if self._plugged:
            self.played.connect()
        return self

    def __exit__(self, *_error: object) -> None:
        self.scanner.stop()
        if self.played.path.exists():
            self.played.unplug()

    def until(self, enough: Callable[[Listening], bool]) -> Listening:
        """Looks whenever it is rung."""
        while not enough(self):
            assert self._rung.wait(LONG_S), "the scanner says nothing more"
            self._rung.clear()
            self.last = self.scanner.heard()
            self.texts += self.last.texts
        return self
