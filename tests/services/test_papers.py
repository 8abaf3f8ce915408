"""Who somebody is, typed into one field or found in the register."""

from __future__ import annotations

import pytest

from checkpoint_app.domain.crossing import Person
from checkpoint_app.domain.words import CheckKind, Evidence, VerdictState
from checkpoint_app.services.endings import DigitsMissing, DocumentRefused, PlateTooShort
from checkpoint_app.services.lane import Lane
from checkpoint_app.services.papers import Typed
from tests.domain.lanes import DOCUMENT, OTHER_DOCUMENT
from tests.services.desks import PLATE


def person(lane: Lane, number: int = 1) -> Person:
    assert lane.state.open is not None
    return lane.state.open.person(number)


def state_of(lane: Lane) -> VerdictState:
    assert lane.verdict is not None
    return lane.verdict.state


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("13800005678", "13800005678"),
        ("138 0000 5678", "13800005678"),
        ("１３８００００５６７８", "13800005678"),
        ("+86 13800005678", "13800005678"),
        ("0371-66668888", "037166668888"),
        ("0371 6666888", "03716666888"),
    ],
)
def test_a_phone_typed_where_a_document_is_expected_is_the_phone(lane: Lane, text: str, phone: str) -> None:
    assert lane.document(text) == Typed("phone", 1)
    assert (person(lane).phone, person(lane).document) == (phone, "")


@pytest.mark.parametrize("text", ["1380000567", "138000056789", "0371-6666"])
def test_a_phone_with_digits_missing_or_over_is_refused_with_their_number(lane: Lane, text: str) -> None:
    before = lane.state
    for enter in (lane.document, lane.phone):
        with pytest.raises(DigitsMissing) as refused:
            enter(text)
        assert refused.value.facts["kind"] == "phone"
        assert refused.value.facts["digits"] == len(text.replace("-", ""))
    assert lane.state == before


@pytest.mark.parametrize("text", [DOCUMENT[:-1], OTHER_DOCUMENT + "0", DOCUMENT[:16], OTHER_DOCUMENT[:13]])
def test_a_citizens_number_with_digits_missing_or_over_is_refused(lane: Lane, text: str) -> None:
    with pytest.raises(DigitsMissing) as refused:
        lane.document(text)
    assert refused.value.facts == {"kind": "document", "digits": len(text), "wanted": 18}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (DOCUMENT, "citizen_id"),
        ("110105491231002", "citizen_id_15"),
        ("810000199408230021", "hong_kong_permit"),
        ("E12345678", "passport"),
        ("123456789", "passport"),
        ("H12345678", "home_return_permit"),
        ("12345678", "taiwan_travel_permit"),
    ],
)
def test_documents_of_every_kind_are_kept_as_such(lane: Lane, text: str, kind: str) -> None:
    typed = lane.document(text)
    assert typed.kind == "document"
    assert (person(lane).document, person(lane).document_kind) == (text, kind)


def test_a_number_that_contradicts_itself_is_refused_and_nothing_is_kept(lane: Lane) -> None:
    with pytest.raises(DocumentRefused) as refused:
        lane.document("110105194912310021")
    assert refused.value.facts["notes"] == "id_check_digit"
    assert lane.state.open is None


def test_what_is_odd_about_a_number_is_said(lane: Lane) -> None:
    assert lane.document("110105491231002").notes == ("old_15_digit",)
    assert lane.document("X1").notes == ("unknown_form",)


def test_letters_without_a_digit_are_a_name(lane: Lane) -> None:
    assert lane.document("张三") == Typed("name", 1)
    assert person(lane).name == "张三"
    lane.document("买买提·吐尔逊")
    assert person(lane).name == "买买提·吐尔逊"


def test_a_document_says_whose_it_is(lane: Lane) -> None:
    lane.document(DOCUMENT)
    assert lane.document(OTHER_DOCUMENT) == Typed("document", 2)
    assert lane.document(DOCUMENT) == Typed("document", 1)


def test_phones_of_other_countries_go_in_by_their_own_field(lane: Lane) -> None:
    lane.phone("+852 6123 4567")
    assert person(lane).phone == "+85261234567"
    lane.phone("+1 202 555 0101")
    assert person(lane).phone == "+12025550101"
    with pytest.raises(DigitsMissing):
        lane.phone("abc")


def test_somebody_of_the_register_is_registered_and_what_is_known_better_stays(lane: Lane) -> None:
    lane.name("张三丰")
    lane.known_person(DOCUMENT, name="张三", phone="13800005678")
    assert person(lane) == Person(
        1, "张三丰", DOCUMENT, "citizen_id", "13800005678", evidence=Evidence.REGISTERED
    )
    assert lane.state.open is not None
    check = lane.state.open.checks[-1]
    assert (check.kind, check.evidence, check.source) == (CheckKind.IDENTITY, Evidence.REGISTERED, "register")


def test_the_register_stands_in_for_a_phone_nobody_has(lane: Lane) -> None:
    lane.plate(PLATE)
    lane.temperature(365)
    assert state_of(lane) is VerdictState.NOT_YET
    lane.step(-1)
    lane.known_person("", name="张三")
    assert state_of(lane) is VerdictState.PASS
    assert lane.verdict is not None
    assert lane.verdict.weakest is Evidence.REGISTERED


# plates that were cut off


@pytest.mark.parametrize("text", ["", "豫", "豫Y", "豫 · Y", "豫Y1"])
def test_a_plate_that_was_cut_off_is_refused(lane: Lane, text: str) -> None:
    for enter in (lane.plate, lane.correct_plate):
        with pytest.raises(PlateTooShort):
            enter(text)
    assert lane.state.open is None


@pytest.mark.parametrize("text", ["豫Y12", "AB12", "临12345"])
def test_an_odd_plate_is_taken_with_its_mark(lane: Lane, text: str) -> None:
    lane.plate(text)
    assert lane.state.open is not None
    assert "odd" in lane.state.open.plate_marks
