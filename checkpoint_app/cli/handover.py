"""`shift handover`: a handover line by line from a terminal, and how it stands beside a running window."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext

from checkpoint_app.cli import acting
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, moment, note, say, table
from checkpoint_app.cli.times import local_zone
from checkpoint_app.documents.line_words import words_of
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.handover import (
    Answered,
    Handover,
    Line,
    LineUnknown,
    NoHandover,
    Side,
    what_is_missing,
)
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.roll import Rolled
from checkpoint_app.domain.words import Direction
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.duty import NamesNeeded, NoShift, Saved
from checkpoint_app.services.handover_now import Standings
from checkpoint_app.storage import queries
from checkpoint_app.storage.engine import Connection


class AnswerUnreadable(Refusal):
    """What stands behind --query or --count is no KEY=NOTE or KEY=NUMBER; facts: text."""


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Does what was asked for, in the order of a handover, and shows how it stands; exit 1 without one."""
    if not _writes(arguments):
        return _show(arguments, doors)
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        shift = _hand_over(arguments, desk)
        standing = desk.handovers.standing(shift)
        with desk.ledger.reader() as reader:
            _tell(arguments, standing, reader)
    finally:
        desk.close(painted=desk.told())
    return 0


def _writes(arguments: argparse.Namespace) -> bool:
    asked = (
        arguments.begin,
        arguments.accept_all,
        arguments.accept,
        arguments.query,
        arguments.count,
        arguments.sign,
        arguments.absent,
        arguments.refuse,
        arguments.close,
        arguments.alone,
    )
    return any(asked)


def _show(arguments: argparse.Namespace, doors: Doors) -> int:
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        reader, desk = reading.connection, reading.settings.desk
        found = queries.closing_shift(reader, desk=desk) or queries.open_shift(reader, desk=desk)
        shift = arguments.shift or (found.shift if found else "")
        if not shift:
            note(_("no shift is open"))
            return 1
        standings = Standings(lambda: nullcontext(reader), lambda: int(time.time() * 1000))
        _tell(arguments, standings.now(shift).handover, reader)
    return 0


def _hand_over(arguments: argparse.Namespace, desk: Desk) -> str:
    """The outgoing shift's id; raises whatever a step is refused with, what was done before stands."""
    if arguments.alone:
        return _alone(arguments, desk)
    if arguments.begin:
        _begin(arguments, desk)
    standing = desk.handovers.under_way()
    if standing is None:
        current = desk.duty.current()
        raise NoHandover(shift=current.shift if current else "")
    shift = standing.shift
    if arguments.refuse:
        desk.handovers.refuse(shift, why=arguments.why, tallied=_tallied(desk), by=desk.by).result()
        return shift
    _answer(arguments, desk, standing)
    for side in arguments.absent:
        desk.handovers.absent(shift, Side(side), why=arguments.why, by=desk.by).result()
    for side, number in arguments.sign:
        pin = acting.known(number) if desk.officers.protected else ""
        desk.handovers.sign(shift, Side(side), number, pin, by=desk.by).result()
    if arguments.close:
        desk.handovers.close(shift, by=desk.by).result()
    return shift


def _begin(arguments: argparse.Namespace, desk: Desk) -> None:
    names = dict.fromkeys((arguments.lead, *arguments.officer))
    if not arguments.group or not arguments.lead:
        raise NamesNeeded
    desk.handovers.begin(
        group=arguments.group,
        lead=arguments.lead,
        roll=[Rolled("", name) for name in names],
        zone=local_zone(desk.ledger.now()),
        tallied=_tallied(desk),
        by=desk.by,
    ).result()


def _alone(arguments: argparse.Namespace, desk: Desk) -> str:
    current = desk.duty.current()
    if current is None:
        raise NoShift
    number = next((number for side, number in arguments.sign if side == Side.OUTGOING), current.lead)
    pin = acting.known(number) if desk.officers.protected else ""
    desk.handovers.close_alone(
        why=arguments.why, number=number, pin=pin, tallied=_tallied(desk), by=desk.by
    ).result()
    return current.shift


def _tallied(desk: Desk) -> Sequence[Saved]:
    """What the lanes counted until now, as their drafts say; no window runs beside this command."""
    lanes = [desk.lane(each.number, direction=Direction(each.direction)) for each in desk.settings.lanes]
    return [written for lane in lanes if (written := lane.close()) is not None]


