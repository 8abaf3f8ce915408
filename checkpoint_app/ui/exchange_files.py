"""Windows beside this one to choose a file, a folder, or where a card goes; the page works on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from checkpoint_app.i18n import _

BUNDLES, CARD = ".cpb", ".cpd"


class FileChoice:
    """One such window at a time."""

    def __init__(self, page: QWidget) -> None:
        self._page = page
        self._dialog: QFileDialog | None = None

    def bundles(self, then: Callable[[list[Path]], None], *, folder: str = "") -> None:
        title, kind = _("Bundles to take in"), _("Bundles")
        dialog = self._begin(title, f"{kind} (*{BUNDLES})", folder)
        if dialog is not None:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
            dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
            dialog.show()

    def folder(self, then: Callable[[Path], None]) -> None:
        dialog = self._begin(_("Folder for bundles"), "")
        if dialog is not None:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.fileSelected.connect(lambda name: then(Path(name)))
            dialog.show()

    def card(self, then: Callable[[Path], None]) -> None:
        title, kind = _("Card of another desk"), _("Cards")
        dialog = self._begin(title, f"{kind} (*{CARD})")
        if dialog is not None:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.fileSelected.connect(lambda name: then(Path(name)))
            dialog.show()

    def text(self, then: Callable[[Path], None]) -> None:
        dialog = self._begin(_("Content of a directive"), "")
        if dialog is not None:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.fileSelected.connect(lambda name: then(Path(name)))
            dialog.show()

    def save_card(self, name: str, then: Callable[[Path], None]) -> None:
        title, kind = _("Keep our card as a file"), _("Cards")
        dialog = self._begin(title, f"{kind} (*{CARD})")
        if dialog is not None:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(CARD)
            dialog.selectFile(f"{name}{CARD}")
            dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
            dialog.show()

    def close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()

    def _begin(self, title: str, kinds: str, folder: str = "") -> QFileDialog | None:
        """None while another one is open, which comes to the front."""
        if self._dialog is not None:
            self._dialog.raise_()
            return None
        dialog = self._dialog = QFileDialog(self._page, title, folder, kinds)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setWindowModality(Qt.WindowModality.NonModal)
        dialog.finished.connect(self._put_away)
        return dialog

    def _put_away(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


def bundle_files(data: QMimeData) -> tuple[Path, ...]:
    """Bundles and cards among what is dragged or was dropped."""
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return tuple(path for path in paths if path.suffix.lower() in {BUNDLES, CARD})
