"""Second step: which station, which computer of it, which lane, which province most plates have."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.i18n import _
from checkpoint_app.ui import said, setup_text
from checkpoint_app.ui.field import Field, Labelled
from checkpoint_app.ui.form_parts import Note, Option, Segments, card
from checkpoint_app.ui.province_grid import ProvinceGrid
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.told import Tone

LANE_WIDTH, DESK_WIDTH, WAY_WIDTH = 96, 330, 230


class StationStep(SetupStep):
    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.station, self.desk = Field(""), Field("", width=DESK_WIDTH)
        self.lane = Field("", width=LANE_WIDTH)
        self.way, self.province = Segments(width=WAY_WIDTH), ProvinceGrid()
        self._way_field, self._province_field = Labelled("", self.way), Labelled("", self.province)
        self._way_field.setFixedWidth(WAY_WIDTH)
        self._station_note, self._desk_note, self._lane_note = Note(rows=1), Note(rows=1), Note(rows=1)
        self._desk_by_hand = self._asked = False
        self._lay_out()
        self.setFocusProxy(self.station)
        self.show_settings(settings)
        self.station.edited.connect(self._station_edited)
        self.desk.edited.connect(self._desk_edited)
        self.lane.edited.connect(self._lane_edited)
        for chosen in (self.way.chosen, self.province.chosen):
            chosen.connect(self._chosen)

    def title(self) -> str:
        return _("Station and desk")

    def about(self) -> str:
        return _("A desk is one computer with its own ledger; two at one station need two names.")

    def retranslate(self) -> None:
        self.station.set_label(_("Station"))
        self.station.set_hint(_("as on the sign: South Gate G107"))
        self.desk.set_label(_("Name of this desk"))
        self.lane.set_label(_("Lane"))
        self._way_field.set_label(_("Direction"))
        self._province_field.set_label(_("Province of most plates (two keys)"))
        ways = [Option(way, said.direction(way)) for way in ("in", "out")]
        self.way.show_options(ways, value=self.way.value)
        self._tell()

    def show_settings(self, settings: Settings) -> None:
        self.station.set_value(settings.station)
        self._desk_by_hand = bool(settings.desk)
        self.desk.set_value(settings.desk)
        self.lane.set_value(str(settings.lanes[0].number))
        self.way.set_value(settings.lanes[0].direction)
        self.province.set_value(settings.province)
        self._suggest()
        self.retranslate()

    def filled(self, settings: Settings) -> Settings:
        return replace(
            settings,
            station=self.station.value.strip()[: setup_text.STATION_LENGTH],
            desk=self.desk.value,
            lanes=(self._lane(settings.lanes[0]), *settings.lanes[1:]),
            province=self.province.value,
        )

    def _lane(self, known: LaneSetting) -> LaneSetting:
        number = known.number if setup_text.lane_trouble(self.lane.value) else int(self.lane.value)
        return replace(known, number=number, direction=self.way.value)

    def obstacle(self) -> QWidget | None:
        self._asked = True
        self._tell()
        troubles = (
            (self.station, setup_text.station_trouble(self.station.value)),
            (self.desk, setup_text.desk_trouble(self.desk.value)),
            (self.lane, setup_text.lane_trouble(self.lane.value)),
        )
        return next((field.edit for field, trouble in troubles if trouble), None)

    @Slot(str)
    def _station_edited(self, _text: str) -> None:
        self._suggest()
        self._edited()

    @Slot(str)
    def _desk_edited(self, text: str) -> None:
        """An emptied name is suggested again."""
        self._desk_by_hand = bool(text)
        place = self.desk.edit.cursorPosition()
        self.desk.set_value(setup_text.desk_code(text))
        self.desk.edit.setCursorPosition(place)
        self._edited()

    @Slot(str)
    def _lane_edited(self, _text: str) -> None:
        self._suggest()
        self._edited()

    @Slot(str)
    def _chosen(self, _value: str) -> None:
        self.changed.emit()

    def _edited(self) -> None:
        self._tell()
        self.changed.emit()

    def _suggest(self) -> None:
        if self._desk_by_hand or not self.station.value.strip():
            return
        if not setup_text.lane_trouble(self.lane.value):
            self.desk.set_value(setup_text.suggested_desk(self.station.value, lane=int(self.lane.value)))

    def _tell(self) -> None:
        """A desk's name is judged as it is typed, empty fields only once somebody wanted to go on."""
        station, desk = self.station.value, self.desk.value
        trouble = setup_text.station_trouble(station)
        self._station_note.show_text(trouble, _tone(trouble, asked=self._asked or bool(station)))
        trouble = setup_text.desk_trouble(desk)
        fine = _("A–Z, 0–9 and -, at most {n}").format(n=setup_text.LONGEST_DESK)
        if trouble:
            self._desk_note.show_text(trouble, _tone(trouble, asked=self._asked or bool(desk)))
        elif self._desk_by_hand or not desk:
            self._desk_note.show_text(fine, Tone.HINT)
        else:
            self._desk_note.show_text(_("Suggested; may be changed"), Tone.HINT)
        trouble = setup_text.lane_trouble(self.lane.value)
        self._lane_note.show_text(trouble, Tone.BAD)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, parts in (
            (first, ((self.station, self._station_note, 1), (self.desk, self._desk_note, 0))),
            (second, ((self.lane, self._lane_note, 0), (self._way_field, None, 0))),
        ):
            row.setSpacing(16)
            for field, note, stretch in parts:
                stack = QVBoxLayout()
                stack.setSpacing(4)
                stack.addWidget(field)
                if note is not None:
                    stack.addWidget(note)
                else:
                    stack.addStretch(1)
                row.addLayout(stack, stretch)
        second.addStretch(1)
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(16, 8, 16, 16)
        inner.setSpacing(8)
        inner.addLayout(first)
        inner.addLayout(second)
        inner.addWidget(self._province_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        column.addStretch(1)


def _tone(trouble: str, *, asked: bool) -> Tone:
    return Tone.BAD if trouble and asked else Tone.HINT
