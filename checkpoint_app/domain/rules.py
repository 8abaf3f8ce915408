"""Rules are data: a pack of them, read from JSON and refused as a whole when anything in it is wrong.

A rule is written as the EU certificate rules are (Identifier, Version, ValidFrom, ValidTo, AffectedFields,
Description, Logic) and adds what a lane needs: the Outcome when the logic is false, the Scope and Kinds it
looks at, what the officer does Now, and a Phrase to read to the driver. Nothing is guessed or repaired.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from checkpoint_app.domain import certlogic
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.words import CheckKind, VehicleClass, VerdictState

MOST_BYTES = 256 * 1024
MOST_RULES = 200
LONGEST_TEXT = 80
HOUR = 3_600_000
LANGUAGES = ("zh", "en")
SCOPES = ("crossing", "person", "check")
PLACEHOLDERS = frozenset(
    {
        "who",
        "person",
        "kind",
        "colour",
        "temperature",
        "limit",
        "again",
        "wait",
        "age",
        "window",
        "missing",
        "short",
        "next",
    }
)
PARAMETERS = frozenset(
    {
        "temperature_limit",
        "temperature_plausible",
        "remeasure_minutes",
        "test_window_hours",
        "colour_needed",
    }
)

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_VERSION = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){0,2}")
_NEEDED = (
    "Identifier",
    "Version",
    "ValidFrom",
    "ValidTo",
    "AffectedFields",
    "Description",
    "Logic",
    "Outcome",
)
_RULE_FIELDS = frozenset({*_NEEDED, "Scope", "Kinds", "Now", "Phrase"})
_PACK_LISTS = ("Parameters", "Required", "Instead", "ValueSets", "Rules")
_PACK_FIELDS = frozenset({"Name", "Version", "Issued", "MaxAge", *_PACK_LISTS})
_OUTCOMES = (VerdictState.STOP, VerdictState.REFER, VerdictState.NOT_YET)


class RuleRefused(Refusal):
    """A rule pack that is not taken into use; facts: rule (empty: the pack itself), fault."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`logic` true: nothing to say. False: `outcome`, for the reason in `description`. Times in ms UTC."""

    identifier: str
    version: str
    valid_from: int
    valid_to: int
    affected: tuple[str, ...]
    description: Mapping[str, str]
    logic: Any
    outcome: VerdictState
    scope: str = "crossing"
    kinds: tuple[str, ...] = ()  # check kinds a rule of scope "check" looks at; empty: all
    now_words: Mapping[str, str] | None = None
    phrase: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RulePack:
    """`stale_after` and `expires_after` are ages in ms. `required` has check kinds by vehicle class or
    "default"; `instead` names kinds which stand in for a required one.
    """

    name: str
    version: str
    issued: int
    stale_after: int
    expires_after: int
    parameters: Mapping[str, int]
    required: Mapping[str, tuple[str, ...]]
    instead: Mapping[str, tuple[str, ...]]
    value_sets: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]

    def required_of(self, vehicle: VehicleClass) -> tuple[str, ...]:
        """Kinds of checks every person in such a vehicle needs."""
        return self.required.get(vehicle.value, self.required["default"])


def load_rules(data: str | bytes) -> RulePack:
    """The pack in `data`; raises RuleRefused naming the rule and the fault."""
    fields = _object(_read(data), "", _PACK_FIELDS)
    age = _object(_take(fields, "MaxAge", dict), "", frozenset({"StaleHours", "ExpiredHours"}))
    pack = RulePack(
        name=_text(_take(fields, "Name", str), ""),
        version=_version(fields, ""),
        issued=_moment(fields, "Issued", ""),
        stale_after=_hours(age, "StaleHours"),
        expires_after=_hours(age, "ExpiredHours"),
        parameters=_parameters(_take(fields, "Parameters", dict)),
        required=_required(_take(fields, "Required", dict)),
        instead=_kind_lists(_take(fields, "Instead", dict)),
        value_sets=_value_sets(_take(fields, "ValueSets", dict)),
        rules=tuple(_rule(one) for one in _rule_list(fields)),
    )
    if not 0 < pack.stale_after <= pack.expires_after:
        _refuse("", "MaxAge: stale before expired")
    names = [(rule.identifier, rule.version) for rule in pack.rules]
    for name in names:
        if names.count(name) > 1:
            _refuse(name[0], "twice with the same version")
    return pack


