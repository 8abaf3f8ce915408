"""First letters of how Chinese names are read, so that two keys find a person or a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

MOST = 4
"""Ways of reading that are kept of one name."""


@dataclass(frozen=True, slots=True)
class Initials:
    """`letters` of each character, the usual one first; `surnames` as the first character of a name;
    `doubles` are the letters of surnames with two characters."""

    letters: Mapping[str, str]
    surnames: Mapping[str, str]
    doubles: Mapping[str, str]

    def of_name(self, name: str) -> tuple[str, ...]:
        """Every way to type a person's name by first letters, the usual one first; "" for what has none."""
        head = self.doubles.get(name[:2], "")
        if head:
            return tuple(head + rest for rest in self._ways(name[2:]))
        first = self.surnames.get(name[:1], "") + self._of(name[:1])
        return self._ways(name[1:], first="".join(dict.fromkeys(first)))

    def of_text(self, text: str) -> str:
        """The usual way alone, of anything."""
        return "".join(self._of(sign)[:1] for sign in text)

    def _ways(self, text: str, *, first: str = "") -> tuple[str, ...]:
        choices = [letters for letters in (first, *map(self._of, text)) if letters]
        return tuple("".join(way) for way, _ in zip(product(*choices), range(MOST), strict=False))

    def _of(self, sign: str) -> str:
        return sign.lower() if sign.isascii() and sign.isalnum() else self.letters.get(sign, "")


def read_initials(text: str) -> Initials:
    """From the lines of resources/pinyin/initials.txt: letters, a tab, the characters read so."""
    rows = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
    special = {"surname": "", "double": ""}
    letters: dict[str, str] = {}
    for letter, signs in rows:
        if letter in special:
            special[letter] = signs
        else:
            letters.update(dict.fromkeys(signs, letter))
    return Initials(
        letters,
        {entry[0]: entry[1] for entry in special["surname"].split()},
        {entry[:2]: entry[2:] for entry in special["double"].split()},
    )
