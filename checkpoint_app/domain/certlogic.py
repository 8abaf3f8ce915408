"""CertLogic: the language in which rules say true or false about plain data, and nothing else.

The part of the EU certificate rules' language (CertLogic 1.x, itself a part of JsonLogic) that those rules
use. Rules come from outside, so `checked` looks at every node before a rule is accepted: known operations
with the right number of operands, integers only, bounded depth and size. `evaluate` counts steps.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

from checkpoint_app.domain.errors import Refusal

DEEPEST = 32
MOST_NODES = 2_000
MOST_STEPS = 50_000
LARGEST = 2**53 - 1
UNITS = ("year", "month", "day", "hour")

_PATH = re.compile(r"(?:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)?")
_MOMENT = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?"
)
_UVCI_PREFIX = "URN:UVCI:"


class LogicRefused(Refusal):
    """A rule's logic is not CertLogic, or too large; facts: fault."""


class Undecided(Refusal):
    """The logic has no answer for this data (a date that is none, unlike things compared); facts: fault."""


def checked(logic: object) -> int:
    """How many nodes the logic has; raises LogicRefused when `evaluate` should never see it."""
    nodes = _nodes(logic, depth=0)
    if nodes > MOST_NODES:
        raise LogicRefused(fault="too large")
    return nodes


def evaluate(logic: object, data: object) -> Any:
    """What checked `logic` says about `data`: a boolean, number, text, list, or a moment.

    Python's truth is CertLogic's: false, null, 0, "" and whatever is empty are false. Raises
    Undecided where the standard has no answer.
    """
    try:
        return _Run(data).value(logic, data)
    except (TypeError, ValueError, OverflowError) as error:
        raise Undecided(fault=str(error)) from error


def moment(text: str) -> datetime:
    """An ISO 8601 date or time; a date starts at midnight, no zone is UTC, a partial date its first day.

    Raises ValueError for anything else.
    """
    found = _MOMENT.fullmatch(text)
    if not found or not text.isascii():
        raise ValueError("not a date")
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    return datetime(
        int(year),
        int(month or 1),
        int(day or 1),
        int(hour or 0),
        int(minute or 0),
        int(second or 0),
        int((fraction or "").ljust(6, "0")[:6]),
        _zone(zone),
    )


def _zone(text: str | None) -> timezone:
    if text in {None, "Z"}:
        return UTC
    digits = str(text)[1:].replace(":", "").ljust(4, "0")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-shift if str(text)[0] == "-" else shift)


def _nodes(logic: object, *, depth: int) -> int:
    if depth > DEEPEST:
        raise LogicRefused(fault="nested too deep")
    if isinstance(logic, dict):
        return 1 + _operation_nodes(logic, depth=depth)
    if isinstance(logic, list):
        return 1 + sum(_nodes(item, depth=depth + 1) for item in logic)
    if isinstance(logic, int) and abs(logic) > LARGEST:
        raise LogicRefused(fault="number too large")
    if not isinstance(logic, str | int):
        raise LogicRefused(fault=f"{type(logic).__name__} is no value of a rule")
    return 1


def _operation_nodes(logic: dict[Any, object], *, depth: int) -> int:
    if len(logic) != 1:
        raise LogicRefused(fault="an operation has one name")
    ((name, operands),) = logic.items()
    if name == "var":
        if not isinstance(operands, str) or not _PATH.fullmatch(operands):
            raise LogicRefused(fault="var needs a path")
        return 1
    if name not in _OPERANDS:
        raise LogicRefused(fault=f"unknown operation {str(name)[:40]!r}")
    least, most = _OPERANDS[name]
    if not isinstance(operands, list) or not least <= len(operands) <= most:
        raise LogicRefused(fault=f"wrong operands of {name}")
    if name in _LITERALS and not _LITERALS[name](operands):
        raise LogicRefused(fault=f"wrong operands of {name}")
    return sum(_nodes(item, depth=depth + 1) for item in operands)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_LITERALS: Mapping[str, Callable[[list[Any]], bool]] = {
    "plusTime": lambda operands: _whole(operands[1]) and operands[2] in UNITS,
    "extractFromUVCI": lambda operands: _whole(operands[1]),
    "reduce": lambda operands: not isinstance(operands[2], dict | list),
}

_OPERANDS: Mapping[str, tuple[int, int]] = {
    "if": (3, 3),
    "and": (2, MOST_NODES),
    "!": (1, 1),
    "===": (2, 2),
    "in": (2, 2),
    "+": (2, 2),
    "reduce": (3, 3),
    "plusTime": (3, 3),
    "extractFromUVCI": (2, 2),
    **dict.fromkeys((">", "<", ">=", "<=", "after", "before", "not-after", "not-before"), (2, 3)),
}


