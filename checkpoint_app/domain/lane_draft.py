"""A lane's state as the `draft` table keeps it; see `drafts` for how forgiving the reading is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from checkpoint_app.domain import drafts
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.lane import LaneState, Stopped
from checkpoint_app.domain.words import Direction


def write(state: LaneState) -> Mapping[str, Value]:
    """Everything of the lane that must survive a crash."""
    flagged: list[Value] = list(state.flagged)
    return {
        "open": drafts.write_crossing(state.open) if state.open else None,
        "parked": [drafts.write_crossing(crossing) for crossing in state.parked],
        "tally": drafts.write_tally(state.tally) if state.tally else None,
        "stopped": [_write_stop(stop) for stop in state.stopped],
        "flagged": flagged,
        "person": state.person,
    }


def read(draft: object, *, blank: LaneState) -> LaneState:
    """The lane as its draft left it; what is missing or damaged stays as in `blank`."""
    if not isinstance(draft, Mapping):
        return blank
    parked = [drafts.read_crossing(item) for item in _list(draft.get("parked"))]
    stopped = [_read_stop(item) for item in _list(draft.get("stopped"))]
    person = draft.get("person")
    return replace(
        blank,
        open=drafts.read_crossing(draft.get("open")),
        parked=tuple(crossing for crossing in parked if crossing),
        tally=drafts.read_tally(draft.get("tally")),
        stopped=tuple(stop for stop in stopped if stop),
        flagged=tuple(str(item) for item in _list(draft.get("flagged"))),
        person=person if isinstance(person, int) and person > 0 else 1,
    )


def without_personal(draft: object) -> Mapping[str, Value] | None:
    """A lane's draft past its retention: every vehicle and count, and nothing of who it was.

    A vehicle that was never ended still has to be. None when nothing stands there.
    """
    state = read(draft, blank=LaneState(1, Direction.IN))
    if not (state.open or state.parked or state.tally):
        return None
    return write(
        replace(
            state,
            open=_unnamed(state.open) if state.open else None,
            parked=tuple(map(_unnamed, state.parked)),
            stopped=tuple(replace(stop, plate="") for stop in state.stopped),
        )
    )


def _unnamed(crossing: Crossing) -> Crossing:
    people = (replace(one, name="", document="", phone="", seat="", why="") for one in crossing.people)
    return replace(
        crossing,
        plate="",
        plate_colour="",
        origin="",
        destination="",
        purpose="",
        service="",
        people=tuple(people),
        checks=tuple(replace(check, digest="") for check in crossing.checks),
        followers=tuple(replace(one, plate="", plate_colour="") for one in crossing.followers),
    )


def _write_stop(stop: Stopped) -> Mapping[str, Value]:
    return {
        "crossing": stop.crossing,
        "plate": stop.plate,
        "since": stop.since,
        "reason": dict(stop.reason),
    }


def _read_stop(value: object) -> Stopped | None:
    if not isinstance(value, Mapping) or not isinstance(value.get("reason"), Mapping):
        return None
    try:
        return Stopped(
            str(value["crossing"]), str(value["plate"]), int(value["since"]), dict(value["reason"])
        )
    except (KeyError, TypeError, ValueError):
        return None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
