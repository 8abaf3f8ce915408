"""One table of colours reaches the application, its sheet and its fonts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from checkpoint_app.config import resource
from checkpoint_app.ui import lettering, theme
from checkpoint_app.ui.tokens import NIGHT, THEMES

UI = Path(theme.__file__).parent


def test_sizes_up_to_36_px_follow_the_text_scale_and_larger_ones_stay() -> None:
    scaled = theme.Look(scale=130)
    assert [scaled.px(size) for size in (14, 21, 36, 37, 160)] == [18, 27, 47, 37, 160]
    assert theme.Look(scale=115).px(14) == 16


def test_the_verdict_word_grows_on_a_finer_screen_only() -> None:
    assert theme.Look().word == 160
    assert theme.Look(mm_per_px=0.3).word == 160
    fine = theme.Look(mm_per_px=0.12).word
    assert fine * theme.INK_PER_EM * 0.12 >= theme.WORD_INK_MM


def test_both_weights_are_the_bundled_face_even_for_a_rare_name() -> None:
    for bold in (False, True):
        info = QFontInfo(lettering.font(20, bold=bold))
        assert info.family() == theme.FAMILY
        assert info.bold() is bold
    assert "Bold" in QFontDatabase.styles(theme.FAMILY)


@pytest.mark.parametrize("name", list(THEMES))
@pytest.mark.parametrize("scale", theme.SCALES)
def test_the_sheet_is_filled_completely(name: str, scale: int) -> None:
    chosen = theme.Look(next(each for each in THEMES.values() if each.name == name), scale)
    filled = theme.sheet(chosen)
    assert "@" not in filled
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", filled)]
    assert sizes
    assert min(sizes) >= theme.SMALLEST


def test_a_token_that_does_not_exist_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wrong = tmp_path / "style.qss"
    wrong.write_text("QLabel { color: @inkk@; }", encoding="utf-8")
    monkeypatch.setattr(theme, "resource", lambda _name: wrong)
    with pytest.raises(KeyError):
        theme.sheet(theme.Look())


def test_every_role_of_the_palette_is_the_same_active_and_inactive() -> None:
    made = theme.palette(NIGHT)
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Text, QPalette.ColorRole.Highlight):
        active = made.color(QPalette.ColorGroup.Active, role)
        assert made.color(QPalette.ColorGroup.Inactive, role) == active
    assert made.color(QPalette.ColorRole.Window) == QColor(NIGHT.bg)
    assert made.color(QPalette.ColorRole.Base) == QColor(NIGHT.surface)


def test_a_change_of_look_reaches_widgets_that_are_already_there(qtbot: QtBot, app: QApplication) -> None:
    label = QLabel("放行")
    qtbot.addWidget(label)
    label.show()
    assert label.fontInfo().pixelSize() == 16
    theme.apply(app, replace(theme.look(), theme=NIGHT, scale=130))
    assert label.fontInfo().pixelSize() == 21
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(NIGHT.ink)
    assert theme.look().theme is NIGHT


def test_no_widget_has_a_sheet_of_its_own() -> None:
    using = [path.name for path in UI.rglob("*.py") if "setStyleSheet" in path.read_text(encoding="utf-8")]
    assert using == ["theme.py"]


def test_no_verdict_colour_passes_through_the_sheet() -> None:
    text = resource("style.qss").read_text(encoding="utf-8")
    assert "verdict" not in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    filled = theme.sheet(theme.Look()).upper()
    amber = theme.look().theme.verdicts[1]
    assert amber.fill.upper() not in filled


def test_focus_thickens_the_border_without_moving_the_text(qtbot: QtBot) -> None:
    for widget in (QPushButton("下一步"), QLineEdit("张三")):
        qtbot.addWidget(widget)
        widget.resize(220, 48)
        widget.show()
        widget.clearFocus()
        before = _ink_start(widget)
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        assert _ink_start(widget) == before
        middle = widget.grab().toImage().pixelColor(3, 24)
        assert middle == QColor(theme.look().theme.accent)


def _ink_start(widget: QPushButton | QLineEdit) -> int:
    """First column of dark ink inside the border, on the two rows where letters are tall."""
    image = widget.grab().toImage()
    for x in range(8, image.width() - 8):
        if any(image.pixelColor(x, y).lightness() < 90 for y in range(14, 34)):
            return x
    raise AssertionError("no ink")
