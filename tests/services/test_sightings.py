"""Which codes were read within a day."""

from __future__ import annotations

import pytest

from checkpoint_app.domain.known import Sighting
from checkpoint_app.services import sightings
from checkpoint_app.services.sightings import DAY_MS, Sightings
from tests.domain.lanes import NOW, Scene, health


def crossing(*tokens: int, lane: int = 1) -> Scene:
    from dataclasses import replace

    scene = Scene()
    scene.state = replace(scene.state, number=lane)
    for token in tokens:
        scene.scan(health(token))
    return scene


def digests(scene: Scene) -> list[str]:
    return [check.digest for check in scene.open.checks]


def test_a_code_is_remembered_with_time_and_lane_for_a_day() -> None:
    known, scene = Sightings(), crossing(1, lane=3)
    known.note(scene.open, at=NOW)
    expected = (Sighting(digests(scene)[0], NOW, 3),)
    assert known.of(digests(scene), now=NOW + DAY_MS - 1) == expected
    assert known.of(digests(scene), now=NOW + DAY_MS) == ()


def test_only_the_last_sighting_is_told() -> None:
    known, scene = Sightings(), crossing(1)
    known.note(scene.open, at=NOW)
    known.note(scene.open, at=NOW + 5)
    assert [one.at for one in known.of(digests(scene), now=NOW + 9)] == [NOW + 5]


def test_a_crossing_that_did_not_end_after_all_was_not_seen() -> None:
    known, scene = Sightings(), crossing(1, 2)
    known.note(scene.open, at=NOW)
    known.forget(scene.open, at=NOW)
    assert known.of(digests(scene), now=NOW) == ()


def test_forgetting_an_earlier_crossing_leaves_a_later_one() -> None:
    known, scene = Sightings(), crossing(1)
    known.note(scene.open, at=NOW)
    known.note(scene.open, at=NOW + 5)
    known.forget(scene.open, at=NOW)
    assert [one.at for one in known.of(digests(scene), now=NOW + 9)] == [NOW + 5]


def test_the_oldest_leave_first_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sightings, "MOST", 2)
    known = Sightings()
    scenes = [crossing(token) for token in (1, 2, 3)]
    for scene in scenes:
        known.note(scene.open, at=NOW)
    assert [bool(known.of(digests(scene), now=NOW)) for scene in scenes] == [False, True, True]
