"""Every code of a notice has its sentence, in both languages and with no fact at all."""

from __future__ import annotations

import pytest

from checkpoint_app import i18n
from checkpoint_app.documents import notice_words
from checkpoint_app.domain.report import Notice
from tests.documents.shift_figures import BEGAN, ENDED, HOUR, MINUTE, ZONE

FACTS: dict[str, object] = {
    "kind": "illness", "title": "桥北乡投诉",
    "late_ms": 26 * MINUTE, "name": "watch", "version": "v88",
    "age": 29 * HOUR, "vehicles": 9_018, "what": "camera", "lane": 4, "since": BEGAN,
    "until": ENDED, "at": BEGAN, "off": 7_200_000, "balance": 5, "wanted": 6, "unit": "支",
    "equipment": True, "hits": 3, "unanswered": 1, "alarms": 2, "people": 4, "n": 7, "number": "12号",
    "officers": 2, "absent": 1, "should": 16, "why": "设备缺件", "side": "incoming", "entry": 42,
    "all": 17_003,
    "late": 1, "undone": 2,
}  # fmt: skip


def said(code: str, facts: dict[str, object]) -> str:
    return notice_words.said(Notice(code, facts), now=ENDED, zone=ZONE)


@pytest.mark.parametrize("code", sorted(notice_words.CODES))
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_each_code_is_a_sentence(code: str, language: str) -> None:
    before = i18n.language()
    i18n.use(language)
    try:
        assert len(said(code, FACTS)) > 5
        assert said(code, FACTS) != code
        assert said(code, {})
    finally:
        i18n.use(before)


def test_a_code_nobody_knows_is_shown_as_it_is() -> None:
    assert said("flood", {}) == "flood"


def test_a_text_among_the_facts_stays_one_line() -> None:
    assert "\n" not in said("matter_overdue", {"title": "a\nb", "late_ms": 60_000})


def test_an_article_without_a_unit_leaves_no_hole() -> None:
    i18n.use("en")
    facts: dict[str, object] = {"name": "口罩", "balance": 0, "wanted": 20, "unit": "", "equipment": False}
    assert said("item_short", facts) == "口罩: 0 left, low line 20."
    assert said("item_short", {**facts, "unit": "盒"}) == "口罩: 0 盒 left, low line 20."
