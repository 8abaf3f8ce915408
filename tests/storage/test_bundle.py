"""Bundles as they should be: what goes in comes out, checked."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from checkpoint_app.domain import canonical
from checkpoint_app.domain.bundles import Announced, BundleStopped
from checkpoint_app.domain.entry import Head
from checkpoint_app.storage import bundle_read
from checkpoint_app.storage.bundle import Label, read_bundle, write_bundle
from tests.domain.chains import KEY
from tests.storage.bundles import (
    EXCHANGE,
    HQ,
    HQ_KEY,
    ID,
    MADE,
    STATION,
    chain,
    made,
    peer,
    range_of,
    taken,
    trusting,
)


def test_every_entry_of_a_bundle_comes_out_as_it_went_in() -> None:
    entries = chain(1_234)
    told, found = taken(made(entries).data)
    assert told.entries == 1_234
    assert [(one.header, one.public, one.personal, one.salt, one.hash) for one in found] == [
        (one.header, one.public, one.personal, one.salt, one.hash) for one in entries
    ]
    assert [one.seq for one in found] == list(range(1, 1_235))


def test_the_manifest_that_is_read_is_the_one_that_was_written() -> None:
    bundle = made(chain())
    told, _found = taken(bundle.data)
    assert told.manifest == bundle.written.manifest
    assert told.file_digest == bundle.written.file_digest
    assert bundle.written.size == len(bundle.data)


def test_a_later_part_and_forgotten_parts_are_taken_as_well() -> None:
    entries = [
        replace(one, personal=None, salt=None) if number % 7 == 0 else one
        for number, one in enumerate(chain(60))
    ]
    told, found = taken(made(entries[20:60]).data)
    assert told.manifest.ranges[0].first == 21
    assert sum(one.personal is None for one in found) == sum(one.personal is None for one in entries[20:])


def test_one_carries_the_ranges_of_several() -> None:
    trust = trusting(peer(), desk=HQ)
    mine = chain(40)
    told, found = taken(made(mine[:20], mine[20:], key=HQ_KEY, sender=HQ).data, trust=trust)
    assert (told.manifest.sender, told.entries, len(found)) == (HQ, 40, 40)
    assert KEY.key_id != told.manifest.key


@pytest.mark.parametrize("count", [1, 2, 499, 500, 501, 1_000, 1_001])
def test_a_range_of_any_length_is_handed_over_whole_and_in_order(count: int) -> None:
    told, found = taken(made(chain(count), chain(count, head=Head(STATION, "a" * 16))).data)
    assert told.entries == 2 * count
    assert [one.seq for one in found] == [*range(1, count + 1)] * 2
    assert [one.epoch for one in found] == ["00000000000000f1"] * count + ["a" * 16] * count


def test_entries_come_in_batches_that_stay_small_however_large_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bundle_read, "HELD", 60_000)
    sizes: list[int] = []
    read_bundle(
        io.BytesIO(made(chain(700)).data),
        trust=trusting(peer()),
        identities=[EXCHANGE.identity],
        sink=lambda some: sizes.append(len(some)),
    )
    assert sum(sizes) == 700
    assert len(sizes) > 5


def test_only_announced_heads_that_are_proved_are_left() -> None:
    seal = canonical.decode(chain()[-1].public)
    assert isinstance(seal, dict)
    head = Head(STATION, "00000000000000f1", int(str(seal["seq"])), str(seal["head"]))
    told = Announced(head.desk, head.epoch, head.seq, head.hash, 1, str(seal["key"]), str(seal["signature"]))
    unknown = replace(told, desk="G107-S-9")
    found, _entries = taken(made(chain(), announced=(told, unknown)).data)
    assert found.manifest.announced == (told,)
    assert told.head == head


@pytest.mark.parametrize("change", [slice(0, 59), slice(1, 60), slice(0, 60, 2)])
def test_entries_that_are_not_the_labels_are_not_written(change: slice) -> None:
    entries = chain()
    label = Label(ID, STATION, "南站", MADE, (range_of(entries),))
    with pytest.raises(ValueError, match=r"than the range says|too few"):
        write_bundle(io.BytesIO(), entries[change], label=label, key=KEY, recipients=[EXCHANGE.recipient])
    with pytest.raises(ValueError, match="too many"):
        write_bundle(
            io.BytesIO(), [*entries, *entries], label=label, key=KEY, recipients=[EXCHANGE.recipient]
        )


def test_nothing_is_written_when_the_progress_says_no_and_a_full_stick_is_told() -> None:
    class Full(io.BytesIO):
        def write(self, _data: object, /) -> int:
            raise OSError(28, "no space")

    target = io.BytesIO()
    label = Label(ID, STATION, "南站", MADE, (range_of(chain()),))
    with pytest.raises(BundleStopped):
        write_bundle(
            target,
            chain(),
            label=label,
            key=KEY,
            recipients=[EXCHANGE.recipient],
            progress=lambda _done, _all: False,
        )
    assert target.getvalue() == b""
    with pytest.raises(OSError, match="no space"):
        write_bundle(Full(), chain(), label=label, key=KEY, recipients=[EXCHANGE.recipient])
