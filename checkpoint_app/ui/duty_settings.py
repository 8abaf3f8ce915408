"""Changed settings: the look at once, everything else when the disk has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from checkpoint_app import i18n
from checkpoint_app.config import Settings
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import app as application
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.theme import SCALES
from checkpoint_app.ui.theme_clock import ThemeClock
from checkpoint_app.ui.tokens import ThemeName

Keep = Callable[[Desk, Settings], None]


class DutySettings(QObject):
    """The settings as they are wanted. `worded` after another language, `changed` after anything, `kept` once
    they are on disk and in use, `failed(error)` when they are not.
    """

    worded = Signal()
    changed = Signal()
    kept = Signal()
    failed = Signal(object)

    def __init__(
        self, desk: Desk, *, keep: Keep, tasks: Tasks, app: QApplication, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.now = desk.settings
        self._desk, self._keep, self._tasks, self._app = desk, keep, tasks, app
        self.saving = self._save_again = False
        self._clock = ThemeClock(parent=self)
        self._clock.turned.connect(self._turned)
        self._clock.follow(self.now)

    def change(self, changed: Settings) -> None:
        """Takes theme, scale and language into use and keeps everything."""
        before, self.now = self.now, changed
        if (before.theme, before.scale, before.pixel_um) != (changed.theme, changed.scale, changed.pixel_um):
            application.dress(self._app, changed)
        if before.language != changed.language or i18n.language() != changed.language:
            application.speak(self._app, changed.language)
            self.worded.emit()
        self.changed.emit()
        self._save()
        self._clock.follow(changed)

    def next_theme(self) -> None:
        names = list(ThemeName)
        place = names.index(ThemeName(self.now.theme))
        following = names[(place + 1) % len(names)].value
        self.change(replace(self.now, theme=following, theme_by="hand"))

    def next_language(self) -> None:
        other = "en" if i18n.language() == "zh_CN" else "zh_CN"
        self.change(replace(self.now, language=other))

    def scale(self, by: int) -> None:
        place = min(max(SCALES.index(self.now.scale) + by, 0), len(SCALES) - 1)
        self.change(replace(self.now, scale=SCALES[place]))

    @Slot(str)
    def _turned(self, theme: str) -> None:
        """Dusk or dawn."""
        self.change(replace(self.now, theme=theme))

    def _save(self) -> None:
        """One write at a time; the last one wins."""
        if self.saving:
            self._save_again = True
            return
        self.saving = True
        wanted = self.now
        self._tasks.run(
            lambda: self._keep(self._desk, wanted),
            then=lambda _nothing: self._saved(),
            failed=self._not_saved,
        )

    def _saved(self) -> None:
        self.saving = False
        if self._save_again:
            self._save_again = False
            self._save()
        self.kept.emit()

    def _not_saved(self, error: CheckpointError) -> None:
        """What is not on disk is not in use either, but for the look."""
        self.saving = self._save_again = False
        look = self.now
        self.now = replace(
            self._desk.settings,
            theme=look.theme,
            theme_by=look.theme_by,
            scale=look.scale,
            language=look.language,
        )
        self.changed.emit()
        self.failed.emit(error)
