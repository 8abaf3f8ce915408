"""Where the answers of another desk come from: dropped, on a stick, or picked by hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from checkpoint_app.config import SETTINGS_FILE
from checkpoint_app.i18n import _
from checkpoint_app.ui.sheet_places import SheetPlace


def dropped(data: QMimeData) -> Path | None:
    """The one file, or path as text, that is being dropped."""
    if data.hasUrls():
        local = data.urls()[0].toLocalFile()
        return Path(local) if local else None
    text = data.text().strip()
    return Path(text) if text.endswith(".json") else None


def on_sticks(places: Iterable[SheetPlace]) -> Path | None:
    """The first stick's settings file. Not for the window's thread."""
    files = (place.folder / SETTINGS_FILE for place in places if place.stick)
    return next((file for file in files if file.is_file()), None)


def chosen(page: QWidget) -> Path | None:
    """Picked by hand."""
    name, _filter = QFileDialog.getOpenFileName(page, _("Settings file"), "", "*.json")
    return Path(name) if name else None
