"""Two cards of the board: the queue in half an hour with what to do, and how old each data set is."""

from __future__ import annotations

from collections.abc import Sequence

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
LIGHTS = {
    "fresh": ("good", "circle-check"),
    "stale": ("warn", "clock-exclamation"),
    "expired": ("bad", "alert-circle"),
    "missing": ("bad", "alert-circle"),
}


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
        title, about = self._lines(width)
        return round(len(title) * self._title_step + len(about) * self._step + 2 * PAD - 4)

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
            centre = top + self._title_step / 2
            icons.draw(painter, icon, x=PAD + 2, centre=centre, size=BIG, colour=ink)
            title, about = self._lines(self.width())
            face = self._title_face(self.width())
            for line in title:
                row = QRectF(self._left, top, self.width() - self._left - PAD, self._title_step)
                lettering.draw(painter, line, face=face, rect=row, colour=theme.ink)
                top += self._title_step
            face = lettering.font(look().px(WORDS))
            for line in about:
                row = QRectF(self._left, top, self.width() - self._left - PAD, self._step)
                lettering.draw(painter, line, face=face, rect=row, colour=theme.ink)
                top += self._step

    @property
    def _left(self) -> int:
        return PAD + BIG + 14

    @property
    def _title_step(self) -> float:
        return look().px(TITLE) * 1.4

    @property
    def _step(self) -> float:
        return look().px(WORDS) * 1.4

    def _title_face(self, width: int) -> QFont:
        """Smaller down to the size of the words, so that it stays on one line where it can."""
        space = width - self._left - PAD
        return lettering.fitted(
            self._text.title, size=look().px(TITLE), least=look().px(WORDS), space=space, bold=True
        )

    def _lines(self, width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        space = width - self._left - PAD
        title = lettering.wrapped(self._text.title, self._title_face(width), space)
        about = lettering.wrapped(self._text.about, lettering.font(look().px(WORDS)), space)
        return title, about if self._text.about else ()


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
        return look().px(16) * 1.75
