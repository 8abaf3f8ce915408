"""What the exchange page shows, as facts: places to write to, shifts on their way, gaps, what came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """How far a bundle is on its way to a stick or a folder; the last is the leave to pull the stick out."""

    ENCRYPT = "encrypt"
    WRITE = "write"
    COMPARE = "compare"
    REMOVE = "remove"


STAGES = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bundle can be written: `name` as people call it, `at` its drive's letter or folder, `free`
    bytes, None where nobody can tell.
    """

    url: str
    name: str
    free: int | None = None
    stick: bool = False
    at: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """What nobody confirmed yet: entries, bytes about, the first one's time (ms), whose names it is for."""

    count: int = 0
    size: int = 0
    since: int | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutRow:
    """A shift and how far its entries got; times ms UTC, None for not yet. `wrong`: a receipt names another
    hash than our entry has.
    """

    shift: str
    name: str
    first: int
    last: int
    size: int
    opened: int
    sealed: bool = False
    exported: int | None = None
    receipted: int | None = None
    wrong: bool = False

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that one side misses: with `ours` we miss them of that desk, else it has not confirmed ours.

    `at`: when it was last heard, or when ours went out. `quiet`: no numbers, only a desk of this station that
    was not heard for long. `fork`: from `first` on there are two stories of that desk; of our
    own the one written here counts, of another neither.
    """

    desk: str
    name: str
    first: int
    last: int
    ours: bool
    at: int | None = None
    epoch: str = ""
    quiet: bool = False
    fork: bool = False

    @property
    def count(self) -> int:
        return self.last - self.first + 1


class Came(StrEnum):
    DIRECTIVE = "directive"
    MERGED = "merged"
    REFUSED = "refused"
    RECEIPT = "receipt"


class Decided(StrEnum):
    """What became of a data set."""

    PENDING = "pending"
    ADOPTED = "adopted"
    NEWER = "newer"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class InRow:
    """Something that came in: `who` sent it, `at` (ms UTC). `spans` are numbers of entries it is about.

    Of a data set `about` is its name, `version`, `until` and `number` are its own; of a refused file `about`
    is the file's name, `check` what refused it and `reason` what that one found.
    """

    id: str
    came: Came
    who: str
    at: int
    about: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    count: int = 0
    forks: int = 0
    check: str = ""
    reason: str = ""
    version: int = 0
    before: int = 0
    until: int | None = None
    number: str = ""
    decided: Decided = Decided.PENDING


@dataclass(frozen=True, slots=True)
class Found:
    """Everything at one time; `receipt` is when headquarters last confirmed something,
    `peers` how many desks are trusted, `names` what desks are called."""

    due: Due = field(default_factory=Due)
    out: tuple[OutRow, ...] = ()
    gaps: tuple[Gap, ...] = ()
    came: tuple[InRow, ...] = ()
    receipt: int | None = None
    peers: int = 0
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
