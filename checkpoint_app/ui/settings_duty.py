"""What the lead is warned about (leads, long duties, short rests), and when the day's report is due."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.i18n import _
from checkpoint_app.ui.form_parts import Note, card, info_card
from checkpoint_app.ui.settings_number import NumberField
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.told import Tone


class DutySection(SetupStep):
    """Four numbers; a field that holds none in its bounds leaves its setting as it is."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.leads = NumberField(least=0, most=20)
        self.longest, self.rest = NumberField(least=1, most=72), NumberField(least=0, most=72)
        self.daily = NumberField(least=0, most=23)
        self._fields = {
            "leads_needed": self.leads,
            "longest_duty_hours": self.longest,
            "least_rest_hours": self.rest,
            "daily_hour": self.daily,
        }
        self._why = Note(size=16)
        self._lay_out()
        self.setFocusProxy(self.leads)
        self.show_settings(settings)
        for field in self._fields.values():
            field.changed.connect(self.changed)

    def title(self) -> str:
        return _("Duty")

    def about(self) -> str:
        return _("What a lead is warned about, and when the day's report is due.")

    def retranslate(self) -> None:
        self.leads.show_words(_("Experienced officers a group"), _("people at least"))
        self.longest.show_words(_("Longest duty"), _("hours"))
        self.rest.show_words(_("Shortest rest"), _("hours"))
        self.daily.show_words(_("Day's report due from"), _("o'clock"))
        words = _("A warning stands on the officers' page; it stops nobody from serving.")
        self._why.show_text(words, Tone.QUIET, icon="info-circle")

    def show_settings(self, settings: Settings) -> None:
        for name, field in self._fields.items():
            field.show_number(getattr(settings, name))
        self.retranslate()

    def filled(self, settings: Settings) -> Settings:
        typed = {name: field.number for name, field in self._fields.items() if field.number is not None}
        return replace(settings, **cast("dict[str, Any]", typed))

    def _lay_out(self) -> None:
        frame = card()
        grid = QGridLayout(frame)
        grid.setContentsMargins(16, 8, 16, 16)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for place, field in enumerate(self._fields.values()):
            grid.addWidget(field, place // 2, place % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(frame)
        column.addWidget(info_card(self._why))
        column.addStretch(1)
