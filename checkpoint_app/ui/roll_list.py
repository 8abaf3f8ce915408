"""The people of a roll-call, one a row: number, name, state, post; all by single keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import icons, lettering, roll_text
from checkpoint_app.ui.handover_rows import SelectRows
from checkpoint_app.ui.painted import draw_box
from checkpoint_app.ui.roll_text import Member
from checkpoint_app.ui.theme import SMALLEST, look

ROW, LEFT, NUMBER, ICON = 40, 18, 40, 18
STATE_AT, POST_AT = 0.52, 0.78
WAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
DROPS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class RollList(SelectRows):
    """Space goes to the next state, 1 to 4 choose one, ← → the post, Delete takes a newcomer off again.

    `edited()` after each.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.members: tuple[Member, ...] = ()
        self.lead = ""
        self.lanes: tuple[int, ...] = (1,)

    def show_members(self, members: Sequence[Member], *, lead: str, place: int | None = None) -> None:
        self.members, self.lead = tuple(members), lead
        wanted = self.place if place is None else place
        last = len(self.members) - 1
        self.show_heights([ROW] * len(self.members), place=min(max(wanted, 0), last))
        self._describe()

    @property
    def chosen(self) -> Member | None:
        return self.members[self.place] if 0 <= self.place < len(self.members) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        one, key = self.chosen, Qt.Key(event.key())
        if one is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self._change(state=roll_text.next_state(one.state))
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self._change(state=roll_text.STATES[key - Qt.Key.Key_1])
        elif key in WAYS:
            self._change(post=roll_text.next_post(one.post, lanes=self.lanes, way=WAYS[key]))
        elif key in DROPS and not one.number:
            self._drop()
        else:
            super().keyPressEvent(event)

    def paint_row(self, painter: QPainter, place: int, box: QRectF, *, chosen: bool) -> None:
        theme, one, middle = look().theme, self.members[place], box.center().y()
        lettering.draw_at(
            painter,
            one.number or "+",
            face=lettering.font(look().px(16)),
            x=LEFT,
            centre=middle,
            colour=theme.ink2,
        )
        x = LEFT + look().px(NUMBER)
        state_at, post_at = box.width() * STATE_AT, box.width() * POST_AT
        space = state_at - x - 12
        if one.name == self.lead:
            space -= _paint_lead(painter, state_at, middle)
        face = lettering.fitted(one.name, size=look().px(16), least=SMALLEST, space=space, bold=chosen)
        room = QRectF(x, box.top(), space, box.height())
        lettering.draw(painter, one.name, face=face, rect=room, colour=theme.ink)
        _paint_state(painter, one, QRectF(state_at, box.top(), post_at - state_at - 8, box.height()))
        self._paint_post(painter, one, QRectF(post_at, box.top(), box.width() - post_at - 8, box.height()))

    def _paint_post(self, painter: QPainter, one: Member, box: QRectF) -> None:
        theme = look().theme
        word = roll_text.post_word(one.post)
        face = lettering.fitted(word, size=look().px(16), least=SMALLEST, space=box.width())
        lettering.draw(painter, word, face=face, rect=box, colour=theme.ink if one.post else theme.ink3)

    def _change(self, **what: str) -> None:
        self.members = roll_text.changed(self.members, self.place, **what)
        self._describe()
        self.update()
        self.edited.emit()

    def _drop(self) -> None:
        left = tuple(each for place, each in enumerate(self.members) if place != self.place)
        self.show_members(left, lead=self.lead)
        self.edited.emit()

    def _describe(self) -> None:
        lines = (f"{each.name} {roll_text.state_word(each.state)}" for each in self.members)
        self.setAccessibleName(_("Roll: {people}").format(people=", ".join(lines)))


def _paint_lead(painter: QPainter, right: float, middle: float) -> float:
    """The pill of whoever leads, its right edge before `right`; returns the room it takes."""
    theme, word = look().theme, _("Lead")
    face = lettering.font(max(SMALLEST, look().px(14)), bold=True)
    width = lettering.width(word, face) + 16
    pill = QRectF(right - 12 - width, middle - look().px(12), width, look().px(24))
    draw_box(painter, pill, border=theme.ink2, width=1)
    lettering.draw(painter, word, face=face, rect=pill, colour=theme.ink, align=lettering.CENTRE)
    return width + 12


def _paint_state(painter: QPainter, one: Member, box: QRectF) -> None:
    icon, tone = roll_text.ICONS[one.state]
    colour, size = str(getattr(look().theme, tone.value)), look().px(ICON)
    icons.draw(painter, icon, x=box.left(), centre=box.center().y(), size=size, colour=colour, stroke=2.4)
    word = roll_text.state_word(one.state)
    room = box.adjusted(size + 8, 0, 0, 0)
    face = lettering.fitted(word, size=look().px(16), least=SMALLEST, space=room.width())
    lettering.draw(painter, word, face=face, rect=room, colour=colour)
