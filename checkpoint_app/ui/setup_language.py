"""First step: language, theme and text size, each taken into use at once, with a verdict as the example."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.domain.words import VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.ui import said
from checkpoint_app.ui.field import Labelled
from checkpoint_app.ui.form_parts import Option, Segments, card
from checkpoint_app.ui.panel_text import CheckLine, PanelText
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.theme import SCALES
from checkpoint_app.ui.tokens import ThemeName
from checkpoint_app.ui.verdict_panel import VerdictPanel


class LanguageStep(SetupStep):
    """`changed` after every choice; the page takes it into use."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language, self.theme, self.scale = Segments(), Segments(), Segments()
        self.panel = VerdictPanel()
        self._fields = [Labelled("", each) for each in (self.language, self.theme, self.scale)]
        frame = card()
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 8, 16, 16)
        row.setSpacing(16)
        for field in self._fields:
            row.addWidget(field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(frame)
        column.addWidget(self.panel, 1)
        self.setFocusProxy(self.language)
        self.show_settings(settings)
        for each in (self.language, self.theme, self.scale):
            each.chosen.connect(self._chosen)

    def title(self) -> str:
        return _("Language and look")

    def about(self) -> str:
        return _("Chosen with the arrow keys, in use at once; all of it can be changed later.")

    def retranslate(self) -> None:
        for field, word in zip(self._fields, (_("Language"), _("Theme"), _("Text size")), strict=True):
            field.set_label(word)
        themes = {
            ThemeName.DAY: _("Day"),
            ThemeName.NIGHT: _("Night"),
            ThemeName.CONTRAST: _("High contrast"),
        }
        self.theme.show_options(
            [Option(name.value, word) for name, word in themes.items()], value=self.theme.value
        )
        self.panel.show_text(_example())

    def show_settings(self, settings: Settings) -> None:
        names = (Option("zh_CN", "中文"), Option("en", "English"))
        self.language.show_options(names, value=settings.language)
        self.theme.set_value(settings.theme)
        sizes = [Option(str(size), f"{size} %") for size in SCALES]
        self.scale.show_options(sizes, value=str(settings.scale))
        self.retranslate()

    def filled(self, settings: Settings) -> Settings:
        return replace(
            settings, language=self.language.value, theme=self.theme.value, scale=int(self.scale.value)
        )

    @Slot(str)
    def _chosen(self, _value: str) -> None:
        self.changed.emit()


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
