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

import platformdirs

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.words import CheckKind

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


@dataclass(frozen=True, slots=True)
class Settings:
    """What a desk is set to: nothing personal, nothing secret, the file lies beside the ledger in the clear.

    `unknown` keeps what a newer version wrote; `bad` names values that were replaced by their default.
    """

    station: str = ""
    desk: str = ""
    province: str = "豫"
    camera: str = ""  # name, index, path or URL; empty: no camera
    language: str = "zh_CN"
    lane: int = 1
    direction: str = "in"
    theme: str = "day"
    scale: int = 100
    key_place: str = ""
    sheet_proved: bool = False  # the recovery sheet was typed back; until then the window reminds
    tally_allowed: bool = True
    required_checks: tuple[str, ...] = ("health_code", "temperature")
    unknown: Mapping[str, object] = field(default_factory=dict)
    bad: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the first start has been answered."""
        return bool(self.station and self.desk)


_CHECKS = tuple(kind.value for kind in CheckKind)


def _among(value: object, texts: tuple[str, ...]) -> bool:
    return isinstance(value, str) and value in texts


_FITS: dict[str, Callable[[object], bool]] = {
    "station": lambda value: isinstance(value, str) and len(value) <= 40,
    "desk": lambda value: (
        isinstance(value, str) and bool(re.fullmatch(r"[A-Z0-9](?:[A-Z0-9-]{0,22}[A-Z0-9])?", value))
    ),
    "province": lambda value: isinstance(value, str) and len(value) == 1,
    "camera": lambda value: isinstance(value, str) and len(value) <= 500,
    "language": lambda value: _among(value, ("zh_CN", "en")),
    "lane": lambda value: type(value) is int and 1 <= value <= 16,
    "direction": lambda value: _among(value, ("in", "out")),
    "theme": lambda value: _among(value, ("day", "night", "contrast")),
    "scale": lambda value: type(value) is int and value in {100, 115, 130},
    "key_place": lambda value: _among(value, ("keyring", "passphrase", "open_file")),
    "sheet_proved": lambda value: isinstance(value, bool),
    "tally_allowed": lambda value: isinstance(value, bool),
    "required_checks": lambda value: isinstance(value, list) and all(_among(item, _CHECKS) for item in value),
}


def unfit(settings: Settings) -> tuple[str, ...]:
    """Names of values that no desk can be set to; loading would replace them by their defaults."""
    plain = {name: getattr(settings, name) for name in _FITS}
    plain |= {"required_checks": list(settings.required_checks)}
    return tuple(name for name, value in plain.items() if value != "" and not _FITS[name](value))


def load_settings(folder: Path) -> Settings:
    """The desk's settings; defaults where the file or a value is missing or cannot be used."""
    try:
        found = json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError):
        return Settings(bad=(SETTINGS_FILE,))
    if not isinstance(found, dict):
        return Settings(bad=(SETTINGS_FILE,))
    good = {name: value for name, value in found.items() if name in _FITS and _FITS[name](value)}
    bad = tuple(name for name in found if name in _FITS and name not in good)
    unknown = {name: value for name, value in found.items() if name not in _FITS}
    if "required_checks" in good:
        good["required_checks"] = tuple(good["required_checks"])
    return replace(Settings(**good), unknown=unknown, bad=bad)


def save_settings(folder: Path, settings: Settings) -> None:
    """Writes the file whole or not at all; raises OSError when the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = {entry.name: getattr(settings, entry.name) for entry in fields(settings)}
    plain |= {"required_checks": list(settings.required_checks)}
    kept = {name: value for name, value in plain.items() if name in _FITS and value != ""}
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
