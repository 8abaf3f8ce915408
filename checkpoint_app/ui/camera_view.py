"""The one bridge between a camera's threads and the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from checkpoint_app.scanning.camera import Camera, Counted, View
from checkpoint_app.scanning.devices import OpenDevice, Picture


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest view, its picture copied for the window, and the codes that counted since the last one.

    The picture may be thinned, or absent when nobody looks; the view's outlines are in its pixels.
    """

    view: View
    picture: QImage
    codes: tuple[Counted, ...] = ()


class CameraView(QObject):
    """Calls `show` in the window's thread with the newest view; views nobody had time for are gone.

    The signal has no argument and is emitted only when the box turned from empty to full: none can pile up.
    `wide` is how many pixels the window needs across, 0 when nobody looks; a picture is thinned to no less.
    """

    _filled = Signal()

    def __init__(
        self,
        source: str,
        *,
        opens: OpenDevice,
        show: Callable[[Seen], None],
        wide: Callable[[], int] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._show: Callable[[Seen], None] | None = show
        self._wide = wide
        self._filled.connect(self._look, Qt.ConnectionType.QueuedConnection)
        self._camera = Camera(source, on_view=self._filled.emit, opens=opens)

    @property
    def over(self) -> bool:
        """Whether it was ended and nothing of it calls back any more: before that it must not be deleted."""
        return self._camera.over

    def start(self) -> None:
        self._camera.start()

    def end(self) -> None:
        """Nothing is shown any more; the camera's threads end by themselves. Returns at once."""
        self._show = None
        self._camera.stop(wait=0)

    def stop(self) -> None:
        """The same, and waits for the threads."""
        self._show = None
        self._camera.stop()

    @Slot()
    def _look(self) -> None:
        view = self._camera.views.take()
        if view is None or self._show is None:
            return
        wide = self._wide() if self._wide else None
        step = step_of(view.picture, wide=wide)
        picture = QImage() if wide == 0 else image_of(view.picture, step=step)
        self._show(Seen(thinned(view, step=step), picture, self._camera.codes()))


def step_of(picture: Picture | None, *, wide: int | None) -> int:
    """Every how many pixels one is kept, so that no fewer than `wide` stand across."""
    return max(1, picture.shape[1] // wide) if picture is not None and wide else 1


def thinned(view: View, *, step: int) -> View:
    """The view with its outlines in the pixels of a picture of which every `step`-th was kept."""
    if step == 1 or not view.outlines:
        return view
    outlines = tuple(tuple((x // step, y // step) for x, y in corners) for corners in view.outlines)
    return replace(view, outlines=outlines)


def image_of(picture: Picture | None, *, step: int = 1) -> QImage:
    """A copy of every `step`-th pixel of a BGR picture that the window may keep; empty for none."""
    if picture is None or picture.ndim != 3:
        return QImage()
    thin = picture if step == 1 else picture[::step, ::step].copy()
    height, width = thin.shape[:2]
    return QImage(thin.data, width, height, thin.strides[0], QImage.Format.Format_BGR888).copy()
