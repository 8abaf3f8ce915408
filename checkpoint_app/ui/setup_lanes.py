"""The lanes of this desk: one to four, each with its direction, camera and scanner, and what it sees now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.config import MOST_LANES, LaneSetting, Settings
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.ui.camera_view import Seen
from checkpoint_app.ui.form_parts import FootKey, Note, info_card
from checkpoint_app.ui.settings_sounds import AllVerdicts
from checkpoint_app.ui.setup_lane_card import LaneCard
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone

GAP, ABOUT_FROM = 12, 80


class LanesStep(SetupStep):
    """No camera is an answer. Cameras are open while the step is shown, and only where `opens` is given."""

    def __init__(
        self,
        settings: Settings,
        *,
        cameras: Callable[[], Sequence[str]],
        tasks: Tasks,
        opens: OpenDevice | None = None,
        scanners: Callable[[], Sequence[str]] = tuple,
        play: Callable[[str], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cameras, self._opens, self._tasks = cameras, opens, tasks
        self._scanners = scanners
        self._sounds = AllVerdicts(play, parent=self)
        self._found: tuple[str, ...] | None = None
        self._found_scanners: tuple[str, ...] = ()
        self._shown = self._looking = self._picked = False
        self.cards: list[LaneCard] = []
        self._grid = QGridLayout()
        self.add, self.remove = FootKey("F6", icon="plus"), FootKey("F7", icon="minus")
        self.listen, self.again = FootKey("F8", icon="volume"), FootKey("F5", icon="refresh")
        self._about = Note(size=16)
        self._lay_out()
        self._show_lanes(settings.lanes)
        self.add.clicked.connect(self.add_lane)
        self.remove.clicked.connect(self.remove_lane)
        self.listen.clicked.connect(self.sound)
        self.again.clicked.connect(self.look_again)
        self.retranslate()

    @property
    def lanes(self) -> tuple[LaneSetting, ...]:
        """As they are answered, in the order of their numbers."""
        return tuple(sorted((card.setting for card in self.cards), key=lambda lane: lane.number))

    def title(self) -> str:
        return _("Lanes and cameras")

    def about(self) -> str:
        return _("Wave a code at each camera: framed means read. A lane without one takes a scanner.")

    def retranslate(self) -> None:
        for button, word in (
            (self.add, _("Add lane")),
            (self.remove, _("Remove last")),
            (self.listen, _("Play all")),
            (self.again, _("Look again")),
        ):
            button.set_word(word)
        for card in self.cards:
            card.retranslate()
        self._fill()
        words = _(
            "Cameras are known by name and port: after another port, choose again. Changes are entries."
        )
        self._about.show_text(words, Tone.QUIET, icon="info-circle")
        self._fit()

    def show_settings(self, settings: Settings) -> None:
        """A camera of a settings file is offered even when it is not plugged in."""
        self._picked = self._picked or any(lane.camera for lane in settings.lanes)
        self._show_lanes(settings.lanes if self._picked else self._with_found(settings.lanes))

    def filled(self, settings: Settings) -> Settings:
        return replace(settings, lanes=self.lanes)

    def obstacle(self) -> QWidget | None:
        cameras = [lane.camera for lane in self.lanes if lane.camera]
        for card in self.cards:
            if cameras.count(card.setting.camera) > 1:
                return card.camera
        return None

    def enter(self) -> None:
        self._shown = True
        if self._found is None:
            self.look_again()
        for card in self.cards:
            card.begin()

    def leave(self) -> None:
        self._shown = False
        self._sounds.stop()
        for card in self.cards:
            card.let_go()

    def close_down(self) -> None:
        """Ends every camera's threads before anything else goes on."""
        self._shown = False
        self._sounds.stop()
        for card in self.cards:
            card.close_down()

    def show_seen(self, number: int, seen: Seen) -> None:
        """What a running lane sees."""
        for card in self.cards:
            if card.setting.number == number:
                card.show_seen(seen)

    def scanned(self) -> None:
        """A hand scanner read something: it works for every lane that has no camera."""
        for card in self.cards:
            card.show_scan()

    @Slot()
    def look_again(self) -> None:
        if self._looking:
            return
        self._looking, self._found = True, None
        self._fill()
        self._tasks.run(
            lambda: (tuple(self._cameras()), tuple(self._scanners())),
            then=self._have_looked,
            failed=self._not_found,
        )

    @Slot()
    def add_lane(self) -> None:
        """One lane more, with the next number and the first camera that no lane has."""
        if len(self.cards) >= MOST_LANES:
            return
        taken = {card.setting.number for card in self.cards}
        number = next(n for n in range(max(taken) + 1 if max(taken) < 16 else 1, 17) if n not in taken)
        self._show_lanes((*self.lanes, LaneSetting(number, camera=self._free_camera())))
        self.cards[-1].setFocus()
        self.changed.emit()

    @Slot()
    def remove_lane(self) -> None:
        if len(self.cards) > 1:
            self._show_lanes(self.lanes[:-1])
            self.changed.emit()

    @Slot()
    def sound(self) -> None:
        """The four verdicts, one after the other."""
        self._sounds.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _with_found(self, lanes: Sequence[LaneSetting]) -> tuple[LaneSetting, ...]:
        """The camera that was found goes with the first lane until somebody chooses."""
        camera = lanes[0].camera or (self.cards[0].setting.camera if self._opens is not None else "")
        return (replace(lanes[0], camera=camera), *lanes[1:])

    def _free_camera(self) -> str:
        taken = {card.setting.camera for card in self.cards}
        return next((name for name in self._found or () if name not in taken), "")

    def _have_looked(self, found: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        """The first camera is taken for the first lane unless somebody has chosen already."""
        self._looking = False
        self._found, self._found_scanners = tuple(dict.fromkeys(found[0])), found[1]
        first = self.cards[0]
        if self._opens is not None and not self._picked and not first.setting.camera and self._found:
            first.show_setting(replace(first.setting, camera=self._found[0]))
            if self._shown:
                first.begin()
        self._fill()

    def _not_found(self, _error: CheckpointError) -> None:
        """A system that cannot tell its cameras has none to offer; a name in the settings stays."""
        self._have_looked(((), ()))

    @Slot(object)
    def _card_changed(self, _before: LaneSetting) -> None:
        self._picked = True
        self._tell_others()
        self.changed.emit()

    def _show_lanes(self, lanes: Sequence[LaneSetting]) -> None:
        """As many cards as lanes; those that are there already stay, with their cameras running."""
        while len(self.cards) > len(lanes):
            gone = self.cards.pop()
            gone.let_go()
            self._grid.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for card, lane in zip(self.cards, lanes, strict=False):
            card.show_setting(lane)
        for lane in lanes[len(self.cards) :]:
            self._add_card(lane)
        self._fill()

    def _add_card(self, lane: LaneSetting) -> None:
        card = LaneCard(lane, opens=self._opens, tasks=self._tasks)
        place = len(self.cards)
        self.cards.append(card)
        self._grid.addWidget(card, place // 2, place % 2)
        before = self.cards[place - 1] if place else None
        if before is not None:
            QWidget.setTabOrder(before.scanner, card.number)
        card.changed.connect(self._card_changed)
        card.retranslate()
        if self._shown:
            card.begin()

    def _fill(self) -> None:
        for card in self.cards:
            card.show_cameras(self._found, scanners=self._found_scanners)
        self._tell_others()
        self.add.set_word(self.add.word, locked=len(self.cards) >= MOST_LANES)
        self.remove.set_word(self.remove.word, locked=len(self.cards) == 1)
        self.setFocusProxy(self.cards[0].camera)

    def _tell_others(self) -> None:
        for card in self.cards:
            card.show_others([other.setting for other in self.cards if other is not card])

    def _fit(self) -> None:
        """The line at the foot goes first where there is no room."""
        rows = (len(self.cards) + 1) // 2
        cards = sum(self.cards[2 * row].sizeHint().height() + GAP for row in range(rows))
        self._about_card.setVisible(self.height() - cards - self.add.sizeHint().height() >= ABOUT_FROM)

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setHorizontalSpacing(16)
        for place in (0, 1):
            self._grid.setColumnStretch(place, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.add, self.remove, self.listen, self.again):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._about_card = info_card(self._about)
        self._about_card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(self._grid)
        column.addLayout(buttons)
        column.addWidget(self._about_card)
        column.addStretch(1)
