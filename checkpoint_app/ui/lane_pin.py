"""A PIN asked in the people row of a lane: to let a stop go, to sign on, to open what is locked.

The answer takes a moment (a key is derived from the PIN, off the window's thread); until it comes nothing has
changed, and an answer to a question that nobody asks any more is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.officers import Officer
from checkpoint_app.domain.words import Outcome
from checkpoint_app.i18n import _
from checkpoint_app.ui import messages, said
from checkpoint_app.ui.lane_fields import LaneFields
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.people_row import PeopleRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """Why a PIN is asked: to let `outcome` happen in a stop, else to sign on; `then` once it was right."""

    outcome: Outcome | None = None
    whole_desk: bool = False
    then: Callable[[], object] = lambda: None


class LanePin(QObject):
    """`changed` when the line opens or closes; `typing` while it is open."""

    changed = Signal()

    def __init__(
        self,
        work: LaneWork,
        fields: LaneFields,
        people: PeopleRow,
        *,
        opening: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        """`opening` is called before the line takes the row."""
        super().__init__(parent)
        self._work, self._fields, self._line, self._people = work, fields, people.pin, people
        self._opening = opening
        self._wanted = Wanted()
        self._whose = ""
        self._asked = 0
        self.typing = self.checking = False
        work.lead_wanted = self.release

    def release(self, outcome: Outcome) -> None:
        """In a stop: a lead lets it go."""
        self._begin(Wanted(outcome), _("Stop: the lead's PIN"))

    def sign_on(
        self, number: str = "", *, whole_desk: bool = False, then: Callable[[], object] = lambda: None
    ) -> None:
        """Somebody else acts here from now on, or for the whole desk."""
        if not self._work.desk.officers.protected:
            self._work.say(messages.filled(messages.NO_PINS))
            return
        title = _("Sign on for the desk") if whole_desk else _("Sign on at lane {n}")
        wanted = Wanted(whole_desk=whole_desk, then=then)
        self._begin(wanted, title.format(n=self._work.number), number=number)

    def comes_first(self, then: Callable[[], object] = lambda: None) -> bool:
        """Whether a PIN is asked now, because nobody was here for long or nobody signed on; `then` is done
        once it was right.
        """
        if self.typing or not self._work.idle.wants_pin(self._work.number):
            return False
        number = self._work.desk.posts.get(self._work.number, "")
        self._begin(Wanted(then=then), _("Who is here? Number and PIN"), number=number)
        return True

    def badge(self, text: str) -> None:
        """A badge was read: it fills the number in, or begins to sign its officer on."""
        officers = self._work.desk.officers
        try:
            number = officers.of_badge(text).number
        except CheckpointError as error:
            self._work.say(messages.words_for(error))
            return
        if not self.typing:
            self.sign_on(number)
        elif self._line.number.text() != number and not self.checking:
            self._line.number.setText(number)
            self._line.again("", _hint())

    def sign(self) -> bool:
        """A digit comes: it belongs here, wherever the focus went."""
        if not self._line.has_focus:
            self._line.take_focus()
        return False

    def onward(self) -> None:
        """Tab: from the number to the PIN and back."""
        (self._line.number if self._line.pin.hasFocus() else self._line.pin).setFocus()

    def finish(self) -> None:
        """Enter: from the number to the PIN; behind the PIN it is checked."""
        number, pin = self._line.number.text().strip(), self._line.pin.text()
        if not number or not pin:
            (self._line.pin if number else self._line.number).setFocus()
        elif not self.checking:
            self.checking = True
            self._asked += 1
            self._check(number.zfill(2), pin)

    def leave(self) -> None:
        """The line goes, and what was typed into it."""
        self._asked += 1
        self.checking = False
        if self.typing:
            self.typing = False
            self._line.clear()
            self._fields.focus_home()
            self.changed.emit()

    def _begin(self, wanted: Wanted, title: str, *, number: str = "") -> None:
        self._asked += 1
        self._opening()
        self._work.question(None)
        self._fields.give_temperature()
        self._wanted, self._whose, self.checking, self.typing = wanted, self._work.whose, False, True
        self._people.show_pin()
        self._line.begin(title, _hint(), number=number)
        self.changed.emit()

    def _check(self, number: str, pin: str) -> None:
        desk, asked = self._work.desk, self._asked
        if self._wanted.outcome is not None:
            self._work.tasks.at_once(
                lambda: desk.as_lead(number, pin),
                then=partial(self._may_release, asked),
                failed=partial(self._refused, asked),
            )
            return
        several = len(desk.settings.lanes) > 1 and not self._wanted.whole_desk
        lane = self._work.number if several else None
        self._work.tasks.at_once(
            lambda: desk.sign_on(number, pin, lane=lane),
            then=partial(self._signed_on, asked),
            failed=partial(self._refused, asked),
        )

    def _may_release(self, asked: int, lead: By) -> None:
        """The vehicle that was stopped must still be the one that stands here."""
        if asked != self._asked or self._wanted.outcome is None:
            return
        outcome, whose = self._wanted.outcome, self._whose
        self.leave()
        if whose != self._work.whose:
            self._work.say(messages.filled(messages.VEHICLE_CHANGED))
        else:
            self._work.end(outcome, why="lead_agreed", lead=lead)

    def _signed_on(self, asked: int, officer: Officer) -> None:
        """Whoever gave the PIN acts, whatever became of the line meanwhile."""
        self._work.idle.open()
        self._work.say(_signed_words(officer))
        if asked != self._asked:
            return
        then, whose = self._wanted.then, self._whose
        self.leave()
        if whose in {"", self._work.whose}:
            then()

    def _refused(self, asked: int, error: CheckpointError) -> None:
        if asked == self._asked and self.typing:
            self.checking = False
            words = messages.words_for(error)
            self._line.again(words.title, said.joined(words.meaning, words.now_line))


def _hint() -> str:
    return _("Enter to go on, Esc to leave · a badge fills the number in")


def _signed_words(officer: Officer) -> Words:
    who = _("{number} {name}").format(number=officer.number, name=mask_name(officer.name))
    return Words(_("{who} acts here now").format(who=who), _("What is recorded carries this number"), "")
