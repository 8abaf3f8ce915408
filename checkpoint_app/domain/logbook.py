"""What a shift writes down beside its crossings, as it now stands: notes, orders, incidents, visits, matters,
equipment and stock. Texts are personal (they may name somebody); times, states, numbers, kinds are public.

Times are ms UTC, 0 where nothing happened yet; officers are numbers. `id` is the affair's name; `seqs` are
the numbers of the entries that tell it, oldest first.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Noted:
    id: str
    at: int
    officer: str
    text: str
    shift: str = ""
    seqs: tuple[int, ...] = ()
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """An instruction from above. `number` is the sender's own (豫防指〔2026〕12号), `until` when it ends by
    itself, 0 never. `read` are officers' numbers with the time of their mark.
    """

    id: str
    at: int
    sender: str
    number: str
    text: str
    until: int = 0
    ended: int = 0
    officer: str = ""
    shift: str = ""
    read: tuple[tuple[str, int], ...] = ()
    seqs: tuple[int, ...] = ()
    forgotten: bool = False

    def in_force(self, now: int) -> bool:
        return not self.ended and (not self.until or now < self.until)


@dataclass(frozen=True, slots=True)
class Transfer:
    """Somebody handed over at the line: from which vehicle or place, to which, on whose authority."""

    at: int
    people: int
    taken_from: str
    handed_to: str
    authorised: str
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """Noticed, reported upwards, answered, closed; `due` when an answer was due (ms UTC).

    `linked` are actions of crossings; `text` what happened, `reply` what was answered.
    """

    id: str
    kind: str
    noticed: int
    text: str
    due: int = 0
    reported: int = 0
    reported_to: str = ""
    answered: int = 0
    reply: str = ""
    closed: int = 0
    result: str = ""
    officer: str = ""
    shift: str = ""
    linked: tuple[str, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    seqs: tuple[int, ...] = ()
    forgotten: bool = False

    def overdue(self, now: int) -> bool:
        return not self.closed and not self.answered and bool(self.due) and now >= self.due


@dataclass(frozen=True, slots=True)
class Visit:
    """A supervisor came (督导检查). `findings` are the matters raised from it, by id."""

    id: str
    at: int
    visitor: str
    agency: str
    text: str
    findings: tuple[str, ...] = ()
    officer: str = ""
    shift: str = ""
    seqs: tuple[int, ...] = ()
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done about a matter."""

    at: int
    officer: str
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something open that must be accepted or closed at handover.

    `source` says where it comes from: lane (somebody called or was sent), incident, visit, handover, item,
    hand (typed). `owner` is whose it is, in words or an officer's number; `due` ms UTC, 0 without. `crossing`
    is the action of the crossing it is about.
    """

    id: str
    raised: int
    title: str
    source: str = "hand"
    owner: str = ""
    due: int = 0
    closed: int = 0
    result: str = ""
    crossing: str = ""
    lane: int = 0
    plate: str = ""
    officer: str = ""
    shift: str = ""
    steps: tuple[Step, ...] = ()
    seqs: tuple[int, ...] = ()
    forgotten: bool = False

    def overdue(self, now: int) -> bool:
        return not self.closed and bool(self.due) and now >= self.due


@dataclass(frozen=True, slots=True)
class Moved:
    """Stock that came in (positive) or went out (negative), to or from whom."""

    at: int
    count: int
    whom: str
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Equipment (`due` pieces should be there) or stock (`low`: below it somebody must order).

    `balance` is what there is: the last count and what moved since. `condition` are words of the last count.
    """

    id: str
    name: str
    unit: str
    equipment: bool
    balance: int = 0
    due: int = 0
    low: int = 0
    condition: str = ""
    counted: int = 0
    moves: tuple[Moved, ...] = ()
    dropped: int = 0
    seqs: tuple[int, ...] = ()
    forgotten: bool = False

    @property
    def short(self) -> bool:
        """Fewer than there should be, or below the low line."""
        return self.balance < (self.due if self.equipment else self.low)


@dataclass(frozen=True, slots=True)
class ShiftLog:
    """What one shift wrote down: notes and visits of its own; orders, incidents, matters and articles it had
    anything to do with, as they stood. `raised`, `closed`, `received`, `moved` are the ids of those it
    raised and closed itself, of orders received and of articles counted or moved in it.
    """

    notes: tuple[Noted, ...] = ()
    orders: tuple[Order, ...] = ()
    incidents: tuple[Incident, ...] = ()
    visits: tuple[Visit, ...] = ()
    matters: tuple[Matter, ...] = ()
    items: tuple[Item, ...] = ()
    raised: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    received: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()
