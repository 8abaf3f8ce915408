"""Two cards of the board: the queue in half an hour with what to do, and how old each data set is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import icons, lettering, said
from checkpoint_app.ui.board_text import ForecastText, SetText
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, look

PAD, HEAD, ICON, BIG = 14, 40, 18, 26
TITLE, WORDS = 20, 16
MOST_HEIGHT = 156
LINE = 1.4
LIGHTS = {
    "fresh": ("good", "circle-check"),
    "stale": ("warn", "clock-exclamation"),
    "expired": ("bad", "alert-circle"),
    "missing": ("bad", "alert-circle"),
}


@dataclass(frozen=True, slots=True)
class _Set:
    """Lines of text with their faces and heights."""

    lines: tuple[tuple[str, QFont, float], ...]

    @property
    def height(self) -> float:
        return sum(step for _words, _face, step in self.lines)


class ForecastCard(Painted):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ForecastText("", "", "plain")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> ForecastText:
        return self._text

    def show_text(self, text: ForecastText) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(said.joined(text.title, text.about))
            self.updateGeometry()
            self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._set_in(width).height) + 2 * PAD - 4

    def sizeHint(self) -> QSize:
        return QSize(346, self.heightForWidth(346))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(300, self.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        fill, ink, icon = {
            "warn": (theme.warnbg, theme.warn, "clock-exclamation"),
            "good": (theme.surface, theme.good, "circle-check"),
        }.get(self._text.tone, (theme.surface, theme.ink2, "clock"))
        warns = self._text.tone == "warn"
        with painting(self) as painter:
            border = theme.warn if warns else theme.line
            draw_box(painter, QRectF(self.rect()), fill=fill, border=border, width=2 if warns else 1)
            top = PAD - 3.0
            centre = top + look().px(TITLE) * LINE / 2
            icons.draw(painter, icon, x=PAD + 2, centre=centre, size=BIG, colour=ink)
            whole = self._set_in(self.width())
            for words, face, step in whole.lines:
                row = QRectF(self._left, top, self.width() - self._left - PAD, step)
                lettering.draw(painter, words, face=face, rect=row, colour=theme.ink)
                top += step

    @property
    def _left(self) -> int:
        return PAD + BIG + 14

    def _set_in(self, width: int) -> _Set:
        """As large as it is no higher than MOST_HEIGHT; at the smallest size as high as it is."""
        for size in range(look().px(WORDS), SMALLEST - 1, -1):
            found = self._lines(width - self._left - PAD, size)
            if found.height + 2 * PAD <= MOST_HEIGHT:
                break
        return found

    def _lines(self, space: float, size: int) -> _Set:
        """The title a quarter larger than the words, on one line where it can be."""
        most = round(size * TITLE / WORDS)
        face = lettering.fitted(
            self._text.title, size=most, least=max(SMALLEST, size - 2), space=space, bold=True
        )
        words = lettering.font(size)
        about = lettering.wrapped(self._text.about, words, space) if self._text.about else ()
        title = lettering.wrapped(self._text.title, face, space)
        return _Set(
            (
                *((line, face, face.pixelSize() * LINE) for line in title),
                *((line, words, size * LINE) for line in about),
            )
        )


class SetsCard(Painted):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sets: tuple[SetText, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def sets(self) -> tuple[SetText, ...]:
        return self._sets

    def show_sets(self, sets: Sequence[SetText]) -> None:
        if tuple(sets) == self._sets:
            return
        if len(sets) != len(self._sets):
            self.updateGeometry()
        self._sets = tuple(sets)
        self.setAccessibleName(_("Age of the data"))
        self.setAccessibleDescription("; ".join(f"{each.name} {each.version} {each.age}" for each in sets))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(346, round(self._head + 8 + max(1, len(self._sets)) * self._row + 6))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill=theme.surface, border=theme.line, width=1)
            row = QRectF(PAD, 0, self.width() - 2 * PAD, self._head)
            face = lettering.font(look().px(16), bold=True)
            lettering.draw(painter, _("Age of the data"), face=face, rect=row, colour=theme.ink)
            painter.fillRect(QRectF(1, self._head - 1, self.width() - 2, 1), theme.line)
            for place, each in enumerate(self._sets):
                centre = self._head + 6 + (place + 0.5) * self._row
                role, icon = LIGHTS[each.light]
                colour = str(getattr(theme, role))
                icons.draw(painter, icon, x=PAD + 1, centre=centre, size=ICON, colour=colour)
                fresh = each.light == "fresh"
                old = lettering.font(look().px(14), bold=not fresh)
                wide = lettering.width(each.age, old)
                x = self.width() - PAD - wide
                ink = theme.ink2 if fresh else colour
                lettering.draw_at(painter, each.age, face=old, x=x, centre=centre, colour=ink)
                words = f"{each.name} {each.version}".strip()
                space = x - PAD - ICON - 20
                face = lettering.fitted(words, size=look().px(16), least=SMALLEST, space=space)
                box = QRectF(PAD + ICON + 10, centre - 16, space, 32)
                lettering.draw(painter, words, face=face, rect=box, colour=theme.ink)

    @property
    def _head(self) -> float:
        return float(look().px(HEAD))

    @property
    def _row(self) -> float:
        return look().px(16) * 1.65
