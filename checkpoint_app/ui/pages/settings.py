"""The settings of this desk in sections; each change is in use at once, said in words, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.i18n import _
from checkpoint_app.ui import page_frame, settings_text
from checkpoint_app.ui.camera_view import Seen
from checkpoint_app.ui.form_keys import FormKeys
from checkpoint_app.ui.form_parts import ENTER, FootKey, Note, label
from checkpoint_app.ui.settings_desk import DeskSection
from checkpoint_app.ui.settings_duty import DutySection
from checkpoint_app.ui.settings_exchange import ExchangeSection
from checkpoint_app.ui.settings_keys import KeyboardSection, SettingsKeys
from checkpoint_app.ui.settings_list import Section, SectionList
from checkpoint_app.ui.settings_sounds import SoundsSection
from checkpoint_app.ui.setup_checks import ChecksStep
from checkpoint_app.ui.setup_keeping import KeepingStep
from checkpoint_app.ui.setup_lanes import LanesStep
from checkpoint_app.ui.setup_language import LanguageStep
from checkpoint_app.ui.setup_station import StationStep
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.shift_text import Proof
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone

MARGIN, MOST_UNDONE = 24, 50
PICTURE_WIDE = 480
ICONS = (
    "language",
    "road",
    "volume",
    "list-check",
    "history",
    "map-pin",
    "keyboard",
    "shield-check",
    "clipboard-list",
    "arrows-exchange",
)


class SettingsPage(QWidget):
    """`wanted(settings)` after each change, `left()` for back to the lane, `first_start_wanted()` from the
    demonstration. `show_seen` feeds the pictures of running lanes: a camera is never opened twice.
    """

    wanted = Signal(object)
    left = Signal()
    first_start_wanted = Signal()
    picture_wide = PICTURE_WIDE

    def __init__(
        self,
        *,
        demo: bool,
        cameras: Callable[[], Sequence[str]],
        tasks: Tasks,
        scanners: Callable[[], Sequence[str]] = tuple,
        play: Callable[[str], object] | None = None,
        scanned: Callable[[str], None] = lambda _text: None,
        command: Callable[[int], bool] = lambda _key: False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._demo = demo
        self._settings = Settings()
        self._known = False
        self._before: list[tuple[Settings, Settings]] = []
        self.commands: FormKeys = SettingsKeys(scanned=scanned, command=command, undo=self.undo)
        self.look = LanguageStep(self._settings)
        self.lanes = LanesStep(self._settings, cameras=cameras, tasks=tasks, scanners=scanners, play=play)
        self.sounds = SoundsSection(self._settings, play=play)
        self.checks = ChecksStep(self._settings)
        self.keeping = KeepingStep(self._settings, whole=True)
        self.station = StationStep(self._settings, fixed=True)
        self.keyboard = KeyboardSection()
        self.desk = DeskSection(demo=demo)
        self.duty, self.exchange = DutySection(self._settings), ExchangeSection(self._settings)
        self.sections: tuple[SetupStep, ...] = (
            self.look,
            self.lanes,
            self.sounds,
            self.checks,
            self.keeping,
            self.station,
            self.keyboard,
            self.desk,
            self.duty,
            self.exchange,
        )
        self._icons = dict(zip(self.sections, ICONS, strict=True))
        self.list, self.pile = SectionList(), QStackedWidget()
        self._title, self._about = label("heading"), Note(size=16, rows=1)
        self.strip, self._strip_note = QFrame(), Note(size=16, bold=True)
        self.back, self.main = FootKey("Ctrl+Z"), FootKey("F1", primary=True, width=168)
        self.said = Note(size=16, rows=1, middle=True)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def current(self) -> SetupStep:
        return self.sections[self.pile.currentIndex()]

    def shown(self) -> None:
        """It came to the front: the section begins anew, the keys belong to the list."""
        self.current.enter()
        self.list.setFocus()

    def close_down(self) -> None:
        self.lanes.close_down()
        self.sounds.leave()

    def show_settings(self, settings: Settings, proof: Proof) -> None:
        """What is in use now; a field that somebody types in is left alone while nothing changed."""
        self.desk.show_proof(proof)
        if settings == self._settings and self._known:
            return
        self._settings, self._known = settings, True
        self._keep_for(settings.role)
        for section in self.sections:
            section.show_settings(settings)
        self._show()

    @property
    def _way_back(self) -> str:
        return _("Back") if self._settings.role == PeerRole.HEADQUARTERS else _("Back to the lane")

    def _keep_for(self, role: str) -> None:
        """Headquarters has no lanes, nothing is checked there and nobody is on duty."""
        if role != PeerRole.HEADQUARTERS or self.lanes not in self.sections:
            return
        gone = (self.lanes, self.sounds, self.checks, self.duty)
        for section in gone:
            self.pile.removeWidget(section)
            section.hide()
        self.sections = tuple(each for each in self.sections if each not in gone)
        self.retranslate()

    def show_seen(self, lane: int, seen: Seen) -> None:
        """What a running lane sees."""
        if self.current is self.lanes:
            self.lanes.show_seen(lane, seen)

    def retranslate(self) -> None:
        for section in self.sections:
            section.retranslate()
        self.list.show_sections([Section(self._icons[each], each.title()) for each in self.sections])
        self.back.set_word(_("Undo"), locked=not self._before)
        self.main.set_word(_("Set this computer up") if self._demo else self._way_back)
        self._show()

    @Slot()
    def undo(self) -> None:
        """The last change of this page is taken back; what was changed elsewhere since stays."""
        if not self._before:
            return
        before, after = self._before.pop()
        names = settings_text.changed_names(before, after)
        earlier = replace(self._settings, **{name: getattr(before, name) for name in names})
        words = settings_text.change_words(self._settings, earlier)
        self._take(earlier, _("Taken back: {what}").format(what=words))

    @Slot()
    def act(self) -> None:
        """F1."""
        (self.first_start_wanted if self._demo else self.left).emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        actions: dict[int, Callable[[], object]] = {
            Qt.Key.Key_F1: self.act,
            Qt.Key.Key_Escape: self.list.setFocus,
        }
        if self.current is self.lanes:
            actions |= {
                Qt.Key.Key_F5: self.lanes.look_again,
                Qt.Key.Key_F6: self.lanes.add_lane,
                Qt.Key.Key_F7: self.lanes.remove_lane,
                Qt.Key.Key_F8: self.lanes.sound,
            }
        if self.current is self.sounds:
            actions[Qt.Key.Key_F8] = self.sounds.round.start
        action = actions.get(event.key())
        if event.key() in ENTER:
            self.focusNextChild()
        elif action is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            action()

    @Slot(int)
    def go(self, place: int) -> None:
        """Another section comes to the front."""
        self.current.leave()
        self.pile.setCurrentIndex(place)
        self.list.go(place)
        self.current.enter()
        self._show()

    @Slot()
    def _into(self) -> None:
        self.current.setFocus()

    @Slot()
    def _changed(self) -> None:
        """A section was answered: what differs is wanted, what cannot be is said beside the field."""
        if not self._known or self.current.obstacle() is not None:
            return
        changed = self.current.filled(self._settings)
        if changed == self._settings:
            return
        words = settings_text.change_words(self._settings, changed)
        self._before = [*self._before[1 - MOST_UNDONE :], (self._settings, changed)]
        self._take(changed, _("Changed: {what}").format(what=words))

    def _take(self, changed: Settings, words: str) -> None:
        self._settings = changed
        self.said.show_text(words, Tone.GOOD)
        self.wanted.emit(changed)
        for section in self.sections:
            if section is not self.current or section.filled(changed) != changed:
                section.show_settings(changed)
        self.back.set_word(_("Undo"), locked=not self._before)
        self._show()

    def _show(self) -> None:
        self._title.setText(self.current.title())
        self._about.show_text(self.current.about(), Tone.QUIET)
        words = _("Nobody has said how long personal data is kept: nothing is forgotten yet. Now: {where}")
        self._strip_note.show_text(words.format(where=self.keeping.title()), Tone.WARN)
        self.strip.setVisible(self._known and self._settings.retention_days == 0 and not self._demo)

    def _connect(self) -> None:
        self.list.chosen.connect(self.go)
        self.list.entered.connect(self._into)
        self.back.clicked.connect(self.undo)
        self.main.clicked.connect(self.act)
        for section in self.sections:
            section.changed.connect(self._changed)

    def _lay_out(self) -> None:
        self.strip.setProperty("role", "stale")
        stripe = QHBoxLayout(self.strip)
        stripe.setContentsMargins(14, 8, 14, 8)
        stripe.addWidget(self._strip_note, 1)
        self.strip.hide()
        for section in self.sections:
            self.pile.addWidget(section)
        bar = page_frame.foot((self.back, self.said, self.main), wide=self.said, side=MARGIN, rim=6)
        heads, rims = (self.strip, self._title, self._about), (MARGIN, 10, MARGIN, 8)
        right = page_frame.framed(heads, self.pile, bar, rims=rims, gap=6)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addLayout(right, 1)
