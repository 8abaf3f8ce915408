"""Is the ledger what was written? Hashes, links, numbering, seals, and heads that left the building."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial

from checkpoint_app.crypto.desk import signature_fits
from checkpoint_app.domain import intervals
from checkpoint_app.domain.chain import Report, Verifier
from checkpoint_app.domain.entry import Head
from checkpoint_app.storage import appending, ordering, queries, spans
from checkpoint_app.storage import desk as own
from checkpoint_app.storage.database import every_page_is_whole
from checkpoint_app.storage.desk import read_desk_keys, read_keys_of_desks
from checkpoint_app.storage.engine import Connection

PART = 2_000
"""Entries read at a time, so that no snapshot is held for long."""


def prove(
    reading: Callable[[], AbstractContextManager[Connection]],
    *,
    heads: Sequence[Head] = (),
    progress: Callable[[int], bool] = lambda _done: True,
) -> Report:
    """Verifies every chain in sight; `reading` gives a connection for each part. `progress` gets the number
    of entries done and ends the work early by returning False. What never came of other desks' chains is a
    gap and no fault."""
    with reading() as connection:
        verifier = Verifier(
            keys={},
            keys_of=read_keys_of_desks(connection),
            check=signature_fits,
            heads=tuple(heads),
            absent=partial(_never_came, reading),
        )
        chains = queries.chains(connection)
    done = 0
    for desk, epoch in chains:
        after = 0
        while True:
            with reading() as connection:
                part = list(queries.chain_entries(connection, desk, epoch, after=after, limit=PART))
                after = queries.last_number(connection, desk, epoch, after=after, limit=PART)
            for entry in part:
                verifier.feed(entry)
            done += len(part)
            if not progress(done):
                return verifier.report()
            if len(part) < PART:
                break
    return verifier.report()


def _never_came(
    reading: Callable[[], AbstractContextManager[Connection]], desk: str, epoch: str, first: int, last: int
) -> bool:
    """Whether these numbers of another desk's chain were never taken in; of what was written here all is."""
    with reading() as connection:
        ident = queries.id_of(connection, desk, epoch, last + 1)
        if ident is None or ordering.is_own(ident):
            return False
        return not intervals.common(spans.held(connection, desk, epoch), [(first, last)])


def prove_end(connection: Connection, *, most: int = 1_000) -> Report:
    """Verifies the last entries of the chain this file writes, and takes what lies before them on trust."""
    chain = own.read_chain(connection)
    if chain is None:
        return Report((), 0, 0, 0, (), ())
    end = appending.read_head(connection, chain.desk, chain.epoch)
    start = max(0, end.seq - most)
    known = list(queries.chain_entries(connection, chain.desk, chain.epoch, after=start - 1, limit=1))
    after = [Head(chain.desk, chain.epoch, start, known[0].hash.hex())] if start and known else []
    verifier = Verifier(keys=read_desk_keys(connection), check=signature_fits, after=after)
    for entry in queries.chain_entries(connection, chain.desk, chain.epoch, after=start, limit=most):
        verifier.feed(entry)
    return verifier.report()


def pages_are_whole(reader: Connection) -> bool:
    """Whether the file is what was written down to its unused pages: what proving reads is not all of it.

    A page that is being moved out of the log while it is read may look torn, so a fault is looked at twice.
    """
    return every_page_is_whole(reader) or every_page_is_whole(reader)
