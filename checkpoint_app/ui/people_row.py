"""The row under the fields: people, or a question, or the line in which a document number is typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from checkpoint_app.ui.asking import Ask
from checkpoint_app.ui.bus_row import HEIGHT as BUS_HEIGHT
from checkpoint_app.ui.bus_row import AsideCard, BusText, MissingGrid
from checkpoint_app.ui.choice_row import ChoiceRow
from checkpoint_app.ui.convoy_row import ConvoyStrip, ConvoyText
from checkpoint_app.ui.field import ValueEdit
from checkpoint_app.ui.person_card import HEIGHT, CardKind, CardText, PersonCard
from checkpoint_app.ui.pin_line import PinLine

GAP = 10
MOST = 6
LEFT_WIDTH = 416
WIDE = frozenset({CardKind.PHRASE, CardKind.NOTE})


class PeopleRow(QWidget):
    """`touched(place)` counts cards from 0; `person(number)` is somebody touched in the grid of a bus;
    `chosen(place)` is the answer touched in a question.
    """

    touched = Signal(int)
    person = Signal(int)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = QWidget()
        self._row = QHBoxLayout(self._cards)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._pool = [PersonCard(CardText(CardKind.ADD, "")) for _place in range(MOST)]
        for place, card in enumerate(self._pool):
            self._row.addWidget(card)
            card.activated.connect(partial(self.touched.emit, place))
        self._convoy = ConvoyStrip()
        self._row.addWidget(self._convoy, 3)
        self._bus = BusPart()
        self._bus.grid.touched.connect(self.person)
        self._choices = ChoiceRow()
        self._choices.chosen.connect(self.chosen)
        self._asked: Ask | None = None
        self.document, self.pin = DocumentLine(), PinLine()
        self._pile = QStackedLayout(self)
        self._pile.setContentsMargins(0, 0, 0, 0)
        for part in (self._cards, self._choices, self.document, self._bus, self.pin):
            self._pile.addWidget(part)
        self.setFixedHeight(HEIGHT)

    @property
    def cards(self) -> tuple[CardText, ...]:
        """The cards that are shown."""
        return tuple(card.text for card in self._pool if not card.isHidden())

    @property
    def asks(self) -> bool:
        return self._pile.currentWidget() is self._choices

    @property
    def types_document(self) -> bool:
        return self._pile.currentWidget() is self.document

    @property
    def pages(self) -> int:
        """How many pages the grid of a bus has; 1 while it is not shown."""
        return self._bus.grid.pages if self._pile.currentWidget() is self._bus else 1

    def turn(self, by: int) -> None:
        """The next or previous page of whoever is missing."""
        self._bus.grid.turn(by)

    def set_bus(self, on: bool) -> None:
        """The higher row of a bus, whatever is shown in it."""
        self.setFixedHeight(BUS_HEIGHT if on else HEIGHT)

    def show_bus(self, text: BusText, card: CardText | None, *, more: str) -> None:
        """`card` stands at the left where nobody is set aside, or in their place."""
        self._bus.show_text(text, card, more=more)
        self._pile.setCurrentWidget(self._bus)

    def show_cards(self, texts: Sequence[CardText], convoy: ConvoyText | None = None) -> None:
        """`convoy` stands at the right of the cards."""
        self._convoy.setVisible(convoy is not None)
        if convoy is not None:
            self._convoy.show_text(convoy)
        for place, card in enumerate(self._pool):
            card.setVisible(place < len(texts))
            if place < len(texts):
                card.show_text(texts[place])
                wide = texts[place].kind in WIDE and len(texts) < 3
                self._row.setStretch(place, 2 if wide else 1)
        self._pile.setCurrentWidget(self._cards)

    def show_ask(self, ask: Ask) -> None:
        if self.asks and ask == self._asked:
            return
        self._asked = ask
        self._choices.show_choices(ask.title, ask.shown)
        self._pile.setCurrentWidget(self._choices)

    def show_pin(self) -> None:
        self._pile.setCurrentWidget(self.pin)

    def show_document(self) -> None:
        self._pile.setCurrentWidget(self.document)


class BusPart(QWidget):
    """Whoever is set aside, or one card, beside the grid; as wide as the camera column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.aside, self.card, self.grid = AsideCard(), PersonCard(CardText(CardKind.ADD, "")), MissingGrid()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for part in (self.aside, self.card):
            part.setFixedWidth(LEFT_WIDTH)
            row.addWidget(part)
        row.addWidget(self.grid, 1)

    def show_text(self, text: BusText, card: CardText | None, *, more: str) -> None:
        self.card.setVisible(card is not None)
        self.aside.setVisible(card is None and text.aside is not None)
        if card is not None:
            self.card.show_text(card)
        elif text.aside is not None:
            self.aside.show_text(text.aside)
        self.grid.show_text(text, more=more)


class DocumentLine(QWidget):
    """A label, a line for the number, and what is wrong with it beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel()
        self._label.setProperty("role", "strong")
        self.edit = ValueEdit()
        self.edit.setMaxLength(40)
        self.edit.setFixedWidth(340)
        self._wrong, self._now = QLabel(), QLabel()
        self._wrong.setProperty("role", "bad")
        self._now.setProperty("role", "hint")
        for label in (self._label, self._wrong, self._now):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._now.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._wrong)
        words.addWidget(self._now)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._label)
        row.addWidget(self.edit)
        row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def complaint(self) -> str:
        return self._wrong.text()

    def begin(self, label: str, hint: str) -> None:
        """An empty line for another number."""
        self._label.setText(label)
        self.edit.setText("")
        self.edit.setAccessibleName(label)
        self.complain("", hint)
        self.edit.setFocus()

    def complain(self, wrong: str, now: str) -> None:
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self._now.setText(now)
