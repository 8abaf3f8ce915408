"""Where bundles of other desks are looked for, how often ours go out, and when silence is an alarm."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from checkpoint_app import config
from checkpoint_app.config import Settings
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.i18n import _
from checkpoint_app.ui.field import Field
from checkpoint_app.ui.form_parts import Note, card, info_card
from checkpoint_app.ui.settings_number import NumberField
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.told import Tone


class ExchangeSection(SetupStep):
    """A folder and two numbers; the one of the other desks of a station means nothing at headquarters."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = Field("")
        self.minutes, self.silence = NumberField(least=0, most=240), NumberField(least=1, most=720)
        self._why = Note(size=16)
        self._lay_out()
        self.setFocusProxy(self.folder.edit)
        self.show_settings(settings)
        self.folder.finished.connect(self.changed)
        for field in (self.minutes, self.silence):
            field.changed.connect(self.changed)

    def title(self) -> str:
        return _("Exchange")

    def about(self) -> str:
        return _("Bundles of other desks: where they are looked for, and when silence is an alarm.")

    def retranslate(self) -> None:
        self.folder.set_label(_("Watched folder: a share, or what a cloud program keeps in step"))
        self.folder.set_hint(_("none: by stick and by hand"))
        self.minutes.show_words(_("To the other desks every"), _("minutes, 0: by hand"))
        self.silence.show_words(_("Silence is an alarm after"), _("hours without a seal"))
        words = _("Bundles are encrypted for the desks they are for: whoever finds the folder reads nothing.")
        self._why.show_text(words, Tone.QUIET, icon="info-circle")

    def show_settings(self, settings: Settings) -> None:
        self.folder.set_value(settings.exchange_folder)
        self.minutes.show_number(settings.exchange_minutes)
        self.minutes.setVisible(settings.role != PeerRole.HEADQUARTERS)
        self.silence.show_number(settings.silence_hours)
        self.retranslate()

    def filled(self, settings: Settings) -> Settings:
        folder, minutes, hours = self.folder.value.strip(), self.minutes.number, self.silence.number
        return replace(
            settings,
            exchange_folder=folder if config.fits("exchange_folder", folder) else settings.exchange_folder,
            exchange_minutes=settings.exchange_minutes if minutes is None else minutes,
            silence_hours=settings.silence_hours if hours is None else hours,
        )

    def _lay_out(self) -> None:
        frame = card()
        grid = QGridLayout(frame)
        grid.setContentsMargins(16, 8, 16, 16)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.folder, 0, 0, 1, 2)
        grid.addWidget(self.silence, 1, 0)
        grid.addWidget(self.minutes, 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(frame)
        column.addWidget(info_card(self._why))
        column.addStretch(1)
