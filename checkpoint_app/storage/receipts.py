"""What other desks said they hold: their receipts and their own bundles, as their chains in this file tell.

A receipt counts for entries of a chain when it names the hash that its last one has here: then every entry
before it is the same too. One that names another hash speaks of a chain that forked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from checkpoint_app.domain.exchange import BUNDLE_MADE, BUNDLE_RECEIVED, Held
from checkpoint_app.domain.facts import SEALED
from checkpoint_app.storage.blocks import BLOCK
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.schema import Derived

_KINDS = " OR ".join(f"kind = '{kind}'" for kind in (SEALED, BUNDLE_RECEIVED, BUNDLE_MADE))

EXCHANGE_INDEX = Derived(
    "exchange_index",
    drops=("DROP INDEX IF EXISTS entry_exchange",),
    creates=(f"CREATE INDEX entry_exchange ON entry(kind, desk, epoch, seq) WHERE {_KINDS}",),
)
"""Seals of a chain and receipts of a desk, found without reading what lies between them."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Desk `by` holds `held`; `at` ms UTC. `confirmed`: it says so of what came in, not of what it sent."""

    by: str
    bundle: str
    at: int
    held: tuple[Held, ...]
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class FalseReceipt:
    """Desk `by` holds an entry with this number and the hash `told`; the one here has the hash `ours`."""

    by: str
    desk: str
    epoch: str
    seq: int
    told: str
    ours: str
    at: int


def read_receipts(reader: Connection, by: str, *, about: Sequence[str] = ()) -> tuple[Receipt, ...]:
    """What desk `by` said it holds, oldest first in each of its chains; of the desks `about` when given."""
    found = [
        *_told(reader, f"kind = '{BUNDLE_RECEIVED}'", by, about=about, confirmed=True),
        *_told(reader, f"kind = '{BUNDLE_MADE}'", by, about=about, confirmed=False),
    ]
    return tuple(each for each in found if each.held)


def agreed(reader: Connection, receipts: Iterable[Receipt]) -> tuple[tuple[Receipt, Held], ...]:
    """Those parts of receipts whose hash is the one here; what is not here says nothing."""
    return tuple(
        (receipt, held)
        for receipt in receipts
        for held in receipt.held
        if hash_of(reader, held.desk, held.epoch, held.last) == held.hash
    )


def false_receipts(reader: Connection, receipts: Iterable[Receipt]) -> tuple[FalseReceipt, ...]:
    """Those parts of receipts whose hash is not the one here."""
    return tuple(
        FalseReceipt(receipt.by, held.desk, held.epoch, held.last, held.hash, ours, receipt.at)
        for receipt in receipts
        for held in receipt.held
        if (ours := hash_of(reader, held.desk, held.epoch, held.last)) not in ("", held.hash)
    )


def hash_of(reader: Connection, desk: str, epoch: str, seq: int) -> str:
    """Hex; "" when that entry is not here."""
    row = reader.execute(
        "SELECT lower(hex(hash)) FROM stored WHERE desk = ? AND epoch = ? AND seq = ?", (desk, epoch, seq)
    ).fetchone()
    return str(row[0]) if row else ""


def _told(
    reader: Connection, kind: str, by: str, *, about: Sequence[str], confirmed: bool
) -> Iterable[Receipt]:
    named = " OR ".join("instr(public, ?) > 0" for _ in about) or "1"
    rows = reader.execute(
        "SELECT public, happened FROM entry"  # noqa: S608 - constants
        f" WHERE {kind} AND desk = ? AND ({named}) ORDER BY epoch, seq",
        (by, *(f'"desk":"{desk}"' for desk in about)),
    )
    for public, at in rows.fetchall():
        body = json.loads(public)
        held = tuple(each for each in _held(body.get("held")) if not about or each.desk in about)
        yield Receipt(by, str(body.get("bundle", "")), at, held, confirmed)


def _held(value: object) -> Iterator[Held]:
    """What can be read of it: another desk wrote it, and perhaps with a newer program."""
    for each in value if isinstance(value, list) else ():
        with suppress(KeyError, TypeError, ValueError):
            held = Held(
                str(each["desk"]),
                str(each["epoch"]),
                int(each["first"]),
                int(each["last"]),
                str(each["hash"]),
            )
            if 1 <= held.first <= held.last < BLOCK:
                yield held
