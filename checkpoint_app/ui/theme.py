"""The look in use: theme and text scale, put on the application as fonts, palette and one style sheet."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from checkpoint_app.config import resource
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.ui.tokens import DAY, Theme

FAMILY = "Noto Sans SC"
FONT_FILES = ("fonts/NotoSansSC-Regular.ttf", "fonts/NotoSansSC-Bold.ttf")
SCALES = (100, 115, 130)
LARGEST_SCALED = 36
SMALLEST = 14
WORD = 160
WORD_NOT_YET_LATIN = 132
REFERENCE_MM_PER_PX = 0.2269
WORD_INK_MM = 31.3
INK_PER_EM = 0.945


class FontUnreadable(Trouble):
    """A shipped font file cannot be read; facts: name."""


@dataclass(frozen=True, slots=True)
class Look:
    """`scale` is one of SCALES in percent; `mm_per_px` is measured in the first start."""

    theme: Theme = DAY
    scale: int = 100
    mm_per_px: float = REFERENCE_MM_PER_PX

    def px(self, size: int) -> int:
        """Text size at this scale; sizes above 36 px are not scaled, so that the verdict word stays."""
        return size if size > LARGEST_SCALED else round(size * self.scale / 100)

    @property
    def word(self) -> int:
        """Size of the verdict word: 160 px, more where its ink would be under 31.3 mm; never under 138 px."""
        return max(WORD, math.ceil(WORD_INK_MM / self.mm_per_px / INK_PER_EM))


_look = Look()


def look() -> Look:
    return _look


def load_fonts(app: QApplication) -> None:
    """Register both faces once, before the first widget. Raises FontUnreadable, ResourceMissing."""
    if app.property("fonts_loaded"):
        return
    for name in FONT_FILES:
        if QFontDatabase.addApplicationFont(str(resource(name))) < 0:
            raise FontUnreadable(name=name)
    app.setProperty("fonts_loaded", True)


def apply(app: QApplication, chosen: Look) -> None:
    """Put `chosen` on the whole application, once per change; painted widgets read `look()` and repaint."""
    global _look
    load_fonts(app)
    _look = chosen
    font = QFont(FAMILY)
    font.setPixelSize(chosen.px(16))
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(font)
    app.setPalette(palette(chosen.theme))
    app.setStyleSheet(sheet(chosen))


def sheet(chosen: Look) -> str:
    """The style sheet with every @token@ and @px(n)@ filled; KeyError for a token that does not exist."""
    template = resource("style.qss").read_text(encoding="utf-8")
    tokens = {field.name: getattr(chosen.theme, field.name) for field in fields(Theme)}
    sized = re.sub(r"@px\((\d+)\)@", lambda found: f"{chosen.px(int(found[1]))}px", template)
    return re.sub(r"@(\w+)@", lambda found: str(tokens[found[1]]), sized)


def palette(theme: Theme) -> QPalette:
    """Every colour role from the tokens; Active and Inactive are the same, Disabled uses `ink3`."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.bg,
        role.WindowText: theme.ink,
        role.Base: theme.surface,
        role.AlternateBase: theme.sunken,
        role.Text: theme.ink,
        role.PlaceholderText: theme.ink3,
        role.Button: theme.surface,
        role.ButtonText: theme.ink,
        role.BrightText: theme.onprimary,
        role.ToolTipBase: theme.surface,
        role.ToolTipText: theme.ink,
        role.Highlight: theme.sel,
        role.HighlightedText: theme.ink,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Accent: theme.accent,
        role.Light: theme.surface,
        role.Midlight: theme.sunken,
        role.Mid: theme.line,
        role.Dark: theme.edge,
        role.Shadow: theme.edge,
    }
    made = QPalette()
    for name, colour in colours.items():
        made.setColor(QPalette.ColorGroup.All, name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.ink3))
    return made
