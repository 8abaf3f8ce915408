"""What lies in a ledger to be sent: its lines, cut where seals are."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.storage import outgoing, queries
from checkpoint_app.storage.bundle_entries import lines_of
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.outgoing import ChainHere
from tests.storage.desks import DESK, crossed, opened


def filled(ledger: Ledger, count: int) -> ChainHere:
    for start in range(0, count, 400):
        ledger.append([crossed(number) for number in range(start, min(start + 400, count))]).result()
    with ledger.reader() as reader:
        (chain,) = outgoing.chains_here(reader)
    return chain


def test_the_database_makes_the_same_lines_as_the_format(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        filled(ledger, 20)
        ledger.transact(
            lambda writer: writer.execute("UPDATE entry SET personal = NULL, salt = NULL WHERE id = 7")
        ).result()
        ledger.seal("count").result()
        with ledger.reader() as reader:
            rows = queries.entries(reader)
            data, count, last = outgoing.lines_between(reader, 1, len(rows))
    assert data == b"".join(lines_of(row.entry) for row in rows)
    assert (count, last) == (len(rows), rows[-1].entry.hash)
    assert b"\nnull\nnull\n" in data
    assert b'\n"' in data


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ([(1, 1_200)], [(1, 1_000)]),  # behind the last seal nothing can go
        ([(1, 499)], [(1, 500)]),  # on to the seal that ends it
        ([(501, 501), (700, 701)], [(501, 1_000)]),
        ([(1_001, 1_200)], []),
    ],
)
def test_what_goes_ends_with_a_seal(
    tmp_path: Path, wanted: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    with opened(tmp_path) as ledger:
        chain = filled(ledger, 1_197)
        with ledger.reader() as reader:
            assert list(outgoing.sealed_spans(reader, chain, wanted)) == found
            assert outgoing.last_seal(reader, DESK, chain.epoch, upto=chain.spans[-1][1]) == 1_000


def test_a_long_span_is_cut_at_seals_and_never_shorter_than_to_the_next(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        chain = filled(ledger, 1_500)
        with ledger.reader() as reader:
            assert list(outgoing.cut(reader, chain, (1, 1_500), most=1_100)) == [(1, 1_000), (1_001, 1_500)]
            assert list(outgoing.cut(reader, chain, (3, 1_000), most=10)) == [(3, 500), (501, 1_000)]
