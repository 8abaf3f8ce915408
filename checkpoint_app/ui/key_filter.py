"""Every key of the window passes here first: scanner or fingers, lane or field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from checkpoint_app.ui.keyboard import ENTER, HOLD_MS, TAB, Hold, Scanned

_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class KeyTarget(Protocol):
    """What a page does with keys; False means that the focused widget gets the key."""

    def scanned(self, text: str) -> None: ...
    def typed(self, sign: str) -> bool: ...
    def entered(self) -> bool: ...
    def tabbed(self, *, back: bool) -> bool: ...
    def function(self, number: int) -> bool: ...
    def escape(self, *, down: bool) -> bool: ...
    def control(self, key: int) -> bool: ...


class KeyFilter(QObject):
    """Filters the application's events for one window. `target` is asked anew for each key; None: no page
    that takes keys, so all of them go where Qt sends them. `otherwise` gets what the page did not want of F11
    and of Ctrl with a key."""

    def __init__(
        self,
        window: QWidget,
        target: Callable[[], KeyTarget | None],
        *,
        otherwise: Callable[[QKeyEvent], bool],
    ) -> None:
        super().__init__(window)
        self._window, self._target, self._otherwise = window, target, otherwise
        self._hold = Hold()
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._over)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self.flush)

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
        if self._replaying or not self._ours(watched):
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
            return self._released(event)
        if isinstance(event, QInputMethodEvent):
            return self._composed(event)
        return False

    @Slot()
    def flush(self) -> None:
        """What waits is judged now: the time is over, or another key follows."""
        self._timer.stop()
        self._late.stop()
        for found in self._hold.release():
            target = self._target()
            if target is None:
                return
            if isinstance(found, Scanned):
                target.scanned(found.text)
                continue
            for sign in found.keys:
                self._replay(sign, target)

    def _ours(self, watched: QObject) -> bool:
        return (
            isinstance(watched, QWidget) and watched.window() is self._window and self._target() is not None
        )

    def _pressed(self, event: QKeyEvent) -> bool:
        target = self._target()
        assert target is not None
        plain = not event.modifiers() & ~_PLAIN
        if plain and self._waits(event):
            return True
        self.flush()
        key = Qt.Key(event.key())
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

    def _waits(self, event: QKeyEvent) -> bool:
        """Keeps printable keys; a key held down repeats faster than fingers and is no scanner."""
        sign = _sign(event)
        if not sign:
            return False
        if event.isAutoRepeat():
            return True
        if not self._hold.press(sign, at=event.timestamp()):
            return False
        self._timer.start(HOLD_MS)
        return True

    def _released(self, event: QKeyEvent) -> bool:
        target = self._target()
        if target is None or event.key() != Qt.Key.Key_Escape or event.isAutoRepeat():
            return False
        return target.escape(down=False)

    def _composed(self, event: QInputMethodEvent) -> bool:
        """Text that an input method lets through letter by letter may come from a scanner as well."""
        text = event.commitString()
        if not text or not text.isascii() or not text.isprintable():
            return False
        for sign in text:
            self._hold.press(sign)
        self._timer.start(HOLD_MS)
        return True

    @Slot()
    def _over(self) -> None:
        """Keys that already wait behind a busy moment come first: a scan must not fall in two."""
        self._late.start(0)

    def _replay(self, sign: str, target: KeyTarget) -> None:
        if sign == ENTER:
            handled, key = target.entered(), Qt.Key.Key_Return
        elif sign == TAB:
            handled, key = target.tabbed(back=False), Qt.Key.Key_Tab
        else:
            handled, key = target.typed(sign), Qt.Key(0)
        widget = QApplication.focusWidget()
        if handled or widget is None:
            return
        self._replaying = True
        try:
            send(widget, sign, key=key)
        finally:
            self._replaying = False


def send(widget: QWidget, sign: str, *, key: Qt.Key | None = None) -> None:
    """Gives a widget one typed character."""
    code = int(key or 0)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(widget, event)


def _sign(event: QKeyEvent) -> str:
    """The character of a key, ENTER or TAB; "" for keys that print nothing."""
    if event.key() in _ENTERS:
        return ENTER
    if event.key() == Qt.Key.Key_Tab:
        return TAB
    text = event.text()
    return text if len(text) == 1 and text.isprintable() else ""
