"""Every text has Chinese words, with the same placeholders, in one fragment only, compiled."""

from __future__ import annotations

from pathlib import Path

import pytest
import translations

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
WELCOME = 'msgid "Lane {lane} is open"\nmsgstr "{lane} 号车道已开放"\n\n'
COUNTED = 'msgid "{count} person"\nmsgid_plural "{count} people"\nmsgstr[0] "{count} 人"\n\n'
USED = {
    ("Lane {lane} is open",): "checkpoint_app/x.py:1",
    ("{count} person", "{count} people"): "checkpoint_app/x.py:2",
}


@pytest.fixture
def language(tmp_path: Path) -> Path:
    """A language with two correct fragments, compiled."""
    folder = tmp_path / "zh_CN"
    (folder / "LC_MESSAGES").mkdir(parents=True)
    (folder / "lane.po").write_text(HEADER + WELCOME, encoding="utf-8")
    (folder / "people.po").write_text(HEADER + COUNTED, encoding="utf-8")
    build(folder)
    return folder


def build(folder: Path) -> None:
    (folder / translations.COMPILED).write_bytes(translations.compiled(folder))


def found(folder: Path) -> list[str]:
    return list(translations.complaints(folder, USED))


def test_complete_words_are_not_complained_about(language: Path) -> None:
    assert found(language) == []


def test_the_compiled_bytes_are_the_same_wherever_they_are_made(language: Path) -> None:
    once = translations.compiled(language)
    (language / "people.po").unlink()
    (language / "people.po").write_text(HEADER + COUNTED, encoding="utf-8")
    assert translations.compiled(language) == once


@pytest.mark.parametrize(
    ("fragment", "complaint"),
    [
        (HEADER, "no text for 'Lane {lane} is open'"),
        (HEADER + WELCOME.replace("{lane} 号车道已开放", "车道已开放"), "other placeholders"),
        (HEADER + WELCOME.replace("{lane} 号", "{lane:d} 号"), "other placeholders"),
        (HEADER + WELCOME.replace("{lane} 号", "{lane 号"), "other placeholders"),
        (HEADER + WELCOME.replace("{lane} 号车道已开放", ""), "empty text"),
        (HEADER + "#, fuzzy\n" + WELCOME, "no text for 'Lane {lane} is open'"),
        (HEADER + WELCOME + 'msgid "Old words"\nmsgstr "旧词"\n', "nobody says 'Old words'"),
        (HEADER + WELCOME + COUNTED.replace("人", "个人"), "is another text in"),
    ],
)
def test_a_flaw_in_a_fragment_is_named(language: Path, fragment: str, complaint: str) -> None:
    (language / "lane.po").write_text(fragment, encoding="utf-8")
    build(language)
    assert any(complaint in line for line in found(language)), found(language)


def test_words_that_were_not_compiled_are_noticed(language: Path) -> None:
    (language / "lane.po").write_text(HEADER + WELCOME.replace("开放", "启用"), encoding="utf-8")
    assert [line for line in found(language) if "is not up to date" in line]
    build(language)
    assert found(language) == []


def test_literals_are_found_in_every_kind_of_call(tmp_path: Path) -> None:
    source = '_("one {a}").format(a=1)\nngettext("{n} car", "{n} cars", n)\nN_("later")\nother("not this")\n'
    (tmp_path / "page.py").write_text(source, encoding="utf-8")
    assert set(translations.extracted(tmp_path)) == {("one {a}",), ("{n} car", "{n} cars"), ("later",)}
