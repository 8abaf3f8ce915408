"""A valid but hostile station: its key is good, what it says is not. It can add false entries for itself."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from checkpoint_app.domain.entry import Head
from checkpoint_app.storage import deriving_affairs, deriving_crossings
from tests.schedules.bare import Bare, Parcel
from tests.schedules.world import START, Line, Pen, make

HONEST, HOSTILE = "N-1", "Z-9"
TABLES = ("hourly", "revision", "thread", "duty", "corrects", "affair", "affair_entry")
KINDS = (
    "vehicle_crossed", "tallied", "outcome_undone", "crossing_amended", "check_flagged", "check_voided",
    "matter_raised", "matter_worked", "matter_closed", "person_viewed", "shift_opened", "shift_closed",
    "officer_enrolled", "officer_left", "order_received", "contact_set", "erased", "person_registered",
    "person_struck", "bundle_received", "data_published", "handover_signed", "on_duty",
)  # fmt: skip
FIELDS = (
    "ref", "fields", "crossing", "replaces", "about", "over", "until", "lane", "people", "counts", "minute",
    "direction", "class", "outcome", "evidence", "checks", "before", "kinds", "stage", "lasting", "held",
    "officers", "group", "lead", "apart", "convoy", "initials", "person", "data", "why",
)  # fmt: skip


@pytest.fixture(scope="module")
def bare() -> Iterator[Bare]:
    ledger = Bare()
    yield ledger
    ledger.close()


def honest() -> Line:
    """A desk with a good deal to spoil."""
    return max((line for seed in range(30) for line in make(seed).lines), key=lambda line: len(line.entries))


def anything(dice: random.Random, line: Line, *, depth: int = 0) -> Any:
    """Whatever JSON may be, with a liking for what the honest desk wrote."""
    victim = dice.choice(line.entries)
    head: dict[str, Any] = json.loads(victim.header)
    ref = {
        "desk": line.desk, "epoch": line.epoch, "seq": head["seq"], "hash": victim.hash.hex(),
        "action": head["action"],
    }  # fmt: skip
    plain = (
        None, True, -5, 2**53 - 1, 0, "", "x", "'; --", "\0", ref, head["action"], head["shift"],
        {**ref, "desk": HOSTILE}, {**ref, "seq": "1"}, {**ref, "epoch": 7}, "ordered", START + 10**9,
    )  # fmt: skip
    if depth < 2 and dice.random() < 0.2:
        return [anything(dice, line, depth=depth + 1) for _ in range(dice.randrange(3))]
    if depth < 2 and dice.random() < 0.2:
        return {dice.choice(FIELDS): anything(dice, line, depth=depth + 1) for _ in range(3)}
    return dice.choice(plain)


def aimed(kind: str, victim: Mapping[str, Any], line: Line) -> dict[str, Any]:
    """What a program of ours would write about an entry of its own desk."""
    ref = {name: victim[name] for name in ("desk", "epoch", "seq", "action")}
    ref["hash"] = line.entries[victim["seq"] - 1].hash.hex()
    if kind == "vehicle_crossed":
        return {"replaces": victim["action"], "lane": 1, "outcome": "released"}
    if kind == "erased":
        return {"stage": "ordered", "before": START + 10**10, "kinds": [], "lasting": True}
    if kind in ("check_flagged", "check_voided"):
        return {"crossing": victim["action"]}
    if kind in ("outcome_undone", "crossing_amended", "person_viewed"):
        return {"ref": ref, "fields": {"outcome": "held", "people": 99}}
    return {"about": victim["action"], "over": True, "desk": victim["desk"]}


def lies(dice: random.Random, about: Line) -> Line:
    """A chain in which nothing is as it should be, but for hashes and seals."""
    epoch = dice.randbytes(8).hex()
    pen = Pen(dice, HOSTILE, epoch, START, Head(HOSTILE, epoch))
    heads = [json.loads(entry.header) for entry in about.entries]
    for number in range(60):
        said = {name: anything(dice, about) for name in dice.sample(FIELDS, dice.randrange(len(FIELDS)))}
        own = {"plate": dice.choice(("豫A00000", 7)), "people": anything(dice, about)}
        victim = dice.choice(heads)
        kind = dice.choice(KINDS)
        if dice.random() < 0.5:
            said |= aimed(kind, victim, about)
        pen.write(
            kind, said, own,
            action=dice.choice((victim["action"], pen.action())),
            shift=dice.choice((victim["shift"], f"{HOSTILE}.1", "")),
        )  # fmt: skip
        if number % 9 == 8:
            pen.seal()
    pen.seal()
    return pen.line()


def rows_of(bare: Bare, desk: str) -> dict[str, list[str]]:
    """Every derived row of a desk, whatever else is in the file."""
    ids = {row[0] for row in bare.connection.execute("SELECT id FROM entry WHERE desk = ?", (desk,))}
    found: dict[str, list[str]] = {}
    for table in TABLES:
        cursor = bare.connection.execute(f"SELECT * FROM {table}")
        rows = [row for row in cursor.fetchall() if desk in row or (table == "revision" and row[0] in ids)]
        found[table] = sorted(map(str, rows))
    entries = "SELECT header, public, personal, salt, hash FROM entry WHERE desk = ? ORDER BY id"
    found["entry"] = [str(row) for row in bare.connection.execute(entries, (desk,))]
    marks = bare.connection.execute("SELECT day, text, entry FROM mark").fetchall()
    found["mark"] = sorted(str(row) for row in marks if row[2] in ids)
    return found


def landed(bare: Bare, line: Line, *parcels: Parcel) -> dict[str, list[str]]:
    """The rows of the line's desk after these; it has the same local ids whoever comes first."""
    with bare.schedule():
        place = (line.desk, line.epoch)
        bare.connection.execute("INSERT INTO chain_number VALUES(?, ?, 1, 0)", place)
        for parcel in parcels:
            bare.land(parcel)
            assert bare.took(parcel)
        return rows_of(bare, line.desk)


