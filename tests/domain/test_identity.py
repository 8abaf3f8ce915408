from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.identity import (
    CHECK_CHARACTERS,
    PROVINCE_CODES,
    DocumentKind,
    check_character,
    scanned_document,
    typed_document,
)
from checkpoint_app.domain.phones import parse_phone


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_standards_own_examples_agree_with_themselves(number: str) -> None:
    document = scanned_document(number)
    assert document is not None
    assert document.notes == ()


def test_birth_and_sex_are_read() -> None:
    document = typed_document("11010519491231002x")
    assert (document.text, document.birth, document.sex) == ("11010519491231002X", "1949-12-31", "female")


@given(st.from_regex(r"\A4105021990030[1-9][0-9]{3}\Z"), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(first17: str, place: int, step: int) -> None:
    number = first17 + check_character(first17)
    digit = str((int(number[place]) + step) % 10)
    assert typed_document(number[:place] + digit + number[place + 1 :]).contradicts_itself
    assert not typed_document(number).contradicts_itself


@given(st.from_regex(r"\A4105021990030[1-9][0-9]{3}\Z"), st.integers(0, 15))
def test_two_digits_in_the_wrong_order_are_always_noticed(first17: str, place: int) -> None:
    number = first17 + check_character(first17)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or typed_document(swapped).contradicts_itself


def test_a_wrong_check_character_is_named_and_not_refused() -> None:
    right = "11010519491231002X"
    for character in set(CHECK_CHARACTERS) - {"X"}:
        assert typed_document(right[:17] + character).notes == ("id_check_digit",)


def test_a_day_that_never_was_is_named() -> None:
    first17 = "41050219990230123"
    assert typed_document(first17 + check_character(first17)).notes == ("id_birth_date",)


def test_a_birth_in_the_future_is_noted_only_when_today_is_known() -> None:
    first17 = "41050220991231123"
    number = first17 + check_character(first17)
    assert typed_document(number).notes == ()
    assert typed_document(number, today=date(2030, 1, 1)).notes == ("future_birth_date",)


def test_an_unknown_division_is_only_a_note() -> None:
    first17 = "99050219900307123"
    number = "00" + first17[2:]
    document = scanned_document(number + check_character(number))
    assert document is not None
    assert not document.contradicts_itself
    assert document.notes == ("unknown_division",)


def test_there_are_31_provinces_taiwan_and_three_permits() -> None:
    assert len(PROVINCE_CODES) == 31 + 1 + 3


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("110105491231002", DocumentKind.CITIZEN_ID_15),
        ("E12345678", DocumentKind.PASSPORT),
        ("ea1234567", DocumentKind.PASSPORT),
        ("AB123456", DocumentKind.PASSPORT),
        ("H12345678", DocumentKind.HOME_RETURN_PERMIT),
        ("M1234567890", DocumentKind.HOME_RETURN_PERMIT),
        ("12345678", DocumentKind.TAIWAN_TRAVEL_PERMIT),
        ("CAN110105123456", DocumentKind.FOREIGNER_CARD),
    ],
)
def test_other_papers_are_known_by_their_loose_forms(typed: str, kind: DocumentKind) -> None:
    assert typed_document(typed).kind is kind
    assert typed_document(typed).notes in {(), ("old_15_digit",)}


def test_the_officers_choice_of_paper_goes_before_the_form() -> None:
    assert typed_document("12345678", kind=DocumentKind.PASSPORT).kind is DocumentKind.PASSPORT
    assert typed_document("x", kind=DocumentKind.CITIZEN_ID).notes == ("unknown_form",)


@given(st.text(max_size=40))
def test_no_typed_number_is_refused(text: str) -> None:
    for normal in (typed_document(text).text, parse_phone(text).text):
        assert unicodedata.is_normalized("NFC", normal)


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("13800005678", "13800005678", "mobile"),
        ("+86 138 0000 5678", "13800005678", "mobile"),
        ("008613800005678", "13800005678", "mobile"),
        ("１３８００００５６７８", "13800005678", "mobile"),
        ("0371-65550000", "037165550000", "landline"),
        ("(010) 65550000", "01065550000", "landline"),
        ("+852 5123 4567", "+85251234567", "abroad"),
        ("00853 6612 3456", "+85366123456", "abroad"),
        ("+886 912 345 678", "+886912345678", "abroad"),
        ("12800005678", "12800005678", "odd"),
        ("110", "110", "odd"),
        ("", "", "odd"),
    ],
)
def test_phone_numbers_are_known_by_their_loose_forms(typed: str, text: str, kind: str) -> None:
    phone = parse_phone(typed)
    assert (phone.text, phone.kind) == (text, kind)
