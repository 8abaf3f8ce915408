"""Keys of a desk whose first start was never finished."""

from __future__ import annotations

from pathlib import Path

import keyring.backends.fail
import pytest

from checkpoint_app.crypto import wrapping
from checkpoint_app.crypto.keychain import discard_keys, make_key
from checkpoint_app.crypto.keyfile import KeyPlace
from tests.crypto.stores import Memory

PHRASE = "四个词 horse battery"


@pytest.mark.parametrize("place", list(KeyPlace))
def test_a_discarded_key_is_nowhere_and_another_can_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: KeyPlace
) -> None:
    monkeypatch.setattr(wrapping, "COST", wrapping.LEAST_COST)
    store = Memory()
    old = make_key(tmp_path, place, name="T-1", passphrase=PHRASE, store=store)
    discard_keys(tmp_path, store=store)
    assert (list(tmp_path.iterdir()), store.kept) == ([], {})
    assert make_key(tmp_path, place, name="T-1", passphrase=PHRASE, store=store) != old


def test_a_key_store_that_is_gone_keeps_no_key_from_being_discarded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_key(tmp_path, KeyPlace.KEYRING, name="T-1", store=Memory())
    monkeypatch.setattr("keyring.get_keyring", keyring.backends.fail.Keyring)
    discard_keys(tmp_path)
    assert make_key(tmp_path, KeyPlace.OPEN_FILE, name="T-1")
