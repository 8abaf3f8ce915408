"""The icons: exactly the listed ones, recolourable, small."""

from __future__ import annotations

import re

from checkpoint_app.config import resources_root
from tests.resources.scripts import load

ICONS = sorted((resources_root() / "icons").glob("*.svg"))


def test_the_folder_holds_exactly_the_listed_icons() -> None:
    assert tuple(sorted(path.stem for path in ICONS)) == load("icons").listed()


def test_every_icon_takes_its_colour_and_stroke_from_outside() -> None:
    for path in ICONS:
        text = path.read_text(encoding="utf-8")
        assert 'stroke="currentColor"' in text, path.name
        assert 'stroke-width="2"' in text, path.name
        assert 'viewBox="0 0 24 24"' in text, path.name
        assert not re.search(r"#[0-9a-fA-F]{3,6}\b|<script|href", text), path.name


def test_all_icons_together_stay_under_60_kilobytes() -> None:
    assert sum(path.stat().st_size for path in ICONS) < 60_000
