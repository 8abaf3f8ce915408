"""The shift: opened by group, lead and officers, shown with its totals, closed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.rows import ShiftRow, ShiftTotals
from checkpoint_app.ui import messages, said, shift_text
from checkpoint_app.ui.counters import Counters
from checkpoint_app.ui.field import Field
from checkpoint_app.ui.form_keys import FormKeys
from checkpoint_app.ui.key_filter import KeyTarget
from checkpoint_app.ui.notice_card import NoticeCard
from checkpoint_app.ui.tasks import Tasks

MARGIN = 24
WIDTH = 860
SURE_FOR_MS = 6_000
_BETWEEN = re.compile(r"[\s,，、;；/]+")


class ShiftPage(QWidget):
    """`changed` after a shift was opened or closed; `shift` is the open one."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        *,
        waiting: Callable[[], int],
        before_close: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._desk, self._tasks, self._waiting, self._before_close = desk, tasks, waiting, before_close
        self.shift: ShiftRow | None = None
        self._totals: ShiftTotals | None = None
        self._sure = False
        self.title, self._under = QLabel(), QLabel()
        self.title.setProperty("role", "title")
        self._under.setProperty("role", "label")
        self.group, self.lead, self.officers = Field(""), Field(""), Field("")
        self.notice = NoticeCard()
        self.notice.hide()
        self._form, self._facts, self._counters = QFrame(), QLabel(), Counters()
        self.main = QPushButton()
        self.main.setProperty("role", "primary")
        self.main.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.main.clicked.connect(self.act)
        self._sure_timer = QTimer(self)
        self._sure_timer.setSingleShot(True)
        self._sure_timer.timeout.connect(self._unsure)
        self._lay_out()
        self.retranslate()

    def keys_for(self, lane: KeyTarget) -> FormKeys:
        return FormKeys(main=self.act, scanned=lane.scanned)

    def reload(self) -> None:
        """Reads the open shift and its totals in another thread."""
        self._tasks.run(self._read, then=self._have_read, failed=self._refused)

    def retranslate(self) -> None:
        """Every word in the language in use."""
        self.group.set_label(_("Group"))
        self.lead.set_label(_("Lead"))
        self.officers.set_label(_("Officers, a comma between names"))
        self.group.set_hint(_("e.g. Group 3"))
        self.refresh()

    def refresh(self) -> None:
        shift = self.shift
        self._form.setVisible(shift is None)
        self._facts.setVisible(shift is not None)
        self._counters.setVisible(shift is not None)
        if shift is None:
            self.title.setText(_("Open a shift"))
            self._under.setText(_("Every vehicle belongs to a shift. Names stay on this computer."))
            self.main.setText(_("F1  Open the shift"))
            return
        self.title.setText(shift_text.shift_name(shift))
        self._under.setText(_("Shift {name}").format(name=shift.shift))
        self._facts.setText(self._people(shift))
        self._counters.show_counters(
            shift_text.counters(self._totals, None), shift_text.seen_only(self._totals)
        )
        close = _("F1  Close the shift and seal it")
        self.main.setText(_("F1 again: close now") if self._sure else close)

    @Slot()
    def act(self) -> None:
        """F1: opens the shift, or closes it when pressed twice."""
        self.notice.hide()
        if self.shift is None:
            self._open()
        elif not self._sure:
            self._sure = True
            self._sure_timer.start(SURE_FOR_MS)
            self.refresh()
        else:
            self._unsure()
            self._close()

    def _open(self) -> None:
        officers = tuple(name for name in _BETWEEN.split(self.officers.value) if name)
        zone = time.localtime().tm_gmtoff // 60
        ask = partial(
            self._desk.duty.open,
            group=self.group.value,
            lead=self.lead.value,
            officers=officers,
            zone=zone,
        )
        self._write(ask)

    def _close(self) -> None:
        self._before_close()
        self._write(partial(self._desk.duty.close, waiting=self._waiting(), by=self._desk.by))

    def _write(self, ask: Callable[[], Future[Any]]) -> None:
        """Asks and waits for the ledger in another thread; what was written is read back from it."""

        def done() -> tuple[ShiftRow | None, ShiftTotals | None]:
            ask().result()
            return self._read()

        self._tasks.run(done, then=self._written, failed=self._refused)

    def _read(self) -> tuple[ShiftRow | None, ShiftTotals | None]:
        shift = self._desk.duty.current()
        return shift, self._desk.duty.totals(shift.shift) if shift else None

    def _have_read(self, found: tuple[ShiftRow | None, ShiftTotals | None]) -> None:
        self.shift, self._totals = found
        self.refresh()
        if self.shift is None and self.isVisible():
            self.group.edit.setFocus()

    def _written(self, found: tuple[ShiftRow | None, ShiftTotals | None]) -> None:
        self._have_read(found)
        for field in (self.group, self.lead, self.officers):
            field.set_value("")
        self.changed.emit()

    def _refused(self, error: CheckpointError) -> None:
        self.notice.show_words(messages.words_for(error))
        self.notice.show()

    @Slot()
    def _unsure(self) -> None:
        self._sure = False
        self._sure_timer.stop()
        self.refresh()

    def _people(self, shift: ShiftRow) -> str:
        lead = mask_name(shift.officers.get(shift.lead, shift.lead))
        names = "、".join(mask_name(name) for number, name in shift.officers.items() if number != shift.lead)
        lines = [_("Lead: {name}").format(name=lead), _("Officers: {names}").format(names=names)]
        lines.append(_("Opened at {time}").format(time=said.time_of_day(shift.opened)))
        return "\n".join(lines)

    def _lay_out(self) -> None:
        form = QGridLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(12)
        form.addWidget(self.group, 0, 0)
        form.addWidget(self.lead, 0, 1)
        form.addWidget(self.officers, 1, 0, 1, 2)
        inner = QWidget()
        inner.setFixedWidth(WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(16)
        for part in (self.title, self._under, self._form, self._facts, self._counters, self.notice):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.addWidget(self.main)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inner)
        outer.addStretch(1)
