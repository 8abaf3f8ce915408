"""Right of a roll-call: how many are here, everybody in a row, a line for who is not in the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QStringListModel, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import roll_text
from checkpoint_app.ui.field import Field
from checkpoint_app.ui.form_parts import Note
from checkpoint_app.ui.record_detail import Rule
from checkpoint_app.ui.record_list import CountLine
from checkpoint_app.ui.roll_card import offer
from checkpoint_app.ui.roll_list import RollList
from checkpoint_app.ui.roll_text import Member
from checkpoint_app.ui.told import Tone

MOST = 40


class RollPeople(QFrame):
    """`edited()` when anybody or anything about somebody changed."""

    edited = Signal()

    def __init__(self, names: QStringListModel) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.count, self.list, self.add = CountLine(), RollList(), Field("")
        self.empty = Note(size=16, parent=self.list)
        self.numbers: Mapping[str, str] = {}
        offer(self.add.edit, names, parent=self)
        self.list.edited.connect(self._changed)
        self._lay_out()

    @property
    def members(self) -> tuple[Member, ...]:
        return self.list.members

    @property
    def lead(self) -> str:
        return self.list.lead

    def show_members(self, members: Sequence[Member], *, lead: str) -> None:
        self.list.show_members(members[:MOST], lead=lead, place=0)
        self._describe()

    def show_lead(self, lead: str) -> None:
        self.list.show_members(self.members, lead=lead)

    def take(self) -> bool:
        """The name in the line becomes a row; False for an empty line."""
        name = " ".join(self.add.value.split())
        if not name or len(self.members) >= MOST:
            return False
        self.join(name)
        self.add.set_value("")
        self.list.select(len(self.members) - 1)
        self.edited.emit()
        return True

    def join(self, name: str) -> None:
        """Somebody who is here, unless in the list already."""
        with_it = roll_text.with_name(self.members, name, number=self.numbers.get(name, ""))
        self.list.show_members(with_it, lead=self.lead)
        self._describe()

    def retranslate(self) -> None:
        self.add.set_label(_("Somebody else: name and Enter; a newcomer gets a number"))
        self.add.set_hint(_("Name"))
        self.count.show_keys(
            (("↑↓", _("row")), (_("Space"), _("state")), ("← →", _("post")), ("F3", _("leads")))
        )
        self.empty.show_text(_("Type a group above, or names below."), Tone.HINT)
        self._describe()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._describe()

    @Slot()
    def _changed(self) -> None:
        self._describe()
        self.edited.emit()

    def _describe(self) -> None:
        self.count.show_count(roll_text.count_line(self.members), "")
        self.empty.setVisible(not self.members)
        self.empty.setGeometry(16, 12, max(60, self.list.width() - 32), 60)

    def _lay_out(self) -> None:
        foot = QWidget()
        bottom = QVBoxLayout(foot)
        bottom.setContentsMargins(16, 4, 16, 12)
        bottom.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for part in (self.count, Rule()):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addWidget(Rule())
        column.addWidget(foot)
