"""Right of the list: the selected line in full, the note, the count of an article, the two big keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checkpoint_app.i18n import _
from checkpoint_app.ui import handover_text, icons, lettering
from checkpoint_app.ui.field import Field, Labelled
from checkpoint_app.ui.form_parts import ENTER, FootKey, Note
from checkpoint_app.ui.handover_text import Row
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, look

KEY, CHIP, NOTE, COUNT_WIDTH, LEAST_NOTE = 64, 26, 84, 130, 64
LABEL, FACT, SIDE = 84, 31, 10
MOST_NOTE, MOST_DIGITS = 300, 6
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class BigKey(FootKey):
    """A decision: 64 px high, half of the card."""

    def __init__(self, cap: str, *, primary: bool = False) -> None:
        super().__init__(cap, primary=primary)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), KEY)

    @property
    def _face(self) -> QFont:
        return lettering.font(look().px(22), bold=True)


class NoteEdit(QPlainTextEdit):
    """Shift+Enter is a new line; Enter and the arrows belong to the list. `stepped(n)`, `entered()`."""

    stepped = Signal(int)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.stepped.emit(step)
        elif event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        elif len(self.toPlainText()) >= MOST_NOTE and event.text().isprintable() and event.text():
            event.accept()
        else:
            super().keyPressEvent(event)


class FactLines(Painted):
    """Label and value, a value on as many lines as it needs; what has no room is said in the last line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        return self._rows

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        self._rows = tuple(rows)
        self.setAccessibleName("；".join(f"{label} {value}" for label, value in rows))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, look().px(FACT) * 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, size = look().theme, look().px(16)
        step, left = self._step(), self._label_width()
        plain = lettering.font(size)
        y = 0.0
        with painting(self) as painter:
            for place, (label, value) in enumerate(self._rows):
                lines = lettering.wrapped(value, plain, self.width() - left) or ("",)
                rest = len(self._rows) - place
                if y + len(lines) * step > self.height() - (step if rest > 1 else 0):
                    more = _("{n} more").format(n=rest)
                    lettering.draw(
                        painter, more, face=plain, rect=QRectF(left, y, 200, step), colour=theme.ink3
                    )
                    break
                face = lettering.fitted(label, size=size, least=SMALLEST, space=left - 8)
                box = QRectF(0, y, left - 8, step)
                lettering.draw(painter, label, face=face, rect=box, colour=theme.ink2)
                for line in lines:
                    box = QRectF(left, y, self.width() - left, step)
                    lettering.draw(painter, line, face=plain, rect=box, colour=theme.ink)
                    y += step

    def _step(self) -> float:
        """Closer together when there are many rows."""
        wanted = look().px(FACT)
        return max(look().px(22), min(wanted, self.height() / max(1, len(self._rows) + 1)))

    def _label_width(self) -> float:
        face = lettering.font(look().px(16))
        widest = max((lettering.width(label, face) for label, _value in self._rows), default=0)
        return min(max(look().px(LABEL), widest + 14), self.width() * 0.42)


class LineChips(Painted):
    """Which line of the list, and of which part."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: Row | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, row: Row | None) -> None:
        self._row = row
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, look().px(CHIP))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        row, theme = self._row, look().theme
        if row is None:
            return
        face, tall = lettering.font(max(SMALLEST, look().px(14))), self.height()
        with painting(self) as painter:
            words = _("Line {n}").format(n=row.number)
            width = lettering.width(words, face) + 2 * SIDE
            draw_box(painter, QRectF(0, 0, width, tall), border=theme.edge, width=1)
            lettering.draw_at(painter, words, face=face, x=SIDE, centre=tall / 2, colour=theme.ink)
            left, part = width + SIDE, handover_text.part_word(row.part)
            size = look().px(18)
            width = lettering.width(part, face) + 2 * SIDE + size + 6
            draw_box(painter, QRectF(left, 0, width, tall), fill=theme.sunken, border=theme.edge, width=1)
            icon = handover_text.PART_ICONS[row.part]
            icons.draw(painter, icon, x=left + SIDE, centre=tall / 2, size=size, colour=theme.ink2)
            x = left + SIDE + size + 6
            lettering.draw_at(painter, part, face=face, x=x, centre=tall / 2, colour=theme.ink)


class LineCard(QFrame):
    """What stands in note and count belongs to the line that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.chips, self.title, self.facts = LineChips(), Note(size=26, bold=True), FactLines()
        self.note, self.count = NoteEdit(), Field("", width=COUNT_WIDTH)
        self.note_field = Labelled("", self.note)
        self.accept, self.query = BigKey("F1", primary=True), BigKey("F2")
        self.count.edit.setMaxLength(MOST_DIGITS)
        self.count.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.note.setFixedHeight(NOTE)
        self._row: Row | None = None
        self._lay_out()

    @property
    def row(self) -> Row | None:
        return self._row

    @property
    def said(self) -> str:
        return self.note.toPlainText().strip()

    @property
    def counted(self) -> int | None:
        """Articles found; None without a number."""
        text = self.count.value.strip()
        return int(text) if text.isdecimal() and text.isascii() else None

    def show_row(self, row: Row | None, *, note: str, count: str) -> None:
        """Another line, with what was typed for it before."""
        self._row = row
        self.chips.show_row(row)
        self.title.show_text(row.title if row else "")
        self.facts.show_rows(row.rows if row else ())
        if note != self.note.toPlainText():
            self.note.setPlainText(note)
        self.count.set_value(count)
        self.count.setVisible(row is not None and row.article)

    def retranslate(self) -> None:
        self.note_field.set_label(_("Doubt or note, on the sheet"))
        self.count.set_label(_("Articles found"))
        self.accept.set_word(_("Accept"), locked=self.accept.locked)
        self.query.set_word(_("In doubt"), locked=self.query.locked)
        self.chips.update()

    def type(self, text: str) -> None:
        """What was typed in the list goes where it belongs: digits of an article to its count."""
        digits = self._row is not None and self._row.article and text.isdecimal()
        target: QLineEdit | QPlainTextEdit = self.count.edit if digits else self.note
        target.setFocus()
        if isinstance(target, QLineEdit):
            target.insert(text)
        else:
            target.insertPlainText(text)

    def _lay_out(self) -> None:
        inputs = QHBoxLayout()
        inputs.setSpacing(12)
        inputs.addWidget(self.note_field, 1)
        inputs.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        keys = QHBoxLayout()
        keys.setSpacing(10)
        keys.addWidget(self.accept, 1)
        keys.addWidget(self.query, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addWidget(self.title)
        column.addWidget(self.facts, 1)
        column.addLayout(inputs)
        column.addSpacing(4)
        column.addLayout(keys)
