"""The left side of the records page: how many were found in what time, the table, what F1 does next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from checkpoint_app.i18n import _
from checkpoint_app.ui import key_caps, lettering
from checkpoint_app.ui.form_parts import Note
from checkpoint_app.ui.painted import Painted, painting
from checkpoint_app.ui.record_detail import Rule
from checkpoint_app.ui.record_keys import SmallKey
from checkpoint_app.ui.record_rows import RowsModel, RowsTable
from checkpoint_app.ui.record_text import Cells
from checkpoint_app.ui.record_work import Looked
from checkpoint_app.ui.theme import look
from checkpoint_app.ui.told import Tone

HEIGHT, SIDE, GAP = 36, 12, 6


class CountLine(Painted):
    """Found, out of how many, how fast; at the right keys with their words."""

    def __init__(self) -> None:
        super().__init__()
        self.found, self.about = "", ""
        self._keys: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)

    def show_count(self, found: str, about: str) -> None:
        self.found, self.about = found, about
        self.setAccessibleName(f"{found} {about}")
        self.update()

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        self._keys = tuple(keys)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, middle = look().theme, self.height() / 2
        bold, plain = lettering.font(look().px(14), bold=True), lettering.font(look().px(14))
        with painting(self) as painter:
            x = SIDE + lettering.draw_at(
                painter, self.found, face=bold, x=SIDE, centre=middle, colour=theme.ink
            )
            right = self._keys_left(plain)
            if x + GAP + lettering.width(self.about, plain) < right:
                lettering.draw_at(
                    painter, self.about, face=plain, x=x + GAP, centre=middle, colour=theme.ink2
                )
            for cap, word in self._keys:
                height = look().px(22)
                right += key_caps.draw_cap(
                    painter, cap, face=plain, x=right, centre=middle, height=height, colour=theme.ink, line=1
                )
                right += GAP + lettering.draw_at(
                    painter, word, face=plain, x=right + GAP, centre=middle, colour=theme.ink2
                )
                right += GAP

    def _keys_left(self, face: QFont) -> float:
        height = look().px(22)
        widths = (
            round(key_caps.cap_width(cap, face, height)) + 2 * GAP + lettering.width(word, face)
            for cap, word in self._keys
        )
        return self.width() - SIDE - sum(widths)


class RecordList(QFrame):
    """`chosen(row)` when a row is touched."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.model = RowsModel()
        self.table = RowsTable(self.model)
        self.count, self.words, self.main = (
            CountLine(),
            Note(size=14, middle=True),
            SmallKey("F1", primary=True),
        )
        self.empty = Note(size=16, middle=True, parent=self.table)
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE, 6, SIDE, 6)
        foot.setSpacing(12)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.main)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.count)
        column.addWidget(Rule())
        column.addWidget(self.table, 1)
        column.addWidget(Rule())
        column.addLayout(foot)
        self.table.clicked.connect(lambda index: self.chosen.emit(index.row()))

    @property
    def place(self) -> int:
        """The selected row, 0 when there is none."""
        return max(0, self.table.currentIndex().row())

    def show_rows(self, cells: Sequence[Cells], looked: Looked) -> None:
        self.model.show_rows(cells)
        found = _("{n} found").format(n=f"{len(cells):,}")
        about = _("of {n} entries · {ms} ms").format(n=f"{looked.page.entries:,}", ms=looked.took)
        self.count.show_count(found, about)
        self.empty.show_text("" if cells else _nothing(looked), Tone.HINT)
        self._place_empty()

    def show_inside(self, cells: Sequence[Cells], *, whole: int, over: int) -> None:
        """Vehicles inside; `over` of the `whole` stay longer than allowed."""
        self.model.show_rows(cells, inside=True)
        found = _("{n} inside").format(n=f"{whole:,}")
        self.count.show_count(found, _("{n} overstayed").format(n=f"{over:,}"))
        self.empty.show_text("" if cells else _("Nobody is inside as far as lanes recorded it."), Tone.HINT)
        self._place_empty()

    def select(self, place: int) -> None:
        index = self.model.index(place, 0)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.viewport().update()

    def say(self, text: str, tone: Tone = Tone.QUIET, *, icon: str = "") -> None:
        self.words.show_text(text, tone, icon=icon)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._place_empty()

    def _place_empty(self) -> None:
        self.empty.setGeometry(SIDE, 40, max(60, self.table.width() - 2 * SIDE), 120)
        self.empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def _nothing(looked: Looked) -> str:
    if looked.page.on is not None:
        return _("Nothing in the part looked through. Press F1 to search further back.")
    if looked.wanted.fragment and not looked.wanted.people:
        return _("No such plate. Press Enter to look for names and numbers too.")
    if looked.wanted.fragment:
        return _("Nothing found. A shorter part finds more; F7 shows the filters.")
    return _("No records here yet. Each vehicle that leaves a lane stands here.")
