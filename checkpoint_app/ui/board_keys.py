"""Keys of the board's foot: where each leads, with its cap and word; touched or pressed it does the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import page_frame
from checkpoint_app.ui.form_parts import Note
from checkpoint_app.ui.record_keys import SmallKey
from checkpoint_app.ui.told import Tone

HEIGHT, SIDE, RIM = 40, 12, 6
CAPS = ("F1", "F2", "F3", "F4", "F5", "F6", "Esc")


@dataclass(frozen=True, slots=True)
class BoardActs:
    """Where the keys lead. `hand_over` is told whether a handover is under way, `matter` which affair."""

    hand_over: Callable[[bool], None]
    log: Callable[[], None]
    stores: Callable[[], None]
    people: Callable[[], None]
    reports: Callable[[], None]
    matter: Callable[[str], None]
    lane: Callable[[int], None]
    leave: Callable[[], None]
    scanned: Callable[[str], None]
    command: Callable[[int], bool]
    refresh: Callable[[], None]


class BoardFoot:
    """The bar of keys and what the page last said beside them."""

    def __init__(self) -> None:
        self.words = Note(size=14, rows=1, middle=True)
        self.keys = {cap: SmallKey(cap, primary=cap == "F1", height=HEIGHT) for cap in CAPS}

    def bar(self) -> QFrame:
        before = [self.keys[cap] for cap in CAPS[:-1]]
        parts: list[QWidget] = [*before, self.words, self.keys["Esc"]]
        made = page_frame.foot(parts, wide=self.words, side=SIDE, rim=RIM)
        layout = made.layout()
        assert layout is not None
        layout.setSpacing(8)
        return made

    def show(self, *, handing_over: bool, tabled: bool) -> None:
        words = (
            _("Handover goes on") if handing_over else _("Hand over"),
            _("Log"),
            _("Stores"),
            _("Staff"),
            _("Reports"),
            _("Charts") if tabled else _("Numbers"),
            _("Lane"),
        )
        for cap, word in zip(CAPS, words, strict=True):
            self.keys[cap].set_word(word)

    def say(self, text: str, tone: Tone = Tone.QUIET) -> None:
        self.words.show_text(text, tone)
