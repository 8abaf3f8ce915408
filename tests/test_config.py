"""Where things are, and what a desk may be set to."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app import config
from checkpoint_app.config import ENV_DATA_DIR, SETTINGS_FILE, LaneSetting, ResourceMissing, Settings

GOOD = Settings(
    station="南大门 G107",
    desk="G107-N-1",
    lanes=(LaneSetting(1, camera="2"), LaneSetting(3, "out", scanner="by-id/usb-scanner")),
    required_checks=("temperature",),
    class_checks={"bus": ("health_code",), "special": ()},
)


def written(folder: Path, text: str | bytes) -> Settings:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / SETTINGS_FILE).write_bytes(data)
    return config.load_settings(folder)


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    config.save_settings(tmp_path / "new", GOOD)
    assert config.load_settings(tmp_path / "new") == GOOD
    assert GOOD.complete


def test_without_a_file_the_first_start_is_not_answered(tmp_path: Path) -> None:
    assert config.load_settings(tmp_path) == Settings()
    assert not Settings().complete
    assert not Settings(station="x").complete


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "null", b"\xff\xfe", "[" * 100_000])
def test_a_file_that_is_none_gives_defaults_and_says_so(tmp_path: Path, text: str | bytes) -> None:
    assert written(tmp_path, text) == Settings(bad=(SETTINGS_FILE,))


WRONG = {
    "station": 7,
    "desk": "g107",
    "province": "",
    "language": [],
    "lanes": [{"number": 1}, {"number": 1}],
    "theme": "pink",
    "theme_by": "moon",
    "latitude": 91,
    "pixel_um": 3,
    "test_window_hours": 0,
    "volume": 101,
    "scale": 115.0,
    "key_place": ["open_file"],
    "tally_allowed": 1,
    "sheet_proved": "yes",
    "required_checks": ["temperature", "tarot"],
    "class_checks": {"tram": []},
    "remeasure_minutes": 0,
    "retention_days": -1,
    "pairing": 1,
    "overstay_hours": 0,
    "lock_minutes": 241,
    "leads_needed": -1,
    "longest_duty_hours": 0,
    "least_rest_hours": 73,
    "daily_hour": 24,
    "role": "guest",
    "exchange_folder": 7,
    "exchange_minutes": 241,
    "silence_hours": 0,
}


@pytest.mark.parametrize("name", WRONG)
def test_a_value_that_does_not_fit_is_named_and_replaced_by_its_default(tmp_path: Path, name: str) -> None:
    plain = {"station": "x", "desk": "D1"}
    found = written(tmp_path, json.dumps({**plain, name: WRONG[name]}))
    assert found.bad == (name,)
    assert getattr(found, name) == getattr(Settings(), name)


@pytest.mark.parametrize(
    "lanes",
    [
        [],
        [{"number": 1}, {"number": 2}, {"number": 3}, {"number": 4}, {"number": 5}],
        [{"number": 17}],
        [{"direction": "in"}],
        [{"number": 1, "direction": "up"}],
        [{"number": 1, "camera": 2}],
        [{"number": 1, "colour": "red"}],
        ["1"],
    ],
)
def test_lanes_that_cannot_be_are_replaced_by_one(tmp_path: Path, lanes: list[object]) -> None:
    found = written(tmp_path, json.dumps({"station": "x", "desk": "D1", "lanes": lanes}))
    assert (found.lanes, found.bad) == ((LaneSetting(1),), ("lanes",))


def test_the_one_lane_of_the_first_version_is_taken_over(tmp_path: Path) -> None:
    found = written(tmp_path, json.dumps({"lane": 4, "direction": "out", "camera": "C270"}))
    assert (found.lanes, found.bad, found.unknown) == ((LaneSetting(4, "out", "C270"),), (), {})


def test_a_lane_is_changed_or_added_in_the_order_of_numbers() -> None:
    changed = GOOD.with_lane(LaneSetting(2)).with_lane(LaneSetting(1, "out"))
    assert [(lane.number, lane.direction) for lane in changed.lanes] == [(1, "out"), (2, "in"), (3, "out")]
    assert changed.lane(9) == LaneSetting(9)


def test_every_setting_has_a_wrong_value_above() -> None:
    assert set(WRONG) == {one.name for one in fields(Settings)} - {"unknown", "bad"}


def test_what_a_newer_version_wrote_is_kept(tmp_path: Path) -> None:
    found = written(tmp_path, json.dumps({"station": "x", "moon": {"phase": 1}}))
    config.save_settings(tmp_path, found)
    assert json.loads((tmp_path / SETTINGS_FILE).read_text("utf-8"))["moon"] == {"phase": 1}


@given(
    st.dictionaries(
        st.sampled_from(sorted(WRONG)) | st.text(max_size=5),
        st.none() | st.integers() | st.text() | st.lists(st.text(max_size=3)),
    )
)
def test_no_content_stops_the_start(content: dict[str, object]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        found = written(Path(folder), json.dumps(content))
        config.save_settings(Path(folder), found)
        again = config.load_settings(Path(folder))
    assert (again.station, again.lanes, again.unknown) == (found.station, found.lanes, found.unknown)


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.save_settings(tmp_path, GOOD)

    def fail(_file: int) -> None:
        raise OSError

    monkeypatch.setattr("checkpoint_app.config.os.fsync", fail)
    with pytest.raises(OSError):  # noqa: PT011 - any
        config.save_settings(tmp_path, Settings(station="other", desk="D2"))
    assert config.load_settings(tmp_path) == GOOD


def test_the_data_folder_is_what_was_named_then_what_the_environment_says_then_the_systems(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ENV_DATA_DIR, "/from/environment")
    assert config.data_dir("/named") == Path("/named")
    assert config.data_dir() == Path("/from/environment")
    monkeypatch.delenv(ENV_DATA_DIR)
    assert config.data_dir().name == "checkpoint-app"


def test_the_demonstration_never_has_the_real_desks_folder() -> None:
    assert config.data_dir("/named", demo=True) == Path("/named/demo")


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../b", "a//b", "", "a\\b", "./a"])
def test_a_resource_never_leaves_its_folder(name: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the name itself
        config.resource(name)


def test_a_resource_that_is_not_there_is_named() -> None:
    with pytest.raises(ResourceMissing) as missing:
        config.resource("no/such.file")
    assert missing.value.facts == {"name": "no/such.file"}


def test_a_frozen_build_has_its_resources_inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert config.resources_root() == tmp_path / "resources"


def test_a_computer_has_one_name_and_an_invented_address_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert config.machine() == config.machine()
    monkeypatch.setattr("pathlib.Path.is_file", lambda _path: False)
    monkeypatch.setattr("uuid.getnode", lambda: 0x010000000000)
    assert config.machine() == ""
    monkeypatch.setattr("uuid.getnode", lambda: 0x020000000001)
    assert len(config.machine()) == 16


def test_what_another_desk_may_have_holds_no_login_and_nothing_of_this_key() -> None:
    lanes = (LaneSetting(1, camera="rtsp://admin:geheim@10.0.0.9/a"),)
    shared = config.for_others(Settings(station="x", desk="N-1", key_place="keyring", lanes=lanes))
    assert "geheim" not in json.dumps(shared)
    assert not {"key_place", "sheet_proved"} & set(shared)
    assert config.from_plain(shared).lanes[0].camera == "rtsp://10.0.0.9/a"
    assert "geheim" in json.dumps(config.as_plain(Settings(lanes=lanes))), "so the check above can fail"


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [("volume", 40, True), ("volume", "40", False), ("retention_days", 30, True), ("moon", 1, False)],
)
def test_one_value_is_judged_as_the_file_is(name: str, value: object, fits: bool) -> None:
    assert config.fits(name, value) is fits


@pytest.mark.parametrize(
    ("link", "left"),
    [
        ("rtsp://admin:geheim@10.0.0.9/a", "rtsp://10.0.0.9/a"),
        ("RTSP://admin:geheim@10.0.0.9/a", "RTSP://10.0.0.9/a"),
        ("rtsp://admin:geh/eim@10.0.0.9/a", "rtsp://10.0.0.9/a"),
        ("rtsp://admin:geh@eim@10.0.0.9/a", "rtsp://10.0.0.9/a"),
        ("http://10.0.0.9/cgi?channel=1&pwd=geheim&x=2", "http://10.0.0.9/cgi?channel=1&pwd=&x=2"),
        ("http://10.0.0.9/cgi?usr=admin&Password=geheim", "http://10.0.0.9/cgi?usr=&Password="),
        ("rtsp://10.0.0.9/user=admin&password=geheim&channel=1", "rtsp://10.0.0.9/user=&password=&channel=1"),
        ("rtsp://10.0.0.9/cam?channel=1&subtype=0", "rtsp://10.0.0.9/cam?channel=1&subtype=0"),
        ("USB@camera", "USB@camera"),
    ],
)
def test_a_link_without_its_login_has_no_user_and_no_password(link: str, left: str) -> None:
    assert config.without_login(link) == left


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\u2028", "\x85"])
def test_a_stations_name_written_in_two_lines_is_read_as_one(tmp_path: Path, sign: str) -> None:
    found = written(tmp_path, json.dumps({"station": f"south{sign}gate", "desk": "D1"}))
    assert (found.station, found.bad) == ("south gate", ())
    assert not config.fits("station", f"south{sign}gate")
    assert config.fits("station", "south gate")
