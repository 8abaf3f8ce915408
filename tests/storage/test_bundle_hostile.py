"""Bundles as they should not be: each is refused by the check that is named, and nothing else happens."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
import zstandard

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.domain import bundles
from checkpoint_app.domain.bundles import BundleRefused, BundleStopped
from checkpoint_app.domain.entry import (
    Entry,
    entry_hash,
    head_after,
    public_digest,
    read_header,
)
from checkpoint_app.storage import bundle_entries, bundle_read
from checkpoint_app.storage.bundle import peek, read_bundle
from tests.storage.bundles import EXCHANGE, HQ_KEY, STATION, chain, made, peer, taken, trusting
from tests.storage.frames import (
    check_of,
    refusal,
    signed,
)
from tests.storage.hostile import COUNT, FRAME, GOOD, HOSTILE, STRANGER


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_bundle_is_refused_by_the_check_that_is_named(name: str) -> None:
    check, make = HOSTILE[name]
    assert check_of(make()) == check


def test_every_check_refuses_something() -> None:
    described = bundles.BundleRefused.__doc__ or ""
    order = described.split("order: ")[1].split(". ")[0].replace("\n", " ").split(", ")
    assert {check.strip() for check in order} == {check for check, _make in HOSTILE.values()} | {
        "size",
        "revoked",
    }


def test_the_file_itself_may_not_be_larger_than_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_read, "LARGEST_FILE", len(GOOD) - 1)
    assert check_of(GOOD) == "size"
    monkeypatch.setattr(bundle_read, "LARGEST_FILE", len(GOOD))
    assert check_of(GOOD) == ""


def test_a_revoked_desk_is_refused_as_sender_and_as_writer() -> None:
    gone = trusting(peer(revoked=1))
    assert check_of(GOOD, trust=gone) == "revoked"
    carried = made(chain(), key=HQ_KEY, sender="HQ-1").data
    assert check_of(carried) == ""
    assert check_of(carried, trust=gone) == "revoked"


def test_a_carrier_cannot_write_for_another_desk() -> None:
    """The lead's desk has a valid key, and forges a whole chain of desk 2 sealed with it."""
    lead = DeskKey.load(b"l" * 32)
    trust = trusting(peer(), peer("G107-S-2", lead))
    honest = made(chain(), key=lead, sender="G107-S-2")
    assert check_of(honest.data, trust=trust) == ""
    forged = made(chain(word="false", key=lead), key=lead, sender="G107-S-2")
    assert check_of(forged.data, trust=trust) == "seal"


def test_a_refusal_says_who_sent_it_once_that_is_known() -> None:
    for name, (check, make) in HOSTILE.items():
        found = refusal(make())
        assert found is not None
        if check in {"inflated", "digest", "entry", "chain", "seal", "desk"}:
            assert found.facts.get("sender") == STATION, name


def test_looking_at_the_manifest_reads_no_further() -> None:
    broken = replace(FRAME, payload=FRAME.payload[:-1]).file()
    found = peek(io.BytesIO(broken), trust=trusting(peer()), identities=[EXCHANGE.identity])
    assert found.count == COUNT
    assert check_of(broken) == "digest"


def test_what_is_refused_was_never_inflated_before_its_sender_was_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def inflate(*_given: object, **_named: object) -> None:
        raise AssertionError("inflated")

    monkeypatch.setattr(zstandard, "ZstdDecompressor", inflate)
    early = {
        name: make
        for name, (check, make) in HOSTILE.items()
        if check not in {"inflated", "entry", "chain", "seal"}
    }
    assert len(early) > 30
    for name, make in early.items():
        assert check_of(make()) == HOSTILE[name][0]
    with pytest.raises(AssertionError, match="inflated"):
        taken(GOOD)


