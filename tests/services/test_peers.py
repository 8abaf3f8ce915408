"""Desks that know each other: cards, the fingerprint read aloud, keys revoked, the key for bundles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.domain.entry import read_header
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.peers import Card, CardUnreadable, PeerRole, card_text, read_card
from checkpoint_app.domain.trust import Trust
from checkpoint_app.services import peers
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.peers import (
    FingerprintWrong,
    OwnCard,
    PeerKeyed,
    RevokeReasonNeeded,
    UnknownPeer,
)
from checkpoint_app.storage import queries
from checkpoint_app.storage.secrets import KEPT_BEFORE
from checkpoint_app.storage.trust import read_trust
from tests.services.desks import desk_in, entries
from tests.storage.desks import Clock

OTHER = DeskKey.load(b"o" * 32)
THIRD = DeskKey.load(b"t" * 32)
EXCHANGE = ExchangeKey.load("AGE-SECRET-KEY-1V4JK2ET9V4JK2ET9V4JK2ET9V4JK2ET9V4JK2ET9V4JK2ET9V4JSYS2XDF")
CARD = Card("HQ-1", PeerRole.HEADQUARTERS, "指挥部", OTHER.public.hex(), EXCHANGE.recipient)
HEARD = CARD.fingerprint[-5:]


def trust_of(desk: Desk) -> Trust:
    with desk.ledger.reader() as reader:
        return read_trust(reader, desk.ledger.head().desk)


def enrolled(desk: Desk, card: Card = CARD, *, instead: bool = False) -> None:
    desk.peers.enrol(card, card.fingerprint, by=desk.by, instead=instead)


def test_the_card_of_a_desk_is_read_back_as_it_was_shown(desk: Desk, tmp_path: Path) -> None:
    card = desk.peers.card()
    assert (card.desk, card.role, card.station) == ("G25-01", PeerRole.STATION, "试验站")
    assert read_card(card_text(card)) == card == desk.peers.card()
    peers.write_card_file(tmp_path / "x.cpd", card)
    assert peers.card_of(str(tmp_path / "x.cpd")) == card


def test_a_stations_name_with_wide_blanks_and_signs_nobody_sees_still_makes_a_card(tmp_path: Path) -> None:
    from tests.services.desks import SETTINGS

    with desk_in(tmp_path, settings=replace(SETTINGS, station="南\u3000大\u200b门")) as desk:
        card = desk.peers.card()
        assert card.station == "南 大门"
        assert read_card(card_text(card)) == card


@pytest.mark.parametrize("content", [b"", b"CPD1:", b"\xff\xfe", b"CPD1:" + b"A" * 5_000, b"hello"])
def test_a_file_that_holds_no_card_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.cpd").write_bytes(content)
    with pytest.raises(CardUnreadable):
        peers.card_of(str(tmp_path / "x.cpd"))


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "form", ["{card}", "{card}\r\n指纹 12345\n", "Our card:\n\n  {wrapped}\nfingerprint 12345\n"]
)
def test_the_card_is_found_in_any_text_file_that_holds_it(tmp_path: Path, form: str, code: str) -> None:
    text = card_text(CARD)
    form = form.format(card=text, wrapped=text[:76] + "\n" + text[76:])
    (tmp_path / "card 名片.txt").write_text(form, encoding=code, newline="")
    assert peers.card_of(str(tmp_path / "card 名片.txt")) == CARD


@pytest.mark.parametrize("name", ["none.cpd", ".", "no\0name", "x" * 5_000])
def test_a_card_s_file_that_cannot_be_read_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(peers.CardUnread):
        peers.card_of(str(tmp_path / name))


def test_a_desk_is_trusted_once_the_end_of_its_fingerprint_was_typed_back(desk: Desk) -> None:
    assert not trust_of(desk).believes("HQ-1")
    peer = desk.peers.enrol(CARD, HEARD, by=desk.by)
    assert desk.peers.all() == (peer,)
    assert trust_of(desk).keys_of("HQ-1") == {OTHER.key_id: OTHER.public}
    (told,) = entries(desk, "desk_enrolled")
    assert (told["desk"], told["role"], told["key"]) == ("HQ-1", "headquarters", OTHER.key_id)


@pytest.mark.parametrize(
    "typed", [CARD.fingerprint, f" {HEARD} ", "".join(chr(ord(c) + 0xFEE0) for c in HEARD)]
)
def test_the_whole_fingerprint_and_full_width_digits_do_as_well(desk: Desk, typed: str) -> None:
    assert desk.peers.enrol(CARD, typed, by=desk.by).desk == "HQ-1"


@pytest.mark.parametrize("typed", ["", "12", CARD.fingerprint[:5], str((int(HEARD) + 1) % 100_000).zfill(5)])
def test_another_group_of_digits_enrols_nobody(desk: Desk, typed: str) -> None:
    with pytest.raises(FingerprintWrong):
        desk.peers.enrol(CARD, typed, by=desk.by)
    assert desk.peers.all() == ()
    assert entries(desk, "desk_enrolled") == []


def test_a_card_swapped_on_the_way_has_another_fingerprint() -> None:
    for swapped in (
        replace(CARD, public=THIRD.public.hex()),
        replace(CARD, recipient=ExchangeKey.make().recipient),
        replace(CARD, role=PeerRole.STATION),
        replace(CARD, desk="HQ-2"),
    ):
        assert swapped.fingerprint[-5:] != HEARD


def test_the_same_card_again_changes_nothing(desk: Desk) -> None:
    enrolled(desk)
    enrolled(desk)
    assert len(entries(desk, "desk_enrolled")) == 1


def test_a_desk_does_not_enrol_itself(desk: Desk) -> None:
    with pytest.raises(OwnCard):
        enrolled(desk, desk.peers.card())


def test_another_key_of_a_desk_asks_what_became_of_the_one_before(desk: Desk) -> None:
    enrolled(desk)
    with pytest.raises(PeerKeyed):
        enrolled(desk, replace(CARD, public=THIRD.public.hex()))
    assert set(trust_of(desk).keys_of("HQ-1")) == {OTHER.key_id}


def test_a_replaced_computer_leaves_the_key_before_trusted(desk: Desk) -> None:
    enrolled(desk)
    enrolled(desk, replace(CARD, public=THIRD.public.hex()), instead=True)
    assert set(trust_of(desk).keys_of("HQ-1")) == {OTHER.key_id, THIRD.key_id}


def test_a_revoked_key_is_not_believed_again_by_another_one_of_the_desk(desk: Desk) -> None:
    enrolled(desk)
    desk.peers.revoke("HQ-1", why="stolen", by=desk.by)
    assert not trust_of(desk).believes("HQ-1")
    assert trust_of(desk).revoked("HQ-1")
    enrolled(desk, replace(CARD, public=THIRD.public.hex()))
    assert set(trust_of(desk).keys_of("HQ-1")) == {THIRD.key_id}


def test_a_desk_revoked_by_mistake_is_enrolled_in_person_again(desk: Desk) -> None:
    enrolled(desk)
    desk.peers.revoke("HQ-1", why="stolen", by=desk.by)
    enrolled(desk)
    assert trust_of(desk).keys_of("HQ-1") == {OTHER.key_id: OTHER.public}
    assert len(entries(desk, "desk_enrolled")) == 2


def test_a_reason_in_somebodys_own_words_stands_in_the_personal_part_only(desk: Desk) -> None:
    enrolled(desk)
    desk.peers.revoke("HQ-1", why="张三拿走了电脑", by=desk.by)
    with desk.ledger.reader() as reader:
        (row,) = queries.entries(reader, kinds=("desk_revoked",))
    assert "张三" not in row.entry.public.decode()
    assert row.entry.personal is not None
    assert "张三" in row.entry.personal.decode()
    assert desk.peers.find("HQ-1").why == "own_words"
    assert read_header(row.entry.header).officer == desk.by.officer


def test_revoking_needs_a_reason_and_a_desk_that_is_known(desk: Desk) -> None:
    with pytest.raises(UnknownPeer):
        desk.peers.revoke("HQ-1", why="x", by=desk.by)
    enrolled(desk)
    with pytest.raises(RevokeReasonNeeded):
        desk.peers.revoke("HQ-1", why=" ", by=desk.by)
    desk.peers.revoke("HQ-1", why="x", by=desk.by)
    desk.peers.revoke("HQ-1", why="x", by=desk.by)
    assert len(entries(desk, "desk_revoked")) == 1


@pytest.fixture
def aged(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with desk_in(tmp_path / "aged", clock=clock) as made:
        yield made


def test_the_key_before_opens_bundles_for_forty_days(aged: Desk, clock: Clock) -> None:
    before = aged.peers.key().identity
    card = aged.peers.renew(by=aged.by)
    now = aged.peers.key().identity
    assert ExchangeKey.load(now).recipient == card.recipient
    assert aged.peers.identities() == (now, before)
    clock.pass_by(KEPT_BEFORE - 60_000)
    assert aged.peers.identities() == (now, before)
    clock.pass_by(120_000)
    assert aged.peers.identities() == (now,)


def test_what_a_desk_keeps_secret_stands_in_no_entry(desk: Desk) -> None:
    identity = desk.peers.key().identity
    desk.peers.renew(by=By())
    with desk.ledger.reader() as reader:
        told = b"".join(row.entry.public + (row.entry.personal or b"") for row in queries.entries(reader))
    assert identity.encode() not in told
    assert desk.peers.key().identity.encode() not in told
    assert identity not in repr(desk.peers.key())
