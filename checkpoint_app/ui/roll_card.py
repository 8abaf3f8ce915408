"""Left of a roll-call: group, lead, weather, the lead's PIN, and whether the sounds are heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QVBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui.field import Field
from checkpoint_app.ui.form_parts import FootKey, Note
from checkpoint_app.ui.settings_sounds import AllVerdicts, sound_word
from checkpoint_app.ui.told import Told, Tone

WIDTH = 380
WEATHER = ("晴", "多云", "阴", "小雨", "大雨", "雪", "雾", "大风")
MOST_PIN = 8


class RollCard(QFrame):
    """`play(name)` is False when nothing was heard."""

    def __init__(self, play: Callable[[str], object] | None) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(WIDTH)
        self._play = play
        self.group, self.lead, self.weather = Field(""), Field(""), Field("")
        self.pin = pin_field()
        self.wanted, self.heard = Note(size=14, rows=1), Note(size=14, rows=1)
        self.again, self.sounds = FootKey("F2"), FootKey("F8", icon="volume")
        self._groups, self._leads = QStringListModel(self), QStringListModel(self)
        self._weather = QStringListModel(list(WEATHER), self)
        self.round = AllVerdicts(self._hear, parent=self)
        for edit, model in (
            (self.group.edit, self._groups),
            (self.lead.edit, self._leads),
            (self.weather.edit, self._weather),
        ):
            offer(edit, model, parent=self)
        self.sounds.clicked.connect(self.round.start)
        self._lay_out()
        self.setFocusProxy(self.group.edit)

    @property
    def names(self) -> QStringListModel:
        return self._leads

    def offer(self, *, groups: Sequence[str], names: Sequence[str]) -> None:
        self._groups.setStringList(list(groups))
        self._leads.setStringList(list(names))

    def show_protected(self, protected: bool) -> None:
        """Whether the lead's PIN is asked here."""
        self.pin.setVisible(protected)
        if not protected:
            self.pin.set_value("")

    def tell(self, told: Told) -> None:
        self.wanted.tell(told)
        self.wanted.setVisible(bool(told.text))

    def retranslate(self) -> None:
        self.group.set_label(_("Group"))
        self.group.set_hint(_("as Group 3"))
        self.lead.set_label(_("Lead"))
        self.weather.set_label(_("Weather"))
        self.pin.set_label(_("PIN of the lead"))
        self.again.set_word(_("As last time"))
        self.sounds.set_word(_("Try all four sounds"))
        self._say(Told(""))

    @Slot(str)
    def _hear(self, name: str) -> None:
        heard = self._play is not None and self._play(name) is not False
        if heard:
            self._say(Told(_("Played: {sound}").format(sound=sound_word(name)), Tone.GOOD))
        else:
            self.round.stop()
            self._say(Told(_("No sound came out: check the loudspeaker and its plug"), Tone.BAD))

    def _say(self, told: Told) -> None:
        """Takes room only while it says something."""
        self.heard.tell(told)
        self.heard.setVisible(bool(told.text))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 10)
        column.setSpacing(6)
        for part in (self.group, self.wanted, self.lead, self.pin, self.weather):
            column.addWidget(part)
        column.addStretch(1)
        for key in (self.again, self.sounds):
            column.addWidget(key, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.heard)


def pin_field(width: int = 0) -> Field:
    """Digits that nobody reads from the screen."""
    made = Field("", width=width)
    made.edit.setEchoMode(QLineEdit.EchoMode.Password)
    made.edit.setMaxLength(MOST_PIN)
    made.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
    return made


def offer(edit: QLineEdit, model: QStringListModel, *, parent: QWidget) -> None:
    """What was typed before is offered while typing."""
    completer = QCompleter(model, parent)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    edit.setCompleter(completer)