def with_parameters(pack: RulePack, parameters: Mapping[str, int]) -> RulePack:
    """The pack with a station's own limits; raises RuleRefused for a name or value that is none."""
    return replace(pack, parameters=_parameters({**pack.parameters, **parameters}))


def requiring(
    pack: RulePack, kinds: tuple[str, ...], classes: Mapping[str, tuple[str, ...]] | None = None
) -> RulePack:
    """The pack with a station's own lists of checks: `classes` by vehicle class, an empty one asks for
    nothing; `kinds` for every class that has no list there or in the pack.
    """
    return replace(pack, required=_required({**pack.required, "default": kinds, **(classes or {})}))


def in_force(pack: RulePack, *, now: int, sure: bool) -> tuple[Rule, ...]:
    """The newest version of each rule valid at `now`; while the clock is unsure none falls out of force."""
    valid = _newest(rule for rule in pack.rules if rule.valid_from <= now <= rule.valid_to)
    if sure:
        return tuple(valid.values())
    return tuple({**_newest(pack.rules), **valid}.values())


def _newest(rules: Iterable[Rule]) -> dict[str, Rule]:
    newest: dict[str, Rule] = {}
    for rule in rules:
        known = newest.get(rule.identifier)
        if known is None or _order(rule.version) > _order(known.version):
            newest[rule.identifier] = rule
    return newest


def _read(data: str | bytes) -> object:
    if len(data) > MOST_BYTES:
        _refuse("", "too large")
    try:
        return json.loads(
            data, object_pairs_hook=_no_duplicates, parse_float=_no_float, parse_constant=_no_float
        )
    except RecursionError:
        _refuse("", "nested too deep")
    except (UnicodeDecodeError, ValueError):
        _refuse("", "not JSON")


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    whole = dict(pairs)
    if len(whole) != len(pairs):
        _refuse("", "a name twice in one object")
    return whole


def _no_float(text: str) -> NoReturn:
    _refuse("", f"{text[:20]}: whole numbers only")


def _rule_list(fields: Mapping[str, Any]) -> list[Any]:
    rules = _take(fields, "Rules", list)
    if not 0 < len(rules) <= MOST_RULES:
        _refuse("", f"1 to {MOST_RULES} rules")
    return list(rules)


def _rule(value: object) -> Rule:
    name = value.get("Identifier") if isinstance(value, dict) else None
    if not isinstance(name, str) or not _IDENTIFIER.fullmatch(name):
        _refuse("", "a rule without a proper Identifier")
    fields = _object(value, name, _RULE_FIELDS)
    rule = Rule(
        identifier=name,
        version=_version(fields, name),
        valid_from=_moment(fields, "ValidFrom", name),
        valid_to=_moment(fields, "ValidTo", name),
        affected=tuple(_text(one, name) for one in _take(fields, "AffectedFields", list, name)),
        description=_words(fields, "Description", name),
        logic=_logic(fields, name),
        outcome=_outcome(fields, name),
        scope=_one_of(fields.get("Scope", "crossing"), SCOPES, name, "Scope"),
        kinds=_kinds(fields.get("Kinds", []), name),
        now_words=_words(fields, "Now", name) if "Now" in fields else None,
        phrase=_words(fields, "Phrase", name) if "Phrase" in fields else None,
    )
    if rule.valid_from > rule.valid_to:
        _refuse(name, "ValidFrom after ValidTo")
    return rule


def _logic(fields: Mapping[str, Any], rule: str) -> object:
    try:
        certlogic.checked(_take(fields, "Logic", dict, rule))
    except certlogic.LogicRefused as error:
        raise RuleRefused(rule=rule, fault=f"Logic: {error.facts['fault']}") from error
    return fields["Logic"]


def _outcome(fields: Mapping[str, Any], rule: str) -> VerdictState:
    return VerdictState(_one_of(_take(fields, "Outcome", str, rule), _OUTCOMES, rule, "Outcome"))


