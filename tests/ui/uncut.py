"""Asks a whole page of ordinary and painted widgets what a person would see cut off."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget

from checkpoint_app.ui import lettering, theme
from checkpoint_app.ui.field import ARROW, TEXT_LEFT, ValueEdit
from checkpoint_app.ui.form_parts import Note
from tests.ui.recorder import Recorder


def cut_words(page: QWidget, recorder: Recorder, *, width: int, height: int) -> list[str]:
    """Every text that does not fit where it stands, at exactly this size of the page."""
    page.resize(width, height)
    QApplication.processEvents()  # a page lays itself out when it is told so, not at once
    recorder.grab(page, width=width, height=height)
    found = [f"painted: {text}" for text in recorder.cut]
    if (page.width(), page.height()) != (width, height):
        found.append(f"page needs {page.minimumSizeHint().width()}×{page.minimumSizeHint().height()}")
    seen = (widget for widget in page.findChildren(QWidget) if widget.isVisibleTo(page) and widget.width())
    return [*found, *filter(None, (_flaw(widget, page) for widget in seen))]


def _flaw(widget: QWidget, page: QWidget) -> str:
    if isinstance(widget, QLabel) and widget.text():
        need = QFontMetricsF(widget.font()).horizontalAdvance(widget.text())
        if need > widget.width() + 0.5 and not widget.wordWrap():
            return f"label: {widget.text()}"
    if isinstance(widget, QLabel | Note) and not _inside(widget, page):
        return f"outside: {widget.text() if isinstance(widget, QLabel) else widget.text}"
    if isinstance(widget, Note) and widget.heightForWidth(widget.width()) > widget.height():
        return f"note: {widget.text}"
    if isinstance(widget, ValueEdit) and not widget.text():
        need = lettering.width(widget.hint, lettering.font(theme.look().px(22)))
        return f"hint: {widget.hint}" if need > widget.width() - TEXT_LEFT - 16 else ""
    if isinstance(widget, QComboBox):
        need = QFontMetricsF(widget.font()).horizontalAdvance(widget.currentText())
        room = widget.width() - 2 * TEXT_LEFT - ARROW
        return f"list: {widget.currentText()}" if need > room else ""
    if isinstance(widget, QLineEdit) and not _inside(widget, page):
        return f"field outside: {widget.accessibleName()}"
    return ""


def _inside(widget: QWidget, page: QWidget) -> bool:
    corner = widget.mapTo(page, widget.rect().bottomRight())
    return page.rect().contains(corner)
