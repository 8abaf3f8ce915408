"""The look of everything that is printed: A4 upright, black on white, two grey tones, our own two faces.

A worn laser printer and a copier must keep everything: nothing under 8 pt, no colour says anything.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, TableStyle

from checkpoint_app.documents import faces
from checkpoint_app.documents.faces import BOLD, REGULAR

MM: float = mm
PAGE: tuple[float, float] = A4
SIDE, TOP, FOOT = 13 * MM, 10 * MM, 9 * MM
WIDTH = PAGE[0] - 2 * SIDE
FOOT_HEIGHT = 9 * MM
TITLE, HEADING, TEXT, CELL, NOTE, SMALL = 20, 11, 10, 9.5, 8.5, 8
ROW = 6.4 * MM
HEAD_GREY, BAR_GREY, GRID_GREY = HexColor("#EDEDED"), HexColor("#777777"), HexColor("#C8C8C8")
BLACK = black
LINE = 0.5
BAR = 1.3 * MM
HEAD_ROOM, GAP = 22.0, 8.0
"""Points a heading takes, and points behind a table."""


def text_style(size: float = TEXT, *, bold: bool = False, right: bool = False) -> ParagraphStyle:
    """A paragraph of our face; Chinese breaks between any two characters."""
    return ParagraphStyle(
        f"{size}{bold}{right}",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * 1.35,
        alignment=2 if right else 0,
        wordWrap="CJK",
        textColor=black,
    )


def paragraph(text: str, *, size: float = TEXT, bold: bool = False, right: bool = False) -> Paragraph:
    """`text` as it is: nothing in it is markup."""
    return Paragraph(printable(text), text_style(size, bold=bold, right=right))


def struck(old: str, new: str, *, size: float = TEXT) -> Paragraph:
    """A corrected value: the new one bold, the written one struck through behind it."""
    return Paragraph(f"<b>{printable(new)}</b>  <strike>{printable(old)}</strike>", text_style(size))


def printable(text: str) -> str:
    """Escaped, with a mark for what a sheet cannot show."""
    return escape(faces.shown(text))


def table_style(*, head: bool = True) -> TableStyle:
    """Thin horizontal lines; a grey head that repeats."""
    commands: list[tuple[object, ...]] = [
        ("LINEBELOW", (0, 0), (-1, -1), LINE, BAR_GREY),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]
    if head:
        commands.append(("BACKGROUND", (0, 0), (-1, 0), HEAD_GREY))
    return TableStyle(commands)
