"""Invented shifts, one after the other in one ledger, with everything that makes adding up difficult."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from checkpoint_app.domain import facts
from checkpoint_app.domain.amending import Changes, Reading, crossing_amended
from checkpoint_app.domain.crossing import Check, Crossing, Follower, Person
from checkpoint_app.domain.entry import Fact, Head
from checkpoint_app.domain.facts import By, Tally
from checkpoint_app.domain.verdict import DataSet, Reason, Verdict
from checkpoint_app.domain.words import CheckKind, Direction, Evidence, Outcome, VehicleClass, VerdictState
from checkpoint_app.storage.appending import Written
from checkpoint_app.storage.ledger import Ledger
from tests.storage.desks import DESK, START

HOUR = 3_600_000
NAMES = ("张三", "李雷", "韩梅", "王䶮", "陈㛃", "赵玥", "钱喆")
OUTCOMES = (*[Outcome.RELEASED] * 8, *Outcome)


@dataclass
class Simulation:
    """`seed` decides everything but salts and keys; each shift lasts an hour or two."""

    ledger: Ledger
    seed: int
    shifts: list[str] = field(default_factory=list)
    known: list[tuple[Written, Crossing]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    at: int = START
    dice: Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)

    def play(self, count: int, *, most: int = 60) -> list[str]:
        """Opens and closes `count` shifts of 5 to `most` crossings; their ids."""
        for number in range(1, count + 1):
            self._shift(number, self.dice.randint(5, most))
        return self.shifts

    def _shift(self, number: int, crossings: int) -> None:
        by = By(f"{DESK}.20221015.{number}", "01")
        officers = {"01": "李雷", "02": "韩梅"}
        opened = facts.shift_opened(
            by.shift, group=f"{number}", lead="01", officers=officers, at=self.at, action=self._action()
        )
        self._append([opened])
        while crossings > 0:
            part = min(crossings, self.dice.randint(1, 12))
            self._cross(by, part)
            self._correct(by)
            crossings -= part
        self.at += 1_000
        closed = facts.shift_closed(by=by, at=self.at, action=self._action(), totals={})
        self.ledger.append([closed], seal="handover").result()
        self.shifts.append(by.shift)

    def _cross(self, by: By, count: int) -> None:
        wanted: list[Fact] = []
        told: dict[str, Crossing] = {}
        for _ in range(count):
            self.at += self.dice.randrange(5_000, 400_000)
            crossing = self._crossing()
            wanted += self._ended(crossing, by)
            told[crossing.action] = crossing
            told |= {each.action: crossing for each in crossing.followers}
            if self.dice.random() < 0.3:
                wanted.append(self._tally(crossing, by))
        self._append(wanted, told)

    def _ended(self, crossing: Crossing, by: By) -> Sequence[Fact]:
        verdict, outcome = self._verdict(), self.dice.choice(OUTCOMES)
        why = self.dice.choice(("", "", "", "supplies", "司机说前面有人等"))
        found: list[Fact] = []
        if verdict.state is not VerdictState.PASS:
            check = crossing.checks[0]
            found.append(
                facts.check_flagged(crossing, check, verdict, by=by, at=self.at - 900, action=self._action())
            )
            if self.dice.random() < 0.3:
                found.append(
                    facts.check_voided(
                        crossing, check, by=by, at=self.at - 500, action=self._action(), why="misread"
                    )
                )
        found.append(facts.vehicle_crossed(crossing, verdict, outcome, by=by, at=self.at, why=why))
        found += facts.followers_crossed(crossing, verdict, outcome, by=by, at=self.at, why=why)
        return found

    def _correct(self, by: By) -> None:
        """Some of this shift's, some of earlier ones, some recorded again in their place."""
        for _ in range(self.dice.choice((0, 1, 1, 2, 3))):
            written, crossing = self.dice.choice(self.known)
            self.at += 2_000
            if written.action in self.gone:
                continue
            head = Head(DESK, written.epoch, written.seq, written.hash)
            if written.kind == facts.VEHICLE_CROSSED and self.dice.random() < 0.5:
                self._append([self._amendment(head, written, by)])
                continue
            self.gone.add(written.action)
            why = self.dice.choice(("slip", "按错了,问过张三"))
            undone = facts.outcome_undone(
                head, ref_action=written.action, by=by, at=self.at, action=self._action(), why=why
            )
            self._append([undone])
            if self.dice.random() < 0.6 and written.kind == facts.VEHICLE_CROSSED:
                again = replace(
                    self._crossing(),
                    plate=crossing.plate,
                    replaces=written.action,
                    followers=(),
                    convoy=False,
                )
                self._append(self._ended(again, by), {again.action: again})

    def _amendment(self, head: Head, written: Written, by: By) -> Fact:
        changes = Changes(
            vehicle=self.dice.choice((None, *VehicleClass)),
            people=self.dice.randint(1, 9),
            direction=self.dice.choice((None, *Direction)),
            lane=self.dice.choice((None, 1, 2, 3)),
            destination="平安里",
        )
        now = Reading("", "", "", 0, "", 0, "", "", "", ())
        return crossing_amended(
            head,
            changes,
            ref_action=written.action,
            now=now,
            by=by,
            at=self.at,
            action=self._action(),
            why="misread",
        )

    def _crossing(self) -> Crossing:
        dice = self.dice
        people = tuple(
            Person(
                n,
                dice.choice(NAMES),
                evidence=dice.choice([*Evidence]),
                outcome=dice.choice(("", "", "", "", "held", "transferred", "turned_back")) if n > 1 else "",
            )
            for n in range(1, dice.randint(1, 4) + 1)
        )
        followers = tuple(
            Follower(self._action(), vehicle=dice.choice([*VehicleClass]), people=dice.randint(1, 3))
            for _ in range(dice.choice((0, 0, 0, 0, 1, 3)))
        )
        return Crossing(
            self._action(),
            dice.randint(1, 4),
            dice.choice([*Direction]),
            self.at - dice.randrange(2_000, 60_000),
            plate=dice.choice(("", f"豫A{dice.randrange(10**5):05}")),
            vehicle=dice.choice([*VehicleClass]),
            people=people,
            told=dice.choice((0, 0, 5)),
            checks=(
                Check(CheckKind.HEALTH_CODE, "red", Evidence.SEEN, self.at - 1_500, 1, source="health_link"),
            ),
            followers=followers,
            convoy=bool(followers),
        )

    def _tally(self, crossing: Crossing, by: By) -> Fact:
        tally = Tally(self._action(), crossing.lane, crossing.direction, self.at // 60_000 * 60_000)
        for kind in self.dice.sample([*VehicleClass], 2):
            tally = tally.plus(kind, vehicles=self.dice.randint(1, 5), people=self.dice.randint(1, 9))
        return facts.tallied(tally, by=by, at=self.at)

    def _verdict(self) -> Verdict:
        dice = self.dice
        data = tuple(
            DataSet(
                name, f"v{dice.randint(1, 9)}", dice.choice((None, HOUR)), dice.choice(("fresh", "stale"))
            )
            for name in ("rules", "watch")
        )
        state = dice.choice((VerdictState.PASS, VerdictState.PASS, VerdictState.STOP))
        reasons = (Reason("WATCH-HIT", state, {"en": "on the list"}),) if state is VerdictState.STOP else ()
        return Verdict(state, weakest=dice.choice([*Evidence]), data=data, reasons=reasons)

    def _append(self, wanted: Sequence[Fact], told: dict[str, Crossing] | None = None) -> None:
        for written in self.ledger.append(wanted).result():
            crossing = (told or {}).get(written.action)
            if written.kind == facts.VEHICLE_CROSSED and crossing:
                self.known.append((written, crossing))
            elif written.kind == facts.TALLIED and self.known and self.dice.random() < 0.2:
                self.known.append((written, self.known[-1][1]))

    def _action(self) -> str:
        return self.dice.randbytes(16).hex()
