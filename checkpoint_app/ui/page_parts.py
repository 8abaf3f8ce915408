"""Parts of a page with a list: its tabs, the card with the table, the card that tells of what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.ui import key_caps, lettering
from checkpoint_app.ui.form_parts import Note, label
from checkpoint_app.ui.page_table import Sheet, SheetTable
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.record_detail import Rule
from checkpoint_app.ui.record_history import FactsBlock
from checkpoint_app.ui.record_keys import SmallKey
from checkpoint_app.ui.record_list import CountLine
from checkpoint_app.ui.record_text import Fact
from checkpoint_app.ui.theme import SMALLEST, look
from checkpoint_app.ui.told import Told, Tone

TAB_HEIGHT, TAB_PAD, CAP, PAD, EDGE = 48, 16, 22, 16, 12
MOST_KEYS, KEY_COLUMNS = 6, 2


@dataclass(frozen=True, slots=True)
class Key:
    """A function key, what it does now, and whether it can."""

    number: int
    word: str
    act: Callable[[], None]
    locked: bool = False

    @property
    def cap(self) -> str:
        return f"F{self.number}"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is told of the chosen place; `notes` are warnings and the like, gravest first."""

    title: str = ""
    about: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[Told, ...] = ()


class Notes(QWidget):
    """Lines of words below each other, each with its icon."""

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[Told, ...] = ()
        self._lines: tuple[Note, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(each.text for each in self._lines)

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    def tell(self, told: Sequence[Told]) -> None:
        if tuple(told) == self._told:
            return
        self._told = tuple(told)
        for each in self._lines:
            self._column.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._lines = tuple(Note(size=15) for _told in told)
        for note, one in zip(self._lines, told, strict=True):
            note.tell(one)
            self._column.addWidget(note)


class Tabs(Painted):
    """The views of the page, each under a digit. `chosen(place)` by touch."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self.place = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(TAB_HEIGHT)

    def show_tabs(self, words: Sequence[str], place: int) -> None:
        self._words, self.place = tuple(words), place
        self.setAccessibleName(words[place])
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for place, box in enumerate(self._boxes()):
            if box.contains(QPointF(event.position())):
                self.chosen.emit(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            draw_box(
                painter, QRectF(self.rect()), fill=look().theme.surface, border=look().theme.edge, width=2
            )
            for place, (word, box) in enumerate(zip(self._words, self._boxes(), strict=True)):
                self._paint_tab(painter, place, word, box)

    def _paint_tab(self, painter: QPainter, place: int, word: str, box: QRectF) -> None:
        theme, here = look().theme, place == self.place
        if here:
            painter.fillRect(box.adjusted(2, 2, -2, -2), theme.primary)
        ink = theme.onprimary if here else theme.ink
        small, height = lettering.font(look().px(14), bold=True), look().px(CAP)
        cap = key_caps.cap_width(str(place + 1), small, height)
        space = box.width() - 2 * TAB_PAD - cap - 8
        face = lettering.fitted(word, size=look().px(18), least=SMALLEST, space=space, bold=True)
        x = box.center().x() - (cap + 8 + lettering.width(word, face)) / 2
        centre = box.center().y()
        key_caps.draw_cap(
            painter, str(place + 1), face=small, x=x, centre=centre, height=height, colour=ink, line=1
        )
        lettering.draw_at(painter, word, face=face, x=x + cap + 8, centre=centre, colour=ink)

    def _boxes(self) -> tuple[QRectF, ...]:
        width = self.width() / max(1, len(self._words))
        return tuple(QRectF(n * width, 0, width, self.height()) for n in range(len(self._words)))


class PeopleList(QFrame):
    """Count, table, a line of words and F1."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.table, self.count = SheetTable(), CountLine()
        self.words, self.main = Note(size=14, rows=1, middle=True), SmallKey("F1", primary=True)
        self.empty = Note(size=16, middle=True, parent=self.table)
        foot = QHBoxLayout()
        foot.setContentsMargins(EDGE, 6, EDGE, 6)
        foot.setSpacing(EDGE)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.main)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for part in (self.count, Rule()):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(Rule())
        column.addLayout(foot)

    def show_sheet(self, sheet: Sheet, *, empty: str) -> None:
        self.table.show_sheet(sheet)
        self.empty.show_text("" if sheet.rows else empty, Tone.HINT)
        self._place_empty()

    def say(self, told: Told) -> None:
        self.words.tell(told)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._place_empty()

    def _place_empty(self) -> None:
        self.empty.setGeometry(EDGE, 40, max(60, self.table.width() - 2 * EDGE), 120)
        self.empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class PlaceCard(QFrame):
    """Title, facts, warnings, and the keys that do something with what is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title, self.about, self.facts = label("heading"), Note(size=14), FactsBlock()
        self.keys = tuple(SmallKey(f"F{place + 2}") for place in range(MOST_KEYS))
        self._acts: dict[int, Callable[[], None]] = {}
        self._notes = Notes()
        self._lay_out()
        for place, key in enumerate(self.keys):
            key.clicked.connect(lambda _checked=False, place=place: self._press(place))

    @property
    def notes(self) -> tuple[str, ...]:
        """The warnings as they read."""
        return self._notes.texts

    def show_place(self, shown: Shown, keys: Sequence[Key]) -> None:
        self.title.setText(lettering.plain(shown.title))
        self.about.show_text(shown.about, Tone.QUIET)
        self.facts.show_facts([Fact(name, text) for name, text in shown.facts if text])
        self._notes.tell(shown.notes)
        for button, key in zip(self.keys, (*keys, *[None] * MOST_KEYS), strict=False):
            button.setVisible(key is not None)
            if key is not None:
                button.cap = key.cap
                button.set_word(key.word, locked=key.locked)
        self._acts = {place: key.act for place, key in enumerate(keys)}

    def _press(self, place: int) -> None:
        self._acts[place]()

    def _lay_out(self) -> None:
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(PAD, 8, PAD, 8)
        inner.setSpacing(10)
        inner.addWidget(self.facts)
        inner.addWidget(self._notes)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        for part in (scroll.viewport(), body):
            part.setAutoFillBackground(False)
        head = QVBoxLayout()
        head.setContentsMargins(PAD, 12, PAD, 10)
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.about)
        foot = QGridLayout()
        foot.setContentsMargins(PAD, 8, PAD, 10)
        foot.setSpacing(8)
        for place, key in enumerate(self.keys):
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            foot.addWidget(key, place // KEY_COLUMNS, place % KEY_COLUMNS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(scroll, 1)
        column.addWidget(Rule())
        column.addLayout(foot)

    def minimumSizeHint(self) -> QSize:
        return QSize(360, 300)
