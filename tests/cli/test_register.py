"""`register`: a list goes in, somebody is looked up for a reason, somebody is struck."""

from __future__ import annotations

from pathlib import Path

from checkpoint_app.cli.register import FAULTS
from tests.cli.desks import WHY, Post
from tests.domain.test_register import ROWS
from tests.services.test_register import LIST


def listed(tmp_path: Path, text: str = LIST) -> Path:
    path = tmp_path / "居民.csv"
    path.write_bytes(text.encode("gb18030"))
    return path


def test_a_list_goes_in_and_somebody_is_found_and_struck(post: Post, tmp_path: Path) -> None:
    loaded = post.ask("--json", "register", "load", listed(tmp_path))
    assert loaded.records == [{"added": 4, "changed": 0, "same": 0, "stopped": False, "people": 4}]
    found = post.ask("--json", "register", "find", "zs", "--why", WHY)
    (someone,) = found.records
    assert (someone["name"], someone["address"]) == ("张三", "示例村1号")
    assert "示例村1号" in post.ask("register", "find", "zs", "--why", WHY).out
    struck = post.ask("--json", "register", "strike", someone["id"], "--why", "搬走了")
    assert (struck.status, struck.records[0]["struck"]) == (0, someone["id"])
    gone = post.ask("register", "find", "zs", "--why", WHY)
    assert (gone.status, gone.out) == (1, "")
    assert post.ask("verify").status == 0


def test_nobody_is_looked_up_without_a_reason(post: Post, tmp_path: Path) -> None:
    post.ask("register", "load", listed(tmp_path))
    before = post.head()
    answer = post.ask("register", "find", "zs")
    assert (answer.status, answer.out) == (1, "")
    assert "needs a reason" in answer.err
    assert post.head() == before


def test_bad_lines_are_told_each_by_number_and_nothing_goes_in(post: Post, tmp_path: Path) -> None:
    answer = post.ask("register", "load", listed(tmp_path, "张三,1\n李四,,2\n王五\n"))
    assert (answer.status, answer.out) == (1, "")
    assert "line 1: the document's number" in answer.err
    assert "line 2: this is no telephone number" in answer.err
    assert "line 3" not in answer.err
    assert post.ask("--json", "register", "load", listed(tmp_path)).records[0]["people"] == 4


def test_a_list_that_is_not_there_is_told(post: Post, tmp_path: Path) -> None:
    answer = post.ask("register", "load", tmp_path / "none.csv")
    assert (answer.status, "could not be read" in answer.err) == (1, True)


def test_every_fault_of_a_line_has_words() -> None:
    assert {fault for _, fault in ROWS} - {"empty"} | {"twice"} == set(FAULTS)
