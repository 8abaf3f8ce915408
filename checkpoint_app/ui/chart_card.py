"""A card with one chart: title and legend in its head, what it means under it; or its numbers as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import chart_paint, chart_table, charts, lettering
from checkpoint_app.ui.chart_paint import Legend, Measured
from checkpoint_app.ui.chart_table import Cells
from checkpoint_app.ui.charts import Box, Drawing, Stacks
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, look

PAD, HEAD, GAP = 14, 40, 8
TITLE, SMALL = 16, 14
BAR, MARK = 24, 4
LEAST_BODY = 96


class Form(StrEnum):
    COLUMNS = "columns"
    BARS = "bars"
    SHARE = "share"


def number(value: int) -> str:
    """With separators of thousands."""
    return f"{value:,}"


@dataclass(frozen=True, slots=True)
class ChartText:
    """`meaning` is a sentence about the numbers, `about` what explains it; `empty` stands there instead of a
    chart without any. `spoken` says the whole to a screen reader.
    """

    title: str
    form: Form
    chart: Stacks = field(default_factory=Stacks)
    series: tuple[Legend, ...] = ()
    cells: Cells = ()
    shown: Callable[[int], str] = number
    total: Callable[[int], str] = number
    expected: str = ""
    meaning: str = ""
    about: str = ""
    empty: str = ""
    spoken: str = ""


class ChartCard(Painted):
    """`height` is kept whatever the chart; 0: as much as there is."""

    def __init__(self, *, height: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ChartText("", Form.COLUMNS)
        self._tabled = False
        self._height = height
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        if height:
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> ChartText:
        return self._text

    @property
    def tabled(self) -> bool:
        return self._tabled

    def show_text(self, text: ChartText) -> None:
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text.title)
        self.setAccessibleDescription(text.spoken)
        if self._height:
            self.updateGeometry()
        self.update()

    def show_table(self, tabled: bool) -> None:
        """The numbers instead of the picture."""
        if tabled != self._tabled:
            self._tabled = tabled
            self.update()

    def hasHeightForWidth(self) -> bool:
        return bool(self._height)

    def heightForWidth(self, width: int) -> int:
        """As told, and a row more where the legend does not stand beside the title."""
        own = self._height + look().px(HEAD) - HEAD + round((look().px(SMALL) - SMALL) * 1.5)
        beside = not self._text.series or self._sizes_beside(width - 2 * PAD) is not None
        return own if beside else own + round(look().px(SMALL) * 1.8)

    def sizeHint(self) -> QSize:
        width = max(320, self.width())
        return QSize(320, self.heightForWidth(width) if self._height else 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.sizeHint().height() if self._height else 140)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill=theme.surface, border=theme.line, width=1)
            top = self._paint_head(painter)
            foot = self._paint_foot(painter, top)
            body = Box(PAD, top + GAP, self.width() - 2 * PAD, foot - top - 2 * GAP)
            if not self._text.chart.most:
                self._paint_empty(painter, body)
            elif self._tabled:
                wide = Box(GAP, body.y, self.width() - 2 * GAP, body.h)
                grid, size = chart_table.fitted(
                    self._text.cells,
                    wide,
                    size=look().px(SMALL),
                    least=SMALLEST,
                    measure=chart_paint.measured,
                )
                chart_paint.draw_grid(painter, grid, size=size, look=look())
            else:
                self._paint_chart(painter, body)

    def _paint_head(self, painter: QPainter) -> float:
        """Title, and the legend beside it or below; returns where the body begins."""
        theme, series = look().theme, () if self._tabled else self._text.series
        head, room = float(look().px(HEAD)), self.width() - 2 * PAD
        beside = self._sizes_beside(room) if series else None
        title, small = beside or (self._title_size(room), self._legend_size(room))
        face = lettering.font(title, bold=True)
        row = QRectF(PAD, 0, room, head)
        lettering.draw(painter, self._text.title, face=face, rect=row, colour=theme.ink)
        painter.fillRect(QRectF(1, head - 1, self.width() - 2, 1), theme.line)
        if not series:
            return head
        if beside is not None:
            chart_paint.draw_legend(painter, series, row, size=small, look=look())
            return head
        below = QRectF(PAD, head + 2, room, look().px(SMALL) * 1.8)
        chart_paint.draw_legend(painter, series, below, size=small, look=look(), right=False)
        return below.bottom()

    def _sizes_beside(self, room: float) -> tuple[int, int] | None:
        """Of title and legend, smaller until both stand in one row; None when they never do."""
        for less in range(look().px(TITLE) - SMALLEST + 1):
            title, small = look().px(TITLE) - less, max(SMALLEST, look().px(SMALL) - less)
            used = lettering.width(self._text.title, lettering.font(title, bold=True)) + 2 * GAP
            if used + chart_paint.legend_width(self._text.series, size=small) <= room:
                return title, small
        return None

    def _title_size(self, room: float) -> int:
        return lettering.fitted(
            self._text.title, size=look().px(TITLE), least=SMALLEST, space=room, bold=True
        ).pixelSize()

    def _legend_size(self, room: float) -> int:
        sizes = range(look().px(SMALL), SMALLEST, -1)
        fits = (size for size in sizes if chart_paint.legend_width(self._text.series, size=size) <= room)
        return next(fits, SMALLEST)

    def _paint_foot(self, painter: QPainter, top: float) -> float:
        """The sentence of meaning at the bottom; returns where it begins."""
        text, bottom = self._text, float(self.height() - GAP / 2)
        if not text.meaning or self._tabled:
            return bottom
        if self._text.form is Form.SHARE:
            return self._paint_line(painter, text.meaning, bottom)
        lines = [(text.meaning, True), *([(text.about, False)] if text.about else [])]
        size = look().px(SMALL)
        step = size * 1.5
        if bottom - top - len(lines) * step - GAP < LEAST_BODY:
            lines = lines[:1]
        begin = bottom - GAP / 2 - len(lines) * step
        painter.fillRect(QRectF(PAD, begin, MARK, len(lines) * step), look().theme.warn)
        for place, (words, bold) in enumerate(lines):
            row = QRectF(PAD + MARK + 10, begin + place * step, self.width() - 2 * PAD - MARK - 10, step)
            face = lettering.fitted(words, size=size, least=SMALLEST, space=row.width(), bold=bold)
            lettering.draw(painter, words, face=face, rect=row, colour=look().theme.ink)
        return begin

    def _paint_line(self, painter: QPainter, words: str, bottom: float) -> float:
        row = QRectF(PAD, bottom - look().px(SMALL) * 1.5 - 2, self.width() - 2 * PAD, look().px(SMALL) * 1.5)
        face = lettering.fitted(words, size=look().px(SMALL), least=SMALLEST, space=row.width())
        lettering.draw(painter, words, face=face, rect=row, colour=look().theme.ink2)
        return row.top()

    def _paint_chart(self, painter: QPainter, body: Box) -> None:
        for size in range(look().px(SMALL), SMALLEST - 1, -1):
            drawing = self._drawing(body, size)
            if drawing.pieces:
                upright = self._text.form is Form.COLUMNS
                chart_paint.draw(
                    painter, drawing, series=self._text.series, size=size, upright=upright, look=look()
                )
                return

    def _drawing(self, body: Box, size: int) -> Drawing:
        text, measure = self._text, Measured(size)
        if text.form is Form.COLUMNS:
            return charts.columns(
                text.chart, body, size=size, measure=measure, expected=text.expected, shown=text.shown
            )
        if text.form is Form.BARS:
            return charts.bars(
                text.chart, body, size=size, measure=measure, shown=text.shown, total=text.total
            )
        high = min(float(BAR), body.h)
        return charts.share(text.chart.values[0], Box(body.x, body.y, body.w, high))

    def _paint_empty(self, painter: QPainter, body: Box) -> None:
        box = QRectF(body.x, body.y, body.w, body.h)
        lettering.draw_lines(
            painter, self._text.empty, box=box, size=look().px(SMALL), colour=look().theme.ink3, bold=False
        )
