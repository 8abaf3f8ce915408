"""`import FILE…`: what a bundle is, before anything changes; then all of it or nothing."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable
from pathlib import PurePath

from checkpoint_app.cli.asking import AnswerNeeded, asked
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, Progress, emit, moment, note, say
from checkpoint_app.cli.times import local_zone
from checkpoint_app.cli.words import plain_facts, words_for
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.roles import Action
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.taking import BUSY, Offer
from checkpoint_app.services.watching import Polled, Watching
from checkpoint_app.storage.landing import Landed, Preview
from checkpoint_app.storage.spans import Gap

YES = frozenset({"y", "yes", "是", "好"})
LOOKS_EVERY = 2.0  # seconds, into a folder that somebody watches here


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """0 when everything named was taken, or was here already; 1 when something was refused or not wanted."""
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    desk.taking.step = BUSY
    try:
        if arguments.watch:
            return _watch(arguments, desk, doors)
        return max([_one(each, arguments, desk, doors) for each in arguments.files])
    finally:
        desk.close(painted=desk.told())


def _one(source: str, arguments: argparse.Namespace, desk: Desk, doors: Doors) -> int:
    """One file; what is wrong with it keeps nobody from taking the next."""
    try:
        return _taken(source, arguments, desk)
    except CheckpointError as error:
        _tell_refused(error, doors, name=PurePath(source).name, as_json=arguments.json)
        return 1


def _taken(source: str, arguments: argparse.Namespace, desk: Desk) -> int:
    name, progress = PurePath(source).name, _counted(_("{count} entries proved…"))
    offer = desk.taking.open(source, by=desk.by, progress=progress)
    if offer is None:
        return 1
    if not arguments.json:
        _tell(offer, name=name)
    sure = offer.taken is not None or arguments.yes or arguments.json
    if not (sure or _wanted(offer, desk)):
        desk.taking.cancel(offer)
        say(_("nothing was taken"))
        return 1
    landed = desk.taking.take(offer, by=desk.by, progress=_counted(_("{count} entries taken in…")))
    if arguments.json:
        emit({"file": name, **_plain(offer), "taken": _plain_landed(landed)})
    elif landed:
        _tell_landed(landed)
    return 0


def _wanted(offer: Offer, desk: Desk) -> bool:
    """Raises AnswerNeeded, and the offer is dropped then."""
    try:
        return asked(_("take it in? y/N: "), option="--yes").strip().lower() in YES
    except AnswerNeeded:
        desk.taking.cancel(offer)
        raise


def _watch(arguments: argparse.Namespace, desk: Desk, doors: Doors) -> int:
    """Until Ctrl+C, or for so many seconds; what is refused is told and left where it is."""
    desk.rights.check(Action.TAKE_IN, desk.by)
    desk.taking.resume()
    watching = Watching(desk.ledger, desk.taking, folder=lambda: str(arguments.watch))
    ended = threading.Event()
    left = arguments.seconds
    while True:
        _tell_polled(watching.poll(), doors, as_json=arguments.json)
        if left is not None and left <= 0:
            return 0
        ended.wait(LOOKS_EVERY if left is None else min(left, LOOKS_EVERY))
        left = None if left is None else left - LOOKS_EVERY


def _tell_polled(polled: Polled, doors: Doors, *, as_json: bool) -> None:
    for landed in polled.taken:
        if as_json:
            emit({"bundle": landed.bundle, "taken": _plain_landed(landed)})
        else:
            _tell_landed(landed)
    for error in polled.unsound:
        _tell_refused(error, doors, name="", as_json=as_json)


def _tell_refused(error: CheckpointError, doors: Doors, *, name: str, as_json: bool) -> None:
    if as_json:
        emit({"file": name, "error": type(error).__name__, "facts": plain_facts(error)})
    words = words_for(error, doors.explain)
    note(f"{name}: {words}" if name else words)


def _tell(offer: Offer, *, name: str) -> None:
    told = offer.manifest
    made = moment(told.made, zone=local_zone(told.made))
    say(name)
    say(_("from {station} ({desk}), made {at}").format(station=told.station, desk=told.sender, at=made))
    if offer.taken is not None:
        at = moment(offer.taken, zone=local_zone(offer.taken))
        say(_("taken in before, at {at}: nothing in it is new").format(at=at))
    if offer.preview is not None:
        _tell_preview(offer.preview)


def _tell_preview(found: Preview) -> None:
    for each in found.desks:
        say(
            _("{desk} {epoch}: {numbers}, {new} new, {present} already here").format(
                desk=each.desk,
                epoch=each.epoch,
                numbers=", ".join(f"{first}-{last}" for first, last in each.spans),
                new=each.new,
                present=each.present,
            )
        )
    for gap in found.gaps:
        say(_("still missing then: {gap}").format(gap=gap_text(gap)))
    if found.forks:
        say(_("{count} entries contradict what is here; both will be kept").format(count=found.forks))
    if found.corrections:
        say(_("{count} corrections of earlier entries").format(count=found.corrections))
    if found.erasures:
        say(_("{count} orders to forget personal data").format(count=found.erasures))
    for told in found.data_sets:
        say(_("data set {name} v{version}").format(name=told.get("about"), version=told.get("version")))


def _tell_landed(landed: Landed) -> None:
    say(
        _("taken in: {added} new, {present} already here, {forks} kept apart").format(
            added=landed.added, present=landed.present, forks=landed.forks
        )
    )


def gap_text(gap: Gap) -> str:
    """`G107-N-2 0123456789abcdef: 41873-42010`."""
    return f"{gap.desk} {gap.epoch}: {gap.first}-{gap.last}"


def plain_gap(gap: Gap) -> dict[str, Plain]:
    return {
        "desk": gap.desk,
        "epoch": gap.epoch,
        "first": gap.first,
        "last": gap.last,
        "count": gap.count,
        "tail": gap.tail,
    }


def _plain(offer: Offer) -> dict[str, Plain]:
    told, found = offer.manifest, offer.preview
    plain: dict[str, Plain] = {
        "bundle": told.bundle,
        "sender": told.sender,
        "station": told.station,
        "made": told.made,
        "before": offer.taken,
        "ranges": [
            {"desk": each.desk, "epoch": each.epoch, "first": each.first, "last": each.last}
            for each in told.ranges
        ],
    }
    if found is None:
        return plain
    return plain | {
        "new": found.new,
        "present": found.present,
        "forks": found.forks,
        "gaps": [plain_gap(gap) for gap in found.gaps],
        "corrections": found.corrections,
        "erasures": found.erasures,
        "data_sets": [f"{each.get('about')} v{each.get('version')}" for each in found.data_sets],
    }


def _plain_landed(landed: Landed | None) -> Plain:
    if landed is None:
        return None
    return {"added": landed.added, "present": landed.present, "forks": landed.forks}


def _counted(words: str) -> Callable[[int, int], bool]:
    progress = Progress(words)
    return lambda done, _of: progress(done)
