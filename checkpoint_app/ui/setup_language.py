"""First step: language, theme, text size and the size of a pixel, each in use at once, with a verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.domain.words import VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.ui import said, theme_clock
from checkpoint_app.ui.field import LABEL_HEIGHT, Labelled
from checkpoint_app.ui.form_parts import Note, Option, Segments, card, label
from checkpoint_app.ui.panel_text import CheckLine, PanelText
from checkpoint_app.ui.settings_number import NumberField
from checkpoint_app.ui.settings_ruler import CardRuler
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.theme import SCALES, look
from checkpoint_app.ui.theme_clock import CLOCK, HAND
from checkpoint_app.ui.tokens import ThemeName
from checkpoint_app.ui.told import Tone
from checkpoint_app.ui.verdict_panel import VerdictPanel

LEAST_PANEL, GAP = 284, 16


class LanguageStep(SetupStep):
    """`changed` after every choice; the page takes it into use. The example goes where there is no room."""

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], datetime] = theme_clock.local_now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self.language, self.theme, self.scale = Segments(), Segments(), Segments()
        self.latitude, self._sun = NumberField(least=-60, most=60, width=96), Note(middle=True)
        self.ruler, self._size = CardRuler(), Note(rows=1, middle=True)
        self.panel = VerdictPanel()
        self.panel.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._settings = settings
        self._fields = [Labelled("", each) for each in (self.language, self.theme, self.scale)]
        self._ruler_label = label("label")
        self._lay_out()
        self.setFocusProxy(self.language)
        self.show_settings(settings)
        for each in (self.language, self.theme, self.scale):
            each.chosen.connect(self._chosen)
        self.latitude.changed.connect(self.changed)
        self.ruler.measured.connect(self._measured)

    def title(self) -> str:
        return _("Language and look")

    def about(self) -> str:
        return _("Chosen with the arrow keys, in use at once; all of it can be changed later.")

    def retranslate(self) -> None:
        for field, word in zip(self._fields, (_("Language"), _("Theme"), _("Text size")), strict=True):
            field.set_label(word)
        self._ruler_label.setText(_("Bank card: make the bar as long, with ← →"))
        themes = {
            ThemeName.DAY.value: _("Day"),
            ThemeName.NIGHT.value: _("Night"),
            ThemeName.CONTRAST.value: _("High contrast"),
            CLOCK: _("By the sun"),
        }
        self.theme.show_options([Option(name, word) for name, word in themes.items()], value=self.theme.value)
        self.latitude.show_words(_("Latitude"), _("° north"))
        self.ruler.set_words("85.6 mm")
        self.panel.show_text(_example())
        self._tell()

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        names = (Option("zh_CN", "中文"), Option("en", "English"))
        self.language.show_options(names, value=settings.language)
        self.theme.set_value(CLOCK if settings.theme_by == CLOCK else settings.theme)
        sizes = [Option(str(size), f"{size} %") for size in SCALES]
        self.scale.show_options(sizes, value=str(settings.scale))
        self.latitude.show_number(settings.latitude)
        self.ruler.show_um(settings.pixel_um)
        self.retranslate()

    def filled(self, settings: Settings) -> Settings:
        by_clock = self.theme.value == CLOCK
        latitude = self.latitude.number
        made = replace(
            settings,
            language=self.language.value,
            theme_by=CLOCK if by_clock else HAND,
            theme=settings.theme if by_clock else self.theme.value,
            scale=int(self.scale.value),
            latitude=settings.latitude if latitude is None else latitude,
            pixel_um=self._settings.pixel_um,
        )
        return replace(made, theme=theme_clock.theme_at(made, self._now()).value) if by_clock else made

    def obstacle(self) -> QWidget | None:
        wrong = self.theme.value == CLOCK and self.latitude.number is None
        return self.latitude.field.edit if wrong else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot(str)
    def _chosen(self, _value: str) -> None:
        self._tell()
        self.changed.emit()

    @Slot(int)
    def _measured(self, um: int) -> None:
        self._settings = replace(self._settings, pixel_um=um)
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        by_clock = self.theme.value == CLOCK
        self.latitude.setVisible(by_clock)
        self._sun.setVisible(by_clock)
        if by_clock:
            rise, ending = theme_clock.sun_times(self.filled(self._settings), self._now())
            words = _("Today the sun rises {rise} and sets {set}: night from then")
            self._sun.show_text(words.format(rise=_hour(rise), set=_hour(ending)), Tone.QUIET, icon="sun")
        um = self._settings.pixel_um
        if um:
            words = _("A pixel is {mm} mm; the verdict word is drawn {px} px high, {tall} mm")
            tall = round(look().word * um / 1000)
            line = words.format(mm=f"{um / 1000:.3f}", px=look().word, tall=tall)
            self._size.show_text(line, Tone.GOOD)
        else:
            self._size.show_text(_("Not measured on this screen yet"), Tone.QUIET, icon="info-circle")
        self._fit()

    def _fit(self) -> None:
        room = self.height() - self._frame.sizeHint().height() - GAP
        self.panel.setVisible(room >= LEAST_PANEL)

    def _lay_out(self) -> None:
        language, theme, scale = self._fields
        sun = QVBoxLayout()
        sun.addSpacing(LABEL_HEIGHT)
        sun.addWidget(self._sun, 1)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, parts in (
            (first, ((language, 2), (theme, 5))),
            (second, ((scale, 4), (self.latitude, 3))),
        ):
            row.setSpacing(GAP)
            for part, stretch in parts:
                row.addWidget(part, stretch)
        second.addLayout(sun, 4)
        words = QHBoxLayout()
        words.setSpacing(GAP)
        words.addWidget(self._ruler_label)
        words.addWidget(self._size, 1)
        self._frame = card()
        inner = QVBoxLayout(self._frame)
        inner.setContentsMargins(16, 8, 16, 12)
        inner.setSpacing(8)
        inner.addLayout(first)
        inner.addLayout(second)
        inner.addLayout(words)
        inner.addWidget(self.ruler)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._frame)
        column.addWidget(self.panel, 1)
        column.addStretch(0)


def _hour(minute: int) -> str:
    """Minutes of the day as 06:52; a set after midnight is one of the next day."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _example() -> PanelText:
    """What a vehicle looks like that may go."""
    return PanelText(
        VerdictState.PASS,
        said.verdict(VerdictState.PASS),
        _("This is how a verdict looks"),
        checks=(CheckLine("check", _("Read it from three metres away")),),
        evidence=_("Example"),
        evidence_icon="eye",
    )
