"""What else brings codes to a lane: files dropped on it or chosen, text and pictures that were copied."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from checkpoint_app.domain.errors import CheckpointError, Refusal
from checkpoint_app.i18n import _
from checkpoint_app.scanning import stills
from checkpoint_app.scanning.devices import MOST_PIXELS, PICTURES, PictureUnreadable
from checkpoint_app.scanning.seeing import Counted
from checkpoint_app.ui import messages
from checkpoint_app.ui.exchange_files import bundle_files
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.one_by_one import one_by_one
from checkpoint_app.ui.tasks import Tasks

LISTS = frozenset({".csv", ".tsv", ".txt"})
LARGEST_LIST = 64 * 1024
MOST_FILES = 20

T = TypeVar("T")


class FileUnknown(Refusal):
    """Neither a picture nor a passenger list, or no file at all; facts: path."""


class CodeAbsent(Refusal):
    """A picture without a code that can be read; facts: path."""


class TooManyFiles(Refusal):
    """More files at once than anybody means; facts: count, most."""


class ClipboardEmpty(Refusal):
    """Nothing was copied that can be read."""


class Lane(Protocol):
    """Who takes what was found: a lane's commands."""

    def scanned(self, text: str) -> None: ...
    def read(self, payload: bytes, *, colour: str = "") -> None: ...
    def passenger_file(self, data: bytes) -> None: ...


class Dropped(QObject):
    """Watches one page for files dropped on it. Files are read in another thread; `say` gets the words for
    what could not be read. Nothing it opens keeps the page from being worked on. `whose` names the vehicle
    that stands here, "" for none: what was read for one that left meanwhile is not the next one's.
    """

    def __init__(
        self,
        page: QWidget,
        lane: Lane,
        *,
        tasks: Tasks,
        say: Callable[[Words], None],
        whose: Callable[[], str] = lambda: "",
    ) -> None:
        super().__init__(page)
        self._whose = whose
        self._page, self._lane, self._tasks, self._say = page, lane, tasks, say
        self._dialog: QFileDialog | None = None
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def control(self, key: int) -> bool:
        """Ctrl+V, unless somebody writes in a field, and Ctrl+O; False: the key is somebody else's."""
        if key == Qt.Key.Key_V and not _somebody_writes():
            self.take(QApplication.clipboard().mimeData() or QMimeData())  # some systems have no clipboard
            return True
        if key == Qt.Key.Key_O:
            self.choose()
            return True
        return False

    def choose(self) -> None:
        """A window beside this one to choose files in; the lane works on meanwhile."""
        if self._dialog is None:
            names = " ".join(f"*{suffix}" for suffix in sorted(PICTURES | LISTS))
            title, kinds = _("Pictures with codes, passenger lists"), _("Pictures and passenger lists")
            self._dialog = QFileDialog(self._page, title, "", f"{kinds} ({names})")
            self._dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
            self._dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
            self._dialog.setWindowModality(Qt.WindowModality.NonModal)
            self._dialog.filesSelected.connect(self._chosen)
            self._dialog.finished.connect(self._put_away)
        self._dialog.show()

    def take(self, data: QMimeData) -> None:
        """Files, a picture or text, whichever the other program meant most."""
        if data.hasUrls():
            self.files([Path(url.toLocalFile()) if url.isLocalFile() else None for url in data.urls()])
        elif data.hasImage():
            self._image(QImage(data.imageData()))
        elif data.text().strip():
            self._lane.scanned(data.text().strip())
        else:
            self._refuse(ClipboardEmpty())

    def files(self, paths: Sequence[Path | None]) -> None:
        """Reads each; None stands for something that is no file of this computer."""
        if len(paths) > MOST_FILES:
            self._refuse(TooManyFiles(count=len(paths), most=MOST_FILES))
            return
        for path in paths:
            if path is not None and path.suffix.lower() in PICTURES:
                self._later(partial(stills.codes_of_file, path), name=path.name)
            elif path is not None and path.suffix.lower() in LISTS:
                read = partial(_first_bytes, path)
                self._tasks.run(read, then=self._still_here(self._lane.passenger_file), failed=self._refuse)
            else:
                self._refuse(FileUnknown(path=path.name if path is not None else ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            event.acceptProposedAction()
            self.take(event.mimeData())
            return True
        if isinstance(event, QDragEnterEvent) and _promising(event.mimeData()):
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        self.files([Path(name) for name in names])

    @Slot()
    def _put_away(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _image(self, image: QImage) -> None:
        name = _("copied picture")
        if image.isNull() or image.width() * image.height() > MOST_PIXELS:
            self._refuse(PictureUnreadable(path=name))
        else:
            self._later(partial(_codes_of_image, image), name=name)

    def _later(self, work: Callable[[], tuple[Counted, ...]], *, name: str) -> None:
        self._tasks.run(work, then=self._still_here(partial(self._found, name)), failed=self._refuse)

    def _still_here(self, take: Callable[[T], None]) -> Callable[[T], None]:
        """`take`, unless the vehicle that stands here now has gone by then."""
        begun = self._whose()

        def taken(found: T) -> None:
            if begun in {"", self._whose()}:
                take(found)
            else:
                self._say(messages.filled(messages.VEHICLE_CHANGED))

        return taken

    def _found(self, name: str, codes: tuple[Counted, ...]) -> None:
        if not codes:
            self._refuse(CodeAbsent(path=name))
        one_by_one(deque(codes), self._read, owner=self)

    def _read(self, code: Counted) -> None:
        self._lane.read(code.payload, colour=code.colour)

    def _refuse(self, error: CheckpointError) -> None:
        self._say(messages.words_for(error))


def _somebody_writes() -> bool:
    """Whether the focus is in a field for words, which wants its own Ctrl+V."""
    widget = QApplication.focusWidget()
    return isinstance(widget, QLineEdit) and widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def _promising(data: QMimeData) -> bool:
    """Bundles and cards are the whole window's."""
    if bundle_files(data):
        return False
    return data.hasUrls() or data.hasImage() or data.hasText()


def _first_bytes(path: Path) -> bytes:
    """The list, with one byte too many when it is too large; raises FileUnknown."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_LIST + 1)
    except OSError as error:
        raise FileUnknown(path=path.name) from error


def _codes_of_image(image: QImage) -> tuple[Counted, ...]:
    """Belongs into another thread: a large picture takes a second."""
    plain = image.convertToFormat(QImage.Format.Format_BGR888)
    data = bytes(plain.constBits())
    picture = stills.picture_of(data, width=plain.width(), height=plain.height(), stride=plain.bytesPerLine())
    return stills.codes_of(picture)