def _words(fields: Mapping[str, Any], name: str, rule: str) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for item in _take(fields, name, list, rule):
        one = _object(item, rule, frozenset({"lang", "desc"}))
        words[_text(one.get("lang"), rule)] = _template(one.get("desc"), rule)
    if missing := [language for language in LANGUAGES if language not in words]:
        _refuse(rule, f"{name}: no {missing[0]}")
    return words


def _template(value: object, rule: str) -> str:
    text = _text(value, rule)
    try:
        pieces = list(string.Formatter().parse(text))
    except ValueError:
        _refuse(rule, "braces that do not close")
    for _, name, form, conversion in pieces:
        if name is not None and (name not in PLACEHOLDERS or form or conversion):
            _refuse(rule, f"unknown placeholder {name[:20]!r}")
    if "{{" in text or "}}" in text:
        _refuse(rule, "braces that are no placeholder")
    return text


def _text(value: object, rule: str) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT or not value.isprintable():
        _refuse(rule, f"a text of 1 to {LONGEST_TEXT} printable characters")
    return value


def _parameters(found: Mapping[str, Any]) -> Mapping[str, int]:
    for name, value in found.items():
        if name not in PARAMETERS or not isinstance(value, int) or isinstance(value, bool):
            _refuse("", f"Parameters: {name[:40]}")
        if not 0 <= value <= 100_000:
            _refuse("", f"Parameters: {name} out of range")
    if missing := sorted(PARAMETERS - set(found)):
        _refuse("", f"Parameters: no {missing[0]}")
    return dict(found)


def _required(found: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    classes = {"default", *(vehicle.value for vehicle in VehicleClass)}
    if "default" not in found or not set(found) <= classes:
        _refuse("", "Required: default, and vehicle classes")
    return {name: _kinds(kinds, "") for name, kinds in found.items()}


def _kind_lists(found: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    _kinds(list(found), "")
    return {name: _kinds(kinds, "") for name, kinds in found.items()}


def _kinds(value: object, rule: str) -> tuple[str, ...]:
    known = [kind.value for kind in CheckKind]
    if not isinstance(value, list | tuple):
        _refuse(rule, "a list of check kinds")
    return tuple(_one_of(kind, known, rule, "check kind") for kind in value)


def _value_sets(found: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    for name, items in found.items():
        if not isinstance(items, list):
            _refuse("", f"ValueSets: {name[:40]} is no list")
    return {name: tuple(_text(item, "") for item in items) for name, items in found.items()}


def _object(value: object, rule: str, known: frozenset[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        _refuse(rule, "not an object")
    if strange := sorted(set(value) - known):
        _refuse(rule, f"unknown field {strange[0][:40]!r}")
    return value


def _take(fields: Mapping[str, Any], name: str, kind: type, rule: str = "") -> Any:
    value = fields.get(name)
    if not isinstance(value, kind):
        _refuse(rule, f"{name}: missing or of the wrong kind")
    return value


def _one_of(value: object, known: Any, rule: str, name: str) -> str:
    if not isinstance(value, str) or value not in list(known):
        _refuse(rule, f"{name}: {str(value)[:40]!r}")
    return value


def _version(fields: Mapping[str, Any], rule: str) -> str:
    version: str = _take(fields, "Version", str, rule)
    if not _VERSION.fullmatch(version):
        _refuse(rule, "Version: numbers and dots")
    return version


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _moment(fields: Mapping[str, Any], name: str, rule: str) -> int:
    text: str = _take(fields, name, str, rule)
    try:
        return int(certlogic.moment(text).timestamp() * 1000)
    except (ValueError, OverflowError):
        _refuse(rule, f"{name}: no date")


def _hours(fields: Mapping[str, Any], name: str) -> int:
    hours: int = _take(fields, name, int)
    if isinstance(hours, bool) or not 0 < hours <= 1_000_000:
        _refuse("", f"MaxAge: {name}")
    return hours * HOUR


def _refuse(rule: str, fault: str) -> NoReturn:
    raise RuleRefused(rule=rule, fault=fault)
