"""A newer program's entries in an older one: kept as they are, carried on, and seen after the upgrade."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import Any

from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Entry, Fact, read_header
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.storage import database, derived, engine
from checkpoint_app.storage.appending import read_entries
from checkpoint_app.storage.schema import Derived
from tests.services.stations import NORTH, know, sent, stations, taken
from tests.storage.desks import KEY, START, crossed

EXTENSIONS = 1_000
SIGHTINGS = Derived(
    "sightings",
    ("DROP TABLE IF EXISTS sighting",),
    ("CREATE TABLE sighting(entry INTEGER PRIMARY KEY, kind TEXT NOT NULL, height INTEGER) STRICT",),
    (
        """
INSERT INTO sighting SELECT id, kind, public ->> '$.height' FROM entry
WHERE kind LIKE 'later%' AND json_type(public, '$.height') = 'integer'
""",
    ),
)
"""What a later version might derive from a kind that this one does not know."""


def value(dice: random.Random, depth: int = 0) -> Value:
    """Anything that a ledger may hold."""
    made = dice.randrange(7 if depth < 3 else 5)
    if made == 5:
        return [value(dice, depth + 1) for _time in range(dice.randrange(4))]
    if made == 6:
        return {word(dice): value(dice, depth + 1) for _time in range(dice.randrange(4))}
    plain: tuple[Value, ...] = (
        None,
        dice.random() < 0.5,
        dice.randrange(-(2**53) + 1, 2**53),
        word(dice),
        "新字段",
    )
    return plain[made]


def word(dice: random.Random) -> str:
    return "".join(dice.choice("abcdefgh_") for _time in range(dice.randint(1, 12)))


def extension(dice: random.Random, number: int) -> Fact:
    """A kind nobody knows, or a crossing with fields nobody knows."""
    public: dict[str, Value] = {"later_" + word(dice): value(dice) for _time in range(dice.randint(1, 4))}
    personal: dict[str, Value] | None = {"later_" + word(dice): value(dice)} if dice.random() < 0.5 else None
    if number % 2:
        known = crossed(number)
        return Fact(
            known.kind,
            known.action,
            START,
            {**known.public, **public},
            {**(known.personal or {}), **(personal or {})},
        )
    kind = "later_" + word(dice).strip("_") + "x"
    return Fact(kind, new_action(), START, {**public, "height": number}, personal)


def entries_of(desk: Desk, writer: str) -> dict[int, Entry]:
    """What a desk holds of that writer, by number."""
    with desk.ledger.reader() as reader:
        found = [(read_header(entry.header), entry) for entry in read_entries(reader)]
    return {header.seq: entry for header, entry in found if header.desk == writer}


def one(desk: Desk, query: str) -> Any:
    with desk.ledger.reader() as reader:
        return reader.execute(query).fetchone()[0]


def upgraded(folder: Path) -> tuple[int, int]:
    """What the later version sees after its first start: how many sightings, their heights in sum."""
    with closing(engine.connect(database.ledger_file(folder), KEY)) as connection:
        assert derived.renew(connection, (*derived.DERIVED, SIGHTINGS)) == ("sightings",)
        count, heights = connection.execute("SELECT count(*), sum(height) FROM sighting").fetchone()
    return count, heights


def test_a_thousand_extensions_are_kept_carried_on_and_seen_after_the_upgrade(tmp_path: Path) -> None:
    dice = random.Random(2027)
    with stations(tmp_path) as at:
        know(at.north, at.south)
        know(at.south, at.north)
        facts = [extension(dice, number) for number in range(EXTENSIONS)]
        at.north.ledger.append(facts, seal="test").result()
        for file in sent(at.north, at.road, to=(at.south.ledger.head().desk,)):
            taken(at.south, file)
        for file in sent(at.south, at.road, to=(at.above.ledger.head().desk,)):
            taken(at.above, file)
        written, middle, above = (entries_of(desk, NORTH) for desk in (at.north, at.south, at.above))
        held = {seq: entry for seq, entry in written.items() if seq in above}
        assert above == held
        assert middle == held
        actions = {read_header(entry.header).action for entry in above.values()}
        assert {fact.action for fact in facts} <= actions
        assert one(at.above, "SELECT count(*) FROM crossing WHERE desk = 'G107-N-1'") == EXTENSIONS // 2
    assert upgraded(tmp_path / "hq") == (EXTENSIONS // 2, sum(range(0, EXTENSIONS, 2)))
