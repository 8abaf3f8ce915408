"""Facts and history of one crossing, painted: corrected values beside the written ones, steps, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.services.retelling import Step
from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.record_text import Fact, moment
from checkpoint_app.ui.theme import look

LABEL, FACT_ROW, GAP = 74, 29, 10
ICON, INDENT, STEP_GAP, RIGHT = 20, 38, 10, 8


class FactsBlock(Painted):
    """Two columns of labelled values; wide ones take both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        self._facts = tuple(facts)
        self.setAccessibleName("；".join(f"{fact.label} {fact.text}" for fact in facts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(500, len(self._lines()) * look().px(FACT_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        height = look().px(FACT_ROW)
        with painting(self) as painter:
            for number, line in enumerate(self._lines()):
                width = self.width() / len(line)
                for place, fact in enumerate(line):
                    box = QRectF(place * width, number * height, width - GAP, height)
                    _paint_fact(painter, fact, box, label=self._label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    @property
    def _label(self) -> float:
        """As wide as the longest label, within reason."""
        face = lettering.font(look().px(16))
        widest = max((lettering.width(fact.label, face) for fact in self._facts), default=0)
        return min(max(look().px(LABEL), widest + GAP), self.width() / 4)

    def _fits_half(self, fact: Fact) -> bool:
        face = lettering.font(look().px(16), bold=fact.amended)
        need = self._label + lettering.width(fact.text, face) + GAP
        need += lettering.width(fact.old, lettering.font(look().px(16))) + 8 if fact.old else 0
        need += _pill_width() + 6 if fact.amended else 0
        return need <= self.width() / 2

    def _lines(self) -> list[tuple[Fact, ...]]:
        lines: list[tuple[Fact, ...]] = []
        half: Fact | None = None
        for fact in self._facts:
            if fact.wide or not self._fits_half(fact):
                lines.append((fact,))
            elif half is None:
                half = fact
            else:
                lines.append((half, fact))
                half = None
        return [*lines, (half, Fact("", ""))] if half else lines


def _paint_fact(painter: QPainter, fact: Fact, box: QRectF, *, label: float) -> None:
    theme = look().theme
    face = lettering.fitted(fact.label, size=look().px(16), least=14, space=label - 6)
    lettering.draw(
        painter,
        fact.label,
        face=face,
        rect=QRectF(box.left(), box.top(), label - 6, box.height()),
        colour=theme.ink2,
    )
    x, centre = box.left() + label, box.center().y()
    space = box.right() - x
    pill = _pill_width() + 6 if fact.amended else 0.0
    old = lettering.width(fact.old, lettering.font(look().px(16))) + 8 if fact.old else 0.0
    room = max(40.0, space - pill - old)
    bold = fact.amended
    value = lettering.fitted(fact.text, size=look().px(16), least=14, space=room, bold=bold)
    shown = QRectF(x, box.top(), room, box.height())
    lettering.draw(painter, fact.text, face=value, rect=shown, colour=theme.ink)
    x += min(lettering.width(fact.text, value), room) + 6
    if fact.old:
        plain = lettering.font(look().px(16))
        rest = QRectF(x, box.top(), max(0.0, box.right() - pill - x), box.height())
        lettering.draw(painter, fact.old, face=plain, rect=rest, colour=theme.ink3)
        width = min(lettering.width(fact.old, plain), rest.width())
        painter.fillRect(QRectF(x, centre, width, 1.5), QColor(theme.ink3))
        x += width + 6
    if fact.amended:
        _paint_pill(painter, x, centre)


def _pill_face() -> QFont:
    return lettering.font(look().px(14))


def _pill_width() -> float:
    return lettering.width(_("amended"), _pill_face()) + 10


def _paint_pill(painter: QPainter, x: float, centre: float) -> None:
    theme, height = look().theme, look().px(22)
    box = QRectF(round(x), round(centre - height / 2), round(_pill_width()), height)
    draw_box(painter, box, fill=theme.warnbg, border=theme.warn, width=1)
    lettering.draw(
        painter, _("amended"), face=_pill_face(), rect=box, colour=theme.warn, align=lettering.CENTRE
    )


@dataclass(frozen=True, slots=True)
class _Laid:
    """One step at its place: lines of title and detail, top and height."""

    step: Step
    title: tuple[str, ...]
    detail: tuple[str, ...]
    top: float
    height: float


class HistoryList(Painted):
    """As tall as its steps; stands in a scroll area."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self._now = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def steps(self) -> tuple[Step, ...]:
        return self._steps

    def show_steps(self, steps: Sequence[Step], *, now: int) -> None:
        self._steps, self._now = tuple(steps), now
        self.setAccessibleName("；".join(f"{step.title} {step.detail}" for step in steps))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        laid = self._laid(width)
        return round(laid[-1].top + laid[-1].height) if laid else 0

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(self.width() or 480))

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.heightForWidth(max(280, self.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            laid = self._laid(self.width())
            for place, each in enumerate(laid):
                if place + 1 < len(laid):
                    line = QRectF(14, each.top + 28, 2, each.height - 32)
                    painter.fillRect(line, QColor(theme.line))
                self._paint_step(painter, each)

    def _paint_step(self, painter: QPainter, laid: _Laid) -> None:
        theme, step = look().theme, laid.step
        colour = str(getattr(theme, step.weight.value))
        line = look().px(22)
        icons.draw(
            painter, step.icon, x=5, centre=laid.top + line / 2 + 2, size=ICON, colour=colour, stroke=2.2
        )
        bold, small = lettering.font(look().px(16), bold=True), lettering.font(look().px(14))
        y = laid.top + 2
        for text in laid.title:
            lettering.draw_at(painter, text, face=bold, x=INDENT, centre=y + line / 2, colour=theme.ink)
            y += line
        for text in laid.detail:
            lettering.draw_at(painter, text, face=small, x=INDENT, centre=y + line / 2 - 1, colour=theme.ink2)
            y += line
        side = QRectF(0, laid.top + 2, self.width() - RIGHT, line)
        time = moment(step.at, now=self._now)
        lettering.draw(painter, time, face=small, rect=side, colour=theme.ink2, align=lettering.RIGHT)
        number = _("no. {n}").format(n=f"{step.number:,}")
        under = side.translated(0, line)
        lettering.draw(painter, number, face=small, rect=under, colour=theme.ink2, align=lettering.RIGHT)

    def _laid(self, width: int) -> list[_Laid]:
        line, top = look().px(22), 0.0
        bold, small = lettering.font(look().px(16), bold=True), lettering.font(look().px(14))
        side = max(
            (lettering.width(moment(step.at, now=self._now), small) for step in self._steps), default=0
        )
        space = max(120.0, width - INDENT - side - 12 - RIGHT)
        found = []
        for step in self._steps:
            title = lettering.wrapped(step.title, bold, space)
            detail = lettering.wrapped(step.detail, small, space) if step.detail else ()
            height = max(2, len(title) + len(detail)) * line + STEP_GAP
            found.append(_Laid(step, title, detail, top, height))
            top += height
        return found
