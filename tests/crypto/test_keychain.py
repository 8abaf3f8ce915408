from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import keyring.backends.fail
import keyring.backends.null
import pytest

from checkpoint_app.crypto import keychain, keyfile, keyrings, wrapping
from checkpoint_app.crypto.errors import (
    KeyFileUnusable,
    KeyLost,
    KeyPresent,
    KeyringAbsent,
    PassphraseNeeded,
    PassphraseShort,
    WrongPassphrase,
)
from checkpoint_app.crypto.keychain import (
    begin_replacing,
    keep_key,
    load_key,
    load_keys,
    make_key,
    place_of,
    replace_key,
    settle_key,
)
from checkpoint_app.crypto.keyfile import KEY_FILE, KeyPlace
from tests.crypto.stores import Memory

NAME = "G107-S-1"
PHRASE = "四个词 horse battery"
OTHER = bytes(range(32))
PLACES = list(KeyPlace)


class Killed(BaseException):
    """The program ends here."""


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "COST", wrapping.LEAST_COST)


@pytest.fixture(autouse=True)
def no_system_store(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> Any:
        raise AssertionError("the system's key store was touched")

    monkeypatch.setattr("keyring.get_keyring", refused)


def options(place: KeyPlace, store: Memory) -> dict[str, Any]:
    return {"passphrase": PHRASE if place is KeyPlace.PASSPHRASE else None, "store": store}


@pytest.mark.parametrize("place", PLACES)
def test_a_key_is_found_again_where_it_was_kept(tmp_path: Path, place: KeyPlace) -> None:
    with_ = options(place, Memory())
    assert place_of(tmp_path) is None
    key = make_key(tmp_path, place, name=NAME, **with_)
    assert len(key) == 32
    assert place_of(tmp_path) is place
    assert load_key(tmp_path, **with_) == key
    assert load_keys(tmp_path, **with_) == (key,)


@pytest.mark.parametrize("place", PLACES)
def test_a_key_is_never_made_over_another(tmp_path: Path, place: KeyPlace) -> None:
    with_ = options(place, Memory())
    key = make_key(tmp_path, place, name=NAME, **with_)
    with pytest.raises(KeyPresent):
        make_key(tmp_path, place, name=NAME, **with_)
    assert load_key(tmp_path, **with_) == key


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize("place", PLACES)
def test_only_the_owner_may_read_the_key_file(tmp_path: Path, place: KeyPlace) -> None:
    old = os.umask(0)
    try:
        make_key(tmp_path, place, name=NAME, **options(place, Memory()))
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


@pytest.mark.parametrize("place", [KeyPlace.KEYRING, KeyPlace.PASSPHRASE])
def test_the_key_itself_is_in_the_file_only_for_the_demo(tmp_path: Path, place: KeyPlace) -> None:
    key = make_key(tmp_path, place, name=NAME, **options(place, Memory()))
    assert key.hex() not in (tmp_path / KEY_FILE).read_text()


def test_control_the_demo_file_holds_the_key_for_anybody(tmp_path: Path) -> None:
    key = make_key(tmp_path, KeyPlace.OPEN_FILE, name=NAME)
    assert key.hex() in (tmp_path / KEY_FILE).read_text()


def test_a_key_gone_from_the_keyring_is_lost_and_comes_back_by_recovery(tmp_path: Path) -> None:
    store = Memory()
    key = make_key(tmp_path, KeyPlace.KEYRING, name=NAME, store=store)
    store.kept.clear()
    with pytest.raises(KeyLost) as lost:
        load_key(tmp_path, store=store)
    assert lost.value.facts == {"place": "keyring"}
    keep_key(tmp_path, key, KeyPlace.KEYRING, name=NAME, store=store)
    assert load_key(tmp_path, store=store) == key


@pytest.mark.parametrize("kept", ["", "zz", "00" * 31, "password"])
def test_a_keyring_entry_that_is_no_key_counts_as_lost(tmp_path: Path, kept: str) -> None:
    store = Memory()
    make_key(tmp_path, KeyPlace.KEYRING, name=NAME, store=store)
    for account in store.kept:
        store.kept[account] = kept
    with pytest.raises(KeyLost):
        load_key(tmp_path, store=store)


def test_two_ledgers_of_one_name_do_not_share_a_key(tmp_path: Path) -> None:
    store = Memory()
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        make_key(folder, KeyPlace.KEYRING, name=NAME, store=store)
    assert load_key(folders[0], store=store) != load_key(folders[1], store=store)


def test_a_folder_without_a_key_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(KeyLost) as lost:
        load_key(tmp_path)
    assert lost.value.facts == {"place": "none"}


def test_a_wrong_passphrase_is_told_from_a_missing_and_a_short_one(tmp_path: Path) -> None:
    with pytest.raises(PassphraseNeeded):
        make_key(tmp_path, KeyPlace.PASSPHRASE, name=NAME)
    with pytest.raises(PassphraseShort):
        make_key(tmp_path, KeyPlace.PASSPHRASE, name=NAME, passphrase="1234567")
    make_key(tmp_path, KeyPlace.PASSPHRASE, name=NAME, passphrase=PHRASE)
    with pytest.raises(PassphraseNeeded):
        load_key(tmp_path)
    with pytest.raises(WrongPassphrase):
        load_key(tmp_path, passphrase=PHRASE + " ")


def test_a_passphrase_typed_in_another_form_of_the_same_text_opens(tmp_path: Path) -> None:
    key = make_key(tmp_path, KeyPlace.PASSPHRASE, name=NAME, passphrase="caf\u00e9 caf\u00e9")
    assert load_key(tmp_path, passphrase="cafe\u0301 cafe\u0301") == key


def _rewritten(path: Path, **fields: Any) -> None:
    """Change the slot's fields with a sum that fits, as somebody who knows the format would."""
    slots = keyfile.read_slots(path.parent)
    keyfile.write_slots(path.parent, [keyfile.Slot(slots[0].place, {**slots[0].fields, **fields})])


@pytest.mark.parametrize("field", ["salt", "nonce", "wrapped"])
def test_a_tampered_wrapped_key_is_refused(tmp_path: Path, field: str) -> None:
    make_key(tmp_path, KeyPlace.PASSPHRASE, name=NAME, passphrase=PHRASE)
    old = keyfile.read_slots(tmp_path)[0].text(field)
    _rewritten(tmp_path / KEY_FILE, **{field: ("1" if old[0] == "0" else "0") + old[1:]})
    with pytest.raises(WrongPassphrase):
        load_key(tmp_path, passphrase=PHRASE)


@pytest.mark.parametrize(
    "fields",
    [
        {"n": 2**14},
        {"n": 2**30},
        {"n": 2**17 + 1},
        {"r": 1},
        {"p": 1000},
        {"nonce": "zz"},
        {"salt": 5},
        {"n": "5"},
    ],
    ids=repr,
)
def test_a_file_that_asks_for_weak_or_endless_work_is_refused(tmp_path: Path, fields: dict[str, Any]) -> None:
    make_key(tmp_path, KeyPlace.PASSPHRASE, name=NAME, passphrase=PHRASE)
    _rewritten(tmp_path / KEY_FILE, **fields)
    with pytest.raises(KeyFileUnusable):
        load_key(tmp_path, passphrase=PHRASE)


@pytest.mark.parametrize("place", PLACES)
def test_any_damaged_byte_of_the_file_is_told_from_a_wrong_passphrase(
    tmp_path: Path, place: KeyPlace
) -> None:
    store = Memory()
    make_key(tmp_path, place, name=NAME, **options(place, store))
    path = tmp_path / KEY_FILE
    good = path.read_bytes()
    for spot in range(len(good)):
        path.write_bytes(good[:spot] + bytes([good[spot] ^ 1]) + good[spot + 1 :])
        with pytest.raises(KeyFileUnusable):
            place_of(tmp_path)
    for cut in (b"", good[:-1], good * 2, b"x" * 1_000_000, b"[]", b"\xff"):
        path.write_bytes(cut)
        with pytest.raises(KeyFileUnusable):
            load_key(tmp_path, **options(place, store))


def test_a_folder_that_cannot_be_written_is_a_trouble_and_leaves_no_key(tmp_path: Path) -> None:
    with pytest.raises(KeyFileUnusable):
        make_key(tmp_path / "absent", KeyPlace.OPEN_FILE, name=NAME)


class Plain(keyring.backends.null.Keyring):
    priority = 0.5  # what plain-text files declare


class Chained(keyring.backends.null.Keyring):
    priority = 10
    backends = (Plain,)


class Good(keyring.backends.null.Keyring):
    priority = 5


@pytest.mark.parametrize(
    "kind", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring, Plain, Chained]
)
def test_a_backend_that_protects_nothing_is_no_keyring(kind: Any) -> None:
    with pytest.raises(KeyringAbsent):
        keyrings.protecting(kind())