def _answer(arguments: argparse.Namespace, desk: Desk, standing: Handover) -> None:
    queries_, counts = dict(_pairs(arguments.query)), dict(_pairs(arguments.count))
    lines = standing.lines
    counted = {_line(lines, key).key: _number(count) for key, count in counts.items()}
    noted = {_line(lines, key).key: words for key, words in queries_.items()}
    accepted = {_line(lines, key).key for key in arguments.accept} | (counted.keys() - noted.keys())
    if arguments.accept_all:
        accepted |= {line.key for line in standing.unanswered} - noted.keys()
    for line in lines:
        if line.key in noted or line.key in accepted:
            said = Answered.QUERIED if line.key in noted else Answered.ACCEPTED
            desk.handovers.answer(
                standing.shift,
                line.key,
                said,
                note=noted.get(line.key, ""),
                counted=counted.get(line.key),
                by=desk.by,
            ).result()


def _pairs(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key or not value:
            raise AnswerUnreadable(text=text)
        yield key, value


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 8):
        raise AnswerUnreadable(text=text)
    return int(text)


def _line(lines: Sequence[Line], key: str) -> Line:
    """By its key or number, or the beginning of a key that no other has; raises LineUnknown."""
    exact = [line for line in lines if key in {line.key, str(line.number)}]
    found = exact or [line for line in lines if line.key.startswith(key)]
    if len(found) != 1:
        raise LineUnknown(key=key)
    return found[0]


def _tell(arguments: argparse.Namespace, standing: Handover, reader: Connection) -> None:
    names = {number: mask_name(name) for number, name in queries.officer_names(reader).items()}
    now = int(time.time() * 1000)
    zone = local_zone(now)
    told = [words_of(line, names=names, now=now, zone=zone) for line in standing.lines]
    if arguments.json:
        for line, words in zip(standing.lines, told, strict=True):
            emit({**_record(standing, line), "what": words.what, "said": words.said})
        emit(_summary(standing))
        return
    rows = [
        (str(line.number), _mark(standing, line), words.what, words.said, line.key)
        for line, words in zip(standing.lines, told, strict=True)
    ]
    if rows:
        table((_("number"), _("answer"), _("what"), _("said"), _("key")), rows)
    for text in _sentences(standing, names, zone=zone):
        say(text)


def _record(standing: Handover, line: Line) -> dict[str, Plain]:
    answer = standing.answers.get(line.key)
    return {
        "number": line.number,
        "key": line.key,
        "part": line.part.value,
        "facts": dict(line.facts),
        "seqs": list(line.seqs),
        "answer": answer.said.value if answer else None,
        "note": answer.note if answer else "",
        "counted": answer.counted if answer else None,
        "outdated": line.key in standing.outdated,
    }


def _summary(standing: Handover) -> dict[str, Plain]:
    return {
        "shift": standing.shift,
        "next": standing.next_shift,
        "state": standing.state.value,
        "digest": standing.digest,
        "unanswered": len(standing.unanswered),
        "signed": [{"side": each.side.value, "officer": each.officer} for each in standing.signatures],
        "absent": [{"side": each.side.value, "why": each.why} for each in standing.absent],
        "missing": list(what_is_missing(standing)),
        "refused": standing.refused,
    }


def _mark(standing: Handover, line: Line) -> str:
    answer = standing.answers.get(line.key)
    if answer is None:
        return _("changed since") if line.key in standing.outdated else "-"
    said = (
        _("accepted") if answer.said is Answered.ACCEPTED else _("queried: {note}").format(note=answer.note)
    )
    if answer.counted is None:
        return said
    return _("{answer}, counted {n}").format(answer=said, n=answer.counted)


def _sentences(standing: Handover, names: Mapping[str, str], *, zone: int) -> Iterator[str]:
    states = {
        "open": _("open"),
        "closing": _("being handed over"),
        "closed": _("closed"),
        "sealed": _("closed and sealed"),
    }
    yield _("{shift}: {state}").format(shift=standing.shift, state=states[standing.state.value])
    sides = {Side.OUTGOING: _("outgoing"), Side.INCOMING: _("incoming")}
    for each in standing.signatures:
        yield _("{side}: signed by {name}, {time}").format(
            side=sides[each.side], name=names.get(each.officer, each.officer), time=moment(each.at, zone=zone)
        )
    for away in standing.absent:
        if standing.away(away.side) is away:
            yield _("{side}: away · {why}").format(side=sides[away.side], why=away.why)
    if standing.refused:
        yield _("refused before: {why}").format(why=standing.refused)
