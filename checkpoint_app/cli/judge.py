"""`judge`: what would the lane say to one scanned text?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, say
from checkpoint_app.cli.times import local_zone, parse_time
from checkpoint_app.domain.codes import LinkPatterns, classify
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.judging import judge
from checkpoint_app.domain.known import Known
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.lane_codes import with_code
from checkpoint_app.domain.rules import RulePack
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import CodeClass, Direction, VerdictState
from checkpoint_app.i18n import language
from checkpoint_app.services.rulebook import rules_for, rules_in
from checkpoint_app.storage.database import holds_ledger
from checkpoint_app.storage.timekeeper import system_tick

LETS_GO = frozenset({VerdictState.PASS, VerdictState.NOT_YET})


class NothingToJudge(Refusal):
    """Neither a text nor a line on standard input."""


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Judges each text; 1 when any of them alone gives stop or refer."""
    now = system_tick().wall
    rules = _rules(arguments, doors, now=now)
    at = parse_time(arguments.at, now=now) if arguments.at else now
    payloads = _payloads(arguments.text)
    patterns = doors.patterns()
    fine = [
        _one(payload, rules=rules, patterns=patterns, at=at, as_json=arguments.json) for payload in payloads
    ]
    if not fine:
        raise NothingToJudge
    return 0 if all(fine) else 1


def _rules(arguments: argparse.Namespace, doors: Doors, *, now: int) -> RulePack:
    """Those of the file that was named, else the desk's own; where no desk is, those that ship."""
    if arguments.rules:
        return rules_in(Path(arguments.rules))
    if not holds_ledger(doors.folder):
        return doors.rules(None)
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        return rules_for(reading.connection, reading.settings, now=now)


def _payloads(text: str) -> list[bytes]:
    if text != "-":
        return [text.encode("utf-8", "surrogateescape")]
    return [line.rstrip(b"\r\n") for line in sys.stdin.buffer if line.strip()]


def _one(payload: bytes, *, rules: RulePack, patterns: LinkPatterns, at: int, as_json: bool) -> bool:
    code = classify(payload, patterns)
    verdict = None
    if code.kind not in {CodeClass.SEAL, CodeClass.BADGE}:
        state = LaneState(1, Direction.IN)
        state = with_code(state, code, digest="0" * 64, now=at, action="0" * 32)
        if state.open is not None:
            last = state.open.checks[-1] if state.open.checks else None
            verdict = judge(state.open, last, Known(offset=local_zone(at)), rules, now=at)
    record: dict[str, Plain] = {"kind": code.kind.value, "shown": code.shown, "notes": list(code.notes)}
    record |= _verdict(verdict) if verdict else {}
    if as_json:
        emit(record)
    else:
        say(f"{code.kind.value}  {code.shown}")
        for line in _lines(verdict) if verdict else ():
            say("  " + line)
    return verdict is None or verdict.state in LETS_GO


def _verdict(verdict: Verdict) -> dict[str, Plain]:
    return {
        "verdict": verdict.state.value,
        "reasons": [{"code": reason.code, **reason.words} for reason in verdict.reasons],
        "weakest": verdict.weakest.value if verdict.weakest else None,
        "data": [
            {"name": data.name, "version": data.version, "age_ms": data.age, "light": data.light}
            for data in verdict.data
        ],
    }


def _lines(verdict: Verdict) -> tuple[str, ...]:
    lines = (verdict.state.value, verdict.title(language()), verdict.now(language()))
    return tuple(line for line in lines if line)
