"""Lanes to test with: short words for what happens at one, and strategies for every state of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from hypothesis import strategies as st

from checkpoint_app.config import resource
from checkpoint_app.domain import lane
from checkpoint_app.domain.codes import classify, load_patterns
from checkpoint_app.domain.crossing import Check, Crossing, Follower, Person
from checkpoint_app.domain.facts import Tally
from checkpoint_app.domain.lane import LaneState, Stopped
from checkpoint_app.domain.lane_codes import with_code
from checkpoint_app.domain.words import CheckKind, Direction, Evidence, VehicleClass

NOW = 1_795_050_000_000
PATTERNS = load_patterns(json.loads(resource("codes/patterns.json").read_bytes()))
DOCUMENT, OTHER_DOCUMENT = "11010519491231002X", "440524188001010014"


@dataclass
class Scene:
    """A lane, what was done to it in order, and actions that tell crossings apart."""

    state: LaneState = field(default_factory=lambda: LaneState(1, Direction.IN))
    now: int = NOW
    actions: Any = field(default_factory=lambda: count(1))

    def action(self) -> str:
        return f"{next(self.actions):08x}" + "0" * 24

    def scan(self, payload: str) -> Scene:
        code = classify(payload.encode(), PATTERNS)
        digest = hashlib.sha256(payload.encode()).hexdigest()
        self.state = with_code(self.state, code, digest=digest, now=self.now, action=self.action())
        return self

    def plate(self, text: str, *, colour: str = "") -> Scene:
        self.state = lane.with_plate(
            self.state, text, colour=colour, marks=(), now=self.now, action=self.action()
        )
        return self

    def measure(self, *tenths: int) -> Scene:
        self.state = lane.started(self.state, now=self.now, action=self.action())
        for one in tenths:
            self.state = lane.with_temperature(self.state, one, now=self.now)
        return self

    @property
    def open(self) -> Crossing:
        assert self.state.open is not None
        return self.state.open


def health(token: int, colour: str = "g") -> str:
    """A health code's link; "" for one without a colour."""
    return f"https://jkm.henan.example/h5/code/{token:020x}" + (f"?c={colour}" if colour else "")


def declared(**fields: Any) -> str:
    return json.dumps({"cp": "decl1", **fields}, ensure_ascii=False)


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
moments = st.integers(0, 2**42)
actions = st.text("0123456789abcdef", min_size=32, max_size=32)
people = st.builds(
    Person,
    st.integers(1, 60),
    texts,
    texts,
    st.sampled_from(["", "citizen_id", "passport"]),
    texts,
    st.sampled_from(Evidence),
    seat=texts,
    outcome=st.sampled_from(["", "held", "transferred", "turned_back"]),
    why=texts,
)
followers = st.builds(
    Follower,
    actions,
    texts,
    texts,
    st.lists(texts, max_size=2).map(tuple),
    st.sampled_from(VehicleClass),
    st.integers(0, 99),
    texts,
)
checks = st.builds(
    Check,
    st.sampled_from(CheckKind),
    st.sampled_from(["green", "presented", "measured", "positive"]),
    st.sampled_from(Evidence),
    moments,
    person=st.integers(0, 60),
    tenths=st.none() | st.integers(200, 450),
    taken=st.none() | moments,
    source=texts,
    digest=texts,
    voided=st.booleans(),
)
crossings = st.builds(
    Crossing,
    actions,
    st.integers(1, 16),
    st.sampled_from(Direction),
    moments,
    plate=texts,
    plate_colour=texts,
    plate_marks=st.lists(texts, max_size=3).map(tuple),
    vehicle=st.sampled_from(VehicleClass),
    people=st.lists(people, max_size=4).map(tuple),
    told=st.integers(0, 999),
    checks=st.lists(checks, max_size=4).map(tuple),
    origin=texts,
    destination=texts,
    purpose=texts,
    replaces=texts,
    plate_at=moments,
    bus=st.booleans(),
    service=texts,
    convoy=st.booleans(),
    followers=st.lists(followers, max_size=3).map(tuple),
)
tallies = st.builds(
    Tally,
    actions,
    st.integers(1, 16),
    st.sampled_from(Direction),
    moments,
    st.lists(
        st.tuples(st.sampled_from(VehicleClass), st.integers(-9, 99), st.integers(-9, 999)), max_size=4
    ).map(tuple),
)
stops = st.builds(Stopped, actions, texts, moments, st.dictionaries(st.sampled_from(["zh", "en"]), texts))
states = st.builds(
    LaneState,
    st.just(1),
    st.just(Direction.IN),
    open=st.none() | crossings,
    parked=st.lists(crossings, max_size=3).map(tuple),
    tally=st.none() | tallies,
    stopped=st.lists(stops, max_size=2).map(tuple),
    flagged=st.lists(texts, max_size=3).map(tuple),
    person=st.integers(1, 60),
)
