"""Parts of the exchange page: heads of cards, keys that are filled while they are F1, lists of two lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.form_parts import label
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.record_keys import SmallKey
from checkpoint_app.ui.theme import SMALLEST, Look, look
from checkpoint_app.ui.told import Tone

HEAD, SIDE, BAR, ICON_SIDE, TEXT_SIDE = 40, 14, 6, 14, 48
IN_ROW, GAP_ROW, GAP_KEY = 56, 62, 44
PILL_PAD, PILL_HEIGHT = 10, 24
PILL_GROUNDS = {Tone.GOOD: "goodbg", Tone.WARN: "warnbg", Tone.BAD: "badbg", Tone.QUIET: "sunken"}
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


@dataclass(frozen=True, slots=True)
class Deed:
    """A key: its cap ("" while another one is meant by F1), its word, what it does; `main` is filled."""

    cap: str
    word: str
    act: Callable[[], None]
    main: bool = False
    locked: bool = False


class DeedKey(SmallKey):
    """Shows one deed after the other; nothing while there is none."""

    def __init__(self, *, height: int = 48) -> None:
        super().__init__("", height=height)
        self._act: Callable[[], None] = lambda: None
        self.clicked.connect(self._press)
        self.hide()

    def show_deed(self, deed: Deed | None) -> None:
        self.setVisible(deed is not None)
        if deed is not None:
            self.cap, self._primary, self._act = deed.cap, deed.main, deed.act
            self.set_word(deed.word, locked=deed.locked)

    def _press(self) -> None:
        self._act()


class CardHead(QWidget):
    """What a card is about, a hint at the right, or what its owner puts there."""

    def __init__(self, right: QWidget | None = None) -> None:
        super().__init__()
        self.title, self.hint = label("strong"), label("label")
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(right if right is not None else self.hint)
        self.setFixedHeight(HEAD)

    def show_words(self, title: str, hint: str = "") -> None:
        self.title.setText(title)
        self.hint.setText(hint)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: `title` bold, `detail` beside it, `about` below; at the right a count and a key, or a
    pill.
    """

    id: str
    icon: str
    title: str
    detail: str
    about: str
    tone: Tone = Tone.QUIET
    about_tone: Tone = Tone.QUIET
    count: str = ""
    pill: str = ""
    pill_tone: Tone = Tone.QUIET
    strong: bool = False

    @property
    def spoken(self) -> str:
        return "，".join(
            part for part in (self.title, self.detail, self.about, self.count, self.pill) if part
        )


