"""Everything that ships is named, with a text that is there."""

from __future__ import annotations

import re
import tomllib

from checkpoint_app.config import resources_root

FOLDER = resources_root() / "licences"
LISTING = (FOLDER / "README.md").read_text(encoding="utf-8")


def test_every_run_time_dependency_is_listed() -> None:
    project = tomllib.loads((resources_root().parent / "pyproject.toml").read_text(encoding="utf-8"))[
        "project"
    ]
    names = [re.split(r"[<>=~!;\[ ]", line)[0] for line in project["dependencies"]]
    assert names
    assert [name for name in names if name.lower() not in LISTING.lower()] == []


def test_every_named_text_is_there_and_is_a_text() -> None:
    named = set(re.findall(r"`([\w.-]+\.txt)`", LISTING))
    assert len(named) > 10
    for name in named:
        assert len((FOLDER / name).read_text(encoding="utf-8")) > 500, name


def test_the_font_and_the_icons_keep_their_notices() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "NotoSansSC-OFL.txt").read_text(encoding="utf-8")
    assert "MIT License" in (FOLDER / "Tabler-MIT.txt").read_text(encoding="utf-8")
