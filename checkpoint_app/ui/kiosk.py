"""The window as the only thing on its screen: no frame, on top, and no way out by a slip of the hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from checkpoint_app.i18n import _
from checkpoint_app.ui.main_window import MainWindow
from checkpoint_app.ui.messages import Words

HOLD_MS = 2_000
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
_OURS = frozenset({Qt.Key.Key_Q, Qt.Key.Key_F11, Qt.Key.Key_Control})


def from_outside(event: QCloseEvent) -> bool:
    """Whether the system asks, for Alt+F4 or a list of windows, and not the program itself."""
    return event.spontaneous()


class Kiosk(QObject):
    """Ctrl+Q held for two seconds ends the program; Alt+F4, F11 and putting the window away do nothing but
    say so. Work under way is kept on disk as at every end.
    """

    def __init__(self, window: MainWindow, *, outside: Callable[[QCloseEvent], bool] = from_outside) -> None:
        super().__init__(window)
        self._window, self._outside = window, outside
        self._leaving = False
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_MS)
        self._hold.timeout.connect(self.leave)

    def enter(self) -> None:
        """Shows the window over the whole screen."""
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        self._window.setWindowFlags(self._window.windowFlags() | flags)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self._window.showFullScreen()

    @Slot()
    def leave(self) -> None:
        """Ends the program in its usual way."""
        self._leaving = True
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._window.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _KEYS and isinstance(event, QKeyEvent):
            return event.key() in _OURS and self._key(event)
        if watched is not self._window:
            return False
        if kind == QEvent.Type.Close and isinstance(event, QCloseEvent):
            return self._closing(event)
        if kind == QEvent.Type.WindowStateChange and not self._window.isFullScreen():
            QTimer.singleShot(0, self._window, self._window.showFullScreen)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        down = event.type() == QEvent.Type.KeyPress
        if event.key() == Qt.Key.Key_F11:
            if down and not event.isAutoRepeat():
                self._say()
            return True
        if not down:
            if not event.isAutoRepeat():
                self._hold.stop()
            return False
        if event.key() == Qt.Key.Key_Q and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self._say()
                self._hold.start()
            return True
        return False

    def _closing(self, event: QCloseEvent) -> bool:
        if self._leaving or not self._outside(event):
            return False
        event.ignore()
        self._say()
        return True

    def _say(self) -> None:
        words = Words(
            _("The window stays"), _("This desk shows nothing else"), _("to leave, hold [Ctrl+Q] 2 s")
        )
        self._window.show_fault(words)
