"""The seal's code is as large as a webcam needs, and another program reads it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from checkpoint_app.documents import code_square, signing, style
from checkpoint_app.documents.handover import render_handover
from tests.documents import shifts
from tests.documents.reading import pages


@pytest.mark.parametrize("text", [shifts.SHORT_PROOF, shifts.LONG_PROOF, "CPS1:A"])
def test_a_code_is_twenty_millimetres_and_its_modules_are_three_tenths(text: str) -> None:
    most = style.WIDTH - 2 * signing.SIGN_WIDE - 90
    code = code_square.code_of(text, most=most)
    side = code.side(most)
    assert side >= 20 * style.MM
    assert side / len(code.rows) >= 0.3 * style.MM
    quiet = code_square.QUIET
    assert quiet == 4
    assert not any(any(row) for row in code.rows[:quiet])
    assert not any(row[place] for row in code.rows for place in range(quiet))


def test_groups_are_the_first_half_of_the_hash() -> None:
    assert signing.groups(shifts.DIGEST) == ("8F3A", "91C2", "0D7E", "44B1", "5A90", "C3F7", "2216", "E8D4")


def test_the_paper_to_sign_on_is_large_enough() -> None:
    assert signing.SIGN_WIDE - 2 * signing.INSIDE >= 40 * style.MM
    assert signing.LEAST_HIGH - 16 - (28 + 10.5 + 2) >= 10 * style.MM


def test_every_code_of_the_sheet_is_read_from_its_picture(tmp_path: Path) -> None:
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.skip("no pdftoppm")
    zxing = pytest.importorskip("zxingcpp")
    numpy = pytest.importorskip("numpy")
    report = shifts.monstrous(exceptions=5)
    assert report.sealing is not None
    made = render_handover(report)
    assert made is not None
    (tmp_path / "sheet.pdf").write_bytes(made[0])
    found: set[str] = set()
    for page in (1, made[1]):
        arguments = ["-r", "150", "-gray", "-f", str(page), "-l", str(page), "-singlefile"]
        subprocess.run(
            [program, *arguments, str(tmp_path / "sheet.pdf"), str(tmp_path / f"p{page}")], check=True
        )
        data = (tmp_path / f"p{page}.pgm").read_bytes()
        _magic, wide, high, _most = data.split(maxsplit=4)[:4]
        picture = numpy.frombuffer(data[-int(wide) * int(high) :], numpy.uint8).reshape(int(high), int(wide))
        found |= {code.text for code in zxing.read_barcodes(picture)}
    assert found >= set(report.sealing.texts)


def test_a_code_of_several_says_where_the_others_are() -> None:
    many, one = render_handover(shifts.monstrous(exceptions=5)), render_handover(shifts.rich())
    assert many is not None
    assert one is not None
    assert "code 1 of 3, rest last" in pages(many[0])[0]
    assert "Code 2 of 3" in pages(many[0])[-1]
    assert "rest last" not in pages(one[0])[0]
