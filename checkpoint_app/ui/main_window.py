"""The one window: rail, top bar, pages, and a strip for faults. Painted before anything heavy is loaded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import messages
from checkpoint_app.ui.key_filter import KeyFilter, KeyTarget
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.notice_card import NoticeCard
from checkpoint_app.ui.rail import Rail, RailItem
from checkpoint_app.ui.top_bar import TopBar

LEAST_WIDTH, LEAST_HEIGHT = 1280, 690
USUAL_WIDTH, USUAL_HEIGHT = 1366, 768
FAULT_FOR_MS = 20_000
FAULT_HEIGHT = 52
ALT = int(Qt.KeyboardModifier.AltModifier.value)
"""Added to a key's number: Alt is held as well."""


class WitnessedBar(TopBar):
    """Says when what it shows has really been painted."""

    painted = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()


class MainWindow(QWidget):
    """Holds pages by name. What the two-hand keys and the closing do is told by whoever owns the desk."""

    first_painted = Signal()
    chosen = Signal(str)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(USUAL_WIDTH, USUAL_HEIGHT)
        self.rail, self.bar, self.pile = Rail(), WitnessedBar(), QStackedWidget()
        self._pages: dict[str, QWidget] = {}
        self._targets: dict[str, KeyTarget] = {}
        self._current = ""
        self._painted = False
        self._commands: dict[int, Callable[[], object]] = {}
        self._fault = NoticeCard(self)
        self._fault.hide()
        self._fault_timer = QTimer(self)
        self._fault_timer.setSingleShot(True)
        self._fault_timer.timeout.connect(self._fault.hide)
        self._lay_out()
        self.rail.chosen.connect(self.chosen)
        self.keys = KeyFilter(self, self._target, otherwise=self.window_key, spoilt=self._scan_spoilt)
        self.keys.start()
        self.setWindowTitle(_("Checkpoint"))

    @property
    def current(self) -> str:
        """The name of the page that is shown."""
        return self._current

    def page(self, name: str) -> QWidget | None:
        return self._pages.get(name)

    def add_page(self, name: str, page: QWidget, target: KeyTarget | None = None) -> None:
        """A page, and what its keys do when it is no ordinary form."""
        self.drop_page(name)
        self._pages[name] = page
        self.pile.addWidget(page)
        if target is not None:
            self._targets[name] = target

    def drop_page(self, name: str) -> None:
        page = self._pages.pop(name, None)
        self._targets.pop(name, None)
        if page is not None:
            self.pile.removeWidget(page)
            page.deleteLater()

    def show_page(self, name: str, *, chrome: bool = True) -> None:
        """`chrome`: with rail and top bar; the first start has neither."""
        self._current = name
        self.rail.setVisible(chrome)
        self.bar.setVisible(chrome)
        self.pile.setCurrentWidget(self._pages[name])
        if name not in self._targets:
            self._pages[name].setFocus()

    def show_rail(self, items: tuple[RailItem, ...], foot: RailItem | None, *, current: str) -> None:
        """`current` names the item that the page in front belongs to."""
        self.rail.show_items(items, current=current, foot=foot)

    def set_commands(self, commands: dict[int, Callable[[], object]]) -> None:
        """What Ctrl and a key do on every page, by Qt's number of the key; `ALT` added: Ctrl, Alt and it."""
        self._commands = commands

    def show_fault(self, words: Words) -> None:
        """A strip over the foot of the page; the page works on."""
        self._fault.show_words(words)
        self._place_fault()
        self._fault.show()
        self._fault.raise_()
        self._fault_timer.start(FAULT_FOR_MS)

    def show_bug(self, error: BaseException) -> None:
        self.show_fault(messages.words_for(error))

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_fault()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keys.stop()
        self._fault_timer.stop()
        self.closing.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Two-hand keys where no page takes keys: the first start, a question before the ledger opens."""
        if not self.window_key(event):
            super().keyPressEvent(event)

    def window_key(self, event: QKeyEvent) -> bool:
        """Keys of the window itself, whatever page is shown."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            return self.command(event.key() + (ALT if alt else 0))
        if event.key() == Qt.Key.Key_F11:
            self.toggle_full_screen()
            return True
        return False

    def command(self, key: int) -> bool:
        """Ctrl and a key, wherever it was pressed."""
        command = self._commands.get(key)
        if command is None:
            return False
        command()
        return True

    def _scan_spoilt(self) -> None:
        self.show_fault(messages.filled(messages.SCAN_SPOILT))

    def _target(self) -> KeyTarget | None:
        return self._targets.get(self._current)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.pile, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)

    @Slot()
    def _place_fault(self) -> None:
        left = self.rail.width() if self.rail.isVisible() else 0
        height = max(FAULT_HEIGHT, self._fault.sizeHint().height())
        self._fault.setGeometry(QRect(left, self.height() - height, self.width() - left, height))
