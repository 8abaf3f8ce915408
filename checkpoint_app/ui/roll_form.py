"""Everything of a roll-call that is filled in, and what is still missing of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import roll_text
from checkpoint_app.ui.field import Field
from checkpoint_app.ui.roll_card import RollCard
from checkpoint_app.ui.roll_people import RollPeople
from checkpoint_app.ui.roll_text import Roll
from checkpoint_app.ui.roll_work import Known

GAP = 12


class RollForm(QWidget):
    """`edited()` when a person changed something. Names, groups and the roster come with `show_known`."""

    edited = Signal()

    def __init__(self, play: Callable[[str], object] | None) -> None:
        super().__init__()
        self.card = RollCard(play)
        self.people = RollPeople(self.card.names)
        self.known = Known()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.card)
        row.addWidget(self.people, 1)
        self.setFocusProxy(self.card.group.edit)
        for signal in (self.card.group.edited, self.card.lead.edited, self.people.edited):
            signal.connect(self._edited)

    @property
    def roll(self) -> Roll:
        """As it stands in the fields."""
        card = self.card
        group, lead = (" ".join(field.value.split()) for field in (card.group, card.lead))
        return Roll(group, lead, card.weather.value.strip(), self.people.members)

    def show_known(self, known: Known, *, lanes: tuple[int, ...]) -> None:
        self.known = known
        self.people.numbers = known.names
        self.people.list.lanes = lanes
        self.card.offer(groups=known.group_names, names=tuple(known.names))
        self.card.again.setVisible(bool(known.last.group))

    def show_roll(self, roll: Roll) -> None:
        self.card.group.set_value(roll.group)
        self.card.lead.set_value(roll.lead)
        self.people.show_members(roll.members, lead=roll.lead)

    def suggest(self) -> None:
        """The group whose turn it is, everybody here."""
        found = self.known.roll_of(self.known.due) if self.known.due else None
        if found is not None:
            self.show_roll(found)
        if self.card.group.edit.hasFocus():
            self.card.group.edit.selectAll()
        self._compare()

    def clear(self) -> None:
        for field in (self.card.pin, self.card.weather, self.people.add):
            field.set_value("")
        self.show_roll(Roll())

    def retranslate(self) -> None:
        self.card.retranslate()
        self.people.retranslate()
        self._compare()

    def go_on(self, held: QWidget | None) -> bool:
        """Enter in `held`: a group that is known brings its people, a name becomes a row; False when it is
        none of these.
        """
        if held is self.card.group.edit:
            self._take_group()
        elif held is self.card.lead.edit:
            self.take_lead(self.card.lead.value)
            self.people.add.setFocus()
        elif held is self.people.add.edit:
            self.people.take()
        else:
            return False
        return True

    def choose_lead(self) -> None:
        """Whoever is selected leads."""
        chosen = self.people.list.chosen
        if chosen is not None:
            self.take_lead(chosen.name)

    def take_lead(self, name: str) -> None:
        """Whoever leads is here too; a part of a name stands for the only one that has it."""
        lead = roll_text.meant(name, tuple(self.known.names))
        if lead:
            self.people.join(lead)
        self.people.show_lead(lead)
        self.card.lead.set_value(lead)

    def missing(self, *, pin: bool) -> tuple[Field, str] | None:
        """The first thing that is missing, and its words; with `pin` the lead's is asked. A name that still
        stands in its line is taken first.
        """
        self.people.take()
        self.take_lead(self.card.lead.value)
        card, roll = self.card, self.roll
        here = any(each.name == roll.lead for each in roll.serving)
        may = not self.known.protected or roll.lead in self.known.leads
        asked = (
            (card.group, bool(roll.group), _("The group is missing")),
            (card.lead, bool(roll.lead), _("The lead is missing")),
            (card.lead, may, _("{name} may not lead here: choose a lead with F3").format(name=roll.lead)),
            (card.lead, here, _("The lead is not here: choose another with F3")),
            (card.pin, not pin or bool(card.pin.value), _("The lead types the PIN")),
        )
        return next(((field, words) for field, full, words in asked if not full), None)

    def _take_group(self) -> None:
        self.card.group.set_value(roll_text.meant(self.roll.group, self.known.group_names))
        found = self.known.roll_of(self.roll.group)
        if found is not None and found.members:
            self.show_roll(found)
            self.people.list.setFocus()
        else:
            self.card.lead.setFocus()

    @Slot()
    def _edited(self) -> None:
        self._compare()
        self.edited.emit()

    def _compare(self) -> None:
        due = self.known.due
        self.card.tell(roll_text.suggestion(due, taken=due == self.roll.group))
