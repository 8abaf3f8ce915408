"""`directive` and `desks`: published at headquarters, shown and adopted at a station, by command."""

from __future__ import annotations

import json
from pathlib import Path

from checkpoint_app import config
from tests.cli.desks import Post


def as_headquarters(post: Post) -> None:
    """The same folder in the other role: what it published is its own."""
    path = post.folder / config.SETTINGS_FILE
    path.write_text(json.dumps({**json.loads(path.read_text()), "role": "headquarters"}))


def test_a_station_does_not_publish(post: Post, tmp_path: Path) -> None:
    (tmp_path / "order.txt").write_text("今晚起逐车查验")
    answer = post.ask("directive", "publish", "order", "夜查", tmp_path / "order.txt")
    assert answer.status == 1
    assert post.ask("--json", "directive", "list").records == []


def test_what_was_published_is_listed_shown_and_adopted(post: Post, tmp_path: Path) -> None:
    as_headquarters(post)
    (tmp_path / "set.json").write_text('{"overstay_hours": 12}')
    made = post.ask(
        "--json", "directive", "publish", "settings", "参数", tmp_path / "set.json", "--number", "12号"
    )
    assert made.status == 0
    (record,) = made.records
    assert (record["version"], record["kind"], record["number"]) == (1, "settings", "12号")
    (listed,) = post.ask("--json", "directive", "list").records
    assert (listed["id"], listed["adopted"]) == (record["id"], 0)
    shown = post.ask("--json", "directive", "show", record["id"][:8]).records[0]
    assert shown["changed"][0][0] == "overstay_hours"
    assert config.load_settings(post.folder).overstay_hours != 12
    assert post.ask("directive", "adopt", record["id"][:8]).status == 0
    assert config.load_settings(post.folder).overstay_hours == 12
    assert post.ask("--json", "directive", "list").records[0]["adopted"] > 0
    again = post.ask("directive", "adopt", record["id"][:8])
    assert (again.status, again.out) == (1, "")


def test_a_content_comes_from_standard_input_and_one_that_cannot_be_read_is_refused(
    post: Post, tmp_path: Path
) -> None:
    as_headquarters(post)
    assert post.ask("directive", "publish", "notice", "通知", "-", typed="加强查验").status == 0
    (tmp_path / "bad").write_bytes(b"\xff\xfe")
    assert post.ask("directive", "publish", "notice", "通知", tmp_path / "bad").status == 1
    assert post.ask("directive", "adopt", "ffff").status == 1


def test_the_other_desks_are_told_of_and_without_any_there_is_nothing_to_send(post: Post) -> None:
    assert post.ask("--json", "desks", "show").records == []
    assert "Now: `exchange enrol`" in post.ask("desks", "show").out
    assert post.ask("desks", "exchange").status == 1
