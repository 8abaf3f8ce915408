"""A stick pulled out at every deed of a whole export, and one that a stranger finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.storage import targets
from checkpoint_app.storage.outbox import read_outbox
from checkpoint_app.storage.targets import Target
from tests.services.sending import enrol, fill, taken
from tests.storage.desks import START, verified
from tests.storage.pulled import Count, stick

MARKERS = 500


def export(desk: Desk, place: Path, count: Count, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "open_target", lambda _url: stick(place, count))
    desk.sending.send(desk.sending.plan(), str(place), by=desk.by)


@pytest.mark.parametrize("stays", [True, False], ids=["fails once", "pulled out"])
def test_pulled_out_at_every_write_nothing_half_is_accepted_and_nothing_here_is_lost(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stays: bool
) -> None:
    monkeypatch.setattr(targets, "CHUNK", 1_024)
    place = tmp_path / "stick"
    place.mkdir()
    enrol(desk)
    fill(desk, 40)
    count = Count()
    export(desk, place, count, monkeypatch)
    whole, wanted = len(count.done), desk.ledger.head().seq
    assert count.done.count("write") > 5
    rows = 1
    for last in range(1, whole + 1):
        with pytest.raises(Trouble):
            export(desk, place, Count(last, stays=stays), monkeypatch)
        for file in place.glob("*.cpb"):
            _read, entries = taken(desk, file)  # whole, although nobody promised it
            assert len(entries) >= wanted
        with desk.ledger.reader() as reader:
            assert len(read_outbox(reader)) == rows
    export(desk, place, Count(), monkeypatch)
    assert not list(place.glob("*.part"))
    report = verified(tmp_path)
    assert report.sound
    assert report.entries == desk.ledger.head().seq


def test_a_stick_found_by_a_stranger_tells_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    enrol(desk)
    marks = [f"标记{number:03}MARKER{number * 7919:08}" for number in range(MARKERS)]
    fill(desk, 0, facts=[planted(mark) for mark in marks])
    seen: list[bytes] = []

    def look(target: Target, name: str, to: str) -> None:
        seen.extend(path.read_bytes() + path.name.encode() for path in place.iterdir())
        original(target, name, to)

    original = Target.rename
    monkeypatch.setattr(Target, "rename", look)
    sent = desk.sending.send(desk.sending.plan(), str(place), by=desk.by)
    assert sent is not None
    seen.extend(path.read_bytes() + path.name.encode() for path in place.iterdir())
    assert len(seen) == 2
    assert readable(seen, marks) == 0
    _read, entries = taken(desk, place / sent.files[0].name)  # the control: they are in it
    assert readable([entry.public + (entry.personal or b"") for entry in entries], marks) == MARKERS


def planted(mark: str) -> Fact:
    return Fact("vehicle_crossed", new_action(), START, {"note": mark}, {"plate": mark}, "S1", "7")


def readable(found: list[bytes], marks: list[str]) -> int:
    """How many of the marks stand in it, in the letters that programs use."""
    whole = b"\0".join(found)
    return sum(
        any(mark.encode(code) in whole for code in ("utf-8", "utf-16-le", "gb18030")) for mark in marks
    )