class Swapped(io.BytesIO):
    """A stick that shows another file from the second reading on."""

    def __init__(self, second: bytes) -> None:
        super().__init__(GOOD)
        self._second, self._rewinds = second, 0

    def seek(self, place: int, whence: int = 0, /) -> int:
        self._rewinds += (place, whence) == (0, 0)
        if self._rewinds == 2:
            self._rewinds = 3
            super().seek(0)
            self.truncate()
            self.write(self._second)
        return super().seek(place, whence)


def read_swapped(second: bytes) -> int:
    return read_bundle(
        Swapped(second), trust=trusting(peer()), identities=[EXCHANGE.identity], sink=lambda _some: None
    ).entries


def test_a_file_that_changes_between_the_two_readings_is_refused() -> None:
    flipped = bytearray(FRAME.payload)
    flipped[-30] ^= 1
    for second in (replace(FRAME, payload=bytes(flipped)).file(), made(chain(word="other")).data, b""):
        with pytest.raises(BundleRefused):
            read_swapped(second)
    assert read_swapped(GOOD) == COUNT


def test_what_the_receiver_raises_ends_the_reading_and_is_raised_on() -> None:
    def full(_some: object) -> None:
        raise OSError(28, "no space")

    with pytest.raises(OSError, match="no space"):
        read_bundle(io.BytesIO(GOOD), trust=trusting(peer()), identities=[EXCHANGE.identity], sink=full)


def test_a_stick_that_is_pulled_is_no_refusal() -> None:
    class Pulled(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > len(GOOD) // 2:
                raise OSError(5, "input/output error")
            return super().read(100)

    with pytest.raises(OSError, match="input/output"):
        read_bundle(
            Pulled(GOOD), trust=trusting(peer()), identities=[EXCHANGE.identity], sink=lambda _some: None
        )


def test_reading_stops_when_the_progress_says_no() -> None:
    long = made(chain(1_200, seals=400)).data
    seen: list[tuple[int, int]] = []

    def progress(done: int, whole: int) -> bool:
        seen.append((done, whole))
        return done < 1_000

    with pytest.raises(BundleStopped):
        read_bundle(
            io.BytesIO(long),
            trust=trusting(peer()),
            identities=[EXCHANGE.identity],
            sink=lambda _some: None,
            progress=progress,
        )
    assert seen == [(500, 1_200), (1_000, 1_200)]


def test_control_without_the_senders_signature_a_strangers_bundle_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = signed(FRAME, key=STRANGER).file()
    assert check_of(data) == "signature"
    monkeypatch.setattr(bundle_read, "signature_fits", lambda *_given: True)
    assert check_of(data) == ""


def test_control_without_the_seal_a_carrier_writes_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    forged = made(chain(word="false", key=HQ_KEY), key=HQ_KEY, sender="HQ-1").data
    assert check_of(forged) == "seal"
    monkeypatch.setattr(bundle_entries, "seal_fits", lambda *_given, **_named: True)
    assert check_of(forged) == ""


def test_control_without_the_check_of_the_parts_the_ledger_gets_what_it_cannot_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = regrown(chain(1), b'{"a":1,"a":1.5e999}')
    assert check_of(data) == "entry"
    monkeypatch.setattr(bundle_entries, "_value_of", lambda _part: {})
    assert check_of(data) == ""


def regrown(entries: Sequence[Entry], public: bytes) -> bytes:
    """A chain its own desk made with a public part that is no ledger's, and sealed."""
    first = read_header(entries[0].header)
    header = replace(first, public=public_digest(public)).encode()
    start = replace(entries[0], header=header, public=public, hash=entry_hash(header))
    return made([start, *chain(5, head=head_after(start))]).data


def test_a_bundle_with_an_unknown_must_waits_for_the_newer_program(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = signed(FRAME, {"crit": ["folded"]}).file()
    found = refusal(waiting)
    assert found is not None
    assert found.facts == {"check": "musts", "flags": "folded"}
    monkeypatch.setattr(bundles, "KNOWN_MUSTS", frozenset({"folded"}))
    assert check_of(waiting) == ""
