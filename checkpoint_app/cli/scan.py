"""`scan`: what codes do pictures, videos or a camera show? With `--record`, into the ledger."""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, Progress, emit, note, say
from checkpoint_app.cli.words import plain_facts, words_for
from checkpoint_app.domain.codes import Code, LinkPatterns, classify
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.text import whole_text
from checkpoint_app.domain.words import CodeClass, Direction, Outcome, VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.scanning import devices, streams
from checkpoint_app.scanning.camera import Camera
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.devices import Film
from checkpoint_app.scanning.readings import Reading
from checkpoint_app.scanning.steady import Steady
from checkpoint_app.services.lane import Lane

WHY = "by_command"


@dataclass(frozen=True, slots=True)
class Seen:
    """Codes of one picture, or those new in a stream; `at` ms into a video, None for a picture."""

    source: str
    readings: tuple[Reading, ...]
    at: int | None = None


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Scans every source in turn; 1 when one of them could not be read, the others are still scanned."""
    if arguments.record:
        return _record(arguments, doors)
    return _scan(arguments, doors, lane=None, patterns=doors.patterns())


def _record(arguments: argparse.Namespace, doors: Doors) -> int:
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        number = desk.settings.lanes[0].number if arguments.lane is None else arguments.lane
        lane = desk.lane(number, direction=Direction(desk.settings.lane(number).direction))
        if lane.state.open is not None:
            lane.park()  # somebody's unfinished crossing must not get these codes
            note(_("the vehicle that stood open in this lane is parked now"))
        return _scan(arguments, doors, lane=lane, patterns=desk.patterns)
    finally:
        desk.close(painted=desk.told())


def _scan(arguments: argparse.Namespace, doors: Doors, *, lane: Lane | None, patterns: LinkPatterns) -> int:
    status = 0
    progress = Progress(_("{count} sources scanned…"))
    for done, source in enumerate(_one_by_one(arguments.sources)):
        progress(done)
        try:
            for seen in _look(source, seconds=arguments.seconds, doors=doors):
                _tell(seen, patterns=patterns, lane=lane, as_json=arguments.json)
        except CheckpointError as error:
            shown = streams.masked(source)
            if arguments.json:
                emit({"source": shown, "error": type(error).__name__, "facts": plain_facts(error)})
            note(f"{shown}: {words_for(error, doors.explain)}")
            status = 1
    return status


def _one_by_one(sources: list[str]) -> Iterator[str]:
    """The sources, folders as their pictures: one that cannot be read must not hide the others."""
    for source in sources:
        try:
            path = Path(source)
            pictures = devices.pictures_of(path) if path.is_dir() else ()
        except OSError:  # told when its turn comes
            pictures = ()
        yield from map(str, pictures) if pictures else (source,)


def _look(source: str, *, seconds: float | None, doors: Doors) -> Iterator[Seen]:
    path = Path(source)
    try:
        is_folder, is_file = bool(source) and path.is_dir(), path.is_file()
        if is_folder and not devices.pictures_of(path):
            raise devices.PicturesAbsent(path=source)
    except OSError as error:  # a name that no file can have, a folder nobody may look into
        raise devices.SourceUnknown(source=source, cameras="") from error
    if path.suffix.lower() in devices.PICTURES:
        yield Seen(source, Decoder().read_thoroughly(devices.load_picture(path)))
    elif is_file:
        yield from _or_nothing(source, _film(path, source, seconds=seconds))
    else:
        yield from _or_nothing(source, _camera(source, seconds=seconds, doors=doors))


def _or_nothing(source: str, found: Iterator[Seen]) -> Iterator[Seen]:
    """What was found, or once that nothing was."""
    any_found = False
    for seen in found:
        any_found = True
        yield seen
    if not any_found:
        yield Seen(source, ())


def _film(path: Path, source: str, *, seconds: float | None) -> Iterator[Seen]:
    film, decoder, steady = Film(path), Decoder(), Steady()
    try:
        number = 0
        while (picture := film.next_picture()) is not None:
            at = round(number * film.frame_ms)
            if seconds is not None and at > seconds * 1000:
                break
            if new := tuple(steady.admit(decoder.read(picture, at=at), at=at)):
                yield Seen(source, new, at)
            number += 1
    finally:
        film.release()


def _camera(source: str, *, seconds: float | None, doors: Doors) -> Iterator[Seen]:
    doors.open_device(source).release()  # a source that does not exist is told at once, not retried
    ready = threading.Event()
    camera = Camera(source, on_view=ready.set, opens=doors.open_device)
    began = time.monotonic()
    try:
        camera.start()
        while seconds is None or time.monotonic() - began < seconds:
            ready.wait(0.25)
            ready.clear()
            camera.views.take()
            if new := tuple(code.reading for code in camera.codes()):
                yield Seen(source, new, round((time.monotonic() - began) * 1000))
    finally:
        camera.stop()


def _tell(seen: Seen, *, patterns: LinkPatterns, lane: Lane | None, as_json: bool) -> None:
    codes = [(reading, classify(reading.payload, patterns)) for reading in seen.readings]
    shown = streams.masked(seen.source)
    record: dict[str, Plain] = {"source": shown}
    if seen.at is not None:
        record["at_ms"] = seen.at
    record["codes"] = [_described(reading, code) for reading, code in codes]
    if lane is not None and seen.readings:
        record["recorded"] = _crossing(lane, seen.readings, pictures=seen.at is None)
    if as_json:
        emit(record)
        return
    if not codes:
        say(f"{shown}: " + _("no code found"))
    for reading, code in codes:
        say(f"{shown}: {code.kind.value}  {_said(reading, code)}  ({reading.decoder}, {reading.corners[0]})")
    saved = record.get("recorded")
    if isinstance(saved, dict):
        say("  " + _("saved as number {seq}, {outcome}, {hash}").format(**saved))


def _said(reading: Reading, code: Code) -> str:
    """Cut short as everywhere; a seal, which names nobody, whole: `verify --head` takes it."""
    text = whole_text(reading.payload, charset=reading.charset) if code.kind is CodeClass.SEAL else None
    return code.shown if text is None else text


def _described(reading: Reading, code: Code) -> dict[str, Plain]:
    text = whole_text(reading.payload, charset=reading.charset)
    return {
        "kind": code.kind.value,
        "text": text,
        "bytes": None if text is not None else reading.payload.hex(),
        "shown": code.shown,
        "notes": list(code.notes),
        "position": [list(corner) for corner in reading.corners],
        "decoder": reading.decoder,
    }


def _crossing(lane: Lane, readings: tuple[Reading, ...], *, pictures: bool) -> dict[str, Plain]:
    """Records the codes as one crossing nobody decided: registered, or held where the rules say stop.

    Each of several `pictures` was chosen by somebody, also where two show the same code.
    """
    for reading in readings:
        lane.scanned(reading.payload, by_hand=pictures)
    if lane.state.open is None or lane.verdict is None:
        return {}
    stop = lane.verdict.state is VerdictState.STOP
    ended = lane.end(Outcome.HELD if stop else Outcome.REGISTERED, why=WHY)
    written = ended.written.result()[-1]
    lane.painted = written.seq
    return {
        "seq": written.seq,
        "epoch": written.epoch,
        "hash": written.hash,
        "outcome": ended.outcome.value,
        "verdict": ended.verdict.state.value,
    }
