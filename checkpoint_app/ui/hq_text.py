"""The words of headquarters' exchange page: desks, gaps, two histories of one desk, what was published."""

from __future__ import annotations

from pathlib import PurePath

from checkpoint_app import i18n
from checkpoint_app.domain.datasets import DataSet
from checkpoint_app.i18n import _
from checkpoint_app.services.collation import DeskStanding
from checkpoint_app.storage.forks import ForkRow, Side
from checkpoint_app.storage.spans import Gap
from checkpoint_app.ui import said
from checkpoint_app.ui.exchange_banner import BannerText
from checkpoint_app.ui.exchange_banner_text import icon_of
from checkpoint_app.ui.exchange_parts import Item
from checkpoint_app.ui.exchange_rows import Found, InRow, Place
from checkpoint_app.ui.exchange_text import entries, holds, hour, in_item, set_name, size, span
from checkpoint_app.ui.hq_found import Overview, Row
from checkpoint_app.ui.page_table import Cell, Column, Sheet
from checkpoint_app.ui.said import joined
from checkpoint_app.ui.told import Told, Tone
from checkpoint_app.ui.top_bar import Freshness, Light

SHARES, SHARES_LATIN = (150, 128, 104, 96, 84, 218), (140, 122, 112, 92, 84, 230)
HASH = 8
"""Hex digits that name a side."""


# the desks


def desk_sheet(found: Overview, *, now: int) -> Sheet:
    shares = SHARES if i18n.language() == "zh_CN" else SHARES_LATIN
    words = (_("Station"), _("Desk"), _("Last heard"), _("Here up to"), _("Missing"), _("How it stands"))
    rights = (False, False, False, True, True, False)
    columns = tuple(
        Column(word, share, right=right) for word, share, right in zip(words, shares, rights, strict=True)
    )
    forks = {fork.desk for fork in found.collation.forks}
    rows = tuple(_desk_row(desk, now=now, forked=desk.desk in forks) for desk in found.desks)
    return Sheet(columns, rows)


def _desk_row(desk: DeskStanding, *, now: int, forked: bool) -> tuple[Cell, ...]:
    upto = desk.chains[-1].upto if desk.chains else 0
    return (
        Cell(desk.station or _("unknown"), bold=True),
        Cell(desk.desk),
        Cell(hour(desk.heard, now=now) if desk.heard else _("never"), "bad" if desk.silent else "ink"),
        Cell(f"{upto:,}" if upto else "–"),
        Cell(f"{desk.missing:,}" if desk.missing else "0", "warn" if desk.missing else "ink2"),
        desk_state(desk, now=now, forked=forked),
    )


def desk_state(desk: DeskStanding, *, now: int, forked: bool) -> Cell:
    """The gravest first."""
    if forked:
        return Cell(_("two histories"), "bad", bold=True, icon="alert-circle")
    if desk.peer is None:
        return Cell(_("not enrolled"), "warn", bold=True, icon="user-question")
    if desk.peer.revoked is not None:
        return Cell(_("key revoked"), "ink2", icon="ban")
    if desk.against:
        return Cell(_("set-aside history goes on"), "bad", bold=True, icon="alert-circle")
    if desk.silent:
        return Cell(silence(desk, now=now), "bad", bold=True, icon="alert-circle")
    if desk.missing:
        return Cell(_("numbers missing"), "warn", bold=True, icon="alert-triangle")
    if desk.odd:
        return Cell(_("{count} not understood here").format(count=desk.odd), "warn", icon="alert-triangle")
    if desk.heard is None:
        return Cell(_("nothing came yet"), "ink2", icon="circle-dashed")
    return Cell(_("complete"), "good", icon="circle-check")


def silence(desk: DeskStanding, *, now: int) -> str:
    """For how long no seal came: since the last one, or since the desk is known."""
    since = desk.heard or (desk.peer.since if desk.peer else now)
    return _("no seal for {n} h").format(n=f"{(now - since) // said.HOUR:,}")


# gaps


def gap_item(gap: Gap, standing: DeskStanding | None, *, now: int) -> Item:
    newest = standing is None or not standing.chains or standing.chains[-1].epoch == gap.epoch
    heard = standing.heard if standing else None
    at = _("last heard {time}").format(time=hour(heard, now=now)) if heard else _("never heard of")
    station = standing.station if standing else ""
    earlier = "" if newest else _("of its earlier ledger")
    return Item(
        f"{gap.desk} {gap.epoch} {gap.first}",
        "alert-triangle",
        gap.desk,
        _("{numbers} missing").format(numbers=span(gap.first, gap.last)),
        joined(station, earlier, at),
        tone=Tone.WARN,
        count=entries(gap.count),
        strong=True,
    )


# what is to be decided, came in, went out


