"""What a person needs to pass: for everybody, and for a vehicle class that has a list of its own."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app import i18n
from checkpoint_app.config import Settings, resource
from checkpoint_app.domain import verdict_words
from checkpoint_app.domain.rules import load_rules
from checkpoint_app.domain.words import CheckKind, VehicleClass
from checkpoint_app.i18n import _
from checkpoint_app.ui import said
from checkpoint_app.ui.form_parts import Note, Option, card
from checkpoint_app.ui.settings_grid import CheckGrid, GridRow, ticks
from checkpoint_app.ui.settings_number import NumberField
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.told import Tone

EVERYBODY = "default"
OFFERED = (
    CheckKind.HEALTH_CODE,
    CheckKind.TRAVEL_CODE,
    CheckKind.TEST_REPORT,
    CheckKind.TEMPERATURE,
    CheckKind.IDENTITY,
    CheckKind.PASS,
    CheckKind.DECLARATION,
)
_ORDER = tuple(kind.value for kind in OFFERED)


class ChecksStep(SetupStep):
    """`changed` after each tick and each time. The lists that ship stand for classes nobody decided on."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._shipped = dict(load_rules(resource("rules/default.json").read_bytes()).required)
        self.grid = CheckGrid()
        self.window_hours = NumberField(least=1, most=720)
        self.again_minutes = NumberField(least=1, most=60)
        self._about = Note(rows=1)
        self._lay_out()
        self.setFocusProxy(self.grid)
        self.show_settings(settings)
        self.grid.ticked.connect(self._ticked)
        self.grid.given_back.connect(self._given_back)
        self.window_hours.changed.connect(self.changed)
        self.again_minutes.changed.connect(self.changed)

    def title(self) -> str:
        return _("Checks")

    def about(self) -> str:
        return _("What everybody needs to pass, and what a class needs instead: arrows, Space.")

    def retranslate(self) -> None:
        self._show()
        self.window_hours.show_words(_("A test counts for"), _("hours after sampling"))
        self.again_minutes.show_words(_("Second temperature"), _("minutes after the first"))

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.window_hours.show_number(settings.test_window_hours)
        self.again_minutes.show_number(settings.remeasure_minutes)
        self.retranslate()

    def filled(self, settings: Settings) -> Settings:
        hours, minutes = self.window_hours.number, self.again_minutes.number
        return replace(
            settings,
            required_checks=self._settings.required_checks,
            class_checks=self._settings.class_checks,
            test_window_hours=hours or settings.test_window_hours,
            remeasure_minutes=minutes or settings.remeasure_minutes,
        )

    def obstacle(self) -> QWidget | None:
        for number in (self.window_hours, self.again_minutes):
            if number.number is None:
                number.say_bounds()
                return number.field.edit
        return None

    def list_of(self, name: str) -> tuple[str, ...]:
        """Kinds of checks that a class needs, or EVERYBODY."""
        everybody = self._settings.required_checks
        if name == EVERYBODY:
            return everybody
        return tuple(self._settings.class_checks.get(name, self._shipped.get(name, everybody)))

    @Slot(str, str)
    def _ticked(self, name: str, kind: str) -> None:
        chosen = ticks(self.list_of(name), kind, order=_ORDER)
        if name == EVERYBODY:
            self._settings = replace(self._settings, required_checks=chosen)
        else:
            lists = {**self._settings.class_checks, name: chosen}
            self._settings = replace(self._settings, class_checks=lists)
        self._show()
        self.changed.emit()

    @Slot(str)
    def _given_back(self, name: str) -> None:
        if name not in self._settings.class_checks:
            return
        lists = {each: kinds for each, kinds in self._settings.class_checks.items() if each != name}
        self._settings = replace(self._settings, class_checks=lists)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        columns = [Option(kind.value, kind_word(kind)) for kind in OFFERED]
        own = self._shipped.keys() | self._settings.class_checks.keys()
        rows = [GridRow(EVERYBODY, _("Everybody"), self.list_of(EVERYBODY))]
        for vehicle in VehicleClass:
            name = vehicle.value
            rows.append(GridRow(name, said.vehicle(vehicle), self.list_of(name), own=name in own))
        self.grid.show_grid(columns, rows, same=_("as everybody"))
        if self._settings.required_checks:
            words = _("A tick in a class begins its own list; Backspace gives the class back to everybody's.")
            self._about.show_text(words, Tone.QUIET, icon="info-circle")
        else:
            words = _("Nothing is needed: every vehicle with a plate passes")
            self._about.show_text(words, Tone.WARN)

    def _lay_out(self) -> None:
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 8)
        inner.setSpacing(8)
        inner.addWidget(self.grid)
        note = QHBoxLayout()
        note.setContentsMargins(12, 0, 12, 0)
        note.addWidget(self._about)
        inner.addLayout(note)
        times = QHBoxLayout()
        times.setSpacing(24)
        times.addWidget(self.window_hours, 1)
        times.addWidget(self.again_minutes, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(frame)
        column.addLayout(times)
        column.addStretch(1)


def kind_word(kind: CheckKind) -> str:
    """The name of a check, with a capital where the language has any."""
    word = verdict_words.kind_name(kind.value, i18n.language()[:2])
    return word[:1].upper() + word[1:]
