"""The keys of the lane in a row: outcomes, tools, tally and undo."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.ui import lane_mode
from checkpoint_app.ui.key_button import KeyButton, KeyKind
from checkpoint_app.ui.lane_mode import LaneMode

GAP, GROUP_GAP = 8, 30
SPACE, ESC = "space", "esc"
WIDTHS = {"F1": 229, "F2": 168, "F3": 134, "F4": 164, "F7": 115, "F8": 115, SPACE: 129, ESC: 113}
GROUPS = (("F1", "F2", "F3", "F4"), ("F7", "F8"), (SPACE, ESC))


@dataclass(frozen=True, slots=True)
class KeyState:
    """How one key looks now; for LOCKED the hint is the reason."""

    kind: KeyKind = KeyKind.PLAIN
    hint: str = ""


def states(
    verdict: Verdict | None,
    *,
    mode: LaneMode = LaneMode.ONE,
    behind: int = 0,
    reported: str = "",
    holding: str = "",
) -> dict[str, KeyState]:
    """Every key by name; `behind`: people who do not go on with the vehicle. Pure.

    `reported` is when the lead was called, `holding` how far Esc is held.
    """
    found = dict.fromkeys(WIDTHS, KeyState())
    found["F1"] = _release(verdict, mode, behind)
    found["F7"] = KeyState(hint=_("switch"))
    found["F8"] = KeyState(hint=reported or _("lead"))
    found[ESC] = KeyState(hint=holding or _("hold"))
    if verdict is not None and verdict.state is VerdictState.STOP:
        found["F2"] = KeyState(KeyKind.LOCKED)
        for name in ("F3", "F4", "F8"):
            found[name] = KeyState(KeyKind.SUGGESTED, found[name].hint)
    if verdict is not None and verdict.state is VerdictState.REFER:
        found["F8"] = KeyState(KeyKind.SUGGESTED, found["F8"].hint)
    return found


def _release(verdict: Verdict | None, mode: LaneMode, behind: int) -> KeyState:
    if verdict is None:
        return KeyState(KeyKind.PRIMARY)
    if mode is LaneMode.BUS and verdict.state is VerdictState.NOT_YET:
        return KeyState(KeyKind.LOCKED, f"{verdict.checked} / {verdict.people}")
    if verdict.state is VerdictState.PASS:
        going = verdict.people - behind
        count = _("1 person") if going == 1 else _("{n} people").format(n=going)
        return KeyState(KeyKind.PRIMARY, count)
    if verdict.state is VerdictState.STOP:
        return KeyState(KeyKind.LOCKED, _("lead only"))
    return KeyState(KeyKind.LOCKED, _("reason needed"))


class LaneKeys(QWidget):
    """`pressed(name)` for a touch; Esc is `held` and `let_go`, because how long tells which."""

    pressed = Signal(str)
    held = Signal()
    let_go = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, KeyButton] = {}
        self._shown: dict[str, KeyState] = {}
        self._mode, self._vehicles = LaneMode.ONE, 1
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, group in enumerate(GROUPS):
            if number:
                row.addSpacing(GROUP_GAP)
            for place, name in enumerate(group):
                if place:
                    row.addSpacing(GAP)
                row.addWidget(self._make(name), WIDTHS[name])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        """All words anew."""
        words = {
            "F1": lane_mode.release_word(self._mode, count=self._vehicles),
            "F2": _("Register"),
            "F3": _("Turn back"),
            "F4": _("Hold"),
            "F7": lane_mode.switch_word(self._mode),
            "F8": _("Report"),
            SPACE: lane_mode.space_word(self._mode),
            ESC: _("Undo"),
        }
        caps = {SPACE: _("Space"), ESC: "Esc"}
        for name, button in self.buttons.items():
            button.set_key(cap=caps.get(name, name), word=words[name])

    def set_mode(self, mode: LaneMode, *, vehicles: int = 1) -> None:
        """The words of keys that mean something else for a bus, on foot or for a convoy."""
        if (mode, vehicles) != (self._mode, self._vehicles):
            self._mode, self._vehicles = mode, vehicles
            self.retranslate()

    def show_states(self, found: dict[str, KeyState]) -> None:
        """Only what changed is painted anew."""
        for name, state in found.items():
            if self._shown.get(name) != state:
                self.buttons[name].set_kind(state.kind, state.hint)
        self._shown = dict(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.held.emit()
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self.let_go.emit()
        return super().eventFilter(watched, event)

    def _make(self, name: str) -> KeyButton:
        button = KeyButton(name, "", width=WIDTHS[name], main=name == "F1")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if name == ESC:
            button.installEventFilter(self)
        else:
            button.activated.connect(partial(self.pressed.emit, name))
        self.buttons[name] = button
        return button
