"""What of each fact is public, what personal: nothing that names somebody is ever in what stays for ever."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import canonical, facts
from checkpoint_app.domain.crossing import Check, Crossing, Follower, Person
from checkpoint_app.domain.entry import Fact, Head, Stamp, build
from checkpoint_app.domain.facts import By, Tally
from checkpoint_app.domain.verdict import DataSet, Reason, Verdict
from checkpoint_app.domain.words import (
    REASONS,
    CheckKind,
    ClockState,
    Direction,
    Evidence,
    Outcome,
    VehicleClass,
    VerdictState,
)
from tests.domain.lanes import NOW, crossings, tallies

HEAD = Head("G25-01", "0" * 16, 7, "ab" * 32)
STAMP = Stamp(NOW, 480, 5_000, "c" * 16, ClockState.SURE)
BY = By("G25-01.20261119.1", "07")
MARKS = (
    "plate",
    "colour",
    "name",
    "id",
    "phone",
    "seat",
    "from",
    "to",
    "purpose",
    "service",
    "digest",
)


def marked(tag: str) -> Crossing:
    """A crossing whose every personal value begins with `tag`."""
    value = {name: f"{tag}{name}" for name in MARKS}
    check = Check(CheckKind.HEALTH_CODE, "green", Evidence.SCANNED, NOW, 1, digest=value["digest"])
    return Crossing(
        "d" * 32,
        2,
        Direction.OUT,
        NOW,
        plate=value["plate"],
        plate_colour=value["colour"],
        people=(
            Person(
                1,
                value["name"],
                value["id"],
                "citizen_id",
                value["phone"],
                seat=value["seat"],
                outcome="held",
                why=f"{tag}why",
            ),
        ),
        checks=(check,),
        origin=value["from"],
        destination=value["to"],
        purpose=value["purpose"],
        plate_at=NOW,
        bus=True,
        service=value["service"],
        followers=(Follower("f" * 32, f"{tag}follower", value["colour"]),),
    )


def every_fact(crossing: Crossing, *, name: str, why: str = "slip") -> Iterator[Fact]:
    """One of each kind that a lane, a shift or an officer causes."""
    verdict = Verdict(
        VerdictState.STOP,
        (Reason("code_red", VerdictState.STOP, {"zh": "红"}, 1),),
        data=(DataSet("rules", "1.0.0", 5, "fresh"),),
    )
    given_by = {"by": BY, "at": NOW, "action": "e" * 32}
    yield facts.vehicle_crossed(crossing, verdict, Outcome.HELD, by=BY, at=NOW, why=why)
    yield from facts.followers_crossed(crossing, verdict, Outcome.HELD, by=BY, at=NOW, why=why)
    yield facts.check_flagged(crossing, crossing.checks[0], verdict, **given_by)  # type: ignore[arg-type]
    yield facts.check_flagged(crossing, None, verdict, **given_by)  # type: ignore[arg-type]
    yield facts.check_voided(crossing, crossing.checks[0], why=why, **given_by)  # type: ignore[arg-type]
    yield facts.matter_raised(crossing, verdict, **given_by)  # type: ignore[arg-type]
    yield facts.outcome_undone(HEAD, ref_action=crossing.action, why=why, **given_by)  # type: ignore[arg-type]
    yield facts.action_confirmed(HEAD, ref_action=crossing.action, why=why, **given_by)  # type: ignore[arg-type]
    yield facts.person_viewed(HEAD, ref_action=crossing.action, why=why, **given_by)  # type: ignore[arg-type]
    yield facts.shift_opened(
        BY.shift, group="三班", lead="07", officers={"07": name}, at=NOW, action="e" * 32
    )


@given(st.text("ABCDEF豫京张李", min_size=6, max_size=12).map(lambda text: f"¤{text}¤"))
def test_no_personal_value_is_in_the_header_or_the_public_part_of_any_entry(tag: str) -> None:
    for fact in every_fact(marked(tag), name=f"{tag}officer", why=f"{tag}why"):
        entry = build(HEAD, fact, stamp=STAMP, salt=b"s" * 32)
        assert tag.encode() not in entry.header + entry.public, fact.kind


def test_every_personal_value_of_a_crossing_is_in_its_personal_part() -> None:
    fact = next(every_fact(marked("¤x¤"), name="¤x¤officer"))
    assert fact.personal
    whole = canonical.encode(fact.personal).decode()
    assert [name for name in MARKS if f"¤x¤{name}" not in whole] == []


@pytest.mark.parametrize("why", sorted(REASONS))
def test_a_reason_that_was_chosen_is_public(why: str) -> None:
    told = [fact for fact in every_fact(marked("¤x¤"), name="¤x¤officer", why=why) if "why" in fact.public]
    assert [fact.public["why"] for fact in told] == [why] * 6
    assert [fact.kind for fact in told if fact.personal and "why" in fact.personal] == []


@pytest.mark.parametrize("why", ["张三的表哥", "zhangsan", "slip "])
def test_a_reason_in_own_words_is_personal_and_told_to_be_there(why: str) -> None:
    told = [fact for fact in every_fact(marked("¤x¤"), name="¤x¤officer", why=why) if "why" in fact.public]
    assert [fact.public["why"] for fact in told] == ["own_words"] * 6
    assert [(fact.personal or {}).get("why") for fact in told] == [why] * 6


def test_what_names_nobody_has_no_personal_part() -> None:
    empty = Crossing("d" * 32, 1, Direction.IN, NOW)
    fact = facts.vehicle_crossed(empty, Verdict(VerdictState.PASS), Outcome.RELEASED, by=BY, at=NOW)
    assert fact.personal is None
    assert fact.public["evidence"] == "seen"


def test_the_crossings_own_action_is_its_idempotency_key() -> None:
    crossing = marked("x")
    fact = facts.vehicle_crossed(crossing, Verdict(VerdictState.PASS), Outcome.RELEASED, by=BY, at=NOW)
    assert (fact.action, fact.shift, fact.officer) == (crossing.action, BY.shift, BY.officer)


def test_a_correction_names_desk_epoch_number_hash_and_action() -> None:
    fact = facts.outcome_undone(HEAD, ref_action="f" * 32, by=BY, at=NOW, action="e" * 32, why="slip")
    assert fact.public["ref"] == {
        "desk": HEAD.desk,
        "epoch": HEAD.epoch,
        "seq": HEAD.seq,
        "hash": HEAD.hash,
        "action": "f" * 32,
    }


@given(tallies, st.sampled_from(VehicleClass), st.integers(-3, 9), st.integers(-9, 99))
def test_adding_to_a_tally_and_taking_the_same_away_leaves_what_was_there(
    tally: Tally, vehicle: VehicleClass, vehicles: int, people: int
) -> None:
    summed = tally.plus(vehicle, vehicles=0, people=0)
    there = summed.plus(vehicle, vehicles=vehicles, people=people)
    assert there.plus(vehicle, vehicles=-vehicles, people=-people) == summed
    assert {kind for kind, _, _ in there.counts} <= {vehicle, *(kind for kind, _, _ in tally.counts)}


@pytest.mark.parametrize("people", [0, 3])
def test_a_tally_says_that_nobody_was_checked(people: int) -> None:
    tally = Tally("a" * 32, 1, Direction.IN, NOW).plus(VehicleClass.CAR, vehicles=1, people=people)
    fact = facts.tallied(tally, by=BY, at=NOW)
    assert fact.personal is None
    assert fact.public["evidence"] == "seen"


def test_a_crossing_of_before_has_the_entry_it_always_had() -> None:
    check = Check(CheckKind.HEALTH_CODE, "green", Evidence.SCANNED, NOW, 1, digest="ab")
    crossing = Crossing(
        "d" * 32, 2, Direction.IN, NOW, plate="豫A12345", people=(Person(1, "张三"),), checks=(check,)
    )
    fact = facts.vehicle_crossed(crossing, Verdict(VerdictState.PASS), Outcome.RELEASED, by=BY, at=NOW)
    assert canonical.encode(fact.public) == (
        b'{"checks":[{"at":%d,"evidence":"scanned","kind":"health_code","person":1,"result":"green"}],'
        b'"class":"car","data":[],"direction":"in","evidence":"seen","lane":2,"outcome":"released",'
        b'"people":1,"reasons":[],"started":%d,"verdict":"pass"}' % (NOW, NOW)
    )
    assert fact.personal
    assert canonical.encode(fact.personal).decode() == (
        '{"digests":[{"check":0,"digest":"ab"}],"people":[{"evidence":"declared","n":1,"name":"张三"}],'
        '"plate":"豫A12345"}'
    )


@given(crossings)
def test_a_convoy_is_one_entry_a_vehicle_and_each_names_the_first(crossing: Crossing) -> None:
    told = (crossing, Verdict(VerdictState.PASS), Outcome.RELEASED)
    first = facts.vehicle_crossed(*told, by=BY, at=NOW)
    others = facts.followers_crossed(*told, by=BY, at=NOW)
    assert [one.action for one in others] == [follower.action for follower in crossing.followers]
    places = [one.public["convoy"] for one in (first, *others) if "convoy" in one.public]
    of = 1 + len(crossing.followers)
    assert places == [
        {"id": crossing.action, "place": place, "of": of} for place in range(1, of + 1) if of > 1
    ]
    for one, follower in zip(others, crossing.followers, strict=True):
        assert (one.public["checks"], one.public["evidence"]) == ([], "seen")
        assert (one.personal or {}).get("plate", "") == follower.plate
        assert (one.public["people"], one.public["class"]) == (follower.people, follower.vehicle.value)
