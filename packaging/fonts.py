"""Makes resources/fonts: two static Noto Sans SC files cut to one character set.

    python packaging/fonts.py TARBALL          needs fonttools and, only here, pypinyin-dict

TARBALL comes from `npm pack @expo-google-fonts/noto-sans-sc@0.4.3`; its hash is checked. The set is GBK, the
8,105 standard characters, Latin-1, rare name characters and the signs the window draws. Layout tables and
hints go: the reports and the window set one character after the other, and the files shrink by a quarter.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import sys
import tarfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

PACKAGE = "@expo-google-fonts/noto-sans-sc"
VERSION = "0.4.3"
SHA256 = "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59"
MEMBERS = {
    "NotoSansSC-Regular.ttf": "package/400Regular/NotoSansSC_400Regular.ttf",
    "NotoSansSC-Bold.ttf": "package/700Bold/NotoSansSC_700Bold.ttf",
}
LICENCE_MEMBER = "package/LICENSE_FONT"
RARE_IN_NAMES = "䶮㛃𬭊喆玥"
SIGNS = "●◐○→↑↓←≠≤≥±×÷℃−–—…‘’“”·•′″№□△▲▼" + "".join(map(chr, range(0x2460, 0x2474)))
RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def gbk() -> set[int]:
    """Every character a GBK byte pair stands for."""
    found = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                found.add(ord(bytes((lead, trail)).decode("gbk")))
            except UnicodeDecodeError:
                continue
    return found


def standard_characters() -> set[int]:
    """The 8,105 characters of the 2013 table of standard characters."""
    table = importlib.import_module("pypinyin_dict.pinyin_data.ktghz2013").pinyin_dict
    return set(table)


def wanted() -> set[int]:
    latin = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    return gbk() | standard_characters() | latin | {ord(sign) for sign in SIGNS + RARE_IN_NAMES}


def cut(font: TTFont, characters: set[int]) -> None:
    options = subset.Options(layout_features=[], hinting=False, recalc_timestamp=False, notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG"]
    job = subset.Subsetter(options)
    job.populate(unicodes=characters)
    job.subset(font)


def make(tarball: Path, target: Path) -> set[int]:
    """Writes both files and the licence text; returns the characters they hold.

    Raises ValueError when the tarball is not the one named above.
    """
    if hashlib.sha256(tarball.read_bytes()).hexdigest() != SHA256:
        raise ValueError(f"{tarball.name} is not {PACKAGE} {VERSION}")
    with tarfile.open(tarball) as archive:
        blobs = {name: _member(archive, member) for name, member in MEMBERS.items()}
        licence = _member(archive, LICENCE_MEMBER)
    fonts = {name: TTFont(io.BytesIO(blob), recalcTimestamp=False) for name, blob in blobs.items()}
    characters = wanted()
    for font in fonts.values():
        characters &= set(font.getBestCmap())
    for name, font in fonts.items():
        cut(font, characters)
        font.save(target / "fonts" / name)
    (target / "licences" / "NotoSansSC-OFL.txt").write_bytes(licence)
    return characters


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    stream = archive.extractfile(name)
    if stream is None:
        raise ValueError(name)
    return stream.read()


if __name__ == "__main__":
    held = make(Path(sys.argv[1]), RESOURCES)
    missing = wanted() - held
    print(f"{len(held)} characters; not in the face: {' '.join(f'U+{code:04X}' for code in sorted(missing))}")
