"""Settings of this desk that the window itself needs: language, theme, text size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.i18n import _
from checkpoint_app.ui.shift_text import Proof

MARGIN = 24


class Segments(QWidget):
    """A label and a few choices in a row, one of them in use."""

    picked = Signal(str)

    def __init__(self, values: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel()
        self._label.setProperty("role", "strong")
        self._label.setMinimumWidth(140)
        self._buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._label)
        for value in values:
            button = QPushButton()
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.clicked.connect(partial(self._pick, value))
            group.addButton(button)
            row.addWidget(button)
            self._buttons[value] = button
        row.addStretch(1)

    def show_words(self, label: str, words: Sequence[str]) -> None:
        self._label.setText(label)
        for button, word in zip(self._buttons.values(), words, strict=True):
            button.setText(word)
            button.setAccessibleName(f"{label} {word}")

    def show_value(self, value: str) -> None:
        self._buttons[value].setChecked(True)

    def _pick(self, value: str, _checked: bool = False) -> None:
        self.picked.emit(value)


class SettingsPage(QWidget):
    """`wanted(settings)` when something was picked; `first_start_wanted` from the demonstration."""

    wanted = Signal(object)
    first_start_wanted = Signal()

    def __init__(self, *, demo: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._demo = demo
        self._settings = Settings()
        self._title, self._note, self._proof = QLabel(), QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._note.setProperty("role", "warn")
        self._proof.setProperty("role", "label")
        self.language = Segments(("zh_CN", "en"))
        self.theme = Segments(("day", "night", "contrast"))
        self.scale = Segments(("100", "115", "130"))
        self._set_up = QPushButton()
        self._set_up.setProperty("role", "primary")
        self._set_up.clicked.connect(self.first_start_wanted)
        self._set_up.setVisible(demo)
        self._note.setVisible(demo)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(16)
        parts = (self._title, self.language, self.theme, self.scale, self._proof, self._note, self._set_up)
        for part in parts:
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.language.picked.connect(lambda value: self._want(language=value))
        self.theme.picked.connect(lambda value: self._want(theme=value))
        self.scale.picked.connect(lambda value: self._want(scale=int(value)))
        self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1: from the demonstration to the first start; elsewhere there is nothing to confirm."""
        if event.key() == Qt.Key.Key_F1 and self._demo:
            self.first_start_wanted.emit()
            return
        super().keyPressEvent(event)

    def show_settings(self, settings: Settings, proof: Proof) -> None:
        self._settings = settings
        self.language.show_value(settings.language)
        self.theme.show_value(settings.theme)
        self.scale.show_value(str(settings.scale))
        self._proof.setText(_proof_words(proof))

    def retranslate(self) -> None:
        """Every word in the language in use."""
        self._title.setText(_("Settings"))
        self.language.show_words(_("Language"), ("中文", "English"))
        self.theme.show_words(_("Theme"), (_("Day"), _("Night"), _("High contrast")))
        self.scale.show_words(_("Text size"), ("100 %", "115 %", "130 %"))
        self._note.setText(_("Demonstration: its key lies open beside its data. Enter nothing real."))
        self._set_up.setText(_("F1  Set this computer up for work"))

    def _want(self, *, language: str = "", theme: str = "", scale: int = 0) -> None:
        self.wanted.emit(
            replace(
                self._settings,
                language=language or self._settings.language,
                theme=theme or self._settings.theme,
                scale=scale or self._settings.scale,
            )
        )


def _proof_words(proof: Proof) -> str:
    if proof.faults is None:
        return _("Ledger: {n} entries checked so far").format(n=f"{proof.done:,}")
    if proof.faults:
        return _("Ledger: {n} faults in {m} entries").format(n=proof.faults, m=f"{proof.done:,}")
    return _("Ledger: all {n} entries as they were written").format(n=f"{proof.done:,}")
