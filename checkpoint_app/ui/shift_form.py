"""The form that opens a shift: group, lead, officers by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui.field import CONTROL_HEIGHT, Field, Labelled, ValueEdit
from checkpoint_app.ui.form_parts import FootKey, Note, card
from checkpoint_app.ui.told import Tone

MOST_OFFICERS, COLUMNS = 12, 3
LEFT_WIDTH = 400


@dataclass(frozen=True, slots=True)
class Roster:
    """Who serves; names as typed."""

    group: str = ""
    lead: str = ""
    officers: tuple[str, ...] = ()


class OfficerRows(QWidget):
    """One line a name. A filled line opens the next, up to twelve."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        rows = MOST_OFFICERS // COLUMNS
        self.edits = [ValueEdit() for _place in range(MOST_OFFICERS)]
        for place, edit in enumerate(self.edits):
            grid.addWidget(edit, place % rows, place // rows)
            edit.textEdited.connect(self._edited)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        for row in range(rows):
            grid.setRowMinimumHeight(row, CONTROL_HEIGHT)
        grid.setRowStretch(rows, 1)
        self._open()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(edit.text().strip() for edit in self.edits if edit.text().strip())

    def show_names(self, names: Sequence[str]) -> None:
        for edit, name in zip(self.edits, (*names, *[""] * MOST_OFFICERS), strict=False):
            edit.setText(name)
        self._open()

    def retranslate(self) -> None:
        for place, edit in enumerate(self.edits, 1):
            edit.hint = _("Name") if place == 1 else str(place)
            edit.setAccessibleName(_("Officer {n}").format(n=place))
            edit.update()

    @Slot(str)
    def _edited(self, _text: str) -> None:
        self._open()
        self.edited.emit()

    def _open(self) -> None:
        """Lines up to the last filled one, and one more."""
        filled = [place for place, edit in enumerate(self.edits) if edit.text().strip()]
        last = filled[-1] if filled else -1
        for place, edit in enumerate(self.edits):
            edit.setVisible(place <= last + 1)


class ShiftForm(QWidget):
    """What is typed stays until the shift is open; names used before are offered while typing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group, self.lead, self.officers = Field(""), Field(""), OfficerRows()
        self._officers_field = Labelled("", self.officers)
        self.again, self.trouble, self._many = FootKey("F2"), Note(size=16, rows=2), Note(rows=1)
        self._last = Roster()
        self._names, self._groups = QStringListModel(self), QStringListModel(self)
        self._lay_out()
        _offer(self.group.edit, self._groups, parent=self)
        for edit in (self.lead.edit, *self.officers.edits):
            _offer(edit, self._names, parent=self)
        self.again.clicked.connect(self.repeat)
        for signal in (self.group.edited, self.lead.edited, self.officers.edited):
            signal.connect(self._edited)
        self.setFocusProxy(self.group.edit)
        self.retranslate()

    @property
    def roster(self) -> Roster:
        return Roster(self.group.value.strip(), self.lead.value.strip(), self.officers.names)

    def show_roster(self, roster: Roster) -> None:
        self.group.set_value(roster.group)
        self.lead.set_value(roster.lead)
        self.officers.show_names(roster.officers)
        self._edited()

    def offer(self, *, names: Sequence[str], groups: Sequence[str], last: Roster) -> None:
        """What the ledger knows of earlier shifts."""
        self._names.setStringList(list(names))
        self._groups.setStringList(list(groups))
        self._last = last
        self._show_again()

    def retranslate(self) -> None:
        self.group.set_label(_("Group"))
        self.group.set_hint(_("as Group 3"))
        self.lead.set_label(_("Lead"))
        self._officers_field.set_label(_("Officers by name, up to {n}").format(n=MOST_OFFICERS))
        self.officers.retranslate()
        self._show_again()
        self._edited()

    def missing(self) -> QWidget | None:
        """The first empty field, its words shown; None when the shift can be opened."""
        roster = self.roster
        for edit, full, words in (
            (self.group.edit, roster.group, _("The group is missing")),
            (self.lead.edit, roster.lead, _("The lead is missing")),
            (self.officers.edits[0], roster.officers, _("At least one officer; the lead may be the one")),
        ):
            if not full:
                self.trouble.show_text(words, Tone.BAD)
                return edit
        return None

    @Slot()
    def repeat(self) -> None:
        """The names of the shift before."""
        if self._last.group:
            self.show_roster(self._last)

    @Slot()
    def _edited(self) -> None:
        self.trouble.show_text("")
        many = len(self.officers.names)
        people = _("{n} officers").format(n=many)
        self._many.show_text(
            people if many else _("Enter for the next name; numbers are given by themselves"), Tone.HINT
        )

    def _show_again(self) -> None:
        self.again.setVisible(bool(self._last.group))
        self.again.set_word(_("As last time"))

    def _lay_out(self) -> None:
        left, right = card(), card()
        left.setFixedWidth(LEFT_WIDTH)
        first, second = QVBoxLayout(left), QVBoxLayout(right)
        for box in (first, second):
            box.setContentsMargins(16, 8, 16, 16)
            box.setSpacing(12)
        for part in (self.group, self.lead):
            first.addWidget(part)
        first.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        first.addStretch(1)
        second.addWidget(self._officers_field)
        second.addWidget(self._many)
        second.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.trouble)
        column.addStretch(1)


def _offer(edit: QLineEdit, model: QStringListModel, *, parent: QWidget) -> None:
    completer = QCompleter(model, parent)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    edit.setCompleter(completer)
