"""What the lead does from the wall."""

from __future__ import annotations

from concurrent.futures import Future

from checkpoint_app.domain import facts
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.roles import Action
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.endings import NothingOpen
from checkpoint_app.storage import queries
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Written


def somebody_sent(desk: Desk, lane: LaneState, crossing: str) -> Future[tuple[Written, ...]]:
    """Somebody is on the way to a stopped vehicle, named by its action, open or parked: a matter on paper.

    Raises NothingOpen for a vehicle that is not there any more, NotAllowed.
    """
    standing = (*((lane.open,) if lane.open else ()), *lane.parked)
    found = next((one for one in standing if one.action == crossing), None)
    if found is None:
        raise NothingOpen
    desk.rights.check(Action.LOG, desk.by)
    fact = facts.matter_raised(found, None, by=desk.by, at=desk.ledger.now(), action=new_action())
    return desk.ledger.append((fact,))


def sent_since(reader: Connection, *, desk: str, since: int) -> dict[str, int]:
    """When somebody went to which stopped vehicle: unlike a lane's own call, that matter has no verdict."""
    return queries.matters_without_verdict(reader, desk=desk, since=since)
