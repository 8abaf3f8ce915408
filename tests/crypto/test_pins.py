"""An officer's key under a PIN: opened by that PIN for that officer, and by nothing else."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.crypto import pins
from checkpoint_app.crypto.pins import Cost, OfficerKey
from checkpoint_app.domain import canonical
from checkpoint_app.domain.canonical import Value

CHEAP = Cost(memory=8, passes=1)


def test_the_right_pin_opens_the_key_at_the_real_cost() -> None:
    key = OfficerKey.make()
    blob = pins.lock(key, "2580", officer="07", cost=Cost())
    told = canonical.decode(blob)
    assert isinstance(told, dict)
    assert (told["kdf"], told["m"], told["t"]) == ("argon2id", 65_536, 2)
    assert pins.unlock(blob, "2580", officer="07") == key


@given(pin=st.from_regex(r"[0-9]{4,8}", fullmatch=True))
def test_another_pin_opens_nothing(pin: str) -> None:
    blob = pins.lock(OfficerKey.make(), "2580", officer="07", cost=CHEAP)
    assert (pins.unlock(blob, pin, officer="07") is None) == (pin != "2580")


def test_the_blob_of_one_officer_is_of_no_use_to_another() -> None:
    blob = pins.lock(OfficerKey.make(), "2580", officer="07", cost=CHEAP)
    assert pins.unlock(blob, "2580", officer="08") is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("v", 2, "form"),
        ("kdf", "scrypt", "form"),
        ("m", 1 << 21, "parameters"),
        ("t", 0, "parameters"),
        ("t", True, "parameters"),
        ("salt", "xy", "hex"),
    ],
)
def test_a_malformed_blob_is_refused(name: str, value: Value, said: str) -> None:
    told = canonical.decode(pins.lock(OfficerKey.make(), "2580", officer="07", cost=CHEAP))
    assert isinstance(told, dict)
    with pytest.raises(ValueError, match=said):
        pins.unlock(canonical.encode({**told, name: value}), "2580", officer="07")


def test_parameters_cannot_be_made_cheaper_without_the_pin_failing() -> None:
    told = canonical.decode(pins.lock(OfficerKey.make(), "2580", officer="07", cost=Cost(16, 2)))
    assert isinstance(told, dict)
    assert pins.unlock(canonical.encode({**told, "t": 1}), "2580", officer="07") is None


def test_what_is_signed_fits_the_public_key_and_the_seed_is_never_printed() -> None:
    key = OfficerKey.make()
    Ed25519PublicKey.from_public_bytes(key.public).verify(key.sign(b"cp1.test\0x"), b"cp1.test\0x")
    assert key.seed.hex() not in repr(key)
    assert repr(key.seed) not in repr(key)
