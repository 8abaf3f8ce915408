"""One crossing on paper: what it was, what was corrected, everything that was done, and the seal's head."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import segno
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, SimpleDocTemplate, Spacer, Table

from checkpoint_app.documents import style
from checkpoint_app.documents.faces import load_fonts, shown
from checkpoint_app.documents.files import write_whole
from checkpoint_app.documents.paging import Paged, notice
from checkpoint_app.i18n import _

QR_SIDE, QUIET = 26 * mm, 4
COPY = 20


@dataclass(frozen=True, slots=True)
class Value:
    """`old` is what was first written, when that was something else."""

    label: str
    text: str
    old: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the history, in words; `number` is its entry's."""

    time: str
    title: str
    detail: str
    number: str


@dataclass(frozen=True, slots=True)
class CrossingPaper:
    """Everything that stands on the sheet, in words, masked by whoever made it.

    `head` is what the seal's code carries, blank while no seal covers the crossing; `groups` the first half
    of the head's hash to copy by hand. `notice` stands in the foot.
    """

    title: str
    about: str
    copy: str
    plate: str
    outcome: str
    values: tuple[Value, ...]
    lines: tuple[Line, ...]
    sealed: str
    head: str
    groups: tuple[str, ...]
    notice: str


def write_crossing(paper: CrossingPaper, path: Path) -> None:
    """A PDF that only its owner may read, whole or not at all. Raises PaperNotWritten, ResourceMissing."""
    write_whole(path, render(paper))


def render(paper: CrossingPaper) -> bytes:
    """The sheet as PDF."""
    load_fonts()
    out = io.BytesIO()
    sheet = SimpleDocTemplate(
        out,
        pagesize=style.PAGE,
        leftMargin=style.SIDE,
        rightMargin=style.SIDE,
        topMargin=style.TOP,
        bottomMargin=style.FOOT + style.FOOT_HEIGHT,
        title=paper.title,
        author="checkpoint-app",
    )
    sheet.build(_story(paper), canvasmaker=partial(Paged, notice(shown(paper.notice))))
    return out.getvalue()


def _story(paper: CrossingPaper) -> list[Flowable]:
    return [
        _title(paper),
        Spacer(1, 4 * mm),
        _box(paper),
        Spacer(1, 4 * mm),
        _section(_("What was recorded")),
        _values(paper.values),
        Spacer(1, 4 * mm),
        _section(_("Everything that was done")),
        _history(paper.lines),
        Spacer(1, 5 * mm),
        KeepTogether([_section(_("Seal")), _seal(paper), Spacer(1, 8 * mm), _signatures()]),
    ]


def _title(paper: CrossingPaper) -> Flowable:
    left = [
        style.paragraph(paper.title, size=style.TITLE, bold=True),
        Spacer(1, 1.5 * mm),
        style.paragraph(paper.about),
    ]
    right = style.paragraph(paper.copy, size=COPY, bold=True, right=True)
    return Table([[left, right]], colWidths=[style.WIDTH * 0.74, style.WIDTH * 0.26], style=_BARE)


def _box(paper: CrossingPaper) -> Flowable:
    cells = [
        [style.paragraph(paper.plate, size=19, bold=True), style.paragraph(paper.outcome, size=19, bold=True)]
    ]
    frame = [("BOX", (0, 0), (-1, -1), 1, black), ("TOPPADDING", (0, 0), (-1, -1), 6)]
    frame += [("BOTTOMPADDING", (0, 0), (-1, -1), 10), ("LEFTPADDING", (0, 0), (-1, -1), 10)]
    return Table(cells, colWidths=[style.WIDTH / 2] * 2, style=frame)


def _section(words: str) -> Flowable:
    bar = Drawing(style.BAR, 4.6 * mm)
    bar.add(Rect(0, 0, style.BAR, 4.6 * mm, fillColor=style.BAR_GREY, strokeColor=None))
    heading = style.paragraph(words, size=style.HEADING, bold=True)
    return Table([[bar, heading]], colWidths=[3.5 * mm, style.WIDTH - 3.5 * mm], style=_BARE)


def _values(values: Sequence[Value]) -> Flowable:
    """Two columns of labels with their values."""
    cells = [
        (
            style.paragraph(each.label, size=style.CELL),
            style.struck(each.old, each.text)
            if each.old
            else style.paragraph(each.text or "—", bold=bool(each.text)),
        )
        for each in values
    ]
    cells += [(style.paragraph(""), style.paragraph(""))] * (len(cells) % 2)
    rows = [[*cells[place], *cells[place + 1]] for place in range(0, len(cells), 2)]
    widths = [0.15, 0.35, 0.15, 0.35]
    return Table(
        rows, colWidths=[style.WIDTH * share for share in widths], style=style.table_style(head=False)
    )


def _history(lines: Sequence[Line]) -> Flowable:
    words = (_("Time"), _("What"), _("Details"))
    head = [style.paragraph(word, size=style.CELL, bold=True) for word in words]
    head.append(style.paragraph(_("Entry"), size=style.CELL, bold=True, right=True))
    rows = [
        [
            style.paragraph(line.time, size=style.CELL),
            style.paragraph(line.title, size=style.CELL, bold=True),
            style.paragraph(line.detail, size=style.CELL),
            style.paragraph(line.number, size=style.CELL, right=True),
        ]
        for line in lines
    ]
    widths = [0.2, 0.32, 0.36, 0.12]
    return Table(
        [head, *rows],
        colWidths=[style.WIDTH * share for share in widths],
        style=style.table_style(),
        repeatRows=1,
        splitInRow=0,
    )


def _seal(paper: CrossingPaper) -> Flowable:
    words: list[Flowable] = [style.paragraph(paper.sealed), Spacer(1, 2 * mm)]
    if paper.groups:
        half = len(paper.groups) // 2
        halves = (paper.groups[:half], paper.groups[half:])
        words += [style.paragraph("   ".join(row), size=13, bold=True) for row in halves]
    code: Any = _qr(paper.head) if paper.head else ""
    return Table([[words, code]], colWidths=[style.WIDTH - QR_SIDE - 6 * mm, QR_SIDE + 6 * mm], style=_BARE)


def _qr(text: str) -> Drawing:
    """The code with four modules of quiet zone around it."""
    modules = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=QUIET)]
    side = QR_SIDE / len(modules)
    drawing = Drawing(QR_SIDE, QR_SIDE)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                place = Rect(x * side, QR_SIDE - (y + 1) * side, side, side)
                place.fillColor, place.strokeColor, place.strokeWidth = black, black, 0.05
                drawing.add(place)
    return drawing


def _signatures() -> Flowable:
    """Free paper of 40 × 10 mm and more above each line."""
    words = (_("Checked by, date"), _("Received by, date"), _("Seal of the unit"))
    cells = [[""] * 3, [style.paragraph(word, size=style.SMALL) for word in words]]
    lines = [
        ("LINEBELOW", (0, 0), (0, 0), style.LINE, black),
        ("LINEBELOW", (1, 0), (1, 0), style.LINE, black),
    ]
    lines.append(("LINEBELOW", (2, 0), (2, 0), style.LINE, black))
    widths = [style.WIDTH / 3] * 3
    return Table(cells, colWidths=widths, rowHeights=[12 * mm, 6 * mm], style=lines)


_BARE = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]
