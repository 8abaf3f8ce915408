"""Text in a narrow place: broken into lines as Chinese and Latin are, or shortened to one."""

from __future__ import annotations

import re
from functools import lru_cache

from checkpoint_app.documents.faces import shown, width

PIECES = re.compile(r"[!-~\u00a1-\u024f]+|.", re.DOTALL)
"""A Latin word with its signs, or one other sign."""
NOT_FIRST = frozenset("，。；：、！？）】》〉」』”’％℃°…·,.;:!?)]}%")
"""Signs no line begins with."""
NOT_LAST = frozenset("（【《〈「『“‘〔([{")
"""Signs no line ends with."""
CUT = "…"


@lru_cache(maxsize=8192)
def broken(text: str, wide: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Lines of at most `wide` points, at least one; line breaks in the text are kept."""
    text = shown(text, lines=True).strip()
    if "\n" not in text and width(text, size, bold=bold) <= wide:
        return (text,)
    found = [line for part in text.split("\n") for line in _lines(part.strip(), wide, size, bold)]
    return tuple(found)


def shortened(text: str, wide: float, size: float, *, bold: bool = False) -> str:
    """One line; what does not fit ends with …"""
    text = shown(text).strip()
    if width(text, size, bold=bold) <= wide:
        return text
    room = wide - width(CUT, size, bold=bold)
    for end, sign in enumerate(text):
        room -= width(sign, size, bold=bold)
        if room < 0:
            return text[:end].rstrip() + CUT
    return text


def _lines(text: str, wide: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    used = 0.0
    for piece in _pieces(text, wide, size, bold):
        more = width(piece, size, bold=bold)
        if used + more <= wide or not line:
            line.append(piece)
            used += more
            continue
        unfit = piece in NOT_FIRST or line[-1][-1] in NOT_LAST
        carried = [line.pop()] if unfit and len(line) > 1 else []
        lines.append("".join(line).rstrip())
        line = [*carried, piece] if carried or piece.strip() else []
        used = width("".join(line), size, bold=bold)
    return [*lines, "".join(line).rstrip()]


def _pieces(text: str, wide: float, size: float, bold: bool) -> list[str]:
    """Words, but for those that are wider than a line: they fall apart into signs."""
    found: list[str] = []
    for piece in PIECES.findall(text):
        found += piece if width(piece, size, bold=bold) > wide else [piece]
    return found
