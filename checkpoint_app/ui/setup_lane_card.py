"""One lane while it is being set up: its picture, number, direction, camera and hand scanner."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStyleOptionComboBox, QVBoxLayout

from checkpoint_app.config import LaneSetting
from checkpoint_app.i18n import _
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.ui import lettering, said
from checkpoint_app.ui.camera_view import CameraView, Seen
from checkpoint_app.ui.field import ARROW, TEXT_LEFT, DropDown
from checkpoint_app.ui.form_parts import SEGMENT_HEIGHT, Note, Option, Segments
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.setup_preview import Preview
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.theme import SMALLEST, look
from checkpoint_app.ui.told import Told, Tone

PAD, PICTURE, WAY_WIDTH = 14, 46, 108
MOST_NUMBER = 16


class LaneNumber(Painted):
    """The lane's name; ↑ ↓ or digits give it another number. `stepped(way)`, `typed(digit)`."""

    stepped = Signal(int)
    typed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(SEGMENT_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(110, SEGMENT_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(84, SEGMENT_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if way:
            self.stepped.emit(way)
        elif event.text().isdecimal() and event.text() != "0":
            self.typed.emit(int(event.text()))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = look().theme, QRectF(self.rect())
        inset = 8 if self.hasFocus() else 0
        space = rect.width() - 2 * inset
        face = lettering.fitted(self._words, size=look().px(26), least=SMALLEST, space=space, bold=True)
        with painting(self) as painter:
            if self.hasFocus():
                draw_box(painter, rect, border=theme.accent, width=4)
            box = rect.adjusted(inset, 0, -inset, 0)
            lettering.draw(painter, self._words, face=face, rect=box, colour=theme.ink)


class NameList(DropDown):
    """A list of names of any length: one that does not fit ends in an ellipsis."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        room = self.width() - 2 * TEXT_LEFT - ARROW - 6
        option.currentText = lettering.elided(option.currentText, self.font(), room)


class LaneCard(QFrame):
    """`changed(before)` after each answer. Opens the camera itself where `opens` is given; else it is shown
    what the running lane sees.
    """

    changed = Signal(object)

    def __init__(self, setting: LaneSetting, *, opens: OpenDevice | None, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setting, self._opens, self._tasks = setting, opens, tasks
        self._view: CameraView | None = None
        self._filling = False
        self._twice = ""
        self._looking, self._scanned = True, False
        self._numbers: Collection[int] = ()
        self.preview, self.number = Preview(), LaneNumber()
        self.way = Segments(width=WAY_WIDTH)
        self.camera, self.scanner, self.note = NameList(), NameList(), Note(rows=2)
        self.scanner.hide()
        self._lay_out()
        self.setFocusProxy(self.camera)
        self.way.chosen.connect(self._turned)
        self.number.stepped.connect(self._stepped)
        self.number.typed.connect(self._numbered)
        self.camera.currentIndexChanged.connect(self._camera_chosen)
        self.scanner.currentIndexChanged.connect(self._scanner_chosen)

    def show_setting(self, setting: LaneSetting) -> None:
        """What is set now; a preview that runs goes on when its camera is the same."""
        other = setting.camera != self.setting.camera
        self.setting = setting
        if other and self._view is not None:
            self.begin()
        self.retranslate()

    def show_cameras(self, names: Sequence[str] | None, *, scanners: Sequence[str] = ()) -> None:
        """What is plugged in; None while it is being looked for. What is set stays in the list."""
        self._looking = names is None
        none = _("Scanner only")
        self._fill(self.camera, names or (), self.setting.camera, none=none, last=True)
        shared = _("Scans of the selected lane")
        self._fill(self.scanner, scanners, self.setting.scanner, none=shared, last=False)
        self.scanner.setVisible(bool(scanners) or bool(self.setting.scanner))
        self.tell()

    def show_others(self, others: Sequence[LaneSetting]) -> None:
        """The other lanes of this desk: their numbers are taken, their cameras cannot serve twice."""
        self._numbers = {each.number for each in others}
        same = [each.number for each in others if each.camera and each.camera == self.setting.camera]
        self._twice = _("Lane {n} has this camera already").format(n=same[0]) if same else ""
        self.tell()

    def show_seen(self, seen: Seen | None) -> None:
        self.preview.show_seen(seen)
        self.tell()

    def show_scan(self) -> None:
        """A hand scanner read something."""
        self._scanned = True
        self.tell()

    def begin(self) -> None:
        """Opens the chosen camera in its own threads; the one before is let go first."""
        self.let_go()
        if self._opens is not None and self.setting.camera:
            self._view = CameraView(self.setting.camera, opens=self._opens, show=self.show_seen, parent=self)
            self._view.start()
        self.tell()

    def let_go(self) -> None:
        """Without making the window wait for a driver that hangs. The view outlives this card: its
        threads may call it until they are over.
        """
        view, self._view = self._view, None
        self.preview.show_seen(None)
        if view is not None:
            view.end()
            view.setParent(None)
            self._tasks.run(view.stop, then=partial(_forget, view))

    def close_down(self) -> None:
        """Ends the camera's threads before anything else goes on."""
        view, self._view = self._view, None
        if view is not None:
            view.stop()

    def retranslate(self) -> None:
        self.number.show_words(_("Lane {n}").format(n=self.setting.number))
        ways = [Option(way, said.direction(way)) for way in ("in", "out")]
        self.way.show_options(ways, value=self.setting.direction)
        self.way.setAccessibleName(_("Direction"))
        self.camera.setAccessibleName(_("Camera of lane {n}").format(n=self.setting.number))
        self.scanner.setAccessibleName(_("Hand scanner of lane {n}").format(n=self.setting.number))
        self.tell()

    def tell(self) -> None:
        """The line under the camera, and what stands where there is no picture."""
        told = self._told()
        waits = not self.setting.camera and not self._looking and not self._scanned
        icon = "line-scan" if waits else ""
        self.note.show_text(told.text, told.tone, icon=icon)
        if not self.setting.camera:
            absent = _("Looking for cameras") if self._looking else _("No camera")
            self.preview.show_absent(absent)
        elif self.preview.idle:
            self.preview.show_absent(_("No picture yet"))

    def _told(self) -> Told:
        if self._twice:
            return Told(self._twice, Tone.BAD)
        if self._looking and not self.setting.camera:
            return Told(_("Looking for cameras"))
        if not self.setting.camera:
            words = _("The scanner works") if self._scanned else _("Scan any code to try it")
            return Told(words, Tone.GOOD if self._scanned else Tone.HINT)
        return self.preview.told()

    @Slot(str)
    def _turned(self, way: str) -> None:
        self._take(replace(self.setting, direction=way))

    @Slot(int)
    def _stepped(self, way: int) -> None:
        number = self.setting.number + way
        while number in self._numbers:
            number += way
        self._numbered(number)

    @Slot(int)
    def _numbered(self, number: int) -> None:
        if 1 <= number <= MOST_NUMBER and number not in self._numbers:
            self._take(replace(self.setting, number=number))

    @Slot(int)
    def _camera_chosen(self, place: int) -> None:
        if not self._filling and place >= 0:
            self._take(replace(self.setting, camera=str(self.camera.itemData(place))))
            if self._opens is not None:
                self.begin()

    @Slot(int)
    def _scanner_chosen(self, place: int) -> None:
        if not self._filling and place >= 0:
            self._take(replace(self.setting, scanner=str(self.scanner.itemData(place))))

    def _take(self, setting: LaneSetting) -> None:
        if setting != self.setting:
            before, self.setting = self.setting, setting
            self.retranslate()
            self.changed.emit(before)

    def _fill(self, box: DropDown, names: Sequence[str], known: str, *, none: str, last: bool) -> None:
        listed = list(dict.fromkeys([*names, *([known] if known else [])]))
        entries = [(name, name) for name in listed]
        self._filling = True
        box.clear()
        for words, value in [*entries, (none, "")] if last else [(none, ""), *entries]:
            box.addItem(words, value)
        box.setCurrentIndex(box.findData(known))
        self._filling = False

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.number, 1)
        head.addWidget(self.way)
        side = QVBoxLayout()
        side.setSpacing(6)
        side.addLayout(head)
        for part in (self.camera, self.scanner, self.note):
            side.addWidget(part)
        side.addStretch(1)
        for box in (self.camera, self.scanner):
            box.setMinimumWidth(120)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAD, 10, PAD, 10)
        row.setSpacing(PAD)
        picture = QVBoxLayout()
        picture.addWidget(self.preview)
        picture.addStretch(1)
        row.addLayout(picture, PICTURE)
        row.addLayout(side, 100 - PICTURE)


def _forget(view: CameraView, _nothing: None) -> None:
    view.deleteLater()
