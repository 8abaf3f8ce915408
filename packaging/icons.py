"""Copies the icons the window uses into resources/icons.

    python packaging/icons.py TARBALL

TARBALL comes from `npm pack @tabler/icons@3.51.0`; its hash is checked. Files of names no longer listed go.
"""

from __future__ import annotations

import hashlib
import sys
import tarfile
from pathlib import Path

PACKAGE = "@tabler/icons"
VERSION = "3.51.0"
SHA256 = "b30108713d3fa60aee862c2a133225da8e0f309be0708fe2925763ff810c766c"
RESOURCES = Path(__file__).resolve().parent.parent / "resources"
NAMES = {
    "rail": "road clipboard-list list-details address-book transfer settings user layout-grid",
    "top bar": "device-floppy volume volume-off bus car clock wifi-off sun moon contrast language eye-off",
    "evidence": "message eye temperature qrcode list-check shield-check",
    "outcomes": "check pencil arrow-back-up hospital arrows-exchange circle-dashed",
    "persons": "circle-check alert-octagon user-plus user-question users id certificate lock lock-open",
    "trouble": "camera-off camera database-off clock-exclamation alert-triangle alert-circle hourglass",
    "trouble, more": "help-hexagon usb info-circle plug-connected-x shield-x ban",
    "arrows": "arrow-right arrow-left chevron-right chevron-left chevron-down chevron-up",
    "exchange": "device-usb package-import receipt",
    "actions": "x plus minus refresh line-scan scan search backspace keyboard phone-call speakerphone",
    "actions, more": "printer key trash upload download folder calendar history map-pin maximize flag",
}


def listed() -> tuple[str, ...]:
    return tuple(sorted({name for names in NAMES.values() for name in names.split()}))


def make(tarball: Path, target: Path) -> int:
    """Writes the listed SVG files and the licence text; returns their size in bytes.

    Raises ValueError when the tarball is another one, KeyError for an icon it does not hold.
    """
    if hashlib.sha256(tarball.read_bytes()).hexdigest() != SHA256:
        raise ValueError(f"{tarball.name} is not {PACKAGE} {VERSION}")
    folder = target / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.svg"):
        old.unlink()
    size = 0
    with tarfile.open(tarball) as archive:
        for name in listed():
            size += (folder / f"{name}.svg").write_bytes(
                _member(archive, f"package/icons/outline/{name}.svg")
            )
        (target / "licences" / "Tabler-MIT.txt").write_bytes(_member(archive, "package/LICENSE"))
    return size


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    stream = archive.extractfile(name)
    if stream is None:
        raise KeyError(name)
    return stream.read()


if __name__ == "__main__":
    print(f"{len(listed())} icons, {make(Path(sys.argv[1]), RESOURCES)} bytes")
