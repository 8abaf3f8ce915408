"""Day and night by the sun: where it stands is computed, never seen by a camera."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from checkpoint_app.config import Settings
from checkpoint_app.domain import sun
from checkpoint_app.ui.tokens import ThemeName

EVERY_MS = 60_000
HAND, CLOCK = "hand", "clock"


def local_now() -> datetime:
    return datetime.now().astimezone()


def sun_times(settings: Settings, at: datetime) -> tuple[int, int]:
    """Sunrise and sunset of the day of `at`, in minutes of its own zone."""
    offset = at.utcoffset()
    zone = round(offset.total_seconds() / 60) if offset else 0
    east = sun.LONGITUDES.get(settings.province, zone / sun.MINUTES_A_DEGREE)
    if abs(zone - east * sun.MINUTES_A_DEGREE) > 180:
        east = zone / sun.MINUTES_A_DEGREE  # a computer whose zone is not that of its province
    return sun.daylight(settings.latitude, at.date()).clock(longitude=east, zone=zone)


def theme_at(settings: Settings, at: datetime) -> ThemeName:
    dark = sun.is_dark(at.hour * 60 + at.minute, sun_times(settings, at))
    return ThemeName.NIGHT if dark else ThemeName.DAY


class ThemeClock(QObject):
    """`turned(theme)` when the theme in use is not the one of the hour.

    Looks once a minute instead of sleeping until dusk: a computer that was asleep or whose clock was set is
    right within a minute.
    """

    turned = Signal(str)

    def __init__(self, *, now: Callable[[], datetime] = local_now, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._settings = Settings()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def follow(self, settings: Settings) -> None:
        """The settings in use; call it after every change of them."""
        self._settings = settings
        if settings.theme_by == CLOCK:
            self._timer.start()
            self.look()
        else:
            self._timer.stop()

    @Slot()
    def look(self) -> None:
        if self._settings.theme_by != CLOCK:
            return
        due = theme_at(self._settings, self._now()).value
        if due != self._settings.theme:
            self.turned.emit(due)
