"""Changed bundles: bits flipped, bytes gone, doubled or swapped, lengths that lie, at every depth.

python -m tests.storage.mutations 100000      the whole number; prints what was refused by which check
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable

from tests.domain.chains import grow
from tests.storage.bundles import made, taken
from tests.storage.frames import check_of, opened, repacked, sealed, signed

ENTRIES = grow(30, seals=10)
WHOLE = made(ENTRIES).data
FRAME = opened(WHOLE)
PLAIN = FRAME.plain()
LINES = FRAME.inflated
OTHER = made(grow(30, seals=10, word="other"))
OTHER_PLAIN = opened(OTHER.data).plain()


def flipped(data: bytes, dice: random.Random) -> bytes:
    """One to three bits are others."""
    changed = bytearray(data)
    for _time in range(dice.randint(1, 3)):
        changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def shortened(data: bytes, dice: random.Random) -> bytes:
    """Some bytes are gone."""
    place = dice.randrange(len(data))
    return data[:place] + data[place + dice.randint(1, 40) :]


def doubled(data: bytes, dice: random.Random) -> bytes:
    """A piece stands there twice."""
    place, length = dice.randrange(len(data)), dice.randint(1, 200)
    return data[: place + length] + data[place:]


def swapped(data: bytes, dice: random.Random) -> bytes:
    """Two pieces changed places."""
    one, two = sorted(dice.sample(range(len(data)), 2))
    length = min(dice.randint(1, 64), two - one, len(data) - two)
    return (
        data[:one]
        + data[two : two + length]
        + data[one + length : two]
        + data[one : one + length]
        + data[two + length :]
    )


def lying(data: bytes, dice: random.Random) -> bytes:
    """Four bytes are a number somebody might believe."""
    place = dice.randrange(max(1, len(data) - 4)) if dice.random() < 0.5 else 4
    told = dice.choice((0, 1, len(data), 2**31 - 1, 2**32 - 1, dice.randrange(2**32)))
    return data[:place] + told.to_bytes(4, "big") + data[place + 4 :]


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (flipped, shortened, doubled, swapped, lying)


def spliced(dice: random.Random) -> bytes:
    """The start of one sound bundle and the end of another, in a new envelope."""
    return sealed(PLAIN[: dice.randrange(len(PLAIN))] + OTHER_PLAIN[dice.randrange(len(OTHER_PLAIN)) :])


def mutated(dice: random.Random) -> tuple[bytes, str]:
    """A changed bundle and at which depth; blank bytes when the change changed nothing."""
    change, depth = dice.choice(CHANGES), dice.choice(("file", "frame", "packed", "lines", "splice"))
    if depth == "file":
        return _other(change(WHOLE, dice), WHOLE), depth
    if depth == "frame":
        plain = _other(change(PLAIN, dice), PLAIN)
        return sealed(plain) if plain else b"", depth
    if depth == "packed":
        packed = _other(change(FRAME.payload, dice), FRAME.payload)
        return signed(FRAME, payload=packed).file() if packed else b"", depth
    if depth == "lines":
        lines = _other(change(LINES, dice), LINES)
        return repacked(FRAME, lines).file() if lines else b"", depth
    return spliced(dice), depth


def _other(changed: bytes, data: bytes) -> bytes:
    return changed if changed != data else b""


def tried(count: int, *, seed: int) -> Counter[str]:
    """How many of the changed bundles were refused by which check, as "depth check"; "accepted" never.

    Another packing of the very same lines, which only the sender can sign, counts as "same".
    """
    dice = random.Random(seed)
    found: Counter[str] = Counter()
    for _number in range(count):
        data, depth = mutated(dice)
        if data:
            check = check_of(data)
            found[f"{depth} {check or _accepted(data, depth)}"] += 1
    return found


def _accepted(data: bytes, depth: str) -> str:
    same = depth == "packed" and [one.entry for one in taken(data)[1]] == ENTRIES
    return "same" if same else "accepted"


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    for name, times in sorted(tried(number, seed=seed).items()):
        sys.stdout.write(f"{times:8} {name}\n")
