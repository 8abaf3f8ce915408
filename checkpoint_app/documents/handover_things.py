"""Articles, corrections and data sets as short rows: what, how much, what about it."""

from __future__ import annotations

from checkpoint_app.documents import log_words, wording
from checkpoint_app.documents.handover_text import Text
from checkpoint_app.documents.line_open import DATA, STALE
from checkpoint_app.documents.line_parts import age, listed
from checkpoint_app.domain.figures import DataAge
from checkpoint_app.domain.logbook import Item
from checkpoint_app.i18n import N_, _, ngettext

LIGHTS = {
    "fresh": N_("up to date"),
    "stale": N_("OUT OF DATE"),
    "expired": N_("EXPIRED"),
    "missing": N_("MISSING"),
    "unknown": N_("age unknown"),
}
Short = tuple[str, str, str]


def item_rows(text: Text) -> list[Short]:
    """What is short first, then equipment, then stock."""
    items = sorted(text.report.items, key=lambda item: (not item.short, not item.equipment))
    return [(item.name, amount(item), remark(text, item)) for item in items]


def amount(item: Item) -> str:
    """Due and there for equipment; balance with its unit for stock."""
    return f"{item.due:,} / {item.balance:,}" if item.equipment else f"{item.balance:,} {item.unit}".strip()


def remark(text: Text, item: Item) -> str:
    """What the next shift counted otherwise, what is short, the condition."""
    handover = text.report.handover
    answer = handover.answers.get(f"item:{item.id}") if handover else None
    counted = answer.counted if answer else None
    found = _("next shift counted {n}").format(n=counted) if counted not in {None, item.balance} else ""
    low = _("below {n}").format(n=f"{item.low:,}") if item.short and not item.equipment else ""
    lost = _("{n} missing").format(n=item.due - item.balance) if item.short and item.equipment else ""
    return listed(found, low, lost, wording.word(log_words.CONDITIONS, item.condition))


def data_rows(text: Text) -> list[Short]:
    """Corrections, data sets with the worst first, the clock, orders."""
    data = sorted(text.figures.data, key=lambda each: each.light not in STALE)
    return [_corrections(text), *map(data_row, data), _clock(text), _orders(text)]


def data_row(each: DataAge) -> Short:
    old = age(each.age) if each.age is not None else "—"
    judged = _("{n} vehicles judged").format(n=f"{each.vehicles:,}") if each.vehicles else ""
    named = f"{wording.word(DATA, each.name)} {each.version}".strip()
    return named, old, listed(wording.word(LIGHTS, each.light), judged)


def _corrections(text: Text) -> Short:
    found = text.figures.corrections
    late = sum(1 for each in found if each.late)
    undone = sum(1 for each in found if each.undone)
    words = listed(
        _("{n} of earlier shifts").format(n=late) if late else "",
        _("{n} made void").format(n=undone) if undone else "",
    )
    return _("Corrections"), f"{len(found):,}", words or _("none late")


def _clock(text: Text) -> Short:
    jumps = [each for each in text.figures.clock if each.kind == "jumped"]
    return _("Clock"), f"{len(jumps):,}", _("jumped, see there") if jumps else _("ran true")


def _orders(text: Text) -> Short:
    report = text.report
    here = {each.officer for each in report.attended if each.came or each.state in {"present", "late"}}
    behind = {
        who for who in here if any(who not in {order.officer, *dict(order.read)} for order in report.orders)
    }
    late = ngettext("{n} has not read all", "{n} have not read all", len(behind)).format(n=len(behind))
    told = late if behind else _("read by all")
    return _("Orders"), f"{len(report.orders):,}", told if report.orders else _("none")
