"""Tables for spreadsheets: CSV and Excel, written beside their name and renamed when they are whole."""

from __future__ import annotations

import csv
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from checkpoint_app.domain.cells import guard_cell
from checkpoint_app.domain.errors import Trouble

Cell = str | int
Progress = Callable[[int], bool]
"""Gets the number of rows done; False ends the work."""

EVERY = 100
WIDEST, NARROWEST = 40, 6


class FileNotWritten(Trouble):
    """The table could not be written; facts: path, why."""


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]], *, progress: Progress) -> bool:
    """UTF-8 with a byte order mark, which spreadsheets ask for; no cell can calculate.

    False when it was ended early: nothing is left then. Raises FileNotWritten.
    """

    def write(beside: Path) -> bool:
        with beside.open("x", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([guard_cell(word) for word in head])
            for done, row in enumerate(rows, 1):
                writer.writerow([guard_cell(str(cell)) for cell in row])
                if done % EVERY == 0 and not progress(done):
                    return False
            file.flush()
            os.fsync(file.fileno())
        return True

    return _whole(path, write)


def write_xlsx(
    path: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str, progress: Progress
) -> bool:
    """A workbook of one sheet whose cells are text or whole numbers, never formulas or links.

    Put together in memory: a temporary file of the library's would leave names in the system's folder.

    False when it was ended early: nothing is left then. Raises FileNotWritten.
    """

    def write(beside: Path) -> bool:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(str(beside), {**options, "in_memory": True})
        try:
            sheet = book.add_worksheet(_sheet_name(title))
            going = _fill(book, sheet, head, rows, progress=progress)
        finally:
            book.close()
        return going

    return _whole(path, write)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook; `rows` are asked for when it is written."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_book(path: Path, tables: Iterable[Table], *, progress: Progress) -> bool:
    """A workbook of several sheets, otherwise like `write_xlsx`; `progress` gets the rows of all together."""

    def write(beside: Path) -> bool:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(str(beside), {**options, "in_memory": True})
        done = 0

        def further(rows: int) -> bool:
            return progress(done + rows)

        try:
            for table in tables:
                sheet = book.add_worksheet(_sheet_name(table.title))
                counted = _Counted(table.rows)
                if not _fill(book, sheet, table.head, counted, progress=further):
                    return False
                done += counted.count
                if not progress(done):
                    return False
        finally:
            book.close()
        return True

    return _whole(path, write)


class _Counted:
    """Rows, and how many went by."""

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self._rows:
            self.count += 1
            yield row


def _fill(
    book: Any, sheet: Any, head: Sequence[str], rows: Iterable[Sequence[Cell]], *, progress: Progress
) -> bool:
    bold = book.add_format({"bold": True, "bg_color": "#EDEDED", "bottom": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    for place, word in enumerate(head):
        sheet.set_column(place, place, _width(word), text)
        sheet.write_string(0, place, word, bold)
    sheet.freeze_panes(1, 0)
    for done, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(done, place, cell)
            else:
                sheet.write_string(done, place, cell, text)
        if done % EVERY == 0 and not progress(done):
            return False
    return True


def _whole(path: Path, write: Callable[[Path], bool]) -> bool:
    """What `write` puts beside `path` takes its place when it is whole; else nothing is left."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            whole = write(beside)
            if whole:
                beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        raise FileNotWritten(path=str(path), why=why) from error
    return whole


def _width(word: str) -> int:
    wide = sum(2 if ord(sign) > 255 else 1 for sign in word)
    return min(max(wide + 4, NARROWEST), WIDEST)


def _sheet_name(title: str) -> str:
    """What Excel takes as the name of a sheet: 31 signs without brackets, slashes and the like."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "1"
