"""Fingers, hand scanners and input methods before the real window, each key with a time of its own.

Time is played: a scan of 1,200 characters at 20 ms takes no 24 seconds. Events go to the window as the
system's do, so that Qt itself finds the widget that has the focus.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.window.stage import KEYS, Stage

SHIFTED = '~!@#$%^&*()_+{}|:"<>?'
WIDE = {".": "。", "/": "、", "$": "￥", "<": "《", " ": "\u3000"}
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class Hands:
    """`now` is what every clock of the window's keys says, ms."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.now = stage, 1_000_000
        stage.window.keys._clock = lambda: self.now

    def settle(self) -> None:
        """Until every key was judged."""
        while self.stage.window.keys._hold.waiting:
            QApplication.processEvents()

    def wait(self, ms: int) -> None:
        self.now += ms

    def cap(self, name: str) -> None:
        """A key that prints nothing, or Enter or Tab."""
        self._key(KEYS[name], {"Enter": "\r", "Tab": "\t", "Esc": "\x1b"}.get(name, ""), NONE)

    def sign(self, sign: str, *, every: int = 0) -> None:
        """One character with its Shift."""
        shifted = sign.isupper() or sign in SHIFTED
        if shifted:
            self._event(QEvent.Type.KeyPress, Qt.Key.Key_Shift, "", SHIFT)
            self.now += every
        self._key(ord(sign.upper()), sign, SHIFT if shifted else NONE)
        if shifted:
            self._event(QEvent.Type.KeyRelease, Qt.Key.Key_Shift, "", NONE)

    def type(self, text: str, *, every: int = 110) -> None:
        """As fingers do, a pause before each key."""
        for sign in text:
            self.now += every
            self.sign(sign)

    def scan(self, text: str, *, every: int, end: str, press: str = "") -> None:
        """As a scanner does; `press` is a key that somebody hits in the middle of it."""
        self.now += 150
        for place, sign in enumerate(text):
            self.now += every
            self.sign(sign, every=every)
            if press and place == len(text) // 2:
                self.cap(press)
        if end:
            self.now += every
            self.cap(end)

    def scan_through_letters(self, text: str, *, every: int, wide: bool) -> None:
        """An input method that lets each character through, some in their full-width form."""
        self.now += 150
        for sign in text:
            self.now += every
            self.commit(widened(sign) if wide else sign)

    def scan_through_words(self, text: str, *, every: int) -> None:
        """An input method that keeps letters until something else comes, then lets go of all."""
        self.now += 150
        kept = ""
        for sign in text:
            self.now += every
            if sign.isascii() and sign.islower():
                kept += sign
                self.compose(kept)
            else:
                self.commit(kept + widened(sign) if kept else sign)
                kept = ""
        if kept:
            self.now += every
            self.commit(kept)

    def words(self, letters: str, text: str) -> None:
        """Chinese as fingers type it: letters, then a choice."""
        for place in range(len(letters)):
            self.now += 130
            self.compose(letters[: place + 1])
            self.settle()
        self.now += 200
        self.commit(text)

    def compose(self, kept: str) -> None:
        QApplication.sendEvent(self.stage.focused, QInputMethodEvent(kept, []))

    def commit(self, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.stage.focused, event)

    def _key(self, code: int, text: str, modifiers: Qt.KeyboardModifier) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._event(kind, code, text, modifiers)

    def _event(self, kind: QEvent.Type, code: int, text: str, modifiers: Qt.KeyboardModifier) -> None:
        event = QKeyEvent(kind, code, modifiers, text)
        event.setTimestamp(self.now)
        QApplication.sendEvent(self.stage.window.windowHandle(), event)


def widened(sign: str) -> str:
    """What an input method in its Chinese state makes of a key."""
    return WIDE.get(sign, chr(ord(sign) + 0xFEE0))
