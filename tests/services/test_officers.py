"""Officers: numbers that are never given twice, roles nobody reaches above, PINs that lock."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.crypto.pins import OfficerKey
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.officers import (
    BadgeRefused,
    LastLead,
    LeadFirst,
    NoPin,
    OfficerKnown,
    OfficerNameNeeded,
    PinUnfit,
    RoleTooHigh,
    UnknownOfficer,
    WrongPin,
    is_pin,
)
from checkpoint_app.domain.roles import NotAllowed, Role
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage import queries
from tests.services.desks import desk_in, entries
from tests.services.enrolling import LEAD, OTHER, PIN, enrolled, led


def test_an_enrolled_officer_keeps_the_number_of_the_roll_call_and_a_newcomer_gets_the_next(
    desk: Desk,
) -> None:
    assert desk.officers.enrol(" 李示范 ", by=desk.by).number == "02"
    made = desk.officers.enrol(
        "赵新来",
        role=Role.LEAD,
        agency="卫健委",
        phone="13800000000",
        skills=("医护", "医护", " "),
        by=desk.by,
    )
    assert (made.number, made.agency, made.phone, made.skills) == ("03", "卫健委", "13800000000", ("医护",))
    assert desk.officers.everybody() == (desk.officers.find("02"), made)


def test_a_roll_call_gives_an_enrolled_name_its_number_and_nobody_that_number(desk: Desk) -> None:
    desk.officers.enrol("赵新来", by=desk.by)
    desk.duty.close(waiting=0, by=desk.by).result()
    desk.duty.open(group="一班", lead="钱新来", officers=("赵新来",), zone=480).result()
    current = desk.duty.current()
    assert current is not None
    assert dict(current.officers) == {"03": "赵新来", "04": "钱新来"}


def test_the_number_of_somebody_who_left_is_not_given_again_and_the_name_stays_known(desk: Desk) -> None:
    gone = desk.officers.enrol("赵新来", by=desk.by).number
    desk.officers.leave(gone, why="调离", by=desk.by)
    assert desk.officers.enrol("赵新来", by=desk.by).number == "04"
    assert [each.number for each in desk.officers.everybody(left=True)] == ["03", "04"]
    with pytest.raises(UnknownOfficer):
        desk.officers.find("03")
    with desk.ledger.reader() as reader:
        assert queries.officer_names(reader)["03"] == "赵新来"
        assert queries.officer_numbers(reader)["赵新来"] == "04"


def test_names_and_phones_are_personal_and_nothing_else_is(desk: Desk) -> None:
    desk.officers.enrol("赵新来", phone="13800000000", agency="卫健委", by=desk.by)
    (told,) = entries(desk, "officer_enrolled")
    assert told == {"about": "03", "role": "officer", "agency": "卫健委", "skills": []}


@pytest.mark.parametrize("name", ["", "  ", "\t"])
def test_nobody_is_enrolled_without_a_name(desk: Desk, name: str) -> None:
    with pytest.raises(OfficerNameNeeded):
        desk.officers.enrol(name, by=desk.by)


def test_a_second_one_with_a_name_that_serves_is_refused(desk: Desk) -> None:
    number = desk.officers.enrol("赵新来", by=desk.by).number
    other = desk.officers.enrol("钱新来", by=desk.by).number
    with pytest.raises(OfficerKnown) as refused:
        desk.officers.enrol("赵新来", by=desk.by)
    assert refused.value.facts == {"number": number}
    with pytest.raises(OfficerKnown):
        desk.officers.change(other, name="赵新来", by=desk.by)


def test_what_was_enrolled_and_changed_is_there_after_a_restart(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        desk.officers.enrol("赵新来", by=desk.by)
        before = desk.officers.change("03", phone="13800000000", skills=("英语",), by=desk.by)
    with desk_in(tmp_path) as desk:
        assert desk.officers.find("03") == before


def test_a_change_that_changes_nothing_is_no_entry(desk: Desk) -> None:
    desk.officers.enrol("赵新来", by=desk.by)
    desk.officers.change("03", name="赵新来", by=desk.by)
    assert entries(desk, "officer_changed") == []


@given(pin=st.text(alphabet="0123456789a٣", max_size=10))
def test_a_pin_is_four_to_eight_digits_that_are_not_the_first_anybody_tries(pin: str) -> None:
    runs = "01234567890123456789"
    plain = len(set(pin)) == 1 or pin in runs or pin in runs[::-1]
    assert is_pin(pin) == (4 <= len(pin) <= 8 and set(pin) <= set("0123456789") and not plain)


@pytest.mark.parametrize("pin", ["123", "123456789", "0000", "1234", "8765", "7890", "12a4", "١٣٧٩"])
def test_an_easy_pin_is_refused(desk: Desk, pin: str) -> None:
    desk.officers.enrol("王示范", role=Role.LEAD, by=desk.by)
    with pytest.raises(PinUnfit):
        desk.officers.set_pin("01", pin, by=desk.by)
    assert not desk.officers.protected


def test_the_first_pin_belongs_to_who_may_give_others(desk: Desk) -> None:
    for role in (Role.OFFICER, Role.AUDITOR):
        number = desk.officers.enrol(f"{role}示范", role=role, by=desk.by).number
        with pytest.raises(LeadFirst):
            desk.officers.set_pin(number, PIN, by=desk.by)
    led(desk)
    assert desk.officers.protected


def test_roles_hold_from_the_first_pin_on(desk: Desk) -> None:
    assert desk.officers.role_of("01") is None
    led(desk)
    assert desk.officers.role_of("01") is Role.LEAD
    assert desk.officers.role_of("02") is desk.officers.role_of("") is Role.OFFICER
    with pytest.raises(NotAllowed):
        desk.officers.enrol("赵新来", by=By("", "02"))


def test_with_the_first_pin_whoever_gave_it_acts_and_no_name_of_the_roll(desk: Desk) -> None:
    desk.officers.enrol("王示范", role=Role.LEAD, by=desk.by)
    keeper = desk.officers.enrol("周管理", role=Role.ADMIN, by=desk.by).number
    assert desk.by.officer == "01"
    desk.officers.set_pin(keeper, PIN, by=desk.by)
    assert desk.by.officer == keeper
    with pytest.raises(NotAllowed):
        desk.duty.close(waiting=0, by=desk.by)


def test_two_pins_given_at_once_leave_one_that_works(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    led(desk)
    number = enrolled(desk, Role.OFFICER)
    both, made = Barrier(2), OfficerKey.make

    def together() -> OfficerKey:
        with suppress(BrokenBarrierError):
            both.wait(0.3)
        return made()

    monkeypatch.setattr(OfficerKey, "make", together)
    threads = [
        Thread(target=desk.officers.set_pin, args=(number, pin), kwargs={"by": LEAD}) for pin in (PIN, OTHER)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    right = [pin for pin in (PIN, OTHER) if is_right(desk, number, pin)]
    assert len(right) == 1


def is_right(desk: Desk, number: str, pin: str) -> bool:
    try:
        desk.officers.check_pin(number, pin)
    except WrongPin:
        return False
    return True


def test_nobody_gives_or_takes_a_role_above_their_own(desk: Desk) -> None:
    led(desk)
    admin = By("", enrolled(desk, Role.ADMIN, pin=PIN))
    with pytest.raises(RoleTooHigh):
        desk.officers.enrol("赵新来", role=Role.LEAD, by=admin)
    with pytest.raises(RoleTooHigh):
        desk.officers.change(admin.officer, role=Role.LEAD, by=admin)
    with pytest.raises(RoleTooHigh):
        desk.officers.change("01", role=Role.OFFICER, by=admin)
    with pytest.raises(RoleTooHigh):
        desk.officers.set_pin("01", OTHER, by=admin)
    with pytest.raises(RoleTooHigh):
        desk.officers.leave("01", why="", by=admin)
    desk.officers.check_pin("01", PIN)
    assert desk.officers.enrol("钱新来", role=Role.ADMIN, by=admin).role is Role.ADMIN


def test_an_admin_may_make_the_first_lead_with_a_pin(desk: Desk) -> None:
    admin = desk.officers.enrol("孙示范", role=Role.ADMIN, by=desk.by).number
    desk.officers.set_pin(admin, PIN, by=desk.by)
    lead = desk.officers.enrol("王示范", role=Role.LEAD, by=By("", admin)).number
    desk.officers.set_pin(lead, OTHER, by=By("", admin))
    desk.officers.check_pin(lead, OTHER)


def test_the_last_who_may_give_pins_stays(desk: Desk) -> None:
    led(desk)
    enrolled(desk, Role.OFFICER, pin=PIN)
    enrolled(desk, Role.LEAD)
    for role in (Role.OFFICER, Role.AUDITOR):
        with pytest.raises(LastLead):
            desk.officers.change("01", role=role, by=LEAD)
    with pytest.raises(LastLead):
        desk.officers.leave("01", why="", by=LEAD)
    second = desk.officers.enrol("周示范", role=Role.LEAD, by=LEAD).number
    desk.officers.set_pin(second, OTHER, by=LEAD)
    desk.officers.leave("01", why="", by=By("", second))
    assert desk.officers.role_of("01") is Role.OFFICER


def test_everybody_changes_their_own_pin_with_the_old_one(desk: Desk) -> None:
    led(desk)
    number = enrolled(desk, Role.OFFICER, pin=PIN)
    by = By("", number)
    with pytest.raises(WrongPin):
        desk.officers.set_pin(number, OTHER, old="9999", by=by)
    with pytest.raises(NotAllowed):
        desk.officers.set_pin(number, OTHER, by=by)
    desk.officers.set_pin(number, OTHER, old=PIN, by=by)
    desk.officers.check_pin(number, OTHER)
    wrong_one = pytest.raises(WrongPin)
    with wrong_one:
        desk.officers.check_pin(number, PIN)


def test_a_new_pin_is_a_new_key_and_the_old_signature_stays_provable(desk: Desk) -> None:
    officers = led(desk)
    first = officers.sign("01", PIN, b"cp1.test\0x")
    officers.set_pin("01", OTHER, old=PIN, by=LEAD)
    second = officers.sign("01", OTHER, b"cp1.test\0x")
    keyed = {told["key"]: told["public"] for told in entries(desk, "officer_keyed")}
    assert first.key != second.key
    for signed in (first, second):
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(keyed[signed.key]))
        public.verify(bytes.fromhex(signed.signature), b"cp1.test\0x")
    with desk.ledger.reader() as reader:
        kept = reader.execute("SELECT name FROM secret WHERE name LIKE 'officer.%'").fetchall()
    assert [row[0] for row in kept] == [f"officer.01.{second.key}"]


def test_somebody_who_left_has_no_key_any_more(desk: Desk) -> None:
    led(desk)
    number = enrolled(desk, Role.OFFICER, pin=PIN)
    desk.officers.leave(number, why="", by=LEAD)
    with pytest.raises(UnknownOfficer):
        desk.officers.check_pin(number, PIN)
    with desk.ledger.reader() as reader:
        kept = reader.execute("SELECT count(*) FROM secret WHERE name LIKE 'officer.%'").fetchone()
    assert kept[0] == 1


def test_a_pin_that_is_not_there_is_not_right(desk: Desk) -> None:
    led(desk)
    with pytest.raises(NoPin):
        desk.officers.check_pin(enrolled(desk, Role.OFFICER), PIN)
    with pytest.raises(UnknownOfficer):
        desk.officers.check_pin("99", PIN)


def test_a_badge_names_its_officer_and_no_other_desks_or_left_or_made_up_one(desk: Desk) -> None:
    number = desk.officers.enrol("赵新来", by=desk.by).number
    text = desk.officers.badge_text(number)
    assert desk.officers.of_badge(text).number == number
    head, own, _number, token = text.split(":")
    for other, reason in (
        (f"{head}:X-1:{number}:{token}", "desk"),
        (f"{head}:{own}:99:{token}", "officer"),
        (f"{head}:{own}:{number}:{'0' * 16}", "old"),
        (f"{head}:{own}:{number}", "form"),
        ("CPO2" + text[4:], "form"),
    ):
        with pytest.raises(BadgeRefused) as refused:
            desk.officers.of_badge(other)
        assert refused.value.facts == {"reason": reason}
    desk.officers.leave(number, why="", by=desk.by)
    with pytest.raises(BadgeRefused):
        desk.officers.of_badge(text)


def test_signing_on_changes_who_acts_and_a_wrong_pin_changes_nothing(desk: Desk) -> None:
    led(desk)
    number = enrolled(desk, Role.OFFICER, pin=OTHER)
    shift = desk.by.shift
    assert desk.sign_on(number, OTHER, lane=2).number == number
    assert (desk.by_at(2), desk.by_at(1).officer) == (By(shift, number), "01")
    with pytest.raises(WrongPin):
        desk.sign_on("01", OTHER, lane=2)
    assert desk.by_at(2).officer == number
    desk.sign_off(2)
    desk.sign_on(number, OTHER, lane=None)
    assert desk.by_at(2) == desk.by == By(shift, number)


def test_signing_on_while_the_next_shift_begins_puts_nobody_into_the_last_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    led(desk)
    begun = Thread(target=desk._act_in, args=("S2", "01"))

    def slowly(by: By, **changes: str) -> By:
        if not begun.ident:
            begun.start()
            begun.join(0.3)
        return replace(by, **changes)

    monkeypatch.setattr("checkpoint_app.services.desk.replace", slowly)
    desk.sign_on("01", PIN, lane=None)
    begun.join()
    assert desk.by == By("S2", "01")


def test_after_a_restart_with_pins_nobody_acts_until_somebody_signs_on(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        shift = desk.by.shift
        led(desk)
    with desk_in(tmp_path) as desk:
        assert desk.by == By(shift, "")
        desk.sign_on("01", PIN, lane=None)
        desk.resume_shift()
        assert desk.by == By(shift, "01")
