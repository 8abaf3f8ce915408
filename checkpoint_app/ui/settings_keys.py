"""The keys of the program as they lie on the keyboard, with what each of them does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import key_caps, lettering
from checkpoint_app.ui.form_keys import FormKeys
from checkpoint_app.ui.form_parts import card
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.theme import SMALLEST, Look, look

Key = tuple[str, str]
FUNCTION_HEIGHT, BLOCK_GAP, KEY_GAP, COLUMNS = 92, 14, 5, 3
MAIN = "F1"


class SettingsKeys(FormKeys):
    """Ctrl+Z belongs to the page; everything else goes its ordinary way."""

    def __init__(
        self,
        *,
        scanned: Callable[[str], None],
        command: Callable[[int], bool],
        undo: Callable[[], object],
    ) -> None:
        super().__init__(scanned=scanned, command=command)
        self._undo = undo

    def control(self, key: int) -> bool:
        if key == Qt.Key.Key_Z:
            self._undo()
            return True
        return super().control(key)


class KeyMap(Painted):
    """The row of function keys in its blocks of four, below it the other keys in columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._functions: tuple[Key, ...] = ()
        self._groups: tuple[tuple[str, tuple[Key, ...]], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_keys(self, functions: Sequence[Key], groups: Sequence[tuple[str, Sequence[Key]]]) -> None:
        self._functions = tuple(functions)
        self._groups = tuple((title, tuple(keys)) for title, keys in groups)
        words = [f"{cap}: {word}" for cap, word in self._functions if word]
        words += [f"{cap}: {word}" for _title, keys in self._groups for cap, word in keys]
        self.setAccessibleName("; ".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(860, 430)

    def minimumSizeHint(self) -> QSize:
        return QSize(700, 380)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint_functions(painter, look=look())
            top = FUNCTION_HEIGHT + 8.0
            rows = sum(-(-len(keys) // COLUMNS) for _title, keys in self._groups)
            head = look().px(14) * 1.6
            step = min(42.0, (self.height() - top - head * len(self._groups)) / max(1, rows))
            for title, keys in self._groups:
                face = lettering.font(look().px(14))
                box = QRectF(0, top, self.width(), head)
                lettering.draw(painter, title, face=face, rect=box, colour=look().theme.ink2)
                top += head
                for place, key in enumerate(keys):
                    width = self.width() / COLUMNS
                    left = place % COLUMNS * width
                    cell = QRectF(left, top + place // COLUMNS * step, width - 8, step)
                    _draw_key(painter, key, cell, look=look())
                top += -(-len(keys) // COLUMNS) * step

    def _paint_functions(self, painter: QPainter, *, look: Look) -> None:
        theme, gaps = look.theme, 2 * BLOCK_GAP + 9 * KEY_GAP
        width = (self.width() - gaps) / max(1, len(self._functions))
        left = 0.0
        for place, (cap, word) in enumerate(self._functions):
            main = cap == MAIN
            box = QRectF(left, 0, width, FUNCTION_HEIGHT)
            fill = theme.primary if main else theme.surface if word else theme.sunken
            draw_box(painter, box, fill=fill, border=theme.edge, width=2, dashed=not word)
            ink = theme.onprimary if main else theme.ink if word else theme.ink3
            face = lettering.font(look.px(16), bold=True)
            head = QRectF(left + 8, 6, width - 12, look.px(16) * 1.4)
            lettering.draw(painter, cap, face=face, rect=head, colour=ink)
            body = QRectF(left + 6, head.bottom(), width - 9, FUNCTION_HEIGHT - head.bottom() - 4)
            lettering.draw_lines(painter, word, box=body, size=look.px(16), colour=ink)
            left += width + (BLOCK_GAP if place % 4 == 3 else KEY_GAP)


class KeyboardSection(SetupStep):
    """Nothing to choose here: keys are the same at every desk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = KeyMap()
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(14, 14, 14, 10)
        inner.addWidget(self.map)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame, 1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.retranslate()

    def title(self) -> str:
        return _("Keyboard")

    def about(self) -> str:
        return _("Outcomes are on function keys only: no scanner can press one. F1 is a foot pedal too.")

    def retranslate(self) -> None:
        groups = ((_("On the lane"), lane_keys()), (_("With Ctrl, on every page"), two_hand_keys()))
        self.map.show_keys(function_keys(), groups)


def function_keys() -> tuple[Key, ...]:
    return (
        ("F1", _("Release")),
        ("F2", _("Register")),
        ("F3", _("Turn back")),
        ("F4", _("Hold, hand over")),
        ("F5", ""),
        ("F6", ""),
        ("F7", _("Bus, foot, convoy")),
        ("F8", _("Report")),
        ("F9", _("Read aloud")),
        ("F10", _("Hush alarm")),
        ("F11", _("Full screen")),
        ("F12", _("Hide names")),
    )


def lane_keys() -> tuple[Key, ...]:
    return (
        ("Space", _("count one vehicle")),
        ("0–9", _("temperature: 365 = 36.5")),
        ("+ −", _("next, previous person")),
        ("/", _("plate of the own province")),
        ("//", _("the 31 provinces")),
        ("*", _("ID number or name")),
        ("A–Z", _("plate, province kept")),
        ("Enter", _("next field, never an outcome")),
        ("Esc", _("leave; hold 0.6 s: undo")),
    )


def two_hand_keys() -> tuple[Key, ...]:
    return (
        ("Ctrl+1", _("lane; again: lane wall")),
        ("Ctrl+2", _("shift")),
        ("Ctrl+3", _("records")),
        ("Ctrl+6", _("settings")),
        ("Ctrl+F", _("search")),
        ("Ctrl+K", _("keys and help")),
        ("Ctrl+Alt+1–4", _("select a lane")),
        ("Ctrl+T", _("theme")),
        ("Ctrl+L", _("language")),
        ("Ctrl+= Ctrl+−", _("text size")),
        ("Ctrl+V", _("code from the clipboard")),
        ("Ctrl+Z", _("undo a setting")),
    )


def _draw_key(painter: QPainter, key: Key, cell: QRectF, *, look: Look) -> None:
    """A cap and its words on one line."""
    cap, word = key
    face = lettering.fitted(cap, size=look.px(15), least=SMALLEST, space=cell.width() * 0.5, bold=True)
    height = min(cell.height() - 6, look.px(24))
    centre = cell.center().y()
    width = key_caps.draw_cap(
        painter, cap, face=face, x=cell.left(), centre=centre, height=height, colour=look.theme.ink, line=2
    )
    rest = cell.adjusted(width + 8, 0, 0, 0)
    small = lettering.fitted(word, size=look.px(15), least=SMALLEST, space=rest.width())
    lettering.draw(painter, word, face=small, rect=rest, colour=look.theme.ink)
