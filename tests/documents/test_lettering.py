"""Words on paper, put into a document's codes once: what is drawn reads back, rare signs and all."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from checkpoint_app.documents import lettering
from checkpoint_app.documents.faces import BOLD, REGULAR, load_fonts, shown, width
from checkpoint_app.documents.lettering import Lettering
from checkpoint_app.documents.paging import Paged
from tests.documents.reading import flat

load_fonts()


def drawn(*texts: str, bold: bool = False) -> bytes:
    out = io.BytesIO()
    canvas = Paged(lambda *_told: None, out)
    page = Lettering(canvas.letters())
    for place, words in enumerate(texts):
        page.say(40, 800 - 20 * place, words, size=9, bold=bold)
    canvas.drawText(page)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("bold", [False, True])
def test_what_is_said_reads_back(bold: bool) -> None:
    assert flat(drawn("䶮㛃𬭊喆玥", r"(a\b)", "豫A12345", bold=bold)) == r"䶮㛃𬭊喆玥(a\b)豫A12345"


def test_words_said_again_read_back_again() -> None:
    assert flat(drawn("王示范", "赵示范", "王示范")) == "王示范赵示范王示范"


def test_more_signs_than_a_face_has_codes_for_read_back() -> None:
    signs = "".join(chr(0x4E00 + place) for place in range(600))
    assert flat(drawn(signs, signs[::-1], signs)) == signs + signs[::-1] + signs


def test_words_forgotten_for_want_of_room_are_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "MOST_KEPT", 2)
    assert flat(drawn("一", "二", "三", "一")) == "一二三一"


@given(st.text(max_size=20), st.booleans())
@settings(max_examples=60)
def test_a_text_is_as_wide_as_the_face_says(text: str, bold: bool) -> None:
    words = shown(text)
    found = pdfmetrics.stringWidth(words, BOLD if bold else REGULAR, 7)
    assert width(words, 7, bold=bold) == pytest.approx(found)
