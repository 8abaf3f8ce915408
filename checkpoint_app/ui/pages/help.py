"""Help on the page: nine topics, each behind a digit."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from checkpoint_app import i18n
from checkpoint_app.i18n import _
from checkpoint_app.ui.help_text import HelpText, Topic, topics
from checkpoint_app.ui.theme import look

MARGIN, GAP = 12, 8
TOPICS = 9
LIST_WIDTH = 270


class HelpPage(QWidget):
    """`left` when the reader goes back to the lane."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._topics: tuple[Topic, ...] = ()
        self._current = 0
        self.text = HelpText()
        self.text.digit.connect(self.choose)
        self._group = QButtonGroup(self)
        self._buttons = [self._button(place) for place in range(TOPICS)]
        self._foot = QLabel()
        self._foot.setProperty("role", "label")
        self._foot.setWordWrap(True)
        side = QVBoxLayout()
        side.setSpacing(GAP)
        for button in self._buttons:
            side.addWidget(button)
        side.addStretch(1)
        side.addWidget(self._foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        row.setSpacing(MARGIN)
        row.addLayout(side)
        row.addWidget(self.text, 1)
        self.setFocusProxy(self.text)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word in the language in use."""
        self._topics = topics(i18n.language())
        for place, (button, topic) in enumerate(zip(self._buttons, self._topics, strict=True), 1):
            button.setText(f"{place}  {topic.title}")
        self._foot.setText(
            _("A digit chooses, the arrows scroll. [F1] back to the lane").replace("[", "").replace("]", "")
        )
        self.text.setAccessibleName(_("Help"))
        self._fit()
        self.show_topic()

    def shown(self) -> None:
        """The page has come to the front."""
        self.text.setFocus()
        self.show_topic()

    @Slot(int)
    def choose(self, number: int) -> None:
        """The topic with that number, from 1; others are no topics."""
        if 1 <= number <= len(self._topics):
            self._current = number - 1
            self.show_topic()

    def show_topic(self) -> None:
        self._buttons[self._current].setChecked(True)
        self.text.show_topic(self._topics[self._current])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_F1, Qt.Key.Key_Escape}:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._topics:
            self._fit()
            self.show_topic()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.show_topic()

    def _fit(self) -> None:
        """The list is as wide as the size of the text asks for."""
        for part in (*self._buttons, self._foot):
            part.setFixedWidth(round(LIST_WIDTH * look().scale / 100))

    def _button(self, place: int) -> QPushButton:
        button = QPushButton()
        button.setProperty("role", "segment")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(partial(self._chosen, place + 1))
        self._group.addButton(button)
        return button

    def _chosen(self, number: int, _checked: bool = False) -> None:
        self.choose(number)
        self.text.setFocus()
