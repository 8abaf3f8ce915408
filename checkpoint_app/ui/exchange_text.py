"""The words of the exchange page: its tables, lists and cards, from plain facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from checkpoint_app import i18n
from checkpoint_app.i18n import _
from checkpoint_app.ui import messages, said
from checkpoint_app.ui.exchange_out import Mark, MarksCell
from checkpoint_app.ui.exchange_parts import Item
from checkpoint_app.ui.exchange_rows import Came, Decided, Found, Gap, InRow, OutRow
from checkpoint_app.ui.message_exchange import check_words
from checkpoint_app.ui.page_table import Cell, Column, Sheet
from checkpoint_app.ui.record_text import moment
from checkpoint_app.ui.said import joined
from checkpoint_app.ui.told import Tone
from checkpoint_app.ui.top_bar import Freshness, Light

DASH = " – "
SHARES, SHARES_LATIN = (94, 150, 71, 70, 232, 138), (100, 165, 76, 78, 130, 225)
"""Widths of the columns: where words are long, the marks of the way go without theirs."""
KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
ICONS = {
    Came.DIRECTIVE: "list-check",
    Came.MERGED: "package-import",
    Came.REFUSED: "x",
    Came.RECEIPT: "receipt",
}


def size(count: int) -> str:
    """Bytes in their largest unit: 640 kB, 5.4 MB, 14.2 GB."""
    if count >= GIB:
        return f"{count / GIB:.1f} GB"
    if count >= MIB:
        return f"{count / MIB:.1f} MB"
    return f"{max(1, round(count / KIB))} kB" if count else "0 kB"


def span(first: int, last: int) -> str:
    return f"{first:,}" if first == last else f"{first:,}{DASH}{last:,}"


def spans(numbers: Sequence[tuple[int, int]], *, most: int = 2) -> str:
    """Ranges of numbers, the first few of many."""
    told = _(", ").join(span(first, last) for first, last in numbers[:most])
    return f"{told} …" if len(numbers) > most else told


def entries(count: int) -> str:
    return _("{n} entries").format(n=f"{count:,}")


def hour(at: int, *, now: int) -> str:
    """HH:MM today, else with its day."""
    told = moment(at, now=now)
    return told[:5] if told.count(":") == 2 else told


# what goes out


def out_sheet(rows: Sequence[OutRow], *, now: int, sending: frozenset[str] = frozenset()) -> Sheet:
    shares = SHARES if i18n.language() == "zh_CN" else SHARES_LATIN
    columns = (
        Column(_("Shift"), shares[0]),
        Column(_("Entry numbers"), shares[1]),
        Column(_("Entries"), shares[2], right=True),
        Column(_("Size"), shares[3], right=True),
        Column(_("On its way"), shares[4]),
        Column(_("How it stands"), shares[5]),
    )
    return Sheet(columns, tuple(_out_row(row, now=now, sending=row.shift in sending) for row in rows))


def _out_row(row: OutRow, *, now: int, sending: bool) -> tuple[Cell, ...]:
    marks = (
        Mark(_("sealed"), row.sealed),
        Mark(_("exported"), row.exported is not None),
        Mark(_("receipt"), row.receipted is not None and not row.wrong, wrong=row.wrong),
    )
    return (
        Cell(shift_name(row), bold=True),
        Cell(span(row.first, row.last)),
        Cell(f"{row.count:,}"),
        Cell(size(row.size)),
        MarksCell("", marks=marks),
        _state(row, now=now, sending=sending),
    )


def shift_name(row: OutRow) -> str:
    return f"{datetime.fromtimestamp(row.opened / 1000).astimezone():%m-%d} {row.name}".strip()


def _state(row: OutRow, *, now: int, sending: bool) -> Cell:
    if row.wrong:
        return Cell(_("receipt is wrong"), "bad", bold=True)
    if sending:
        return Cell(_("going out now"), "warn", bold=True)
    if row.receipted is not None:
        return Cell(_("receipt {time}").format(time=hour(row.receipted, now=now)), "ink2")
    if row.exported is not None:
        return Cell(_waits(now - row.exported), "warn", bold=True)
    if not row.sealed:
        return Cell(_("still open"), "ink2")
    return Cell(_("not exported"), "warn", bold=True)


def _waits(ms: int) -> str:
    return _("waits {age}").format(age=said.age(ms)) if ms >= said.MINUTE else _("receipt awaited")


# gaps


def gap_item(gap: Gap, *, now: int) -> Item:
    if gap.fork:
        return _fork_item(gap)
    ours = _("{desk} is silent") if gap.quiet else _("We miss {desk}")
    name = ours if gap.ours else _("Not confirmed by {desk}")
    return Item(
        f"{gap.desk} {gap.epoch} {gap.first} {gap.ours}",
        "alert-triangle",
        name.format(desk=gap.name),
        span(gap.first, gap.last) if gap.count else "",
        _gap_about(gap, now=now),
        tone=Tone.WARN,
        count=entries(gap.count) if gap.count else "",
        strong=True,
    )


def _fork_item(gap: Gap) -> Item:
    other = _("Both are kept and neither counts until headquarters decides")
    own = _("Something else was written in our name; ours counts. Tell headquarters")
    return Item(
        f"{gap.desk} {gap.epoch} {gap.first} fork",
        "alert-circle",
        _("Two stories of {desk}").format(desk=gap.name),
        _("from {n} on").format(n=f"{gap.first:,}"),
        own if gap.ours else other,
        tone=Tone.BAD,
        about_tone=Tone.BAD,
        strong=True,
    )


def _gap_about(gap: Gap, *, now: int) -> str:
    if gap.at is None:
        return _("Never heard of") if gap.ours else _("No receipt has come")
    at = hour(gap.at, now=now)
    if gap.quiet:
        return _("Last heard {time}, {age} ago").format(time=at, age=said.age(now - gap.at))
    if gap.ours:
        return _("Last heard {time}; it may be on its way").format(time=at)
    return _("Went out {time}, no receipt yet").format(time=at)


# what came in


def in_item(row: InRow, *, now: int) -> Item:
    about, tone = _in_about(row)
    pill, pill_tone = _pill(row)
    where = row.about if row.came is Came.REFUSED else row.who
    icon_tone = Tone.BAD if row.came is Came.REFUSED else Tone.QUIET
    return Item(
        row.id,
        ICONS[row.came],
        _title(row),
        joined(where if row.came is not Came.MERGED else "", hour(row.at, now=now)),
        about,
        tone=icon_tone,
        about_tone=tone,
        pill=pill,
        pill_tone=pill_tone,
    )


def set_title(row: InRow) -> str:
    return f"{set_name(row.about)} v{row.version}"


def set_name(name: str) -> str:
    known = {
        "watch_list": _("Watch list"),
        "deny_list": _("Deny list"),
        "notice": _("Notice"),
        "order": _("Order"),
        "settings": _("Settings"),
        "rules": _("Rules"),
        "desks": _("Desks"),
    }
    return known.get(name, name)


def _title(row: InRow) -> str:
    if row.came is Came.DIRECTIVE:
        return set_title(row)
    if row.came is Came.REFUSED:
        return row.who or _("Unknown sender")
    if row.came is Came.RECEIPT:
        return _("Receipt")
    return row.who


def _in_about(row: InRow) -> tuple[str, Tone]:
    if row.came is Came.DIRECTIVE:
        return holds(row.until, row.number), Tone.QUIET
    if row.came is Came.REFUSED:
        return refused(row.check, row.reason), Tone.BAD
    if row.came is Came.RECEIPT:
        return _("Has {spans}, all alike").format(spans=spans(row.spans)), Tone.QUIET
    if row.forks:
        return _("{spans} merged, {n} kept apart").format(spans=spans(row.spans), n=row.forks), Tone.WARN
    return _("{spans} merged").format(spans=spans(row.spans)), Tone.QUIET


def holds(until: int | None, number: str) -> str:
    """How long a data set holds, and the order it rests on."""
    end = _("until {day}").format(day=f"{_local(until):%m-%d}") if until else _("without end")
    order = _("order {number}").format(number=number) if number else ""
    return _(", ").join(part for part in (end, order) if part)


def refused(check: str, reason: str = "") -> str:
    """In words which check refused it, and that nothing came of it."""
    words = check_words(check, reason)
    title = messages.filled(words).title if words else check
    return _("{why}. Nothing changed.").format(why=title)


def _pill(row: InRow) -> tuple[str, Tone]:
    if row.came is Came.MERGED:
        return (_("kept apart"), Tone.WARN) if row.forks else (_("merged"), Tone.GOOD)
    if row.came is Came.REFUSED:
        return _("turned away"), Tone.BAD
    if row.came is Came.RECEIPT:
        return _("entered"), Tone.GOOD
    return {
        Decided.PENDING: (_("to adopt"), Tone.WARN),
        Decided.ADOPTED: (_("adopted"), Tone.GOOD),
        Decided.NEWER: (_("replaced"), Tone.QUIET),
        Decided.OVER: (_("over"), Tone.QUIET),
    }[row.decided]


# the top bar


def receipt_light(found: Found, *, now: int, silence_hours: int) -> Light:
    """When headquarters last confirmed something and how long ago."""
    name, at = _("Last receipt"), found.receipt
    if at is None:
        return Light(name, _("no receipt yet"), Freshness.OLD, strong=True)
    told = hour(at, now=now)
    if now - at >= said.MINUTE:
        told = _("{time} ({age} ago)").format(time=told, age=said.age(now - at))
    late = now - at > silence_hours * said.HOUR
    return Light(name, told, Freshness.OLD if late else Freshness.FRESH, strong=True)


def _local(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000).astimezone()
