"""What is printed: nothing acts on a terminal, JSON comes back unchanged, columns stand in line."""

from __future__ import annotations

import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from checkpoint_app.cli import output
from checkpoint_app.cli.times import TimeUnreadable, parse_time

NOW = 1_795_292_980_000
ACTING = {"Cc", "Cf", "Co", "Cn", "Zl", "Zp"}
TEXTS = some.text(some.characters(exclude_categories=["Cs"]), max_size=60)


def printed(what: object) -> str:
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", stream)
        if isinstance(what, str):
            output.say(what)
        else:
            output.emit({"text": what["text"]})  # type: ignore[index]
    return stream.getvalue().removesuffix("\n")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "lines"), [(Terminal(), 3), (io.StringIO(), 0)], ids=["seen", "piped"])
def test_long_work_is_told_now_and_then_and_only_to_somebody_who_watches(
    stream: io.StringIO, lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("sys.stderr", stream)
    progress = output.Progress("{count} done", clock=lambda: now[0])
    for count in range(70):
        now[0] += 0.1
        assert progress(count)
    assert stream.getvalue().count(" done\n") == lines


@given(TEXTS)
def test_json_comes_back_as_it_went_in_and_acts_on_nothing(text: str) -> None:
    line = printed({"text": text})
    assert json.loads(line) == {"text": text}
    assert not {unicodedata.category(character) for character in line} & ACTING


@given(TEXTS)
def test_a_line_for_people_stays_one_line_and_acts_on_nothing(text: str) -> None:
    assert not {unicodedata.category(character) for character in printed(text)} & ACTING


def test_columns_count_chinese_characters_as_two(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(("a", "b"), [("豫A", "x"), ("ab", "y")])
    assert capsys.readouterr().out == "a    b\n豫A  x\nab   y\n"


@pytest.mark.parametrize(
    ("text", "ago"), [("90min", 5_400_000), ("8h", 28_800_000), ("3d", 259_200_000), (" 1 d ", 86_400_000)]
)
def test_how_long_ago(text: str, ago: int) -> None:
    assert parse_time(text, now=NOW) == NOW - ago


def test_days_and_times_of_today() -> None:
    midnight = parse_time("00:00", now=NOW)
    assert parse_time("8:30", now=NOW) == midnight + 30_600_000
    assert parse_time("2026-11-21T08:30:00+08:00", now=NOW) == 1_795_221_000_000
    assert parse_time("2026-11-22", now=NOW) - parse_time("2026-11-21", now=NOW) in (
        82_800_000,
        86_400_000,
        90_000_000,
    )


@pytest.mark.parametrize("text", ["", "soon", "25:00", "2026-13-01", "9" * 7 + "d", "-1h", "0001-01-01"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(TimeUnreadable):
        parse_time(text, now=NOW)
