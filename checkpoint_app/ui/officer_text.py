"""How an officer is called on the screen: by number, and masked where anybody may look."""

from __future__ import annotations

from checkpoint_app.domain.masking import mask_name
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.rows import ShiftRow


def name_of(desk: Desk, number: str, shift: ShiftRow | None = None) -> str:
    """The name behind an officer's number, the number where it is not known."""
    enrolled = (each.name for each in desk.officers.everybody(left=True) if each.number == number)
    return next(enrolled, "") or (shift.officers.get(number, number) if shift else number)


def acting(desk: Desk, lane: int) -> str:
    """Who acts at a lane, masked; "" for nobody, and for somebody who is not enrolled."""
    number = desk.by_at(lane).officer
    name = name_of(desk, number)
    return "" if name == number else mask_name(name)
