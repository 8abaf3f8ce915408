"""Scanner or fingers, decided by how many keys come together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.ui.keyboard import ENTER, SHORTEST_SCAN, TAB, Hold, Scanned, Typed

PRINTABLE = st.characters(min_codepoint=32, max_codepoint=126)


def pressed(signs: str) -> Hold:
    hold = Hold()
    for sign in signs:
        hold.press(sign)
    return hold


@given(st.text(PRINTABLE, min_size=SHORTEST_SCAN, max_size=1200), st.sampled_from(["", ENTER, TAB]))
def test_six_or_more_together_are_a_scanners_text_without_its_ending(text: str, end: str) -> None:
    assert pressed(text + end).release() == (Scanned(text),)


@given(st.text(PRINTABLE, min_size=1, max_size=SHORTEST_SCAN - 1), st.sampled_from(["", ENTER, TAB]))
def test_fewer_are_handed_on_as_typed_with_their_ending(text: str, end: str) -> None:
    assert pressed(text + end).release() == (Typed(tuple(text + end)),)


def test_enter_and_tab_wait_only_behind_other_keys() -> None:
    hold = Hold()
    assert not hold.press(ENTER)
    assert not hold.press(TAB)
    assert hold.release() == ()
    hold.press("1")
    assert hold.press(ENTER)


def test_an_enter_inside_a_scan_is_a_line_feed() -> None:
    assert pressed("name=1\rplate=2\r").release() == (Scanned("name=1\nplate=2"),)


def test_what_was_released_is_gone() -> None:
    hold = pressed("abc")
    hold.release()
    assert hold.release() == ()
    assert not hold.waiting


def test_typing_that_piled_up_while_the_window_was_busy_is_no_scan() -> None:
    hold = Hold()
    for number, sign in enumerate("/A12345"):
        hold.press(sign, at=1000 + 120 * number)
    assert hold.release() == tuple(Typed((sign,)) for sign in "/A12345")


def test_a_scan_between_piled_up_typing_is_found() -> None:
    hold = Hold()
    hold.press("3", at=1000)
    for number, sign in enumerate("HC1:ABCDEF" + ENTER):
        hold.press(sign, at=1200 + 8 * number)
    hold.press("7", at=1500)
    assert hold.release() == (Typed(("3",)), Scanned("HC1:ABCDEF"), Typed(("7",)))
