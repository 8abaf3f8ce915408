"""The recovery sheet on paper: one A4 page with the words, the code, what they are for and where they belong.

Drawn with QPainter, so that printer and PDF get the same page. Nothing here is a window.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from checkpoint_app.domain.errors import Refusal, Trouble
from checkpoint_app.i18n import _
from checkpoint_app.ui import lettering
from checkpoint_app.ui.qr_paint import draw_qr

DPI = 300
MM = 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
SIDE, TOP, FOOT = 13.0, 10.0, 9.0
TITLE, HEADING, TEXT, SMALL, WORD = 20.0, 11.0, 10.0, 8.0, 16.0
GREY, BAR = "#EDEDED", "#777777"
COLUMNS = 3
CELL_HEIGHT = 13.0
QR_SIDE = 52.0
CODE_LINE = 25  # signs of the code in a row, to be read by eye
MOST_COPIES = 100


class SheetNotSaved(Trouble):
    """The sheet could not be written; facts: path, why."""


class SheetNotPrinted(Trouble):
    """The printer did not take the sheet; facts: printer."""


class PrinterAbsent(Refusal):
    """No printer is set up on this computer."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the paper; `made` is a date in words of the person's language, `code` fills the QR."""

    station: str
    desk: str
    made: str
    words: tuple[str, ...] = field(repr=False)
    code: str = field(repr=False)


def save_sheet(sheet: Sheet, folder: Path) -> Path:
    """A new PDF file in `folder` that only its owner may read, never in place of another.

    Raises SheetNotSaved.
    """
    data = _pdf(sheet)
    for copy in range(1, MOST_COPIES):
        ending = f"-{copy}" if copy > 1 else ""
        path = folder / f"recovery-{sheet.desk}{ending}.pdf"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            continue
        except OSError as error:
            raise SheetNotSaved(path=str(path), why=error.strerror or type(error).__name__) from error
        return path
    raise SheetNotSaved(path=str(folder), why="too many")


def print_on_default(sheet: Sheet) -> str:
    """Prints on the system's own printer without asking; returns its name.

    Raises PrinterAbsent, SheetNotPrinted.
    """
    info = QPrinterInfo.defaultPrinter()
    if info.isNull():
        raise PrinterAbsent
    print_sheet(sheet, QPrinter(info, QPrinter.PrinterMode.HighResolution))
    return info.printerName()


def print_sheet(sheet: Sheet, printer: QPrinter) -> None:
    """Raises SheetNotPrinted."""
    printer.setPageLayout(_layout())
    printer.setFullPage(True)
    printer.setDocName(f"recovery-{sheet.desk}")
    painter = QPainter()
    if not painter.begin(printer):
        raise SheetNotPrinted(printer=printer.printerName())
    try:
        _draw_scaled(painter, sheet, dots=printer.resolution())
    finally:
        if not painter.end():
            raise SheetNotPrinted(printer=printer.printerName())


def _pdf(sheet: Sheet) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageLayout(_layout())
    writer.setTitle(_("Recovery sheet {desk}").format(desk=sheet.desk))
    writer.setCreator("checkpoint-app")
    painter = QPainter(writer)
    try:
        _draw_scaled(painter, sheet, dots=DPI)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def _layout() -> QPageLayout:
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(
        size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter
    )


def _draw_scaled(painter: QPainter, sheet: Sheet, *, dots: float) -> None:
    """Coordinates are tenths of a millimetre, for sizes of letters are whole numbers."""
    painter.scale(dots / MM / 10, dots / MM / 10)
    _Page(painter).draw(sheet)


