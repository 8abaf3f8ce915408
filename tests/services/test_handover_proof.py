"""Stored handovers prove themselves: digest and signatures fit, and what was changed is noticed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checkpoint_app.domain import canonical
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.handover import digest_of
from checkpoint_app.domain.roles import Role
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.handover_proof import HandoverReport, prove_handovers
from checkpoint_app.storage.engine import Connection
from tests.services.desks import desk_in
from tests.services.handing import answer_all, begin, close, sign_both

PIN = "2580"


def handed_over(desk: Desk, *, pin: str = "") -> str:
    shift = begin(desk)
    if pin:
        desk.by = By(desk.by.shift, "03")
    answer_all(desk, shift)
    sign_both(desk, shift, pin=pin)
    close(desk, shift)
    return shift


@pytest.fixture
def signed(desk: Desk) -> tuple[Desk, str]:
    """A handover that was signed with keys; the outgoing lead's key was changed afterwards."""
    desk.officers.enrol("王示范", role=Role.LEAD, by=desk.by)
    desk.officers.set_pin("01", PIN, by=desk.by)
    desk.by = By(desk.by.shift, "01")
    desk.officers.enrol("李示范", by=desk.by)
    desk.officers.enrol("赵示范", role=Role.LEAD, by=desk.by)
    desk.officers.set_pin("03", PIN, by=desk.by)
    shift = handed_over(desk, pin=PIN)
    desk.by = By(desk.by.shift, "01")
    desk.officers.set_pin("01", "8642", by=desk.by)
    return desk, shift


class Undone(Exception):  # noqa: N818 - ends a transaction that nobody wants to keep
    pass


def after(desk: Desk, kind: str, change: Callable[[str], str]) -> list[tuple[str, str]]:
    """What is found wrong once somebody with a pen for the file has changed the public part of such entries:
    what, and whose.
    """
    found: list[HandoverReport] = []

    def work(writer: Connection) -> None:
        writer.execute("DROP TRIGGER entry_only_forgets")
        rows = writer.execute("SELECT id, public FROM entry WHERE kind = ?", (kind,)).fetchall()
        assert any(change(public) != public for _id, public in rows)
        for id_, public in rows:
            writer.execute("UPDATE entry SET public = ? WHERE id = ?", (change(public), id_))
        found.append(prove_handovers(writer))
        raise Undone

    with pytest.raises(Undone):
        desk.ledger.transact(work).result()
    return [(fault.what, fault.officer) for fault in found[0].faults]


def report(desk: Desk) -> HandoverReport:
    with desk.ledger.reader() as reader:
        return prove_handovers(reader)


def test_signatures_fit_the_keys_of_their_time(signed: tuple[Desk, str]) -> None:
    desk, _shift = signed
    assert report(desk) == HandoverReport(handovers=1, signatures=2)


def test_without_pins_names_stand_and_are_told_apart(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        handed_over(desk)
        assert report(desk) == HandoverReport(handovers=1, by_name=2)
        desk.handovers.close_alone(why="撤站", by=desk.by).result()
        assert report(desk) == HandoverReport(handovers=2, by_name=3)


def test_a_shift_closed_without_a_handover_is_not_among_them(desk: Desk) -> None:
    desk.duty.close(waiting=0, by=desk.by).result()
    assert report(desk) == HandoverReport()


def test_totals_changed_after_signing_are_noticed(signed: tuple[Desk, str]) -> None:
    def more(public: str) -> str:
        return public.replace('"vehicles":0', '"vehicles":1')

    assert after(signed[0], "shift_closed", more) == [("digest", ""), ("unsigned", "")]


def test_a_digest_worked_out_anew_is_signed_by_nobody(signed: tuple[Desk, str]) -> None:
    def redone(public: str) -> str:
        told = json.loads(public)
        told["handover"]["totals"]["vehicles"] = 1
        told["digest"] = digest_of(told["handover"])
        return canonical.encode(told).decode()

    assert after(signed[0], "shift_closed", redone) == [("unsigned", "")]


def test_a_name_put_in_place_of_a_signature_is_noticed(signed: tuple[Desk, str]) -> None:
    def bare(public: str) -> str:
        return canonical.encode({**json.loads(public), "key": "", "signature": ""}).decode()

    assert after(signed[0], "handover_signed", bare) == [("name", "01"), ("name", "03")]


def test_names_that_stood_before_the_first_pin_stay_what_they_were(desk: Desk) -> None:
    handed_over(desk)
    desk.officers.enrol("王示范", role=Role.LEAD, by=desk.by)
    desk.officers.set_pin("01", PIN, by=desk.by)
    assert report(desk) == HandoverReport(handovers=1, by_name=2)


def test_another_signature_side_or_officer_does_not_fit(signed: tuple[Desk, str]) -> None:
    desk, _shift = signed

    def put(name: str, value: str) -> Callable[[str], str]:
        return lambda public: canonical.encode({**json.loads(public), name: value}).decode()

    assert after(desk, "handover_signed", put("signature", "00" * 64)) == [
        ("signature", "01"),
        ("signature", "03"),
    ]
    assert after(desk, "handover_signed", put("signature", "not hex")) == [
        ("signature", "01"),
        ("signature", "03"),
    ]
    assert after(desk, "handover_signed", put("side", "incoming")) == [("signature", "01")]
    assert after(desk, "handover_signed", put("officer", "02")) == [("key", "02"), ("key", "02")]


def test_another_public_key_does_not_fit(signed: tuple[Desk, str]) -> None:
    def other(public: str) -> str:
        told = json.loads(public)
        return canonical.encode({**told, "public": "11" * 32}).decode() if told["about"] == "03" else public

    assert after(signed[0], "officer_keyed", other) == [("signature", "03")]
