"""Our two faces on paper: loaded once, and no sign of a text is lost without a word.

Two traps of reportlab are closed here. A character the face lacks prints as nothing, so that a name loses a
part of itself: it is written as `[U+30EDE]`. And a character above U+FFFF gets a code in the file's table for
reading back that readers take for another one: the table is made with UTF-16 units, as PDF 32000-1, 9.10.3
asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFont

from checkpoint_app.config import resource

REGULAR, BOLD = "NotoSansSC", "NotoSansSC-Bold"
CONTROL = "□"
_SPACES = frozenset(" \n\u3000")

_plain_table = ttfonts.makeToUnicodeCMap


def to_unicode(font: str, subset: Sequence[int]) -> str:
    """The table that gives back text; surrogate pairs for what lies above U+FFFF."""
    table = str(_plain_table(font, subset))
    for place, code in enumerate(subset):
        if code > 0xFFFF:
            pair = chr(code).encode("utf-16-be").hex().upper()
            table = table.replace(f"<{place:02X}> <{code:04X}>", f"<{place:02X}> <{pair}>")
    return table


@cache
def load_fonts() -> None:
    """Both faces, once a process. Raises ResourceMissing."""
    ttfonts.makeToUnicodeCMap = to_unicode
    rl_config.useA85 = 0  # binary streams: a fifth smaller and faster; nobody mails a sheet through 7 bits
    for name, file in ((REGULAR, "NotoSansSC-Regular.ttf"), (BOLD, "NotoSansSC-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(resource(f"fonts/{file}"))))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


class _Signs(dict[int, str]):
    """For `str.translate`: every sign as paper shows it; found out once for each."""

    def __missing__(self, code: int) -> str:
        self[code] = shown = _sign(chr(code), code)
        return shown


def _sign(sign: str, code: int) -> str:
    if sign.isspace():
        return sign if sign in _SPACES else " "
    if not sign.isprintable():
        return CONTROL
    return sign if _drawn(code) else f"[U+{code:04X}]"


def _drawn(code: int) -> bool:
    load_fonts()
    return all(code in pdfmetrics.getFont(face).face.charToGlyph for face in (REGULAR, BOLD))


_SIGNS = _Signs()


def shown(text: str, *, lines: bool = False) -> str:
    """`text` with a mark for what cannot be drawn; line breaks stay only where `lines` are wanted."""
    marked = text.translate(_SIGNS)
    return marked if lines or "\n" not in marked else marked.replace("\n", " ")


class _Widths(dict[str, float]):
    """Widths of a face's signs, in thousandths of the size; looked up once for each."""

    def __init__(self, face: str) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, sign: str) -> float:
        load_fonts()
        face = pdfmetrics.getFont(self._face).face
        self[sign] = wide = float(face.charWidths.get(ord(sign), face.defaultWidth))
        return wide


_WIDTHS = {False: _Widths(REGULAR).__getitem__, True: _Widths(BOLD).__getitem__}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a drawn text is, in points."""
    return sum(map(_WIDTHS[bold], text)) * size * 0.001
