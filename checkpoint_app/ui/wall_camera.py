"""What a lane's camera shows on the wall: its picture, or what is the matter with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from checkpoint_app.i18n import _
from checkpoint_app.scanning.camera import counter
from checkpoint_app.scanning.health import Sight
from checkpoint_app.ui import icons, lettering, messages, said
from checkpoint_app.ui.camera_panel import ROAD, Outline, covering
from checkpoint_app.ui.painted import draw_box
from checkpoint_app.ui.theme import SMALLEST, Look


@dataclass(frozen=True, slots=True)
class CameraSight:
    """`fine`: there is a picture. Else `title`, and of a trouble `still` (what works on) and `now`."""

    fine: bool = False
    title: str = ""
    still: str = ""
    now: str = ""


def camera_sight(sight: Sight | None, *, since: int, hidden: bool) -> CameraSight:
    """In words; None is a lane without a camera, `since` when this sight began (ms of the run's counter)."""
    if sight is None:
        return CameraSight(title=_("No camera"))
    if sight is Sight.OPENING:
        return CameraSight(title=_("Opening the camera"))
    if sight is Sight.FINE:
        return CameraSight(title=_("Picture hidden")) if hidden else CameraSight(fine=True)
    words = messages.sight_words(sight.value, since=said.running(counter() - since))
    return CameraSight(title=words.title, still=words.meaning, now=words.now_line)


def draw_camera(
    painter: QPainter,
    sight: CameraSight,
    picture: QImage,
    outlines: Sequence[Outline],
    place: QRectF,
    *,
    look: Look,
) -> None:
    if sight.fine:
        _draw_picture(painter, picture, outlines, place)
    else:
        _draw_absent(painter, sight, place, look=look)


def _draw_picture(painter: QPainter, picture: QImage, outlines: Sequence[Outline], place: QRectF) -> None:
    painter.save()
    painter.setClipRect(place)
    painter.fillRect(place, ROAD)
    if not picture.isNull():
        target = covering(picture, place)
        painter.drawImage(target, picture)
        scale = target.width() / picture.width()
        for outline in outlines:
            corners = QPolygonF([QPointF(x, y) * scale + target.topLeft() for x, y in outline])
            for colour, width in (("#FFFFFF", 4), ("#10161D", 2)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawPolygon(corners)
    painter.restore()


def _draw_absent(painter: QPainter, sight: CameraSight, place: QRectF, *, look: Look) -> None:
    """A red box for a trouble, a dashed one for a camera that is not expected to show anything."""
    theme, grave = look.theme, bool(sight.now)
    if grave:
        draw_box(painter, place, fill=theme.badbg, border=theme.bad, width=2)
    else:
        draw_box(painter, place, fill=theme.sunken, border=theme.edge, width=2, dashed=True)
    colour = theme.bad if grave else theme.ink2
    middle = place.center()
    icons.draw(painter, "camera-off", x=middle.x() - 15, centre=middle.y() - 17, size=30, colour=colour)
    space = place.width() - 16
    face = lettering.fitted(sight.title, size=look.px(16), least=SMALLEST, space=space, bold=grave)
    row = QRectF(place.left() + 8, middle.y() + 4, space, look.px(26))
    lettering.draw(painter, sight.title, face=face, rect=row, colour=colour, align=lettering.CENTRE)
