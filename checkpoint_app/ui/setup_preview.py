"""What a camera sees while it is being set up, with a box as large as a code should be in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy

from checkpoint_app.i18n import _
from checkpoint_app.scanning.camera import counter
from checkpoint_app.scanning.health import Sight
from checkpoint_app.scanning.sharpness import LEAST_MODULE_PX, LEAST_SHARP, LIGHT, Look, guide, looked_at
from checkpoint_app.ui import messages, said
from checkpoint_app.ui.camera_panel import CameraPanel, CameraTrouble, Outline
from checkpoint_app.ui.camera_view import Seen
from checkpoint_app.ui.painted import painting
from checkpoint_app.ui.told import Told, Tone

NEAR = 0.85
"""The side of a code as a part of the picture's height: too near, it soon leaves the picture."""
LOOK_EVERY_MS = 1_000
LOW_WIDTH = 1280
FOUND_FOR_MS = 1_500
CORNER = 0.3


class Preview(CameraPanel):
    """Picture, trouble or nothing; `told` says in words how good the picture is."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._found_at = -FOUND_FOR_MS
        self._side = 0.0
        self._quality: Look | None = None
        self._looked_at = -LOOK_EVERY_MS
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * 9 / 16)

    def sizeHint(self) -> QSize:
        return QSize(224, 126)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 90)

    def show_seen(self, seen: Seen | None) -> None:
        """What the camera sees now; None: it was let go."""
        self._seen = seen
        if seen is None:
            return
        if seen.view.outlines:
            self._found_at = counter()
            self._side = code_side(seen.view.outlines[0], seen.picture)
            self._look_closely(seen)
        if seen.view.sight is Sight.FINE and not seen.picture.isNull():
            self.show_picture(seen.picture, seen.view.outlines)
        elif seen.view.sight is Sight.OPENING:
            self.show_absent(_("Opening the camera"))
        elif seen.view.sight is not Sight.FINE:
            since = said.running(counter() - seen.view.since)
            self.show_trouble(CameraTrouble(messages.sight_words(seen.view.sight.value, since=since).title))

    @property
    def idle(self) -> bool:
        """Whether no camera is shown here."""
        return self._seen is None

    @property
    def working(self) -> bool:
        return self._seen is not None and self._seen.view.sight is Sight.FINE

    @property
    def found(self) -> bool:
        """Whether a code was read a moment ago."""
        return counter() - self._found_at < FOUND_FOR_MS

    def told(self) -> Told:
        """Size and rate as read back, and how a code looks in it."""
        if self._seen is None or not self.working:
            return Told(_("No picture yet"))
        width, height = _whole_size(self._seen)
        size = _("{w}×{h} · {rate} fps").format(w=width, h=height, rate=round(self._seen.view.rate))
        if width < LOW_WIDTH:
            return Told(said.joined(size, _("low for dense codes")), Tone.WARN)
        if not self.found:
            return Told(said.joined(size, _("hold a code into the box")))
        return quality_told(size, self._quality, side=self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._seen is None or not self.working or self._absent:
            return
        width, height = _whole_size(self._seen)
        larger = max(self.width() / width, self.height() / height)
        side = min(guide(width, height).side * larger, 0.9 * self.height())
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        with painting(self) as painter:
            for colour, pen in (("#10161D", 4), ("#FFFFFF", 2)):
                painter.setPen(QPen(QColor(colour), pen))
                for corner in _corners(box):
                    painter.drawPolyline(corner)

    def _look_closely(self, seen: Seen) -> None:
        """How sharp and how light a code is, once a second: it takes some milliseconds."""
        now = counter()
        if seen.view.picture is not None and now - self._looked_at >= LOOK_EVERY_MS:
            self._looked_at = now
            self._quality = looked_at(seen.view.picture, seen.view.readings)


def quality_told(size: str, look: Look | None, *, side: float) -> Told:
    """A code that was read: what would make the next one easier."""
    mend = _mended(look, side=side)
    if mend:
        return Told(said.joined(size, mend), Tone.WARN)
    return Told(said.joined(size, _("code read")), Tone.GOOD)


def _mended(look: Look | None, *, side: float) -> str:
    """What is in the way of a good picture, the worst first; "" for nothing."""
    if look is not None and look.sharp < LEAST_SHARP:
        return _("read, but blurred: turn the lens")
    if look is not None and look.light < LIGHT[0]:
        return _("read, too dark")
    if look is not None and look.light > LIGHT[1]:
        return _("read, too bright")
    if look is not None and 0 < look.module_px < LEAST_MODULE_PX:
        return _("read, nearer is faster")
    return _("read, a little too near") if side > NEAR else ""


def _whole_size(seen: Seen) -> tuple[int, int]:
    """As the camera gives it, whatever of it came to the window."""
    if seen.view.picture is None:
        return seen.picture.width(), seen.picture.height()
    height, width = seen.view.picture.shape[:2]
    return width, height


def code_side(outline: Outline, picture: QImage) -> float:
    """The mean side of a code as a part of the picture's height; 0 without a picture."""
    points = [QPointF(x, y) for x, y in outline]
    if len(points) < 3 or picture.isNull():
        return 0.0
    sides = [(points[place] - points[place - 1]).manhattanLength() for place in range(len(points))]
    return float(sum(sides) / len(sides) / picture.height())


def _corners(box: QRectF) -> Sequence[QPolygonF]:
    length = box.width() * CORNER
    return [
        QPolygonF([corner + QPointF(way_x * length, 0), corner, corner + QPointF(0, way_y * length)])
        for corner, way_x, way_y in (
            (box.topLeft(), 1, 1),
            (box.topRight(), -1, 1),
            (box.bottomLeft(), 1, -1),
            (box.bottomRight(), -1, -1),
        )
    ]
