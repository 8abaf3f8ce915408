"""The entry point: exit states, words, streams; what no single command decides."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from checkpoint_app import __main__ as entry
from checkpoint_app import cli
from checkpoint_app.cli import listing, parser, words
from checkpoint_app.domain.errors import CheckpointError, Refusal, Trouble
from checkpoint_app.ui import messages
from tests.cli.desks import WHY, Post

PROGRAM = [sys.executable, "-m", "checkpoint_app"]
HEAVY = ("cv2", "sqlcipher3", "PySide6", "keyring", "pyrage")
SECRET = "11010519491231002X"
KINDS = {"Refusal", "Trouble"}


@pytest.mark.parametrize("arguments", [["bogus"], ["scan"], ["list", "plates"], ["restore", "x"], ["shift"]])
def test_wrong_use_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.main(arguments) == 2
    assert capsys.readouterr().out == ""


def test_every_word_of_the_help_is_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ([], *([name] for name in cli.COMMANDS), ["shift", "open"]):
        assert entry.main([*command, "--help", "--lang", "zh_CN"]) == 0
        told = capsys.readouterr().out
        assert told.startswith("用法：checkpoint-app")
        assert not re.findall(r"(?<!-)\b[a-z]+ [a-z]+ [a-z]+", told), told
    assert entry.main(["list", "--help", "--lang", "en"]) == 0
    assert "usage: checkpoint-app list" in capsys.readouterr().out


def test_every_command_and_option_of_the_readme_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (Path(entry.__file__).parents[1] / "README.md").read_text("utf-8")
    (told,) = (block for block in readme.split("```") if "checkpoint-app scan" in block)
    assert set(cli.COMMANDS) <= set(re.findall(r"[a-z]+", told))
    assert set(re.findall(r"checkpoint-app ([a-z]+)", told)) <= {*cli.COMMANDS, "bench"}
    helped = ""
    for command in (*cli.COMMANDS, "bench"):
        entry.main([command, "--help", "--lang", "en"])
        helped += capsys.readouterr().out
    assert set(re.findall(r"--[a-z-]+", told)) <= set(re.findall(r"--[a-z-]+", helped))


def test_help_and_version_are_status_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.main(["--help"]) == 0
    assert "restore" in capsys.readouterr().out
    assert entry.main(["--version"]) == 0
    assert entry.main(["list", "--help"]) == 0


@pytest.mark.parametrize(
    "arguments",
    [[], ["--demo"], ["--demo", "--seconds", "5"], ["--data-dir", "x", "--kiosk"], ["run", "--demo"]],
)
def test_without_a_command_the_window_is_meant(arguments: list[str]) -> None:
    found = parser.parse(["--lang", "en", *arguments])
    assert found.command == "run"
    assert found.demo is ("--demo" in arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--data-dir", "d", "--json", "shift", "show"],
        ["shift", "--data-dir", "d", "--json", "show"],
        ["shift", "show", "--data-dir", "d", "--json"],
        ["--json", "shift", "show", "--data-dir", "d"],
    ],
)
def test_what_holds_for_every_command_may_stand_anywhere(arguments: list[str]) -> None:
    found = parser.parse(["--lang", "en", *arguments])
    assert (found.data_dir, found.json) == (Path("d"), True)


def test_a_bug_is_one_sentence_without_values_and_status_3(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_rest: object) -> None:
        raise ValueError(SECRET)

    post.monkeypatch.setattr(listing, "_rows", broken)
    answer = post.ask("list", "crossings")
    assert answer.status == 3
    assert answer.err.count("\n") == 1
    assert SECRET not in answer.err + answer.out + caplog.text
    (record,) = caplog.records
    assert (record.levelno, "kind=ValueError" in record.getMessage()) == (logging.ERROR, True)
    assert SECRET not in (post.folder / "checkpoint.log").read_text("utf-8")


def test_ctrl_c_is_status_130_and_lets_the_ledger_go(post: Post) -> None:
    def stopped(*_rest: object, **_more: object) -> None:
        raise KeyboardInterrupt

    post.monkeypatch.setattr(listing, "_found", stopped)
    assert post.ask("list", "people", "--name", "张三", "--why", WHY).status == 130
    with post.opened():
        pass


def test_the_end_of_what_is_typed_is_no_bug(post: Post, tmp_path: Path) -> None:
    def ended(*_rest: object) -> str:
        raise EOFError

    post.monkeypatch.setattr("checkpoint_app.cli.recover.read_words", ended)
    assert post.ask("recovery", "prove").status == 130


def test_a_name_that_no_folder_can_have_is_no_bug(post: Post) -> None:
    answer = post.ask("--json", "doctor", at=Path("x" * 5_000))
    assert answer.status == 1
    assert {record["about"] for record in answer.records} >= {"python", "zxing", "database"}


def test_a_refusal_is_words_for_people_and_an_object_for_programs(post: Post, tmp_path: Path) -> None:
    answer = post.ask("--json", "verify", at=tmp_path / "none")
    assert answer.status == 1
    assert answer.records == [{"error": "NotSetUp", "facts": {"folder": str(tmp_path / "none")}}]
    assert answer.err.startswith("No desk in this folder")


def subclasses(kind: type[CheckpointError]) -> set[type[CheckpointError]]:
    return {kind} | {found for child in kind.__subclasses__() for found in subclasses(child)}


def test_everything_a_person_can_act_on_has_words() -> None:
    import checkpoint_app.cli.backup
    import checkpoint_app.cli.doctor
    import checkpoint_app.cli.restore
    import checkpoint_app.cli.scan
    import checkpoint_app.cli.setup  # noqa: F401

    ours = {found.__name__ for found in subclasses(Refusal) | subclasses(Trouble) if _is_ours(found)}
    assert ours - words.TABLE.keys() - messages.TABLE.keys() - KINDS == set()


def _is_ours(kind: type[CheckpointError]) -> bool:
    """Those of the window have their words there."""
    return kind.__module__.startswith("checkpoint_app") and ".ui." not in kind.__module__


def test_the_program_speaks_utf8_into_any_pipe(post: Post) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    command = [*PROGRAM, "--data-dir", str(post.folder), "--lang", "en", "--json", "list", "crossings"]
    run = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert json.loads(run.stdout.decode("utf-8").splitlines()[1])["plate"] == "豫A12345"
    assert run.stderr == b""


def test_a_reader_that_goes_away_makes_no_noise(post: Post) -> None:
    command = [*PROGRAM, "--data-dir", str(post.folder), "list", "entries"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1


def test_reading_the_command_line_loads_nothing_heavy() -> None:
    code = (
        "import sys, checkpoint_app.cli.parser as p; p.parse(['--lang', 'en', 'scan', 'x']);"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_measurements_are_listed_by_name_and_others_refused(capsys: pytest.CaptureFixture[str]) -> None:
    modules = (Path(entry.__file__).parent / "bench").glob("*.py")
    assert entry.main(["bench"]) == 0
    named = sorted(module.stem for module in modules if "\ndef run(" in module.read_text("utf-8"))
    assert [re.split(r"[ :]", line)[0] for line in capsys.readouterr().out.splitlines()] == named
    readme = (Path(entry.__file__).parents[1] / "README.md").read_text("utf-8")
    assert [name for name in named if f"`bench {name}" not in readme] == []
    assert entry.main(["bench", "traffic"]) == 2
    assert entry.main(["bench", "presentations", "many"]) == 2


def test_an_installation_without_measurements_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert entry.main(["--lang", "en", "bench", "decode"]) == 1
    assert "this installation has none" in capsys.readouterr().err


@pytest.mark.parametrize(("typed", "status"), [("https://jkm.henan.example/h5/code/abc?c=g", 0), ("zzz", 1)])
def test_judge_says_what_the_lane_would_say(post: Post, typed: str, status: int) -> None:
    answer = post.ask("--json", "judge", typed)
    assert answer.status == status
    assert answer.records[0]["verdict"] in {"not_yet", "refer"}
    lines = post.ask("--json", "judge", typed=f"{typed}\n{typed}\n".encode())
    assert [record["kind"] for record in lines.records] == [answer.records[0]["kind"]] * 2
    assert post.ask("judge", typed="").status == 1


def test_judge_goes_by_what_the_desk_requires(post: Post, tmp_path: Path) -> None:
    def asked(folder: Path) -> str:
        return post.ask("judge", "豫A12345", at=folder).out

    shipped = asked(tmp_path)
    assert "temp" in shipped
    assert asked(post.folder) == shipped
    assert post.ask("settings", "set", "required_checks", "health_code").status == 0
    assert "temp" not in asked(post.folder)


def test_a_shift_is_opened_shown_and_closed_with_its_seal(post: Post) -> None:
    assert post.ask("shift", "show").status == 1
    opened = post.ask("--json", "shift", "open", "--group", "三班", "--lead", "王建国", "--officer", "李四")
    shift = opened.records[0]["shift"]
    assert post.ask("--json", "shift", "show").records[0]["shift"] == shift
    assert post.ask("shift", "open", "--group", "四班", "--lead", "赵六", "--officer", "孙七").status == 1
    assert "{" not in post.ask("shift", "show").out
    closed = post.ask("--json", "shift", "close")
    assert closed.records[0]["closed"]
    head = closed.records[1]["head"]
    assert post.head() == head
    assert post.ask("verify", "--head", head).status == 0
    assert post.ask("--json", "shift", "show", "--shift", shift).records[0]["closed"]
