"""Bundles and cards dropped anywhere on the window go to the exchange page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from checkpoint_app.ui.exchange_files import bundle_files


class WindowDrops(QObject):
    """`take` gets the files; whatever else is dragged is left to what lies below the pointer."""

    def __init__(self, window: QWidget, take: Callable[[list[Path]], None], *, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._take = window, take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def close(self) -> None:
        self._window.removeEventFilter(self)
        self._window.setAcceptDrops(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            event.acceptProposedAction()
            self._take(list(bundle_files(event.mimeData())))
            return True
        if isinstance(event, QDragEnterEvent) and bundle_files(event.mimeData()):
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)
