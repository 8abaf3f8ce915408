"""Reads the verdict tables: one crossing a row, its checks written short.

A check is "PERSON KIND RESULT EVIDENCE [-H:MM|+H:MM] [digest=…] [void]"; a temperature "PERSON temperature
TENTHS [-H:MM]". The time is when a test was taken or a temperature measured, relative to NOW, which is 09:00
in China.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkpoint_app.config import resource
from checkpoint_app.domain.crossing import Check, Crossing
from checkpoint_app.domain.judging import Known, Sighting, judge
from checkpoint_app.domain.known import Presence
from checkpoint_app.domain.rules import RulePack, load_rules
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import CheckKind, ClockState, Direction, Evidence, VehicleClass

NOW = 1_795_050_000_000  # 2026-11-19 01:00 UTC
MINUTE = 60_000
TABLES = Path(__file__).parent.parent / "data" / "verdicts"
PACK: RulePack = load_rules(resource("rules/default.json").read_bytes())


@dataclass(frozen=True)
class Row:
    """One line of a table; `given` is the whole line."""

    table: str
    given: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.table}: {self.given['name']}"

    @property
    def crossing(self) -> Crossing:
        given = self.given
        return Crossing(
            action="0" * 32,
            lane=1,
            direction=Direction(given.get("direction", "in")),
            started=NOW,
            plate=given.get("plate", "豫A12345"),
            vehicle=VehicleClass(given.get("vehicle", "car")),
            told=given.get("told", 0),
            checks=tuple(read_check(text) for text in given["checks"]),
        )

    @property
    def known(self) -> Known:
        sightings = tuple(
            Sighting(digest, NOW + minutes(at) * MINUTE, lane)
            for digest, at, lane in self.given.get("sightings", [])
        )
        return Known(
            clock=ClockState(self.given.get("clock", "sure")),
            sightings=sightings,
            presence=Presence(**self.given.get("presence", {})),
        )

    @property
    def verdict(self) -> Verdict:
        return judge(self.crossing, None, self.known, PACK, now=NOW)


def rows() -> list[Row]:
    return [
        Row(path.stem, given)
        for path in sorted(TABLES.glob("*.json"))
        for given in json.loads(path.read_text(encoding="utf-8"))
    ]


def read_check(text: str) -> Check:
    """A check in short form."""
    person, kind, *rest = text.split()
    times = [NOW + minutes(word) * MINUTE for word in rest if re.fullmatch(r"[+-]\d+:\d\d", word)]
    if kind == CheckKind.TEMPERATURE:
        number = next((int(word) for word in rest if word.isdigit()), None)
        return Check(
            CheckKind.TEMPERATURE,
            "measured",
            Evidence.MEASURED,
            times[0] if times else NOW,
            int(person),
            tenths=number,
            voided="void" in rest,
        )
    result, evidence, *more = rest
    return Check(
        CheckKind(kind),
        result,
        Evidence(evidence),
        NOW,
        int(person),
        taken=times[0] if times else None,
        digest=next((word[7:] for word in more if word.startswith("digest=")), ""),
        voided="void" in more,
    )


def minutes(text: str) -> int:
    """Signed minutes of "-36:00"."""
    hours, rest = text[1:].split(":")
    return (-1 if text[0] == "-" else 1) * (int(hours) * 60 + int(rest))
