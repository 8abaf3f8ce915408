"""Where things are, and what a desk is set to: data folder, declared settings, the door to `resources/`."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.words import CheckKind, VehicleClass

ENV_DATA_DIR = "CHECKPOINT_DATA_DIR"
SETTINGS_FILE = "desk.json"


class ResourceMissing(Trouble):
    """A file that ships with the program is not there; facts: name."""


def resources_root() -> Path:
    """Folder of shipped files: inside a frozen build, else beside the package."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    return Path(__file__).resolve().parent.parent / "resources"


def resource(name: str) -> Path:
    """Path of a shipped file; `name` is relative with forward slashes.

    Raises ValueError for a name that leaves the folder, ResourceMissing when it is not there.
    """
    parts = name.split("/")
    if name.startswith("/") or any(part in {"", ".", ".."} or "\\" in part for part in parts):
        raise ValueError(name)
    path = resources_root().joinpath(*parts)
    if not path.exists():
        raise ResourceMissing(name=name)
    return path


def data_dir(override: str | Path | None = None, *, demo: bool = False) -> Path:
    """Folder of this desk's ledger and settings; the demo has its own, never the real one.

    Order: `override`, the environment, the system's place for program data. The folder is not made here.
    """
    chosen = override or os.environ.get(ENV_DATA_DIR)
    root = Path(chosen) if chosen else Path(platformdirs.user_data_dir("checkpoint-app", appauthor=False))
    return root / "demo" if demo else root


MOST_LANES = 4


@dataclass(frozen=True, slots=True)
class LaneSetting:
    """One lane of this desk. `camera` is a name, index, path or URL, "" none; `scanner` the device of its own
    hand scanner, "" when scans go to the selected lane.
    """

    number: int
    direction: str = "in"
    camera: str = ""
    scanner: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a desk is set to: nothing personal, nothing secret, the file lies beside the ledger in the clear.

    `unknown` keeps what a newer version wrote; `bad` names values that were replaced by their default.
    """

    station: str = ""
    desk: str = ""
    province: str = "豫"
    lanes: tuple[LaneSetting, ...] = (LaneSetting(1),)
    language: str = "zh_CN"
    theme: str = "day"
    theme_by: str = "hand"  # or clock: night between sunset and sunrise at `latitude`
    latitude: int = 35
    scale: int = 100
    pixel_um: int = 0  # micrometres per pixel as measured on this screen; 0: not measured
    volume: int = 100
    key_place: str = ""
    sheet_proved: bool = False  # the recovery sheet was typed back; until then the window reminds
    tally_allowed: bool = True
    required_checks: tuple[str, ...] = ("health_code", "temperature")
    class_checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by class, instead of those
    test_window_hours: int = 48  # how old a test report may be
    remeasure_minutes: int = 5  # before a temperature that was too high may be taken again
    retention_days: int = 0  # personal data older than this is forgotten; 0: not answered yet
    pairing: bool = False  # whether coming in and going out are matched
    overstay_hours: int = 24
    lock_minutes: int = 10  # without a key until names are covered and a PIN is asked; 0: never
    leads_needed: int = 3  # experienced people in every group
    longest_duty_hours: int = 12  # without a break, before somebody is told
    least_rest_hours: int = 8  # between two duties
    daily_hour: int = 18  # o'clock from which the day's report is due
    role: str = "station"  # or headquarters: holds the ledgers of many stations and has no lanes
    exchange_folder: str = ""  # watched for bundles, and where this desk's own are put for the other desks
    exchange_minutes: int = 5  # between two bundles to the other desks of this station; 0: only by hand
    silence_hours: int = 26  # without a seal from a desk, before that is an alarm
    unknown: Mapping[str, object] = field(default_factory=dict)
    bad: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the first start has been answered."""
        return bool(self.station and self.desk)

    def lane(self, number: int) -> LaneSetting:
        """What that lane is set to; one that is not declared goes in and has no camera."""
        return next((lane for lane in self.lanes if lane.number == number), LaneSetting(number))

    def with_lane(self, changed: LaneSetting) -> Settings:
        """The settings with this lane in the place of the one with its number, or added."""
        others = {lane.number: lane for lane in self.lanes}
        lanes = {**others, changed.number: changed}
        return replace(self, lanes=tuple(lanes[number] for number in sorted(lanes)))


_CHECKS = tuple(kind.value for kind in CheckKind)
_CLASSES = tuple(kind.value for kind in VehicleClass)


