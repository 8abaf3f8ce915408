"""Who is in a vehicle, and which checks count."""

from __future__ import annotations

from hypothesis import given

from checkpoint_app.domain.crossing import Check, Crossing, Person
from checkpoint_app.domain.words import CheckKind, Direction, Evidence
from tests.domain.lanes import NOW, crossings

EMPTY = Crossing("a" * 32, 1, Direction.IN, NOW)


def check(person: int, *, voided: bool = False) -> Check:
    return Check(CheckKind.TEMPERATURE, "measured", Evidence.MEASURED, NOW, person, tenths=365, voided=voided)


def test_a_vehicle_has_a_driver_even_when_nobody_was_entered() -> None:
    assert EMPTY.headcount == 1


def test_people_are_those_named_those_checked_and_those_told() -> None:
    two = EMPTY.with_person(Person(2, "李四")).with_check(check(1))
    assert two.headcount == 2
    assert two.with_check(check(3)).headcount == 3
    assert two.with_check(check(0)).headcount == 2


def test_a_voided_check_makes_nobody() -> None:
    assert EMPTY.with_check(check(1)).with_check(check(2, voided=True)).headcount == 1


def test_a_person_is_replaced_by_number_and_kept_in_order() -> None:
    crossing = (
        EMPTY.with_person(Person(2, "李四")).with_person(Person(1, "张三")).with_person(Person(2, "王五"))
    )
    assert [(one.number, one.name) for one in crossing.people] == [(1, "张三"), (2, "王五")]
    assert crossing.person(9) == Person(9)


@given(crossings)
def test_the_checks_of_everybody_are_all_valid_checks(crossing: Crossing) -> None:
    numbers = {one.person for one in crossing.checks}
    found = [one for number in numbers for one in crossing.checks_of(number)]
    assert sorted(map(repr, found)) == sorted(map(repr, crossing.valid_checks))
