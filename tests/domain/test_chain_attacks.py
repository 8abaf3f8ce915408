from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from checkpoint_app.domain.entry import (
    Entry,
    Fact,
    Head,
    build,
    head_after,
    read_header,
)
from tests.domain.chains import STAMP, checked, grow, rehashed


def edited(entries: list[Entry], chosen: random.Random) -> None:
    place = chosen.randrange(len(entries))
    public = entries[place].public
    entries[place] = replace(entries[place], public=public[:-1] + b',"z":1}')


def deleted(entries: list[Entry], chosen: random.Random) -> None:
    del entries[chosen.randrange(len(entries) - 1)]


def renumbered(entries: list[Entry], chosen: random.Random) -> None:
    place = chosen.randrange(len(entries))
    old, new = f'"seq":{place + 1},', f'"seq":{place + chosen.randint(2, 9)},'
    entries[place] = rehashed(entries[place], entries[place].header.replace(old.encode(), new.encode()))
    entries.sort(key=lambda entry: read_header(entry.header).seq)


def swapped(entries: list[Entry], chosen: random.Random) -> None:
    one, other = chosen.sample(range(len(entries)), 2)
    first, second = entries[one], entries[other]
    entries[one] = replace(second, header=first.header, hash=first.hash)
    entries[other] = replace(first, header=second.header, hash=second.hash)


def digest_fixed(entries: list[Entry], chosen: random.Random) -> None:
    place = chosen.randrange(len(entries) - 1)
    old = entries[place]
    header = read_header(old.header)
    head = Head(header.desk, header.epoch, header.seq - 1, header.prev)
    fact = Fact(header.kind, header.action, header.happened, {"people": 0, "w": "forged"}, None)
    entries[place] = build(head, fact, stamp=STAMP, salt=bytes(32))


@pytest.mark.parametrize("attack", [edited, deleted, renumbered, swapped, digest_fixed])
def test_a_hundred_of_a_hundred_changes_without_recomputation_are_noticed(
    attack: Callable[[list[Entry], random.Random], None],
) -> None:
    chosen = random.Random(attack.__name__)
    clean = grow(60)
    noticed = 0
    for _ in range(100):
        entries = list(clean)
        attack(entries, chosen)
        noticed += not checked(entries).sound
    assert noticed == 100
    assert checked(clean).sound


# A5: an officer who recomputes everything, or cuts the tail; noticed only by heads that left the building


def recomputed(entries: list[Entry], chosen: random.Random) -> list[Entry]:
    place = chosen.randrange(len(entries) - 1)
    head = head_after(entries[place - 1]) if place else Head("G107-S-1", "00000000000000f1")
    return [*entries[:place], *grow(len(entries) - place, head=head, word="forged")]


def cut(entries: list[Entry], chosen: random.Random) -> list[Entry]:
    return entries[: chosen.randrange(len(entries))]


@pytest.mark.parametrize("attack", [recomputed, cut])
def test_recomputed_chains_and_cut_tails_are_noticed_by_an_outside_head_and_only_by_it(
    attack: Callable[[list[Entry], random.Random], list[Entry]],
) -> None:
    chosen = random.Random(attack.__name__)
    clean = grow(60)
    printed = head_after(clean[-1])
    with_head = without = 0
    for _ in range(100):
        forged = attack(clean, chosen)
        with_head += not checked(forged, printed).sound
        without += not checked(forged).sound
    assert (with_head, without) == (100, 0)
    assert checked(clean, printed).sound
