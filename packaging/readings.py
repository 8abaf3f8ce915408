"""How characters are read in the names of places and people; used by packaging/divisions.py only.

The usual readings come from a dictionary of words and of characters. Places keep old readings that no
dictionary of words has, and surnames have readings of their own: both are written down here.
"""

from __future__ import annotations

import json
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PLACES = {
    "什": "shi", "伽师": "jia shi", "佛冈": "fo gang", "佛坪": "fo ping", "六合": "lu he", "勒": "le",
    "单县": "shan xian", "南乐": "nan le", "大城": "dai cheng", "宕昌": "tan chang", "扎鲁特": "za lu te",
    "曾都": "zeng du", "朝阳": "chao yang", "民乐": "min le", "泊头": "bo tou", "洪洞": "hong tong",
    "浚县": "xun xian", "浪卡子": "lang ka zi", "涡阳": "guo yang", "漯河": "luo he", "珲春": "hun chun",
    "畹町": "wan ding", "筠连": "jun lian", "繁峙": "fan shi", "荥经": "ying jing", "蚌山": "beng shan",
    "覃塘": "qin tang", "都": "du", "长": "chang", "闵行": "min hang", "马尾": "ma wei",
}  # fmt: skip

SURNAMES = {
    "乐": "yue", "仇": "qiu", "佴": "nai", "区": "ou", "单": "shan", "召": "shao", "折": "she",
    "曾": "zeng", "查": "zha", "祭": "zhai", "种": "chong", "秘": "bi", "繁": "po", "翟": "zhai",
    "覃": "qin", "解": "xie", "阚": "kan", "隗": "wei",
}  # fmt: skip
"""Of the first character of a name."""

DOUBLE = {"尉迟": "yu chi", "万俟": "mo qi", "单于": "chan yu", "长孙": "zhang sun", "澹台": "tan tai"}
"""Surnames of two characters which are not read as the first of them is alone."""

BOTH = {
    "会": "k", "传": "z", "宿": "x", "尉": "y", "曾": "z", "朝": "z", "盛": "c", "藏": "z", "行": "h",
    "调": "t", "贾": "g", "重": "c", "长": "c", "阿": "e", "降": "x", "乐": "y",
}  # fmt: skip
"""A second letter under which a name is found too, because it is read so as well."""


@dataclass(frozen=True, slots=True)
class Readings:
    """`words` and `characters` to their syllables without tones, ü written v."""

    words: Mapping[str, tuple[str, ...]]
    characters: Mapping[str, str]

    def of_place(self, name: str) -> str:
        """Syllables of a division's name, separated by blanks."""
        return " ".join(self._syllables(name))

    def initials(self) -> list[str]:
        """Lines of the table of first letters: surnames, double surnames, then letters with characters."""
        lines = ["# Made by packaging/divisions.py; not for editing by hand."]
        lines.append("surname\t" + " ".join(f"{sign}{read[0]}" for sign, read in SURNAMES.items()))
        doubles = (f"{signs}{''.join(part[0] for part in read.split())}" for signs, read in DOUBLE.items())
        lines.append("double\t" + " ".join(doubles))
        groups: dict[str, list[str]] = {}
        for sign, read in sorted(self.characters.items()):
            letters = read[0] + BOTH.get(sign, "")
            groups.setdefault("".join(dict.fromkeys(letters)), []).append(sign)
        return [*lines, *(f"{letters}\t{''.join(signs)}" for letters, signs in sorted(groups.items()))]

    def _syllables(self, name: str) -> Iterator[str]:
        while name:
            part = next(part for part in self._parts(name) if self._known(part) or len(part) == 1)
            yield from (self._known(part) or self.characters.get(part, "x")).split()
            name = name[len(part) :]

    @staticmethod
    def _parts(name: str) -> Iterator[str]:
        return (name[:length] for length in range(min(len(name), 5), 0, -1))

    def _known(self, part: str) -> str:
        if part in PLACES:
            return PLACES[part]
        return " ".join(self.words.get(part, ())) if 2 <= len(part) <= 5 else ""


def read(wheel: Path) -> Readings:
    """Readings of the characters that the program's own fonts can show."""
    with zipfile.ZipFile(wheel) as archive:
        words = json.loads(archive.read("pypinyin/phrases_dict.json"))
        characters = json.loads(archive.read("pypinyin/pinyin_dict.json"))
    return Readings(
        {word: tuple(_plain(part[0]) for part in parts) for word, parts in words.items()},
        {
            chr(int(point)): _plain(readings.split(",")[0])
            for point, readings in characters.items()
            if 0x4E00 <= int(point) <= 0x9FA5
        },
    )


def _plain(syllable: str) -> str:
    parts = unicodedata.normalize("NFD", syllable.replace("ü", "v"))
    letters = "".join(sign for sign in parts if unicodedata.category(sign) != "Mn")
    return letters.replace("ê", "e") if not _has_umlaut(syllable) else letters.replace("u", "v", 1)


def _has_umlaut(syllable: str) -> bool:
    return "\u0308" in unicodedata.normalize("NFD", syllable)
