from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage.x25519 import Recipient

from checkpoint_app.crypto import bech32, spoken
from checkpoint_app.crypto.errors import RecoveryRefused, RecoveryWordsMissing, RecoveryWordsWrong
from checkpoint_app.crypto.recovery import (
    LARGEST_WRAP,
    RecoveryKey,
    read_recovery,
    unwrap,
    unwrap_all,
    wrap,
    write_recovery,
)

SECRET = bytes(range(32))
RECOVERY = RecoveryKey.from_secret(SECRET)
KEY, NEXT = bytes([7]) * 32, bytes([8]) * 32
TEXT = " ".join(RECOVERY.words)
secrets = st.binary(min_size=32, max_size=32)


@given(secrets)
def test_words_and_text_lead_back_to_the_same_key(secret: bytes) -> None:
    recovery = RecoveryKey.from_secret(secret)
    assert RecoveryKey.from_words(" ".join(recovery.words)) == recovery
    assert RecoveryKey.from_text(recovery.identity) == recovery


def test_every_key_made_is_another() -> None:
    assert RecoveryKey.make() != RecoveryKey.make()


def test_the_words_are_fixed_because_they_lie_on_paper() -> None:
    assert RECOVERY.words[:4] == ("babad", "bamag", "bibaj", "bimal")
    assert RECOVERY.words[14:] == ("dubit", "dumiz", "babab", "hadar")


def test_words_are_eighteen_of_five_letters_that_can_be_spoken() -> None:
    assert len(RECOVERY.words) == 18
    for word in RECOVERY.words:
        assert spoken._SHAPE.fullmatch(word)


def test_every_number_has_one_word_and_every_word_one_number() -> None:
    words = [spoken._spell(number) for number in range(2**16)]
    assert len(set(words)) == 2**16
    assert [spoken._number(word) for word in words] == list(range(2**16))


@pytest.mark.parametrize(
    "typed",
    [
        TEXT.upper(),
        TEXT.replace(" ", "-"),
        TEXT.replace(" ", ""),
        TEXT.replace(" ", " \n\t "),
        TEXT.replace(" ", "，"),
        "\n".join(f"{place}. {word}" for place, word in enumerate(RECOVERY.words, 1)),
    ],
    ids=lambda text: repr(text[:18]),
)
def test_case_spaces_hyphens_and_numbering_do_not_matter(typed: str) -> None:
    assert RecoveryKey.from_words(typed) == RECOVERY


@given(secrets, st.integers(1, 18), st.integers(1, 2**16 - 1))
def test_one_wrong_word_is_named_by_its_place(secret: bytes, place: int, error: int) -> None:
    words = list(spoken.words_of(secret))
    words[place - 1] = spoken._spell(spoken._number(words[place - 1]) ^ error)
    with pytest.raises(RecoveryWordsWrong) as wrong:
        RecoveryKey.from_words(" ".join(words))
    assert wrong.value.facts == {"place": place, "word": words[place - 1]}


def test_a_word_that_cannot_be_one_is_named_by_its_place() -> None:
    words = list(RECOVERY.words)
    words[4] = "hello"
    with pytest.raises(RecoveryWordsWrong) as wrong:
        RecoveryKey.from_words(" ".join(words))
    assert wrong.value.facts == {"place": 5, "word": "hello"}


def test_two_words_in_the_wrong_order_are_never_taken() -> None:
    for place in range(17):
        words = list(RECOVERY.words)
        words[place], words[place + 1] = words[place + 1], words[place]
        if words != list(RECOVERY.words):
            with pytest.raises(RecoveryWordsWrong):
                RecoveryKey.from_words(" ".join(words))


def test_many_wrong_words_are_never_taken() -> None:
    chosen = random.Random(18)
    for _ in range(5_000):
        words = list(RECOVERY.words)
        for place in chosen.sample(range(18), chosen.randint(2, 18)):
            words[place] = spoken._spell(chosen.randrange(2**16))
        if words != list(RECOVERY.words):
            with pytest.raises(RecoveryWordsWrong):
                RecoveryKey.from_words(" ".join(words))


def test_control_one_plain_sum_could_not_tell_the_place() -> None:
    """A wrong word anywhere changes the plain sum alike; only the weighed sum tells where."""
    numbers = [spoken._number(word) for word in RECOVERY.words[:16]]
    sums = []
    for place in range(16):
        changed = list(numbers)
        changed[place] ^= 5
        sums.append(spoken._checks(changed))
    assert len({plain for plain, _ in sums}) == 1
    assert len({weighed for _, weighed in sums}) == 16


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", 0), (TEXT + " babab", 19), (" ".join(RECOVERY.words[:17]), 17), ("a b " * 5000, 512)],
)
def test_too_few_or_too_many_words_are_counted(typed: str, found: int) -> None:
    with pytest.raises(RecoveryWordsMissing) as missing:
        RecoveryKey.from_words(typed)
    assert missing.value.facts == {"found": found, "expected": 18}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AGE-SECRET-KEY-1",
        RECOVERY.identity[:-1],
        RECOVERY.identity[:-1] + ("Q" if RECOVERY.identity[-1] != "Q" else "P"),
        RECOVERY.recipient,
        RECOVERY.identity + "Q",
        "张三",
        bech32.encode("age-secret-key-", bytes(33)).upper(),
        "x" * 1_000_000,
    ],
    ids=lambda text: text[:20],
)
def test_a_text_that_is_no_identity_is_refused(text: str) -> None:
    with pytest.raises(RecoveryRefused):
        RecoveryKey.from_text(text)


