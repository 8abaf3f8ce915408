"""Records every painted text with its place, so that a test can ask what a person would read."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from checkpoint_app.ui import lettering

ELLIPSIS = "…"


@dataclass(frozen=True)
class Painted:
    """One run of text; `box` is what its letters cover in the pixels of the widget `size`."""

    text: str
    pixels: float
    box: QRectF
    size: tuple[float, float]

    @property
    def cut(self) -> bool:
        """Elided, or some letter outside the widget (half a pixel is the edge's softness)."""
        width, height = self.size
        inside = QRectF(-0.5, -0.5, width + 1, height + 1).contains(self.box)
        return self.text.endswith(ELLIPSIS) or not inside


@dataclass
class Recorder:
    runs: list[Painted] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [run.text for run in self.runs]

    @property
    def cut(self) -> list[str]:
        return [run.text for run in self.runs if run.cut]

    @property
    def smallest(self) -> float:
        return min(run.pixels for run in self.runs)

    def grab(self, widget: QWidget, *, width: int, height: int) -> Recorder:
        """Paint `widget` at this size and keep only what it paints now."""
        self.runs.clear()
        widget.resize(width, height)
        widget.grab()
        assert self.runs, "nothing was painted"
        return self


def recording(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder()
    original = lettering.draw_on

    def draw_on(
        painter: QPainter,
        text: str,
        *,
        face: QFont,
        x: float,
        base: float,
        colour: str,
    ) -> float:
        if text:
            ink = lettering.ink(text, face).translated(x, base)
            dots = QFontMetricsF(face).horizontalAdvance(text) - lettering.width(text, face)
            ink.setRight(ink.right() - dots)  # the dot of a plate is painted narrower than the face's own
            moved = painter.worldTransform().mapRect(ink)
            device = painter.device()
            scale = painter.worldTransform().m11()
            size = (device.width() / device.devicePixelRatio(), device.height() / device.devicePixelRatio())
            recorder.runs.append(Painted(text, face.pixelSize() * scale, moved, size))
        return original(painter, text, face=face, x=x, base=base, colour=colour)

    monkeypatch.setattr(lettering, "draw_on", draw_on)
    return recorder
