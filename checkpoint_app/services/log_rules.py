"""What may be written into the log, and of which affairs."""

from __future__ import annotations

from checkpoint_app.domain.affairs import Family, Told
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage import logbook
from checkpoint_app.storage.ledger import Ledger

SHORT, LONG = 100, 500
"""Most characters of a title or name, and of a text."""

MOST = 1_000_000
"""Pieces of one article, people of one transfer."""


class WordsNeeded(Refusal):
    """A text that says nothing; facts: what."""


class WordsTooLong(Refusal):
    """More than a line of the log holds; facts: what, most (characters)."""


class DueTooEarly(Refusal):
    """A time that is over already; facts: due (ms UTC)."""


class CountRefused(Refusal):
    """Fewer than none, or more than a station has; facts: count."""


class AffairUnknown(Refusal):
    """Nothing with this id stands in the log; facts: id."""


class AffairOver(Refusal):
    """It is closed already; facts: id."""


class AffairOpen(Refusal):
    """It is not closed; facts: id."""


def words(text: str, what: str, *, most: int = LONG, needed: bool = True) -> str:
    """`text` as it goes on paper; raises WordsNeeded, WordsTooLong."""
    if len(text) > most and len(text.strip()) > most:
        raise WordsTooLong(what=what, most=most)
    said = as_typed(text)
    if needed and not said:
        raise WordsNeeded(what=what)
    return said


def due(at: int, *, now: int) -> int:
    """A time that lies ahead, or 0 for none; raises DueTooEarly."""
    if at and at < now:
        raise DueTooEarly(due=at)
    return at


def count(number: int, *, least: int = 0) -> int:
    """Raises CountRefused."""
    if not least <= number <= MOST:
        raise CountRefused(count=number)
    return number


def told(ledger: Ledger, family: Family, name: str) -> tuple[Told, ...]:
    """The entries of an affair of this desk; raises AffairUnknown."""
    with ledger.reader() as reader:
        found = logbook.one(reader, family, name, desk=ledger.head().desk)
    if not found:
        raise AffairUnknown(id=name)
    return found
