"""What the verdict panel shows; plain data that anybody can make, without services."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checkpoint_app.domain.words import VerdictState


class Notice(StrEnum):
    """What stands in the verdict's place when there is no verdict, by weight."""

    WAITING = "waiting"
    SAVED = "saved"
    STALE = "stale"
    TROUBLE = "trouble"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Key:
    """A key named inside a text, drawn as its cap."""

    cap: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """`icon` is a name in resources/icons: check, circle-dashed, x, help-hexagon, phone-call…"""

    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Ring:
    """`done` of `total` people; `aside` are the places, from 1, of those set aside among the first ones
    looked at. `of` is the line under the number: "/ 45 人".
    """

    done: int
    total: int
    of: str
    aside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PanelText:
    """Everything in words. `shape_text` is the count in the ring ("2/3"); `ring` instead is that of a bus.

    `now` is what to do, as texts and keys: ("现在：扫码，或按", Key("*"), "报号"). With it the foot shows
    that, without it `evidence`. `clock` is (label, time). For a Notice `word` is the title, `reason` the line
    under it, and `icon` replaces its usual icon.
    """

    state: VerdictState | Notice
    word: str
    reason: str = ""
    shape_text: str = ""
    checks: tuple[CheckLine, ...] = ()
    now: tuple[str | Key, ...] = ()
    evidence: str = ""
    evidence_label: str = ""
    evidence_icon: str = ""
    stale: str = ""
    clock: tuple[str, str] | None = None
    icon: str = ""
    ring: Ring | None = None

    @property
    def now_text(self) -> str:
        return "".join(part.cap if isinstance(part, Key) else part for part in self.now)

    @property
    def spoken(self) -> str:
        """For a screen reader: verdict, reason, what to do now."""
        return "。".join(part for part in (self.word, self.reason, self.now_text) if part)
