from __future__ import annotations

import hashlib

import pytest

from checkpoint_app.crypto.digests import make_station_key, payload_digest

KEY = bytes(range(32))
PAYLOAD = b"11010519491231002X"
DIGEST = "9554954c26b9df8114633a5b55db41a8a6e2185c5f97934fe5ca69f71d9ec191"


def test_equal_payloads_are_found_again_under_one_key_and_not_under_the_next() -> None:
    assert payload_digest(KEY, PAYLOAD) == payload_digest(KEY, PAYLOAD)
    assert payload_digest(KEY, PAYLOAD) != payload_digest(make_station_key(), PAYLOAD)
    assert payload_digest(KEY, PAYLOAD) != payload_digest(KEY, PAYLOAD + b" ")


def test_the_digest_is_fixed_because_entries_hold_it() -> None:
    assert payload_digest(KEY, PAYLOAD) == DIGEST


def test_an_id_number_is_found_from_a_plain_hash_but_not_from_the_keyed_one() -> None:
    """All numbers of one birthday and district: what anybody could try."""
    tried = [f"11010519491231{number:03}X".encode() for number in range(1000)]
    plain = hashlib.sha256(PAYLOAD).hexdigest()
    assert [guess for guess in tried if hashlib.sha256(guess).hexdigest() == plain] == [PAYLOAD]
    keyed = payload_digest(KEY, PAYLOAD)
    assert not [guess for guess in tried if hashlib.sha256(guess).hexdigest() == keyed]
    assert not [guess for guess in tried if payload_digest(bytes(32), guess) == keyed]


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="station key"):
        payload_digest(b"short", PAYLOAD)
