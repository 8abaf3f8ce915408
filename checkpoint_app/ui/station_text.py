"""Words of headquarters' shift page: every desk's day in the list, and what is told of one. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checkpoint_app.i18n import _
from checkpoint_app.services.daily import date_of
from checkpoint_app.services.stations_today import DeskToday, StationsToday
from checkpoint_app.ui import exchange_text, hq_text
from checkpoint_app.ui.exchange_text import hour
from checkpoint_app.ui.page_parts import Shown
from checkpoint_app.ui.page_table import Cell, Column, Sheet
from checkpoint_app.ui.said import joined
from checkpoint_app.ui.told import Told, Tone

NONE = "—"
MOST_GAPS = 6


def sheet(rows: Sequence[DeskToday], *, now: int) -> Sheet:
    columns = (
        Column(_("Station"), 24),
        Column(_("Desk"), 20),
        Column(_("Open since"), 24),
        Column(_("All vehicles"), 12, right=True),
        Column(_("All people"), 12, right=True),
        Column(_("Last heard"), 21),
        Column(_("Missing"), 12, right=True),
        Column(_("Matters"), 11, right=True),
    )
    return Sheet(columns, tuple(_row(each, now=now) for each in rows))


def _row(row: DeskToday, *, now: int) -> tuple[Cell, ...]:
    standing, traffic = row.standing, row.traffic
    plain = "ink2" if row.revoked else "ink"
    return (
        Cell(standing.station or _("unknown"), plain, bold=not row.revoked),
        Cell(row.desk, plain),
        Cell(_since(row, now=now) or NONE, plain if row.shift else "ink2"),
        Cell(f"{traffic.vehicles:,}", plain),
        Cell(f"{traffic.people:,}", plain),
        _heard(row, now=now),
        Cell(f"{standing.missing:,}", "warn" if standing.missing else "ink2", bold=bool(standing.missing)),
        Cell(f"{row.matters:,}", plain if row.matters else "ink2"),
    )


def _since(row: DeskToday, *, now: int) -> str:
    """The group of the open shift, and when it began; "" where none is open."""
    return joined(row.shift.group, hour(row.shift.opened, now=now)) if row.shift else ""


def _heard(row: DeskToday, *, now: int) -> Cell:
    heard, silent = row.standing.heard, row.standing.silent
    words = hour(heard, now=now) if heard else _("never")
    return Cell(words, "warn" if silent else "ink", bold=silent, icon="clock-exclamation" if silent else "")


def counted(found: StationsToday) -> tuple[str, str]:
    """What all of them have together."""
    sums = joined(
        date_of(found.day),
        _("{n} vehicles").format(n=f"{found.vehicles:,}"),
        _("{n} people").format(n=f"{found.people:,}"),
        _("{n} silent").format(n=found.silent) if found.silent else "",
    )
    return _("{n} desks").format(n=len(found.desks)), sums if found.desks else ""


def told(row: DeskToday, *, now: int) -> Shown:
    standing = row.standing
    lead = row.shift.lead if row.shift else ""
    facts = (
        (_("Open shift"), _since(row, now=now) or _("none is known here")),
        (_("Lead"), lead),
        (_("All vehicles"), f"{row.traffic.vehicles:,}"),
        (_("All people"), f"{row.traffic.people:,}"),
        (_("Matters"), f"{row.matters:,}"),
        (_("Last heard"), hour(standing.heard, now=now) if standing.heard else _("never")),
        (_("Here up to"), f"{standing.chains[-1].upto:,}" if standing.chains else NONE),
        (_("Missing"), f"{standing.missing:,}"),
    )
    return Shown(standing.station or row.desk, row.desk, facts, tuple(_notes(row, now=now)))


def _notes(row: DeskToday, *, now: int) -> Iterator[Told]:
    standing = row.standing
    if row.revoked:
        yield Told(_("Its key is revoked: nothing more of it is taken in"), Tone.WARN)
    if standing.peer is None:
        yield Told(_("Not enrolled here: others told of it"), Tone.WARN)
    if standing.silent:
        yield Told(hq_text.silence(standing, now=now), Tone.WARN)
    for gap in standing.gaps[:MOST_GAPS]:
        numbers = exchange_text.span(gap.first, gap.last)
        yield Told(_("{numbers} missing").format(numbers=numbers), Tone.WARN)
    if len(standing.gaps) > MOST_GAPS:
        yield Told(_("and {n} more gaps").format(n=len(standing.gaps) - MOST_GAPS), Tone.WARN)
    if standing.heard:
        yield Told(_("Figures as far as its bundles are here"), Tone.QUIET)
