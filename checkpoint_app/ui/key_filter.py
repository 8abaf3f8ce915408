"""Every key of the window passes here first: scanner or fingers, lane or field."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from checkpoint_app.ui.keyboard import ENTER, HOLD_MS, TAB, Hold, Key, Kind, Scanned, Typed, folded

LATE_END_MS = 300
"""Enter so soon behind a scan is the scanner's own, whatever pause it makes before it."""
TWICE_MS = 500
"""The same function key so soon behind one that changed the page was meant once."""

_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_BY_NUMBER = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
_KINDS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod})


def counter() -> int:
    """Milliseconds that never jump; nothing heavy may be loaded for them here."""
    return time.monotonic_ns() // 1_000_000


class KeyTarget(Protocol):
    """What a page does with keys; False means that the focused widget gets the key."""

    def scanned(self, text: str) -> None: ...
    def typed(self, sign: str) -> bool: ...
    def entered(self) -> bool: ...
    def tabbed(self, *, back: bool) -> bool: ...
    def function(self, number: int) -> bool: ...
    def escape(self, *, down: bool) -> bool: ...
    def control(self, key: int) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A key as Qt told it, so that it can be told again."""

    key: int
    modifiers: Qt.KeyboardModifier
    text: str
    repeats: bool = False

    @classmethod
    def of(cls, event: QKeyEvent) -> _Stroke:
        return cls(event.key(), event.modifiers(), event.text(), event.isAutoRepeat())

    def event(self, kind: QEvent.Type) -> QKeyEvent:
        return QKeyEvent(kind, self.key, self.modifiers, self.text, self.repeats)


class KeyFilter(QObject):
    """Filters the application's events for one window and what it opens. `target` is asked anew for each key;
    None: no page that takes keys, so all of them go where Qt sends them. `otherwise` gets what the page did
    not want of F11 and of Ctrl with a key; `spoilt` is called for a scan that an input method took apart."""

    def __init__(
        self,
        window: QWidget,
        target: Callable[[], KeyTarget | None],
        *,
        otherwise: Callable[[QKeyEvent], bool],
        spoilt: Callable[[], None] = lambda: None,
        clock: Callable[[], int] = counter,
    ) -> None:
        super().__init__(window)
        self._window, self._target, self._otherwise = window, target, otherwise
        self._spoilt, self._clock = spoilt, clock
        self.touched: Callable[[], None] = lambda: None
        self._hold = Hold()
        self._found: deque[Scanned | Typed] = deque()
        self._replaying = False
        self._scan_ended: int | None = None
        self._kept = ""
        self._acted: tuple[int, KeyTarget | None, int] = (0, None, 0)
        self._timer = self._once(self._over)
        self._late = self._once(self.flush)

    def start(self) -> None:
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def stop(self) -> None:
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._timer.stop()
        self._late.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._replaying or event.type() not in _KINDS or not self._ours(watched):
            return False
        assert isinstance(watched, QWidget)
        if isinstance(event, QInputMethodEvent):
            return self._composed(event, watched)
        if not isinstance(event, QKeyEvent):
            return False
        self.touched()
        inside = watched.window() is self._window
        return self._pressed(event, inside) if event.type() == QEvent.Type.KeyPress else self._released(event)

    @Slot()
    def flush(self) -> None:
        """What waits is judged now: the time is over. A bug behind one scan costs no other key."""
        self._timer.stop()
        self._late.stop()
        self._found.extend(self._hold.release())
        try:
            while self._found:
                self._give(self._found.popleft())
        finally:
            if self._found:
                self._late.start(0)

    def _give(self, found: Scanned | Typed) -> None:
        if isinstance(found, Typed):
            for key in found.keys:  # each may change the page for the next
                self._replay(key, self._target())
            return
        target = self._target()
        if target is None:
            return
        self._scan_ended = None if found.ended else self._clock()
        self._forget_composition()
        if found.spoilt:
            self._spoilt()
        else:
            target.scanned(found.text)

    def _ours(self, watched: QObject) -> bool:
        """Widgets of the window, of its menus and of what else it opened."""
        if not isinstance(watched, QWidget) or self._target() is None:
            return False
        widget: QWidget | None = watched
        while widget is not None and widget is not self._window:
            widget = widget.parentWidget()
        return widget is not None

    def _pressed(self, event: QKeyEvent, inside: bool) -> bool:
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _MODIFIERS:
            if self._hold.waiting:
                self._keep(Kind.SHIFT, event)
            return False
        if event.modifiers() & (_BY_NUMBER | Qt.KeyboardModifier.ControlModifier) == _BY_NUMBER:
            return True  # Alt and a number: the sign itself follows when Alt is let go
        plain = not event.modifiers() & ~_PLAIN
        sign = _sign(event) if plain else ""
        if sign and event.isAutoRepeat():
            return True  # a key held down repeats faster than fingers and is no scanner
        if sign and self._keep(Kind.SIGN, event, text=sign, shift=shift):
            return True
        if self._hold.press(self._other(event)):
            return True
        if sign and self._ends_late():
            return True
        return inside and self._act(event)

    def _act(self, event: QKeyEvent) -> bool:
        """A key that prints nothing, with nothing waiting before it."""
        target = self._target()
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~_PLAIN
        if target is None:
            return False
        if self._pressed_twice(key, target):
            return True
        if key == Qt.Key.Key_Escape:
            return event.isAutoRepeat() or target.escape(down=True)
        if plain and Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12:
            number = key - Qt.Key.Key_F1 + 1
            return event.isAutoRepeat() or target.function(number) or self._otherwise(event)
        if plain and key in _ENTERS:
            return target.entered()
        if key in _TABS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return target.tabbed(back=key == Qt.Key.Key_Backtab)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return target.control(int(key)) or self._otherwise(event)
        return False

    def _pressed_twice(self, key: Qt.Key, target: KeyTarget) -> bool:
        """Whether the same function key was pressed just now, and brought the page that would take it now."""
        now, (before, whose, at) = self._clock(), self._acted
        self._acted = key, target, now
        functions = Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12
        return functions and key == before and whose is not target and now - at < TWICE_MS

    def _keep(self, kind: Kind, event: QKeyEvent, *, text: str = "", shift: bool = False) -> bool:
        """Has the key wait; False for one that does not."""
        key = Key(kind, text, int(event.timestamp()), self._clock(), shift, _Stroke.of(event))
        return self._press(key)

    def _press(self, key: Key) -> bool:
        if not self._hold.press(key):
            return False
        self._scan_ended = None
        self._acted = (0, None, 0)
        self._late.stop()
        self._timer.start(HOLD_MS)
        return True

    def _other(self, event: QKeyEvent) -> Key:
        return Key(Kind.OTHER, "", int(event.timestamp()), self._clock(), event=_Stroke.of(event))

    def _ends_late(self) -> bool:
        """Whether an Enter or Tab alone is the end of the scan just before it."""
        ended, self._scan_ended = self._scan_ended, None
        return ended is not None and self._clock() - ended < LATE_END_MS

    def _released(self, event: QKeyEvent) -> bool:
        target = self._target()
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat() and target is not None:
            return target.escape(down=False)
        return bool(_sign(event)) and event.key() not in _MODIFIERS

    def _composed(self, event: QInputMethodEvent, widget: QWidget) -> bool:
        """Pieces that an input method lets through may be a scanner's, and so may what it still keeps."""
        text, self._kept = event.commitString(), event.preeditString()
        if not text:
            if self._kept:
                self._press(Key(Kind.KEPT, self._kept, came=self._clock()))
            return False
        if event.replacementLength():
            return False
        if not self._hold.waiting and not folded(text).isascii():
            return False
        self._press(Key(Kind.PIECE, text, came=self._clock()))
        self._send(widget, QInputMethodEvent(self._kept, event.attributes()))
        return True

    def _forget_composition(self) -> None:
        """What an input method keeps of a scan must not end in a field."""
        if self._kept:
            self._kept = ""
            QGuiApplication.inputMethod().reset()
            self._send(self._focused(), QInputMethodEvent())

    @Slot()
    def _over(self) -> None:
        """Keys that already wait behind a busy moment come first: a scan must not fall in two."""
        self._late.start(0)

    def _replay(self, key: Key, target: KeyTarget | None) -> None:
        """Hands a typed key on, as if it came only now."""
        inside = self._focused().window() is self._window
        if key.kind is Kind.PIECE:
            self._replay_piece(key.text, target if inside else None)
        elif isinstance(key.event, _Stroke) and key.kind in {Kind.SIGN, Kind.OTHER}:
            self._replay_stroke(key, key.event, target if inside else None)

    def _replay_piece(self, text: str, target: KeyTarget | None) -> None:
        for sign in text:
            if target is None or not target.typed(folded(sign)):
                event = QInputMethodEvent()
                event.setCommitString(sign)
                self._send(self._focused(), event)

    def _replay_stroke(self, key: Key, stroke: _Stroke, target: KeyTarget | None) -> None:
        pressed = stroke.event(QEvent.Type.KeyPress)
        if target is not None and self._handled(key, pressed, target):
            return
        widget = self._focused()
        self._send(widget, pressed)
        if key.kind is Kind.SIGN:
            self._send(widget, stroke.event(QEvent.Type.KeyRelease))

    def _handled(self, key: Key, event: QKeyEvent, target: KeyTarget) -> bool:
        if key.kind is Kind.OTHER:
            return self._act(event)
        if key.text == ENTER:
            return target.entered()
        return target.tabbed(back=False) if key.text == TAB else target.typed(key.text)

    def _focused(self) -> QWidget:
        """Where typed keys go; a window that is not active has its own idea of that."""
        widget = QApplication.focusWidget()
        if widget is not None and self._ours(widget):
            return widget
        return self._window.focusWidget() or self._window

    def _send(self, widget: QWidget, event: QEvent) -> None:
        self._replaying = True
        try:
            QApplication.sendEvent(widget, event)
        finally:
            self._replaying = False

    def _once(self, over: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(over)
        return timer


def _sign(event: QKeyEvent) -> str:
    """The character of a key, ENTER or TAB; "" for keys that print nothing."""
    if event.key() in _ENTERS:
        return ENTER
    if event.key() == Qt.Key.Key_Tab:
        return TAB
    text = event.text()
    return text if len(text) == 1 and text.isprintable() else ""
