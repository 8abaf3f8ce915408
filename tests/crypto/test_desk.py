from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.crypto.desk import DeskKey, key_id, signature_fits

KEY = DeskKey.load(bytes(range(32)))


def test_a_key_made_now_is_the_same_after_storing_its_seed() -> None:
    made = DeskKey.make()
    assert DeskKey.load(made.private) == made
    assert made != DeskKey.make()


def test_signatures_follow_rfc_8032() -> None:
    """Test vector 2 of section 7.1."""
    key = DeskKey.load(bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
    assert key.public.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert (
        key.sign(b"\x72").hex().startswith("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da")
    )


def test_a_key_id_names_its_public_key() -> None:
    assert KEY.key_id == key_id(KEY.public) == "3f38c9cc26848829"
    assert KEY.key_id != DeskKey.make().key_id


def test_a_signature_fits_its_own_message_and_key_only() -> None:
    signature = KEY.sign(b"message")
    assert signature_fits(KEY.public, b"message", signature)
    assert not signature_fits(KEY.public, b"massage", signature)
    assert not signature_fits(DeskKey.make().public, b"message", signature)


@given(st.binary(max_size=40), st.binary(max_size=40), st.binary(max_size=80))
def test_malformed_keys_and_signatures_do_not_fit_and_raise_nothing(
    public: bytes, message: bytes, signature: bytes
) -> None:
    assert not signature_fits(public, message, signature)


@pytest.mark.parametrize("bit", range(0, 512, 37))
def test_no_bit_of_a_signature_may_change(bit: int) -> None:
    signature = bytearray(KEY.sign(b"message"))
    signature[bit // 8] ^= 1 << bit % 8
    assert not signature_fits(KEY.public, b"message", bytes(signature))


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_seed_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        DeskKey.load(bytes(length))


def test_the_secret_is_in_no_printed_form() -> None:
    shown = repr(KEY)
    assert KEY.private.hex() not in shown
    assert str(KEY.private) not in shown
    assert KEY.key_id in shown
