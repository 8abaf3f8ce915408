"""Data sets read back from the chains of who published them, and from the own one what was adopted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.datasets import Adopted, DataSet, joined, read_adopted, read_published
from checkpoint_app.domain.facts import SEALED
from checkpoint_app.storage import affairs
from checkpoint_app.storage.desk import read_setting, write_setting
from checkpoint_app.storage.engine import Connection

RULES = "rules_adopted"
"""Setting: the text of the rule packs adopted last, by the action of their set."""
MOST_KEPT = 4


class Publisher(NamedTuple):
    """Whose sets count: a desk, and the id of the key it is known by."""

    desk: str
    key: str


def published(reader: Connection, desks: Iterable[str]) -> tuple[DataSet, ...]:
    """Every set that these desks published, newest first."""
    found = (
        read_published(told) for desk in desks for told in affairs.all_told(reader, Family.DATA, desk=desk)
    )
    known = [data for data in found if data is not None]
    return tuple(sorted(known, key=lambda data: (data.published, data.version), reverse=True))


def adopted(reader: Connection, desk: str) -> tuple[Adopted, ...]:
    """What a desk adopted, the last first."""
    told = affairs.all_told(reader, Family.DATA, desk=desk)
    found = ((each.id, read_adopted(each)) for each in told)
    known = sorted(((id_, one) for id_, one in found if one is not None), key=lambda pair: -pair[0])
    return tuple(one for _id, one in known)


def content(reader: Connection, data: DataSet) -> str:
    """Raises SetDamaged when a part is missing, forgotten or another than was published."""
    return joined(data, affairs.told(reader, Family.DATA_PART, (data.action,), desk=data.publisher))


def key_of(reader: Connection, data: DataSet) -> str:
    """Id of the key under the seal that vouches for the entry which published it; "" before any does."""
    row = reader.execute(_SEALED_WITH, (data.publisher, data.name, data.action, SEALED)).fetchone()
    return str(row[0]) if row else ""


def kept_rules(reader: Connection) -> dict[str, str]:
    """Texts of adopted rule packs by the action of their set."""
    value = read_setting(reader, RULES)
    return {name: str(text) for name, text in value.items()} if isinstance(value, dict) else {}


def keep_rules(connection: Connection, data: DataSet, text: str, *, now: int) -> None:
    """Keeps the text of a rule pack, and of the ones before it a few: what a station works by does not depend
    on another desk's chain.
    """
    others = [(name, known) for name, known in kept_rules(connection).items() if name != data.action]
    write_setting(connection, RULES, dict([*others[1 - MOST_KEPT :], (data.action, text)]), now=now)


_SEALED_WITH = """
SELECT seal.public ->> '$.key' FROM affair_entry AS told JOIN entry AS own ON own.id = told.entry
  JOIN entry AS seal ON seal.desk = own.desk AND seal.epoch = own.epoch AND seal.seq > own.seq
 WHERE told.desk = ? AND told.family = 'data' AND told.name = ? AND own.header ->> '$.action' = ?
   AND seal.kind = ? ORDER BY seal.seq LIMIT 1"""
