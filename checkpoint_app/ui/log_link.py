"""Which vehicle had to do with an incident: looked for by a part of its plate, chosen by a digit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent

from checkpoint_app.documents import wording
from checkpoint_app.i18n import _
from checkpoint_app.services import records
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.records import Wanted
from checkpoint_app.storage.rows import CrossingRow
from checkpoint_app.ui import messages, said
from checkpoint_app.ui.field import Field
from checkpoint_app.ui.page_forms import PeopleForm
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone

MOST, TYPED_MS = 6, 150


class LinkForm(PeopleForm):
    """`chosen` is the action of the crossing, None while there is none."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._found: Sequence[CrossingRow] = ()
        self._asked = 0
        self.plate, self.which = Field(""), Field("")
        self.lay((self.plate, self.which))
        self.end_lay()
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._typed.timeout.connect(self._look)
        self.plate.edited.connect(lambda _text: self._typed.start())

    @property
    def chosen(self) -> str | None:
        which = self.which.value.strip()
        if not which.isdecimal() or not 0 < int(which) <= len(self._found):
            return None
        return self._found[int(which) - 1].action

    def show_form(self) -> None:
        about = _("Who was in it belongs to the incident with it.")
        self.begin(_("Link a vehicle"), about, main=_("Link"))
        self.plate.set_label(_("Part of the plate"))
        self.which.set_label(_("Number in front of it"))
        self.plate.set_value("")
        self.which.set_value("1")
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks for anything any more."""
        super().hideEvent(event)
        self._typed.stop()
        self._asked += 1

    def _look(self) -> None:
        self._asked += 1
        mine, fragment = self._asked, self.plate.value.strip()
        self._tasks.run(
            lambda: records.look(self._desk.ledger.reader, Wanted(fragment)).rows[:MOST],
            then=lambda rows: self._have(mine, rows),
            failed=lambda error: self.say(messages.words_for(error).plain),
        )

    def _have(self, mine: int, rows: Sequence[CrossingRow]) -> None:
        if mine != self._asked:
            return
        self._found = rows
        lines = [f"{place}  {_told(row)}" for place, row in enumerate(rows, 1)]
        nothing = _("No vehicle with this part of a plate")
        self.hint(*(lines or [nothing]), tone=Tone.PLAIN if rows else Tone.HINT)


def _told(row: CrossingRow) -> str:
    where = f"{row.lane} {wording.word(wording.DIRECTIONS, row.direction)}"
    plate = said.dotted(row.plate) or _("No plate")
    return "  ".join((said.time_of_day(row.happened), plate, where, said.outcome(row.outcome)))
