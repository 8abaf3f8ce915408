"""Writing where it may be pulled out at any moment: whole under its name, or nothing that has the name."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.storage import targets
from checkpoint_app.storage.targets import (
    CHUNK,
    NotAsWritten,
    TargetFailed,
    TargetFull,
    TargetGone,
    TargetUnknown,
    clear_leftovers,
    open_target,
    put,
)
from tests.storage.pulled import Count, stick

NAME = "G25-01_1-500_0123abcd.cpb"
DATA = os.urandom(3 * CHUNK + 17)


def go_on(_done: int, _of: int) -> bool:
    return True


def deeds(place: Path) -> list[str]:
    """Everything one export does on a stick, in order."""
    count = Count()
    assert put(stick(place, count), NAME, DATA, progress=go_on)
    (place / NAME).unlink()
    return count.done


def test_a_file_is_written_synced_named_and_read_back_in_this_order(tmp_path: Path) -> None:
    whole = deeds(tmp_path)
    order = [deed for place, deed in enumerate(whole) if whole[place - 1] != deed or not place]
    assert order == ["create", "write", "sync", "rename", "settle", "open", "read"]


@pytest.mark.parametrize("stays", [True, False], ids=["fails once", "pulled out"])
def test_pulled_out_at_every_deed_no_file_has_the_name_unless_it_is_whole(
    tmp_path: Path, stays: bool
) -> None:
    whole = deeds(tmp_path)
    for last in range(1, len(whole) + 1):
        count = Count(last, stays=stays)
        with pytest.raises(TargetFailed):
            put(stick(tmp_path, count), NAME, DATA, progress=go_on)
        named = tmp_path / NAME
        assert not named.exists() or named.read_bytes() == DATA
        if stays:
            assert list(tmp_path.iterdir()) == []
        for left in tmp_path.iterdir():
            left.unlink()


def test_written_straight_under_its_name_a_half_file_would_be_found(tmp_path: Path) -> None:
    """The control: without the name at the end the test above would fail."""
    file = stick(tmp_path, Count(3)).create(NAME)
    file.write(DATA[:CHUNK])
    with pytest.raises(OSError, match="pulled out"):
        file.write(DATA[CHUNK:])
    file.close()
    assert 0 < (tmp_path / NAME).stat().st_size < len(DATA)


@pytest.mark.parametrize("place", range(0, len(DATA), 40_000))
def test_a_stick_that_wrote_something_else_is_caught(tmp_path: Path, place: int) -> None:
    done = 0

    def lie(data: bytes) -> bytes:
        nonlocal done
        found = bytearray(data)
        if done <= place < done + len(data):
            found[place - done] ^= 1
        done += len(data)
        return bytes(found)

    with pytest.raises(NotAsWritten):
        put(stick(tmp_path, Count(), lie=lie), NAME, DATA, progress=go_on)
    assert list(tmp_path.iterdir()) == []


def test_a_stick_that_kept_only_half_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def halve(target: targets.Target, name: str, to: str) -> None:
        os.truncate(tmp_path / name, len(DATA) // 2)
        (tmp_path / name).rename(tmp_path / to)

    monkeypatch.setattr(targets.Target, "rename", halve)
    with pytest.raises(NotAsWritten):
        put(open_target(str(tmp_path)), NAME, DATA, progress=go_on)


def test_a_full_stick_is_told_as_full_and_left_empty(tmp_path: Path) -> None:
    with pytest.raises(TargetFull):
        put(stick(tmp_path, Count(3, stays=True, code=errno.ENOSPC)), NAME, DATA, progress=go_on)
    assert list(tmp_path.iterdir()) == []


def test_a_stick_whose_folder_is_gone_is_told_as_gone(tmp_path: Path) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    target = open_target(str(place))
    place.rmdir()
    with pytest.raises(TargetGone):
        put(target, NAME, DATA, progress=go_on)
    assert not place.exists()


def test_what_an_export_left_half_written_is_cleared_by_the_next(tmp_path: Path) -> None:
    for name in ("G25-01_1-500_0123abcd.part", "G25-02_1-500_0123abcd.part", "letter.part", NAME):
        (tmp_path / name).write_bytes(b"x")
    assert clear_leftovers(open_target(str(tmp_path)), desk="G25-01") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        NAME,
        "G25-02_1-500_0123abcd.part",
        "letter.part",
    ]


def test_a_login_is_not_told(tmp_path: Path) -> None:
    with pytest.raises(TargetUnknown) as unknown:
        open_target("pigeon://wang:geheim@roof/place")
    assert "geheim" not in str(unknown.value)


def test_a_folder_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not here")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    assert put(open_target(str(tmp_path)), NAME, DATA, progress=go_on)


def test_a_disk_that_fails_to_sync_the_folder_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(_descriptor: int) -> None:
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(Trouble):
        put(open_target(str(tmp_path)), NAME, DATA, progress=go_on)
