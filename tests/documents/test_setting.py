"""Lines are never wider than their place and lose nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.documents.faces import shown, width
from checkpoint_app.documents.setting import NOT_FIRST, broken, shortened

TEXTS = st.text(alphabet=st.sampled_from("检查站（）。，留观 abc XY1-23\n䶮\x07<b>&"), max_size=120)
WIDE, SIZE = 80.0, 9.5


@given(TEXTS)
def test_broken_lines_fit_and_hold_every_sign(text: str) -> None:
    lines = broken(text, WIDE, SIZE)
    assert lines
    assert all(width(line, SIZE) <= WIDE + 0.01 for line in lines)
    assert "".join("".join(lines).split()) == "".join(shown(text, lines=True).split())


def test_words_stay_whole_and_no_line_begins_with_a_stop() -> None:
    lines = broken("由 Wang 带到三号车道，交给 Zhao。然后再来。", 60, 10)
    assert any("Wang" in line for line in lines)
    assert all(line[0] not in NOT_FIRST for line in lines)


def test_a_word_wider_than_the_place_falls_apart() -> None:
    lines = broken("x" * 200, WIDE, SIZE)
    assert "".join(lines) == "x" * 200
    assert len(lines) > 5


@given(TEXTS)
def test_a_shortened_text_is_one_line_that_fits_and_says_that_it_was_cut(text: str) -> None:
    short = shortened(text, WIDE, SIZE)
    whole = shown(text).strip()
    assert width(short, SIZE) <= WIDE + 0.01
    assert short == whole or (short.endswith("…") and whole.startswith(short[:-1]))
