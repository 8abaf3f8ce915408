"""The strip of the shift's numbers at the foot of the lane page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import icons, key_caps, lettering
from checkpoint_app.ui.hints import Hint
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, Look, look

HEIGHT, PAD, GAP, LABEL_GAP = 40, 17, 26, 7
VALUE, LABEL, NOTE = 20, 14, 16
HINTS_GAP, HINT_GAP, CAP = 30, 14, 22


@dataclass(frozen=True, slots=True)
class Counter:
    """`label` and its number with unit: ("平均每车", "5.9 s")."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Note:
    """The one at the right, with its icon: ("eye", "仅目视", "14%")."""

    icon: str
    label: str
    value: str


class Counters(Painted):
    """Numbers from left to right by weight; when the window is narrow the last ones give way whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counters: tuple[Counter, ...] = ()
        self._note: Note | None = None
        self._hints: tuple[Hint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counters(self, counters: Sequence[Counter], note: Note | None = None) -> None:
        self._counters, self._note = tuple(counters), note
        self.setAccessibleName("，".join(f"{each.label} {each.value}" for each in self._counters))
        self.update()

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Keys that can be pressed now, in the room the numbers leave; each whole or not at all."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.setAccessibleDescription("，".join(f"{each.cap} {each.words}" for each in self._hints))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(900, HEIGHT)

    def visible(self) -> int:
        """How many numbers fit beside the note."""
        return self._arranged(look())[1]

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            theme = look().theme
            draw_box(painter, QRectF(self.rect()), fill=theme.surface, border=theme.line, width=1)
            (value, label, gap), count = self._arranged(look())
            base = HEIGHT / 2 + 8
            x = float(PAD)
            for each in self._counters[:count]:
                x += _draw_pair(
                    painter, each, sizes=(value, label), x=x, base=base, colours=(theme.ink, theme.ink2)
                )
                x += gap
            if self._note:
                self._paint_note(painter, self._note, look())
            self._paint_hints(painter, x + HINTS_GAP - gap, look())

    def _paint_hints(self, painter: QPainter, left: float, look: Look) -> None:
        """From the right end to the left, the first hint farthest left."""
        right = self.width() - PAD - self._note_width(look)
        face, bold = lettering.font(SMALLEST), lettering.font(SMALLEST, bold=True)
        widths = [_hint_width(hint, face, bold) for hint in self._hints]
        count = len(widths)
        while count and sum(widths[:count]) + (count - 1) * HINT_GAP > right - left:
            count -= 1
        x = right - sum(widths[:count]) - max(count - 1, 0) * HINT_GAP
        centre, theme = HEIGHT / 2, look.theme
        for hint, width in zip(self._hints[:count], widths, strict=False):
            used = key_caps.draw_cap(
                painter, hint.cap, face=bold, x=x, centre=centre, height=CAP, colour=theme.ink2, line=1
            )
            lettering.draw_at(
                painter, hint.words, face=face, x=x + used + 5, centre=centre, colour=theme.ink2
            )
            x += width + HINT_GAP

    def _arranged(self, look: Look) -> tuple[tuple[int, int, int], int]:
        """Sizes of value, label and gap, and how many fit; gaps shrink first, then text."""
        room = self.width() - 2 * PAD - self._note_width(look)
        steps = [(look.px(VALUE), look.px(LABEL), gap) for gap in (GAP, 20, 14)]
        steps += [(size, max(SMALLEST, look.px(LABEL) - 2), 14) for size in range(look.px(VALUE) - 1, 17, -1)]
        steps.append((18, SMALLEST, 12))
        for step in steps:
            if self._fitting(step, room) == len(self._counters):
                return step, len(self._counters)
        return steps[-1], self._fitting(steps[-1], room)

    def _fitting(self, step: tuple[int, int, int], room: float) -> int:
        value, label, gap = step
        used = 0.0
        for index, each in enumerate(self._counters):
            used += _pair_width(each, (value, label)) + (gap if index else 0)
            if used > room:
                return index
        return len(self._counters)

    def _note_width(self, look: Look) -> float:
        if not self._note:
            return 0
        words = lettering.width(self._note.label, lettering.font(look.px(LABEL)))
        value = lettering.width(self._note.value, lettering.font(look.px(NOTE), bold=True))
        return look.px(18) + 6 + words + LABEL_GAP + value + GAP

    def _paint_note(self, painter: QPainter, note: Note, look: Look) -> None:
        theme, centre = look.theme, HEIGHT / 2
        bold, face = lettering.font(look.px(NOTE), bold=True), lettering.font(look.px(LABEL))
        x = self.width() - PAD - lettering.width(note.value, bold)
        lettering.draw_at(painter, note.value, face=bold, x=x, centre=centre, colour=theme.ink2)
        x -= LABEL_GAP + lettering.width(note.label, face)
        lettering.draw_at(painter, note.label, face=face, x=x, centre=centre, colour=theme.ink2)
        x -= 6 + look.px(18)
        icons.draw(painter, note.icon, x=x, centre=centre, size=look.px(18), colour=theme.ink2)


def _hint_width(hint: Hint, face: QFont, bold: QFont) -> float:
    return round(key_caps.cap_width(hint.cap, bold, CAP)) + 5 + lettering.width(hint.words, face)


def _pair_width(counter: Counter, sizes: tuple[int, int]) -> float:
    value, label = sizes
    words = lettering.width(counter.label, lettering.font(label))
    return words + LABEL_GAP + lettering.width(counter.value, lettering.font(value, bold=True))


def _draw_pair(
    painter: QPainter,
    counter: Counter,
    *,
    sizes: tuple[int, int],
    x: float,
    base: float,
    colours: tuple[str, str],
) -> float:
    """Label and value on one base line, so that they read as one; returns their width."""
    face, bold = lettering.font(sizes[1]), lettering.font(sizes[0], bold=True)
    words = lettering.draw_on(painter, counter.label, face=face, x=x, base=base, colour=colours[1])
    left = x + words + LABEL_GAP
    number = lettering.draw_on(painter, counter.value, face=bold, x=left, base=base, colour=colours[0])
    return words + LABEL_GAP + number
