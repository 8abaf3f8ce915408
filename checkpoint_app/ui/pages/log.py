"""The log page: notes, orders, incidents with their clocks, visits, open matters of the shift."""

from __future__ import annotations

from collections.abc import Sequence

from checkpoint_app.domain.affairs import FAMILY_OF, Family
from checkpoint_app.domain.logbook import Incident, Matter
from checkpoint_app.i18n import _
from checkpoint_app.storage import logbook, queries
from checkpoint_app.ui import log_text
from checkpoint_app.ui.list_page import ListPage
from checkpoint_app.ui.log_acts import LogActs
from checkpoint_app.ui.log_text import Affair, LogFound, Tab
from checkpoint_app.ui.page_parts import Key, Shown
from checkpoint_app.ui.page_table import Sheet
from checkpoint_app.ui.told import Told, Tone

FAMILIES = frozenset({Family.NOTE, Family.ORDER, Family.INCIDENT, Family.VISIT, Family.MATTER})
KINDS = (Tab.NOTES, Tab.ORDERS, Tab.INCIDENTS, Tab.VISITS, Tab.MATTERS)


class LogPage(ListPage[LogFound]):
    """Digits choose the kind shown; behind F1 the same ones say what is new."""

    def __init__(self, *given: object, **named: object) -> None:
        self.choosing = False
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self._acts = LogActs(self)
        self.retranslate()

    @property
    def tab(self) -> Tab:
        return Tab(self.tabs.place)

    @property
    def now(self) -> int:
        return self.desk.ledger.now()

    def tab_words(self) -> Sequence[str]:
        return log_text.tab_words()

    def read(self) -> LogFound:
        by, now = self.desk.by, self.now
        with self.desk.ledger.reader() as reader:
            desk = self.desk.ledger.head().desk
            log = logbook.of_shift(reader, by.shift)
            told: list[Affair] = [*log.notes, *log.visits, *log.orders, *log.incidents, *log.matters]
            told += logbook.orders_in_force(reader, desk, now)
            told += logbook.incidents(reader, desk)
            told += logbook.matters(reader, desk)
            names = queries.officer_names(reader)
        known = {each.id: each for each in told}
        return LogFound(log_text.sort(tuple(known.values()), now=now), names, by.officer)

    def chosen(self, row: int) -> Affair | None:
        affairs = self._affairs
        return affairs[row] if 0 <= row < len(affairs) else None

    @property
    def _affairs(self) -> Sequence[Affair]:
        return self.found.of(self.tab) if self.found else ()

    def sheet(self) -> Sheet:
        return log_text.sheet(self._affairs, now=self.now)

    def counted(self) -> tuple[str, str]:
        affairs, now = self._affairs, self.now
        late = sum(isinstance(each, Incident | Matter) and each.overdue(now) for each in affairs)
        waiting = sum(log_text.is_open(each, now=now) for each in affairs)
        about = _("{n} open").format(n=waiting)
        about += _(", {n} overdue").format(n=late) if late else ""
        return _("{n} in all").format(n=len(affairs)), about

    def empty(self) -> str:
        return {
            Tab.ALL: _("Nothing is written down in this shift yet. Press F1 to begin."),
            Tab.NOTES: _("No notes in this shift yet. Press F1 for a new one."),
            Tab.ORDERS: _("No orders from above in force. Press F1 when one comes."),
            Tab.INCIDENTS: _("No incidents in this shift. Press F1 when something happens."),
            Tab.VISITS: _("No visits in this shift. Press F1 when a supervisor comes."),
            Tab.MATTERS: _("No open matters. Press F1 for a new one."),
        }[self.tab]

    def told(self, row: int) -> Shown:
        if self.choosing:
            return self._choices()
        affair = self.chosen(row)
        if affair is None or self.found is None:
            return Shown(_("Nothing is chosen"))
        return log_text.told(affair, self.found, now=self.now)

    def keys(self, row: int) -> Sequence[Key]:
        new = _("New") if self.tab is Tab.ALL else _new_word(self.tab)
        first = Key(1, new, self._begin, locked=self.choosing)
        affair = self.chosen(row)
        if affair is None or self.choosing:
            return (first,)
        return (first, *self._acts.keys(affair))

    def turn_to(self, tab: int) -> None:
        if not self.choosing:
            super().turn_to(tab)
        elif tab in KINDS:
            self._choose(choosing=False)
            self._acts.begin(Tab(tab))

    def leave(self) -> bool:
        if self.choosing:
            self._choose(choosing=False)
            return True
        return super().leave()

    def ids(self) -> Sequence[str]:
        return [each.id for each in self._affairs]

    def concerns(self, kind: str) -> bool:
        return FAMILY_OF.get(kind) in FAMILIES or kind.startswith("shift_")

    def place_of(self, about: str) -> tuple[int, int] | None:
        ids = [each.id for each in self.found.of(Tab.ALL)] if self.found else []
        return (Tab.ALL, ids.index(about)) if about in ids else None

    def hideEvent(self, event: object) -> None:
        self.choosing = False
        super().hideEvent(event)  # type: ignore[arg-type]

    def _begin(self) -> None:
        if self.tab is Tab.ALL:
            self._choose(choosing=True)
        else:
            self._acts.begin(self.tab)

    def _choose(self, *, choosing: bool) -> None:
        self.choosing = choosing
        self._show_chosen()

    def _choices(self) -> Shown:
        words = [Told(f"{kind + 1}   {log_text.kind_word(kind)}", Tone.PLAIN) for kind in KINDS]
        return Shown(_("What is new?"), _("Press its digit, as above the list"), notes=tuple(words))


def _new_word(tab: Tab) -> str:
    return {
        Tab.NOTES: _("New note"),
        Tab.ORDERS: _("New order"),
        Tab.INCIDENTS: _("New incident"),
        Tab.VISITS: _("New visit"),
        Tab.MATTERS: _("New matter"),
    }[tab]
