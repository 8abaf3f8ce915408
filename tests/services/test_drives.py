"""Sticks: which can be pulled out, what they are called, when they come and go."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.services.drives import Drive, Drives, Mounted, read_drives


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A Linux with a disk inside (sda), a stick (sdb) and a card reader (mmcblk0)."""
    for place, removable in (
        ("sys/devices/pci0/ata1/block/sda", "0"),
        ("sys/devices/pci0/usb1/1-1/block/sdb", "0"),
        ("sys/devices/pci0/mmc0/block/mmcblk0", "1"),
    ):
        disk = tmp_path / place
        part = disk / (disk.name + ("p1" if disk.name[-1].isdigit() else "1"))
        part.mkdir(parents=True)
        (disk / "removable").write_text(removable + "\n")
        (part / "partition").write_text("1\n")
        block = tmp_path / "sys/class/block"
        block.mkdir(parents=True, exist_ok=True)
        for each in (disk, part):
            (block / each.name).symlink_to(each)
    labels = tmp_path / "dev/disk/by-label"
    labels.mkdir(parents=True)
    (tmp_path / "dev/sdb1").touch()
    (labels / r"KINGSTON\x20\xe7\x94\xb2").symlink_to(tmp_path / "dev/sdb1")
    return tmp_path


def mounted(system: Path, *devices: str, opts: str = "rw,nosuid") -> list[Mounted]:
    return [Mounted(f"/dev/{device}", str(system), "vfat", opts) for device in devices]


def linux(system: Path, *devices: str, opts: str = "rw,nosuid") -> tuple[Drive, ...]:
    return read_drives(lambda: mounted(system, *devices, opts=opts), platform="linux", root=system)


def test_a_stick_is_known_by_its_bus_and_a_card_by_its_reader(system: Path) -> None:
    assert linux(system, "sda1") == ()
    (stick,) = linux(system, "sdb1")
    assert (stick.name, stick.label, stick.place) == ("sdb1", "KINGSTON 甲", str(system))
    assert stick.free is not None
    assert stick.size is not None
    assert 0 < stick.free <= stick.size
    (card,) = linux(system, "mmcblk0p1")
    assert card.label == system.name  # without a label, the folder it is mounted in


def test_a_drive_that_takes_no_writes_is_none(system: Path) -> None:
    assert linux(system, "sdb1", opts="ro,nosuid") == ()


def test_windows_and_macos_say_it_their_own_way(system: Path) -> None:
    told = [Mounted("E:\\", "/", "FAT32", "rw,removable"), Mounted("C:\\", "/c", "NTFS", "rw,fixed")]
    (drive,) = read_drives(lambda: told, platform="win32", root=system)
    assert drive.name == "E:"
    assert read_drives(lambda: [Mounted("/dev/disk1", "/", "apfs", "rw")], platform="darwin") == ()
    (other,) = read_drives(
        lambda: [Mounted("/dev/disk2s1", "/Volumes/STICK", "msdos", "rw")], platform="darwin", root=system
    )
    assert (other.label, other.free) == ("STICK", None)  # it does not answer here


def test_what_comes_and_goes_is_told_once() -> None:
    one, two = (Drive(f"/media/{name}", name, name, 1, 2) for name in ("A", "B"))
    looks = iter([(), (one,), (one, two), (two,), (two,)])
    drives = Drives(lambda: next(looks))
    changes = [drives.poll() for _ in range(5)]
    assert [(each.plugged, each.pulled) for each in changes] == [
        ((), ()),
        ((one,), ()),
        ((two,), ()),
        ((), (one,)),
        ((), ()),
    ]
    assert changes[-1].now == (two,)


def test_this_computer_can_be_asked() -> None:
    assert isinstance(read_drives(), tuple)
