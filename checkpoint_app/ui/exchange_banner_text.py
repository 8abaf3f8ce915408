"""The words of the banner in each of its states."""

from __future__ import annotations

from checkpoint_app.i18n import _
from checkpoint_app.ui.exchange_banner import BannerText
from checkpoint_app.ui.exchange_rows import Due, Found, Place, Stage
from checkpoint_app.ui.exchange_text import entries, hour, size
from checkpoint_app.ui.long_deed import LongDeed
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.said import joined
from checkpoint_app.ui.told import Tone

STICK, FOLDER = "device-usb", "folder"


def icon_of(place: Place | None) -> str:
    return FOLDER if place is not None and not place.stick else STICK


def ready(found: Found, place: Place | None, *, now: int) -> BannerText:
    """Nothing is under way: what would go where, or what is missing for it."""
    icon = icon_of(place)
    if not found.peers:
        return BannerText(
            "id",
            _("No desk is enrolled here yet"),
            _("Bundles go to desks that are known. Exchange cards with headquarters: press F6."),
        )
    if not found.due.count:
        about = _("Headquarters has receipts for everything of this desk.")
        return BannerText(icon, _("Nothing has to go out"), about)
    about = _due(found.due, now=now)
    if place is None:
        return BannerText(icon, _("Plug in a stick, or press F7 for a folder"), about)
    return BannerText(icon, _ready_title(place), about)


def sending(deed: LongDeed, place: Place, what: str, to: tuple[str, ...]) -> BannerText:
    stage = Stage(deed.step) if deed.step else Stage.ENCRYPT
    title = {
        Stage.ENCRYPT: _("Encrypting for {place}"),
        Stage.WRITE: _("Writing to {place}"),
        Stage.COMPARE: _("Reading back from {place}"),
        Stage.REMOVE: _("Reading back from {place}"),
    }[stage].format(place=_place(place))
    if deed.ending:
        title = _("Stopping; nothing half made is left")
    early = _("pulled out too early nothing is lost, all records stay here")
    about = joined(what, _sealed_for(to), early if place.stick else "")
    return BannerText(icon_of(place), title, about, stage=stage, share=deed.share, percent=deed.percent)


def written(place: Place, *, files: int, count: int, bytes_: int) -> BannerText:
    title = _("{place}: the stick may be removed now") if place.stick else _("Written to {place}")
    what = _("{n} files").format(n=files) if files > 1 else _("1 file")
    about = joined(
        _("Read back, all alike"), what, entries(count), size(bytes_), _("the receipt comes later")
    )
    return BannerText("circle-check", title.format(place=place.name), about, tone=Tone.GOOD, over=True)


def stopped() -> BannerText:
    return BannerText("circle-dashed", _("Stopped"), _("No file was left behind; all records are here."))


def failed(words: Words) -> BannerText:
    return BannerText("alert-circle", words.title, joined(words.meaning, words.now_line), tone=Tone.BAD)


def _ready_title(place: Place) -> str:
    if place.stick:
        return _("Stick {place} is ready").format(place=_place(place))
    return _("Folder {place} is ready").format(place=_place(place))


def _place(place: Place) -> str:
    free = _("{size} free").format(size=size(place.free)) if place.free is not None else ""
    aside = _(", ").join(part for part in (place.at, free) if part)
    return _("{name} ({aside})").format(name=place.name, aside=aside) if aside else place.name


def _due(due: Due, *, now: int) -> str:
    since = _("since {time}").format(time=hour(due.since, now=now)) if due.since is not None else ""
    about = _("about {size}").format(size=size(due.size)) if due.size else ""
    return joined(entries(due.count), since, about, _sealed_for(due.to))


def _sealed_for(to: tuple[str, ...]) -> str:
    return _("encrypted for {desks}").format(desks=_(", ").join(to)) if to else ""
