"""What headquarters is asked for in place of its list: which of two histories counts, what is published."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.domain.datasets import SetKind
from checkpoint_app.i18n import _
from checkpoint_app.storage.forks import ForkRow
from checkpoint_app.ui import hq_text, unanswered
from checkpoint_app.ui.exchange_text import set_name
from checkpoint_app.ui.field import DropDown, Field, Labelled
from checkpoint_app.ui.form_parts import Option, Segments, label
from checkpoint_app.ui.page_parts import Notes
from checkpoint_app.ui.record_forms import Form
from checkpoint_app.ui.record_keys import SmallKey

LEAST_CONTENT, MOST_DAYS = 96, 3_650


class SettleForm(Form):
    """Both sides below each other; which one counts, and why."""

    def __init__(self) -> None:
        super().__init__()
        self.fork: ForkRow | None = None
        self.sides, self.choice = Notes(), Segments()
        self._choice = Labelled("", self.choice)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 8, 4, 0)
        inside.setSpacing(12)
        inside.addWidget(self.sides)
        inside.addWidget(self._choice)
        inside.addStretch(1)

    @property
    def trusted(self) -> str:
        """The hash of the side that was chosen, "" before."""
        return self.choice.value

    def show_fork(self, fork: ForkRow, *, name: str, now: int) -> None:
        self.fork = fork
        self.ask(hq_text.fork_title(fork, name=name), hq_text.fork_about(fork), main=_("Settle"))
        self.main.set_word(_("Settle"), locked=fork.ours)
        lines = [
            line
            for place, side in enumerate(fork.sides)
            for line in hq_text.side_lines(side, place=place, kind=unanswered.kind_name(side.kind), now=now)
        ]
        self.sides.tell(lines)
        self._choice.set_label(_("This history counts"))
        self.choice.setAccessibleName(_("This history counts"))
        options = [Option(side.hash, hq_text.side_word(place)) for place, side in enumerate(fork.sides)]
        self.choice.show_options(options, value="")
        for part in (self._choice, self.reason):
            part.setVisible(not fork.ours)


class PublishForm(Form):
    """A directive: its kind, name, order number, how long it holds, its content as text or from a file."""

    def __init__(self) -> None:
        super().__init__()
        self.kind, self.name, self.number = DropDown(), Field(""), Field("")
        self.days, self.content = Field(""), QPlainTextEdit()
        self.file = SmallKey("F3")
        self._kind, self._content = Labelled("", self.kind), label("label")
        self.content.setTabChangesFocus(True)
        self.content.setMinimumHeight(LEAST_CONTENT)
        self.content.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.days.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        grid = QGridLayout(self.body)
        grid.setContentsMargins(0, 4, 4, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        parts: tuple[tuple[QWidget, int, int, int], ...] = (
            (self._kind, 0, 0, 1),
            (self.name, 0, 1, 1),
            (self.number, 1, 0, 1),
            (self.days, 1, 1, 1),
            (self._content, 2, 0, 2),
            (self.content, 3, 0, 2),
            (self.file, 4, 0, 2),
        )
        for part, row, column, wide in parts:
            grid.addWidget(part, row, column, 1, wide)
        grid.setRowStretch(3, 1)
        grid.setAlignment(self.file, Qt.AlignmentFlag.AlignLeft)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.kind.currentIndexChanged.connect(lambda _place: self._kind_chosen())

    @property
    def told_kind(self) -> SetKind:
        return SetKind(self.kind.currentData())

    @property
    def told_name(self) -> str:
        return self.name.value.strip() or self.told_kind.value

    def until(self, now: int) -> int | None:
        """The end of the last day it holds, ms UTC; None for no end and for what is no number."""
        text = self.days.value.strip()
        if not (text.isdecimal() and 0 < int(text) <= MOST_DAYS):
            return None
        last = datetime.fromtimestamp(now / 1000).astimezone() + timedelta(days=int(text))
        return int(last.replace(hour=23, minute=59, second=59, microsecond=0).timestamp() * 1000)

    def begin(self) -> None:
        """Empty, for the next directive."""
        about = _("Goes down with the next bundle; each station sees the difference before it adopts it.")
        self.ask(_("Publish a directive"), about, main=_("Publish"))
        self.reason.hide()
        words = (
            (self._kind, _("What it is")),
            (self.name, _("Name; again: next version")),
            (self.number, _("Order number")),
            (self.days, _("Days it holds, empty: no end")),
        )
        for part, word in words:
            part.set_label(word)
        self._content.setText(_("Content"))
        self.content.setAccessibleName(_("Content"))
        self.file.set_word(_("Content from a file"))
        for field in (self.name, self.number, self.days):
            field.set_value("")
        self.content.clear()
        self.kind.clear()
        for kind in SetKind:
            self.kind.addItem(set_name(kind.value), kind.value)
        self._kind_chosen()

    def _kind_chosen(self) -> None:
        """Without a name of its own a set has that of its kind, which every station shows in its language."""
        self.name.set_hint(self.kind.currentText())
