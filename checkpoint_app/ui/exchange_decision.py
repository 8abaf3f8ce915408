"""A card that waits for a decision: a data set to adopt, or what a bundle would change before it is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.ui.exchange_parts import Deed, DeedKey
from checkpoint_app.ui.form_parts import Note, label
from checkpoint_app.ui.page_parts import Notes
from checkpoint_app.ui.record_detail import Rule
from checkpoint_app.ui.told import Told, Tone

EDGE, PAD, KEYS = 14, 14, 3
WAITS, FAILED, DONE = "stale", "alarm", "card"


class DecisionCard(QWidget):
    """Title, lines, at most three keys; keeps a margin around itself in a list."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.about, self.lines = label("strong"), Note(size=14), Notes()
        self.keys = tuple(DeedKey(height=44) for _each in range(KEYS))
        self._frame = frame = QFrame()
        frame.setProperty("role", WAITS)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        for key in self.keys:
            keys.addWidget(key)
        keys.addStretch(1)
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(PAD, 12, PAD, 12)
        inner.setSpacing(8)
        for part in (self.title, self.about, self.lines):
            inner.addWidget(part)
        inner.addLayout(keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        around = QVBoxLayout()
        around.setContentsMargins(EDGE, 12, EDGE, 14)
        around.addWidget(frame)
        column.addLayout(around)
        column.addWidget(Rule())
        self.hide()

    @property
    def text(self) -> str:
        """Everything it says, for tests and a screen reader."""
        return "\n".join(part for part in (self.title.text(), self.about.text, self.lines.text) if part)

    def show_card(
        self, title: str, about: str, lines: Sequence[Told], deeds: Sequence[Deed], *, role: str = WAITS
    ) -> None:
        self._dress(role)
        self.title.setText(title)
        self.about.show_text(about, Tone.PLAIN)
        self.about.setVisible(bool(about))
        self.lines.tell(lines)
        self.lines.setVisible(bool(lines))
        for key, deed in zip(self.keys, (*deeds, *[None] * KEYS), strict=False):
            key.show_deed(deed)
        self.setAccessibleName(self.text)

    def _dress(self, role: str) -> None:
        if self._frame.property("role") != role:
            self._frame.setProperty("role", role)
            self._frame.style().unpolish(self._frame)
            self._frame.style().polish(self._frame)
