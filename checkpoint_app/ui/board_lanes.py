"""The board's table of lanes: what each did, seconds a vehicle against the limit, who is there, what now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import charts, icons, lettering
from checkpoint_app.ui.board_rows import LaneRow, Now
from checkpoint_app.ui.charts import Box
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, Look, look
from checkpoint_app.ui.tokens import Theme

LIMIT_MS = 7_000
"""A vehicle with nothing against it should take no longer from coming to outcome."""

HEAD, ROW, PAD, BETWEEN = 32, 36, 11, 12
BULLET, BULLET_HIGH, LANE = 120, 13, 96
PILL, PILL_PAD = 26, 9
_COLUMNS = 5  # numbers, right-aligned


class LaneTable(Painted):
    """`chosen(lane)` when a row is touched."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[LaneRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[LaneRow, ...]:
        return self._rows

    def show_rows(self, rows: Sequence[LaneRow]) -> None:
        if tuple(rows) == self._rows:
            return
        if len(rows) != len(self._rows):
            self.updateGeometry()
        self._rows = tuple(rows)
        self.setAccessibleName("; ".join(row.spoken for row in rows))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(900, round(self._head + max(1, len(self._rows)) * self._row) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(760, self.sizeHint().height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = int((event.position().y() - self._head) // self._row)
        inside = self.rect().contains(event.position().toPoint())
        touched = event.button() == Qt.MouseButton.LeftButton and inside and 0 <= place < len(self._rows)
        if touched and not self._rows[place].desk:
            self.chosen.emit(self._rows[place].lane)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill=theme.surface, border=theme.line, width=1)
            painter.fillRect(QRectF(1, 1, self.width() - 2, self._head - 1), theme.sunken)
            size, edges = self._columns()
            self._paint_heads(painter, edges)
            for place, row in enumerate(self._rows):
                top = self._head + place * self._row
                painter.fillRect(QRectF(1, top, self.width() - 2, 1), theme.line)
                self._paint_row(painter, row, top, edges, size)

    @property
    def _head(self) -> float:
        return float(look().px(HEAD))

    @property
    def _row(self) -> float:
        return float(max(ROW, round(look().px(20) * 1.6)))

    def _heads(self) -> tuple[str, ...]:
        return (_("Vehicles"), _("Persons"), _("Turned back"), _("Held"), _("s/vehicle"))

    def _cells(self, row: LaneRow) -> tuple[str, ...]:
        return (row.vehicles, row.people, row.turned_back, row.held, row.mean)

    def _columns(self) -> tuple[int, tuple[float, ...]]:
        """By how many px texts are smaller; right edges of the numbers, left edges of what follows."""
        for less in range(look().px(20) - SMALLEST + 1):
            widths = [self._wide(place, less) for place in range(_COLUMNS)]
            officer, pill = self._officer_wide(less), self._pill_wide(less)
            used = self._lane_wide(less) + sum(widths) + BULLET + officer + pill + 2 * PAD
            spare = self.width() - used - BETWEEN * (_COLUMNS + 3)
            if spare >= 0 or less == look().px(20) - SMALLEST:
                break
        step, x = BETWEEN + max(0.0, spare) / (_COLUMNS + 3), PAD + self._lane_wide(less)
        edges = []
        for wide in widths:
            x += step + wide
            edges.append(x)
        for wide in (BULLET, officer, pill):
            x += step
            edges.append(x)
            x += wide
        return less, tuple(edges)

    def _wide(self, place: int, less: int) -> float:
        head = lettering.width(self._heads()[place], lettering.font(_size(14, less)))
        face = _number_face(place, less)
        return max(head, *(lettering.width(self._cells(row)[place], face) for row in self._rows), 0.0)

    def _lane_wide(self, less: int) -> float:
        faces = lettering.font(_size(20, less), bold=True), lettering.font(_size(14, less))
        rows = (
            lettering.width(row.name, faces[0]) + 6 + lettering.width(row.direction, faces[1])
            for row in self._rows
        )
        return max(*rows, lettering.width(_("Lane"), faces[1]), 0.0)

    def _officer_wide(self, less: int) -> float:
        head = lettering.width(_("At the lane"), lettering.font(_size(14, less)))
        face = lettering.font(_size(15, less))
        return max(head, *(lettering.width(row.officer, face) for row in self._rows), 0.0)

    def _pill_wide(self, less: int) -> float:
        return max(*(_pill_width(row.now, _size(14, less)) for row in self._rows), 40.0, 40.0)

    def _paint_heads(self, painter: QPainter, edges: Sequence[float]) -> None:
        theme, row = look().theme, QRectF(0, 0, self.width(), self._head)
        less = self._columns()[0]
        face = lettering.font(_size(14, less))
        centre = row.center().y()
        lettering.draw_at(painter, _("Lane"), face=face, x=PAD, centre=centre, colour=theme.ink2)
        for words, edge in zip(self._heads(), edges, strict=False):
            x = edge - lettering.width(words, face)
            lettering.draw_at(painter, words, face=face, x=x, centre=centre, colour=theme.ink2)
        limit = _("limit {n} s").format(n=LIMIT_MS // 1000)
        for words, edge in zip((limit, _("At the lane"), _("Now")), edges[_COLUMNS:], strict=True):
            lettering.draw_at(painter, words, face=face, x=edge, centre=centre, colour=theme.ink2)

    def _paint_row(
        self, painter: QPainter, row: LaneRow, top: float, edges: Sequence[float], less: int
    ) -> None:
        theme, centre = look().theme, top + self._row / 2
        face = lettering.font(_size(20, less), bold=True)
        x = PAD + lettering.draw_at(painter, row.name, face=face, x=PAD, centre=centre, colour=theme.ink) + 6
        small = lettering.font(_size(14, less))
        lettering.draw_at(painter, row.direction, face=small, x=x, centre=centre + 2, colour=theme.ink2)
        for place, (words, edge) in enumerate(zip(self._cells(row), edges, strict=False)):
            face = _number_face(place, less)
            x = edge - lettering.width(words, face)
            lettering.draw_at(painter, words, face=face, x=x, centre=centre, colour=theme.ink)
        bullet, officer, pill = edges[_COLUMNS:]
        _draw_bullet(
            painter, row.mean_ms, Box(bullet, centre - BULLET_HIGH / 2, BULLET, BULLET_HIGH), theme=theme
        )
        face = lettering.font(_size(15, less))
        lettering.draw_at(painter, row.officer, face=face, x=officer, centre=centre, colour=theme.ink)
        draw_now(painter, row.now, x=pill, centre=centre, size=_size(14, less), look=look())


def draw_now(painter: QPainter, now: Now, *, x: float, centre: float, size: int, look: Look) -> None:
    """The pill: icon and word in a box of the tone."""
    theme = look.theme
    fill, ink = {
        "good": (theme.goodbg, theme.good),
        "warn": (theme.warnbg, theme.warn),
        "bad": (theme.badbg, theme.bad),
    }.get(now.tone, (theme.surface, theme.ink2))
    border = ink if now.tone != "plain" else theme.line
    high = max(PILL, round(size * 1.85))
    box = QRectF(round(x), round(centre - high / 2), round(_pill_width(now, size)), high)
    draw_box(painter, box, fill=fill, border=border, width=1)
    icons.draw(
        painter, now.icon, x=box.left() + PILL_PAD, centre=centre, size=size + 2, colour=ink, stroke=2.4
    )
    at = box.left() + PILL_PAD + size + 8
    lettering.draw_at(painter, now.word, face=lettering.font(size), x=at, centre=centre, colour=ink)


def _pill_width(now: Now, size: int) -> float:
    return 2 * PILL_PAD + size + 8 + lettering.width(now.word, lettering.font(size))


def _draw_bullet(painter: QPainter, mean: int | None, place: Box, *, theme: Theme) -> None:
    """The value as a bar, the limit as a line across; over the limit the bar has the colour of a warning."""
    ground = QRectF(place.x, place.y, place.w, place.h)
    painter.fillRect(ground, theme.line)
    painter.fillRect(ground.adjusted(1, 1, -1, -1), theme.sunken)
    bar, tick = charts.bullet(mean or 0, LIMIT_MS, place)
    if mean is not None:
        colour = theme.warn if mean > LIMIT_MS else theme.charts[3]
        painter.fillRect(QRectF(bar.x, bar.y, bar.w, bar.h), colour)
    painter.fillRect(QRectF(round(tick) - 1, place.y - 3, 2, place.h + 6), theme.ink)


def _number_face(place: int, less: int) -> QFont:
    """Vehicles large and bold, seconds bold, the others as they are."""
    return lettering.font(_size(20 if place == 0 else 15, less), bold=place in {0, 4})


def _size(size: int, less: int) -> int:
    return max(SMALLEST, look().px(size) - less)
