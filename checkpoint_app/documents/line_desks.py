"""The line of another desk of the station: what it did, and what of it is not here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checkpoint_app.documents import wording
from checkpoint_app.documents.line_parts import LineWords, Telling, listed, number, rows, words
from checkpoint_app.domain.canonical import Value
from checkpoint_app.i18n import _


def desk(told: Telling) -> LineWords:
    vehicles = told.count("vehicles") + told.count("counted_vehicles")
    people = told.count("people") + told.count("counted_people")
    whole = _("{v} vehicles / {p} people").format(v=f"{vehicles:,}", p=f"{people:,}")
    away = missing(told)
    late = told.count("late")
    told_rows = rows(
        *map(_lane, told.lists("lanes")),
        (_("Came late"), _("{n} vehicles of shifts before").format(n=f"{late:,}") if late else ""),
        (_("Heard until"), told.time(told.count("heard"))),
        (_("Missing"), away),
    )
    name = _("Desk {desk}").format(desk=told.text("desk"))
    return LineWords(name, listed(whole, away), f"{name}: {listed(whole, away)}", told_rows, grave=bool(away))


def missing(told: Telling) -> str:
    """What of the desk is not here and since when; "" when everything is."""
    ranges = [_range(told, each) for each in told.lists("missing")]
    return listed(*ranges, *_silence(told)) if ranges or told.facts.get("quiet") else ""


def _silence(told: Telling) -> Iterator[str]:
    """Said when nothing named is missing behind the last that was heard."""
    heard = told.count("heard")
    named = any(_number(each, 4) for each in told.lists("missing"))
    if told.facts.get("quiet") and not named:
        yield _("nothing heard since {time}").format(time=told.time(heard)) if heard else _("never heard of")


def _range(told: Telling, each: Sequence[Value]) -> str:
    span = f"{_number(each, 1):,}–{_number(each, 2):,}"
    since = told.time(_number(each, 3))
    if not since:
        return _("{span} missing").format(span=span)
    return _("{span} missing, since {time}").format(span=span, time=since)


def _lane(lane: Sequence[Value]) -> tuple[str, str]:
    where = _("Lane {n}").format(n=_number(lane, 0))
    name = f"{where} {wording.word(wording.DIRECTIONS, words(lane[1] if len(lane) > 1 else None))}".strip()
    vehicles, people = _number(lane, 2) + _number(lane, 4), _number(lane, 3) + _number(lane, 5)
    return name, _("{v} vehicles / {p} people").format(v=f"{vehicles:,}", p=f"{people:,}")


def _number(row: Sequence[Value], place: int) -> int:
    return number(row[place]) if place < len(row) else 0