def item(row: Row, *, name: str, now: int) -> Item:
    """`name` is what the desk of a fork is called."""
    if isinstance(row, ForkRow):
        return fork_item(row, name=name)
    if isinstance(row, InRow):
        return in_item(row, now=now)
    return _published(row, now=now)


def fork_id(fork: ForkRow) -> str:
    return f"fork {fork.desk} {fork.epoch} {fork.seq}"


def fork_item(fork: ForkRow, *, name: str) -> Item:
    if fork.ours:
        about = _("somebody wrote {n} in our name").format(n=f"{fork.seq:,}")
    else:
        about = _("from {n} on: {count} wait").format(n=f"{fork.seq:,}", count=entries(fork.withheld))
    return Item(
        fork_id(fork),
        "alert-circle",
        _("Two histories"),
        joined(fork.desk, name if name != fork.desk else ""),
        about,
        tone=Tone.BAD,
        about_tone=Tone.BAD,
    )


def _published(data: DataSet, *, now: int) -> Item:
    return Item(
        data.action,
        "speakerphone",
        f"{set_name(data.name)} v{data.version}",
        hour(data.published, now=now),
        holds(data.until, data.number),
        pill=_("given out"),
        pill_tone=Tone.GOOD,
    )


# the two sides


def fork_title(fork: ForkRow, *, name: str) -> str:
    return joined(_("Two histories of {desk}").format(desk=fork.desk), name if name != fork.desk else "")


def fork_about(fork: ForkRow) -> str:
    if fork.ours:
        return _(
            "This desk wrote one of them itself: that one counts whatever others send. Find who copied it."
        )
    return _(
        "A backup was put back, or a computer was copied. Ask the station which computer stands there; "
        "the other history is kept and never counts."
    )


def side_word(place: int) -> str:
    return "AB"[place] if place < len("AB") else str(place + 1)


def side_lines(side: Side, *, place: int, kind: str, now: int) -> tuple[Told, ...]:
    first = _("here first") if not side.bundle else _("came by another bundle")
    written = _("written {time}").format(time=hour(side.written, now=now))
    head = _("{side} · number {n}: {kind}").format(side=side_word(place), n=f"{side.seq:,}", kind=kind)
    behind = _("{n} behind it").format(n=entries(side.behind))
    return (
        Told(head, Tone.PLAIN),
        Told(joined(written, behind, first, side.hash[:HASH]), Tone.QUIET),
    )


# what goes down


def ready(found: Found, place: Place | None) -> BannerText:
    """Receipts and directives: what would go where, or what is missing for it."""
    icon = icon_of(place)
    if not found.peers:
        return BannerText(
            "id",
            _("No desk is enrolled here yet"),
            _("Each desk brings its card: press F6, scan it, have the fingerprint read to you."),
        )
    if not found.due.count:
        about = _("Every desk was sent its receipts and all that was published.")
        return BannerText(icon, _("Nothing has to go down"), about)
    what = _("Receipts and directives: {n}").format(n=entries(found.due.count))
    about = joined(what, _("about {size}").format(size=size(found.due.size)), _for(found.due.to))
    if place is None:
        return BannerText(icon, _("Plug in a stick, or press F7 for a folder"), about)
    word = _("Stick {place} is ready") if place.stick else _("Folder {place} is ready")
    free = _("{size} free").format(size=size(place.free)) if place.free is not None else ""
    aside = _(", ").join(part for part in (place.at, free) if part)
    shown = _("{name} ({aside})").format(name=place.name, aside=aside) if aside else place.name
    return BannerText(icon, word.format(place=shown), about)


def _for(to: tuple[str, ...]) -> str:
    if not to:
        return ""
    if len(to) > 1:
        return _("encrypted for {n} desks").format(n=len(to))
    return _("encrypted for {desks}").format(desks=to[0])


def watched(folder: str) -> str:
    """What is looked into without anybody asking."""
    if not folder:
        return _("No folder is watched (settings)")
    return _("Watched: {folder}").format(folder=PurePath(folder).name or folder)


# the top bar


def light(found: Overview) -> Light:
    """How many desks are complete."""
    trusted = [each for each in found.collation.desks if each.peer and each.peer.revoked is None]
    silent = sum(each.silent for each in trusted)
    name = _("Known desks")
    if not trusted:
        return Light(name, _("none enrolled"), Freshness.OLD, strong=True)
    if found.collation.forks or silent:
        told = _("{n} silent").format(n=silent) if silent else ""
        forks = _("{n} to decide").format(n=len(found.collation.forks)) if found.collation.forks else ""
        return Light(name, _(", ").join(filter(None, (forks, told))), Freshness.EXPIRED, strong=True)
    if found.collation.gaps:
        return Light(name, _("{n} gaps").format(n=len(found.collation.gaps)), Freshness.OLD, strong=True)
    return Light(name, _("{n} complete").format(n=len(trusted)), Freshness.FRESH, strong=True)
