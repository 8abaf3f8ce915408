"""Matters: raised by a lane or by hand, worked on, closed by the lead, opened again.

A lane's call and somebody sent to the same vehicle are one matter, named by the crossing; it closes only
when somebody closes it, whatever became of the vehicle. An owner is an officer's number, which is public, or
words, which are not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from checkpoint_app.domain.affairs import Told
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import MATTER_RAISED, By
from checkpoint_app.domain.logbook import Matter, Step
from checkpoint_app.domain.officers import is_number
from checkpoint_app.domain.telling import fold as fold_by
from checkpoint_app.domain.telling import tell

MATTER_WORKED = "matter_worked"
MATTER_CLOSED = "matter_closed"
MATTER_REOPENED = "matter_reopened"

HAND, LANE, INCIDENT, VISIT, HANDOVER, ITEM = "hand", "lane", "incident", "visit", "handover", "item"
SOURCES = (HAND, LANE, INCIDENT, VISIT, HANDOVER, ITEM)

CALLED, SENT, WORKED, CLOSED, REOPENED = "called", "sent", "worked", "closed", "reopened"
"""Kinds of steps."""


def raised(
    title: str,
    *,
    source: str = HAND,
    owner: str = "",
    due: int = 0,
    crossing: str = "",
    of: str = "",
    by: By,
    at: int,
    action: str,
) -> Fact:
    """Something is open from now on, named by `action`; `of` is the affair it comes from, `due` ms UTC."""
    public: dict[str, Value] = {"source": source, "due": due or None, "crossing": crossing, "of": of}
    public |= {"owner": owner} if is_number(owner) else {}
    words: dict[str, Value] = {"title": title}
    words |= {} if "owner" in public else {"owner": owner}
    return tell(MATTER_RAISED, public, personal=words, by=by, at=at, action=action)


def worked(
    matter: str,
    *,
    text: str = "",
    owner: str | None = None,
    due: int | None = None,
    by: By,
    at: int,
    action: str,
) -> Fact:
    """Something was done about it; `owner` and `due` only where they change, "" and 0 take them away."""
    public: dict[str, Value] = {"about": matter} | ({} if due is None else {"due": due})
    words: dict[str, Value] = {"text": text}
    if owner is not None:
        public["owner_changed"] = True
        (public if is_number(owner) else words)["owner"] = owner
    return tell(MATTER_WORKED, public, personal=words, by=by, at=at, action=action)


def closed(matter: str, *, result: str, by: By, at: int, action: str) -> Fact:
    public: Mapping[str, Value] = {"about": matter, "over": True}
    return tell(MATTER_CLOSED, public, personal={"result": result}, by=by, at=at, action=action)


def reopened(matter: str, *, why: str, by: By, at: int, action: str) -> Fact:
    public: Mapping[str, Value] = {"about": matter, "over": False}
    return tell(MATTER_REOPENED, public, personal={"why": why}, by=by, at=at, action=action)


def fold(told: Sequence[Told]) -> tuple[Matter, ...]:
    """Matters as they stand, in the order they were raised."""
    return fold_by(told, begin={MATTER_RAISED: _begun}, go_on=_GO_ON)


def _begun(told: Told) -> Matter:
    called = "source" not in told.public
    matter = Matter(
        told.name,
        told.happened,
        told.text("title"),
        source=LANE if called else told.text("source"),
        owner=told.text("owner"),
        due=told.number("due"),
        crossing=told.text("crossing"),
        lane=told.number("lane"),
        plate=told.text("plate"),
        officer=told.officer,
        shift=told.shift,
    )
    return replace(matter, steps=(_step(told, _call(told)),)) if called else matter


def _again(matter: Matter, told: Told) -> Matter:
    """A lane calls once more, or somebody goes there."""
    plate = told.text("plate") or matter.plate
    return replace(matter, closed=0, result="", plate=plate, steps=(*matter.steps, _step(told, _call(told))))


def _worked(matter: Matter, told: Told) -> Matter:
    owner = told.text("owner") if "owner_changed" in told.public else matter.owner
    due = told.number("due") if "due" in told.public else matter.due
    return replace(
        matter, owner=owner, due=due, steps=(*matter.steps, _step(told, WORKED, told.text("text")))
    )


def _closed(matter: Matter, told: Told) -> Matter:
    result = told.text("result")
    steps = (*matter.steps, _step(told, CLOSED, result))
    return replace(matter, closed=told.happened, result=result, steps=steps)


def _reopened(matter: Matter, told: Told) -> Matter:
    return replace(
        matter, closed=0, result="", steps=(*matter.steps, _step(told, REOPENED, told.text("why")))
    )


_GO_ON: Mapping[str, Callable[[Matter, Told], Matter]] = {
    MATTER_RAISED: _again,
    MATTER_WORKED: _worked,
    MATTER_CLOSED: _closed,
    MATTER_REOPENED: _reopened,
}


def _call(told: Told) -> str:
    """A lane's own call says how the vehicle was judged, who is sent has no judgement."""
    return CALLED if "verdict" in told.public or not told.text("crossing") else SENT


def _step(told: Told, kind: str, text: str = "") -> Step:
    return Step(told.happened, told.officer, text, kind)
