"""Icons are found by name, take their colour, and are rendered once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from checkpoint_app.config import ResourceMissing, resources_root
from checkpoint_app.ui import icons

NAMES = sorted(path.stem for path in (resources_root() / "icons").glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_asked_for(name: str) -> None:
    image = icons.pixmap(name, "#FF0000", 48).toImage()
    solid = [
        image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255
    ]
    assert solid
    assert all(colour == QColor("#FF0000") for colour in solid)


def test_an_icon_is_rendered_once_for_each_size_and_colour() -> None:
    first = icons.pixmap("check", "#123456", 18)
    assert icons.pixmap("check", "#123456", 18) is first
    assert icons.pixmap("check", "#123457", 18) is not first


def test_a_fine_screen_gets_more_pixels_for_the_same_size() -> None:
    made = icons.pixmap("check", "#123456", 18, dpr=2.0)
    assert (made.width(), made.deviceIndependentSize().width()) == (36, 18)


def test_an_unknown_icon_is_named() -> None:
    with pytest.raises(ResourceMissing, match="no-such-icon"):
        icons.pixmap("no-such-icon", "#000000", 18)


def test_every_icon_named_in_the_window_ships() -> None:
    sources = Path(icons.__file__).parent.glob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    used = set(re.findall(r'(?:Kind|Notice)\.\w+: "([a-z-]+)"', text))
    used |= set(re.findall(r'icons\.draw\(\s*painter, "([a-z-]+)"', text))
    assert len(used) > 8
    assert used - {"ink"} <= set(NAMES)
