"""Where bundles go now: what would go out or is going out, its four steps, and when to pull the stick out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from checkpoint_app.i18n import _
from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.exchange_parts import Deed, DeedKey
from checkpoint_app.ui.exchange_rows import STAGES, Stage
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, look
from checkpoint_app.ui.told import Tone

HEIGHT, SIDE, ICON, TEXT, KEYS = 114, 20, 36, 78, 3
STEPS_HEIGHT, BAR_HEIGHT, LEAST_BAR, STEP_GAP, MARK_GAP = 30, 16, 80, 15, 8


@dataclass(frozen=True, slots=True)
class BannerText:
    """`stage` is the step under way, None before; `share` (0 to 1) of it done, None without a bar.

    `over`: all steps are done, the last one included.
    """

    icon: str
    title: str
    about: str
    tone: Tone = Tone.PLAIN
    stage: Stage | None = None
    share: float | None = None
    over: bool = False
    percent: str = ""


def stage_words() -> dict[Stage, str]:
    return {
        Stage.ENCRYPT: _("Encrypt and sign"),
        Stage.WRITE: _("Write"),
        Stage.COMPARE: _("Read back, compare"),
        Stage.REMOVE: _("May be removed"),
    }


class StageRow(Painted):
    """The four steps; behind the one under way its bar."""

    def __init__(self) -> None:
        super().__init__()
        self._text = BannerText("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_text(self, text: BannerText) -> None:
        self._text = text
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, STEPS_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        size = self._size()
        bar = self.width() - sum(self._step_width(stage, size) + STEP_GAP for stage in STAGES)
        with painting(self) as painter:
            x = 0.0
            for stage in STAGES:
                x += self._paint_step(painter, stage, x, size) + STEP_GAP
                if stage is self._text.stage and self._text.share is not None:
                    x += self._paint_bar(painter, QRectF(x - 2, 0, bar + 2, self.height()))

    def _paint_bar(self, painter: QPainter, place: QRectF) -> float:
        theme = look().theme
        box = QRectF(place.left(), place.center().y() - BAR_HEIGHT / 2, place.width(), BAR_HEIGHT)
        painter.fillRect(box, theme.edge)
        inner = box.adjusted(1, 1, -1, -1)
        painter.fillRect(inner, theme.surface)
        inner.setWidth(inner.width() * min(1.0, max(0.0, self._text.share or 0.0)))
        painter.fillRect(inner, theme.ink)
        return place.width() + STEP_GAP - 2

    def _paint_step(self, painter: QPainter, stage: Stage, x: float, size: int) -> float:
        icon, colour, ink, bold = self._manner(stage)
        centre, side = self.height() / 2, look().px(18)
        icons.draw(painter, icon, x=x, centre=centre, size=side, colour=colour, stroke=2.4)
        face = lettering.font(size, bold=bold)
        word = stage_words()[stage]
        lettering.draw_at(painter, word, face=face, x=x + side + MARK_GAP, centre=centre, colour=ink)
        return self._step_width(stage, size)

    def _manner(self, stage: Stage) -> tuple[str, str, str, bool]:
        """Icon, its colour, the word's colour, whether bold."""
        theme = look().theme
        now = STAGES.index(self._text.stage) if self._text.stage else -1
        place = STAGES.index(stage)
        if self._text.over or place < now:
            leave = stage is Stage.REMOVE
            return "check", theme.good, theme.good if leave else theme.ink, True
        if place == now:
            return "chevron-right", theme.ink, theme.ink, True
        return "circle-dashed", theme.ink3, theme.ink3, False

    def _step_width(self, stage: Stage, size: int) -> float:
        face = lettering.font(size, bold=self._manner(stage)[3])
        return look().px(18) + MARK_GAP + lettering.width(stage_words()[stage], face)

    def _size(self) -> int:
        for size in range(look().px(16), SMALLEST, -1):
            if sum(self._step_width(stage, size) + STEP_GAP for stage in STAGES) + LEAST_BAR <= self.width():
                return size
        return SMALLEST


class BannerWords(Painted):
    """Icon, title, one line below, the percent at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._text = BannerText("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_text(self, text: BannerText) -> None:
        self._text = text
        self.setAccessibleName(f"{text.title}，{text.about} {text.percent}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 50)

    def paintEvent(self, _event: QPaintEvent) -> None:
        text, theme, shown = self._text, look().theme, look()
        colour = str(getattr(theme, text.tone))
        strong = lettering.font(shown.px(20), bold=True)
        with painting(self) as painter:
            icons.draw(painter, text.icon, x=0, centre=self.height() / 2, size=ICON, colour=colour)
            left = float(TEXT - SIDE)
            right = self.width() - 18.0
            if text.percent:
                right -= lettering.width(text.percent, strong)
                box = QRectF(right, 0, self.width() - right, self.height())
                lettering.draw(painter, text.percent, face=strong, rect=box, colour=theme.ink)
                right -= 18
            space = right - left
            face = lettering.fitted(text.title, size=shown.px(20), least=16, space=space, bold=True)
            half = self.height() / 2
            box = QRectF(left, 0, space, half + 3)
            lettering.draw(painter, text.title, face=face, rect=box, colour=colour)
            face = lettering.fitted(text.about, size=shown.px(14), least=SMALLEST, space=space)
            box = QRectF(left, half, space, half)
            lettering.draw(painter, text.about, face=face, rect=box, colour=theme.ink2)


class Banner(Painted):
    """A card with a strong border and at most three keys."""

    def __init__(self) -> None:
        super().__init__()
        self.text = BannerText("", "", "")
        self.words, self.stages = BannerWords(), StageRow()
        self.keys = tuple(DeedKey() for _each in range(KEYS))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.words, 1)
        for key in self.keys:
            head.addWidget(key)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 12, SIDE, 8)
        column.setSpacing(4)
        column.addLayout(head, 1)
        column.addWidget(self.stages)
        self.setFixedHeight(HEIGHT)

    def show_text(self, text: BannerText, deeds: Sequence[Deed]) -> None:
        self.text = text
        self.words.show_text(text)
        self.stages.show_text(text)
        for key, deed in zip(self.keys, (*deeds, *[None] * KEYS), strict=False):
            key.show_deed(deed)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        bad = self.text.tone is Tone.BAD
        with painting(self) as painter:
            draw_box(
                painter,
                QRectF(self.rect()),
                fill=theme.badbg if bad else theme.surface,
                border=theme.bad if bad else theme.ink,
                width=2,
            )
