"""What is typed about one person behind `*`, in the people row."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from checkpoint_app.i18n import _
from checkpoint_app.ui import said
from checkpoint_app.ui.lane_fields import LaneFields
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.people_row import PeopleRow


class LaneLine(QObject):
    """`changed` when it opens or closes; `typing` while it is open."""

    changed = Signal()

    def __init__(
        self, work: LaneWork, fields: LaneFields, people: PeopleRow, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._fields, self._people = work, fields, people
        self.typing = False

    def begin(self) -> None:
        self._fields.give_temperature()
        self.typing = True
        self._people.show_document()
        label = _("Person {n}: ID number").format(n=self._work.lane.state.person)
        self._people.document.begin(label, _("Enter to finish, Esc to leave"))
        self.changed.emit()

    def finish(self) -> None:
        """Takes what stands there; what is refused stays, with words beside it."""
        text = self._people.document.edit.text().strip()
        if not text or self._work.change(partial(self._work.lane.document, text), refused=self._complain):
            self.leave()

    def leave(self) -> None:
        if self.typing:
            self.typing = False
            self._fields.focus_home()
            self.changed.emit()

    def _complain(self, words: Words) -> None:
        self._people.document.complain(words.title, said.joined(words.meaning, words.now_line))
