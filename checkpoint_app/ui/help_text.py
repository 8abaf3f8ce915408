"""The help as it is read: topics of a language, with keys as caps and pictures as wide as the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from checkpoint_app import config
from checkpoint_app.ui import lettering
from checkpoint_app.ui.theme import FAMILY, look

FOLDER = "help"
WIDEST = 760
MARGIN, APART, LINE_HEIGHT = 8, 6, 110
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Topic:
    title: str
    text: str


def topics(language: str) -> tuple[Topic, ...]:
    """In the order of the file, which is Markdown with one first heading for each."""
    whole = config.resource(f"{FOLDER}/{language}.md").read_text(encoding="utf-8")
    parts = _HEADING.split(whole)[1:]
    return tuple(Topic(title, text.strip()) for title, text in zip(parts[::2], parts[1::2], strict=True))


class HelpText(QTextBrowser):
    """`digit(n)` for a digit, which chooses a topic; other keys scroll."""

    digit = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_topic(self, topic: Topic) -> None:
        """From its beginning, in the look that is in use."""
        document = self.document()
        document.setDocumentMargin(MARGIN)
        document.setDefaultFont(lettering.font(look().px(16)))
        self.setMarkdown(f"# {topic.title}\n\n{topic.text}")
        _dress(document)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Pictures lie beside the text; they are made as wide as there is room."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        path = config.resource(f"{FOLDER}/{QUrl(name).fileName()}")
        room = min(WIDEST, self.viewport().width() - 4 * MARGIN)
        picture = QImage(str(path))
        width = min(max(room, 200), picture.width())
        return picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.digit.emit(int(event.text()))
            return
        super().keyPressEvent(event)


def _dress(document: QTextDocument) -> None:
    """Keys look like caps, lines stand apart, tables have no borders."""
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            shape = frame.format()
            shape.setBorder(0)
            shape.setCellPadding(3)
            shape.setCellSpacing(0)
            frame.setFormat(shape)
    block = document.begin()
    while block.isValid():
        _space(block)
        for place in block.textFormats():
            if place.format.fontFixedPitch() or "mono" in "".join(place.format.fontFamilies() or ()).lower():
                _cap(document, block.position() + place.start, place.length)
        block = block.next()


def _space(block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    shape = cursor.blockFormat()
    if not cursor.currentTable():
        shape.setBottomMargin(max(shape.bottomMargin(), APART))
    shape.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(shape)


def _cap(document: QTextDocument, start: int, length: int) -> None:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    shape = QTextCharFormat()
    shape.setFontFamilies([FAMILY])
    shape.setFontFixedPitch(False)
    shape.setFontWeight(700)
    shape.setBackground(QColor(look().theme.sunken))
    shape.setForeground(QColor(look().theme.ink))
    cursor.mergeCharFormat(shape)
