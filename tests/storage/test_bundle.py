"""Bundles as they should be: what goes in comes out, checked."""

from __future__ import annotations

from dataclasses import replace

from tests.domain.chains import KEY
from tests.storage.bundles import HQ, HQ_KEY, chain, made, peer, taken, trusting


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
