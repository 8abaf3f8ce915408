"""The shift page of headquarters: every station's desks today, and the way to what they wrote."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from checkpoint_app.domain.exchange import BUNDLE_RECEIVED
from checkpoint_app.i18n import _
from checkpoint_app.services import stations_today
from checkpoint_app.services.stations_today import DeskToday, StationsToday
from checkpoint_app.ui import station_text
from checkpoint_app.ui.list_page import ListPage
from checkpoint_app.ui.page_parts import Key, Shown
from checkpoint_app.ui.page_table import Sheet

ALL, TO_SEE_TO = 0, 1
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class StationsPage(ListPage[StationsToday]):
    """F1 or Enter shows what the chosen desk wrote, F5 the reports."""

    records_wanted = Signal(str)
    reports_wanted = Signal()
    shares = 874, 380

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.retranslate()

    def tab_words(self) -> Sequence[str]:
        wanting = sum(each.wants_care for each in self.found.desks) if self.found else 0
        care = _("To see to ({n})").format(n=wanting) if wanting else _("To see to")
        return _("All desks"), care

    def read(self) -> StationsToday:
        return stations_today.read_stations(self.desk)

    def show_found(self) -> None:
        self.tabs.show_tabs(self.tab_words(), self.tabs.place)
        super().show_found()

    @property
    def desks(self) -> tuple[DeskToday, ...]:
        """Those the list shows."""
        found = self.found.desks if self.found else ()
        return tuple(each for each in found if self.tabs.place == ALL or each.wants_care)

    def sheet(self) -> Sheet:
        return station_text.sheet(self.desks, now=self.desk.ledger.now())

    def counted(self) -> tuple[str, str]:
        return station_text.counted(self.found or StationsToday())

    def empty(self) -> str:
        if self.found and self.found.desks:
            return _("Every desk is heard of, and nothing is missing.")
        return _("No desk is enrolled here yet. Each brings its card: page Exchange, F6.")

    def chosen(self, row: int) -> DeskToday | None:
        return self.desks[row] if 0 <= row < len(self.desks) else None

    def told(self, row: int) -> Shown:
        chosen = self.chosen(row)
        if chosen is None:
            return Shown(_("Nothing is chosen"))
        return station_text.told(chosen, now=self.desk.ledger.now())

    def keys(self, row: int) -> Sequence[Key]:
        chosen = self.chosen(row)
        name = chosen.desk if chosen else ""
        return (
            Key(1, _("Its records"), lambda: self.records_wanted.emit(name), locked=chosen is None),
            Key(5, _("Reports"), self.reports_wanted.emit),
        )

    def ids(self) -> Sequence[str]:
        return [each.desk for each in self.desks]

    def concerns(self, kind: str) -> bool:
        return kind == BUNDLE_RECEIVED

    def place_of(self, about: str) -> tuple[int, int] | None:
        names = [each.desk for each in self.found.desks] if self.found else []
        return (ALL, names.index(about)) if about in names else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in ENTER and not event.isAutoRepeat():
            self.act(1)
        else:
            super().keyPressEvent(event)
