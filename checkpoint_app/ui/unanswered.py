"""Actions that were saved before the program ended and never shown: read, then asked one by one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from checkpoint_app.domain import facts
from checkpoint_app.i18n import _
from checkpoint_app.storage import queries
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger, Written
from checkpoint_app.ui import asking, said
from checkpoint_app.ui.asking import Ask

LOOKED_THROUGH = 50
Name = tuple[str, int]
"""An entry by its epoch and number."""
UNDOABLE = frozenset({facts.VEHICLE_CROSSED, facts.TALLIED})


@dataclass(frozen=True, slots=True)
class Unanswered:
    """`plate` and `outcome` are blank for entries that are no crossing."""

    written: Written
    plate: str = ""
    outcome: str = ""


def left_open(ledger: Ledger, lane: int, *, lanes: Sequence[int]) -> tuple[Unanswered, ...]:
    """What nobody saw as saved at `lane`, oldest first. Reads the ledger: not for the window's thread.

    What belongs to none of the `lanes` of this window is asked at the first of them.
    """
    found = ledger.unconfirmed()
    if not found:
        return ()
    with ledger.reader() as reader:
        places = _lanes_of(found, reader, desk=ledger.head().desk)
        mine = [one for one in found if _asked_at(places.get(_name(one), 0), lanes) == lane]
        ids = [queries.id_of(reader, ledger.head().desk, *_name(one)) for one in mine[:LOOKED_THROUGH]]
        numbered = queries.crossings_numbered(reader, [number for number in ids if number is not None])
        rows = {row.action: row for row in numbered}
    return tuple(
        Unanswered(written, rows[written.action].plate, rows[written.action].outcome)
        if written.action in rows
        else Unanswered(written)
        for written in mine
    )


def _asked_at(lane: int, lanes: Sequence[int]) -> int:
    return lane if lane in lanes else lanes[0]


def _lanes_of(found: Sequence[Written], reader: Connection, *, desk: str) -> dict[Name, int]:
    """Which lane each entry belongs to; those of no lane are left out."""
    places: dict[Name, int] = {}
    for one in found:
        for entry in queries.chain_entries(reader, desk, one.epoch, after=one.seq - 1, limit=1):
            lane = json.loads(entry.public).get("lane")
            if isinstance(lane, int):
                places[_name(one)] = lane
    return places


def _name(written: Written) -> Name:
    return written.epoch, written.seq


def question(waiting: tuple[Unanswered, ...]) -> Ask:
    """The oldest one, in words."""
    first = waiting[0]
    undoable = first.written.kind in UNDOABLE
    return asking.unconfirmed(described(first), undoable=undoable, left=len(waiting))


def described(one: Unanswered) -> str:
    """Time, what it was, and the plate."""
    what = said.outcome(one.outcome) if one.outcome else kind_name(one.written.kind)
    return " ".join(
        part for part in (said.time_of_day(one.written.happened), what, said.dotted(one.plate)) if part
    )


def kind_name(kind: str) -> str:
    """What an entry says, in words; others than these are named by nobody's key."""
    return {
        facts.VEHICLE_CROSSED: _("Crossing"),
        facts.TALLIED: _("Count"),
        facts.CHECK_FLAGGED: _("Check noted"),
        facts.CHECK_VOIDED: _("Check taken back"),
        facts.OUTCOME_UNDONE: _("Undo"),
        facts.MATTER_RAISED: _("Call of the lead"),
        facts.SHIFT_OPENED: _("Shift opened"),
        facts.SHIFT_CLOSED: _("Shift closed"),
        facts.PERSON_VIEWED: _("Seen in full"),
        facts.SETTING_CHANGED: _("Setting changed"),
        facts.CLOCK_CONFIRMED: _("Clock confirmed"),
        facts.ACTION_CONFIRMED: _("Confirmation"),
    }.get(kind, _("Entry"))


def clock_question(ledger: Ledger) -> Ask:
    """The wall clock as a lead would confirm it, and how far it is from where it should be."""
    off = ledger.clock_off
    return asking.clock(wall=said.time_of_day(ledger.now() + off), jump=said.running(abs(off)), ahead=off > 0)
