"""What a bundle would change, what it changed, and what adopting a data set would change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from checkpoint_app.domain.datasets import SetKind
from checkpoint_app.i18n import _
from checkpoint_app.ui.exchange_rows import InRow
from checkpoint_app.ui.exchange_text import entries, hour, set_name, span
from checkpoint_app.ui.told import Told, Tone

if TYPE_CHECKING:
    from checkpoint_app.domain.datasets import Difference
    from checkpoint_app.services.taking import Offer
    from checkpoint_app.storage.landing import Landed

Card = tuple[str, str, tuple[Told, ...]]
MOST_LINES, MOST_SHOWN = 3, 200


def worth_taking(offer: Offer) -> bool:
    """Whether taking it in would change anything."""
    preview = offer.preview
    return preview is not None and bool(preview.new or preview.forks)


def offered(offer: Offer, *, name_of: Callable[[str], str], now: int) -> Card:
    manifest = offer.manifest
    title = _("Bundle from {desk}").format(desk=name_of(manifest.sender))
    made = _("Made {time}, signature right").format(time=hour(manifest.made, now=now))
    if offer.taken is not None:
        told = _("Taken in already {time}; nothing is left to do").format(time=hour(offer.taken, now=now))
        return title, made, (Told(told, Tone.GOOD),)
    return title, made, tuple(_lines(offer, name_of))


def _lines(offer: Offer, name_of: Callable[[str], str]) -> Iterator[Told]:
    preview = offer.preview
    assert preview is not None
    for each in offer.manifest.ranges[:MOST_LINES]:
        numbers = span(each.first, each.last)
        yield Told(_("{desk}: {numbers}").format(desk=name_of(each.desk), numbers=numbers), Tone.PLAIN)
    more = len(offer.manifest.ranges) - MOST_LINES
    if more > 0:
        yield Told(_("and {n} more ranges").format(n=more), Tone.HINT)
    known = _("{n} are here already").format(n=f"{preview.present:,}") if preview.present else ""
    new = _("{n} new").format(n=entries(preview.new)) if preview.new else _("nothing new")
    yield Told(_(", ").join(part for part in (new, known) if part), Tone.PLAIN)
    if preview.forks:
        told = _("{n} contradict what is here: both are kept, neither counts").format(n=preview.forks)
        yield Told(told, Tone.BAD)
    for gap in preview.gaps[:1]:
        numbers = span(gap.first, gap.last)
        told = _("Behind it {desk} {numbers} is still missing")
        yield Told(told.format(desk=name_of(gap.desk), numbers=numbers), Tone.WARN)
    if preview.corrections:
        yield Told(_("corrections in it: {n}").format(n=preview.corrections), Tone.QUIET)
    if preview.erasures:
        yield Told(_("erasures of personal data in it: {n}").format(n=preview.erasures), Tone.QUIET)
    for data in preview.data_sets[:MOST_LINES]:
        told = _("Brings {name} v{version}; it is adopted by hand")
        name, version = set_name(str(data.get("about", ""))), data.get("version", 0)
        yield Told(told.format(name=name, version=version), Tone.QUIET)


def landed(done: Landed) -> tuple[str, tuple[Told, ...]]:
    lines = [Told(_("{n} new, saved with a receipt").format(n=entries(done.added)), Tone.GOOD)]
    if done.forks:
        lines.append(Told(_("{n} kept apart until somebody decides").format(n=done.forks), Tone.WARN))
    return _("Taken in"), tuple(lines)


def data_set(row: InRow, change: Difference, *, kind: SetKind) -> Card:
    """A set's versions, how much is new, what adopting it means."""
    name = set_name(row.about)
    after = f"v{row.before} → v{row.version}" if row.before else f"v{row.version}"
    counts = _counts(change)
    signed = _("signed by {desk}, proved").format(desk=row.who)
    about = _("{what}; {signed}").format(what=counts, signed=signed)
    return f"{name} {after}", about, (Told(_meaning(kind), Tone.QUIET),)


def _meaning(kind: SetKind) -> str:
    """What follows from adopting it."""
    return {
        SetKind.NOTICE: _("It is entered in the log as received."),
        SetKind.ORDER: _("It is entered in the log as received and is in force from then on."),
        SetKind.SETTINGS: _("This desk works by it at once, and it is entered in the ledger."),
        SetKind.RULES: _("All lanes judge by it at once, and it is entered in the ledger."),
        SetKind.WATCH_LIST: _("It is kept here with its age, and entered in the ledger."),
        SetKind.DENY_LIST: _("It is kept here with its age, and entered in the ledger."),
        SetKind.DESKS: _("These desks are trusted or barred at once; it is entered in the ledger."),
    }[kind]


def _counts(change: Difference) -> str:
    parts = (
        _("{n} added").format(n=len(change.added)) if change.added else "",
        _("{n} taken out").format(n=len(change.gone)) if change.gone else "",
        _("{n} changed").format(n=len(change.changed)) if change.changed else "",
    )
    return _(", ").join(part for part in parts if part) or _("No difference")


def difference(row: InRow, change: Difference) -> tuple[str, tuple[Told, ...]]:
    """Its lines, the first of very many."""
    lines = [Told(f"+ {each}", Tone.PLAIN) for each in change.added]
    lines += [Told(f"− {each}", Tone.PLAIN) for each in change.gone]
    lines += [Told(f"{name}: {before} → {after}", Tone.PLAIN) for name, before, after in change.changed]
    if len(lines) > MOST_SHOWN:
        left = Told(_("and {n} more").format(n=f"{len(lines) - MOST_SHOWN:,}"), Tone.HINT)
        lines = [*lines[:MOST_SHOWN], left]
    return _("What {name} changes").format(name=f"{set_name(row.about)} v{row.version}"), tuple(lines)
