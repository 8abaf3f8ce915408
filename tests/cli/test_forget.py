"""`forget`: what would go and what went, in numbers; and what the doctor says of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app import config
from checkpoint_app.bench.pages import values_left
from checkpoint_app.crypto import keychain, recovery
from checkpoint_app.services import retention
from tests.cli.desks import Post
from tests.cli.test_doctor import states


def decided(post: Post, days: int) -> None:
    config.save_settings(post.folder, replace(config.load_settings(post.folder), retention_days=days))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The days are over for everything that was written until now."""
    monkeypatch.setattr(retention, "cut", lambda *, now, zone, days: now + 1)


def test_without_an_answer_nothing_is_forgotten_and_the_doctor_says_so(post: Post) -> None:
    for words in (["forget"], ["forget", "--dry-run"]):
        answer = post.ask(*words)
        assert answer.status == 1
        assert "how long" in answer.err
    (told,) = [line for line in post.ask("--json", "doctor").records if line["about"] == "retention"]
    assert told["state"] == "note"
    assert "ever forgotten" in str(told)


@pytest.mark.usefixtures("later")
def test_a_dry_run_counts_and_changes_nothing_also_beside_the_window(post: Post) -> None:
    decided(post, 30)
    with post.opened():
        (told,) = post.ask("--json", "forget", "--dry-run").records
    assert told["people"] == 4
    head = post.head()
    assert post.ask("forget", "--dry-run").out.startswith("would be forgotten")
    assert post.head() == head


@pytest.mark.usefixtures("later")
def test_forgetting_tells_what_went_and_the_words_still_open_the_file(post: Post, tmp_path: Path) -> None:
    decided(post, 30)
    (tmp_path / "stick").mkdir()
    assert post.ask("backup", tmp_path / "stick").status == 0
    values = {"张三".encode(), "李四".encode()} & values_left(
        post.folder, (post.key,), {"张三".encode(), "李四".encode()}
    )
    assert values, "control: they were there"
    (counted,) = post.ask("--json", "forget", "--dry-run").records
    (told,) = post.ask("--json", "forget").records
    assert (told["entries"] >= counted["entries"], told["people"], told["files"]) == (True, 4, 1)
    assert list((tmp_path / "stick").iterdir()) == []
    before = post.key
    with post.opened():
        pass
    assert post.key != before
    assert values_left(post.folder, (before, post.key), values) == set()
    assert recovery.unwrap(recovery.read_recovery(post.folder), post.recovery) == keychain.load_key(
        post.folder
    )
    assert post.ask("verify").status == 0
    assert states(post.ask("--json", "doctor"))["retention"] == "ok"
