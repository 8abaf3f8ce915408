"""Places for the fields from and to: what was told here lately first, then the divisions of the country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from checkpoint_app import config
from checkpoint_app.domain import divisions
from checkpoint_app.domain.divisions import MOST, Division, Divisions
from checkpoint_app.domain.initials import Initials, read_initials
from checkpoint_app.storage import queries
from checkpoint_app.storage.ledger import Ledger

REMEMBERED = 200
RECENT = 4
"""Of the places shown, so many at most are recent ones."""


@cache
def all_divisions() -> Divisions:
    """The country; read once, in about 30 ms."""
    return divisions.read_divisions(config.resource("divisions/divisions.txt").read_text(encoding="utf-8"))


@cache
def all_initials() -> Initials:
    """First letters of characters; read once, in about 5 ms."""
    return read_initials(config.resource("pinyin/initials.txt").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Place:
    """`text` is what the field gets. `until` is the last year of a division that is no more, else 0; `recent`
    was told at this station lately."""

    text: str
    until: int = 0
    recent: bool = False


class Places:
    """In memory only: what was told goes with the program, the ledger is asked for it at the next start."""

    def __init__(self) -> None:
        self._told: tuple[str, ...] = ()

    def load(self, ledger: Ledger, *, lanes: Sequence[int]) -> None:
        """Reads the tables and what the lanes' last crossings said; for a thread that may wait."""
        all_divisions().make_ready()
        all_initials()
        with ledger.reader() as reader:
            rows = [row for lane in lanes for row in queries.last_crossings(reader, lane, n=REMEMBERED)]
        rows.sort(key=lambda row: row.happened)
        told = [place for row in rows for place in (row.origin, row.destination) if place]
        self._told = (*told, *self._told)[-REMEMBERED:]

    def remember(self, text: str) -> None:
        """A place was told at the lane."""
        if text.strip():
            self._told = (*self._told, text.strip())[-REMEMBERED:]

    def find(self, text: str, *, province: str) -> tuple[Place, ...]:
        """At most MOST places for what was typed; for nothing, those told most often lately."""
        fragment = divisions.fold(text)
        recent = self._recent(fragment)[: RECENT if fragment else MOST]
        country = map(_place, all_divisions().find(fragment, province=province)) if fragment else ()
        return _each_once((*recent, *country))[:MOST]

    def _recent(self, fragment: str) -> tuple[Place, ...]:
        often = Counter(reversed(self._told))  # equal counts stay in order, the latest first
        return tuple(
            Place(told, recent=True)
            for told, _ in often.most_common()
            if not fragment or _has(told, fragment)
        )


def _has(told: str, fragment: str) -> bool:
    if fragment.isascii():
        return fragment in all_initials().of_text(told) or told.lower().startswith(fragment)
    return fragment in told


def _place(division: Division) -> Place:
    return Place(division.path, until=division.until)


def _each_once(places: Iterable[Place]) -> tuple[Place, ...]:
    found: dict[str, Place] = {}
    for place in places:
        found.setdefault(place.text, place)
    return tuple(found.values())
