"""The Qt application: face, look, language, and what happens when something fails that nobody expected."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from checkpoint_app import i18n
from checkpoint_app.config import Settings
from checkpoint_app.ui import theme
from checkpoint_app.ui.theme import Look
from checkpoint_app.ui.tokens import THEMES, ThemeName

BUG_EVERY_S = 5.0

_log = logging.getLogger(__name__)


def application() -> QApplication:
    """The one application, made when there is none yet."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    made = QApplication(["checkpoint-app"])
    made.setApplicationName("checkpoint-app")
    made.setQuitOnLastWindowClosed(True)
    return made


def dress(app: QApplication, settings: Settings) -> None:
    """Theme, text scale and size of a pixel as set."""
    millimetres = settings.pixel_um / 1000 or theme.REFERENCE_MM_PER_PX
    theme.apply(app, Look(THEMES[ThemeName(settings.theme)], settings.scale, millimetres))


def speak(app: QApplication, language: str) -> str:
    """Switches every text, Qt's own ones too; returns the language in use."""
    chosen = i18n.use(language)
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(app)
    if translator.load(f"qtbase_{chosen}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return chosen


class Bugs:
    """At most one fault every five seconds: one in a paint event comes sixty times a second."""

    def __init__(
        self, show: Callable[[BaseException], None], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._show, self._clock = show, clock
        self._last = -BUG_EVERY_S

    def report(self, error: BaseException) -> None:
        """From any thread; `show` must be safe there."""
        now = self._clock()
        if now - self._last < BUG_EVERY_S:
            return
        self._last = now
        self._show(error)
