"""Scanner or fingers, decided by the rhythm of the keys."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.ui import keyboard
from checkpoint_app.ui.keyboard import ENTER, SHORTEST_SCAN, TAB, Hold, Key, Kind, Scanned, Typed, folded

PRINTABLE = st.characters(min_codepoint=32, max_codepoint=126)
ENDS = st.sampled_from(["", ENTER, TAB])
EVERY_MS = st.sampled_from([1, 5, 15, 20])


def pressed(signs: str, *, every: int = 5, hold: Hold | None = None, at: int = 1_000) -> Hold:
    hold = hold or Hold()
    for number, sign in enumerate(signs):
        hold.press(Key(Kind.SIGN, sign, stamp=at + every * number))
    return hold


def texts(hold: Hold) -> list[tuple[str, str]]:
    return [(type(found).__name__, found.text) for found in hold.release()]


@given(st.text(PRINTABLE, min_size=SHORTEST_SCAN, max_size=1200), ENDS, EVERY_MS)
def test_six_or_more_too_fast_for_fingers_are_a_scanners_text(text: str, end: str, every: int) -> None:
    assert pressed(text + end, every=every).release() == (Scanned(text, ended=bool(end)),)


@given(st.text(PRINTABLE, min_size=1, max_size=SHORTEST_SCAN - 1), ENDS)
def test_fewer_are_handed_on_as_typed_with_their_ending(text: str, end: str) -> None:
    assert texts(pressed(text + end)) == [("Typed", text + end)]


@pytest.mark.parametrize(("count", "every", "scanned"), [(11, 29, True), (11, 31, False), (12, 59, True)])
def test_a_slow_scanner_is_known_by_twelve_signs_without_a_pause(
    count: int, every: int, scanned: bool
) -> None:
    found = (
        pressed("A1" * 6, every=every).release() if count == 12 else pressed("A" * 11, every=every).release()
    )
    assert isinstance(found[0], Scanned) is scanned


def test_enter_tab_and_function_keys_wait_only_behind_other_keys() -> None:
    hold = Hold()
    f1 = Key(Kind.OTHER, stamp=1_002)
    for alone in (Key(Kind.SIGN, ENTER), Key(Kind.SIGN, TAB), f1):
        assert not hold.press(alone)
    assert hold.release() == ()
    pressed("1", hold=hold)
    assert hold.press(f1)
    assert [key.kind for found in hold.release() if isinstance(found, Typed) for key in found.keys] == [
        Kind.SIGN,
        Kind.OTHER,
    ]


def test_a_function_key_inside_a_scan_was_never_meant() -> None:
    hold = pressed("HC1:ABC")
    hold.press(Key(Kind.OTHER, stamp=1_032))
    pressed("DEF", hold=hold, at=1_035)
    assert hold.release() == (Scanned("HC1:ABCDEF"),)


def test_an_enter_inside_a_scan_is_a_line_feed() -> None:
    assert pressed("name=1\rplate=2\r").release() == (Scanned("name=1\nplate=2", ended=True),)


def test_what_was_released_is_gone() -> None:
    hold = pressed("abc")
    hold.release()
    assert hold.release() == ()
    assert not hold.waiting


def test_typing_that_piled_up_while_the_window_was_busy_is_no_scan() -> None:
    assert texts(pressed("/A12345", every=120)) == [("Typed", sign) for sign in "/A12345"]


def test_a_scan_between_piled_up_typing_is_found() -> None:
    hold = pressed("3")
    pressed("HC1:ABCDEF" + ENTER, every=8, at=1_200, hold=hold)
    pressed("7", at=1_500, hold=hold)
    assert texts(hold) == [("Typed", "3"), ("Scanned", "HC1:ABCDEF"), ("Typed", "7")]


def test_keys_without_a_time_of_their_own_are_told_apart_by_their_arrival() -> None:
    hold = Hold()
    for number, sign in enumerate("abcdef"):
        hold.press(Key(Kind.SIGN, sign, came=keyboard.REST_MS * number))
    assert texts(hold) == [("Typed", sign) for sign in "abcdef"]


def test_stamps_of_two_clocks_are_not_compared() -> None:
    hold = Hold()
    for number, sign in enumerate("abcdef"):
        hold.press(Key(Kind.SIGN, sign, stamp=5_000_000 if number % 2 else 7, came=2 * number))
    assert texts(hold) == [("Scanned", "abcdef")]


# capitals


def with_shift(signs: str, *, caps_lock: bool = False) -> Hold:
    """As a scanner presses them: Shift, the key, at 10 ms each."""
    hold, at = Hold(), 1_000
    for sign in signs:
        shift = sign.isupper() or sign in '~!@#$%^&*()_+{}|:"<>?'
        if shift:
            hold.press(Key(Kind.SHIFT, stamp=at))
            at += 10
        shown = sign.swapcase() if caps_lock else sign
        hold.press(Key(Kind.SIGN, shown, stamp=at, shift=shift))
        at += 10
    return hold


@pytest.mark.parametrize("caps_lock", [False, True])
def test_shift_between_the_keys_and_caps_lock_change_nothing(caps_lock: bool) -> None:
    text = "HTTPS://jkm.example/Code?C=g"
    assert with_shift(text, caps_lock=caps_lock).release() == (Scanned(text),)


def test_a_word_of_six_with_shift_is_no_slower_than_without() -> None:
    assert with_shift("HC1:6B").release() == (Scanned("HC1:6B"),)


# fingers


def typist(chance: random.Random, keys: int, *, median: float) -> list[int]:
    """Times of one word: log-normal gaps as in typing studies, one key in four rolled over the last."""
    at, times = 1_000.0, []
    for _ in range(keys):
        rolled = chance.random() < 0.25
        at += chance.uniform(25, 55) if rolled else chance.lognormvariate(0, 0.3) * median
        times.append(round(at))
    return times


def mistaken(words: Sequence[list[int]]) -> int:
    found = 0
    for times in words:
        hold = Hold()
        for at in times:
            hold.press(Key(Kind.SIGN, "5", stamp=at))
        found += any(isinstance(one, Scanned) for one in hold.release())
    return found


def test_fast_typists_are_no_scanners() -> None:
    chance = random.Random(7)
    words = [typist(chance, chance.randint(6, 11), median=80) for _ in range(20_000)]
    assert mistaken(words) == 0


def test_they_would_be_if_six_keys_without_a_pause_were_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyboard, "FINGERS_MS", keyboard.HOLD_MS)
    chance = random.Random(7)
    words = [typist(chance, chance.randint(6, 11), median=80) for _ in range(20_000)]
    assert mistaken(words) > 5


# input methods


def pieces(*kept_and_sent: tuple[Kind, str], every: int = 5) -> Hold:
    hold = Hold()
    for number, (kind, text) in enumerate(kept_and_sent):
        hold.press(Key(kind, text, came=1_000 + every * number))
    return hold


def test_pieces_of_an_input_method_are_one_scan_in_plain_forms() -> None:
    kept = [(Kind.KEPT, "https"[: n + 1]) for n in range(5)]
    hold = pieces(
        *kept, (Kind.PIECE, "https："), (Kind.PIECE, "／"), (Kind.PIECE, "/a。b？c＝"), (Kind.PIECE, "７")
    )
    assert hold.release() == (Scanned("https://a.b?c=7"),)


def test_letters_that_an_input_method_never_let_go_belong_to_the_scan() -> None:
    kept = [(Kind.KEPT, shown) for shown in ("n", "ni", "ni h", "ni ha", "ni hao")]
    hold = pieces((Kind.PIECE, "7："), *kept)
    assert hold.release() == (Scanned("7:nihao"),)


def test_a_scan_made_into_words_is_spoilt() -> None:
    kept = [(Kind.KEPT, "jkmhen"[: n + 1]) for n in range(6)]
    hold = pieces(*kept, (Kind.PIECE, "健康码河南"), (Kind.PIECE, "／h5"))
    (found,) = hold.release()
    assert isinstance(found, Scanned)
    assert found.spoilt


def test_a_word_committed_at_once_is_no_scan() -> None:
    assert texts(pieces((Kind.PIECE, "meeting"))) == [("Typed", "meeting")]


@given(st.text(PRINTABLE))
def test_full_width_forms_are_folded_back(text: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign != " " else "\u3000" for sign in text)
    assert folded(wide) == text


def test_chinese_words_are_not_folded() -> None:
    assert folded("新乡，东街。") == "新乡,东街."
