"""`settings` and `setup --from`: one file fills another desk, and a change that matters is an entry."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app import config
from checkpoint_app.config import LaneSetting
from checkpoint_app.domain.words import Direction, Outcome, VehicleClass
from tests.cli.desks import Post


def entries(post: Post, kind: str) -> int:
    with post.opened() as desk, desk.ledger.reader() as connection:
        return int(connection.execute("SELECT count(*) FROM entry WHERE kind = ?", (kind,)).fetchone()[0])


def test_every_setting_is_shown_by_the_name_that_changes_it(post: Post) -> None:
    shown = post.ask("settings", "show")
    assert {line.split()[0] for line in shown.out.splitlines()[1:]} == set(config.NAMES)
    assert post.ask("--json", "settings", "show").records[0]["station"] == "南大门"


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("retention_days", "30", 30),
        ("required_checks", "temperature,health_code", ["temperature", "health_code"]),
        ("required_checks", '["temperature"]', ["temperature"]),
        ("station", "北门", "北门"),
        ("station", "7", "7"),
        ("pairing", "true", True),
    ],
)
def test_a_change_is_kept_and_written_into_the_ledger(
    post: Post, name: str, typed: str, kept: object
) -> None:
    before = entries(post, "setting_changed")
    answer = post.ask("--json", "settings", "set", name, typed)
    assert (answer.status, answer.records[0]["after"]) == (0, kept)
    assert config.as_plain(config.load_settings(post.folder))[name] == kept
    assert entries(post, "setting_changed") == before + 1


def test_a_file_changed_by_hand_is_written_into_the_ledger_at_the_next_start_and_once(post: Post) -> None:
    with post.opened():
        pass
    before = entries(post, "setting_changed")
    config.save_settings(post.folder, replace(config.load_settings(post.folder), required_checks=()))
    for _ in range(2):
        with post.opened() as desk:
            assert not desk.rules.required_of(VehicleClass.CAR), "control: it counts"
    assert entries(post, "setting_changed") == before + 1
    config.save_settings(post.folder, replace(config.load_settings(post.folder), theme="night"))
    with post.opened():
        pass
    assert entries(post, "setting_changed") == before + 1


def test_the_look_is_no_matter_for_the_ledger(post: Post) -> None:
    before = entries(post, "setting_changed")
    assert post.ask("settings", "set", "theme", "night").status == 0
    assert entries(post, "setting_changed") == before


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("moon", "1", "No such setting: moon"),
        ("volume", "101", "Cannot be set to this: volume = 101"),
        ("retention_days", "many", "Cannot be set to this"),
        ("required_checks", "tarot", "Cannot be set to this"),
        ("desk", "OTHER-1", "belongs to the ledger"),
        ("key_place", "open_file", "belongs to the ledger"),
    ],
)
def test_what_no_desk_can_be_set_to_changes_nothing(post: Post, name: str, typed: str, words: str) -> None:
    before = (post.folder / "desk.json").read_bytes()
    answer = post.ask("settings", "set", name, typed)
    assert (answer.status, words in answer.err) == (1, True), answer.err
    assert (post.folder / "desk.json").read_bytes() == before


def test_one_file_fills_another_desk_without_key_and_login(post: Post, tmp_path: Path) -> None:
    lanes = (LaneSetting(2, "out", "rtsp://admin:geheim@10.0.0.9/a"), LaneSetting(3))
    known = replace(config.load_settings(post.folder), lanes=lanes, retention_days=30, volume=60)
    config.save_settings(post.folder, known)
    file = tmp_path / "south.json"
    assert post.ask("settings", "export", file).status == 0
    assert "geheim" not in file.read_text(encoding="utf-8")
    other = tmp_path / "other"
    answer = post.ask("setup", "--from", file, "--desk", "N-2", "--key-place", "open-file", at=other)
    assert answer.status == 0
    made = config.load_settings(other)
    open_lanes = (LaneSetting(2, "out", "rtsp://10.0.0.9/a"), LaneSetting(3))
    assert made == replace(known, desk="N-2", lanes=open_lanes, key_place="open_file")


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_change_of_the_lanes_shows_no_password_of_a_camera(post: Post, form: tuple[str, ...]) -> None:
    lanes = (LaneSetting(1, "in", "rtsp://admin:geheim@10.0.0.9/a"),)
    config.save_settings(post.folder, replace(config.load_settings(post.folder), lanes=lanes))
    typed = '[{"number": 1, "camera": "rtsp://admin:geheim@10.0.0.8/b"}]'
    answer = post.ask(*form, "settings", "set", "lanes", typed)
    assert (answer.status, "10.0.0.8/b" in answer.out) == (0, True)
    assert "geheim" not in answer.out + answer.err


def test_a_file_with_a_value_that_fits_no_desk_makes_none(post: Post, tmp_path: Path) -> None:
    file = tmp_path / "desk.json"
    file.write_text(json.dumps({"station": "x", "desk": "N-1", "volume": 400}), encoding="utf-8")
    answer = post.ask("setup", "--from", file, "--key-place", "open-file", at=tmp_path / "other")
    assert (answer.status, "volume" in answer.err) == (1, True)
    assert not (tmp_path / "other" / "desk.json").exists()
    answer = post.ask("setup", "--from", tmp_path / "none.json", at=tmp_path / "other")
    assert (answer.status, "none.json" in answer.err) == (1, True)


def test_words_on_the_line_win_over_the_file(post: Post, tmp_path: Path) -> None:
    file = tmp_path / "south.json"
    post.ask("settings", "export", file)
    options = ("--desk", "N-3", "--station", "东门", "--lane", "4", "--retention-days", "14")
    post.ask("setup", "--from", file, *options, "--key-place", "open-file", at=tmp_path / "other")
    made = config.load_settings(tmp_path / "other")
    assert (made.station, made.desk, made.lanes[0].number, made.retention_days) == ("东门", "N-3", 4, 14)


def test_headquarters_is_made_by_command_and_stays_what_it_is(post: Post, tmp_path: Path) -> None:
    folder = tmp_path / "above"
    options = ("--desk", "YL-HQ", "--station", "豫联指挥部", "--key-place", "open-file")
    assert post.ask("setup", "--role", "headquarters", *options, at=folder).status == 0
    assert config.load_settings(folder).role == "headquarters"
    answer = post.ask("settings", "set", "role", "station", at=folder)
    assert answer.status == 1
    assert config.load_settings(folder).role == "headquarters"


def test_a_folder_without_a_desk_has_no_settings_to_show(post: Post, tmp_path: Path) -> None:
    assert "No desk in this folder" in post.ask("settings", "show", at=tmp_path / "none").err


@pytest.mark.parametrize("parked", [True, False])
@pytest.mark.parametrize("typed", ['[{"number": 2}]', '[{"number": 1, "direction": "out"}]'])
def test_no_lane_is_taken_away_or_turned_round_under_a_vehicle(
    post: Post, typed: str, *, parked: bool
) -> None:
    with post.opened() as desk:
        lane = desk.lane(1, direction=Direction.IN)
        lane.plate("豫A11111")
        if parked:
            lane.park()
    answer = post.ask("--json", "settings", "set", "lanes", typed)
    assert (answer.status, answer.records[-1]["error"]) == (1, "LaneBusy")
    assert config.load_settings(post.folder).lanes == (LaneSetting(1),)
    more = '[{"number": 1}, {"number": 2, "direction": "out"}]'
    assert post.ask("settings", "set", "lanes", more).status == 0
    with post.opened() as desk:
        lane = desk.lane(1, direction=Direction.IN)
        if parked:
            lane.resume(1)
        lane.end(Outcome.TURNED_BACK).written.result()
    assert post.ask("settings", "set", "lanes", '[{"number": 2}]').status == 0


def test_a_stations_name_is_one_line(post: Post) -> None:
    answer = post.ask("--json", "settings", "set", "station", "south\ngate")
    assert answer.status == 1
    assert config.load_settings(post.folder).station == "南大门"
