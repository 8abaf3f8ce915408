"""A bus is one crossing: codes go down the list, exceptions stand aside, nobody is lost."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.bootstrap import default_rules
from checkpoint_app.domain import bus, lane
from checkpoint_app.domain.case import gone_through, people_of
from checkpoint_app.domain.judging import judge
from checkpoint_app.domain.known import Known
from checkpoint_app.domain.passengers import Passenger
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import CheckKind, VehicleClass, VerdictState
from tests.domain.lanes import DOCUMENT, NOW, OTHER_DOCUMENT, Scene, declared, health

RULES = default_rules()
LIST = (
    Passenger("1", "张三", DOCUMENT),
    Passenger("2", "李四", "", "13800005678"),
    Passenger("3", "王五", OTHER_DOCUMENT),
)


def coach(*rows: Passenger, told: int = 0) -> Scene:
    """A bus with its plate known."""
    scene = Scene().plate("豫A12345")
    scene.state = bus.with_passengers(bus.with_bus(scene.state, on=True), rows)
    if told:
        scene.state = lane.with_people(scene.state, told)
    return scene


def verdict_of(scene: Scene) -> Verdict:
    return judge(scene.open, None, Known(), RULES, now=NOW)


def lacking(scene: Scene) -> tuple[int, ...]:
    case = gone_through(scene.open, known=Known(), rules=RULES, now=NOW)
    return bus.missing(scene.open, case.lacking)


def codes_of(scene: Scene, kind: CheckKind = CheckKind.HEALTH_CODE) -> list[int]:
    return [check.person for check in scene.open.valid_checks if check.kind is kind]


def checked(scene: Scene, *colours: str) -> Scene:
    """Everybody in turn with a code of that colour and a temperature."""
    for place, colour in enumerate(colours):
        scene.scan(health(place + 1, colour)).measure(365)
    return scene


def driven(scene: Scene, *rows: Passenger) -> Scene:
    """A driver with a name who is not on the list that comes after."""
    crossing = scene.open.with_person(replace(scene.open.person(1), name="钱七"))
    scene.state = bus.with_passengers(replace(scene.state, open=crossing), rows)
    return scene


def test_a_list_names_everybody_in_its_order() -> None:
    people = coach(*LIST).open.people
    assert [(one.number, one.seat, one.name, one.document_kind) for one in people] == [
        (1, "1", "张三", "citizen_id"),
        (2, "2", "李四", ""),
        (3, "3", "王五", "citizen_id"),
    ]


def test_the_same_list_again_changes_nothing() -> None:
    scene = coach(*LIST)
    assert bus.with_passengers(scene.state, LIST) == scene.state


def test_whoever_showed_the_document_before_the_list_came_is_that_passenger() -> None:
    scene = Scene().plate("豫A12345").scan(OTHER_DOCUMENT)
    scene.state = bus.with_passengers(bus.with_bus(scene.state, on=True), LIST)
    assert [(one.number, one.name, one.document) for one in scene.open.people] == [
        (1, "王五", OTHER_DOCUMENT),
        (2, "张三", DOCUMENT),
        (3, "李四", ""),
    ]


def test_a_document_goes_to_whom_the_list_names_and_codes_to_the_next_in_its_order() -> None:
    scene = coach(*LIST).scan(OTHER_DOCUMENT).scan(health(1)).scan(health(2)).scan(health(3))
    assert codes_of(scene, CheckKind.IDENTITY) == [3]
    assert codes_of(scene) == [1, 2, 3]


def test_somebody_who_is_on_no_list_is_one_more_and_not_somebody_listed() -> None:
    scene = coach(*LIST, told=3)
    for number in range(1, 5):
        scene.scan(health(number))
    assert codes_of(scene) == [1, 2, 3, 4]
    assert scene.open.headcount == 4


def test_without_a_list_codes_go_from_one_to_the_next() -> None:
    assert codes_of(checked(coach(told=3), "g", "g", "g")) == [1, 2, 3]


def test_a_declared_passenger_on_the_list_stays_that_one() -> None:
    scene = coach(*LIST).scan(declared(plate="豫C00001", people=[{"name": "王五", "id": OTHER_DOCUMENT}]))
    assert [one.name for one in scene.open.people] == ["张三", "李四", "王五"]
    assert (scene.open.plate, scene.state.parked) == ("豫A12345", ())


def test_another_plate_does_not_park_a_bus_as_it_parks_a_car() -> None:
    assert coach().scan("豫B67890").state.parked == ()
    assert len(Scene().plate("豫A12345").scan("豫B67890").state.parked) == 1


def test_a_stop_among_those_who_are_through_keeps_nobody_waiting() -> None:
    scene = checked(coach(told=45), *("g" * 30), "r")
    verdict = verdict_of(scene)
    assert (verdict.state, verdict.checked, verdict.people) == (VerdictState.NOT_YET, 30, 45)
    assert (verdict.title("zh"), verdict.title("en")) == (
        "还差 15 人，其中 1 人需核实",
        "15 people to go, 1 to look into",
    )
    assert verdict.now("zh")
    assert bus.aside(scene.open, verdict) == (31,)
    assert "code_red" in {reason.code for reason in verdict.reasons}
    assert verdict.facts["ring"] == "30/45"


def test_in_a_car_the_same_stop_is_the_verdict() -> None:
    scene = checked(coach(told=45), *("g" * 30), "r")
    scene.state = bus.with_bus(scene.state, on=False)
    assert verdict_of(scene).state is VerdictState.STOP


@pytest.mark.parametrize(("colour", "state"), [("r", VerdictState.STOP), ("y", VerdictState.REFER)])
def test_when_only_those_aside_are_left_they_are_the_verdict(colour: str, state: VerdictState) -> None:
    scene = checked(coach(told=3), "g", colour, "g")
    verdict = verdict_of(scene)
    assert (verdict.state, verdict.checked, bus.aside(scene.open, verdict)) == (state, 2, (2,))


def test_what_is_wrong_with_the_bus_itself_is_never_set_aside() -> None:
    scene = checked(coach(told=3), "g", "r").scan("what is this?")
    assert verdict_of(scene).state is VerdictState.STOP


def test_who_has_a_seat_is_called_by_it_and_never_by_another_number() -> None:
    people = tuple(Passenger(str(seat), f"王{seat}") for seat in (2, 3, 7))
    scene = driven(checked(coach(told=1), "g"), *people)
    assert scene.open.person(2).seat == "2"
    assert scene.open.person(4).seat == "7"
    scene.state = replace(scene.state, person=4)
    scene.measure(379)
    verdict = verdict_of(scene)
    lines = [line.text("en") for line in verdict.done]
    assert verdict.reasons[0].text("zh").startswith("座位 7 体温 37.9 ℃")
    assert verdict.reasons[0].text("en").startswith("Seat 7: temp. 37.9 ℃")
    assert "Seat 7 temp. 37.9" in lines
    assert "Seats 2, 3, 7 health code not scanned" in lines
    assert "Person 1 checked" in lines


def test_the_driver_has_no_seat_on_the_list_and_keeps_the_number() -> None:
    scene = driven(coach(told=1).scan(health(1, "g")), Passenger("1A", "王一"), Passenger("2A", "王二"))
    verdict = verdict_of(scene)
    lines = [line.text(language) for language in ("zh", "en") for line in verdict.done]
    assert "Person 1, seats 1A, 2A temp. not taken" in lines
    assert "第 1 人、座位 1A、2A 体温 未测" in lines
    scene.measure(365)
    assert verdict_of(scene).now("zh") == "扫座位 1A 的码，或按 [*] 报身份证号"


def test_whoever_stays_behind_counts_against_the_bus_no_more() -> None:
    scene = checked(coach(told=3), "g", "r", "g")
    scene.state = bus.with_outcome(scene.state, 2, "held", why="")
    verdict = verdict_of(scene)
    assert (verdict.state, verdict.reasons, verdict.checked) == (VerdictState.PASS, (), 3)
    assert (verdict.title("zh"), verdict.title("en")) == (
        "2 人全部查完，1 人不随车",
        "Both checked, 1 stays behind",
    )
    assert "第 2 人 留观" in [line.text("zh") for line in verdict.done]
    scene.state = bus.with_outcome(scene.state, 2, "", why="")
    assert verdict_of(scene).state is VerdictState.STOP


def test_a_person_not_checked_who_stays_behind_is_missing_no_more_and_gets_no_code() -> None:
    scene = coach(*LIST)
    assert lacking(scene) == (1, 2, 3)
    scene.state = bus.with_outcome(scene.state, 1, "turned_back", why="")
    scene.scan(health(1)).measure(365)
    assert codes_of(scene) == codes_of(scene, CheckKind.TEMPERATURE) == [2]
    assert lacking(scene) == (3,)


def test_somebody_listed_who_is_not_aboard_is_counted_no_more_and_gets_no_code() -> None:
    scene = coach(*LIST, told=3)
    scene.state = bus.without(scene.state, 1)
    assert (scene.open.headcount, lacking(scene)) == (2, (2, 3))
    assert codes_of(scene.scan(health(1)).scan(health(2))) == [2, 3]


def test_a_bus_is_of_its_class_and_no_bus_is_a_car() -> None:
    scene = coach()
    assert scene.open.vehicle is VehicleClass.BUS
    assert not bus.is_begun(scene.open)
    off = bus.with_bus(scene.state, on=False).open
    assert off is not None
    assert (off.bus, off.vehicle) == (False, VehicleClass.CAR)


@pytest.mark.parametrize(
    "begun", [{"service": "K108"}, {"rows": LIST}, {"outcome": "held"}], ids=["service", "list", "apart"]
)
def test_what_only_a_bus_has_begins_it(begun: dict[str, object]) -> None:
    scene = coach(*(LIST if "rows" in begun else ()))
    if "service" in begun:
        scene.state = bus.with_service(scene.state, "K108")
    if "outcome" in begun:
        scene.state = bus.with_outcome(scene.state, 1, "held", why="")
    assert bus.is_begun(scene.open)


passengers = st.lists(
    st.builds(
        Passenger,
        st.just(""),
        st.sampled_from(["张三", "李四", "王五", "赵六"]),
        st.sampled_from(["", DOCUMENT]),
    ),
    max_size=12,
).map(lambda rows: [replace(row, seat=str(place + 1)) for place, row in enumerate(rows)])
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("scan"), st.sampled_from("ggggry")),
        st.tuples(st.just("measure"), st.sampled_from([365, 380])),
        st.tuples(st.just("apart"), st.integers(1, 12)),
    ),
    max_size=30,
)


@given(passengers, st.integers(0, 15), deeds)
def test_everybody_is_done_missing_aside_or_apart(
    rows: list[Passenger], told: int, done: list[tuple[str, object]]
) -> None:
    scene = coach(*rows, told=told)
    for place, (what, value) in enumerate(done):
        if what == "scan":
            scene.scan(health(place + 1, str(value)))
        elif what == "measure":
            scene.measure(int(str(value)))
        elif value in people_of(scene.open) and len(scene.open.apart) + 1 < scene.open.headcount:
            scene.state = bus.with_outcome(scene.state, int(str(value)), "held", why="")
    verdict, out = verdict_of(scene), lacking(scene)
    held, apart = bus.aside(scene.open, verdict), {one.number for one in scene.open.apart}
    assert not apart & {*held, *out}
    assert verdict.people == scene.open.headcount
    assert verdict.checked == verdict.people - len({*held, *out})
    assert {*held, *out, *apart} <= set(people_of(scene.open))
    shown = bus.progress(scene.open, verdict, out)
    assert (shown.done, set(shown.apart)) == (verdict.checked, apart)
    if verdict.state is VerdictState.PASS:
        assert (held, out) == ((), ())
    if held and set(out) - set(held):
        assert verdict.state is VerdictState.NOT_YET
    elif held:
        assert verdict.state in {VerdictState.STOP, VerdictState.REFER}


@given(passengers, st.lists(st.integers(1, 12), max_size=3))
def test_a_list_loses_nobody_and_names_nobody_twice(rows: list[Passenger], scanned: list[int]) -> None:
    scene = Scene().plate("豫A12345")
    for number in scanned:
        scene.scan(health(number))
    scene.state = bus.with_passengers(bus.with_bus(scene.state, on=True), rows)
    documents = [one.document for one in scene.open.people if one.document]
    assert len(documents) == len(set(documents))
    assert {row.name for row in rows} == {one.name for one in scene.open.people if one.name} or any(
        row.document for row in rows
    )
    assert bus.with_passengers(scene.state, rows) == scene.state


def test_three_hundred_people_are_judged_before_anybody_notices() -> None:
    scene = checked(coach(*(Passenger(str(n), "张三") for n in range(300))), *("g" * 299), "r")
    took = min(_timed(scene) for _ in range(5))
    assert (scene.open.headcount, verdict_of(scene).checked) == (300, 299)
    assert took < 0.020


def _timed(scene: Scene) -> float:
    """Seconds of this process, so that others at work here do not count."""
    begun = time.process_time()
    verdict_of(scene)
    return time.process_time() - begun


def test_somebody_always_goes_on_with_the_vehicle_and_lacks_what_they_lack() -> None:
    scene = coach(told=2)
    scene.state = bus.with_outcome(scene.state, 2, "held", why="")
    scene.state = lane.with_people(scene.state, 1)
    assert lacking(scene) == (1,)
    assert verdict_of(scene).state is VerdictState.NOT_YET


def test_who_stays_behind_when_the_only_check_of_the_others_is_taken_back_is_not_everybody() -> None:
    scene = coach().scan(health(1))
    scene.state = bus.with_outcome(lane.with_people(scene.state, 2), 2, "held", why="")
    scene.state = lane.with_people(lane.voided(scene.state, 0), 0)
    assert (lacking(scene), scene.open.headcount) == ((1,), 2)


def test_the_next_document_is_not_of_somebody_who_stays_behind() -> None:
    scene = coach(told=2).scan(health(1, "r"))
    scene.state = bus.with_outcome(scene.state, 1, "held", why="")
    scene.scan(DOCUMENT)
    assert [person.document for person in scene.open.people] == ["", DOCUMENT]
    assert codes_of(scene, CheckKind.IDENTITY) == [2]


def test_the_document_of_somebody_who_stays_behind_is_theirs_when_it_is_their_turn() -> None:
    scene = coach(told=2).scan(health(1, "r"))
    scene.state = lane.with_turn(bus.with_outcome(scene.state, 1, "held", why=""), -9)
    scene.scan(DOCUMENT)
    assert [person.document for person in scene.open.people] == [DOCUMENT]


def test_two_passengers_of_one_name_are_two_people_however_often_the_list_is_read() -> None:
    namesakes = (Passenger(name="张三"), Passenger(name="张三"), Passenger(name="李四"))
    scene = coach(*namesakes)
    assert [person.name for person in scene.open.people] == ["张三", "张三", "李四"]
    scene.state = bus.with_passengers(scene.state, namesakes)
    assert [person.name for person in scene.open.people] == ["张三", "张三", "李四"]


def test_the_first_on_the_list_is_not_who_stays_behind_without_a_name() -> None:
    scene = coach(told=3)
    scene.state = bus.with_outcome(scene.state, 1, "held", why="")
    scene.state = bus.with_passengers(scene.state, LIST)
    assert [(person.name, person.outcome) for person in scene.open.people] == [
        ("", "held"),
        ("张三", ""),
        ("李四", ""),
        ("王五", ""),
    ]
