"""The desks, the gaps and the list of headquarters' exchange page: what stands in them and what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from checkpoint_app.i18n import _
from checkpoint_app.services.collation import DeskStanding
from checkpoint_app.storage.forks import ForkRow
from checkpoint_app.storage.spans import Gap
from checkpoint_app.ui import hq_text
from checkpoint_app.ui.exchange_parts import Deed, Item
from checkpoint_app.ui.hq_body import HqBody
from checkpoint_app.ui.hq_found import Overview, Row
from checkpoint_app.ui.hq_streams import SendingDown, TakingUp


class HqLists:
    """`ask(gap)` and `decide()` are what their keys do; `read`: something was read at all."""

    def __init__(
        self,
        body: HqBody,
        sending: SendingDown,
        taking: TakingUp,
        *,
        ask: Callable[[Gap], None],
        decide: Callable[[], None],
    ) -> None:
        self._body, self._sending, self._taking = body, sending, taking
        self._ask, self._decide = ask, decide
        self.desks, self.gaps, self.came = body.desks, body.gaps, body.came
        self.found, self.read = Overview(), False

    @property
    def desk(self) -> DeskStanding | None:
        """The chosen one."""
        place = self.desks.table.place[0]
        return self.found.desks[place] if place < len(self.found.desks) else None

    @property
    def all_gaps(self) -> tuple[Gap, ...]:
        """Those of the chosen desk first."""
        return tuple(self.found.gaps_of(self.desk.desk if self.desk else ""))

    @property
    def gap(self) -> Gap | None:
        """The chosen one."""
        row = self.gaps.list.row
        return self.all_gaps[row] if row < len(self.all_gaps) else None

    @property
    def row(self) -> Row | None:
        """The chosen one of what came in."""
        row = self.came.list.row
        return self.found.rows[row] if row < len(self.found.rows) else None

    @property
    def gap_first(self) -> bool:
        """Whether F1 asks for the chosen gap."""
        return self._free and self.gaps.list.hasFocus() and self.gap is not None

    @property
    def fork_first(self) -> bool:
        """Whether F1 opens the chosen fork."""
        return self._free and self.came.list.hasFocus() and isinstance(self.row, ForkRow)

    @property
    def _free(self) -> bool:
        """Whether nothing is asked in place of the lists."""
        return not (self._taking.open or self._sending.covered())

    def name_of(self, desk: str) -> str:
        return self.found.exchange.names.get(desk, desk)

    def show(self, *, now: int) -> None:
        self._show_desks(now)
        self._show_gaps(now)
        self._show_rows(now)

    def _show_desks(self, now: int) -> None:
        self.desks.head.show_words(_("Stations and desks"), hq_text.watched(self.found.folder))
        empty = _("Desks stand here once their cards were scanned: F6.") if self.read else ""
        self.desks.show_sheet(hq_text.desk_sheet(self.found, now=now), empty=empty)

    def _show_gaps(self, now: int) -> None:
        title, gaps = _("Gaps"), self.all_gaps
        self.gaps.head.show_words(
            f"{title} · {len(gaps)}" if gaps else title, _("Numbers that were sealed and are not here")
        )
        self.gaps.show_items(
            [hq_text.gap_item(gap, self.found.standing(gap.desk), now=now) for gap in gaps],
            [self._gap_deed(gap) for gap in gaps],
            empty=_("Nothing is missing that anybody told of.") if self.read else "",
        )

    def _show_rows(self, now: int) -> None:
        rows = self.found.rows
        self.came.head.show_words(_("Received"))
        self.came.show_items(
            [self._item(row, now) for row in rows],
            [self._row_deed(row) for row in rows],
            empty=_("Nothing came in yet. F3 opens a file, or drop one here.") if self.read else "",
        )
        self._taking.show_row(None, main=False)
        if self._taking.open:
            self.came.list.put(self._taking.card, -1)
        else:
            self.came.list.take_out(self._taking.card)
        self.came.empty.setVisible(not self._taking.open)

    def _item(self, row: Row, now: int) -> Item:
        name = self.name_of(row.desk) if isinstance(row, ForkRow) else ""
        return hq_text.item(row, name=name, now=now)

    def _gap_deed(self, gap: Gap) -> Deed:
        can = self._sending.can
        first = self.gap_first and gap == self.gap and can
        word = _("Ask to send again")
        return Deed("F1" if first else "", word, partial(self._ask, gap), main=first, locked=not can)

    def _row_deed(self, row: Row) -> Deed | None:
        if not isinstance(row, ForkRow) or self._taking.open:
            return None
        first = self.fork_first and row == self.row
        return Deed("F1" if first else "F4", _("Settle"), self._decide, main=first)
