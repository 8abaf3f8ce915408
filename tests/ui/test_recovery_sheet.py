"""The recovery sheet on paper: written, then read back as text and as a picture."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from checkpoint_app import i18n
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.devices import load_picture
from checkpoint_app.ui.qr_paint import QUIET, draw_qr, modules
from checkpoint_app.ui.recovery_sheet import (
    PrinterAbsent,
    Sheet,
    SheetNotPrinted,
    SheetNotSaved,
    print_on_default,
    print_sheet,
    save_sheet,
)

KEY = RecoveryKey.from_secret(bytes(range(32)))
SHEET = Sheet("南大门 G107", "G107-1", "2026-11-21", KEY.words, KEY.identity)


@pytest.fixture(autouse=True, params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    yield i18n.use(request.param)
    i18n.use("en")


def needs(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    return path


def text_of(path: Path) -> str:
    done = subprocess.run([needs("pdftotext"), "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def picture_of(path: Path, *, dots: int) -> Path:
    target = path.with_suffix("")
    command = [needs("pdftoppm"), "-r", str(dots), "-png", "-singlefile", str(path), str(target)]
    subprocess.run(command, check=True)
    return target.with_suffix(".png")


def test_the_file_says_who_what_and_every_word_with_its_number(tmp_path: Path, language: str) -> None:
    text = text_of(save_sheet(SHEET, tmp_path))
    for part in ("G107-1", "南大门", "2026-11-21", "restore"):
        assert part in text
    for number, word in enumerate(SHEET.words, 1):
        assert any(f"{number} {word}" in " ".join(line.split()) for line in text.splitlines()), (number, word)
    assert ("保险柜" if language == "zh_CN" else "safe") in text
    assert text.count("\f") == 1, "one page"


def test_the_words_read_from_the_file_give_the_key_back(tmp_path: Path) -> None:
    text = text_of(save_sheet(SHEET, tmp_path))
    found = [word for word in SHEET.words if word in text]
    assert RecoveryKey.from_words(" ".join(found)) == KEY


def test_the_code_on_the_printed_page_is_read_and_gives_the_key_back(tmp_path: Path) -> None:
    picture = load_picture(picture_of(save_sheet(SHEET, tmp_path), dots=110))
    payloads = [reading.payload.decode() for reading in Decoder().read(picture, at=0)]
    assert [RecoveryKey.from_text(payload) for payload in payloads] == [KEY]


def test_nothing_is_printed_smaller_than_eight_points_or_outside_the_margins(tmp_path: Path) -> None:
    needs("pdftotext")
    path = save_sheet(SHEET, tmp_path)
    done = subprocess.run([needs("pdftotext"), "-bbox", str(path), "-"], capture_output=True, check=True)
    boxes = [line for line in done.stdout.decode().splitlines() if "<word " in line]
    assert len(boxes) > 60
    point = 72 / 25.4
    for line in boxes:
        sides = dict(part.split("=") for part in line.replace('"', "").split()[1:5])
        left, top, right, low = (
            float(sides[name].split(">")[0]) for name in ("xMin", "yMin", "xMax", "yMax")
        )
        assert left >= 13 * point - 1, line
        assert right <= (210 - 13) * point + 1, line
        assert top >= 9 * point, line
        assert low <= (297 - 8) * point, line
        assert low - top >= 8, line


def test_a_file_is_the_owners_alone_and_never_replaces_another(tmp_path: Path) -> None:
    first, second = save_sheet(SHEET, tmp_path), save_sheet(SHEET, tmp_path)
    assert first != second
    assert first.read_bytes()[:5] == second.read_bytes()[:5] == b"%PDF-"
    if sys.platform != "win32":
        assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(SheetNotSaved):
        save_sheet(SHEET, tmp_path / "gone")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_stick_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SheetNotSaved):
        save_sheet(SHEET, tmp_path)


def test_the_printer_gets_the_same_page(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    print_sheet(SHEET, printer)
    assert text_of(tmp_path / "printed.pdf").split() == text_of(save_sheet(SHEET, tmp_path)).split()


@pytest.mark.qt_log_ignore("Returned false")
def test_a_printer_that_does_not_begin_is_said(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "gone" / "printed.pdf"))
    with pytest.raises(SheetNotPrinted):
        print_sheet(SHEET, printer)


def test_a_computer_without_a_printer_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "defaultPrinter", staticmethod(QPrinterInfo))
    with pytest.raises(PrinterAbsent):
        print_on_default(SHEET)


def test_the_words_are_in_no_text_of_the_object() -> None:
    assert not any(word in repr(SHEET) for word in SHEET.words)
    assert KEY.identity not in repr(SHEET)


@pytest.mark.parametrize("side", [120, 244, 600])
def test_a_painted_code_is_read_at_every_size(side: int, tmp_path: Path) -> None:
    image = QImage(side + 40, side + 40, QImage.Format.Format_RGB32)
    image.fill(0xFF3A424C)
    painter = QPainter(image)
    square = draw_qr(painter, KEY.identity, QRectF(20, 20, side, side))
    painter.end()
    assert square.width() <= side
    image.save(str(tmp_path / "code.png"))
    readings = Decoder().read(load_picture(tmp_path / "code.png"), at=0)
    assert [reading.payload.decode() for reading in readings] == [KEY.identity]


def test_a_code_keeps_its_quiet_zone() -> None:
    rows = modules(KEY.identity)
    edge = [
        *rows[:QUIET],
        *rows[-QUIET:],
        *([row[:QUIET] for row in rows]),
        *([row[-QUIET:] for row in rows]),
    ]
    assert not any(any(cells) for cells in edge)
