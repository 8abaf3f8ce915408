"""Words of the stores page: equipment and stock in the list, and what is told of one article. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from checkpoint_app.documents import log_words, wording
from checkpoint_app.domain.logbook import Item
from checkpoint_app.i18n import _
from checkpoint_app.ui import said
from checkpoint_app.ui.log_text import said_name
from checkpoint_app.ui.log_times import moment
from checkpoint_app.ui.page_parts import Shown
from checkpoint_app.ui.page_table import Cell, Column, Sheet
from checkpoint_app.ui.told import Told, Tone

MOVES = 8
"""Last movements told of."""


@dataclass(frozen=True, slots=True)
class StoresFound:
    items: tuple[Item, ...] = ()
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def sheet(items: Sequence[Item], *, equipment: bool, now: int) -> Sheet:
    """Equipment: due, there, condition. Stock: unit, balance, low line."""
    last = Column(_("Condition") if equipment else _("Last in or out"), 30)
    columns = (
        Column(_("Article"), 30),
        Column(_("Due") if equipment else _("Low line"), 13, right=True),
        Column(_("There") if equipment else _("Balance"), 13, right=True),
        Column(_("Unit"), 10),
        last,
    )
    return Sheet(columns, tuple(_row(each, now=now) for each in items))


def _row(item: Item, *, now: int) -> tuple[Cell, ...]:
    line = item.due if item.equipment else item.low
    tone = "bad" if item.short else "ink"
    last = condition(item) if item.equipment else _last(item, now=now)
    return (
        Cell(item.name, tone, bold=item.short, icon="alert-triangle" if item.short else ""),
        Cell(f"{line:,}" if line else "—", "ink2"),
        Cell(f"{item.balance:,}", tone, bold=True),
        Cell(item.unit, "ink2"),
        Cell(last or "—", "ink2"),
    )


def condition(item: Item) -> str:
    """The word of a code, or the words that were written."""
    known = item.condition in log_words.CONDITIONS
    return wording.word(log_words.CONDITIONS, item.condition) if known else item.condition


def _last(item: Item, *, now: int) -> str:
    if not item.moves:
        return ""
    move = item.moves[-1]
    return said.joined(moment(move.at, now=now), signed(move.count), move.whom)


def signed(count: int) -> str:
    return f"+{count:,}" if count > 0 else f"−{-count:,}"


def told(item: Item, found: StoresFound, *, now: int) -> Shown:
    short = (
        _("{n} fewer than there should be").format(n=item.due - item.balance)
        if item.equipment
        else _("Below the low line of {n}").format(n=item.low)
    )
    moves = [
        Told(
            said.joined(
                moment(move.at, now=now),
                signed(move.count),
                move.whom,
                said_name(move.officer, found.names.get(move.officer, "")),
            ),
            Tone.QUIET,
        )
        for move in reversed(item.moves[-MOVES:])
    ]
    facts = (
        (_("There") if item.equipment else _("Balance"), f"{item.balance:,} {item.unit}".strip()),
        (_("Due") if item.equipment else _("Low line"), f"{item.due if item.equipment else item.low:,}"),
        (_("Last counted"), moment(item.counted, now=now) or _("never")),
        (_("Condition"), condition(item)),
    )
    notes = [Told(short, Tone.BAD)] if item.short else []
    about = _("Equipment") if item.equipment else _("Stock")
    return Shown(item.name, about, facts, (*notes, *moves))
