from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checkpoint_app.domain import text as texts
from checkpoint_app.domain.cells import guard_cell
from checkpoint_app.domain.masking import mask_id, mask_name, mask_phone
from checkpoint_app.domain.text import (
    ScannedTextRefused,
    flaws_of,
    for_log,
    shown_bytes,
    shown_text,
    text_of,
    whole_text,
)


def test_utf8_is_believed_first_and_gb18030_by_round_trip() -> None:
    assert text_of("检查站".encode()) == ("检查站", "utf-8")
    assert text_of("检查站".encode("gb18030")) == ("检查站", "gb18030")
    assert text_of(b"") == ("", "utf-8")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Müller", "latin-1"),
        ("José", "latin-1"),
        ("今度のバージョン", "shift_jis"),
        ("ﾃﾞｻﾞｲﾝQR", "shift_jis"),
        ("Google モバイル", "shift_jis"),
        ("“quoted”", "cp1252"),
    ],
)
def test_foreign_bytes_are_bytes_and_not_other_characters(text: str, encoding: str) -> None:
    assert text_of(text.encode(encoding)) == (None, "bytes")


@given(st.text(alphabet="检查站郑州原阳通行证健康绿码豫京沪张王李伟芳娜", min_size=3))
def test_utf8_cut_within_a_character_is_not_read_as_gb18030(text: str) -> None:
    assert text_of(text.encode()[:-1]) == (None, "bytes")


@given(st.binary(max_size=200))
@example(b"\x81\x30\x81")
@example(b"\xff")
def test_bytes_never_raise_and_texts_encode_back_to_them(payload: bytes) -> None:
    text, encoding = text_of(payload)
    assert encoding == "bytes" if text is None else text.encode(encoding) == payload


def test_more_than_a_qr_code_holds_is_refused() -> None:
    assert text_of(b"A" * 2_953) == ("A" * 2_953, "utf-8")
    with pytest.raises(ScannedTextRefused) as refused:
        text_of(b"A" * 2_954)
    assert refused.value.facts == {"reason": "too_long", "size": 2_954}


def test_flaws_come_in_a_fixed_order_and_a_clean_text_has_none() -> None:
    assert flaws_of("豫A12345 张三，ok") == ()
    assert flaws_of("\ue000\u202e\x00\u0378") == (
        "control_characters",
        "hidden_characters",
        "private_characters",
        "unassigned_characters",
    )


def test_long_texts_and_bytes_are_cut_where_they_are_shown() -> None:
    assert shown_text("豫" * 80) == "豫" * 80
    assert shown_text("豫" * 81) == "豫" * 79 + "…"
    assert shown_bytes(b"\x00\x01\xff") == "0001 ff"
    assert len(shown_bytes(b"\xff" * 3_000)) == 80


def test_a_log_has_a_digest_that_needs_the_key_and_nothing_of_the_text() -> None:
    plain = for_log("豫A12345\n放行".encode())
    assert re.fullmatch(r"scan=[0-9a-f]{6} bytes=16", plain)
    assert for_log("豫A12345\n放行".encode()) == plain
    assert for_log("豫A12345\n放行".encode(), key=b"run") != plain


@pytest.mark.parametrize(
    "cell", ["=1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a", "\t=1", "\r", "\n", " =1", "　＝1"]
)
def test_a_cell_that_would_calculate_is_guarded(cell: str) -> None:
    assert guard_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", " ", "豫A12345", "1=1", "a-b", "'=1", "36.5"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert guard_cell(cell) == cell


@given(st.text())
def test_a_guarded_cell_never_starts_with_a_sign(text: str) -> None:
    cell = guard_cell(text)
    assert cell.removeprefix("'") == text.removeprefix("'")
    assert cell.strip()[:1] not in set("=+-@＝＋－＠")


@pytest.mark.parametrize(
    ("full", "masked"),
    [("张三", "张*"), ("欧阳修远", "欧*"), ("John Smith", "J*"), (" 李四 ", "李*"), ("", "")],
)
def test_a_name_keeps_its_first_character(full: str, masked: str) -> None:
    assert mask_name(full) == masked


@pytest.mark.parametrize(
    ("full", "masked"),
    [
        ("410502199003071234", "4105**********1234"),
        ("410502900307123", "4105*******7123"),
        ("E12345678", "E1*****78"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_a_document_number_keeps_its_ends(full: str, masked: str) -> None:
    assert mask_id(full) == masked


@pytest.mark.parametrize(
    ("full", "masked"),
    [
        ("13800005678", "138****5678"),
        ("+86 138-0000-5678", "138****5678"),
        ("037165550000", "********0000"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_phone_number_keeps_its_ends(full: str, masked: str) -> None:
    assert mask_phone(full) == masked


def test_the_normal_form_is_looked_at_only_in_otherwise_clean_text(monkeypatch: pytest.MonkeyPatch) -> None:
    assert flaws_of("e\u0301\x00") == ("control_characters",)
    assert flaws_of("e\u0301") == ("not_nfc",)
    monkeypatch.setattr(texts, "is_normal", lambda text: True)
    assert flaws_of("e\u0301") == ()


def test_a_code_in_the_qr_codes_own_japanese_set_is_told_but_never_classified() -> None:
    payload = "ﾃﾞｻﾞｲﾝQR\r\nhttp://example.jp/".encode("shift_jis")
    assert whole_text(payload) == "ﾃﾞｻﾞｲﾝQR\r\nhttp://example.jp/"
    assert text_of(payload) == (None, "bytes")


def test_a_declared_character_set_is_believed_only_when_it_gives_the_same_bytes_back() -> None:
    assert whole_text("Müller".encode("latin-1"), charset="latin-1") == "Müller"
    assert whole_text(b"\xff\xfe", charset="ascii") is None
    assert whole_text(b"M\xfcller") is None


def test_more_than_any_byte_code_holds_is_told_though_the_lane_refuses_it() -> None:
    assert whole_text(b"7" * 7_089) == "7" * 7_089
