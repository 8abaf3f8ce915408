"""What was changed in the settings, in words. Pure."""

from __future__ import annotations

from checkpoint_app import config
from checkpoint_app.config import Settings
from checkpoint_app.i18n import _
from checkpoint_app.ui.shift_text import Proof
from checkpoint_app.ui.told import Told, Tone


def changed_names(before: Settings, after: Settings) -> tuple[str, ...]:
    """Names of settings that differ."""
    one, other = config.as_plain(before), config.as_plain(after)
    return tuple(name for name in config.NAMES if one[name] != other[name])


def change_words(before: Settings, after: Settings) -> str:
    """Theme: Day → Night; what has no short value only by its name."""
    names = [name for name in changed_names(before, after) if name != "theme" or _by_hand(after)]
    return " · ".join(_change(name, before, after) for name in names)


def proof_told(proof: Proof) -> Told:
    """How far the ledger was checked since the start."""
    if proof.faults is None:
        return Told(_("Ledger: {n} entries checked so far").format(n=f"{proof.done:,}"), Tone.QUIET)
    if proof.faults:
        words = _("Ledger: {n} faults in {m} entries")
        return Told(words.format(n=proof.faults, m=f"{proof.done:,}"), Tone.BAD)
    return Told(_("Ledger: at the start all {n} entries as written").format(n=f"{proof.done:,}"), Tone.GOOD)


def _by_hand(settings: Settings) -> bool:
    return settings.theme_by == "hand"


def _change(name: str, before: Settings, after: Settings) -> str:
    label = _label(name)
    old, new = _value(name, before), _value(name, after)
    return _("{name}: {before} → {after}").format(name=label, before=old, after=new) if old or new else label


def _label(name: str) -> str:
    return {
        "station": _("Station"),
        "province": _("Province"),
        "lanes": _("Lanes and cameras"),
        "language": _("Language"),
        "theme": _("Theme"),
        "theme_by": _("Theme by the sun"),
        "latitude": _("Latitude"),
        "scale": _("Text size"),
        "pixel_um": _("Size of a pixel"),
        "volume": _("Loudness"),
        "tally_allowed": _("Counting by eye allowed"),
        "required_checks": _("Checks of everybody"),
        "class_checks": _("Checks by class"),
        "test_window_hours": _("A test counts for"),
        "remeasure_minutes": _("Second temperature"),
        "retention_days": _("Kept for"),
        "pairing": _("Match coming in and going out"),
        "overstay_hours": _("Overstay after"),
        "lock_minutes": _("Names covered after"),
        "leads_needed": _("Experienced officers a group"),
        "longest_duty_hours": _("Longest duty"),
        "least_rest_hours": _("Shortest rest"),
        "daily_hour": _("Day's report due from"),
        "exchange_folder": _("Watched folder"),
        "exchange_minutes": _("To the other desks every"),
        "silence_hours": _("Silence is an alarm after"),
    }.get(name, name)


def _value(name: str, settings: Settings) -> str:
    value = getattr(settings, name)
    if name == "theme":
        return {"day": _("Day"), "night": _("Night"), "contrast": _("High contrast")}[value]
    if name == "theme_by":
        return _("No") if value == "hand" else _("Yes")
    if name == "language":
        return {"zh_CN": "中文", "en": "English"}[value]
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int):
        return f"{value} {_unit(name)}".strip()
    return value if isinstance(value, str) else ""


def _unit(name: str) -> str:
    return {
        "scale": "%",
        "volume": "%",
        "pixel_um": "µm",
        "test_window_hours": _("hours"),
        "overstay_hours": _("hours"),
        "longest_duty_hours": _("hours"),
        "least_rest_hours": _("hours"),
        "daily_hour": _("o'clock"),
        "remeasure_minutes": _("minutes"),
        "lock_minutes": _("minutes"),
        "exchange_minutes": _("minutes"),
        "silence_hours": _("hours"),
        "retention_days": _("days"),
        "latitude": "°",
    }.get(name, "")
