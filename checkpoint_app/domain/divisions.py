"""Divisions of the country (GB/T 2260) with the years in which a code had a name, and how they are found.

The first two digits of a code are the province, the next two the prefecture, the last two the county. Codes
of divisions that were dissolved, renamed or moved stay: identity documents carry them for life.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from checkpoint_app.domain.identity import PROVINCE_CODES
from checkpoint_app.domain.plates import PROVINCES

MOST = 9
"""Places shown at once: one digit takes one."""

_NEWEST = 9999
_SIGNS = dict(zip(PROVINCES, sorted(PROVINCE_CODES - {"71", "81", "82", "83"}), strict=True))


@dataclass(frozen=True, slots=True)
class Division:
    """One name of one code. `path` is the whole place from the province down; `until` is the last year in
    which a list had it, 0 while the newest has it.
    """

    code: str
    name: str
    path: str
    since: int
    until: int = 0

    @property
    def old(self) -> bool:
        """Whether the newest list no longer has this code with this name."""
        return bool(self.until)

    @property
    def level(self) -> int:
        """1 province, 2 prefecture, 3 county."""
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3


class _Line(NamedTuple):
    """`spoken` are the syllables with a blank between two, `letters` the first of each; `places` counts the
    characters of the name without the word for its kind."""

    code: str
    name: str
    spoken: str
    letters: str
    places: int
    since: int
    until: int


class _Row(NamedTuple):
    """A division with what it is found by: `keys` are Latin, each behind a bar; `signs` are Chinese."""

    line: _Line
    path: str
    keys: str
    signs: str

    @property
    def division(self) -> Division:
        line = self.line
        return Division(line.code, line.name, self.path, line.since, line.until)


class Divisions:
    """All of them, in memory; made by `read_divisions`.

    What is no more is made ready when it is first needed: most look-ups find nine places that are in force.
    """

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = tuple(lines)
        self._by_code: dict[str, list[_Line]] = {}
        for line in lines:
            self._by_code.setdefault(line.code, []).append(line)
        self._known: dict[tuple[str, int], _Around] = {}
        self._now = tuple(self._row(line) for line in lines if not line.until)

    def __len__(self) -> int:
        return len(self._lines)

    def of_code(self, code: str, *, on: int | None = None) -> Division | None:
        """What a code of six digits meant in the year `on`; without one, the last thing it meant.

        In a year in which no list had the code, the nearest one counts: lists began long after the places.
        """
        known = self._by_code.get(code)
        if not known:
            return None
        year = _NEWEST if on is None else on
        return self._row(min(known, key=lambda line: (_away(line, year), -line.since))).division

    def of_document(self, number: str) -> Division | None:
        """Where the bearer of a citizen's number (18 or 15 places) was first registered.

        A code that is in no list still names its prefecture or province.
        """
        code = number[:6]
        if len(number) not in {15, 18} or not code.isdigit():
            return None
        return next(filter(None, map(self.of_code, (code, code[:4] + "00", code[:2] + "0000"))), None)

    def find(self, text: str, *, province: str = "") -> tuple[Division, ...]:
        """At most MOST places for what was typed: first letters (zz, hnzz), syllables, characters, a code.

        Those of `province` (the sign on its plates) come first, those no longer in force last.
        """
        fragment = fold(text)
        if not fragment:
            return ()
        own = _SIGNS.get(province, "-")
        found: dict[str, Division] = {}
        for in_force in (True, False):
            if len(found) < MOST:
                fitting = _fitting(self._now if in_force else self._old, fragment)
                for row in sorted(fitting, key=lambda row: _order(row, fragment, own)):
                    found.setdefault(row.path, row.division)
        return tuple(found.values())[:MOST]

    def make_ready(self) -> None:
        """All of it at once, for a thread that may wait: another 30 ms."""
        assert self._old is not None

    @cached_property
    def _old(self) -> tuple[_Row, ...]:
        return tuple(self._row(line) for line in self._lines if line.until)

    def _row(self, line: _Line) -> _Row:
        place = _above(line.code), line.until or _NEWEST
        if place not in self._known:
            self._known[place] = _around(self._by_code, *place)
        return _row(line, self._known[place])


def _fitting(rows: Sequence[_Row], fragment: str) -> Iterable[_Row]:
    if fragment.isdigit():
        return (row for row in rows if row.line.code.startswith(fragment))
    if fragment.isascii():
        start = "|" + fragment
        return (row for row in rows if start in row.keys)
    return (row for row in rows if fragment in row.signs)


def fold(text: str) -> str:
    """What was typed as the keys have it: half width, small letters, no blanks or apostrophes; ü is v."""
    narrow = unicodedata.normalize("NFKC", text[:64]).lower().replace("ü", "v")
    return re.sub(r"[\s'’·]", "", narrow)


def read_divisions(text: str) -> Divisions:
    """From lines of code, name, syllables, first and last year, divided by tabs; # begins a remark.

    A blank divides a name from the word for its kind (郑州 市), one blank each the syllables.

    Raises ValueError for a line of another form.
    """
    return Divisions([_line(line) for line in text.splitlines() if line and line[0] != "#"])


class _Around(NamedTuple):
    """What stands before a division's own name: in full, without the words for kinds, and every way to begin
    typing it, as first letters and as syllables."""

    path: str
    stems: str
    starts: tuple[tuple[str, str], ...]


def _line(text: str) -> _Line:
    code, name, syllables, since, until = text.split("\t")
    stem, _, kind = name.partition(" ")
    letters = "".join([syllable[0] for syllable in syllables.split(" ")])
    return _Line(code, stem + kind, syllables, letters, len(stem), int(since), int(until or 0))


def _above(code: str) -> str:
    return "" if code.endswith("0000") else code[:2] if code.endswith("00") else code[:4]


def _around(by_code: Mapping[str, Sequence[_Line]], code: str, year: int) -> _Around:
    """What is around a division: of `code` (two or four digits, "" nothing), by the names of that year."""
    codes = [code[:2] + "0000"] * bool(code) + [code + "00"] * (len(code) == 4)
    near = [min(by_code.get(each, ()), key=lambda line: _away(line, year), default=None) for each in codes]
    chain = [line for line in near if line]
    heads = [(line.letters[: line.places], "".join(line.spoken.split(" ")[: line.places])) for line in chain]
    both = [(heads[0][0] + heads[1][0], heads[0][1] + heads[1][1])] if len(heads) == 2 else []
    path = "".join(line.name for line in chain)
    return _Around(path, "".join(line.name[: line.places] for line in chain), (("", ""), *heads, *both))


def _row(line: _Line, around: _Around) -> _Row:
    path, letters, sound = around.path + line.name, line.letters, line.spoken.replace(" ", "")
    keys = "".join([f"|{before}{letters}|{said}{sound}" for before, said in around.starts])
    return _Row(line, path, keys, f"{path}|{around.stems}{line.name}")


def _away(line: _Line, year: int) -> int:
    """Years between a year and those in which it was in force; 0 inside them."""
    return max(line.since - year, year - (line.until or _NEWEST), 0)


def _order(row: _Row, fragment: str, own: str) -> tuple[bool, int, int, str]:
    line = row.line
    stem = line.letters[: line.places]
    whole = fragment in {stem, line.code, line.name, line.name[: line.places], row.path}
    level = row.division.level
    near = whole if level == 1 else line.code.startswith(own)
    starts = row.keys.startswith("|" + fragment) or line.name.startswith(fragment)
    return not near, 0 if whole else 1 if starts else 2, level, line.code
