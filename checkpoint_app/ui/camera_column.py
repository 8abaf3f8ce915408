"""The left column of the lane page: picture and steps, strips of trouble, the last crossings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.scanning.camera import View, counter
from checkpoint_app.scanning.health import Sight
from checkpoint_app.ui import icons, lettering, messages, said
from checkpoint_app.ui.camera_panel import STEPS_HEIGHT, CameraPanel, CameraTrouble, Step, StepState
from checkpoint_app.ui.camera_view import Seen
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.recent_list import RecentList
from checkpoint_app.ui.theme import SMALLEST, look

WIDTH = 416
PICTURE, PICTURE_SHORT, SHORT = 218, 190, 740
PICTURE_LEAST = 152
STRIP_HEIGHT = 28
MOST_STRIPS = 3
FOUND_FOR_MS = 1_500


@dataclass(frozen=True, slots=True)
class Strip:
    """One line beside the lane's work. `grave` is red, else amber; `stop` an unanswered stop; `quiet` is no
    trouble at all.
    """

    icon: str
    text: str
    grave: bool = True
    stop: bool = False
    quiet: bool = False


class Strips(Painted):
    """Lines of trouble, worst first; takes no room while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strips: tuple[Strip, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVisible(False)

    @property
    def strips(self) -> tuple[Strip, ...]:
        return self._strips

    def show_strips(self, strips: Sequence[Strip]) -> None:
        shown = tuple(strips)[:MOST_STRIPS]
        if shown == self._strips:
            return
        grows = len(shown) != len(self._strips)
        self._strips = shown
        self.setAccessibleName("；".join(strip.text for strip in shown))
        if grows:
            self.setFixedHeight(len(shown) * STRIP_HEIGHT)
            self.setVisible(bool(shown))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 2, len(self._strips) * STRIP_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        stop = theme.verdict(VerdictState.STOP)
        with painting(self) as painter:
            for place, strip in enumerate(self._strips):
                row = QRectF(0, place * STRIP_HEIGHT, self.width(), STRIP_HEIGHT)
                fill, ink = (theme.badbg, theme.bad) if strip.grave else (theme.warnbg, theme.warn)
                if strip.stop:
                    fill, ink = stop.fill, stop.text
                elif strip.quiet:
                    fill, ink = theme.sunken, theme.ink2
                draw_box(painter, row, fill=fill, border=ink, width=1)
                icons.draw(painter, strip.icon, x=10, centre=row.center().y(), size=18, colour=ink)
                space = row.width() - 46
                face = lettering.fitted(
                    strip.text, size=look().px(SMALLEST), least=SMALLEST, space=space, bold=True
                )
                box = QRectF(36, row.top(), space, row.height())
                lettering.draw(painter, strip.text, face=face, rect=box, colour=ink)


class CameraColumn(QFrame):
    """Everything about the camera; `judged_ms` is told by the page after a code was judged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedWidth(WIDTH)
        self.panel, self.strips, self.recent = CameraPanel(), Strips(), RecentList()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.panel)
        column.addWidget(self.strips)
        column.addWidget(self.recent, 1)
        self._found_at = -FOUND_FOR_MS
        self._found = 0
        self._judged_ms: int | None = None
        self._sight: tuple[Sight, int] | None = None
        self.set_short(short=False)

    def set_short(self, *, short: bool, bus: bool = False) -> None:
        """The picture of a window without the height for all of it; a bus takes some more."""
        height = PICTURE_SHORT if short else PICTURE
        self.panel.setFixedHeight((PICTURE_LEAST if short and bus else height) + STEPS_HEIGHT)

    def show_seen(self, seen: Seen, *, hidden: bool = False) -> None:
        """The newest view; `hidden` shows no picture, for names stand in it."""
        view = seen.view
        self._sight = (view.sight, view.since)
        if view.outlines:
            self._found_at, self._found = counter(), len(view.outlines)
        if view.sight is Sight.FINE and not seen.picture.isNull():
            if hidden:
                self.panel.show_absent(_("Picture hidden, reading goes on"))
            else:
                self.panel.show_picture(seen.picture, view.outlines)
        self._show_sight()
        self._show_steps(view)

    def judged(self, ms: int) -> None:
        """How long it took from the picture to the verdict."""
        self._judged_ms = ms

    def second(self) -> None:
        """Ages tick once a second."""
        self._show_sight()

    def no_camera(self) -> None:
        """None is set: scanner and typing only."""
        self._sight = None
        self.panel.show_absent(_("No camera: scanner or typing"))
        self.panel.set_steps(())

    def _show_sight(self) -> None:
        if self._sight is None:
            return
        sight, since = self._sight
        if sight is Sight.OPENING:
            self.panel.show_absent(_("Opening the camera"))
        elif sight is not Sight.FINE:
            words = messages.sight_words(sight.value, since=said.running(counter() - since))
            self.panel.show_trouble(CameraTrouble(words.title, (words.meaning, words.now_line)))

    def _show_steps(self, view: View) -> None:
        fine = view.sight is Sight.FINE
        rate = _("Image {n} fps").format(n=round(view.rate))
        found = fine and counter() - self._found_at < FOUND_FOR_MS
        judged = self._judged_ms is not None
        self.panel.set_steps(
            (
                Step(StepState.DONE if fine else StepState.FAILED, rate if fine else _("No image")),
                Step(
                    StepState.DONE if found else StepState.WAITING,
                    _found(self._found) if found else _("No code"),
                ),
                Step(
                    StepState.DONE if found and judged else StepState.WAITING,
                    _("Judged {n} ms").format(n=self._judged_ms) if judged else _("Not judged"),
                ),
            )
        )

    def retranslate(self, label: str) -> None:
        self.panel.set_label(label)
        if self._sight is None:
            self.no_camera()


def _found(codes: int) -> str:
    return _("Code found") if codes < 2 else _("{n} codes found").format(n=codes)