class _Run:
    """One evaluation and the steps it has left; `reduce` is the only loop."""

    __slots__ = ("_left", "_whole_data")

    def __init__(self, data: object) -> None:
        self._left = MOST_STEPS
        self._whole_data = data

    def value(self, logic: Any, data: object) -> Any:
        self._left -= 1
        if self._left < 0:
            raise Undecided(fault="too many steps")
        if isinstance(logic, list):
            return [self.value(item, data) for item in logic]
        if not isinstance(logic, dict):
            return logic
        ((name, operands),) = logic.items()
        if name == "var":
            return _found(operands, data)
        if name in _LAZY:
            return _LAZY[name](self, operands, data)
        return _EAGER[name](*[self.value(item, data) for item in operands])

    def if_(self, operands: list[Any], data: object) -> Any:
        return self.value(operands[1 if self.value(operands[0], data) else 2], data)

    def and_(self, operands: list[Any], data: object) -> Any:
        last: Any = True
        for operand in operands:
            last = self.value(operand, data)
            if not last:
                break
        return last

    def reduce(self, operands: list[Any], data: object) -> Any:
        items, accumulator = self.value(operands[0], data), operands[2]
        if items is not None and not isinstance(items, list | tuple):
            raise Undecided(fault="reduce needs a list")
        for item in items or ():
            inner = {"accumulator": accumulator, "current": item, "data": self._whole_data}
            accumulator = self.value(operands[1], inner)
        return accumulator


def _found(path: str, data: object) -> Any:
    for name in path.split(".") if path else ():
        if isinstance(data, dict):
            data = data.get(name)
        elif isinstance(data, list | tuple):
            data = data[int(name)] if name.isdigit() and len(name) < 9 and int(name) < len(data) else None
        else:
            return None
    return data


def _same(left: object, right: object) -> bool:
    plain = isinstance(left, str | int) or left is None
    return plain and type(left) is type(right) and left == right


def _within(item: object, items: object) -> bool:
    if items is None:
        return False
    if not isinstance(items, list | tuple):
        raise Undecided(fault="in needs a list")
    return any(_same(item, other) for other in items)


def _sum(left: object, right: object) -> int:
    return _integer(left) + _integer(right)


def _integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Undecided(fault=f"{type(value).__name__} is no number")
    return value


def _moved(text: object, amount: int, unit: str) -> datetime:
    start = _moment_of(text)
    if unit in {"day", "hour"}:
        return start + timedelta(**{f"{unit}s": amount})
    months = start.year * 12 + start.month - 1 + amount * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise Undecided(fault="a year no calendar has")
    return start.replace(year=year, month=month + 1, day=min(start.day, monthrange(year, month + 1)[1]))


def _moment_of(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise Undecided(fault=f"{type(value).__name__} is no date")
    return moment(value)


def _part(identifier: object, place: int) -> str | None:
    if identifier is None:
        return None
    if not isinstance(identifier, str):
        raise Undecided(fault="an identifier is a text")
    parts = re.split(r"[/#:]", identifier.removeprefix(_UVCI_PREFIX))
    return parts[place] if 0 <= place < len(parts) else None


def _in_order(read: Callable[[object], Any], fits: Callable[[Any, Any], bool]) -> Callable[..., bool]:
    def compared(*operands: object) -> bool:
        values: Sequence[Any] = [read(operand) for operand in operands]
        return all(fits(left, right) for left, right in pairwise(values))

    return compared


_LAZY: Mapping[str, Callable[[_Run, list[Any], object], Any]] = {
    "if": _Run.if_,
    "and": _Run.and_,
    "reduce": _Run.reduce,
}

_EAGER: Mapping[str, Callable[..., Any]] = {
    "!": lambda value: not value,
    "===": _same,
    "in": _within,
    "+": _sum,
    "plusTime": _moved,
    "extractFromUVCI": _part,
    ">": _in_order(_integer, lambda left, right: left > right),
    "<": _in_order(_integer, lambda left, right: left < right),
    ">=": _in_order(_integer, lambda left, right: left >= right),
    "<=": _in_order(_integer, lambda left, right: left <= right),
    "after": _in_order(_moment_of, lambda left, right: left > right),
    "before": _in_order(_moment_of, lambda left, right: left < right),
    "not-after": _in_order(_moment_of, lambda left, right: left <= right),
    "not-before": _in_order(_moment_of, lambda left, right: left >= right),
}
