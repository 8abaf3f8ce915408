"""A real stick, a journalling file system in a file, that loses its power at every deed of an export."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.storage.targets import CHUNK, put
from tests.kill.disks import Ext4, ext4, missing
from tests.storage.pulled import Count, Stick, stick

REASON = missing("mkfs.ext4", "mount", "umount")
pytestmark = pytest.mark.skipif(bool(REASON), reason=REASON)

NAME = "G25-01_1-500_0123abcd.cpb"


@dataclass
class Cut(Count):
    """The power goes before deed `last`; the deed itself is still asked of the stick."""

    power: Callable[[], None] = lambda: None

    def deed(self, name: str) -> bool:
        self.done.append(name)
        if len(self.done) == self.last:
            self.power()
        return False


class _Unsynced(Stick):
    """The control: a stick whose program trusts that what is written is there."""

    def sync(self, file: object) -> None:
        pass

    def settle(self) -> None:
        pass


def export(disk: Ext4, data: bytes, count: Count) -> bool:
    try:
        return put(stick(disk.place, count), NAME, data, progress=lambda _done, _of: True)
    except (Trouble, OSError):
        return False


def after_the_cut(disk: Ext4) -> bytes | None:
    """What stands under the name once the stick is plugged in again."""
    disk.unmount()
    disk.mount()
    found = disk.place / NAME
    data = found.read_bytes() if found.exists() else None
    for path in disk.place.glob("G25*"):
        path.unlink()
    os.sync()
    return data


def test_power_lost_at_every_deed_leaves_the_whole_file_or_none(tmp_path: Path) -> None:
    data = os.urandom(2 * CHUNK + 5)
    with ext4(tmp_path) as disk:
        whole = Count()
        assert export(disk, data, whole)
        after_the_cut(disk)
        for last in range(1, len(whole.done) + 1):
            ticked = export(disk, data, Cut(last, power=disk.cut_power))
            found = after_the_cut(disk)
            assert found in (None, data)
            assert found == data or not ticked


def test_power_lost_behind_the_tick_loses_nothing(tmp_path: Path) -> None:
    data = os.urandom(CHUNK + 5)
    with ext4(tmp_path) as disk:
        assert export(disk, data, Count())
        disk.cut_power()
        assert after_the_cut(disk) == data


def test_without_syncing_power_lost_behind_the_tick_loses_the_file(tmp_path: Path) -> None:
    data = os.urandom(CHUNK + 5)
    with ext4(tmp_path) as disk:
        place = stick(disk.place, Count())
        trusting = _Unsynced(place.fs, place.root, place.label, count=Count())
        assert put(trusting, NAME, data, progress=lambda _done, _of: True)
        disk.cut_power()
        assert after_the_cut(disk) != data