@pytest.mark.parametrize("seed", range(30))
def test_no_row_of_another_desk_changes_whatever_a_hostile_one_writes(bare: Bare, seed: int) -> None:
    line = honest()
    false = lies(random.Random(seed), line)
    theirs, hostile = Parcel("1" * 16, (line.entries,)), Parcel("2" * 16, (false.entries,))
    wanted = landed(bare, line, theirs)
    assert landed(bare, line, theirs, hostile) == wanted
    assert landed(bare, line, hostile, theirs) == wanted


@pytest.mark.parametrize(
    ("where", "name", "instead"),
    [
        (deriving_crossings._Correction, "row", property(lambda each: _row_of_anybody(each))),
        (deriving_affairs, "_name", lambda each: (honest().desk, "matter", each.name)),
    ],
)
def test_control_without_asking_whose_it_is_rows_of_others_change(
    bare: Bare, monkeypatch: pytest.MonkeyPatch, where: Any, name: str, instead: Any
) -> None:
    line = honest()
    wanted = landed(bare, line, Parcel("1" * 16, (line.entries,)))
    monkeypatch.setattr(where, name, instead)
    parcels = [Parcel("2" * 16, (lies(random.Random(seed), line).entries,)) for seed in range(3)]
    parcels = [Parcel(f"{number}" * 16, each.ranges) for number, each in enumerate(parcels, 2)]
    assert landed(bare, line, Parcel("1" * 16, (line.entries,)), *parcels) != wanted


def _row_of_anybody(each: Any) -> Any:
    ref = each.ref
    if not isinstance(ref.get("seq"), int) or not isinstance(ref.get("epoch"), str):
        return None
    return ref.get("desk"), ref["epoch"], ref["seq"], each.id
