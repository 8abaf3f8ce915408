"""Every refusal and trouble has its words, and they are the words of a duty station."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import checkpoint_app
from checkpoint_app import i18n
from checkpoint_app.domain.errors import CheckpointError, Refusal, Trouble
from checkpoint_app.ui import messages
from checkpoint_app.ui.messages import Words

TITLE_ZH, LINE_ZH = 20, 24
NOT_OURS = ("checkpoint_app.cli", "checkpoint_app.services.restoring")
"""What only the command line can meet has its words there."""
FORBIDDEN = re.compile("系统异常|操作失败|非法|无效|错误代码|若干|！|管理员|!")
OTHERS = [
    messages.UNKNOWN,
    messages.BUG,
    *messages.SIGHTS.values(),
    messages.CLOCK,
    messages.QUEUED,
    messages.SCAN_NOWHERE,
    messages.SCAN_SPOILT,
    messages.SEAL,
    messages.UNDONE,
    messages.NO_SHIFT,
    messages.TEMPERATURE,
]


@pytest.fixture(autouse=True)
def afterwards() -> Iterator[None]:
    yield
    i18n.use("en")


def kinds() -> list[type[CheckpointError]]:
    """Every class of the package that a person may have to act on."""
    for module in pkgutil.walk_packages(checkpoint_app.__path__, "checkpoint_app."):
        if not module.name.startswith(("checkpoint_app.bench", "checkpoint_app.__main__")):
            importlib.import_module(module.name)
    found: list[type[CheckpointError]] = []
    waiting: list[type[CheckpointError]] = [Refusal, Trouble]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("checkpoint_app") and not kind.__module__.startswith(NOT_OURS):
                found.append(kind)
    return found


def test_every_refusal_and_trouble_has_words() -> None:
    names = {kind.__name__ for kind in kinds()}
    assert sorted(names - set(messages.TABLE)) == []
    assert sorted(set(messages.TABLE) - names) == []


def test_a_class_without_words_is_noticed() -> None:
    class Nameless(Trouble):
        pass

    assert Nameless.__name__ not in messages.TABLE
    assert messages.words_for(Nameless()).title == messages.UNKNOWN.title


@pytest.mark.parametrize("words", [*messages.TABLE.values(), *OTHERS], ids=lambda words: str(words.title))
def test_words_are_short_plain_and_in_both_languages(words: Words) -> None:
    facts = {
        "count": 12,
        "found": 17,
        "expected": 18,
        "place": 12,
        "word": "babab",
        "least": 10,
        "value": 999,
        "off": "2 小时",
        "source": "C270",
        "path": "ledger.db",
        "name": "fonts/x.ttf",
        "reason": "x",
        "n": 3,
    }
    i18n.use("zh_CN")
    chinese = messages.filled(words, facts)
    i18n.use("en")
    english = messages.filled(words, facts)
    assert chinese.title != english.title
    assert len(chinese.title) <= TITLE_ZH
    for line in (chinese.meaning, chinese.now):
        assert len(line.replace("[", "").replace("]", "")) <= LINE_ZH, line
    assert not FORBIDDEN.search(chinese.plain)
    assert not FORBIDDEN.search(english.plain)
    assert "{" not in chinese.plain + english.plain


def test_facts_that_are_missing_do_not_hide_the_words() -> None:
    assert messages.filled(messages.TABLE["RecoveryWordsMissing"]).title == "? words, ? are needed"


def test_what_was_raised_by_accident_is_called_a_fault_of_the_program() -> None:
    assert messages.words_for(ZeroDivisionError()).code == "B-01"


def test_a_path_is_shown_by_its_last_part() -> None:
    from pathlib import Path

    from checkpoint_app.scanning.devices import PictureUnreadable

    assert "secret" not in messages.words_for(PictureUnreadable(path=Path("/secret/a.png"))).plain