def _among(value: object, texts: tuple[str, ...]) -> bool:
    return isinstance(value, str) and value in texts


def _whole(least: int, most: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and least <= value <= most


def _are_checks(value: object) -> bool:
    return isinstance(value, list) and all(_among(item, _CHECKS) for item in value)


def _are_class_checks(value: object) -> bool:
    return isinstance(value, dict) and all(
        _among(name, _CLASSES) and _are_checks(kinds) for name, kinds in value.items()
    )


def _is_lane(value: object) -> bool:
    if not isinstance(value, dict) or not {"number"} <= set(value) <= _LANE_FIELDS:
        return False
    texts = (value.get("camera", ""), value.get("scanner", ""))
    return (
        _whole(1, 16)(value["number"])
        and _among(value.get("direction", "in"), ("in", "out"))
        and all(isinstance(text, str) and len(text) <= 500 for text in texts)
    )


def _are_lanes(value: object) -> bool:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_LANES or not all(map(_is_lane, value)):
        return False
    return len({lane["number"] for lane in value}) == len(value)


_LANE_FIELDS = frozenset(entry.name for entry in fields(LaneSetting))

_FITS: dict[str, Callable[[object], bool]] = {
    "station": lambda value: (
        isinstance(value, str) and len(value) <= 40 and value.splitlines() in ([], [value])
    ),
    "desk": lambda value: (
        isinstance(value, str) and bool(re.fullmatch(r"[A-Z0-9](?:[A-Z0-9-]{0,22}[A-Z0-9])?", value))
    ),
    "province": lambda value: isinstance(value, str) and len(value) == 1,
    "lanes": _are_lanes,
    "language": lambda value: _among(value, ("zh_CN", "en")),
    "theme": lambda value: _among(value, ("day", "night", "contrast")),
    "theme_by": lambda value: _among(value, ("hand", "clock")),
    "latitude": _whole(-60, 60),
    "scale": lambda value: type(value) is int and value in {100, 115, 130},
    "pixel_um": lambda value: value == 0 or _whole(50, 1000)(value),
    "volume": _whole(0, 100),
    "key_place": lambda value: _among(value, ("keyring", "passphrase", "open_file")),
    "sheet_proved": lambda value: isinstance(value, bool),
    "tally_allowed": lambda value: isinstance(value, bool),
    "required_checks": _are_checks,
    "class_checks": _are_class_checks,
    "test_window_hours": _whole(1, 24 * 30),
    "remeasure_minutes": _whole(1, 60),
    "retention_days": _whole(0, 3650),
    "pairing": lambda value: isinstance(value, bool),
    "overstay_hours": _whole(1, 24 * 365),
    "lock_minutes": _whole(0, 240),
    "leads_needed": _whole(0, 20),
    "longest_duty_hours": _whole(1, 72),
    "least_rest_hours": _whole(0, 72),
    "daily_hour": _whole(0, 23),
    "role": lambda value: _among(value, ("station", "headquarters")),
    "exchange_folder": lambda value: isinstance(value, str) and len(value) <= 500,
    "exchange_minutes": _whole(0, 240),
    "silence_hours": _whole(1, 24 * 30),
}


DUTY = (
    "tally_allowed",
    "required_checks",
    "class_checks",
    "test_window_hours",
    "remeasure_minutes",
    "retention_days",
    "pairing",
    "overstay_hours",
    "lock_minutes",
    "leads_needed",
    "longest_duty_hours",
    "least_rest_hours",
    "daily_hour",
)
"""How the duty is done, whatever place and lanes: each change is on paper, headquarters may send it."""

FIXED = ("desk", "key_place", "sheet_proved", "role")
"""Belong to the ledger and its key; no command and no file of another desk changes them."""

NAMES = tuple(_FITS)
_LOGIN = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*://)(?:[^/]*@|[^/]*:(?![0-9]*(?:/|$)).*@)")
"""Also with a slash in the password, when what stands before it can be no port."""
_ASKED = re.compile(
    r"(?i)([/?&;][^=&?/;]*(?:user|usr|login|account|pass|pwd|token|auth|key|secret)[^=&?/;]*=)[^&?;/]*"
)
"""Some cameras want user and password as fields behind the path."""


def fits(name: str, value: object) -> bool:
    """Whether a desk may be set to this, as its file has it; False for a name that is none."""
    return name in _FITS and _FITS[name](value)


def without_login(link: str) -> str:
    """A camera's link without its user and password; anything else as it is."""
    return _ASKED.sub(r"\1", _LOGIN.sub(r"\1", link)) if "://" in link else link


def as_plain(settings: Settings) -> dict[str, object]:
    """The settings as their file has them: plain lists and objects."""
    plain: dict[str, object] = {name: getattr(settings, name) for name in _FITS}
    plain["lanes"] = [
        {name: getattr(lane, name) for name in ("number", "direction", "camera", "scanner")}
        for lane in settings.lanes
    ]
    plain["required_checks"] = list(settings.required_checks)
    plain["class_checks"] = {name: list(kinds) for name, kinds in settings.class_checks.items()}
    return plain


def for_others(settings: Settings) -> dict[str, object]:
    """The settings as another desk may have them: nothing of this one's key, no login of a camera."""
    open_links = tuple(replace(lane, camera=without_login(lane.camera)) for lane in settings.lanes)
    plain = as_plain(replace(settings, lanes=open_links))
    return {name: value for name, value in plain.items() if name not in {"key_place", "sheet_proved"}}


def from_plain(found: Mapping[str, object]) -> Settings:
    """Settings from the objects of a file; what does not fit stays at its default and is named in `bad`."""
    found = _one_line(_one_lane(found))
    good: dict[str, Any] = {
        name: value for name, value in found.items() if name in _FITS and _FITS[name](value)
    }
    bad = tuple(name for name in found if name in _FITS and name not in good)
    unknown = {name: value for name, value in found.items() if name not in _FITS}
    if "lanes" in good:
        good["lanes"] = tuple(sorted((LaneSetting(**lane) for lane in good["lanes"]), key=_number))
    if "required_checks" in good:
        good["required_checks"] = tuple(good["required_checks"])
    if "class_checks" in good:
        good["class_checks"] = {name: tuple(kinds) for name, kinds in good["class_checks"].items()}
    return replace(Settings(**good), unknown=unknown, bad=bad)


def _one_lane(found: Mapping[str, object]) -> Mapping[str, object]:
    """A file of the first version had its one lane in the open: `lane`, `direction`, `camera`."""
    old = {"number": found.get("lane", 1)} | {
        name: found[name] for name in ("direction", "camera") if name in found
    }
    rest = {name: value for name, value in found.items() if name not in {"lane", "direction", "camera"}}
    return rest if len(rest) == len(found) or "lanes" in found else {**rest, "lanes": [old]}


def _one_line(found: Mapping[str, object]) -> Mapping[str, object]:
    """A station's name may have been written with a line break: papers have one line for it."""
    name = found.get("station")
    return {**found, "station": " ".join(name.split())} if isinstance(name, str) else found


def _number(lane: LaneSetting) -> int:
    return lane.number


def unfit(settings: Settings) -> tuple[str, ...]:
    """Names of values that no desk can be set to; loading would replace them by their defaults."""
    plain = as_plain(settings)
    return tuple(name for name, value in plain.items() if value != "" and not _FITS[name](value))


def load_settings(folder: Path) -> Settings:
    """The desk's settings; defaults where the file or a value is missing or cannot be used."""
    path = folder / SETTINGS_FILE
    return read_settings(path) if path.exists() else Settings()


def read_settings(path: Path) -> Settings:
    """The settings in a file, whatever its name; `bad` names the file's usual name when it holds none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings(bad=(SETTINGS_FILE,))
    return from_plain(found) if isinstance(found, dict) else Settings(bad=(SETTINGS_FILE,))


def save_settings(folder: Path, settings: Settings) -> None:
    """Writes the file whole or not at all; raises OSError when the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in as_plain(settings).items() if value != ""}
    whole = json.dumps({**settings.unknown, **kept}, ensure_ascii=False, indent=2, sort_keys=True)
    fresh = folder / (SETTINGS_FILE + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(whole + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / SETTINGS_FILE)


def machine() -> str:
    """A digest that names this computer, 16 hex characters; "" where the system has no steady name.

    A ledger that wakes up on another computer was cloned or moved and begins a new epoch.
    """
    name = _machine_name()
    return hashlib.sha256(b"checkpoint-app machine\0" + name.encode()).hexdigest()[:16] if name else ""


def _machine_name() -> str:
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        if path.is_file():
            return path.read_text(encoding="ascii", errors="replace").strip()
    address = uuid.getnode()
    made_up = address >> 40 & 1  # the multicast bit: Python found no network card and invented one
    return "" if made_up else f"{address:012x}"