class _Page:
    """One page, written from the top down; `y` in mm."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self._y = TOP

    def draw(self, sheet: Sheet) -> None:
        self._title(sheet)
        self._words(sheet.words)
        self._code(sheet)
        self._section(
            _("What it is for"),
            (
                _(
                    "The 18 words open the ledger of this desk when its own key is lost: after a new system,"
                    " a broken disk, a forgotten passphrase."
                ),
                _("Together with a backup of the ledger they bring every record back."),
                _("Whoever has this sheet and a copy of the ledger can read everything."),
            ),
        )
        self._section(
            _("Where it belongs"),
            (
                _("In a closed envelope in the safe of the unit that keeps the records."),
                _("Not beside the computer, not photographed, not sent; delete its file once it is printed."),
                _("It is not shown again. A new sheet can be made; then this one opens nothing newer."),
            ),
        )
        self._section(
            _("How it is used"),
            (
                _("On a computer with the program: checkpoint-app restore BACKUP --recovery"),
                _("Type the words in their order, or scan the code. Capitals and spaces do not matter."),
            ),
        )
        self._signatures()
        self._foot(sheet)

    def _title(self, sheet: Sheet) -> None:
        self._line(_("Recovery sheet"), size=TITLE, bold=True, step=10.5)
        about = " · ".join((sheet.station, sheet.desk, sheet.made))
        self._line(about, size=HEADING, step=7)
        self._y += 3

    def _words(self, words: Sequence[str]) -> None:
        width = (PAGE_WIDTH - 2 * SIDE) / COLUMNS
        rows = -(-len(words) // COLUMNS)
        for place, word in enumerate(words):
            x, y = SIDE + (place // rows) * width, self._y + (place % rows) * CELL_HEIGHT
            cell = QRectF(x, y, width, CELL_HEIGHT)
            if place % 2 == 0:
                self._fill(cell, GREY)
            self._text(f"{place + 1}", QRectF(x, y, 11, CELL_HEIGHT), size=TEXT, align=lettering.RIGHT)
            self._text(word, QRectF(x + 14, y, width - 14, CELL_HEIGHT), size=WORD, bold=True)
        self._y += rows * CELL_HEIGHT + 5

    def _code(self, sheet: Sheet) -> None:
        box = QRectF(SIDE * 10, self._y * 10, QR_SIDE * 10, QR_SIDE * 10)
        draw_qr(self._painter, sheet.code, box)
        x, keep = SIDE + QR_SIDE + 6, self._y
        self._y += 4
        self._line(_("The same as a code"), size=HEADING, bold=True, step=7, x=x)
        for place in range(0, len(sheet.code), CODE_LINE):
            self._line(sheet.code[place : place + CODE_LINE], size=HEADING, step=5.6, x=x)
        self._y = keep + QR_SIDE + 3

    def _section(self, heading: str, lines: Sequence[str]) -> None:
        self._fill(QRectF(SIDE, self._y + 1, 1.3, 4.6), BAR)
        self._line(heading, size=HEADING, bold=True, step=7, x=SIDE + 3.5)
        for line in lines:
            for part in _wrap(line, TEXT, PAGE_WIDTH - 2 * SIDE - 3.5):
                self._line(part, size=TEXT, step=5.2, x=SIDE + 3.5)
        self._y += 3

    def _signatures(self) -> None:
        self._y = max(self._y, PAGE_HEIGHT - FOOT - 27)
        width = (PAGE_WIDTH - 2 * SIDE - 10) / 2
        for place, word in enumerate((_("Printed by, date"), _("Put into the safe by, date"))):
            x = SIDE + place * (width + 10)
            self._fill(QRectF(x, self._y + 12, width, 0.2), BAR)
            self._text(word, QRectF(x, self._y + 12.5, width, 5), size=SMALL)

    def _foot(self, sheet: Sheet) -> None:
        self._y = PAGE_HEIGHT - FOOT - 5
        words = _("Secret · checkpoint-app · {desk} · sheet 1 of 1").format(desk=sheet.desk)
        self._line(words, size=SMALL, step=4)

    def _line(self, text: str, *, size: float, step: float, bold: bool = False, x: float = SIDE) -> None:
        box = QRectF(x, self._y, PAGE_WIDTH - SIDE - x, step)
        self._text(text, box, size=size, bold=bold)
        self._y += step

    def _text(
        self,
        text: str,
        box: QRectF,
        *,
        size: float,
        bold: bool = False,
        align: Qt.AlignmentFlag = lettering.LEFT,
    ) -> None:
        face = _face(size, bold=bold)
        place = QRectF(box.x() * 10, box.y() * 10, box.width() * 10, box.height() * 10)
        lettering.draw(self._painter, text, face=face, rect=place, colour="#000000", align=align)

    def _fill(self, box: QRectF, colour: str) -> None:
        place = QRectF(box.x() * 10, box.y() * 10, box.width() * 10, box.height() * 10)
        self._painter.fillRect(place, QColor(colour))


def _face(points: float, *, bold: bool) -> QFont:
    """A size in points as tenths of a millimetre."""
    return lettering.font(round(points / 72 * MM * 10), bold=bold)


def _wrap(text: str, points: float, width: float) -> tuple[str, ...]:
    return lettering.wrapped(text, _face(points, bold=False), width * 10)
