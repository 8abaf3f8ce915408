"""From nothing to a working lane: paint, load, open the desk, show its pages; and all of it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from checkpoint_app import config, i18n, log
from checkpoint_app.i18n import _
from checkpoint_app.ui import app as application
from checkpoint_app.ui.app import Bugs
from checkpoint_app.ui.kiosk import Kiosk
from checkpoint_app.ui.main_window import MainWindow
from checkpoint_app.ui.pages.cover import CoverPage
from checkpoint_app.ui.plan import Plan
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.top_bar import BarText

if TYPE_CHECKING:
    from checkpoint_app.ui.opening import Opening

COVER = "cover"


def run(plan: Plan) -> int:
    """Shows the window until it is closed; exit status 0."""
    running = Running(plan)
    running.show()
    application.application().exec()
    return 0


class Running(QObject):
    """The window and everything behind it."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan
        self.app = application.application()
        self.settings = config.load_settings(plan.demo_folder if plan.demo else plan.folder)
        application.speak(self.app, plan.language or self._language())
        application.dress(self.app, self.settings)
        self.tasks = Tasks(self)
        self.window = MainWindow()
        self.bugs = Bugs(lambda error: self.tasks.post(lambda: self.window.show_bug(error)))
        self.window.first_painted.connect(self._load)
        self.window.closing.connect(self.close)
        self.cover = CoverPage()
        self.window.add_page(COVER, self.cover)
        self.window.show_page(COVER)
        self.window.bar.show_text(BarText(_("Checkpoint"), self.settings.station))
        self.opening: Opening | None = None

    def show(self) -> None:
        log.catch_everything(self.bugs.report)
        if self.plan.kiosk:
            Kiosk(self.window).enter()
        elif not self.plan.demo:
            self.window.showFullScreen()
        else:
            self.window.show()
        self.window.activateWindow()  # a bare X server gives nobody the keyboard by itself
        if self.plan.seconds is not None:
            QTimer.singleShot(round(self.plan.seconds * 1000), self.window.close)

    def _language(self) -> str:
        return self.settings.language if self.settings.complete else i18n.system_language()

    @Slot()
    def _load(self) -> None:
        """After the first paint: everything heavy, in another thread."""
        self.tasks.run(_heavy, then=self._open)

    def _open(self, kind: type[Opening]) -> None:
        self.opening = kind(self.plan, self.window, self.tasks, cover=self.cover, app=self.app, parent=self)
        self.opening.begin()

    @Slot()
    def close(self) -> None:
        if self.opening is not None:
            self.opening.close()
        self.tasks.close()


def _heavy() -> type[Opening]:
    """Loads databases, cameras and the pages on top of them."""
    from checkpoint_app.ui.opening import Opening

    return Opening
