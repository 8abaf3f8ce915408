"""The row of fields: plate, class, people, temperature, from, to, purpose."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checkpoint_app import i18n
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.plates import PlateKind, parse_plate
from checkpoint_app.i18n import _
from checkpoint_app.services.places import Place
from checkpoint_app.ui import said
from checkpoint_app.ui.field import Field, Labelled, ValueEdit
from checkpoint_app.ui.lane_mode import LaneMode, mode_of
from checkpoint_app.ui.place_field import PlaceField
from checkpoint_app.ui.plate import Plate
from checkpoint_app.ui.theme import look
from checkpoint_app.ui.tokens import PlateColour

Suggest = Callable[[str], Sequence[Place]]

GAP = 12
WIDTHS = {"zh_CN": (104, 84, 132), "en": (116, 84, 132)}
PLATE_COLOURS = {
    "blue": PlateColour.BLUE,
    "yellow": PlateColour.YELLOW,
    "green": PlateColour.GREEN,
    "yellow_green": PlateColour.GREEN,
    "white": PlateColour.WHITE,
    "black": PlateColour.BLACK,
}


class ChoiceEdit(ValueEdit):
    """Shows a choice; its keys belong to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class LaneFields(QWidget):
    """`plate_given(text, corrects)`, `people_given(n)`, `temperature_given(text)` once a value is complete;
    `places_given()` when from, to or purpose changed, `service_given(text)` that of a bus instead of the
    purpose; `class_focused()` when the class wants a choice; `orphaned()` when a plate was corrected whose
    vehicle stands here no more."""

    plate_given = Signal(str, bool)
    people_given = Signal(int)
    temperature_given = Signal(str)
    places_given = Signal()
    service_given = Signal(str)
    class_focused = Signal()
    orphaned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plate = Plate()
        self.plate.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.plate_box = Labelled("", self.plate, width=232)
        self.kind_edit = ChoiceEdit()
        self.kind = Labelled("", self.kind_edit)
        self.people = Field("")
        self.temperature = Field("")
        for edit in (self.kind_edit, self.people.edit, self.temperature.edit):
            edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.people.edit.setMaxLength(3)
        self.temperature.edit.setMaxLength(3)
        self.origin, self.destination, self.purpose = PlaceField(""), PlaceField(""), Field("")
        self._order = (
            self.plate,
            self.kind_edit,
            self.people.edit,
            self.temperature.edit,
            self.origin.edit,
            self.destination.edit,
            self.purpose.edit,
        )
        self._typing_plate = False
        self._corrects = False
        self._corrected = ""  # the vehicle whose plate is being corrected
        self._shown: Crossing | None = None
        self._mode = LaneMode.ONE
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """All words anew."""
        self.plate_box.set_label(_("Plate"))
        self.kind.set_label(_("Class"))
        self.people.set_label(_("People"))
        self.temperature.set_label(_("Temp. ℃"))
        self.temperature.set_hint(_("e.g. 365"))
        self.origin.set_label(_("From"))
        self.destination.set_label(_("To"))
        self.purpose.set_label(_("Service") if self._mode is LaneMode.BUS else _("Purpose"))
        self.plate.set_hint(_("On foot") if self._mode is LaneMode.FOOT else "")
        self.fit()
        self.show_crossing(self._shown)

    def fit(self) -> None:
        """Widths for the language and the size of the text."""
        widths = WIDTHS[i18n.language()]
        for box, width in zip((self.kind, self.people, self.temperature), widths, strict=True):
            box.setFixedWidth(round(width * look().scale / 100))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.fit()
        super().changeEvent(event)

    def show_crossing(self, crossing: Crossing | None) -> None:
        """What is known; a field that is being typed in stays as it is, unless another vehicle came."""
        if self._shown and crossing and self._shown.action != crossing.action:
            for edit in self._entries:
                edit.setModified(False)
        self._shown = crossing
        if mode_of(crossing) is not self._mode:
            self._mode = mode_of(crossing)
            self.retranslate()
            return
        if not self._typing_plate:
            plate, colour = (crossing.plate, crossing.plate_colour) if crossing else ("", "")
            self.plate.set_plate(plate, likely_colour(plate, colour))
        self.kind_edit.setText(said.vehicle(crossing.vehicle) if crossing else "")
        told = str(crossing.headcount) if crossing else ""
        texts = _texts(crossing, self._mode)
        if not self._people_begun:
            self.people.set_value(told)
            self.people.edit.setModified(False)
        for field, text in zip((self.origin, self.destination, self.purpose), texts, strict=True):
            if not (field.edit.hasFocus() and field.edit.isModified()):
                field.set_value(text)
                field.edit.setModified(False)

    @property
    def places(self) -> tuple[str, str, str]:
        """From, to, purpose; the purpose of a bus stays as it was, its field holds the service."""
        purpose = self.purpose.value.strip()
        if self._mode is LaneMode.BUS:
            purpose = self._shown.purpose if self._shown else ""
        return self.origin.value.strip(), self.destination.value.strip(), purpose

    def suggest_places(self, suggest: Suggest) -> None:
        """Where from and to find the places for what is typed."""
        self.origin.suggest = self.destination.suggest = suggest

    def take_place(self) -> bool:
        """For Enter: True when a place was marked, which stands in its field now."""
        return self.origin.take_marked() or self.destination.take_marked()

    def close_places(self) -> bool:
        """For Esc: True when places were offered."""
        return self.origin.close_places() or self.destination.close_places()

    @property
    def _whose(self) -> str:
        return self._shown.action if self._shown else ""

    @property
    def _entries(self) -> tuple[ValueEdit, ...]:
        """The fields that are typed in, but for the plate."""
        return tuple(edit for edit in self._order[2:] if isinstance(edit, ValueEdit))

    # focus

    def focus_home(self) -> None:
        self.temperature.edit.setFocus()

    def focus_next(self, *, back: bool) -> None:
        """The next field in order, round and round."""
        place = next((n for n, edit in enumerate(self._order) if edit.hasFocus()), 3)
        fresh = self._order[(place + (-1 if back else 1)) % len(self._order)]
        fresh.setFocus()
        if fresh is self.people.edit:
            self.focus_people()
        if fresh is self.kind_edit:
            self.class_focused.emit()

    @property
    def in_text(self) -> bool:
        """Whether typed signs are text of from, to or purpose."""
        return any(edit.hasFocus() for edit in self._order[4:])

    @property
    def in_plate(self) -> bool:
        return self.plate.hasFocus()

    @property
    def in_people(self) -> bool:
        return self.people.edit.hasFocus()

    @property
    def begun(self) -> bool:
        """Whether a plate, a temperature or a number of people is typed and not given yet."""
        return bool(self.plate_text or self.temperature.value or self._people_begun)

    @property
    def _people_begun(self) -> bool:
        return self.in_people and self.people.edit.isModified()

    @property
    def in_class(self) -> bool:
        return self.kind_edit.hasFocus()

    # plate

    def begin_plate(self, text: str, *, corrects: bool) -> None:
        """The plate is typed from here on; `corrects`: of the vehicle that stands here."""
        if not self._typing_plate:
            self._corrected = self._whose
        self._typing_plate, self._corrects = True, corrects
        self.plate.set_plate(text, None)
        self.plate.setFocus()

    def set_province(self, province: str) -> None:
        """Another province before what was typed."""
        rest = self.plate.plate[1:] if self._typing_plate else ""
        self.begin_plate(province + rest, corrects=self._corrects)

    @property
    def plate_text(self) -> str:
        return self.plate.plate if self._typing_plate else ""

    def give_plate(self) -> bool:
        """What was typed is the plate; a lone province is none. False when its vehicle is gone."""
        text, typing = self.plate.plate, self._typing_plate
        self._typing_plate = False
        if typing and len(text) > 1 and self._corrects and self._corrected != self._whose:
            self.show_crossing(self._shown)
            self.orphaned.emit()
            return False
        if typing and len(text) > 1:
            self.plate_given.emit(text, self._corrects)
        else:
            self.show_crossing(self._shown)
        return True

    def drop(self) -> None:
        """What is being typed and not complete is given up."""
        self._typing_plate = False
        self.temperature.set_value("")
        for edit in self._entries:
            edit.setModified(False)
        self.show_crossing(self._shown)

    # temperature and the rest

    def give_temperature(self) -> None:
        text = self.temperature.value
        self.temperature.set_value("")
        if text:
            self.temperature_given.emit(text)

    def give_people(self) -> None:
        edit = self.people.edit
        if edit.isModified() and edit.text().isdigit():
            edit.setModified(False)
            self.people_given.emit(int(edit.text()))

    def give_places(self) -> None:
        edits = [field.edit for field in (self.origin, self.destination, self.purpose)]
        last = edits[-1]
        if self._mode is LaneMode.BUS:
            edits = edits[:-1]
            if last.isModified():
                last.setModified(False)
                self.service_given.emit(last.text().strip())
        if any(edit.isModified() for edit in edits):
            for edit in edits:
                edit.setModified(False)
            self.places_given.emit()

    def focus_people(self) -> None:
        self.people.edit.setFocus()
        self.people.edit.selectAll()

    def give_all(self) -> bool:
        """Before an outcome: whatever stands in a field counts. False as `give_plate`."""
        here = self.give_plate()
        self.give_temperature()
        self.give_people()
        self.give_places()
        return here

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for box in (self.plate_box, self.kind, self.people, self.temperature):
            row.addWidget(box)
        for box, share in ((self.origin, 10), (self.destination, 10), (self.purpose, 7)):
            row.addWidget(box, share)

    def _connect(self) -> None:
        self.plate.edited.connect(self._plate_edited)
        self.temperature.edited.connect(self._temperature_edited)
        self.people.finished.connect(self.give_people)
        for field in (self.origin, self.destination, self.purpose):
            field.finished.connect(self.give_places)

    @Slot(str)
    def _plate_edited(self, text: str) -> None:
        if not self._typing_plate:
            self._corrects, self._corrected = bool(self._shown and self._shown.plate), self._whose
        self._typing_plate = True
        plate = parse_plate(text)
        known = plate.kind is not PlateKind.ODD
        self.plate.set_plate(text, PLATE_COLOURS.get(plate.colours[0]) if known else None)

    @Slot(str)
    def _temperature_edited(self, text: str) -> None:
        if len(text) == 3:
            self.give_temperature()


def _texts(crossing: Crossing | None, mode: LaneMode) -> tuple[str, str, str]:
    if crossing is None:
        return "", "", ""
    last = crossing.service if mode is LaneMode.BUS else crossing.purpose
    return crossing.origin, crossing.destination, last


def likely_colour(plate: str, colour: str) -> PlateColour | None:
    """The colour that was told, else the likeliest one its form leaves."""
    if not plate:
        return None
    if colour:
        return PLATE_COLOURS.get(colour)
    parsed = parse_plate(plate)
    return None if parsed.kind is PlateKind.ODD else PLATE_COLOURS.get(parsed.colours[0])
