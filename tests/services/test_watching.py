"""A folder from which bundles are taken as they appear, and left where they are."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.services.desk import Desk
from checkpoint_app.services.watching import Polled, Watching
from checkpoint_app.storage.refusals import Refused
from tests.services.desks import entries
from tests.services.recorded import record
from tests.services.stations import ABOVE, NORTH, SOUTH, Stations, know, sent, stations


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Stations]:
    with stations(tmp_path) as made:
        yield made


def watching(desk: Desk, folder: Path | str) -> Watching:
    return Watching(desk.ledger, desk.taking, folder=lambda: str(folder))


def old(path: Path) -> Path:
    """As it lies there for a while."""
    os.utime(path, (1_600_000_000, 1_600_000_000))
    return path


def test_a_bundle_that_appears_is_taken_once_and_left_there(at: Stations) -> None:
    (path,) = map(old, sent(at.north, at.road))
    watch = watching(at.above, at.road)
    (landed,) = watch.poll().taken
    assert landed.added > 0
    assert path.exists()
    assert watch.poll() == Polled()
    assert watching(at.above, at.road).poll() == Polled()
    assert len(entries(at.above, "bundle_received")) == 1


def test_a_file_that_still_grows_waits_for_the_next_look(at: Stations) -> None:
    (path,) = sent(at.north, at.road)
    whole = path.read_bytes()
    path.write_bytes(whole[:300])
    watch = watching(at.above, at.road)
    assert watch.poll() == Polled()
    path.write_bytes(whole)
    assert watch.poll() == Polled()
    assert len(watch.poll().taken) == 1
    assert entries(at.above, "bundle_refused") == []


def test_a_refused_file_is_told_once_and_tried_again_when_it_changed(at: Stations) -> None:
    (path,) = sent(at.north, at.road)
    whole = path.read_bytes()
    path.write_bytes(whole[:300])
    old(path)
    watch = watching(at.above, at.road)
    assert [error.facts["check"] for error in watch.poll().unsound] == ["envelope"]
    assert watch.poll() == Polled()
    path.write_bytes(whole)
    watch.poll()
    assert len(watch.poll().taken) == 1


def test_bundles_of_our_own_and_for_others_are_passed_over_in_silence(at: Stations) -> None:
    know(at.north, at.south)
    own = [old(path) for path in sent(at.north, at.road, to=(ABOVE,))]
    (other,) = map(old, sent(at.south, at.road, to=(ABOVE,)))
    assert watching(at.north, at.road).poll() == Polled()
    assert not [each for each in at.north.taking.recent() if isinstance(each, Refused)]
    assert all(path.exists() for path in (*own, other))


def test_what_an_unknown_desk_sent_is_taken_when_that_desk_was_enrolled(at: Stations) -> None:
    know(at.north, at.south)
    at.south.peers.revoke(NORTH, why="stolen", by=at.south.by)
    for path in sent(at.north, at.road, to=(SOUTH,)):
        old(path)
    watch = watching(at.south, at.road)
    assert [error.facts["check"] for error in watch.poll().unsound] == ["revoked"]
    know(at.north, at.south)
    assert len(watch.poll().taken) == 1


def test_a_folder_that_is_not_there_or_not_set_is_no_trouble(at: Stations) -> None:
    assert watching(at.above, "").poll() == Polled()
    assert watching(at.above, at.road / "gone").poll() == Polled()
    assert watching(at.above, "nowhere://x").poll() == Polled()


def test_a_folder_of_another_file_system_is_watched_too(at: Stations) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    (path,) = sent(at.north, at.road)
    MemoryFileSystem().pipe_file(f"/share/{path.name}", path.read_bytes())
    watch = watching(at.above, "memory://share")
    watch.poll()
    assert len(watch.poll().taken) == 1


def test_the_desk_watches_the_folder_it_is_set_to_and_ends_cleanly(at: Stations) -> None:
    at.above.settings = replace(at.above.settings, exchange_folder=str(at.road))
    record(at.north)
    for path in sent(at.north, at.road):
        old(path)
    heard: list[Polled] = []
    came = threading.Event()

    def told(polled: Polled) -> None:
        heard.append(polled)
        came.set()

    at.above.watching.told = told
    at.above.watching.start()
    assert came.wait(20)
    at.above.watching.close()
    assert [len(polled.taken) for polled in heard] == [1]
    assert not [thread for thread in threading.enumerate() if thread.name == "watching"]


def test_closing_ends_a_bundle_half_proved(at: Stations) -> None:
    (path,) = map(old, sent(at.north, at.road))
    watch = watching(at.above, at.road)
    watch.close()
    assert watch.poll() == Polled()
    assert list((at.above.folder / "staging").glob("*")) == []
    assert len(watching(at.above, at.road).poll().taken) == 1
    assert path.exists()
