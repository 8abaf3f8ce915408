"""Third step: the camera of the lane, found by name off the window's thread and shown as the lane sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.i18n import _
from checkpoint_app.scanning.camera import counter
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.scanning.health import Sight
from checkpoint_app.ui import messages, said
from checkpoint_app.ui.camera_panel import CameraPanel, CameraTrouble
from checkpoint_app.ui.camera_view import CameraView, Seen
from checkpoint_app.ui.field import DropDown, Labelled
from checkpoint_app.ui.form_parts import FootKey, Note, card, info_card, label
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Told, Tone

SIDE_WIDTH, PAD = 340, 16
LOW_WIDTH = 1280
FOUND_FOR_MS = 1_500


class CameraStep(SetupStep):
    """No camera is an answer. The one shown is open only while the step is."""

    def __init__(
        self,
        settings: Settings,
        *,
        cameras: Callable[[], Sequence[str]],
        opens: OpenDevice,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cameras, self._opens, self._tasks = cameras, opens, tasks
        self._names: tuple[str, ...] | None = None
        self._source, self._settings = settings.lanes[0].camera, settings
        self._view: CameraView | None = None
        self._shown = self._looking = self._filling = self._picked = False
        self._seen: Seen | None = None
        self._found_at = -FOUND_FOR_MS
        self.panel, self.list, self.again = CameraPanel(), DropDown(), FootKey("F5")
        self._list_field = Labelled("", self.list)
        self._lane = label("card-title")
        self._size, self._code, self._about = Note(rows=2), Note(rows=2), Note(size=16)
        self._lay_out()
        self.setFocusProxy(self.list)
        self.list.currentIndexChanged.connect(self._choose)
        self.again.clicked.connect(self.look_again)
        self.retranslate()

    @property
    def source(self) -> str:
        """The camera chosen; "" is none."""
        return self._source

    def title(self) -> str:
        return _("Camera")

    def about(self) -> str:
        return _("Hold a code on a phone before it: a frame around the code means it can be read.")

    def retranslate(self) -> None:
        self._lane.setText(said.joined(_("Lane {n}").format(n=self._settings.lanes[0].number), self._way()))
        self._list_field.set_label(_("Camera"))
        self.again.set_word(_("Look again"))
        self.panel.set_label(_("Lane {n} camera").format(n=self._settings.lanes[0].number))
        self._about.show_text(
            _("Cameras are known by name and port. Scanner and typing work without one."),
            Tone.QUIET,
            icon="info-circle",
        )
        self._fill()
        self._show()

    def show_settings(self, settings: Settings) -> None:
        """The camera of a settings file is offered even when it is not plugged in."""
        self._settings = settings
        known = settings.lanes[0].camera
        if known and known != self._source:
            self._source, self._picked = known, True
            if self._shown:
                self._begin()
        self.retranslate()

    def filled(self, settings: Settings) -> Settings:
        return settings.with_lane(replace(settings.lanes[0], camera=self._source))

    def enter(self) -> None:
        self._shown = True
        if self._names is None:
            self.look_again()
        self._begin()

    def leave(self) -> None:
        """Lets the camera go without making the window wait for a driver that hangs."""
        self._shown = False
        view, self._view = self._view, None
        if view is not None:
            self._tasks.run(view.stop, then=partial(_let_go, view))

    def close_down(self) -> None:
        """Ends the camera's threads before anything else goes on."""
        self._shown = False
        view, self._view = self._view, None
        if view is not None:
            view.stop()

    @Slot()
    def look_again(self) -> None:
        if self._looking:
            return
        self._looking = True
        self._show()
        self._tasks.run(lambda: tuple(self._cameras()), then=self._have_looked, failed=self._not_found)

    def show_seen(self, seen: Seen) -> None:
        """What the camera sees now."""
        self._seen = seen
        if seen.view.outlines:
            self._found_at = counter()
        if seen.view.sight is Sight.FINE and not seen.picture.isNull():
            self.panel.show_picture(seen.picture, seen.view.outlines)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The whole picture of a wide camera is seen."""
        super().resizeEvent(event)
        self.panel.setFixedHeight(round((self.width() - SIDE_WIDTH - 3 * PAD) * 9 / 16))

    def _have_looked(self, names: tuple[str, ...]) -> None:
        """The first camera is taken unless somebody has chosen already."""
        self._looking, self._names = False, tuple(dict.fromkeys(names))
        if not self._picked and not self._source and self._names:
            self._source = self._names[0]
            if self._shown:
                self._begin()
        self._fill()
        self._show()

    def _not_found(self, _error: Exception) -> None:
        """A system that cannot tell its cameras has none to offer; a name in the settings stays."""
        self._have_looked(())

    @Slot(int)
    def _choose(self, place: int) -> None:
        if self._filling or place < 0:
            return
        self._picked = True
        source = str(self.list.itemData(place))
        if source != self._source:
            self._source = source
            self._begin()
            self.changed.emit()

    def _begin(self) -> None:
        """Opens the chosen camera in its own threads; the one before is let go first."""
        shown, self._seen = self._shown, None
        self.leave()
        self._shown = shown
        if shown and self._source:
            self._view = CameraView(self._source, opens=self._opens, show=self.show_seen, parent=self)
            self._view.start()
        self._show()

    def _fill(self) -> None:
        known = list(self._names or ())
        if self._source and self._source not in known:
            known.append(self._source)
        self._filling = True
        self.list.clear()
        for name in known:
            self.list.addItem(name, name)
        self.list.addItem(_("No camera, scanner only"), "")
        self.list.setCurrentIndex(self.list.findData(self._source))
        self._filling = False

    def _show(self) -> None:
        size, code = self._told()
        self._size.tell(size)
        self._code.tell(code)
        if self._seen is None or not self._source:
            self.panel.show_absent(self._absent())
        elif self._seen.view.sight is Sight.OPENING:
            self.panel.show_absent(_("Opening the camera"))
        elif self._seen.view.sight is not Sight.FINE:
            view = self._seen.view
            words = messages.sight_words(view.sight.value, since=said.running(counter() - view.since))
            self.panel.show_trouble(CameraTrouble(words.title, (words.meaning, words.now_line)))

    def _absent(self) -> str:
        if self._source:
            return _("Opening the camera")
        return _("Looking for cameras") if self._looking else _("No camera: scanner or typing")

    def _told(self) -> tuple[Told, Told]:
        """Size and rate as read back, and whether a code was read."""
        if self._looking and not self._source:
            return Told(_("Looking for cameras")), Told("")
        if not self._source:
            return Told(_("Scanner and typing work, nothing is missing"), Tone.GOOD), Told("")
        if self._seen is None or self._seen.view.sight is not Sight.FINE:
            return Told(_("No picture yet")), Told("")
        picture, rate = self._seen.picture, round(self._seen.view.rate)
        read_back = _("{w}×{h} · {rate} fps").format(w=picture.width(), h=picture.height(), rate=rate)
        if picture.width() < LOW_WIDTH:
            size = Told(said.joined(read_back, _("low, dense codes may fail")), Tone.WARN)
        else:
            size = Told(read_back, Tone.GOOD)
        found = counter() - self._found_at < FOUND_FOR_MS
        return size, Told(_("A code was read"), Tone.GOOD) if found else Told(_("No code in the picture"))

    def _way(self) -> str:
        return said.direction(self._settings.lanes[0].direction)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        for part in (self._lane, self._list_field, self._size, self._code):
            side.addWidget(part)
        side.addStretch(1)
        side.addWidget(self.again)
        column = QWidget()
        column.setFixedWidth(SIDE_WIDTH)
        column.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        frame = card()
        row = QHBoxLayout(frame)
        row.setContentsMargins(PAD, PAD, PAD, PAD)
        row.setSpacing(PAD)
        row.addWidget(self.panel, 1)
        row.addWidget(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        outer.addWidget(frame)
        outer.addWidget(info_card(self._about))
        outer.addStretch(1)


def _let_go(view: CameraView, _nothing: None) -> None:
    view.deleteLater()
