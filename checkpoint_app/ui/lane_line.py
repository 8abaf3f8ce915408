"""What is typed about one person behind `*`, in the people row, and whom the register knows by it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.register import Resident
from checkpoint_app.i18n import _
from checkpoint_app.ui import asking, lookup_text, messages, said
from checkpoint_app.ui.lane_fields import LaneFields
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.people_row import PeopleRow


class LaneLine(QObject):
    """`changed` when it opens or closes; `typing` while it is open. `hides`: names are covered just now."""

    changed = Signal()

    def __init__(
        self,
        work: LaneWork,
        fields: LaneFields,
        people: PeopleRow,
        *,
        hides: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._fields, self._people, self._hides = work, fields, people, hides
        self.typing = False
        self._asked = 0
        self._found: tuple[Resident, ...] = ()
        self._text = self._whose = ""

    def begin(self) -> None:
        self._fields.give_temperature()
        self.typing, self._whose = True, self._work.whose
        self._people.show_document()
        state = self._work.lane.state
        seat = state.open.person(state.person).seat if state.open else ""
        who = seat or _("Person {n}").format(n=state.person)
        label = _("{who}: ID, phone or name").format(who=who)
        self._people.document.begin(label, _("Enter to finish, Esc to leave"))
        self.changed.emit()

    def finish(self) -> None:
        """Takes what stands there, or asks the register; what is refused stays, with words beside it."""
        text = self._people.document.edit.text().strip()
        if text and self._whose not in {"", self._work.whose}:
            self._complain(messages.filled(messages.VEHICLE_CHANGED))
        elif lookup_text.is_fragment(text):
            self._look_up(text)
        elif not text or self._take(text, refused=self._complain):
            self.leave()

    def leave(self) -> None:
        self._asked += 1
        if self.typing:
            self.typing = False
            self._fields.focus_home()
            self.changed.emit()

    def take_known(self, value: str) -> None:
        """The person chosen among those the register knows; "" is none of them."""
        if value:
            person = self._found[int(value)]
            self._work.change(
                partial(self._work.lane.known_person, person.document, name=person.name, phone=person.phone)
            )
        elif lookup_text.is_name(self._text):
            self._take(self._text)
        self._found, self._text = (), ""

    def _take(self, text: str, *, refused: Callable[[Words], None] | None = None) -> bool:
        return self._work.change(partial(self._work.lane.document, text), refused=refused)

    def _look_up(self, text: str) -> None:
        """The register writes down that it was asked before it answers."""
        self._asked += 1
        desk = self._work.desk
        whose = (self._asked, self._work.whose)
        self._work.tasks.run(
            lambda: desk.register.find(text, by=desk.by),
            then=lambda found: self._answered(text, found, whose=whose),
            failed=self._failed,
        )

    def _answered(self, text: str, found: tuple[Resident, ...], *, whose: tuple[int, str]) -> None:
        """An answer to a question nobody asks any more is dropped."""
        if whose != (self._asked, self._work.whose) or not self.typing:
            return
        if not found and not lookup_text.is_name(text):
            self._complain(messages.filled(lookup_text.NOBODY))
            return
        self.leave()
        self._found, self._text = found, text
        if not found:
            self.take_known("")
            return
        hidden = self._hides()
        self._work.question(asking.known([lookup_text.shown(person, hidden=hidden) for person in found]))

    def _failed(self, error: CheckpointError) -> None:
        self._complain(messages.words_for(error))

    def _complain(self, words: Words) -> None:
        self._people.document.complain(words.title, said.joined(words.meaning, words.now_line))