class ItemRow(Painted):
    """`touched` when it is chosen by hand; the key belongs to the page."""

    touched = Signal()

    def __init__(self, *, height: int) -> None:
        super().__init__()
        self.item = Item("", "", "", "", "")
        self.chosen = False
        self._height = height
        self.key = DeedKey(height=GAP_KEY)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.addStretch(1)
        row.addWidget(self.key)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_item(self, item: Item, deed: Deed | None, *, chosen: bool) -> None:
        self.item, self.chosen = item, chosen
        self.setAccessibleName(item.spoken)
        self.key.show_deed(deed)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, max(self._height, round(self._height * look().scale / 100)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.touched.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        shown, rect = look(), QRectF(self.rect())
        with painting(self) as painter:
            if self.chosen:
                painter.fillRect(rect, shown.theme.sel)
                painter.fillRect(QRectF(0, 0, BAR, rect.height()), shown.theme.accent)
            painter.fillRect(QRectF(0, rect.height() - 1, rect.width(), 1), shown.theme.line)
            colour = str(getattr(shown.theme, self.item.tone))
            size = shown.px(20)
            icons.draw(
                painter, self.item.icon, x=ICON_SIDE, centre=rect.center().y(), size=size, colour=colour
            )
            self._paint_words(painter, shown, self._paint_right(painter, shown))

    def _paint_right(self, painter: QPainter, shown: Look) -> float:
        """Count or pill before the key; returns where words must end."""
        edge = float(self.key.x() - 12 if self.key.isVisible() else self.width() - SIDE)
        centre = self.height() / 2
        if self.item.count and self._room_for_count(shown, edge):
            face = lettering.font(shown.px(16), bold=True)
            edge -= lettering.width(self.item.count, face)
            lettering.draw_at(
                painter, self.item.count, face=face, x=edge, centre=centre, colour=shown.theme.ink
            )
            edge -= 12
        if self.item.pill:
            centre = self.height() * (0.5 if self._about_fits(shown) else 0.3)
            edge -= draw_pill(painter, self.item.pill, self.item.pill_tone, right=edge, centre=centre) + 12
        return edge

    def _about_fits(self, shown: Look) -> bool:
        """Beside a pill; a longer line goes below it, to the edge."""
        pill = lettering.width(self.item.pill, lettering.font(shown.px(14))) + 2 * PILL_PAD + 12
        about = lettering.width(self.item.about, lettering.font(SMALLEST))
        return TEXT_SIDE + about + pill + SIDE <= self.width()

    def _paint_words(self, painter: QPainter, shown: Look, edge: float) -> None:
        theme, centre = shown.theme, self.height() / 2
        step = shown.px(16) * 0.66
        left = float(TEXT_SIDE)
        size = self._title_size(shown, edge - left)
        bold, plain = lettering.font(size, bold=True), lettering.font(min(size, shown.px(14)))
        box = QRectF(left, centre - 2 * step, edge - left, 2 * step)
        lettering.draw(painter, self.item.title, face=bold, rect=box, colour=theme.ink)
        left += lettering.width(self.item.title, bold) + 9
        if left + 30 < edge:
            face = lettering.font(size) if self.item.strong else plain
            colour = theme.ink if self.item.strong else theme.ink2
            box = QRectF(left, centre - 2 * step, edge - left, 2 * step)
            lettering.draw(painter, self.item.detail, face=face, rect=box, colour=colour)
        about = str(getattr(theme, self.item.about_tone))
        if self.item.pill and not self._about_fits(shown):
            edge = self.width() - SIDE
        box = QRectF(TEXT_SIDE, centre, edge - TEXT_SIDE, 2 * step)
        face = lettering.fitted(self.item.about, size=shown.px(14), least=SMALLEST, space=box.width())
        lettering.draw(painter, self.item.about, face=face, rect=box, colour=about)

    def _room_for_count(self, shown: Look, edge: float) -> bool:
        """Which numbers is worth more than how many."""
        item, bold, plain = self.item, lettering.font(SMALLEST, bold=True), lettering.font(SMALLEST)
        words = lettering.width(item.title, bold) + 9 + lettering.width(item.detail, plain)
        count = lettering.width(item.count, lettering.font(shown.px(16), bold=True))
        return TEXT_SIDE + words + 12 + count <= edge

    def _title_size(self, shown: Look, space: float) -> int:
        """The largest at which title and detail stand there whole."""
        item = self.item
        for size in range(shown.px(16), SMALLEST, -1):
            beside = lettering.font(size if item.strong else min(size, shown.px(14)))
            title = lettering.width(item.title, lettering.font(size, bold=True))
            if title + 9 + lettering.width(item.detail, beside) <= space:
                return size
        return SMALLEST


def draw_pill(painter: QPainter, text: str, tone: Tone, *, right: float, centre: float) -> float:
    """A boxed word that ends at `right`; returns its width."""
    theme, face = look().theme, lettering.font(look().px(14))
    width, height = lettering.width(text, face) + 2 * PILL_PAD, max(PILL_HEIGHT, look().px(22))
    box = QRectF(right - width, centre - height / 2, width, height)
    colour = str(getattr(theme, tone))
    draw_box(painter, box, fill=str(getattr(theme, PILL_GROUNDS[tone])), border=colour, width=1)
    lettering.draw(painter, text, face=face, rect=box, colour=colour, align=lettering.CENTRE)
    return width


class ItemList(QScrollArea):
    """Lines of two rows below each other; `moved(row)` when another is chosen, `past(-1 | 1)` when an arrow
    goes beyond an end. What `put` gives stands below the chosen line or, at -1, above all.
    """

    moved = Signal(int)
    past = Signal(int)
    entered = Signal()

    def __init__(self, *, height: int = IN_ROW) -> None:
        super().__init__()
        self._height, self.row = height, 0
        self._rows: list[ItemRow] = []
        self._items: tuple[Item, ...] = ()
        self._put: QWidget | None = None
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidget(body)
        for part in (self.viewport(), body):
            part.setAutoFillBackground(False)

    @property
    def items(self) -> tuple[Item, ...]:
        return self._items

    @property
    def chosen(self) -> Item | None:
        return self._items[self.row] if 0 <= self.row < len(self._items) else None

    def show_items(self, items: Sequence[Item], deeds: Sequence[Deed | None]) -> None:
        """The chosen one stays chosen wherever it stands now."""
        held = self.chosen.id if self.chosen else ""
        self._items = tuple(items)
        self.row = next((n for n, each in enumerate(items) if each.id == held), min(self.row, len(items) - 1))
        self.row = max(0, self.row)
        while len(self._rows) > len(items):
            gone = self._rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._rows) < len(items):
            self._add()
        here = self.hasFocus()
        for place, (row, item, deed) in enumerate(zip(self._rows, items, deeds, strict=True)):
            row.show_item(item, deed, chosen=here and place == self.row)

    def put(self, part: QWidget, place: int) -> None:
        """Below line `place`, above all with -1."""
        self._column.removeWidget(part)
        self._column.insertWidget(place + 1, part)
        part.show()

    def take_out(self, part: QWidget) -> None:
        self._column.removeWidget(part)
        part.hide()

    def go(self, row: int) -> None:
        if not 0 <= row < len(self._items):
            self.past.emit(-1 if row < 0 else 1)
            return
        self.row = row
        self.moved.emit(row)
        self.ensureWidgetVisible(self._rows[row], 0, 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        else:
            self.go(self.row + step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        for row in self._rows:
            row.chosen = False
            row.update()

    def _add(self) -> None:
        row = ItemRow(height=self._height)
        row.touched.connect(lambda: self._touch(row))
        self._column.insertWidget(self._column.count() - 1, row)
        self._rows.append(row)

    def _touch(self, row: ItemRow) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.go(self._rows.index(row))