def test_a_recommended_backend_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    backend: Any = Good
    monkeypatch.setattr("keyring.get_keyring", lambda: backend)
    assert keyrings.system_store() is backend


def test_a_locked_or_forgetful_keyring_is_noticed_when_the_key_is_made(tmp_path: Path) -> None:
    for store in (Memory(locked=True), Memory(forgetful=True)):
        with pytest.raises(KeyringAbsent):
            make_key(tmp_path, KeyPlace.KEYRING, name=NAME, store=store)
        assert place_of(tmp_path) is None


def test_a_keyring_locked_later_is_not_a_lost_key(tmp_path: Path) -> None:
    store = Memory()
    key = make_key(tmp_path, KeyPlace.KEYRING, name=NAME, store=store)
    store.locked = True
    with pytest.raises(KeyringAbsent):
        load_key(tmp_path, store=store)
    store.locked = False
    assert load_key(tmp_path, store=store) == key


@pytest.mark.parametrize("place", PLACES)
def test_a_replaced_key_is_the_only_one_left(tmp_path: Path, place: KeyPlace) -> None:
    store = Memory()
    with_ = options(place, store)
    old = make_key(tmp_path, place, name=NAME, **with_)
    rekeyed: list[bytes] = []
    replace_key(tmp_path, OTHER, name=NAME, rekey=rekeyed.append, **with_)
    assert rekeyed == [OTHER]
    assert load_keys(tmp_path, **with_) == (OTHER,)
    assert place_of(tmp_path) is place
    assert old.hex() not in (tmp_path / KEY_FILE).read_text() + repr(store.kept)
    assert len(store.kept) == (place is KeyPlace.KEYRING)


