"""Fourth step: where the key that opens the ledger is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.crypto.errors import KeyringAbsent
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.wrapping import SHORTEST
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _
from checkpoint_app.ui import messages, setup_text
from checkpoint_app.ui.field import Field, Labelled
from checkpoint_app.ui.form_parts import Note, Option, Segments, card, info_card
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone

CHOICE_WIDTH = 560


class KeyStep(SetupStep):
    """The system's key store where it works, else a passphrase; whether it works is asked off the thread."""

    def __init__(
        self, *, keyring_works: Callable[[], bool], tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keyring_works, self._tasks = keyring_works, tasks
        self._works: bool | None = None
        self._looking = False
        self.place = Segments(width=CHOICE_WIDTH)
        self._place_field = Labelled("", self.place)
        self.first, self.second = Field(""), Field("")
        for field in (self.first, self.second):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._why, self._strength, self._match = Note(size=16, rows=2), Note(rows=1), Note(rows=1)
        self._next, self._progress = Note(size=16), Note(size=16, rows=2)
        self.place.show_options((), value="")
        self._lay_out()
        self.setFocusProxy(self.place)
        self.place.chosen.connect(self._chosen)
        self.first.edited.connect(self._edited)
        self.second.edited.connect(self._edited)
        self.retranslate()

    @property
    def key_place(self) -> KeyPlace:
        return KeyPlace(self.place.value or KeyPlace.PASSPHRASE.value)

    @property
    def passphrase(self) -> str | None:
        return self.first.value if self.key_place is KeyPlace.PASSPHRASE else None

    def title(self) -> str:
        return _("Protection")

    def about(self) -> str:
        return _("The ledger is encrypted: who takes the computer or the disk away reads nothing.")

    def retranslate(self) -> None:
        self._place_field.set_label(_("Where the key is kept"))
        self.first.set_label(_("Passphrase"))
        self.second.set_label(_("The same once more"))
        words = _("Should the key be lost: the recovery sheet opens the ledger. It is the next step.")
        self._next.show_text(words, icon="info-circle")
        self._show()

    def filled(self, settings: Settings) -> Settings:
        return replace(settings, key_place=self.key_place.value)

    def enter(self) -> None:
        if self._works is None and not self._looking:
            self._looking = True
            self._tasks.run(self._keyring_works, then=self._have_looked, failed=self._no_store)
        self._show()

    def obstacle(self) -> QWidget | None:
        if self._works is None:
            return self.place
        if self.key_place is not KeyPlace.PASSPHRASE:
            return None
        trouble = setup_text.passphrase_trouble(self.first.value, self.second.value)
        if not trouble:
            return None
        short = len(self.first.value) < SHORTEST
        (self._strength if short else self._match).show_text(trouble, Tone.BAD)
        return (self.first if short else self.second).edit

    def show_working(self) -> None:
        """The key is being made; nothing can be changed meanwhile."""
        self.setEnabled(False)
        words = _("Making the key, locking it, writing the settings: about one second")
        self._progress.show_text(words, Tone.QUIET, icon="hourglass")

    def show_failure(self, error: CheckpointError) -> None:
        """The words of what went wrong; without a key store the passphrase is what is left."""
        self.setEnabled(True)
        self._progress.show_text(messages.words_for(error).plain, Tone.BAD)
        if isinstance(error, KeyringAbsent):
            self._have_looked(False)

    def forget(self) -> None:
        """The passphrase leaves the window."""
        for field in (self.first, self.second):
            field.edit.clear()

    def _have_looked(self, works: bool) -> None:
        self._looking, self._works = False, works
        if not self.place.value or not works:
            self.place.set_value((KeyPlace.KEYRING if works else KeyPlace.PASSPHRASE).value)
        self._show()
        self.changed.emit()

    def _no_store(self, _error: CheckpointError) -> None:
        self._have_looked(False)

    @Slot(str)
    def _chosen(self, _value: str) -> None:
        self._show()
        self.changed.emit()

    @Slot(str)
    def _edited(self, _text: str) -> None:
        self._tell()
        self.changed.emit()

    def _show(self) -> None:
        asks = self._works is not None and self.key_place is KeyPlace.PASSPHRASE
        self._show_places()
        self.first.setVisible(asks)
        self.second.setVisible(asks)
        self._strength.setVisible(asks)
        self._match.setVisible(asks)
        self._why.show_text(self._explained(), Tone.QUIET, icon="key")
        self._tell()

    def _show_places(self) -> None:
        store = Option(KeyPlace.KEYRING.value, _("The system's key store"))
        phrase = Option(KeyPlace.PASSPHRASE.value, _("A passphrase at every start"))
        shown = (store, phrase) if self._works else (phrase,) if self._works is False else ()
        self.place.show_options(shown, value=self.place.value)
        self._place_field.setVisible(bool(shown))

    def _explained(self) -> str:
        if self._works is None:
            return _("Asking the system whether it keeps keys")
        if self.key_place is KeyPlace.KEYRING:
            return _("It opens with the login of this computer; nothing has to be typed.")
        if self._works:
            return _("Somebody who knows it must start the program; nobody can look it up.")
        return _("This system keeps no keys, so a passphrase protects the ledger; nobody can look it up.")

    def _tell(self) -> None:
        told = setup_text.strength(self.first.value)
        self._strength.tell(told)
        if not self.second.value:
            self._match.show_text("")
        elif self.second.value == self.first.value:
            self._match.show_text(_("The same twice"), Tone.GOOD)
        else:
            going_on = self.first.value.startswith(self.second.value)
            tone = Tone.HINT if going_on else Tone.BAD
            self._match.show_text(_("Not the same yet") if going_on else _("The two are not the same"), tone)

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(16)
        for field, note in ((self.first, self._strength), (self.second, self._match)):
            stack = QVBoxLayout()
            stack.setSpacing(4)
            stack.addWidget(field)
            stack.addWidget(note)
            fields.addLayout(stack, 1)
        choice = QHBoxLayout()
        choice.addWidget(self._place_field)
        choice.addStretch(1)
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(16, 8, 16, 16)
        inner.setSpacing(12)
        inner.addLayout(choice)
        inner.addWidget(self._why)
        inner.addLayout(fields)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(frame)
        column.addWidget(info_card(self._next))
        column.addWidget(self._progress)
        column.addStretch(1)
