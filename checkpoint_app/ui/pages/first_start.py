"""The first start: from nothing to a desk with its lanes, its rules, its key and its recovery sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from checkpoint_app import i18n
from checkpoint_app.config import Settings
from checkpoint_app.crypto.errors import KeyFileUnusable
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.ui import app as application
from checkpoint_app.ui import page_frame, recovery_sheet, setup_file, setup_text
from checkpoint_app.ui.form_parts import ENTER, FootKey, Note, label
from checkpoint_app.ui.setup_checks import ChecksStep
from checkpoint_app.ui.setup_keeping import KeepingStep
from checkpoint_app.ui.setup_key import KeyStep
from checkpoint_app.ui.setup_lanes import LanesStep
from checkpoint_app.ui.setup_language import LanguageStep
from checkpoint_app.ui.setup_recovery import PaperOut, RecoveryStep
from checkpoint_app.ui.setup_station import StationStep
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.setup_summary import SummaryStep
from checkpoint_app.ui.setup_text import SettingsFileUnread
from checkpoint_app.ui.sheet_places import SheetPlace, sheet_places
from checkpoint_app.ui.step_column import StepColumn
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone

SetUp = Callable[[Settings, KeyPlace, str | None], RecoveryKey]
MARGIN = 32
NEXT_WIDTH = 168


class FirstStartPage(QWidget):
    """`finished(settings)` ends it; `proven(bool)` comes before: whether the words were typed back; so does
    `led(name, pin)` when somebody was named who leads.

    `set_up` is called in another thread, once every question is answered; what it raises is shown in words.
    """

    finished = Signal(object)
    proven = Signal(bool)
    led = Signal(str, str)

    def __init__(
        self,
        set_up: SetUp,
        *,
        cameras: Callable[[], Sequence[str]],
        opens: OpenDevice,
        keyring_works: Callable[[], bool],
        tasks: Tasks,
        settings: Settings,
        places: Callable[[], Sequence[SheetPlace]] = sheet_places,
        prints: PaperOut = recovery_sheet.print_on_default,
        scanners: Callable[[], Sequence[str]] = tuple,
        play: Callable[[str], object] | None = None,
        choose: Callable[[QWidget], Path | None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAcceptDrops(True)
        self._set_up, self._tasks = set_up, tasks
        self.settings = settings
        self._places, self._choose = places, choose or setup_file.chosen
        self._working = self._over = self._proved = False
        self.language, self.station = LanguageStep(settings), StationStep(settings)
        self.lanes = LanesStep(
            settings, cameras=cameras, opens=opens, tasks=tasks, scanners=scanners, play=play
        )
        self.checks, self.keeping = ChecksStep(settings), KeepingStep(settings)
        self.key = KeyStep(keyring_works=keyring_works, tasks=tasks)
        self.recovery = RecoveryStep(tasks=tasks, places=places, prints=prints)
        self.summary = SummaryStep(settings)
        self.steps: tuple[SetupStep, ...] = (
            self.language,
            self.station,
            self.lanes,
            self.checks,
            self.keeping,
            self.key,
            self.recovery,
            self.summary,
        )
        self.column, self.pile = StepColumn(), QStackedWidget()
        self._title, self._about = label("title"), Note(size=16, rows=1)
        self.back, self.later, self.file = FootKey("Esc"), FootKey("F4"), FootKey("F9")
        self.next = FootKey("F1", primary=True, width=NEXT_WIDTH)
        self._hint, self._count = Note(middle=True), label("label")
        self._lay_out()
        self._connect()
        self.retranslate()
        self.steps[0].enter()

    @property
    def current(self) -> SetupStep:
        return self.steps[self.pile.currentIndex()]

    @property
    def way(self) -> tuple[SetupStep, ...]:
        """The steps of this computer's role: headquarters has no lanes where anything is checked."""
        left_out = {self.lanes, self.checks} if self.station.above else set()
        return tuple(each for each in self.steps if each not in left_out)

    def close_down(self) -> None:
        """Everything that runs ends; the window calls this before it lets the page go."""
        self.lanes.close_down()
        self.key.forget()
        self.recovery.forget()

    def retranslate(self) -> None:
        """Every word in the language in use."""
        for step in self.steps:
            step.retranslate()
        self._show()

    def prefill(self, path: Path) -> None:
        """Takes the answers of another desk's settings file; says in words when it is none."""
        try:
            found = setup_text.read_settings(path)
        except SettingsFileUnread:
            self._hint.show_text(
                _("Not a settings file (desk.json): {name}").format(name=path.name), Tone.BAD
            )
            return
        if self._made:
            return
        self.settings = found
        for step in self.steps:
            step.show_settings(found)
        self._take_look()
        line = _("Taken from {name}").format(name=path.name)
        if found.bad:
            line = _("{name}: not usable, so left as it was: {bad}").format(
                name=path.name, bad=", ".join(found.bad)
            )
        self._hint.show_text(line, Tone.WARN if found.bad else Tone.GOOD)

    @Slot()
    def look_for_file(self) -> None:
        """A settings file on a stick that is plugged in, else one that somebody picks."""
        if not self._made:
            self._tasks.run(lambda: setup_file.on_sticks(self._places()), then=self._have_file)

    def _have_file(self, found: Path | None) -> None:
        path = found or self._choose(self)
        if path is not None:
            self.prefill(path)

    def scanned(self, text: str) -> bool:
        """What a hand scanner read: a sign that it works, or the words of the sheet; False elsewhere."""
        if self.current is self.recovery and self.recovery.typing:
            self.recovery.typed.setPlainText(text)
            return True
        if self.current is self.lanes:
            self.lanes.scanned()
            return True
        return False

    @Slot()
    def forward(self) -> None:
        """The main action: the next step when this one is answered."""
        if self._working or self._over:
            return
        missing = self.current.obstacle()
        if missing is not None:
            missing.setFocus()
            return
        self.settings = self.current.filled(self.settings)
        if self.current is self.key:
            self._begin_set_up()
        elif self.current is self.summary:
            self._finish()
        elif self.current is not self.recovery:
            self._step(1)
        elif self.recovery.typing:
            self._sum_up(proved=True)
        else:
            self.recovery.ask_back()
            self._show()

    @Slot()
    def backward(self) -> None:
        """One step back, everything typed stays; once the key is made only from typing back to the sheet."""
        if self._working:
            return
        if self.current is self.recovery:
            if self.recovery.typing:
                self.recovery.show_sheet()
                self._show()
        elif self.pile.currentIndex() > 0 and not self._made:
            self.settings = self.current.filled(self.settings)
            self._step(-1)

    @Slot()
    def postpone(self) -> None:
        """The sheet is proved another day; the window will keep saying so."""
        if self.current is self.recovery:
            self._sum_up(proved=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        actions = {
            Qt.Key.Key_F1: self.forward,
            Qt.Key.Key_F4: self.postpone,
            Qt.Key.Key_F9: self.look_for_file,
            Qt.Key.Key_Escape: self.backward,
        }
        if self.current is self.lanes:
            actions |= {
                Qt.Key.Key_F5: self.lanes.look_again,
                Qt.Key.Key_F6: self.lanes.add_lane,
                Qt.Key.Key_F7: self.lanes.remove_lane,
                Qt.Key.Key_F8: self.lanes.sound,
            }
        if self.current is self.recovery and not self.recovery.typing:
            actions |= {
                Qt.Key.Key_F2: self.recovery.save_sheet,
                Qt.Key.Key_F3: self.recovery.print_sheet,
            }
        action = actions.get(Qt.Key(event.key()))
        if event.key() in ENTER:
            self.focusNextChild()
        elif action is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            action()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Focus given to the page belongs to its first question."""
        super().focusInEvent(event)
        self.current.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if setup_file.dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = setup_file.dropped(event.mimeData())
        if path:
            self.prefill(path)

    def _step(self, by: int) -> None:
        way = self.way
        self._go(self.steps.index(way[way.index(self.current) + by]))

    def _go(self, place: int) -> None:
        self.current.leave()
        self.pile.setCurrentIndex(place)
        self._hint.show_text("")
        self.current.show_settings(self.settings)
        self.current.enter()
        self._show()
        self.current.setFocus()

    def _begin_set_up(self) -> None:
        self._working = True
        self.settings = replace(self.settings, sheet_proved=False)  # also when it ends before the last step
        settings, place, passphrase = self.settings, self.key.key_place, self.key.passphrase
        self.key.show_working()
        self._show()
        self._tasks.run(
            lambda: _set_up(self._set_up, settings, place, passphrase),
            then=self._have_set_up,
            failed=self._not_set_up,
        )

    def _have_set_up(self, made: RecoveryKey) -> None:
        self._working = False
        self.key.forget()
        today = datetime.now().astimezone().date().isoformat()
        self.recovery.show_key(made, self.settings, made=today)
        self._go(self.steps.index(self.recovery))

    def _not_set_up(self, error: CheckpointError) -> None:
        self._working = False
        self.key.show_failure(error)
        self._show()
        self.key.setFocus()

    @property
    def _made(self) -> bool:
        """Whether the key is made or being made: what it was made for stays."""
        return self._working or self.current in {self.recovery, self.summary}

    def _sum_up(self, *, proved: bool) -> None:
        self._proved = proved
        self.settings = replace(self.settings, sheet_proved=proved)
        self.recovery.forget()
        self.summary.show_proof(proved=proved)
        self._go(self.steps.index(self.summary))
        self.setFocus()

    def _finish(self) -> None:
        self._over = True
        self.close_down()
        self.proven.emit(self._proved)
        if self.summary.lead.answer:
            self.led.emit(*self.summary.lead.answer)
            self.summary.lead.forget()
        self.finished.emit(self.settings)

    @Slot()
    def _look_changed(self) -> None:
        self.settings = self.language.filled(self.settings)
        self._take_look()

    def _take_look(self) -> None:
        """Language, theme and size, at once."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            application.dress(app, self.settings)
            if i18n.language() != self.settings.language:
                application.speak(app, self.settings.language)
            self.retranslate()

    @Slot()
    def _show(self) -> None:
        way = self.way
        place = way.index(self.current)
        self.column.show_steps(
            tuple(step.title() for step in way),
            current=place,
            title=_("Checkpoint"),
            about=_("First start, about 6 minutes"),
            foot=_("No network is needed"),
        )
        self._title.setText(self.current.title())
        self._about.show_text(self.current.about(), Tone.QUIET)
        count = _("Step {n} of {most}").format(n=place + 1, most=len(way))
        self._count.setText(count)
        at_sheet = self.current is self.recovery
        typing = at_sheet and self.recovery.typing
        self.next.set_word(self._next_word(), locked=self._working)
        self.back.set_word(_("Show the words") if at_sheet else _("Back"), locked=self._working)
        self.later.set_word(_("Later"))
        self.file.set_word(_("Settings file"))
        goes = typing or (place > 0 and not self._made)
        # what goes away goes first: each part that comes makes the window wide enough for all at once
        parts = (
            (self._count, not typing),
            (self.later, typing),
            (self.back, goes),
            (self.file, place < 2),
        )
        for part, shown in sorted(parts, key=lambda pair: pair[1]):
            part.setVisible(shown)
        if place < 2 and not self._hint.text:
            self._hint.show_text(_("Have one of another desk? Drop it here"), Tone.HINT)

    def _next_word(self) -> str:
        if self._working:
            return _("Making the key")
        if self.current is self.key:
            return _("Set up")
        if self.current is self.recovery:
            return _("Done") if self.recovery.typing else _("I have it on paper")
        if self.current is self.summary:
            return _("Start")
        return _("Next")

    def _connect(self) -> None:
        self.language.changed.connect(self._look_changed)
        self.station.role.chosen.connect(lambda _role: self._show())
        self.next.clicked.connect(self.forward)
        self.back.clicked.connect(self.backward)
        self.later.clicked.connect(self.postpone)
        self.file.clicked.connect(self.look_for_file)

    def _lay_out(self) -> None:
        for step in self.steps:
            self.pile.addWidget(step)
        keys = (self.back, self.file, self._hint, self._count, self.later, self.next)
        bar = page_frame.foot(keys, wide=self._hint, side=MARGIN, rim=14)
        rims = MARGIN, 20, MARGIN, 16
        right = page_frame.framed((self._title, self._about), self.pile, bar, rims=rims)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.column)
        row.addLayout(right, 1)


def _set_up(make: SetUp, settings: Settings, place: KeyPlace, passphrase: str | None) -> RecoveryKey:
    """A folder that cannot be written is a trouble like any other; raises KeyFileUnusable for it."""
    try:
        return make(settings, place, passphrase)
    except OSError as error:
        raise KeyFileUnusable(path=str(error.filename or ""), reason=error.strerror or "") from error
