"""Where a scanned code belongs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.bootstrap import default_rules
from checkpoint_app.domain import facts
from checkpoint_app.domain.crossing import Check, Person
from checkpoint_app.domain.declarations import PEOPLE_MAX
from checkpoint_app.domain.entry import LONGEST_PART, parts_of
from checkpoint_app.domain.judging import judge
from checkpoint_app.domain.known import Known
from checkpoint_app.domain.lane import MOST_TOLD
from checkpoint_app.domain.lane_codes import MOST_CHECKS, MOST_PEOPLE
from checkpoint_app.domain.passengers import LONGEST_SEAT
from checkpoint_app.domain.words import CheckKind, Evidence, Outcome
from checkpoint_app.services.bus import LONGEST_WHY
from tests.domain.lanes import DOCUMENT, NOW, OTHER_DOCUMENT, Scene, declared, health


def test_two_health_codes_are_two_people() -> None:
    scene = Scene().scan(health(1)).scan(health(2))
    assert [(check.person, check.result) for check in scene.open.checks] == [(1, "green"), (2, "green")]
    assert (scene.open.headcount, scene.open.told) == (2, 0)


def test_a_code_read_twice_changes_nothing() -> None:
    for payload in (
        health(1),
        DOCUMENT,
        declared(plate="豫A12345", people=[{"name": "张三"}]),
        "410122000001",
    ):
        scene = Scene().scan(payload)
        before = scene.state
        assert scene.scan(payload).state == before, payload


def test_a_voided_code_may_be_read_anew() -> None:
    from checkpoint_app.domain import lane

    scene = Scene().scan(health(1))
    scene.state = lane.voided(scene.state, 0)
    scene.scan(health(1))
    assert [(check.person, check.voided) for check in scene.open.checks] == [(1, True), (1, False)]


def test_a_plate_whose_form_has_one_colour_brings_it_and_others_leave_it_to_the_officer() -> None:
    assert Scene().scan("豫AD12345").open.plate_colour == "green"
    assert Scene().scan("豫A12345").open.plate_colour == ""


def test_a_truck_pass_belongs_to_the_vehicle() -> None:
    check = Scene().scan("410122000001").open.checks[0]
    assert (check.kind, check.person, check.evidence) == (CheckKind.PASS, 0, Evidence.SCANNED)


def test_a_code_nobody_knows_is_a_check_that_says_so() -> None:
    check = Scene().scan("hello").open.checks[0]
    assert (check.kind, check.result, check.person) == (CheckKind.OTHER_CODE, "unread", 0)


def test_a_declaration_fills_plate_people_and_places() -> None:
    payload = declared(
        plate="豫A12345",
        people=[{"name": "张三", "id": DOCUMENT, "phone": "13800005678"}, {"name": "李四"}],
        purpose="探亲",
        to="原阳",
        **{"from": "郑州"},
    )
    crossing = Scene().scan(payload).open
    assert (crossing.plate, crossing.origin, crossing.destination, crossing.purpose) == (
        "豫A12345",
        "郑州",
        "原阳",
        "探亲",
    )
    assert crossing.people == (
        Person(1, "张三", DOCUMENT, "citizen_id", "13800005678"),
        Person(2, "李四"),
    )


def test_two_declarations_of_one_vehicle_are_different_people_and_never_mixed() -> None:
    scene = Scene().scan(declared(plate="豫A12345", people=[{"name": "张三", "id": DOCUMENT}]))
    scene.scan(declared(plate="豫A12345", people=[{"name": "李四", "phone": "13800005678"}]))
    assert scene.open.people == (
        Person(1, "张三", DOCUMENT, "citizen_id"),
        Person(2, "李四", phone="13800005678"),
    )


def test_a_declared_person_who_showed_the_document_already_gets_the_name() -> None:
    scene = Scene().scan(OTHER_DOCUMENT)
    scene.scan(declared(people=[{"name": "张三", "id": DOCUMENT}, {"name": "李四", "id": OTHER_DOCUMENT}]))
    named = {one.document: (one.number, one.name, one.evidence) for one in scene.open.people}
    assert named == {
        OTHER_DOCUMENT: (1, "李四", Evidence.SCANNED),
        DOCUMENT: (2, "张三", Evidence.DECLARED),
    }


def test_declared_namesakes_without_documents_are_two_people() -> None:
    people = [{"name": "张三"}, {"name": "张三"}]
    scene = Scene().scan(declared(plate="豫A12345", people=people))
    assert [person.name for person in scene.open.people] == ["张三", "张三"]
    assert scene.open.headcount == 2


def test_namesakes_with_different_documents_are_two_people() -> None:
    scene = Scene().scan(
        declared(people=[{"name": "张伟", "id": DOCUMENT}, {"name": "张伟", "id": OTHER_DOCUMENT}])
    )
    assert [one.document for one in scene.open.people] == [DOCUMENT, OTHER_DOCUMENT]


def test_declared_places_do_not_replace_what_the_officer_wrote() -> None:
    from checkpoint_app.domain import lane

    scene = Scene().plate("豫A12345")
    scene.state = lane.with_places(scene.state, origin="新乡", destination="", purpose="")
    scene.scan(declared(plate="豫A12345", to="原阳", **{"from": "郑州"}))
    assert (scene.open.origin, scene.open.destination) == ("新乡", "原阳")


def test_the_declaration_of_another_vehicle_parks_the_one_that_stands_here() -> None:
    scene = Scene().plate("豫A12345").scan(declared(plate="豫B00001"))
    assert scene.open.plate == "豫B00001"
    assert [crossing.plate for crossing in scene.state.parked] == ["豫A12345"]


def test_a_declaration_shown_after_the_health_code_belongs_to_the_same_vehicle() -> None:
    scene = Scene().scan(health(1)).scan(declared(plate="豫B00001", people=[{"name": "张三"}]))
    assert (scene.open.plate, scene.open.headcount, scene.state.parked) == ("豫B00001", 1, ())


@given(
    st.lists(
        st.lists(st.sampled_from(["张三", "李四", "王五"]), min_size=1, max_size=3, unique=True), max_size=4
    )
)
def test_declarations_in_any_order_name_everybody_once(families: list[list[str]]) -> None:
    scene = Scene().plate("豫A12345")
    for names in families:
        scene.scan(declared(plate="豫A12345", people=[{"name": name} for name in names]))
    expected = {name for names in families for name in names}
    assert sorted(one.name for one in scene.open.people) == sorted(expected)
    assert [one.number for one in scene.open.people] == list(range(1, len(expected) + 1))


WORST = Check(
    CheckKind.HEALTH_CODE, "presented", Evidence.REGISTERED, NOW, 999, source="s" * 40, digest="d" * 64
)
SOMEBODY = Person(
    999,
    "张" * 40,
    "A" * 32,
    "taiwan_travel_permit",
    "1" * 24,
    seat="张" * LONGEST_SEAT,
    outcome="transferred",
    why="张" * LONGEST_WHY,
)


def full(*, checks: int, people: int) -> Scene:
    """A scene that codes have filled."""
    scene = Scene().scan(health(1))
    persons = tuple(replace(SOMEBODY, number=number) for number in range(1, people + 1))
    many = replace(scene.open, checks=(WORST,) * checks, people=persons, told=MOST_TOLD)
    scene.state = replace(scene.state, open=many)
    return scene


FURTHER = ["what?", DOCUMENT, health(2), declared(people=[{"name": "张三"}], **{"from": "郑州"})]


@pytest.mark.parametrize("payload", FURTHER)
def test_a_crossing_full_of_checks_takes_no_more_codes(payload: str) -> None:
    scene = full(checks=MOST_CHECKS, people=1)
    before = scene.state
    assert scene.scan(payload).state == before


@pytest.mark.parametrize("payload", [FURTHER[1], FURTHER[3]])
def test_a_crossing_full_of_people_takes_nobody_else(payload: str) -> None:
    scene = full(checks=0, people=MOST_PEOPLE)
    before = scene.state
    assert scene.scan(payload).state == before


@pytest.mark.parametrize("payload", ["what?", health(2), "A" * 32])
def test_a_crossing_full_of_people_takes_their_codes(payload: str) -> None:
    scene = full(checks=0, people=MOST_PEOPLE).scan(payload)
    assert (len(scene.open.checks), len(scene.open.people)) == (1, MOST_PEOPLE)


def test_another_plate_parks_a_full_crossing_and_codes_go_on() -> None:
    scene = full(checks=MOST_CHECKS, people=MOST_PEOPLE).scan("豫A12345").scan("豫B67890").scan("what?")
    assert [(one.plate, len(one.checks)) for one in scene.state.parked] == [("豫A12345", MOST_CHECKS)]
    assert (scene.open.plate, len(scene.open.checks)) == ("豫B67890", 1)


def test_the_fullest_crossing_with_every_check_of_the_last_declaration_can_be_written() -> None:
    crossing = full(checks=MOST_CHECKS, people=MOST_PEOPLE + PEOPLE_MAX).open
    verdict = judge(crossing, None, Known(), default_rules(), now=NOW)
    fact = facts.vehicle_crossed(crossing, verdict, Outcome.HELD, by=facts.By("S" * 40, "07"), at=NOW)
    public, personal = parts_of(fact)
    assert personal is not None
    assert max(len(public), len(personal)) < LONGEST_PART
