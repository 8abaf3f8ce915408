"""Number plates of GA 36 and its relatives: which kind a text is, and the normal form of what was typed.

A scanned text is a plate only by full match. A typed one is mended where the mend is safe (full-width, lower
case, blanks, O and I after the office letter) and kept with the mark "odd" where no form fits: a foreign or
damaged plate must never stop a lane.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
"""The 31 abbreviations in the order of GB/T 2260."""

_INITIALS = "JJJJMLJHHSZWMGLYEXYGQYCGYZSGQNX"

ODD_MAX = 24
"""Characters kept of a plate that fits no form."""


def _keys() -> tuple[tuple[str, str], ...]:
    seen: dict[str, int] = {}
    keys = []
    for province, initial in zip(PROVINCES, _INITIALS, strict=True):
        seen[initial] = seen.get(initial, 0) + 1
        keys.append((province, f"{initial}{seen[initial]}"))
    return tuple(keys)


PROVINCE_KEYS = _keys()
"""(province, two keys): pinyin initial, then the place among its equals in the same order; 京 = J1."""


class PlateKind(StrEnum):
    """What a plate's form says; motorcycles share the form of cars."""

    CIVIL = "civil"
    NEW_ENERGY_SMALL = "new_energy_small"
    NEW_ENERGY_LARGE = "new_energy_large"
    TRAILER = "trailer"
    LEARNER = "learner"
    POLICE = "police"
    HONG_KONG = "hong_kong"
    MACAU = "macau"
    EMBASSY = "embassy"
    CONSULATE = "consulate"
    ARMED_POLICE = "armed_police"
    MILITARY = "military"
    EMERGENCY = "emergency"
    TRACTOR = "tractor"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate in normal form.

    `colours` are the choices the form leaves, likeliest first. `marks`: odd, empty, cut, province_added,
    o_to_0, i_to_1, look_alike_mended.
    """

    text: str
    kind: PlateKind
    colours: tuple[str, ...]
    marks: tuple[str, ...] = ()


_P = f"[{PROVINCES}]"
_OFFICE = "[A-HJ-Z]"
_PLACE = "[A-HJ-NP-Z0-9]"
_ENERGY = "[A-HJK]"

_FORMS: tuple[tuple[PlateKind, tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (kind, tuple(colours.split()), re.compile(form))
    for kind, colours, form in (
        (PlateKind.CIVIL, "blue yellow green", f"{_P}{_OFFICE}{_PLACE}{{5}}"),
        (PlateKind.NEW_ENERGY_SMALL, "green", f"{_P}{_OFFICE}{_ENERGY}{_PLACE}[0-9]{{4}}"),
        (PlateKind.NEW_ENERGY_LARGE, "yellow_green", f"{_P}{_OFFICE}[0-9]{{5}}{_ENERGY}"),
        (PlateKind.TRAILER, "yellow", f"{_P}{_OFFICE}{_PLACE}{{4}}挂"),
        (PlateKind.LEARNER, "yellow", f"{_P}{_OFFICE}{_PLACE}{{4}}学"),
        (PlateKind.POLICE, "white", f"{_P}{_OFFICE}{_PLACE}{{4}}警"),
        (PlateKind.HONG_KONG, "black", f"粤Z{_PLACE}{{4}}港"),
        (PlateKind.MACAU, "black", f"粤Z{_PLACE}{{4}}澳"),
        (PlateKind.EMBASSY, "black", "使[0-9]{6}|[0-9]{6}使"),
        (PlateKind.CONSULATE, "black", f"领[0-9]{{6}}|{_P}{_OFFICE}[0-9]{{4}}领"),
        (PlateKind.ARMED_POLICE, "white", f"WJ{_P}[0-9]{{4}}{_PLACE}"),
        (PlateKind.MILITARY, "white", "[A-HJ-NP-Z]{2}[0-9]{5}"),
        (PlateKind.EMERGENCY, "white", f"{_P}[SX][0-9]{{4}}应急"),
        (PlateKind.TRACTOR, "green yellow", f"{_P}[0-9]{{7}}"),
    )
)

ALL_COLOURS = ("blue", "yellow", "green", "yellow_green", "white", "black")

_SEPARATORS = re.compile(r"[\s·•・‧∙.,_\-—–‐]")
_TRADITIONAL = str.maketrans("滬雲遼魯蘇贛閩貴陝瓊寧粵晉領應學掛黒", "沪云辽鲁苏赣闽贵陕琼宁粤晋领应学挂黑")
_LOOK_ALIKES = str.maketrans(
    "АВЕЅЗІЈКМНОРСТУХԚԜавеѕзіјкмнорстухԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεζηικμνορτυχ",
    "ABES3IJKMHOPCTYXQWabes3ijkmhopctyxqwABEZHIKMNOPTYXabeznikmvoptux",
)
_AFTER_OFFICE = re.compile(f"({_P}[A-Z]|[使领]|WJ{_P}|[A-Z]{{2}}(?=[0-9OI]{{5}}$))(.+)", re.DOTALL)


def scanned_plate(text: str) -> Plate | None:
    """The plate a scanned text is, by full match; None for anything else."""
    for kind, colours, form in _FORMS:
        if form.fullmatch(text):
            return Plate(text, kind, colours)
    return None


def parse_plate(text: str, *, province: str | None = None) -> Plate:
    """What an officer typed or a driver declared, in normal form; never refused.

    `province` stands before a text that has no Chinese character of its own.
    """
    normal, marks = _normalised(text)
    if province and normal.isascii() and normal:
        plate = _match(province + normal, (*marks, "province_added"))
        if plate:
            return plate
    plate = _match(normal, marks)
    if plate:
        return plate
    marks += ("odd",) if normal else ("odd", "empty")
    marks += ("cut",) if len(normal) > ODD_MAX else ()
    return Plate(normal[:ODD_MAX], PlateKind.ODD, ALL_COLOURS, marks)


def skeleton(text: str) -> str:
    """`text` with look-alike characters replaced by the ones they resemble; for comparing, never for storing.

    Full-width and other compatibility forms, digits of other scripts, Cyrillic and Greek letters, and the
    traditional forms of the characters on plates.
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKES).translate(_TRADITIONAL)
    return "".join(c if c.isascii() else str(unicodedata.decimal(c, c)) for c in plain)


def _normalised(text: str) -> tuple[str, tuple[str, ...]]:
    folded = skeleton(text[: 4 * ODD_MAX])
    narrowed = unicodedata.normalize("NFKC", text[: 4 * ODD_MAX])
    marks = ("look_alike_mended",) if folded != narrowed else ()
    kept = "".join(c for c in folded if unicodedata.category(c)[0] != "C")
    return unicodedata.normalize("NFC", _SEPARATORS.sub("", kept).upper()), marks


def _match(text: str, marks: tuple[str, ...]) -> Plate | None:
    """The plate of `text`, tried as it is and then with O and I as digits after the office letter."""
    plate = scanned_plate(text)
    mends: tuple[str, ...] = ()
    if not plate:
        mended, mends = _mended(text)
        plate = scanned_plate(mended) if mends else None
    return Plate(plate.text, plate.kind, plate.colours, marks + mends) if plate else None


def _mended(text: str) -> tuple[str, tuple[str, ...]]:
    parts = _AFTER_OFFICE.fullmatch(text)
    if not parts:
        return text, ()
    office, rest = parts.groups()
    mends = tuple(mark for letter, mark in (("O", "o_to_0"), ("I", "i_to_1")) if letter in rest)
    return office + rest.replace("O", "0").replace("I", "1"), mends
