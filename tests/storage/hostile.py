"""Bundles somebody might make up, each with the check that must refuse it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.domain import canonical
from checkpoint_app.domain.entry import LONGEST_PART
from checkpoint_app.storage import bundle_entries
from tests.domain.chains import KEY, grow
from tests.storage.bundles import STATION, made
from tests.storage.frames import Frame, opened, repacked, rle, sealed, signed, with_line

STRANGER = DeskKey.load(b"s" * 32)
OTHER = ExchangeKey.load(RecoveryKey.from_secret(b"o" * 32).identity)
COUNT = 12
ENTRIES = grow(COUNT, seals=6)
GOOD = made(ENTRIES).data
FRAME = opened(GOOD)
RANGE = FRAME.manifest["ranges"][0]


def ranged(**changes: Any) -> Frame:
    return signed(FRAME, {"ranges": [RANGE | changes]})


def announced(**changes: Any) -> dict[str, Any]:
    seal = canonical.decode(ENTRIES[-1].public)
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
    "for another desk": ("recipient", lambda: made(ENTRIES, to=[OTHER.recipient]).data),
    "wrapped for us by a finder": (
        "recipient",
        lambda: opened(made(ENTRIES, to=[OTHER.recipient]).data, key=OTHER).file(),
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
    "range backwards": ("manifest", lambda: ranged(first=COUNT + 1).file()),
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
    "another manifest": (
        "signature",
        lambda: replace(FRAME, said=FRAME.said.replace(b'"last":12', b'"last":13')).file(),
    ),
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
            opened(made(ENTRIES[6:]).data), {"ranges": [RANGE | {"first": 7, "before": "1" * 64}]}
        ).file(),
    ),
    "no seal at the end": (
        "seal",
        lambda: unsealed(COUNT - 1),
    ),
}


def unsealed(last: int) -> bytes:
    """The first entries up to one that is no seal."""
    entries = ENTRIES
    lines = b"".join(map(bundle_entries.lines_of, entries[:last]))
    told = RANGE | {"last": last, "after": entries[last - 1].hash.hex()}
    return repacked(FRAME, lines, {"ranges": [told]}).file()
