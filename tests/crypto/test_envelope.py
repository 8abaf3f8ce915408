"""age envelopes, streamed."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from functools import partial
from typing import Any

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage.x25519 import Identity, Recipient

from checkpoint_app.crypto import envelope
from checkpoint_app.crypto.envelope import EnvelopeRefused, ExchangeKey, decrypt, encrypt
from checkpoint_app.crypto.recovery import RecoveryKey

KEY = ExchangeKey.load(RecoveryKey.from_secret(b"e" * 32).identity)


def sealed(plain: bytes, *keys: ExchangeKey) -> bytes:
    target = io.BytesIO()
    encrypt(io.BytesIO(plain), target, [key.recipient for key in keys or (KEY,)])
    return target.getvalue()


def opened(data: bytes, key: ExchangeKey = KEY) -> bytes:
    found = bytearray()
    decrypt(io.BytesIO(data), found.extend, [key.identity])
    return bytes(found)


def reason(work: Callable[[], object]) -> object:
    with pytest.raises(EnvelopeRefused) as refused:
        work()
    return refused.value.facts["reason"]


@given(st.binary(max_size=200_000))
@settings(max_examples=50)
def test_what_was_put_in_comes_out(plain: bytes) -> None:
    assert opened(sealed(plain)) == plain


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000])
def test_another_program_reads_it_and_is_read(size: int) -> None:
    plain = random.Random(size).randbytes(size)
    assert pyrage.decrypt(sealed(plain), [Identity.from_str(KEY.identity)]) == plain
    assert opened(pyrage.encrypt(plain, [Recipient.from_str(KEY.recipient)])) == plain


def test_it_comes_in_small_pieces_whatever_its_size() -> None:
    sizes: list[int] = []
    decrypt(io.BytesIO(sealed(bytes(1 << 20))), lambda piece: sizes.append(len(piece)), [KEY.identity])
    assert sum(sizes) == 1 << 20
    assert max(sizes) <= 64 << 10


def test_every_cut_is_noticed() -> None:
    whole = sealed(bytes(1_000))
    found = {reason(partial(opened, whole[:cut])) for cut in range(len(whole))}
    assert found == {
        "not age",
        "damaged",
    }


def test_every_changed_byte_is_noticed() -> None:
    whole = sealed(bytes(200))
    for place in range(len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        with pytest.raises(EnvelopeRefused):
            opened(changed)


def test_another_key_is_told_from_damage() -> None:
    assert reason(lambda: opened(sealed(b"x"), ExchangeKey.make())) == "another key"
    assert opened(sealed(b"x", KEY, other := ExchangeKey.make()), other) == b"x"


def test_what_is_no_key_is_refused() -> None:
    assert reason(lambda: ExchangeKey.load("AGE-SECRET-KEY-1")) == "identity"
    assert reason(lambda: encrypt(io.BytesIO(), io.BytesIO(), ["age1x"])) == "recipient"
    assert reason(lambda: encrypt(io.BytesIO(), io.BytesIO(), [])) == "recipient"


def test_armour_and_endless_headers_are_refused_unread() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1, /) -> bytes:
            self.given += size
            return (envelope.VERSION_LINE if self.given == size else b"-> X25519 A\nAAA\n" * 1_000)[:size]

    source = Endless()
    assert reason(lambda: decrypt(source, lambda _piece: None, [KEY.identity])) == "not age"
    assert source.given <= envelope.LARGEST_HEADER + 8_192
    assert reason(lambda: opened(b"-----BEGIN AGE ENCRYPTED FILE-----\n" + bytes(100))) == "not age"


class Full(Exception):  # noqa: N818
    """The world failed."""


def failing(*_given: object) -> Any:
    raise Full


def test_what_source_and_target_raise_is_raised_on() -> None:
    class Failing:
        read = write = staticmethod(failing)

    with pytest.raises(Full):
        encrypt(Failing(), io.BytesIO(), [KEY.recipient])
    with pytest.raises(Full):
        encrypt(io.BytesIO(b"x"), Failing(), [KEY.recipient])
    with pytest.raises(Full):
        decrypt(Failing(), lambda _piece: None, [KEY.identity])
    with pytest.raises(Full):
        decrypt(io.BytesIO(sealed(b"x")), failing, [KEY.identity])


def test_a_disk_that_fails_while_it_is_read_is_no_damage() -> None:
    class Torn(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError(5, "input/output error")
            return super().read(300)

    with pytest.raises(OSError, match="input/output"):
        decrypt(Torn(sealed(bytes(5_000))), lambda _piece: None, [KEY.identity])
