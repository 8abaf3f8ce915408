"""Bundles as they should not be: each is refused by the check that is named, and nothing else happens."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
import zstandard

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.domain import bundles, canonical
from checkpoint_app.domain.bundles import BundleRefused, BundleStopped
from checkpoint_app.domain.entry import (
    LONGEST_PART,
    Entry,
    entry_hash,
    head_after,
    public_digest,
    read_header,
)
from checkpoint_app.storage import bundle_entries, bundle_read
from checkpoint_app.storage.bundle import peek, read_bundle
from tests.domain.chains import KEY
from tests.storage.bundles import EXCHANGE, HQ_KEY, STATION, chain, made, peer, taken, trusting
from tests.storage.frames import (
    Frame,
    check_of,
    opened,
    refusal,
    repacked,
    rle,
    sealed,
    signed,
    with_line,
)

STRANGER = DeskKey.load(b"s" * 32)
OTHER = ExchangeKey.make()
GOOD = made(chain()).data
FRAME = opened(GOOD)
RANGE = FRAME.manifest["ranges"][0]


def ranged(**changes: Any) -> Frame:
    return signed(FRAME, {"ranges": [RANGE | changes]})


def announced(**changes: Any) -> dict[str, Any]:
    seal = canonical.decode(chain()[-1].public)
    assert isinstance(seal, dict)
    told = {name: seal[name] for name in ("seq", "key", "signature")}
    return {
        "announced": [
            {"desk": STATION, "epoch": RANGE["epoch"], "at": 1, "hash": seal["head"], **told, **changes}
        ]
    }


def bombed(payload: bytes, told: int) -> bytes:
    return signed(FRAME, {"inflated": told}, payload=payload).file()


LARGE = random.Random(5).randbytes(LONGEST_PART).hex().encode()  # a line that packs badly
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("envelope", lambda: b""),
    "plain frame": ("envelope", FRAME.plain),
    "armoured": ("envelope", lambda: b"-----BEGIN AGE ENCRYPTED FILE-----\n"),
    "endless header": ("envelope", lambda: b"age-encryption.org/v1\n" + b"-> X25519 AAAA\nAAAA\n" * 20_000),
    "for another desk": ("recipient", lambda: made(chain(), to=[OTHER.recipient]).data),
    "wrapped for us by a finder": (
        "recipient",
        lambda: opened(made(chain(), to=[OTHER.recipient]).data, key=OTHER).file(),
    ),
    "another program's": ("magic", lambda: sealed(b"PK\3\4 and so on")),
    "nothing in the envelope": ("magic", lambda: sealed(b"")),
    "cut behind the manifest": ("magic", lambda: sealed(FRAME.plain()[:600])),
    "manifest too long": ("manifest", lambda: replace(FRAME, length=(64 << 10) + 1).file()),
    "manifest longest": ("manifest", lambda: replace(FRAME, length=2**32 - 1).file()),
    "manifest empty": ("manifest", lambda: replace(FRAME, length=0).file()),
    "manifest no JSON": ("manifest", lambda: replace(FRAME, said=b"\xff" * 300).file()),
    "manifest with spaces": ("manifest", lambda: replace(FRAME, said=FRAME.said.replace(b":", b": ")).file()),
    "manifest a list": ("manifest", lambda: replace(FRAME, said=b"[1]").file()),
    "manifest nested": ("manifest", lambda: replace(FRAME, said=b"[" * 60_000).file()),
    "manifest without sender": ("manifest", lambda: signed(FRAME, {"sender": None}).file()),
    "no range": ("manifest", lambda: signed(FRAME, {"ranges": []}).file()),
    "too many ranges": ("manifest", lambda: signed(FRAME, {"ranges": [RANGE] * 65}).file()),
    "a range twice": ("manifest", lambda: signed(FRAME, {"ranges": [RANGE, RANGE]}).file()),
    "range backwards": ("manifest", lambda: ranged(first=61).file()),
    "range from nought": ("manifest", lambda: ranged(first=0).file()),
    "numbers beyond ours": ("manifest", lambda: ranged(last=1 << 27).file()),
    "true is no number": ("manifest", lambda: ranged(first=True).file()),
    "a beginning with a past": ("manifest", lambda: ranged(before="1" * 64).file()),
    "a year nobody writes": ("manifest", lambda: ranged(begun=2**52).file()),
    "a name of two lines": ("manifest", lambda: signed(FRAME, {"station": "a\nb"}).file()),
    "newer format": ("format", lambda: signed(FRAME, {"v": 2}).file()),
    "format true": ("format", lambda: signed(FRAME, {"v": True}).file()),
    "unknown must": ("musts", lambda: signed(FRAME, {"crit": ["folded"]}).file()),
    "unknown sender": ("sender", lambda: signed(FRAME, {"sender": "G107-S-9"}).file()),
    "unknown key": ("sender", lambda: signed(FRAME, {"key": STRANGER.key_id}, key=STRANGER).file()),
    "signed by a stranger": ("signature", lambda: signed(FRAME, key=STRANGER).file()),
    "no signature": ("signature", lambda: replace(FRAME, signature=bytes(64)).file()),
    "another manifest": ("signature", lambda: replace(FRAME, said=FRAME.said.replace(b"60", b"61")).file()),
    "signed for another purpose": (
        "signature",
        lambda: replace(FRAME, signature=KEY.sign(b"cp1.seal\0" + FRAME.said)).file(),
    ),
    "not named in the manifest": ("recipient", lambda: signed(FRAME, {"to": [OTHER.recipient]}).file()),
    "entries of an unknown desk": ("desk", lambda: ranged(desk="G107-S-9").file()),
    "says it grows too much": ("inflated", lambda: signed(FRAME, {"inflated": 2**30}).file()),
    "says too many entries": ("inflated", lambda: ranged(last=500_001).file()),
    "a false head announced": ("seal", lambda: signed(FRAME, announced(hash="1" * 64)).file()),
    "a head announced by a stranger": ("seal", lambda: signed(FRAME, announced(key=STRANGER.key_id)).file()),
    "payload cut": ("digest", lambda: replace(FRAME, payload=FRAME.payload[:-1]).file()),
    "payload longer": ("digest", lambda: replace(FRAME, payload=FRAME.payload + b"x").file()),
    "no payload": ("digest", lambda: replace(FRAME, payload=b"").file()),
    "no zstd": ("inflated", lambda: bombed(b"x" * 900, 900)),
    "two zstd frames": ("inflated", lambda: bombed(FRAME.payload * 2, len(FRAME.inflated))),
    "zstd frame cut": ("inflated", lambda: bombed(FRAME.payload[:-20], len(FRAME.inflated))),
    "grows more than told": ("inflated", lambda: bombed(FRAME.payload, len(FRAME.inflated) - 1)),
    "grows less than told": ("inflated", lambda: bombed(FRAME.payload, len(FRAME.inflated) + 1)),
    "a wide window": ("inflated", lambda: bombed(rle(10, window=16 << 20) + bytes(900), 40_000)),
    "line ends only": ("entry", lambda: repacked(FRAME, b"\n" * 400 + LARGE[:1000]).file()),
    "a line that does not end": ("entry", lambda: repacked(FRAME, LARGE).file()),
    "an entry too many": ("entry", lambda: repacked(FRAME, FRAME.inflated + b"{}\n{}\nnull\nnull\n").file()),
    "an entry too few": (
        "entry",
        lambda: repacked(FRAME, b"".join(FRAME.inflated.splitlines(keepends=True)[:-4])).file(),
    ),
    "half a line more": ("entry", lambda: repacked(FRAME, FRAME.inflated + b"{").file()),
    "a header nobody wrote": ("entry", lambda: with_line(FRAME, 0, lambda _line: b'{"v":1}').file()),
    "another public part": ("entry", lambda: with_line(FRAME, 5, lambda line: line + b" ").file()),
    "another personal part": ("entry", lambda: with_line(FRAME, 2, lambda line: line + b" ").file()),
    "another salt": ("entry", lambda: with_line(FRAME, 3, lambda _line: b'"' + b"0" * 64 + b'"').file()),
    "a salt in capitals": ("entry", lambda: with_line(FRAME, 3, bytes.upper).file()),
    "a salt alone": ("entry", lambda: with_line(FRAME, 2, lambda _line: b"null").file()),
    "a personal part alone": ("entry", lambda: with_line(FRAME, 3, lambda _line: b"null").file()),
    "an entry twice": (
        "chain",
        lambda: with_line(FRAME, 4, lambda _line: FRAME.inflated.split(b"\n")[0]).file(),
    ),
    "another end": ("chain", lambda: ranged(after="1" * 64).file()),
    "another beginning": (
        "chain",
        lambda: signed(
            opened(made(chain()[20:]).data), {"ranges": [RANGE | {"first": 21, "before": "1" * 64}]}
        ).file(),
    ),
    "no seal at the end": (
        "seal",
        lambda: unsealed(59),
    ),
}


def unsealed(last: int) -> bytes:
    """The first entries up to one that is no seal."""
    entries = chain()
    lines = b"".join(map(bundle_entries.lines_of, entries[:last]))
    told = RANGE | {"last": last, "after": entries[last - 1].hash.hex()}
    return repacked(FRAME, lines, {"ranges": [told]}).file()


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
    assert found.count == 60
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
    assert read_swapped(GOOD) == 60


def test_what_the_receiver_raises_ends_the_reading_and_is_raised_on() -> None:
    def full(_some: object) -> None:
        raise OSError(28, "no space")

    with pytest.raises(OSError, match="no space"):
        read_bundle(io.BytesIO(GOOD), trust=trusting(peer()), identities=[EXCHANGE.identity], sink=full)


def test_a_stick_that_is_pulled_is_no_refusal() -> None:
    class Pulled(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 4_000:
                raise OSError(5, "input/output error")
            return super().read(size)

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
    monkeypatch.setattr(bundle_entries, "_check_part", lambda _part: None)
    assert check_of(data) == ""


def regrown(entries: Sequence[Entry], public: bytes) -> bytes:
    """A chain its own desk made with a public part that is no ledger's, and sealed."""
    first = read_header(entries[0].header)
    header = replace(first, public=public_digest(public)).encode()
    start = replace(entries[0], header=header, public=public, hash=entry_hash(header))
    return made([start, *chain(5, head=head_after(start))]).data
