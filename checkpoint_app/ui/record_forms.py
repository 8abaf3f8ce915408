"""What is asked in place of a record's detail: the corrected values, or the reason for something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.documents import wording
from checkpoint_app.domain.amending import Changes
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.plates import parse_plate
from checkpoint_app.domain.words import Direction, VehicleClass
from checkpoint_app.i18n import _
from checkpoint_app.storage.rows import CrossingRow
from checkpoint_app.ui.field import DropDown, Field, Labelled
from checkpoint_app.ui.form_parts import Note, Option, Segments, label
from checkpoint_app.ui.record_keys import SmallKey
from checkpoint_app.ui.told import Tone

PAD = 16
MOST_NAMES = 8


class Form(QFrame):
    """A card with a title, a body, one line of words and its two keys; `main` is F1, `back` is Esc."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title, self.about = label("heading"), Note(size=14)
        self.words = Note(size=14, rows=2, middle=True)
        self.reason = Field("")
        self.main, self.back = SmallKey("F1", primary=True), SmallKey("Esc")
        self.body = QWidget()
        self._codes: tuple[Option, ...] = ()
        self._choices = Note(size=14)
        self._lay_out()

    def ask(self, title: str, about: str, *, main: str, codes: Sequence[Option] = ()) -> None:
        """Begins anew; a digit alone in the reason stands for one of `codes`."""
        self._codes = tuple(codes)
        self.title.setText(title)
        self.about.show_text(about, Tone.QUIET)
        self.main.set_word(main)
        self.back.set_word(_("Leave it"))
        self.reason.set_label(_("Reason (required)"))
        self.reason.set_value("")
        listed = "  ".join(f"{place} {each.word}" for place, each in enumerate(codes, 1))
        self._choices.show_text(listed, Tone.QUIET)
        self._choices.setVisible(bool(listed))
        self.words.show_text("")

    @property
    def why(self) -> str:
        """What was typed, or the code of the digit that was."""
        text = self.reason.value.strip()
        if len(text) == 1 and text.isdecimal() and 0 < int(text) <= len(self._codes):
            return self._codes[int(text) - 1].value
        return text

    def say(self, text: str, tone: Tone = Tone.BAD) -> None:
        self.words.show_text(text, tone)

    def go_on(self) -> None:
        """The next field of this form, after the last one the first: Enter never leaves it."""
        here = QApplication.focusWidget() or self
        there = here.nextInFocusChain()
        while there is not None and there is not here and not self._takes_words(there):
            there = there.nextInFocusChain()
        if there is not None:
            there.setFocus(Qt.FocusReason.TabFocusReason)

    def _takes_words(self, part: QWidget) -> bool:
        tabbed = part.focusPolicy() & Qt.FocusPolicy.TabFocus
        return bool(tabbed) and part.isVisible() and part.isEnabled() and self.isAncestorOf(part)

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.body)
        for part in (scroll.viewport(), self.body):
            part.setAutoFillBackground(False)
        self.area = scroll
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.main)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD, 12, PAD, 10)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(scroll, 100)
        column.addWidget(self._choices)
        column.addWidget(self.reason)
        column.addStretch(1)
        column.addLayout(foot)


