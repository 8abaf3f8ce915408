"""Fifth step: the recovery sheet, shown once, put on paper, typed back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _
from checkpoint_app.ui import messages, recovery_sheet, setup_text
from checkpoint_app.ui.field import DropDown, Labelled
from checkpoint_app.ui.form_parts import FootKey, Note
from checkpoint_app.ui.recovery_sheet import Sheet
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.sheet_places import SheetPlace, sheet_places
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Told, Tone
from checkpoint_app.ui.words_card import WordsCard

PLACE_WIDTH = 300
TYPED_HEIGHT = 168
PaperOut = Callable[[Sheet], str]


class RecoveryStep(SetupStep):
    """First the words, then, with the words away, the line to type them back. `whole`: they were right."""

    whole = Signal()

    def __init__(
        self,
        *,
        tasks: Tasks,
        places: Callable[[], Sequence[SheetPlace]] = sheet_places,
        prints: PaperOut = recovery_sheet.print_on_default,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._places, self._prints = tasks, places, prints
        self._key: RecoveryKey | None = None
        self._sheet: Sheet | None = None
        self.card, self.where = WordsCard(), DropDown()
        self._where_field = Labelled("", self.where, width=PLACE_WIDTH)
        self.save, self.print, self.result = FootKey("F2"), FootKey("F3"), Note(rows=2)
        self.typed, self.found = QPlainTextEdit(), Note(size=16, rows=1)
        self.typed.setTabChangesFocus(True)
        self.typed.setFixedHeight(TYPED_HEIGHT)
        self._typed_field = Labelled("", self.typed)
        self._typed_about = Note(size=14, rows=2)
        self.pile = QStackedWidget()
        self._lay_out()
        self.save.clicked.connect(self.save_sheet)
        self.print.clicked.connect(self.print_sheet)
        self.typed.textChanged.connect(self._typed)
        self.retranslate()

    @property
    def typing(self) -> bool:
        """Whether the words are away and asked back."""
        return self.pile.currentIndex() == 1

    @property
    def proven(self) -> bool:
        return self._key is not None and setup_text.typed_back(self.typed.toPlainText(), self._key).whole

    def title(self) -> str:
        return _("Type the words back") if self.typing else _("Recovery sheet")

    def about(self) -> str:
        if self.typing:
            return _("From the paper: so it is certain that somebody can read it in a year.")
        return _("These 18 words open the ledger when the key is lost. They are shown only now.")

    def retranslate(self) -> None:
        self._where_field.set_label(_("Folder or stick for the file"))
        self.save.set_word(_("Save as PDF"))
        self.print.set_word(_("Print"))
        self._typed_field.set_label(_("The words in their order, or scan the code"))
        self._typed_about.show_text(
            _("Capitals, numbers and what stands between the words do not matter."),
            Tone.HINT,
            icon="info-circle",
        )
        self._tell_typed()

    def show_key(self, key: RecoveryKey, settings: Settings, *, made: str) -> None:
        """The key just made; `made` is the date in words."""
        self._key = key
        self._sheet = Sheet(settings.station, settings.desk, made, key.words, key.identity)
        self.card.show_words(key.words, key.identity)

    def show_sheet(self) -> None:
        self.pile.setCurrentIndex(0)
        if self._key is not None:
            self.card.show_words(self._key.words, self._key.identity)
        self.setFocusProxy(self.save)
        self.save.setFocus()

    def ask_back(self) -> None:
        """The words go away; they come from paper now."""
        self.pile.setCurrentIndex(1)
        self.card.clear()
        self._tell_typed()
        self.setFocusProxy(self.typed)
        self.typed.setFocus()

    def forget(self) -> None:
        """The secret leaves the window for good."""
        self._key = self._sheet = None
        self.card.clear()
        self.typed.clear()

    def enter(self) -> None:
        self._tasks.run(lambda: tuple(self._places()), then=self._have_places, failed=None)
        self.show_sheet()

    def obstacle(self) -> QWidget | None:
        if not self.typing or self.proven:
            return None
        found = self._back()
        if not found.wrong:
            words = _("{n} words are missing").format(n=self._most - found.right)
            self.found.show_text(words, Tone.BAD)
        return self.typed

    @Slot()
    def save_sheet(self) -> None:
        place, sheet = self.where.currentData(), self._sheet
        if not isinstance(place, SheetPlace) or sheet is None:
            self.result.show_text(_("Put a stick in, then press F2 again"), Tone.WARN)
            self._tasks.run(lambda: tuple(self._places()), then=self._have_places, failed=None)
            return
        self.result.show_text(_("Saving"), Tone.QUIET)
        self._tasks.run(
            lambda: recovery_sheet.save_sheet(sheet, place.folder),
            then=lambda path: self._saved(place, path.name),
            failed=self._failed,
        )

    @Slot()
    def print_sheet(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self.result.show_text(_("Printing"), Tone.QUIET)
        self._tasks.run(lambda: self._prints(sheet), then=self._printed, failed=self._failed)

    def _saved(self, place: SheetPlace, name: str) -> None:
        line = _("Saved: {name} in {place}").format(name=name, place=place.name)
        tail = "" if place.stick else " · " + _("print it, then delete the file")
        self.result.show_text(line + tail, Tone.GOOD)

    def _printed(self, printer: str) -> None:
        self.result.show_text(_("Sent to {printer}; look at the paper").format(printer=printer), Tone.GOOD)

    def _failed(self, error: CheckpointError) -> None:
        self.result.show_text(messages.words_for(error).plain, Tone.BAD)

    def _have_places(self, places: tuple[SheetPlace, ...]) -> None:
        chosen = self.where.currentText()
        self.where.clear()
        for place in places:
            self.where.addItem(place.name, place)
        self.where.setCurrentIndex(max(0, self.where.findText(chosen)) if places else -1)

    @Slot()
    def _typed(self) -> None:
        self._tell_typed()
        self.changed.emit()
        if self.typing and self.proven:
            self.whole.emit()

    @property
    def _most(self) -> int:
        return len(self._key.words) if self._key else 0

    def _back(self) -> setup_text.TypedBack:
        if self._key is None:
            return setup_text.TypedBack(0)
        return setup_text.typed_back(self.typed.toPlainText(), self._key)

    def _tell_typed(self) -> None:
        told = setup_text.typed_back_words(self._back(), most=self._most) if self._key else Told("")
        self.found.tell(told)

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        keys.setSpacing(16)
        keys.addWidget(self._where_field)
        for key in (self.save, self.print):
            stack = QVBoxLayout()
            stack.addStretch(1)
            stack.addWidget(key)
            keys.addLayout(stack)
        keys.addStretch(1)
        sheet = QVBoxLayout()
        sheet.addWidget(self.card)
        sheet.addLayout(keys)
        sheet.addWidget(self.result)
        back = QVBoxLayout()
        for widget in (self._typed_field, self.found, self._typed_about):
            back.addWidget(widget)
        for layout in (sheet, back):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(12)
            layout.addStretch(1)
            holder = QWidget()
            holder.setLayout(layout)
            self.pile.addWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pile)
