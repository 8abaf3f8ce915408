"""The language, switched while running."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checkpoint_app import i18n


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = i18n.language()
    yield
    i18n.use(before)


@pytest.mark.parametrize("said", ["zh_CN", "zh", "zh-TW", "ZH_cn", "Chinese (Simplified)_China"])
def test_every_chinese_is_ours(said: str) -> None:
    assert i18n.use(said) == i18n.language() == "zh_CN"


@pytest.mark.parametrize("said", ["en", "de_DE", "C", ""])
def test_everything_else_is_english(said: str) -> None:
    assert i18n.use(said) == i18n.language() == "en"
    assert i18n._("no code found") == "no code found"


def test_a_switch_changes_the_words_and_back() -> None:
    i18n.use("zh_CN")
    chinese = i18n._current
    i18n.use("en")
    assert i18n._current is not chinese
    assert i18n.ngettext("one", "many", 2) == "many"


def test_a_text_without_a_translation_stays_itself() -> None:
    i18n.use("zh_CN")
    assert i18n._("¤ nobody translated this ¤") == "¤ nobody translated this ¤"


def test_a_computer_that_does_not_say_is_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert i18n.use(i18n.system_language()) == "zh_CN"
    monkeypatch.setattr("locale.getlocale", lambda: ("en_US", "UTF-8"))
    assert i18n.use(i18n.system_language()) == "en"
