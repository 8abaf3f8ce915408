"""Second step: what this computer is, for which station, its name, the province of most plates."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.i18n import _
from checkpoint_app.ui import setup_text
from checkpoint_app.ui.field import Field, Labelled
from checkpoint_app.ui.form_parts import Note, Option, Segments, card
from checkpoint_app.ui.province_grid import ProvinceGrid
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.told import Tone

DESK_WIDTH, ROLE_WIDTH = 330, 560


class StationStep(SetupStep):
    """`changed` as something is typed; of a desk that is made (`fixed`) once the field is left; its name
    and its role stay.
    """

    def __init__(self, settings: Settings, *, fixed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fixed = fixed
        self.role = Segments(width=ROLE_WIDTH)
        self._role_field = Labelled("", self.role)
        self.station, self.desk = Field(""), Field("", width=DESK_WIDTH)
        self.province = ProvinceGrid()
        self._province_field = Labelled("", self.province)
        self._station_note, self._desk_note = Note(rows=1), Note(rows=1)
        self._desk_by_hand = self._asked = False
        self._first_lane = 1
        self._lay_out()
        self.setFocusProxy(self.station)
        self.show_settings(settings)
        self.station.edited.connect(self._station_edited)
        self.desk.edited.connect(self._desk_edited)
        self.province.chosen.connect(self._chosen)
        self.role.chosen.connect(self._role_chosen)
        self.desk.edit.setReadOnly(fixed)
        if fixed:
            self.station.finished.connect(self._settled)

    def title(self) -> str:
        return _("Station and desk")

    def about(self) -> str:
        return _("A desk is one computer with its own ledger; two at one station need two names.")

    @property
    def above(self) -> bool:
        """Whether this computer is to be headquarters."""
        return self.role.value == PeerRole.HEADQUARTERS

    def retranslate(self) -> None:
        self._role_field.set_label(_("This computer is"))
        self.role.setAccessibleName(_("This computer is"))
        options = (
            Option(PeerRole.STATION, _("a desk with lanes")),
            Option(PeerRole.HEADQUARTERS, _("headquarters of stations")),
        )
        self.role.show_options(options, value=self.role.value)
        self.station.set_label(_("Headquarters") if self.above else _("Station"))
        hint = _("as people call it: Pingyuan headquarters") if self.above else ""
        self.station.set_hint(hint or _("as on the sign: South Gate G107"))
        self.desk.set_label(_("Name of this desk"))
        self._province_field.set_label(_("Province of most plates (two keys)"))
        self._tell()

    def show_settings(self, settings: Settings) -> None:
        self.role.set_value(settings.role)
        self._show_role()
        self.station.set_value(settings.station)
        self._desk_by_hand = bool(settings.desk)
        self.desk.set_value(settings.desk)
        self._first_lane = settings.lanes[0].number
        self.province.set_value(settings.province)
        self._suggest()
        self.retranslate()

    def filled(self, settings: Settings) -> Settings:
        return replace(
            settings,
            role=self.role.value,
            station=self.station.value.strip()[: setup_text.STATION_LENGTH],
            desk=self.desk.value,
            province=self.province.value,
        )

    def obstacle(self) -> QWidget | None:
        self._asked = True
        self._tell()
        troubles = (
            (self.station, setup_text.station_trouble(self.station.value)),
            (self.desk, setup_text.desk_trouble(self.desk.value)),
        )
        return next((field.edit for field, trouble in troubles if trouble), None)

    @Slot(str)
    def _role_chosen(self, _value: str) -> None:
        self._show_role()
        self._suggest()
        self.retranslate()
        self.changed.emit()

    def _show_role(self) -> None:
        """Headquarters has no lanes, and no province of its own."""
        self._role_field.setVisible(not self._fixed)
        self._province_field.setVisible(not self.above)

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
    def _chosen(self, _value: str) -> None:
        self.changed.emit()

    def _edited(self) -> None:
        self._tell()
        if not self._fixed:
            self.changed.emit()

    @Slot()
    def _settled(self) -> None:
        if not setup_text.station_trouble(self.station.value):
            self.changed.emit()

    def _suggest(self) -> None:
        if self._desk_by_hand or not self.station.value.strip():
            return
        ending = setup_text.ABOVE if self.above else str(self._first_lane)
        self.desk.set_value(setup_text.suggested_desk(self.station.value, ending))

    def _tell(self) -> None:
        """A desk's name is judged as it is typed, empty fields only once somebody wanted to go on."""
        station, desk = self.station.value, self.desk.value
        trouble = setup_text.station_trouble(station)
        self._station_note.show_text(trouble, _tone(trouble, asked=self._asked or bool(station)))
        trouble = setup_text.desk_trouble(desk)
        fine = _("A–Z, 0–9 and -, at most {n}").format(n=setup_text.LONGEST_DESK)
        if trouble:
            self._desk_note.show_text(trouble, _tone(trouble, asked=self._asked or bool(desk)))
        elif self._fixed:
            self._desk_note.show_text(_("Belongs to the ledger and stays"), Tone.HINT)
        elif self._desk_by_hand or not desk:
            self._desk_note.show_text(fine, Tone.HINT)
        else:
            self._desk_note.show_text(_("Suggested; may be changed"), Tone.HINT)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(16)
        for field, note, stretch in ((self.station, self._station_note, 1), (self.desk, self._desk_note, 0)):
            stack = QVBoxLayout()
            stack.setSpacing(4)
            stack.addWidget(field)
            stack.addWidget(note)
            first.addLayout(stack, stretch)
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(16, 8, 16, 16)
        inner.setSpacing(8)
        inner.addWidget(self._role_field)
        inner.addLayout(first)
        inner.addWidget(self._province_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        column.addStretch(1)


def _tone(trouble: str, *, asked: bool) -> Tone:
    return Tone.BAD if trouble and asked else Tone.HINT
