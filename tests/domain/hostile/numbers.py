"""Identity numbers, plates and phones by hand, for the second grammar."""

from __future__ import annotations

import unicodedata

DIGITS = frozenset("0123456789")
CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
NO_IO = CAPITALS - {"I", "O"}
PLACES = NO_IO | DIGITS
PROVINCES = frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼")
REGIONS = frozenset(
    [str(n) for n in (*range(11, 16), 21, 22, 23, *range(31, 38), *range(41, 47), *range(50, 55))]
    + [str(n) for n in (*range(61, 66), 71, 81, 82, 83)]
)
_SAME_LOOK = {
    **dict(zip("АВЕЅЗІЈКМНОРСТУХ", "ABES3IJKMHOPCTYX", strict=True)),
    **dict(zip("авеѕзіјкмнорстух", "abes3ijkmhopctyx", strict=True)),
    **dict(zip("ԚԜԛԝ", "QWqw", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    **dict(zip("αβεζηικμνορτυχ", "abeznikmvoptux", strict=True)),
    **dict(zip("滬雲遼魯蘇贛閩貴陝瓊寧粵晉領應學掛黒", "沪云辽鲁苏赣闽贵陕琼宁粤晋领应学挂黑", strict=True)),
}
_GAPS = frozenset("·•・‧∙.,_-—–‐")


def digits(text: str) -> bool:
    return text != "" and DIGITS.issuperset(text)


def check(first17: str) -> str:
    """ISO 7064 pure system 11,2, by its recursion instead of a table of weights."""
    rest = 0
    for digit in first17:
        rest = (rest + ord(digit) - 48) * 2 % 11
    return "0123456789X"[(12 - rest) % 11]


def real_day(eight: str) -> bool:
    year, month, day = int(eight[:4]), int(eight[4:6]), int(eight[6:])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return year >= 1880 and 1 <= month <= 12 and 1 <= day <= longest[month - 1]


def identity(text: str) -> tuple[bool, frozenset[str]] | None:
    """(is a number, notes) for texts of the right shape, None for others."""
    if len(text) == 18 and digits(text[:17]) and (text[17] in DIGITS or text[17] in "Xx"):
        notes = set()
        if check(text[:17]) != text[17].upper():
            notes.add("id_check_digit")
        if not real_day(text[6:14]):
            notes.add("id_birth_date")
        good = not notes
        if (text[1:3] if text[0] == "9" else text[:2]) not in REGIONS:
            notes.add("unknown_division")
        return good, frozenset(notes)
    if len(text) == 15 and digits(text) and text[:2] in REGIONS and real_day("19" + text[6:12]):
        return True, frozenset({"old_15_digit"})
    return None


def plate(text: str) -> bool:
    """Whether the whole text is a plate of some kind."""
    size = len(text)
    if size == 7 and digits(text[1:]) and text[0] in "使领":
        return True
    if size == 7 and digits(text[:6]) and text[6] == "使":
        return True
    if size == 7 and NO_IO.issuperset(text[:2]) and digits(text[2:]):
        return True
    if size == 8 and text[:2] == "WJ" and text[2] in PROVINCES:
        return digits(text[3:7]) and text[7] in PLACES
    if size not in (7, 8) or text[0] not in PROVINCES:
        return False
    if size == 8 and digits(text[1:]):
        return True
    if text[1] not in CAPITALS or text[1] == "I":
        return False
    return _seven(text) if size == 7 else _eight(text)


def _seven(text: str) -> bool:
    middle, last = text[2:6], text[6]
    if not PLACES.issuperset(middle):
        return False
    if last in "港澳":
        return text[:2] == "粤Z"
    if last == "领":
        return digits(middle)
    return last in PLACES or last in "挂学警"


def _eight(text: str) -> bool:
    if text[6:] == "应急":
        return text[1] in "SX" and digits(text[2:6])
    small = text[2] in "ABCDEFGHJK" and text[3] in PLACES and digits(text[4:])
    return small or (digits(text[2:7]) and text[7] in "ABCDEFGHJK")


def folded(text: str) -> str:
    out = []
    for character in unicodedata.normalize("NFKC", text):
        alike = _SAME_LOOK.get(character, character)
        number = -1 if alike.isascii() else unicodedata.decimal(alike, -1)
        out.append(alike if number < 0 else str(number))
    return "".join(out)


def typed_plate(text: str) -> bool:
    """Whether a careless writing of a plate can be mended into one."""
    kept = [
        c for c in folded(text) if not c.isspace() and c not in _GAPS and unicodedata.category(c)[0] != "C"
    ]
    bare = "".join(kept).upper()
    if plate(bare):
        return True
    starts = [1] if bare[:1] in ("使", "领") else []
    if bare[:1] in PROVINCES and bare[1:2] in CAPITALS:
        starts.append(2)
    if bare[:2] == "WJ" and bare[2:3] in PROVINCES:
        starts.append(3)
    if len(bare) == 7 and CAPITALS.issuperset(bare[:2]):
        starts.append(2)
    return any(plate(bare[:s] + bare[s:].replace("O", "0").replace("I", "1")) for s in starts if bare)


def phone(text: str) -> bool:
    """Whether a declared phone number has a known form."""
    normal = unicodedata.normalize("NFKC", text)
    bare = "".join(c for c in normal if not c.isspace() and c not in "().-")
    for lead in ("", "86", "+86", "0086"):
        rest = bare[len(lead) :]
        if not bare.startswith(lead) or not digits(rest):
            continue
        if len(rest) == 11 and rest[0] == "1" and rest[1] in "3456789":
            return True
        if rest[0] == "0" and 10 <= len(rest) <= 12:
            return True
    for lead in ("", "+", "00"):
        rest = bare[len(lead) :]
        if bare.startswith(lead) and digits(rest):
            if rest[:3] in ("852", "853") and len(rest) == 11:
                return True
            if rest[:3] == "886" and 11 <= len(rest) <= 13:
                return True
    return False
