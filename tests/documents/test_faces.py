"""Nothing of a text is lost on paper: rare names print and read back, what no face has is marked."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from checkpoint_app.documents import faces
from checkpoint_app.documents.faces import BOLD, REGULAR, load_fonts, shown

RARE = "䶮㛃𬭊喆玥"


def drawn(text: str) -> str:
    load_fonts()
    out = io.BytesIO()
    canvas = Canvas(out)
    for place, face in enumerate((REGULAR, BOLD)):
        canvas.setFont(face, 12)
        canvas.drawString(72, 720 - 20 * place, text)
    canvas.save()
    return str(PdfReader(io.BytesIO(out.getvalue())).pages[0].extract_text())


def test_rare_names_have_glyphs_in_both_faces_and_read_back() -> None:
    assert shown(RARE) == RARE
    assert drawn(RARE).split() == [RARE, RARE]


def test_without_our_table_a_rare_name_reads_back_as_another(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    load_fonts()
    monkeypatch.setattr(ttfonts, "makeToUnicodeCMap", faces._plain_table)
    assert RARE not in drawn(RARE)


def test_a_character_without_glyph_is_named_and_not_left_out() -> None:
    assert shown("张𰻞") == "张[U+30EDE]"
    assert drawn(shown("张𰻞")).split() == ["张[U+30EDE]"] * 2


def test_drawn_without_a_mark_the_character_would_be_missing() -> None:
    assert "𰻞" not in drawn("张𰻞")
    assert "U+" not in drawn("张𰻞")


def test_control_signs_are_boxes_and_line_breaks_stay_where_they_are_wanted() -> None:
    assert shown("a\x00b\u202ec") == "a□b□c"
    assert shown("a\nb\tc") == "a b c"
    assert shown("a\nb", lines=True) == "a\nb"


@given(st.text(max_size=60))
def test_whatever_is_shown_can_be_drawn(text: str) -> None:
    glyphs = pdfmetrics.getFont(BOLD).face.charToGlyph
    assert all(ord(sign) in glyphs for sign in shown(text))
    assert len(shown(text)) >= len(text)
