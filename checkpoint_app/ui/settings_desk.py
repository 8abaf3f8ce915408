"""What this desk is made of and whether its ledger is what was written; nothing is changed here."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.i18n import _
from checkpoint_app.ui import settings_text
from checkpoint_app.ui.form_parts import Note, card
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.setup_summary import key_words
from checkpoint_app.ui.shift_text import Proof
from checkpoint_app.ui.told import Told, Tone


class DeskSection(SetupStep):
    """Ledger, key and recovery sheet, each in one line."""

    def __init__(self, *, demo: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._demo = demo
        self._settings, self._proof = Settings(), Proof()
        self.ledger, self.key, self.sheet = Note(size=16), Note(size=16), Note(size=16)
        self.shared, self.demonstration = Note(size=16), Note(size=16)
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(16, 16, 16, 16)
        inner.setSpacing(14)
        for note in (self.ledger, self.key, self.sheet, self.shared, self.demonstration):
            inner.addWidget(note)
        self.demonstration.setVisible(demo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        column.addStretch(1)
        self.retranslate()

    def title(self) -> str:
        return _("Ledger and key")

    def about(self) -> str:
        return _("Every entry is checked again at each start, beside the work.")

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.retranslate()

    def show_proof(self, proof: Proof) -> None:
        """How far the ledger was checked."""
        self._proof = proof
        self.ledger.tell(settings_text.proof_told(proof))

    def retranslate(self) -> None:
        self.show_proof(self._proof)
        self.key.show_text(key_words(self._settings), Tone.QUIET, icon="key")
        self.sheet.tell(self._sheet())
        words = _("For another desk, without key and logins: checkpoint-app settings export FILE")
        self.shared.show_text(words, Tone.QUIET, icon="upload")
        words = _("Demonstration: its key lies open beside its data. Enter nothing real.")
        self.demonstration.show_text(words, Tone.WARN)

    def _sheet(self) -> Told:
        if self._settings.sheet_proved:
            return Told(_("Recovery sheet: typed back word by word"), Tone.GOOD)
        words = _("Recovery sheet not proved · Now: checkpoint-app recovery prove")
        return Told(words, Tone.WARN)
