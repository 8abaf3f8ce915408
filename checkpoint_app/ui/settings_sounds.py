"""The sounds: how loud, each of them to hear, and whether anything would be heard at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.domain.words import VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.ui import said
from checkpoint_app.ui.field import Labelled
from checkpoint_app.ui.form_parts import FootKey, Note, Option, Segments, card, info_card
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.told import Tone

VOLUMES = (0, 25, 50, 75, 100)
ALOUD = ("pass", "not_yet", "refer", "stop")
APART_MS = (700, 800, 1_000, 0)
COLUMNS = 3


class AllVerdicts(QObject):
    """Plays the four verdicts one after the other; `played(name)` as each begins."""

    played = Signal(str)

    def __init__(self, play: Callable[[str], object] | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._play = play
        self._place = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    @Slot()
    def start(self) -> None:
        """From the first, also while an earlier round is still playing."""
        self._place = 0
        self._next()

    @Slot()
    def stop(self) -> None:
        self._timer.stop()

    @Slot()
    def _next(self) -> None:
        if self._play is None or self._place >= len(ALOUD):
            return
        name = ALOUD[self._place]
        self._play(name)
        self.played.emit(name)
        self._timer.start(APART_MS[self._place])
        self._place += 1


class SoundsSection(SetupStep):
    """`play(name)` is False when nothing was heard."""

    def __init__(
        self,
        settings: Settings,
        *,
        play: Callable[[str], object] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._play = play
        self.volume = Segments(width=480)
        self._volume_field = Labelled("", self.volume)
        self.round = AllVerdicts(self.hear, parent=self)
        self.keys = {name: FootKey("", icon="volume") for name in (*ALOUD, "not_saved", "tally")}
        self.all = FootKey("F8", icon="volume")
        self.result, self._about = Note(size=16, rows=1), Note(size=16)
        self._lay_out()
        self.setFocusProxy(self.volume)
        self.volume.chosen.connect(self._chosen)
        self.all.clicked.connect(self.round.start)
        for name, key in self.keys.items():
            key.clicked.connect(partial(self._hear_one, name))
        self.show_settings(settings)

    def title(self) -> str:
        return _("Sounds")

    def about(self) -> str:
        return _("Verdicts differ in count and direction: a worn ear still tells them apart.")

    def retranslate(self) -> None:
        self._volume_field.set_label(_("Loudness"))
        words = [_("Muted") if each == 0 else f"{each} %" for each in VOLUMES]
        options = [Option(str(each), word) for each, word in zip(VOLUMES, words, strict=True)]
        self.volume.show_options(options, value=self.volume.value)
        for name, key in self.keys.items():
            key.set_word(sound_word(name))
        self.all.set_word(_("All four verdicts"))
        words_muted = _("Muted, nothing is heard: the top bar says so, the picture alone warns")
        words_loud = _("Try it with the engine of a lorry running; a stop repeats until it is answered.")
        muted = self.volume.value == "0"
        self._about.show_text(
            words_muted if muted else words_loud,
            Tone.WARN if muted else Tone.QUIET,
            icon="" if muted else "info-circle",
        )

    def show_settings(self, settings: Settings) -> None:
        nearest = min(VOLUMES, key=lambda each: abs(each - settings.volume))
        self.volume.set_value(str(nearest))
        self.retranslate()

    def filled(self, settings: Settings) -> Settings:
        return replace(settings, volume=int(self.volume.value))

    def leave(self) -> None:
        self.round.stop()

    def hear(self, name: str) -> None:
        """Plays one and says when nothing came out."""
        heard = self._play is not None and self._play(name) is not False
        if heard:
            self.result.show_text(_("Played: {sound}").format(sound=sound_word(name)), Tone.GOOD)
        elif self.volume.value == "0":
            self.result.show_text(_("Muted: choose a loudness first"), Tone.WARN)
        else:
            self.result.show_text(_("No sound came out: check the loudspeaker and its plug"), Tone.BAD)

    def _hear_one(self, name: str, _checked: bool = False) -> None:
        self.round.stop()
        self.hear(name)

    @Slot(str)
    def _chosen(self, _value: str) -> None:
        self.retranslate()
        self.changed.emit()

    def _lay_out(self) -> None:
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(16, 8, 16, 16)
        inner.setSpacing(14)
        inner.addWidget(self._volume_field)
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, key in enumerate(self.keys.values()):
            grid.addWidget(key, place // COLUMNS, place % COLUMNS)
        grid.setColumnStretch(COLUMNS, 1)
        inner.addLayout(grid)
        inner.addWidget(self.all)
        inner.addWidget(self.result)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(frame)
        column.addWidget(info_card(self._about))
        column.addStretch(1)


def sound_word(name: str) -> str:
    if name in ALOUD:
        return said.verdict(VerdictState(name))
    return {"not_saved": _("Not saved"), "tally": _("Counted")}[name]
