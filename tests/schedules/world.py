"""Invented desks and what they wrote: chains with seals, corrections, affairs, a restored backup, a clone.

Written with the app's entry format and nothing else of it; what comes of merging is for the oracle to say.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from checkpoint_app.domain.entry import Entry, Fact, Head, Stamp, build
from checkpoint_app.domain.words import ClockState

START = 1_665_800_000_000
HOUR = 3_600_000
PEOPLE = ({"n": 1, "name": "张三", "id": "11010519491231002X", "phone": "13800138000"},)
OUTCOMES = ("released", "held", "turned_back")


@dataclass(frozen=True)
class Line:
    """One history under one name: an epoch as one computer wrote it. `seals` are numbers of its seals."""

    desk: str
    epoch: str
    entries: tuple[Entry, ...]
    seals: tuple[int, ...]


@dataclass(frozen=True)
class World:
    lines: tuple[Line, ...]


@dataclass
class Pen:
    """Writes one line; `known` are crossings it may correct, as their refs."""

    dice: random.Random
    desk: str
    epoch: str
    now: int
    head: Head
    entries: list[Entry] = field(default_factory=list)
    seals: list[int] = field(default_factory=list)
    known: list[Mapping[str, Any]] = field(default_factory=list)
    matters: list[str] = field(default_factory=list)
    personal_amendments: bool = True

    def copy(self, **changes: Any) -> Pen:
        """Another computer with the same past."""
        mine = {name: getattr(self, name) for name in self.__dataclass_fields__}
        lists = {name: list(value) for name, value in mine.items() if isinstance(value, list)}
        return Pen(**(mine | lists | changes))

    def write(
        self, kind: str, public: Mapping[str, Any], personal: Mapping[str, Any] | None = None, **own: Any
    ) -> Mapping[str, Any]:
        """One entry; its ref."""
        self.now += self.dice.randrange(1, 20 * 60_000)
        action = own.get("action") or self.action()
        shift = own.get("shift", self.shift)
        fact = Fact(kind, action, self.now, public, personal, shift, "07")
        stamp = Stamp(self.now, 480, len(self.entries), "a" * 16, ClockState.SURE)
        entry = build(self.head, fact, stamp=stamp, salt=self.dice.randbytes(32))
        self.head = Head(self.desk, self.epoch, self.head.seq + 1, entry.hash.hex())
        self.entries.append(entry)
        return {
            "desk": self.desk, "epoch": self.epoch, "seq": self.head.seq, "hash": self.head.hash,
            "action": action,
        }  # fmt: skip

    @property
    def shift(self) -> str:
        return f"{self.desk}.20221015.1"

    def action(self) -> str:
        return self.dice.randbytes(16).hex()

    def seal(self) -> None:
        self.write("sealed", {"head": self.head.hash, "seq": self.head.seq, "why": "count"}, shift="")
        self.seals.append(self.head.seq)

    def work(self, steps: int) -> None:
        """So many things happen, with a seal now and then, and one at the end."""
        for step in range(steps):
            self.dice.choice(DEEDS)(self)
            if step % 4 == 3:
                self.seal()
        self.seal()

    def line(self) -> Line:
        return Line(self.desk, self.epoch, tuple(self.entries), tuple(self.seals))


def cross(pen: Pen) -> None:
    action = pen.action()
    said = {
        "lane": pen.dice.randrange(1, 3), "direction": pen.dice.choice(("in", "out")), "class": "car",
        "outcome": pen.dice.choice(OUTCOMES), "evidence": "scanned", "people": pen.dice.randrange(4),
    }  # fmt: skip
    if pen.dice.random() < 0.4:
        pen.write("check_flagged", {"crossing": action, "verdict": "refer"})
    if pen.known and pen.dice.random() < 0.2:
        said["replaces"] = pen.dice.choice(pen.known)["action"]
    own = {"plate": f"豫A{pen.dice.randrange(10**5):05}", "people": list(PEOPLE)}
    pen.known.append(pen.write("vehicle_crossed", said, own, action=action))


def tally(pen: Pen) -> None:
    cars = {"class": "car", "vehicles": pen.dice.randrange(1, 9), "people": 3}
    counts = [cars, {"class": "bus", "vehicles": 1}]
    said = {"lane": 2, "direction": "out", "minute": pen.now // 60_000 * 60_000, "counts": counts}
    pen.known.append(pen.write("tallied", said))


def correct(pen: Pen) -> None:
    if not pen.known:
        return cross(pen)
    ref = pen.dice.choice(pen.known)
    if pen.dice.random() < 0.4:
        pen.write("outcome_undone", {"ref": ref, "why": "slip"})
        return None
    own = {"plate": "豫A54321"} if pen.personal_amendments and pen.dice.random() < 0.5 else None
    fields = {"outcome": pen.dice.choice(OUTCOMES), "people": pen.dice.randrange(6)}
    pen.write("crossing_amended", {"ref": ref, "why": "misread", "fields": fields}, own)
    return None


def raise_matter(pen: Pen) -> None:
    said: dict[str, Any] = {"over": False, "until": pen.now + HOUR}
    pen.matters.append(pen.write("matter_raised", said, {"what": "丢失的钱包"})["action"])


MATTER_GOES_ON: tuple[tuple[str, dict[str, bool]], ...] = (
    ("matter_worked", {}),
    ("matter_closed", {"over": True}),
    ("matter_reopened", {"over": False}),
)


def go_on_with_matter(pen: Pen) -> None:
    if not pen.matters:
        return raise_matter(pen)
    kind, more = pen.dice.choice(MATTER_GOES_ON)
    pen.write(kind, {"about": pen.dice.choice(pen.matters), **more})
    return None


def change_shift(pen: Pen) -> None:
    names = [f"{pen.desk}.20221015.{number}" for number in (1, 2, 3)]
    said = {"group": "二组", "lead": "07", "officers": ["07"]}
    pen.write(pen.dice.choice(("shift_opened", "shift_closed")), said, shift=pen.dice.choice(names))


def order_erasure(pen: Pen) -> None:
    before = START + pen.dice.randrange(4) * HOUR
    pen.write("erased", {"stage": "ordered", "order": "1", "before": before, "kinds": [], "lasting": False})


def invent(pen: Pen) -> None:
    """A kind this program does not know."""
    pen.write("x_from_a_newer_program", {"n": pen.dice.randrange(9)}, {"name": "李四"})


DEEDS = (cross, cross, cross, tally, correct, correct, raise_matter, go_on_with_matter, change_shift,
         order_erasure, invent)  # fmt: skip


@lru_cache(maxsize=4)
def make(seed: int) -> World:
    """Two or three lines: a desk that was restored, one that was cloned without knowing, one like others."""
    dice = random.Random(seed)
    lines: list[Line] = []
    for desk in ("N-1", "S-1")[: dice.choice((1, 1, 2))]:
        pen = _begun(dice, desk, fork=dice.random() < 0.4)
        pen.work(dice.randrange(3, 8))
        other = pen.copy()
        pen.work(dice.randrange(2, 5))
        lines.append(pen.line())
        if not pen.personal_amendments:
            other.work(dice.randrange(2, 5))
            lines.append(other.line())
        elif dice.random() < 0.6:
            lines.append(_restored(dice, other))
    return World(tuple(lines))


def _begun(dice: random.Random, desk: str, *, fork: bool) -> Pen:
    epoch = dice.randbytes(8).hex()
    pen = Pen(dice, desk, epoch, START, Head(desk, epoch), personal_amendments=not fork)
    pen.write("epoch_begun", {"reason": "install"}, shift="")
    return pen


def _restored(dice: random.Random, pen: Pen) -> Line:
    """Goes on from an old backup, in a new epoch, and may correct what it still knows."""
    epoch = dice.randbytes(8).hex()
    after = pen.copy(epoch=epoch, head=Head(pen.desk, epoch), entries=[], seals=[], now=pen.now + HOUR)
    after.write("epoch_begun", {"reason": "restore"}, shift="")
    after.work(dice.randrange(2, 6))
    return after.line()
