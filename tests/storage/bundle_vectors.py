"""Writes tests/data/bundles: bundles that every version must read, or refuse by the same check.

    python -m tests.storage.bundle_vectors      only files that are not there: released ones never change

Frames come out the same every time; envelopes do not, because age takes a new key for each. `expected.json`
has the receiver's identity, the desks it has enrolled, and for every file either the check that refuses it or
what comes out. Keys and people are invented.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from checkpoint_app.domain.entry import Entry, Fact, Head, build, head_after
from checkpoint_app.domain.trust import Trust
from tests.domain.chains import KEY, STAMP, grow
from tests.storage.bundles import EXCHANGE, HQ, HQ_KEY, STATION, made, peer, taken, trusting
from tests.storage.frames import signed
from tests.storage.hostile import ENTRIES, FRAME, GOOD, HOSTILE, announced

FOLDER = Path(__file__).resolve().parent.parent / "data" / "bundles"
REVOKED = "G107-S-3"
NOT_KEPT = frozenset({"endless header", "a line that does not end"})  # only large ones


def newer() -> list[Entry]:
    """What a newer program may write: kinds and fields nobody here knows."""
    head, entries = Head(STATION, "00000000000000f2"), []
    for number in range(5):
        fact = Fact(
            "drone_seen", f"{number:032x}", number, {"height": 40, "new": {"wings": [4]}}, {"pilot": "张三"}
        )
        entries.append(build(head, fact, stamp=STAMP, salt=number.to_bytes(32, "big")))
        head = head_after(entries[-1])
    return [*entries, *grow(1, head=head)]


def forgotten() -> list[Entry]:
    """Personal parts gone from every second entry."""
    return [replace(one, personal=None, salt=None) if place % 2 else one for place, one in enumerate(ENTRIES)]


SOUND: dict[str, Callable[[], bytes]] = {
    "one range": lambda: GOOD,
    "a later range": lambda: made(ENTRIES[6:]).data,
    "two ranges": lambda: made(newer(), ENTRIES).data,
    "carried by another": lambda: made(ENTRIES, key=HQ_KEY, sender=HQ).data,
    "forgotten parts": lambda: made(forgotten()).data,
    "unknown kinds": lambda: made(newer()).data,
    "unknown manifest field": lambda: signed(FRAME, {"weather": "fog"}).file(),
    "announced head": lambda: signed(FRAME, announced()).file(),
    "announced by a desk not enrolled": lambda: signed(FRAME, announced(desk="G107-S-9")).file(),
}
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    **{name: made_up for name, made_up in HOSTILE.items() if name not in NOT_KEPT},
    "revoked sender": ("revoked", lambda: made(grow(1, head=Head(REVOKED, "1" * 16)), sender=REVOKED).data),
    "range of a revoked desk": ("revoked", lambda: made(grow(1, head=Head(REVOKED, "1" * 16))).data),
}


def trust() -> Trust:
    """Whom the vectors' receiver believes."""
    return trusting(peer(), peer(REVOKED, revoked=1))


def receiver() -> dict[str, Any]:
    """The receiver as expected.json has it."""
    enrolled = [
        {"desk": desk, "key": KEY.key_id, "public": KEY.public.hex(), "revoked": desk == REVOKED}
        for desk in (STATION, REVOKED)
    ]
    own = {"desk": HQ, "key": HQ_KEY.key_id, "public": HQ_KEY.public.hex(), "revoked": False}
    return {"identity": EXCHANGE.identity, "recipient": EXCHANGE.recipient, "desks": [own, *enrolled]}


def outcome(data: bytes, check: str) -> dict[str, Any]:
    """What must come of a file."""
    if check:
        return {"check": check}
    told, found = taken(data, trust=trust())
    heads = [[each.desk, each.epoch, each.last, each.after] for each in told.manifest.ranges]
    return {"bundle": told.manifest.bundle, "entries": len(found), "heads": heads}


def write(folder: Path) -> None:
    """What is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "expected.json"
    told = json.loads(table.read_text(encoding="utf-8")) if table.exists() else {**receiver(), "files": {}}
    wanted = {**{name: ("", make) for name, make in SOUND.items()}, **REFUSED}
    for name, (check, make) in wanted.items():
        file = re.sub(r"[^a-z0-9-]", "", name.lower().replace(" ", "-")) + ".cpb"
        if not (folder / file).exists():
            (folder / file).write_bytes(make())
            told["files"][file] = outcome((folder / file).read_bytes(), check)
    table.write_text(json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(FOLDER)
