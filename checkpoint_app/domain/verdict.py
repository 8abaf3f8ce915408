"""The verdict: what the lane shows, why, and how well it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checkpoint_app.domain.words import Evidence, VerdictState


def in_language(words: Mapping[str, str], language: str) -> str:
    """The words in `language` (zh_CN counts as zh), English when those are missing, else nothing."""
    return words.get(language[:2]) or words.get("en") or ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in words of the rule itself: `words` maps a language (zh, en) to the finished sentence."""

    code: str
    state: VerdictState
    words: Mapping[str, str]
    person: int = 0

    def text(self, language: str) -> str:
        """The sentence in `language` (zh_CN counts as zh), English when that is missing, else the code."""
        return in_language(self.words, language) or self.code


@dataclass(frozen=True, slots=True)
class DataSet:
    """A set of data a verdict rests on. `age` in ms; None when nobody can tell, as with an unsure clock."""

    name: str  # rules, trust, watch, passes
    version: str
    age: int | None
    light: str  # fresh, stale, expired, missing


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` speak against a release, worst first. `done` are the panel's check lines in order, each with
    the state its icon shows; they never change the verdict. `headline` and `now_words` map a language to one
    line; a key to press stands there as its cap in brackets, `[F3]`. `now_words` is empty for a pass.
    """

    state: VerdictState
    reasons: tuple[Reason, ...] = ()
    done: tuple[Reason, ...] = ()
    weakest: Evidence | None = None
    data: tuple[DataSet, ...] = ()
    checked: int = 0  # people with nothing missing
    people: int = 1
    clock_sure: bool = True
    at: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)
    headline: Mapping[str, str] = field(default_factory=dict)
    now_words: Mapping[str, str] = field(default_factory=dict)

    def title(self, language: str) -> str:
        """The line under the verdict word: why, or for a pass what was found."""
        return in_language(self.headline, language)

    def now(self, language: str) -> str:
        """What the officer does next."""
        return in_language(self.now_words, language)
