"""What the wall wants to know of the lanes, whoever keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from checkpoint_app.config import LaneSetting
from checkpoint_app.domain.lane import LaneState, Stopped
from checkpoint_app.ui.lane_work import LaneWork


class WallLane(Protocol):
    """One lane; `hidden`: names and the picture are covered there."""

    @property
    def setting(self) -> LaneSetting: ...
    @property
    def work(self) -> LaneWork: ...
    @property
    def state(self) -> LaneState: ...
    @property
    def has_camera(self) -> bool: ...
    @property
    def hidden(self) -> bool: ...


class WallLanes(Protocol):
    """All of them in order; `stops` are unanswered ones with their lanes, the longest first."""

    @property
    def numbers(self) -> tuple[int, ...]: ...
    @property
    def all(self) -> Sequence[WallLane]: ...
    @property
    def selected(self) -> WallLane: ...
    def at(self, number: int) -> WallLane | None: ...
    def stops(self) -> Sequence[tuple[int, Stopped]]: ...
    def scanned_here(self, text: str) -> None: ...
    def hush(self) -> None: ...
