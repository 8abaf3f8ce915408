"""Random deliveries against the oracle; `python -m tests.schedules N` plays more of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from checkpoint_app.domain.bundles import BundleRefused, Range
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Entry, Fact, read_header
from checkpoint_app.domain.facts import SEALED
from checkpoint_app.domain.words import Outcome
from checkpoint_app.storage import (
    arriving,
    deriving_crossings,
    erasing_merged,
    erasures,
    forks,
    landing,
)
from checkpoint_app.storage.arriving import Part
from checkpoint_app.storage.engine import DatabaseError
from checkpoint_app.storage.ledger import Ledger
from tests.schedules import oracle
from tests.schedules.__main__ import SCHEDULES_A_WORLD, run
from tests.schedules.play import DivergedError, compare, picture
from tests.storage import landings
from tests.storage.traffic import amended, crossed, tallied, undone

SHORT, LONG = 2_000, 10_000
CONTROL = 100


def test_random_deliveries_end_as_what_was_delivered_says(request: pytest.FixtureRequest) -> None:
    sums = run(LONG if request.config.getoption("--long") else SHORT)
    assert min(sums[name] for name in ("crashed", "refused", "doubled", "lost", "forks", "erased")) > 100


def everything_is_new(_reader: object, _staging: object, what: Range, _own: object) -> Part:
    return Part(what.desk, what.epoch, new=((what.first, what.last),))


CONTROLS: dict[str, tuple[tuple[Any, str, Callable[..., Any]], ...]] = {
    "what is here already is looked for": ((arriving, "_part", everything_is_new),),
    "forks are looked for": (
        (landing, "_new_dispute", lambda *_given: None),
        (forks, "dispute", lambda *_given: None),
    ),
    "what was erased stays away": ((erasures.Orders, "covers", lambda *_given: False),),
    "what is said of a crossing goes with it": ((erasing_merged, "_beside", lambda *_given: iter(())),),
    "corrections that come first wait": ((deriving_crossings, "_corrected_in", lambda *_given: iter(())),),
}


@pytest.mark.parametrize("protection", CONTROLS)
def test_control_without_it_some_delivery_ends_otherwise(
    protection: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for where, name, instead in CONTROLS[protection]:
        monkeypatch.setattr(where, name, instead)
    with pytest.raises((DivergedError, DatabaseError)):
        run(CONTROL, stride=SCHEDULES_A_WORLD - 1)


def test_control_without_announcements_a_lost_end_is_not_missed() -> None:
    with pytest.raises(DivergedError, match="gaps"):
        run(CONTROL, announce=False)


def work(ledger: Ledger) -> None:
    """Crossings and a tally, corrected behind the next seal."""
    for _ in range(4):
        facts = (crossed(), crossed(outcome=Outcome.HELD), tallied(cars=2, people=3))
        one, two, *_ = ledger.append(facts, seal="test").result()
        ledger.append((_of(ledger, amended(one, public={"people": 4})), _of(ledger, undone(two)))).result()
        ledger.seal("test").result()


def _of(ledger: Ledger, fact: Fact) -> Fact:
    """The same about an entry of this desk."""
    ref = {**cast(dict[str, Value], fact.public["ref"]), "desk": ledger.head().desk}
    return replace(fact, public={**fact.public, "ref": ref})


def stretches(ledger: Ledger) -> list[list[Entry]]:
    """The chain from seal to seal."""
    found: list[list[Entry]] = [[]]
    for entry in landings.entries_of(ledger):
        found[-1].append(entry)
        if read_header(entry.header).kind == SEALED:
            found.append([])
    return found[:-1]


@pytest.mark.parametrize("seed", range(3))
def test_the_same_through_real_files(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    delivered: list[Entry] = []
    with landings.station(tmp_path / "s") as south, landings.station(tmp_path / "hq", "HQ-1") as above:
        landings.enrol(above, south)
        work(south)
        parts = [part for part in stretches(south) if dice.random() > 0.2]
        parts += dice.sample(parts, 2)
        dice.shuffle(parts)
        for part in parts:
            found = landings.bundle(south, part)
            if dice.random() < 0.2:
                with pytest.raises(BundleRefused):
                    landings.land(above, replace(found, data=_hurt(found.data, dice)))
                continue
            landings.land(above, found)
            delivered += part
        with above.unveiled() as reader:
            compare(oracle.expect(delivered), picture(reader))


def _hurt(data: bytes, dice: random.Random) -> bytes:
    """Cut short, or one byte of it another."""
    place = dice.randrange(len(data))
    if dice.random() < 0.5:
        return data[:place]
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
