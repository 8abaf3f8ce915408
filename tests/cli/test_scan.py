"""`scan`: real pictures, folders and videos; recorded only after COMMIT."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.domain.words import REASONS, Direction
from checkpoint_app.scanning import devices
from checkpoint_app.storage import queries
from tests.cli import pictures
from tests.cli.desks import Post

HEALTH = "https://jkm.henan.example/h5/code/abc?c=g"
IDENTITY = "11010519491231002X"
HOSTILE = "=1+1\x1b[31m\u202egnp.exe"


def test_a_picture_gives_one_object_with_every_text_position_and_decoder(post: Post, tmp_path: Path) -> None:
    picture = pictures.save(tmp_path / "two.png", HEALTH, IDENTITY)
    answer = post.ask("--json", "scan", picture)
    (record,) = answer.records
    assert answer.status == 0
    assert record["source"] == str(picture)
    assert [code["text"] for code in record["codes"]] == [HEALTH, IDENTITY]
    assert all(len(code["position"]) == 4 and code["decoder"] for code in record["codes"])
    assert record["codes"][0]["position"][0][0] < record["codes"][1]["position"][0][0]


def test_nothing_found_is_an_empty_list(post: Post, tmp_path: Path) -> None:
    empty = pictures.save(tmp_path / "empty.png")
    film = pictures.film(tmp_path / "empty.avi")
    answer = post.ask("--json", "scan", empty, film)
    assert [(record["source"], record["codes"]) for record in answer.records] == [
        (str(empty), []),
        (str(film), []),
    ]
    assert answer.status == 0


def test_a_folder_gives_its_pictures_by_name(post: Post, tmp_path: Path) -> None:
    for name, text in (("b", "second"), ("a", "first")):
        pictures.save(tmp_path / "pictures" / f"{name}.png", text)
    answer = post.ask("--json", "scan", tmp_path / "pictures")
    assert [record["codes"][0]["text"] for record in answer.records] == ["first", "second"]


def test_a_video_gives_each_code_once_with_its_time(post: Post, tmp_path: Path) -> None:
    film = pictures.film(tmp_path / "drive.avi", "一号车", "二号车")
    answer = post.ask("--json", "scan", film)
    assert sorted(code["text"] for record in answer.records for code in record["codes"]) == [
        "一号车",
        "二号车",
    ]
    assert all(record["at_ms"] > 0 for record in answer.records)


def test_a_camera_gives_what_it_sees_until_the_time_is_over(post: Post, tmp_path: Path) -> None:
    picture = pictures.save(tmp_path / "shown.png", HEALTH)
    post.monkeypatch.setattr(
        "checkpoint_app.scanning.devices.open_device", lambda source: devices.Album((picture,), source=source)
    )
    answer = post.ask("--json", "scan", "Front camera", "--seconds", "1.5")
    assert [(record["source"], record["codes"][0]["text"]) for record in answer.records] == [
        ("Front camera", HEALTH)
    ]


def test_a_source_that_cannot_be_read_does_not_hide_the_others(post: Post, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    pictures.save(folder / "a.png", "first")
    (folder / "b.png").write_bytes(b"no picture")
    pictures.save(folder / "c.png", "third")
    answer = post.ask("--json", "scan", "no such camera", folder)
    assert [record.get("error") for record in answer.records] == [
        "SourceUnknown",
        None,
        "PictureUnreadable",
        None,
    ]
    assert answer.records[-1]["codes"][0]["text"] == "third"
    assert answer.status == 1


def test_a_folder_without_a_picture_is_told_as_that(post: Post, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = post.ask("--json", "scan", tmp_path / "empty")
    assert [record.get("error") for record in answer.records] == ["PicturesAbsent"]
    assert answer.status == 1


@pytest.mark.parametrize("name", ["x" * 5_000, "a\0b", ""], ids=["long", "null", "empty"])
def test_a_name_that_no_file_can_have_is_a_source_unknown(post: Post, tmp_path: Path, name: str) -> None:
    answer = post.ask("--json", "scan", name, pictures.save(tmp_path / "a.png", "first"))
    assert [record.get("error") for record in answer.records] == ["SourceUnknown", None]


def test_a_folder_nobody_may_look_into_does_not_hide_the_others(post: Post, tmp_path: Path) -> None:
    def closed(path: Path) -> tuple[Path, ...]:
        raise PermissionError(path)

    post.monkeypatch.setattr(devices, "pictures_of", closed)
    answer = post.ask("--json", "scan", tmp_path, pictures.save(tmp_path / "a.png", "first"))
    assert [record.get("error") for record in answer.records] == ["SourceUnknown", None]


def test_recorded_codes_of_one_picture_are_one_crossing_of_two_people(post: Post, tmp_path: Path) -> None:
    picture = pictures.save(tmp_path / "two.png", HEALTH, HEALTH.replace("abc", "def"))
    (record,) = post.ask("--json", "scan", "--record", picture).records
    saved = record["recorded"]
    with post.opened() as desk, desk.ledger.reader() as reader:
        row = queries.crossings(reader, limit=1)[0]
    assert (row.seq, row.hash, row.epoch) == (saved["seq"], saved["hash"], saved["epoch"])
    assert (row.people, row.why) == (2, "by_command")
    assert row.why in REASONS


def test_what_stood_open_in_the_lane_is_parked_before_recording(post: Post, tmp_path: Path) -> None:
    with post.opened() as desk:
        desk.lane(1, direction=Direction.IN).plate("豫C00001")
    post.ask("scan", "--record", pictures.save(tmp_path / "one.png", HEALTH))
    with post.opened() as desk:
        lane = desk.lane(1, direction=Direction.IN)
        assert [crossing.plate for crossing in lane.state.parked] == ["豫C00001"]
        with desk.ledger.reader() as reader:
            assert queries.crossings(reader, limit=1)[0].plate == ""


def test_nothing_is_recorded_while_the_window_writes(post: Post, tmp_path: Path) -> None:
    picture = pictures.save(tmp_path / "one.png", HEALTH)
    with post.opened() as desk:
        before = desk.ledger.head()
        answer = post.ask("--json", "scan", "--record", picture)
        assert desk.ledger.head() == before
    assert answer.status == 1
    assert answer.records[0]["error"] == "LedgerInUse"
    assert "Another program writes this ledger" in answer.err


@pytest.mark.parametrize("as_json", [False, True])
def test_hostile_text_is_shown_escaped(post: Post, tmp_path: Path, as_json: bool) -> None:
    picture = pictures.save(tmp_path / "evil.png", HOSTILE)
    answer = post.ask(*(["--json"] if as_json else []), "scan", picture)
    assert "\x1b" not in answer.out
    assert "\u202e" not in answer.out
    if as_json:
        assert answer.records[0]["codes"][0]["text"] in (HOSTILE, None)
    else:
        assert "<U+001B>" in answer.out


def test_without_the_escapes_a_file_name_would_act(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checkpoint_app.cli.output._harmless", str)
    assert "\x1b[2J" in post.ask("scan", pictures.save(tmp_path / "a\x1b[2J.png")).out


def test_a_file_name_cannot_move_the_cursor(post: Post, tmp_path: Path) -> None:
    picture = pictures.save(tmp_path / "a\x1b[2Jb\u202ec.png")
    answer = post.ask("scan", picture)
    assert "<U+001B>[2Jb<U+202E>c" in answer.out
    assert post.ask("--json", "scan", picture).records[0]["source"] == str(picture)


def test_a_seal_is_told_whole_for_verify(post: Post, tmp_path: Path) -> None:
    text = "CPH1:1.1:4175A144:" + "AEDE3PQ7" * 20
    told = post.ask("scan", pictures.save(tmp_path / "sheet.png", text)).out
    assert text in told
