"""Where the parts of a verdict stand for a given size of the panel; pure geometry, tested without a window.

Nothing of verdict, reason and "now" is ever cut: a long reason first takes the place of the check list, then
gets smaller, then the word gives way down to the ink a person needs at three metres.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QFont

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui import lettering
from checkpoint_app.ui.panel_text import PanelText
from checkpoint_app.ui.shapes import FOOT_INSET
from checkpoint_app.ui.theme import WORD, WORD_NOT_YET_LATIN, Look

PAD = 32
SHAPE_LEFT = 30
COLUMN_GAP = 30
WORD_GAP = 34
HEAD_TOP = 6
HEAD_EXTRA = 26
COMPACT_TOP = 18
COMPACT_EXTRA = 4
INK_NEEDED = 138
INK_SIZE_NEEDED = 146
WORD_SPACING_EM = 0.025
REASON = 32
REASON_LEAST = 20
LINE = 1.19
LAST_LINE = 1.05
CHECK_ROW = 30
CHECK_GAP = 2
ABOVE_CHECKS = 5
ABOVE_REASON_SHARE = 0.43
RISE = 2
FOOT, FOOT_FRAMED = 46, 50


@dataclass(frozen=True, slots=True)
class Head:
    """Side of the shape, size of the word's face, their common middle and their end, in px from the top."""

    side: int
    word_size: int
    centre: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PanelLayout:
    """Pixels from the panel's top left corner; `check_rows` is 0 when the list gave way."""

    head: Head
    reason_lines: tuple[str, ...]
    reason_size: int
    reason_top: float
    check_rows: int
    check_row_height: int
    checks_top: float
    foot_top: float
    foot_height: float


@dataclass(frozen=True, slots=True)
class _Attempt:
    head: Head
    size: int
    most_lines: int
    rows: int


def full_head(text: PanelText, look: Look) -> Head:
    latin_long = text.state is VerdictState.NOT_YET and text.word.isascii()
    size = look.word * WORD_NOT_YET_LATIN // WORD if latin_long else look.word
    return Head(look.word, size, HEAD_TOP + (look.word + HEAD_EXTRA) / 2, HEAD_TOP + look.word + HEAD_EXTRA)


def compact_head(text: PanelText, look: Look) -> Head:
    """The smallest head that still gives 138 px of ink (in proportion on other screens)."""
    share = look.word / WORD
    side = round(INK_NEEDED * share)
    size = min(round(INK_SIZE_NEEDED * share), full_head(text, look).word_size)
    return Head(side, size, COMPACT_TOP + side / 2, COMPACT_TOP + side + COMPACT_EXTRA)


def lay_out(text: PanelText, *, width: float, height: float, look: Look) -> PanelLayout:
    """The first arrangement that holds everything; the last one elides the reason's second line."""
    framed = text.state is not VerdictState.PASS
    foot = float(max(FOOT_FRAMED if framed else FOOT, look.px(34)))
    foot_top = height - foot - (FOOT_INSET if framed else 0)
    space = width - 2 * PAD
    for attempt in _attempts(text, look):
        lines = reason_lines(text.reason, attempt.size, space)
        fits = len(lines) <= attempt.most_lines
        if fits and attempt.head.bottom + _least_height(attempt, len(lines), look) <= foot_top:
            return _placed(attempt, lines, foot_top=foot_top, foot=foot, look=look)
    last = _Attempt(compact_head(text, look), REASON_LEAST, 2, 0)
    return _placed(last, _two(text.reason, REASON_LEAST, space), foot_top=foot_top, foot=foot, look=look)


def _attempts(text: PanelText, look: Look) -> Iterator[_Attempt]:
    full, compact = full_head(text, look), compact_head(text, look)
    size = look.px(REASON)
    rows = (len(text.checks) + 1) // 2
    for shown in range(rows, -1, -1):
        yield _Attempt(full, size, 1, shown)
    yield _Attempt(full, size, 2, 0)
    for smaller in range(size - 1, 25, -1):
        yield _Attempt(full, smaller, 1, 0)
    for head in (full, compact):
        for smaller in range(size, REASON_LEAST - 1, -1):
            yield _Attempt(head, smaller, 2, 0)


def word_face(word: str, size: int, space: float) -> QFont:
    """Chinese words are spaced by 0.025 em; nothing is smaller than 60 px."""
    spacing = 0.0 if word.isascii() else WORD_SPACING_EM
    free = space - spacing * size * len(word)
    fitting = lettering.fitted(word, size=size, least=60, space=free, bold=True).pixelSize()
    return lettering.font(fitting, bold=True, spacing=fitting * spacing)


def reason_lines(reason: str, size: int, space: float) -> tuple[str, ...]:
    return lettering.wrapped(reason, lettering.font(size, bold=True), space) if reason else ()


def _two(reason: str, size: int, space: float) -> tuple[str, ...]:
    lines = reason_lines(reason, size, space)
    rest = " ".join(lines[1:])
    return (*lines[:1], lettering.elided(rest, lettering.font(size, bold=True), space)) if rest else lines


def _row_height(look: Look) -> int:
    return max(CHECK_ROW, look.px(CHECK_ROW))


def _checks_height(rows: int, look: Look) -> float:
    return rows * _row_height(look) + (rows - 1) * CHECK_GAP if rows else 0


def _least_height(attempt: _Attempt, lines: int, look: Look) -> float:
    reason = attempt.size * (LAST_LINE + LINE * (lines - 1)) if lines else 0
    return reason + (ABOVE_CHECKS + _checks_height(attempt.rows, look) if attempt.rows else 0)


def _placed(
    attempt: _Attempt, lines: tuple[str, ...], *, foot_top: float, foot: float, look: Look
) -> PanelLayout:
    reason = len(lines) * attempt.size * LINE
    checks = ABOVE_CHECKS + _checks_height(attempt.rows, look) if attempt.rows else 0
    free = foot_top - attempt.head.bottom - reason - checks
    top = attempt.head.bottom + free * (ABOVE_REASON_SHARE if free > 0 else 0.5) - RISE
    return PanelLayout(
        head=attempt.head,
        reason_lines=lines,
        reason_size=attempt.size,
        reason_top=top,
        check_rows=attempt.rows,
        check_row_height=_row_height(look),
        checks_top=top + reason + ABOVE_CHECKS,
        foot_top=foot_top,
        foot_height=foot,
    )
