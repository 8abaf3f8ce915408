"""A desk: its lanes, who acts, what a change of settings does to lanes that run."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.bootstrap import change_settings
from checkpoint_app.config import LaneSetting
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.words import VerdictState
from checkpoint_app.services.desk import new_action
from checkpoint_app.services.lane import Lane
from tests.domain.lanes import health
from tests.services.desks import desk_in, entries, lane_of


def judged(lane: Lane) -> VerdictState | None:
    return lane.verdict.state if lane.verdict else None


def test_actions_are_32_hex_characters_and_never_the_same() -> None:
    actions = {new_action() for _ in range(1_000)}
    assert len(actions) == 1_000
    assert {len(action) for action in actions} == {32}
    assert set("".join(actions)) <= set("0123456789abcdef")


def test_the_lead_of_the_open_shift_acts_until_somebody_signs_on(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        assert desk.by == By("G25-01.20221015.1", "01")
        desk.duty.close(waiting=0, by=desk.by).result()
        desk.resume_shift()
        assert desk.by == By()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system keeps one zone")
@pytest.mark.parametrize("zone", [0, 330, 480])
def test_a_lane_tells_times_as_this_computers_clock_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: int
) -> None:
    monkeypatch.setenv("TZ", f"XXX-{zone // 60}:{zone % 60:02}")
    time.tzset()
    try:
        with desk_in(tmp_path) as desk:
            assert desk._known().offset == zone
    finally:
        monkeypatch.undo()
        time.tzset()


def test_other_required_checks_hold_at_once_at_a_lane_that_runs(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        lane = lane_of(desk)
        lane.plate("豫A12345")
        lane.scanned(health(1).encode())
        assert judged(lane) is VerdictState.NOT_YET
        change_settings(desk, replace(desk.settings, required_checks=("health_code",)))
        lane.people(1)
        assert judged(lane) is VerdictState.PASS
        desk.ledger.keep({}).result()
        assert entries(desk, "setting_changed") == [{"settings": {"required_checks": ["health_code"]}}]


def test_a_province_of_the_settings_stands_before_typed_plates_from_now_on(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        lane = lane_of(desk)
        change_settings(desk, replace(desk.settings, province="鲁"))
        lane.plate("A12345")
        assert lane.state.open is not None
        assert lane.state.open.plate == "鲁A12345"


def test_what_an_entry_does_not_need_to_say_is_changed_without_one(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        change_settings(desk, replace(desk.settings, theme="night"))
        desk.ledger.keep({}).result()
        assert entries(desk, "setting_changed") == []
        assert desk.settings.theme == "night"


LANE = {"number": 1, "direction": "in", "camera": "rtsp://10.0.0.9/stream", "scanner": ""}


def test_a_cameras_password_is_on_no_paper(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        change_settings(
            desk, desk.settings.with_lane(LaneSetting(1, camera="rtsp://admin:geheim@10.0.0.9/stream"))
        )
        desk.ledger.keep({}).result()
        assert entries(desk, "setting_changed") == [{"settings": {"lanes": [LANE]}}]
        assert desk.settings.lanes[0].camera == "rtsp://admin:geheim@10.0.0.9/stream"
