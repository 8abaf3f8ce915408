"""Health, travel and venue codes: links and opaque texts that data describes, never opened.

Whether such a code is genuine only its region's server knows. A pattern tells which kind of code was shown,
by which region, and the colour where the text itself carries one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from checkpoint_app.domain.identity import PROVINCE_CODES
from checkpoint_app.domain.link_patterns import ALPHABETS, LinkPattern, LinkPatterns
from checkpoint_app.domain.reading import Reading
from checkpoint_app.domain.words import CodeClass

_TOKEN_SEGMENT = re.compile(r"[A-Za-z0-9_-]{1,128}")

_WEB = r"A-Za-z0-9._~!$&'()*+,;=:@%/\-"
_LINK = re.compile(
    r"[Hh][Tt][Tt][Pp][Ss]?://([A-Za-z0-9.-]{1,253})(?::(?:443|80))?"
    rf"(/[{_WEB}]*)?(?:\?([{_WEB}?]*))?(?:#[{_WEB}?]*)?"
)


def link(text: str, patterns: LinkPatterns) -> Reading | None:
    """The reading of a link; plain text with a note for a link no pattern knows; None for any other text."""
    if not text[:8].lower().startswith(("http://", "https://")):
        return None
    match = _LINK.fullmatch(text)
    if match:
        host, path, query = match.group(1).lower(), match.group(2) or "/", match.group(3)
        parameters = _parameters(query)
        for pattern in patterns.links:
            if host in pattern.hosts and _follows(path, pattern.path) and parameters is not None:
                reading = _of_pattern(pattern, host, parameters)
                if reading:
                    return reading
    return Reading(CodeClass.PLAIN_TEXT, ("unlisted_link",))


def token(text: str, patterns: LinkPatterns) -> Reading | None:
    """The reading of an opaque text that a token pattern describes; None for any other text."""
    for pattern in patterns.tokens:
        if not text.startswith(pattern.prefix):
            continue
        rest = text[len(pattern.prefix) :]
        if not pattern.shortest <= len(rest) <= pattern.longest or set(rest) - ALPHABETS[pattern.alphabet]:
            continue
        if pattern.division and rest[:2] not in PROVINCE_CODES:
            continue
        facts = {"name": pattern.name, "region": pattern.region}
        if pattern.kind is CodeClass.TRUCK_PASS:
            facts |= {"pass": rest, "region": rest[:6] if pattern.division else pattern.region}
        return Reading(pattern.kind, ("not_verifiable",), facts)
    return None


def _parameters(query: str | None) -> Mapping[str, str] | None:
    """Names and values as written, not decoded; None when a name comes twice."""
    pairs = [part.partition("=") for part in (query or "").split("&") if part]
    parameters = {name: value for name, _, value in pairs}
    return parameters if len(parameters) == len(pairs) else None


def _follows(path: str, expected: Sequence[str]) -> bool:
    parts = path.split("/")[1:]
    return len(parts) == len(expected) and all(
        _TOKEN_SEGMENT.fullmatch(part) if wanted == "{token}" else part == wanted
        for part, wanted in zip(parts, expected, strict=True)
    )


def _of_pattern(pattern: LinkPattern, host: str, parameters: Mapping[str, str]) -> Reading | None:
    if pattern.required - {name for name, value in parameters.items() if value}:
        return None
    facts = {"name": pattern.name, "region": pattern.region, "host": host}
    notes: tuple[str, ...] = ("not_verifiable",)
    written = parameters.get(pattern.colour_parameter) if pattern.colour_parameter else None
    if written is not None and written in pattern.colours:
        facts["colour"] = pattern.colours[written]
    elif written is not None:
        notes += ("unknown_colour",)
    return Reading(pattern.kind, notes, facts)
