"""Words and checks of the first start."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app import config, i18n
from checkpoint_app.config import Settings
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.crypto.wrapping import SHORTEST
from checkpoint_app.ui import setup_text
from checkpoint_app.ui.setup_text import SettingsFileUnread, typed_back
from checkpoint_app.ui.told import Tone

KEY = RecoveryKey.from_secret(bytes(range(32)))
OTHER = RecoveryKey.from_secret(bytes(range(1, 33)))


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.use("en")


@given(st.text(max_size=40))
def test_a_desk_code_is_taken_exactly_when_the_settings_take_it(typed: str) -> None:
    code = setup_text.desk_code(typed)
    fits = bool(code) and not config.unfit(replace(Settings(), desk=code))
    assert (setup_text.desk_trouble(code) == "") == fits


@given(st.text(max_size=60), st.sampled_from(["1", "16", setup_text.ABOVE]))
def test_every_suggested_desk_can_be_taken(station: str, ending: str) -> None:
    assert setup_text.desk_trouble(setup_text.suggested_desk(station, ending)) == ""


@pytest.mark.parametrize(
    ("station", "desk"),
    [("南大门 G107", "G107-1"), ("South Gate", "SOUTH-GATE-1"), ("南大门", "DESK-1"), ("Ｇ１０７", "G107-1")],
)
def test_a_desk_is_suggested_from_what_the_sign_says(station: str, desk: str) -> None:
    assert setup_text.suggested_desk(station, "1") == desk


@pytest.mark.parametrize(("name", "desk"), [("豫联指挥部", "HQ"), ("Pingyuan", "PINGYUAN-HQ")])
def test_headquarters_is_called_so(name: str, desk: str) -> None:
    assert setup_text.suggested_desk(name, setup_text.ABOVE) == desk


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "own name"),
        ("G 107", "a space"),
        ("G_107", "not: _"),
        ("-G107", "Begins"),
        ("G107-", "Begins"),
        ("A" * 25, "24"),
    ],
)
def test_each_way_a_desk_code_is_wrong_has_its_own_words(code: str, words: str) -> None:
    assert words in setup_text.desk_trouble(code)


@pytest.mark.parametrize(
    ("passphrase", "tone"),
    [
        ("", Tone.HINT),
        ("a" * (SHORTEST - 1), Tone.BAD),
        ("aaaaaaaaaaaaaaaa", Tone.WARN),
        ("1234567890", Tone.WARN),
        ("qwertyuiop", Tone.WARN),
        ("kizof mu9", Tone.WARN),
        ("kizof mudub 9", Tone.GOOD),
        ("we had rain on the bridge", Tone.GOOD),
    ],
)
def test_a_passphrase_is_judged_in_plain_words(passphrase: str, tone: Tone) -> None:
    told = setup_text.strength(passphrase)
    assert told.tone is tone
    assert told.text


def test_a_passphrase_needs_the_least_length_and_the_same_twice() -> None:
    good = "x" * SHORTEST
    assert setup_text.passphrase_trouble(good[1:], good[1:])
    assert setup_text.passphrase_trouble(good, "")
    assert setup_text.passphrase_trouble(good, good + " ")
    assert setup_text.passphrase_trouble(good, good) == ""


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(KEY.words),
        "\n".join(f"{place}. {word.upper()}" for place, word in enumerate(KEY.words, 1)),
        ",".join(KEY.words),
        "".join(KEY.words),
        KEY.identity,
        KEY.identity.lower() + "\n",
    ],
    ids=["spaces", "numbered capitals", "commas", "one run", "code", "code in small letters"],
)
def test_the_words_count_however_they_are_typed(typed: str) -> None:
    assert typed_back(typed, KEY).whole
    assert not typed_back(typed, OTHER).whole


@given(st.integers(1, 18), st.sampled_from(OTHER.words))
def test_a_wrong_word_is_named_by_its_place(place: int, word: str) -> None:
    words = list(KEY.words)
    if words[place - 1] == word:
        return
    words[place - 1] = word
    found = typed_back(" ".join(words), KEY)
    assert (found.wrong, found.word, found.right, found.whole) == (place, word, place - 1, False)


@given(st.integers(0, 18 * 6 - 1))
def test_nothing_is_called_wrong_while_it_is_still_being_typed(length: int) -> None:
    found = typed_back(" ".join(KEY.words)[:length], KEY)
    assert found.wrong == 0
    assert found.right == min(18, (length + 1) // 6)


def test_a_nineteenth_word_is_one_too_many() -> None:
    assert typed_back(" ".join((*KEY.words, "bobob")), KEY).wrong == 19


@given(st.text(max_size=3_000))
def test_nothing_that_is_typed_breaks_the_comparison(text: str) -> None:
    assert not typed_back(text, KEY).whole


def test_a_settings_file_is_read_wherever_it_lies(tmp_path: Path) -> None:
    config.save_settings(tmp_path, Settings(station="南大门", desk="G107-1", province="冀"))
    found = setup_text.read_settings(tmp_path / "desk.json")
    assert (found.station, found.desk, found.province) == ("南大门", "G107-1", "冀")


@pytest.mark.parametrize("text", ["", "[]", "no json", json.dumps([1])])
def test_any_other_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "desk.json").write_text(text, encoding="utf-8")
    (tmp_path / "notes.json").write_text("{}", encoding="utf-8")
    for name in ("desk.json", "notes.json", "absent.json"):
        with pytest.raises(SettingsFileUnread):
            setup_text.read_settings(tmp_path / name)
