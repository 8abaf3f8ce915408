"""The patterns of health, travel and venue codes and of truck passes: data, read strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.words import CodeClass

FORMAT = "cp.patterns1"
PATTERNS_MAX = 500
COLOURS = ("green", "yellow", "orange", "red", "grey", "purple", "blue", "none")

ALPHABETS = {
    "digits": frozenset("0123456789"),
    "hex": frozenset("0123456789abcdefABCDEF"),
    "upper": frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "base64url": frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-"),
}

_LINK_KINDS = (CodeClass.HEALTH_LINK, CodeClass.TRAVEL_LINK, CodeClass.VENUE_LINK)
_TOKEN_KINDS = (*_LINK_KINDS, CodeClass.TRUCK_PASS)

_NAME = re.compile(r"[a-z0-9_]{1,40}")
_HOST_PART = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_PATH = re.compile(r"(?:/(?:\{token\}|[A-Za-z0-9._~-]*))+")
_PARAMETER = re.compile(r"[A-Za-z0-9_.-]{1,40}")


class PatternsRefused(Refusal):
    """A pattern list that breaks its own format; facts: name (of the pattern, "" for the list), problem."""


@dataclass(frozen=True, slots=True)
class LinkPattern:
    """A link by exact host, path and required parameters; `{token}` in `path` stands for one opaque part."""

    name: str
    kind: CodeClass
    region: str
    hosts: frozenset[str]
    path: tuple[str, ...]
    required: frozenset[str] = frozenset()
    colour_parameter: str = ""
    colours: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class TokenPattern:
    """An opaque text by prefix, alphabet and length; with `division` it begins with a province code."""

    name: str
    kind: CodeClass
    region: str
    prefix: str
    alphabet: str
    shortest: int
    longest: int
    division: bool = False


@dataclass(frozen=True, slots=True)
class LinkPatterns:
    """The patterns in force; `version` is shown with a verdict."""

    version: int = 0
    links: tuple[LinkPattern, ...] = ()
    tokens: tuple[TokenPattern, ...] = ()


def load_patterns(data: Mapping[str, object]) -> LinkPatterns:
    """Patterns from parsed JSON; raises PatternsRefused for anything its format does not allow."""
    version = data.get("version")
    if data.get("format") != FORMAT or type(version) is not int or version < 1:
        raise PatternsRefused(name="", problem="format")
    links = tuple(_link_pattern(entry) for entry in _entries(data, "links"))
    tokens = tuple(_token_pattern(entry) for entry in _entries(data, "tokens"))
    names = [pattern.name for pattern in links] + [pattern.name for pattern in tokens]
    if len(set(names)) < len(names) or len(names) > PATTERNS_MAX:
        raise PatternsRefused(name="", problem="names")
    return LinkPatterns(version, links, tokens)


def _entries(data: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    entries = data.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise PatternsRefused(name="", problem=name)
    return entries


def _link_pattern(entry: Mapping[str, object]) -> LinkPattern:
    name = _name(entry)
    hosts = _words(entry, "hosts", name)
    path = entry.get("path")
    _require(bool(hosts) and all(_is_host(host) for host in hosts), name, "hosts")
    _require(isinstance(path, str) and bool(_PATH.fullmatch(path)), name, "path")
    required = _words(entry, "required", name)
    parameter, colours = _colours(entry, name)
    _require(all(_PARAMETER.fullmatch(word) for word in required), name, "required")
    parts = tuple(str(path).split("/")[1:])
    kind = _kind(entry, _LINK_KINDS, name)
    return LinkPattern(
        name, kind, _region(entry, name), frozenset(hosts), parts, frozenset(required), parameter, colours
    )


def _token_pattern(entry: Mapping[str, object]) -> TokenPattern:
    name = _name(entry)
    prefix, alphabet = entry.get("prefix", ""), entry.get("alphabet")
    shortest, longest, division = entry.get("min"), entry.get("max"), entry.get("division", False)
    _require(isinstance(prefix, str) and prefix.isascii() and len(prefix) <= 32, name, "prefix")
    _require(isinstance(alphabet, str) and alphabet in ALPHABETS, name, "alphabet")
    _require(isinstance(division, bool) and (division or bool(prefix)), name, "division")
    if not isinstance(shortest, int) or not isinstance(longest, int) or not 1 <= shortest <= longest <= 2_953:
        raise PatternsRefused(name=name, problem="length")
    kind = _kind(entry, _TOKEN_KINDS, name)
    region = _region(entry, name)
    return TokenPattern(name, kind, region, str(prefix), str(alphabet), shortest, longest, bool(division))


def _name(entry: Mapping[str, object]) -> str:
    name = entry.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise PatternsRefused(name=str(name)[:40], problem="name")
    return name


def _kind(entry: Mapping[str, object], allowed: Sequence[CodeClass], name: str) -> CodeClass:
    kind = entry.get("kind")
    _require(kind in {choice.value for choice in allowed}, name, "kind")
    return CodeClass(str(kind))


def _region(entry: Mapping[str, object], name: str) -> str:
    region = entry.get("region", "")
    _require(isinstance(region, str) and bool(re.fullmatch(r"(?:[0-9]{6})?", region)), name, "region")
    return str(region)


def _words(entry: Mapping[str, object], key: str, name: str) -> list[str]:
    words = entry.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise PatternsRefused(name=name, problem=key)
    return words


def _colours(entry: Mapping[str, object], name: str) -> tuple[str, Mapping[str, str]]:
    colour = entry.get("colour")
    if colour is None:
        return "", {}
    if not isinstance(colour, dict) or not isinstance(colour.get("values"), dict):
        raise PatternsRefused(name=name, problem="colour")
    parameter, values = colour.get("parameter"), colour["values"]
    _require(isinstance(parameter, str) and bool(_PARAMETER.fullmatch(parameter)), name, "colour")
    _require(all(value in COLOURS for value in values.values()), name, "colour")
    return str(parameter), dict(values)


def _is_host(host: str) -> bool:
    parts = host.split(".")
    return len(host) <= 253 and len(parts) > 1 and all(_HOST_PART.fullmatch(part) for part in parts)


def _require(holds: bool, name: str, problem: str) -> None:
    if not holds:
        raise PatternsRefused(name=name, problem=problem)
