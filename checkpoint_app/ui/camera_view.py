"""The one bridge between a camera's threads and the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from checkpoint_app.scanning.camera import Camera, Counted, View
from checkpoint_app.scanning.devices import OpenDevice, Picture


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest view, its picture copied for the window, and the codes that counted since the last one."""

    view: View
    picture: QImage
    codes: tuple[Counted, ...] = ()


class CameraView(QObject):
    """Calls `show` in the window's thread with the newest view; views nobody had time for are gone.

    The signal has no argument and is emitted only when the box turned from empty to full: none can pile up.
    """

    _filled = Signal()

    def __init__(
        self,
        source: str,
        *,
        opens: OpenDevice,
        show: Callable[[Seen], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._show: Callable[[Seen], None] | None = show
        self._filled.connect(self._look, Qt.ConnectionType.QueuedConnection)
        self._camera = Camera(source, on_view=self._filled.emit, opens=opens)

    def start(self) -> None:
        self._camera.start()

    def stop(self) -> None:
        """Ends the camera's threads; nothing is shown afterwards."""
        self._show = None
        self._camera.stop()

    @Slot()
    def _look(self) -> None:
        view = self._camera.views.take()
        if view is not None and self._show is not None:
            self._show(Seen(view, image_of(view.picture), self._camera.codes()))


def image_of(picture: Picture | None) -> QImage:
    """A copy of a BGR picture that the window may keep; empty for none."""
    if picture is None or picture.ndim != 3:
        return QImage()
    height, width = picture.shape[:2]
    return QImage(picture.data, width, height, picture.strides[0], QImage.Format.Format_BGR888).copy()
