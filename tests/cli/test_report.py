"""`report`: files of a shift and a day, figures beside a running window, nothing half left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from checkpoint_app.documents import handover
from checkpoint_app.services import reporting
from tests.cli.desks import Post


@pytest.fixture
def shift(post: Post) -> str:
    post.ask("shift", "open", "--group", "三班", "--lead", "王示范", "--officer", "李示范")
    return str(post.ask("--json", "shift", "show").records[0]["shift"])


@pytest.mark.parametrize("what", ["handover", "register", "ledger", "daily"])
def test_each_sheet_becomes_a_pdf(post: Post, shift: str, tmp_path: Path, what: str) -> None:
    path = tmp_path / "sheet.pdf"
    answer = post.ask("--json", "report", what, "--shift", shift, "--pdf", path)
    assert answer.status == 0
    assert answer.records == [{"file": str(path)}]
    assert len(pypdf.PdfReader(path).pages) >= 1


def test_without_a_word_it_is_the_sheet_of_the_last_shift(post: Post, shift: str, tmp_path: Path) -> None:
    assert post.ask("report", "--pdf", tmp_path).status == 0
    (made,) = tmp_path.glob("*.pdf")
    assert made.stem == reporting.sheet_number(shift)


def test_after_a_handover_it_is_of_the_shift_that_was_handed_over(post: Post, shift: str) -> None:
    with post.opened() as desk:
        desk.handovers.close_alone(why="撤点", by=desk.by).result()
    post.ask("shift", "open", "--group", "四班", "--lead", "赵示范", "--officer", "钱示范")
    opened = str(post.ask("--json", "shift", "show").records[0]["shift"])
    assert opened != shift
    for asked, words in ((shift, ()), (opened, ("--shift", opened))):
        assert post.ask("--json", "report", "summary", *words).records[0]["shift"] == asked


def test_lists_become_workbook_and_csv(post: Post, shift: str, tmp_path: Path) -> None:
    for option, name in (("--xlsx", "all.xlsx"), ("--csv", "all.csv")):
        assert post.ask("report", "--shift", shift, option, tmp_path / name).status == 0
        assert (tmp_path / name).stat().st_size > 0


def test_summary_and_day_are_told_beside_a_running_window(post: Post, shift: str) -> None:
    with post.opened():
        told = post.ask("--json", "report", "summary", "--shift", shift).records[0]
        text = post.ask("report", "summary").out
        day = post.ask("--json", "report", "daily").records[0]
    assert (told["shift"], told["vehicles"]) == (shift, 0)
    assert text.startswith("[南大门]")
    assert "王示范" not in text
    assert "<U+" not in text
    assert len(text.splitlines()) > 2
    assert set(day["today"]) >= {"vehicles", "outcomes", "hours"}


@pytest.mark.parametrize(
    "words",
    [
        ("report",),
        ("report", "summary", "--pdf", "x.pdf"),
        ("report", "summary", "--shift", "S.20000101.1"),
        ("report", "daily", "--day", "21.11."),
        ("report", "--day", "2000-01-01", "--csv", "x.csv"),
    ],
)
def test_what_cannot_be_made_is_refused(post: Post, shift: str, words: tuple[str, ...]) -> None:
    answer = post.ask(*words)
    assert answer.status == 1
    assert answer.err.strip()


def test_ctrl_c_leaves_nothing_half(
    post: Post, shift: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_args: object, progress: Callable[[int, int], bool]) -> int:
        progress(1, 2)
        raise KeyboardInterrupt

    monkeypatch.setattr(handover, "render_handover", interrupted)
    assert post.ask("report", "--shift", shift, "--pdf", tmp_path).status == 130
    assert [each.name for each in tmp_path.iterdir()] == ["desk"]