class AmendForm(Form):
    """The values as they now read, to be typed over."""

    def __init__(self) -> None:
        super().__init__()
        self.plate, self.people = Field(""), Field("")
        self.origin, self.destination, self.purpose = Field(""), Field(""), Field("")
        self.vehicle, self.direction = DropDown(), DropDown()
        self._vehicle, self._direction = Labelled("", self.vehicle), Labelled("", self.direction)
        self.names = tuple(Field("") for _each in range(MOST_NAMES))
        self._numbers: tuple[int, ...] = ()
        self._masked = True
        grid = QGridLayout(self.body)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        parts: list[QWidget] = [self.plate, self._vehicle, self.people, self._direction]
        parts += [self.origin, self.destination, self.purpose, *self.names]
        for place, part in enumerate(parts):
            grid.addWidget(part, place // 2, place % 2)
        grid.setRowStretch(len(parts), 1)

    def show_row(self, row: CrossingRow, *, masked: bool, codes: Sequence[Option]) -> None:
        """Masked names stand in the labels; a field left empty changes nothing then."""
        self.ask(
            _("Amend entry {n}").format(n=f"{row.seq:,}"),
            _("The written value stays beneath. The outcome is not amended: make void, record again."),
            main=_("Save amendment"),
            codes=codes,
        )
        self._masked = masked
        self._label()
        self.plate.set_value(row.plate)
        self.people.set_value(str(row.people))
        self.origin.set_value(row.origin)
        self.destination.set_value(row.destination)
        self.purpose.set_value(row.purpose)
        _offer(self.vehicle, wording.VEHICLES, row.vehicle)
        _offer(self.direction, wording.DIRECTIONS, row.direction)
        known = {person.number: person.name for person in row.persons}
        self._numbers = tuple(sorted({1, *known})[:MOST_NAMES])
        for field, number in zip(self.names, (*self._numbers, *[0] * MOST_NAMES), strict=False):
            field.setVisible(number > 0)
            name = known.get(number, "")
            hidden = mask_name(name) if masked else ""
            field.set_label(_("Name {n} {masked}").format(n=number, masked=hidden).strip())
            field.set_value("" if masked else name)
        self.area.verticalScrollBar().setValue(0)

    def changes(self, *, province: str) -> Changes:
        """What stands in the fields; what is as it was falls away later."""
        plate = self.plate.value.strip()
        people = self.people.value.strip()
        pairs = zip(self._numbers, self.names, strict=False)
        names = {number: field.value for number, field in pairs if field.value.strip() or not self._masked}
        return Changes(
            plate=parse_plate(plate, province=province) if plate else None,
            vehicle=VehicleClass(self.vehicle.currentData()),
            people=int(people) if people.isdecimal() and len(people) < 5 else None,
            direction=Direction(self.direction.currentData()),
            origin=self.origin.value,
            destination=self.destination.value,
            purpose=self.purpose.value,
            names=names,
        )

    def _label(self) -> None:
        for part, words in (
            (self.plate, _("Plate")),
            (self._vehicle, _("Vehicle class")),
            (self.people, _("People")),
            (self._direction, _("Direction")),
            (self.origin, _("From")),
            (self.destination, _("To")),
            (self.purpose, _("Purpose")),
        ):
            part.set_label(words)


@dataclass(frozen=True, slots=True)
class ExportChoice:
    form: str
    masked: bool
    folder: str
    why: str


class AskForm(Form):
    """A reason; for an export also what goes out and where to."""

    def __init__(self) -> None:
        super().__init__()
        self.form, self.full, self.folder = Segments(), Segments(), Field("")
        self._export = QWidget()
        column = QVBoxLayout(self._export)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.form, self.full, self.folder):
            column.addWidget(part)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 8, 4, 0)
        inside.addWidget(self._export)
        inside.addStretch(1)

    def show_reason(self, title: str, about: str, *, main: str, codes: Sequence[Option]) -> None:
        self.area.hide()
        self.ask(title, about, main=main, codes=codes)

    def show_export(self, count: int, *, folder: str, codes: Sequence[Option]) -> None:
        self.area.show()
        about = _("As many records as shown: {n}. Whoever has the file can read it: it is written down.")
        self.ask(_("Export"), about.format(n=f"{count:,}"), main=_("Export"), codes=codes)
        self.reason.set_label(_("Reason (required in full)"))
        self.form.show_options((Option("xlsx", "Excel"), Option("csv", "CSV")), value="xlsx")
        masked = (Option("masked", _("Masked")), Option("full", _("Names and numbers in full")))
        self.full.show_options(masked, value="masked")
        self.folder.set_label(_("Folder"))
        self.folder.set_value(folder)

    @property
    def choice(self) -> ExportChoice:
        return ExportChoice(self.form.value, self.full.value == "masked", self.folder.value.strip(), self.why)


def _offer(box: DropDown, table: dict[str, str], chosen: str) -> None:
    box.clear()
    for code in table:
        box.addItem(wording.word(table, code), code)
    box.setCurrentIndex(max(0, box.findData(chosen)))
