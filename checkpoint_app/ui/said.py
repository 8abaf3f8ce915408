"""Small pieces of text that several parts of the window say alike: times, ages, plates, names of things."""

from __future__ import annotations

import re
from datetime import datetime

from checkpoint_app import i18n
from checkpoint_app.domain.words import Direction, Evidence, Outcome, VehicleClass, VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.ui.panel_text import Key

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
_CAP = re.compile(r"\[([^\[\]]+)\]")


def time_of_day(at: int) -> str:
    """HH:MM:SS of the computer's zone; `at` in ms UTC."""
    return datetime.fromtimestamp(at / 1000).astimezone().strftime("%H:%M:%S")


def running(ms: int) -> str:
    """A running time as 0:14 or 1:02:03."""
    seconds = max(0, ms) // 1000
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def age(ms: int) -> str:
    """An age in its largest unit: 12 min, 3 h, 20 days."""
    if ms < HOUR:
        return _("{n} min").format(n=max(0, ms) // MINUTE)
    if ms < 3 * DAY:
        return _("{n} h").format(n=ms // HOUR)
    return _("{n} days").format(n=ms // DAY)


def seconds(ms: int) -> str:
    """Seconds with one decimal: 5.1 s."""
    tenths = round(max(0, ms) / 100)
    return f"{tenths // 10}.{tenths % 10} s"


def degrees(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"


def dotted(plate: str) -> str:
    """A plate as it stands on the metal; anything else as it is."""
    fits = len(plate) >= 7 and plate[1:2].isascii() and not plate[0].isascii()
    return f"{plate[:2]}·{plate[2:]}" if fits else plate


def numbered(number: int) -> str:
    """① to ⑳, then plain numbers."""
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def with_keys(text: str) -> tuple[str | Key, ...]:
    """A line in which [F3] stands for the key of that name."""
    parts: list[str | Key] = []
    for place, piece in enumerate(_CAP.split(text)):
        if piece:
            parts.append(Key(piece) if place % 2 else piece)
    return tuple(parts)


def joined(*parts: str) -> str:
    """Parts with a dot between them; in English with spaces around it."""
    dot = "·" if i18n.language() == "zh_CN" else " · "
    return dot.join(part for part in parts if part)


def outcome(kind: Outcome | str) -> str:
    return {
        Outcome.RELEASED: _("Released"),
        Outcome.REGISTERED: _("Registered"),
        Outcome.TURNED_BACK: _("Turned back"),
        Outcome.HELD: _("Held"),
        Outcome.TRANSFERRED: _("Handed over"),
        Outcome.ABANDONED: _("Left unfinished"),
    }[Outcome(kind)]


def verdict(state: VerdictState) -> str:
    return {
        VerdictState.PASS: _("PASS"),
        VerdictState.NOT_YET: _("NOT YET"),
        VerdictState.REFER: _("REFER"),
        VerdictState.STOP: _("STOP"),
    }[state]


def vehicle(kind: VehicleClass) -> str:
    return {
        VehicleClass.CAR: _("Car"),
        VehicleClass.BUS: _("Bus"),
        VehicleClass.TRUCK: _("Truck"),
        VehicleClass.MOTORCYCLE: _("Motorcycle"),
        VehicleClass.SPECIAL: _("Special"),
        VehicleClass.FOOT: _("On foot"),
    }[kind]


def direction(way: Direction | str) -> str:
    return {Direction.IN: _("In"), Direction.OUT: _("Out")}[Direction(way)]


def evidence(kind: Evidence) -> tuple[str, str]:
    """The word and the icon of a way to know."""
    return {
        Evidence.DECLARED: (_("Declared"), "message"),
        Evidence.SEEN: (_("Seen"), "eye"),
        Evidence.MEASURED: (_("Measured"), "temperature"),
        Evidence.SCANNED: (_("Scanned"), "qrcode"),
        Evidence.REGISTERED: (_("On register"), "list-check"),
        Evidence.VERIFIED: (_("Verified"), "shield-check"),
    }[kind]


def data_set(name: str) -> str:
    known = {"rules": _("Rules"), "watch": _("Lists"), "trust": _("Trust list"), "passes": _("Passes")}
    return known.get(name, name)
