"""zxing-cpp called for QR codes only: what it read, and where it saw a code it could not read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import zxingcpp

from checkpoint_app.scanning.preparations import AS_IT_IS, Affine, Picture
from checkpoint_app.scanning.readings import Corners, Reading, usable

_KINDS = zxingcpp.barcode_formats_from_str("QRCodeModel1,QRCodeModel2")
"""Not Micro QR and rMQR: nobody issues passes in them, and their few check bits turn texture into codes."""
_ECI_MARK = re.compile(r"5C((?: 3[0-9]){6})(?= |$)")
"""Backslash and six digits, in hexadecimal; a backslash that is data is doubled (ISO/IEC 15424)."""
_WITH_ECI = ("5D 51 32", "5D 51 34", "5D 51 36")
"""]Q2, ]Q4, ]Q6 in hexadecimal: the symbology identifiers of codes that name a character set."""
_CHARSETS = {
    1: "iso8859-1",
    3: "iso8859-1",
    **{part + 2: f"iso8859-{part}" for part in range(2, 17) if part != 12},
    20: "shift_jis",
    21: "cp1250",
    22: "cp1251",
    23: "cp1252",
    24: "cp1256",
    26: "utf-8",
    27: "ascii",
    28: "big5",
    29: "gb18030",
    30: "euc_kr",
    32: "gb18030",
}
"""Python's names for the ECI numbers of AIM ITS/04-023 that are character sets."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A code that was seen and not read: its corners, clockwise from its top left, and modules a side."""

    corners: Corners
    modules: int


@dataclass(frozen=True, slots=True)
class Pass:
    """One run of zxing over one picture."""

    readings: tuple[Reading, ...] = ()
    sightings: tuple[Sighting, ...] = ()


def look(
    picture: Picture, *, name: str, back: Affine = AS_IT_IS, one_threshold: bool = False, coarser: bool = True
) -> Pass:
    """Read a grey picture; `back` leads from its pixels to those in which corners are given."""
    if min(picture.shape, default=0) < 1:
        return Pass()
    binarizer = zxingcpp.Binarizer.GlobalHistogram if one_threshold else zxingcpp.Binarizer.LocalAverage
    found = zxingcpp.read_barcodes(
        picture,
        formats=_KINDS,
        try_downscale=coarser,
        text_mode=zxingcpp.TextMode.HexECI,
        binarizer=binarizer,
        return_errors=True,
    )
    return Pass(usable(_readings(found, name=name, back=back)), _sightings(found, back=back))


def _readings(found: Iterable[Any], *, name: str, back: Affine) -> Iterable[Reading]:
    for code in found:
        if code.valid:
            corners, charset = _corners(code, back=back), _declared_charset(code)
            yield Reading(code.bytes, corners, name, charset, _modules(code))


def _sightings(found: Iterable[Any], *, back: Affine) -> tuple[Sighting, ...]:
    seen = []
    for code in found:
        modules = 0 if code.valid else _modules(code)
        if modules:
            seen.append(Sighting(_corners(code, back=back), modules))
    return tuple(seen)


def _modules(code: Any) -> int:
    """Modules a side by the version that zxing made out; 0 for none."""
    version = str((code.extra or {}).get("Version", ""))
    return 17 + 4 * int(version) if version.isdecimal() and 1 <= int(version) <= 40 else 0


def _corners(code: Any, *, back: Affine) -> Corners:
    place = code.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    (a, b, c), (d, e, f) = back.tolist()
    return tuple(
        (round(a * point.x + b * point.y + c), round(d * point.x + e * point.y + f)) for point in points
    )


def _declared_charset(code: Any) -> str:
    """The one character set the code names; empty for none and for several.

    The text is read only for its marks: digits in hexadecimal, written by zxing from the bytes without any
    guess at their meaning.
    """
    marked = str(code.text)
    if not marked.startswith(_WITH_ECI):
        return ""
    numbers = set(_ECI_MARK.findall(marked.replace("5C 5C", "-- --")))
    return _CHARSETS.get(int(bytes.fromhex(numbers.pop())), "") if len(numbers) == 1 else ""
