"""Cells of tables that spreadsheets open: a text never becomes a formula."""

from __future__ import annotations

FORMULA_STARTS = frozenset("=+-@＝＋－＠﹦﹢﹣﹫−\t\r\n")
"""First characters that make a spreadsheet calculate, full-width and small forms included."""

GUARD = "'"
"""Spreadsheets read what follows as text and do not show it."""


def guard_cell(text: str) -> str:
    """`text` with a leading GUARD where a spreadsheet would calculate.

    Blanks before the sign do not help: some programs trim them. The file must still be written by a CSV
    writer that quotes separators and line ends.
    """
    if text[:1] in FORMULA_STARTS and text:
        return GUARD + text
    return GUARD + text if text.lstrip()[:1] in FORMULA_STARTS and text.strip() else text