def test_an_identity_typed_in_lower_case_with_spaces_is_taken() -> None:
    assert (
        RecoveryKey.from_text(f" {RECOVERY.identity.lower()[:30]} {RECOVERY.identity.lower()[30:]}\n")
        == RECOVERY
    )


@pytest.mark.parametrize("text", ["A12UEL5L", "a12uel5l", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"])
def test_bech32_accepts_the_valid_strings_of_bip_173(text: str) -> None:
    prefix = text.lower().rpartition("1")[0]
    assert bech32.encode(prefix, bech32.decode(prefix, text)) == text.lower()


@pytest.mark.parametrize("text", ["A12uEL5L", "a12uel5m", "b12uel5l", "1qzzfhee", "a1", "a12uelbl"])
def test_bech32_refuses_mixed_case_and_broken_checks(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bech32.decode("a", text)


@given(secrets)
def test_our_identities_are_those_of_the_age_library(secret: bytes) -> None:
    identity = bech32.encode("age-secret-key-", secret).upper()
    assert str(pyrage.x25519.Identity.from_str(identity)) == identity


def test_a_wrapped_key_is_opened_by_its_recovery_key_and_no_other() -> None:
    data = wrap(KEY, RECOVERY.recipient, desk="G107-S-1")
    assert unwrap(data, RECOVERY) == KEY
    assert unwrap(data, RECOVERY, desk="G107-S-1") == KEY
    assert KEY not in data
    assert KEY.hex().encode() not in data
    with pytest.raises(RecoveryRefused, match="another key"):
        unwrap(data, RecoveryKey.make())
    with pytest.raises(RecoveryRefused, match="another desk"):
        unwrap(data, RECOVERY, desk="HB-7")


def test_both_keys_are_wrapped_while_the_file_is_rekeyed() -> None:
    data = wrap(KEY, RECOVERY.recipient, desk="A", next_key=NEXT)
    assert unwrap_all(data, RECOVERY) == (KEY, NEXT)


def test_no_byte_of_a_wrapped_key_may_change() -> None:
    data = wrap(KEY, RECOVERY.recipient, desk="A")
    for spot in range(len(data)):
        with pytest.raises(RecoveryRefused):
            unwrap(data[:spot] + bytes([data[spot] ^ 1]) + data[spot + 1 :], RECOVERY)


@pytest.mark.parametrize(
    "inside",
    [
        b"",
        b"{}",
        b"[]",
        b'{"desk":"A","keys":[],"purpose":"cp1.recovery","v":1}',
        b'{"desk":"A","keys":["00"],"purpose":"cp1.recovery","v":1}',
        b'{"desk":"A","keys":["' + b"0" * 64 + b'"],"purpose":"cp1.bundle","v":1}',
        b'{"desk":"A","keys":["' + b"0" * 64 + b'"],"purpose":"cp1.recovery","v":2}',
        b'{"desk":1,"keys":["' + b"0" * 64 + b'"],"purpose":"cp1.recovery","v":1}',
    ],
    ids=repr,
)
def test_an_envelope_of_something_else_is_refused(inside: bytes) -> None:
    data = pyrage.encrypt(inside, [Recipient.from_str(RECOVERY.recipient)])
    with pytest.raises(RecoveryRefused, match="content"):
        unwrap(data, RECOVERY)


def test_an_oversized_file_is_refused_before_it_is_opened() -> None:
    with pytest.raises(RecoveryRefused, match="too large"):
        unwrap(b"age-encryption.org/v1\n" + bytes(LARGEST_WRAP), RECOVERY)


def test_a_recipient_that_is_none_is_refused() -> None:
    for recipient in ("", "age1", RECOVERY.identity, "ssh-ed25519 AAAA"):
        with pytest.raises(RecoveryRefused, match="recipient"):
            wrap(KEY, recipient, desk="A")


def test_the_file_beside_the_ledger_is_written_and_read_back(tmp_path: Path) -> None:
    with pytest.raises(RecoveryRefused, match="no file"):
        read_recovery(tmp_path)
    write_recovery(tmp_path, wrap(KEY, RECOVERY.recipient, desk="A"))
    assert unwrap(read_recovery(tmp_path), RECOVERY) == KEY


def test_the_secret_is_in_no_printed_form() -> None:
    assert "AGE-SECRET" not in repr(RECOVERY)
    assert RECOVERY.recipient in repr(RECOVERY)


@pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not installed")
def test_the_plain_age_program_opens_the_file(tmp_path: Path) -> None:
    write_recovery(tmp_path, wrap(KEY, RECOVERY.recipient, desk="A"))
    identity = tmp_path / "identity.txt"
    identity.write_text(RECOVERY.identity + "\n")
    opened = subprocess.run(
        ["age", "-d", "-i", identity, tmp_path / "recovery.age"], capture_output=True, check=True
    )
    assert KEY.hex().encode() in opened.stdout
