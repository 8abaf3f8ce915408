"""Words in a bordered card: what happened, what it means, what to do now, and a code for the telephone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from checkpoint_app.ui import icons
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.theme import look

ICON = 30


class NoticeCard(QFrame):
    """Red by default; `role` "stale" is the amber one."""

    def __init__(
        self, parent: QWidget | None = None, *, role: str = "alarm", icon: str = "alert-triangle"
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self._icon_name, self._role = icon, role
        self._icon, self._title, self._rest, self._code = QLabel(), QLabel(), QLabel(), QLabel()
        self._title.setProperty("role", "heading")
        self._code.setProperty("role", "hint")
        self._rest.setWordWrap(True)
        for label in (self._title, self._rest, self._code):
            label.setTextFormat(Qt.TextFormat.PlainText)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._rest)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(14)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._code)

    @property
    def text(self) -> str:
        return " ".join((self._title.text(), self._rest.text(), self._code.text())).strip()

    def show_words(self, words: Words) -> None:
        theme = look().theme
        colour = theme.warn if self._role == "stale" else theme.bad
        self._icon.setPixmap(icons.pixmap(self._icon_name, colour, ICON))
        self._title.setText(words.title)
        rest = " · ".join(part for part in (words.meaning, words.now_line) if part)
        self._rest.setText(rest.replace("[", "").replace("]", ""))
        self._code.setText(words.code)
        self.setAccessibleName(words.plain)
