"""What a desk erased is erased wherever its entries lie or come to: erasure wins, whatever came first.

An entry of a desk that orders an erasure acts on all its entries of that age and kind, those here and those
that come later; one that this file's own desk wrote acts on every desk's. Affairs that are not over and who
is in the register outlast it (`lasting`), unless the order says otherwise: the file's own retention asks
after them again. Remarks and corrections go with the crossing they are about, whenever they were written. A
personal part that is merely missing erases nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from checkpoint_app.domain import facts
from checkpoint_app.domain.bundles import Manifest
from checkpoint_app.domain.canonical import Value
from checkpoint_app.storage import chains, lasting, views
from checkpoint_app.storage.desk import read_setting, write_setting
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.erasures import EVERY, Orders, Rule, orders
from checkpoint_app.storage.forgetting import RENEWAL_DUE
from checkpoint_app.storage.ledger import Ledger

__all__ = ["Orders", "erase", "orders"]

CARRIED_OUT, ARRIVED = "erasures_carried_out", "erasures_to_look_for"
STEP = 50
"""Entries erased in one transaction: some milliseconds."""
PAGE = 2_000


def note_arrived(connection: Connection, manifest: Manifest, *, now: int) -> None:
    """What a bundle brought is to be looked through, because there are orders from before; inside the
    transaction that shows it.
    """
    starts = ((each, chains.known_start(connection, each.desk, each.epoch)) for each in manifest.ranges)
    spans: list[Value] = [[start + each.first, start + each.last] for each, start in starts if start]
    write_setting(connection, ARRIVED, [*_arrived(connection), *spans], now=now)


def erase(ledger: Ledger) -> int:
    """Erases what is here and covered: all that orders which came last cover, and of what came since the
    last time remarks about crossings that are covered. Step by step; how many entries it erased.

    A stop at any moment only delays.
    """
    with ledger.unveiled() as reader:
        said, arrived = orders(reader), _arrived(reader)
        further = said.without(_carried_out(reader))
        erased = _carry_out(ledger, _covered(reader, further))
        erased += _carry_out(ledger, _beside(reader, said, arrived))
    if further or arrived:
        ledger.transact(lambda connection: _note(connection, said, arrived, now=ledger.now())).result()
    if erased:
        ledger.keep({RENEWAL_DUE: ledger.drafts().get(RENEWAL_DUE) or ledger.now()}).result()
    return erased


def _arrived(connection: Connection) -> list[Any]:
    kept = read_setting(connection, ARRIVED)
    return kept if isinstance(kept, list) else []


def _carry_out(ledger: Ledger, entries: Iterator[int]) -> int:
    erased = 0
    while part := list(islice(entries, STEP)):
        erased += ledger.transact(partial(_erase, entries=part)).result()
    return erased


def _erase(connection: Connection, *, entries: Sequence[int]) -> int:
    """These, and what is said of them."""
    erased = 0
    for entry in entries:
        for (ident,) in connection.execute(_WITH_REMARKS, (entry,)).fetchall():
            erased += 1
            connection.execute("UPDATE main.entry SET personal = NULL, salt = NULL WHERE id = ?", (ident,))
    return erased


_ABOUT = views.listed(views.CORRECTIONS + views.REMARKS)
_WITH_REMARKS = f"""
SELECT id FROM main.entry WHERE personal IS NOT NULL AND (id = ?1 OR id IN (
  SELECT thread.entry FROM main.entry AS about JOIN thread
      ON thread.desk = about.desk AND thread.action = about.header ->> '$.action'
   WHERE about.id = ?1) AND kind IN {_ABOUT} AND kind NOT IN {views.listed(tuple(sorted(lasting.KINDS)))})"""  # noqa: S608


def _covered(reader: Connection, further: Mapping[Rule, tuple[int, int]]) -> Iterator[int]:
    """Entries that rules cover now and did not before. What the own desk orders of itself it carries out."""
    for (desk, kind, also_lasting), (since, before) in further.items():
        at: tuple[int, int] | None = (since, 0)
        while at is not None and desk != EVERY:
            rows = reader.execute(_PAGE, (*at, before, PAGE, desk)).fetchall()
            for ident, _, its_kind, ours in rows:
                fits = kind in (its_kind, EVERY) and (also_lasting or its_kind not in lasting.KINDS)
                if ours and fits:
                    yield ident
            at = (rows[-1][1], rows[-1][0]) if len(rows) == PAGE else None


# A crossing also when it is bare itself: something with a personal part may be said of it.
_PAGE = f"""
SELECT id, happened, kind, desk = ?5 AND (personal IS NOT NULL OR kind = '{facts.VEHICLE_CROSSED}')
  FROM main.entry WHERE (happened, id) > (?1, ?2) AND happened < ?3 ORDER BY happened, id LIMIT ?4"""  # noqa: S608


def _beside(reader: Connection, said: Orders, ranges: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Crossings that are covered and of which something is here still, said or met in these ranges."""
    last = max(said.before.values(), default=0)
    for span in ranges if said.before else ():
        for ident, desk, kind, happened in reader.execute(_MET, (*span, last)).fetchall():
            if said.covers(desk, kind, happened):
                yield ident


_MET = f"""
SELECT met.id, met.desk, met.kind, met.happened FROM main.entry AS met
 WHERE met.id BETWEEN ?1 AND ?2 AND met.kind = '{facts.VEHICLE_CROSSED}' AND met.happened < ?3
   AND EXISTS (SELECT 1 FROM thread WHERE desk = met.desk AND action = met.header ->> '$.action')
UNION
SELECT crossed.id, crossed.desk, crossed.kind, crossed.happened
  FROM main.entry AS met JOIN main.entry AS crossed
    ON crossed.desk = met.desk AND crossed.epoch = met.public ->> '$.ref.epoch'
   AND crossed.seq = met.public ->> '$.ref.seq'
 WHERE met.id BETWEEN ?1 AND ?2 AND met.kind IN {_ABOUT} AND crossed.happened < ?3
   AND crossed.kind = '{facts.VEHICLE_CROSSED}'
UNION
SELECT crossed.id, crossed.desk, crossed.kind, crossed.happened
  FROM main.entry AS met
  JOIN thread ON thread.desk = met.desk AND thread.action = met.public ->> '$.crossing'
  JOIN main.entry AS crossed
    ON crossed.id = thread.entry AND crossed.header ->> '$.action' = thread.action
 WHERE met.id BETWEEN ?1 AND ?2 AND met.kind IN {_ABOUT} AND crossed.happened < ?3"""  # noqa: S608


def _carried_out(reader: Connection) -> Orders:
    kept = read_setting(reader, CARRIED_OUT)
    rows: Any = kept if isinstance(kept, list) else []
    return Orders({(desk, kind, also_lasting): before for desk, kind, also_lasting, before in rows})


def _note(connection: Connection, said: Orders, arrived: Sequence[Any], *, now: int) -> None:
    """Carried out, also in forks."""
    left = [span for span in _arrived(connection) if span not in arrived]
    write_setting(connection, ARRIVED, left, now=now)
    for ident, desk, kind, happened in connection.execute(_FORKS).fetchall():
        if said.covers(desk, kind, happened):
            connection.execute("UPDATE fork SET personal = NULL, salt = NULL WHERE hash = ?", (ident,))
    write_setting(connection, CARRIED_OUT, [[*rule, before] for rule, before in said.before.items()], now=now)


_FORKS = """
SELECT hash, desk, header ->> '$.kind', header ->> '$.happened' FROM fork WHERE personal IS NOT NULL"""
