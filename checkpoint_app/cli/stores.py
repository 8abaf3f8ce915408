"""`stores list|declare|change|count|in|out|drop`."""

from __future__ import annotations

import argparse
from concurrent.futures import Future

from checkpoint_app.cli import affairs
from checkpoint_app.cli.affairs import SHORT
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, table
from checkpoint_app.documents import log_words, wording
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.logbook import Item
from checkpoint_app.domain.stores import CONDITIONS
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage import logbook
from checkpoint_app.storage.ledger import Written

Saved = Future[tuple[Written, ...]]


class ArticleUnclear(Refusal):
    """Several articles are called so, from before names were kept apart; facts: name, ids."""


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Counts and moves articles, or lists them beside a running window."""
    if arguments.act == "list":
        return _list(arguments, doors)
    return affairs.write(arguments, doors, _ACTS[arguments.act])


def _declare(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.stores.declare(
        arguments.name,
        unit=arguments.unit or "",
        equipment=arguments.due is not None,
        due=arguments.due or 0,
        low=arguments.low or 0,
        count=arguments.count,
        by=desk.by,
    )


def _change(arguments: argparse.Namespace, desk: Desk) -> Saved:
    """What is not named stays; --due makes it equipment, --low stock."""
    known = desk.stores.find(_item(arguments, desk))
    equipment = arguments.due is not None or (known.equipment and arguments.low is None)
    due = known.due if arguments.due is None else arguments.due
    low = known.low if arguments.low is None else arguments.low
    return desk.stores.declare(
        known.name if arguments.name is None else arguments.name,
        unit=known.unit if arguments.unit is None else arguments.unit,
        equipment=equipment,
        due=due if equipment else 0,
        low=0 if equipment else low,
        about=known.id,
        by=desk.by,
    )


def _count(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.stores.count(_item(arguments, desk), arguments.count, arguments.condition, by=desk.by)


def _in(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.stores.move(_item(arguments, desk), arguments.count, arguments.whom, by=desk.by)


def _out(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.stores.move(_item(arguments, desk), -arguments.count, arguments.whom, by=desk.by)


def _drop(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.stores.drop(_item(arguments, desk), by=desk.by)


_ACTS: dict[str, affairs.Act] = {
    "declare": _declare,
    "change": _change,
    "count": _count,
    "in": _in,
    "out": _out,
    "drop": _drop,
}


def _item(arguments: argparse.Namespace, desk: Desk) -> str:
    """By the whole name or the beginning of the id; raises ArticleUnclear, AffairUnknown."""
    known = desk.stores.everything()
    named = [each.id for each in known if each.name == arguments.article]
    if len(named) > 1:
        raise ArticleUnclear(name=arguments.article, ids=" ".join(each[:SHORT] for each in named))
    return named[0] if named else affairs.find(known, arguments.article).id


def _list(arguments: argparse.Namespace, doors: Doors) -> int:
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        found = logbook.items(reading.connection, reading.settings.desk)
    if arguments.json:
        for each in found:
            emit(_record(each))
    elif found:
        head = (_("id"), _("article"), _("unit"), _("due"), _("low"), _("there"), _("condition"), "")
        table(head, [_row(each) for each in found])
    return 0


def _row(item: Item) -> tuple[str, ...]:
    known = item.condition in CONDITIONS
    condition = wording.word(log_words.CONDITIONS, item.condition) if known else item.condition
    due, low = (str(item.due), "-") if item.equipment else ("-", str(item.low))
    short = _("short") if item.short else ""
    return item.id[:SHORT], item.name, item.unit, due, low, str(item.balance), condition or "-", short


def _record(item: Item) -> dict[str, Plain]:
    return {
        "id": item.id,
        "name": item.name,
        "unit": item.unit,
        "equipment": item.equipment,
        "due": item.due,
        "low": item.low,
        "balance": item.balance,
        "condition": item.condition,
        "counted": item.counted,
        "short": item.short,
        "moves": [{"at": move.at, "count": move.count, "whom": move.whom} for move in item.moves],
    }