@pytest.mark.parametrize("place", PLACES)
def test_both_keys_are_kept_until_the_file_is_known_to_be_rekeyed(tmp_path: Path, place: KeyPlace) -> None:
    with_ = options(place, Memory())
    old = make_key(tmp_path, place, name=NAME, **with_)
    begin_replacing(tmp_path, OTHER, name=NAME, **with_)
    assert load_keys(tmp_path, **with_) == (old, OTHER)
    with pytest.raises(ValueError, match="settle"):
        begin_replacing(tmp_path, bytes(32), name=NAME, **with_)
    with pytest.raises(ValueError, match="not a key"):
        settle_key(tmp_path, bytes(32), **with_)
    settle_key(tmp_path, old, **with_)
    assert load_keys(tmp_path, **with_) == (old,)


@pytest.mark.parametrize("place", PLACES)
def test_killed_at_any_step_of_replacing_a_key_that_opens_the_file_is_found(
    tmp_path: Path, place: KeyPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every write of file or store, and the rekeying, before and after, is a place to die."""
    survived = 0
    for step in range(40):
        folder, store = tmp_path / str(step), Memory()
        folder.mkdir()
        with_ = options(place, store)
        file_key = [make_key(folder, place, name=NAME, **with_)]
        with monkeypatch.context() as patched:
            finished = _replace_until(step, folder, file_key, patched, **with_)
        assert file_key[-1] in load_keys(folder, **with_)
        settle_key(folder, file_key[-1], **with_)
        assert load_keys(folder, **with_) == (file_key[-1],)
        assert len(store.kept) <= 1
        if finished:
            break
        survived += 1
    assert finished
    assert survived >= 6


def _replace_until(
    step: int, folder: Path, file_key: list[bytes], patched: pytest.MonkeyPatch, **with_: Any
) -> bool:
    left = [step]

    def dying(action: Any) -> Any:
        def run(*args: Any, **named: Any) -> Any:
            _count(left)
            result = action(*args, **named)
            _count(left)
            return result

        return run

    for owner, name in (
        (keychain, "write_slots"),
        (keyrings, "put"),
        (keyrings, "drop"),
    ):
        patched.setattr(owner, name, dying(getattr(owner, name)))
    try:
        replace_key(folder, OTHER, name=NAME, rekey=dying(file_key.append), **with_)
    except Killed:
        return False
    return True


def _count(left: list[int]) -> None:
    if not left[0]:
        raise Killed
    left[0] -= 1


def test_a_rekeying_that_fails_leaves_the_old_key_in_use(tmp_path: Path) -> None:
    def full(_: bytes) -> None:
        raise OSError("disk full")

    old = make_key(tmp_path, KeyPlace.OPEN_FILE, name=NAME)
    with pytest.raises(OSError, match="full"):
        replace_key(tmp_path, OTHER, name=NAME, rekey=full)
    assert load_keys(tmp_path)[0] == old


def test_a_mistyped_passphrase_never_wraps_the_new_key(tmp_path: Path) -> None:
    key = make_key(tmp_path, KeyPlace.PASSPHRASE, name=NAME, passphrase=PHRASE)
    with pytest.raises(WrongPassphrase):
        begin_replacing(tmp_path, OTHER, name=NAME, passphrase=PHRASE + "x")
    assert load_keys(tmp_path, passphrase=PHRASE) == (key,)


def test_the_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = make_key(tmp_path, KeyPlace.OPEN_FILE, name=NAME)

    def failing(_: int) -> None:
        raise OSError(5, "input/output error")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", failing)
        with pytest.raises(KeyFileUnusable):
            keep_key(tmp_path, OTHER, KeyPlace.OPEN_FILE, name=NAME)
    assert load_key(tmp_path) == key
    keep_key(tmp_path, OTHER, KeyPlace.OPEN_FILE, name=NAME)
    assert load_key(tmp_path) == OTHER


def test_the_cost_shipped_is_not_the_cheap_one_of_these_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert wrapping.COST >= 2**17


def test_the_file_says_nothing_but_its_form(tmp_path: Path) -> None:
    make_key(tmp_path, KeyPlace.PASSPHRASE, name=NAME, passphrase=PHRASE)
    value = json.loads((tmp_path / KEY_FILE).read_bytes())
    assert set(value) == {"slots", "sum", "v"}
    assert set(value["slots"][0]) == {"place", "n", "r", "p", "salt", "nonce", "wrapped"}
