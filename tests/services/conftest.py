"""A lane of a desk on a real ledger, and the clock it is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import Lane
from tests.reserve import no_reserve
from tests.services.desks import desk_in, lane_of
from tests.storage.desks import Clock

__all__ = ["no_reserve"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with desk_in(tmp_path, clock=clock) as made:
        yield made


@pytest.fixture
def lane(desk: Desk) -> Lane:
    return lane_of(desk)
