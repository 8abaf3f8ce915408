"""The verdict on a crossing, and everything the officer reads with it. Pure: `now` and all data are given.

A rule whose logic is false gives its reason; the worst reason gives the state. What no rule could answer is
a reason to look closer, never a silent pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checkpoint_app.domain import verdict_words as say
from checkpoint_app.domain.case import Case, Seen, as_data, gone_through
from checkpoint_app.domain.certlogic import Undecided, evaluate
from checkpoint_app.domain.check_lines import all_checked, check_lines, in_both
from checkpoint_app.domain.crossing import Check, Crossing
from checkpoint_app.domain.known import Known, KnownSet, Sighting
from checkpoint_app.domain.rules import Rule, RulePack, in_force
from checkpoint_app.domain.verdict import Reason, Verdict
from checkpoint_app.domain.words import GRAVE, CheckKind, Evidence, VerdictState

__all__ = ["Known", "KnownSet", "Sighting", "judge"]

WORST_FIRST = (VerdictState.STOP, VerdictState.REFER, VerdictState.NOT_YET, VerdictState.PASS)
MOST_SHORT = 9_999

_NO_RULES = {"zh": "规则都不在有效期", "en": "No rule is in force"}
_UNDECIDED = {"zh": "有一条规则判不了", "en": "A rule could not be decided"}
_NOW: Mapping[VerdictState, Mapping[str, str]] = {
    VerdictState.STOP: {
        "zh": "[F3] 劝返，[F4] 移交，或 [F8] 请带班",
        "en": "[F3] turn back, [F4] hand over, or [F8] the lead",
    },
    VerdictState.REFER: {"zh": "先核对；不清楚按 [F8] 请带班", "en": "Look closer; if unclear [F8] the lead"},
    VerdictState.NOT_YET: {"zh": "补查，或按 [F1] 选理由", "en": "Check it, or [F1] and a reason"},
    VerdictState.PASS: {},
}


@dataclass(frozen=True, slots=True)
class _Finding:
    """A rule that spoke, about which check (its place) if any, and the words it has.

    `listed`: it has its own check line, because no line of a check says the same.
    """

    reason: Reason
    now_words: Mapping[str, str]
    phrase: Mapping[str, str]
    place: int | None = None
    listed: bool = False


def judge(crossing: Crossing, check: Check | None, known: Known, rules: RulePack, *, now: int) -> Verdict:
    """The verdict on `crossing` with `check`, which may already be among its checks. `now` in ms UTC."""
    if check is not None and check not in crossing.checks:
        crossing = crossing.with_check(check)
    case = gone_through(crossing, known=known, rules=rules, now=now)
    findings = _sorted(_findings(case, known=known, rules=rules, now=now))
    aside = _aside(case, findings)
    out = len({*case.lacking, *aside}) + case.short - len(case.lacking)
    state, headline, now_words, listed = _shown(case, findings, aside=aside, out=out)
    return Verdict(
        state=state,
        reasons=_once(findings),
        done=check_lines(
            case,
            _flagged(findings),
            known=known,
            further=[one.reason for one in listed if one.listed],
        ),
        weakest=_weakest(case.seen),
        data=(
            _rule_set(rules).at(now, sure=known.sure),
            *(one.at(now, sure=known.sure) for one in known.sets),
        ),
        checked=case.among - out,
        people=case.among,
        clock_sure=known.sure,
        at=now,
        facts=_facts(case, findings, ring=f"{case.among - out}/{case.among}"),
        headline=headline,
        now_words=now_words,
    )


def _aside(case: Case, findings: Sequence[_Finding]) -> frozenset[int]:
    """In a bus: who has a reason to stop or to look closer of their own."""
    if not case.crossing.bus:
        return frozenset()
    return frozenset(
        one.reason.person for one in findings if one.reason.state in GRAVE and one.reason.person > 0
    )


def _shown(
    case: Case, findings: Sequence[_Finding], *, aside: frozenset[int], out: int
) -> tuple[VerdictState, Mapping[str, str], Mapping[str, str], Sequence[_Finding]]:
    """State, headline, what to do now, and the findings which the headline does not say.

    In a bus somebody set aside keeps nobody waiting while others still lack something: the reasons stand,
    but what is shown is "not yet".
    """
    if not findings:
        return VerdictState.PASS, all_checked(case), {}, ()
    of_vehicle = any(one.reason.state in GRAVE and one.reason.person == 0 for one in findings)
    if not aside or of_vehicle or not set(case.lacking) - aside:
        return findings[0].reason.state, findings[0].reason.words, findings[0].now_words, findings[1:]
    now_words = next((one.now_words for one in findings if one.reason.state is VerdictState.NOT_YET), {})
    return VerdictState.NOT_YET, say.aside(out, len(aside)), now_words, findings


def _findings(case: Case, *, known: Known, rules: RulePack, now: int) -> Iterator[_Finding]:
    valid = in_force(rules, now=now, sure=known.sure)
    if not valid:
        reason = Reason("rules_out_of_force", VerdictState.REFER, _NO_RULES)
        yield _Finding(reason, _NOW[VerdictState.REFER], {})
    data = as_data(case, known=known, rules=rules, now=now)
    alike = [_likeness(check) for check in data["payload"]["checks"]]
    for rule in valid:
        satisfied: set[tuple[object, ...]] = set()
        shared = rule.scope == "check" and _sees_one_check(rule.logic)
        for place, person, scoped in _targets(rule, case, data):
            if shared and place is not None and alike[place] in satisfied:
                continue
            finding = _asked(rule, case, scoped, rules=rules, place=place, person=person, offset=known.offset)
            if finding:
                yield finding
            elif place is not None:
                satisfied.add(alike[place])


def _likeness(check: Mapping[str, Any]) -> tuple[object, ...]:
    """What a check is, whoever it is of: in a bus most are alike and a rule is asked about them once."""
    return tuple(value for name, value in check.items() if name != "person")


def _sees_one_check(logic: object) -> bool:
    """Whether a rule's logic looks at nothing but the check, not at whose it is, and at what is outside."""
    if isinstance(logic, list):
        return all(_sees_one_check(one) for one in logic)
    if not isinstance(logic, dict):
        return True
    path = logic.get("var")
    if path is None:
        return all(_sees_one_check(one) for one in logic.values())
    alone = isinstance(path, str) and path.startswith(("payload.check.", "external."))
    return alone and path != "payload.check.person"


def _targets(rule: Rule, case: Case, data: Mapping[str, Any]) -> Iterator[tuple[int | None, int, object]]:
    """What a rule is asked about: place of the check, number of the person, and the data for its logic."""
    payload = data["payload"]
    if rule.scope == "crossing":
        yield None, 0, data
    elif rule.scope == "person":
        for number, person in zip(case.people, payload["people"], strict=True):
            yield None, number, {**data, "payload": {**payload, "person": person}}
    else:
        for place, check in enumerate(payload["checks"]):
            if rule.kinds and check["kind"] not in rule.kinds:
                continue
            yield place, check["person"], {**data, "payload": {**payload, "check": check}}


def _asked(
    rule: Rule,
    case: Case,
    scoped: object,
    *,
    rules: RulePack,
    place: int | None,
    person: int,
    offset: int,
) -> _Finding | None:
    try:
        if evaluate(rule.logic, scoped):
            return None
    except Undecided:
        reason = Reason(f"undecided_{rule.identifier}", VerdictState.REFER, _UNDECIDED, person)
        return _Finding(reason, _NOW[VerdictState.REFER], {}, place)
    seen = case.seen[place] if place is not None else None
    values = {
        language: _values(case, seen, person, rules, language, offset=offset) for language in ("zh", "en")
    }
    reason = Reason(rule.identifier, rule.outcome, _filled(rule.description, values), person)
    now_words = _filled(rule.now_words or _NOW[rule.outcome], values)
    listed = place is None and "{missing}" not in rule.description["zh"]
    return _Finding(reason, now_words, _filled(rule.phrase or {}, values), place, listed)


def _filled(words: Mapping[str, str], values: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    return in_both(lambda language: words[language].format_map(values[language])) if words else {}


def _values(
    case: Case, seen: Seen | None, person: int, rules: RulePack, language: str, *, offset: int
) -> Mapping[str, str]:
    """What the placeholders of `rules.PLACEHOLDERS` stand for; empty where they have no meaning."""
    values = {
        "who": say.whose(person, among=case.among, language=language, seats=case.seats),
        "person": str(min(person, 999)),
        "wait": str(rules.parameters["remeasure_minutes"]),
        "limit": say.degrees(rules.parameters["temperature_limit"]),
        "window": str(rules.parameters["test_window_hours"]),
        "missing": say.missing(case.lacking, among=case.among, language=language, seats=case.seats),
        "short": str(min(case.short, MOST_SHORT)),
        "next": _next_step(case, language),
        **dict.fromkeys(("kind", "colour", "temperature", "again", "age"), ""),
    }
    if seen is None:
        return values
    return values | {
        "kind": say.kind_name(seen.check.kind, language),
        "colour": say.result_name(seen.check.result, language),
        "temperature": say.degrees(seen.check.tenths or 0),
        "again": "" if seen.again is None else say.clock_time(seen.again, offset),
        "age": say.age(seen.hours or 0, language),
    }


def _next_step(case: Case, language: str) -> str:
    for person, kinds in case.lacking.items():
        return say.next_step(person, kinds[0], among=case.among, language=language, seats=case.seats)
    return ""


def _sorted(findings: Iterator[_Finding]) -> Sequence[_Finding]:
    """Worst first, then in the order of the rules."""
    return sorted(findings, key=lambda one: WORST_FIRST.index(one.reason.state))


def _once(findings: Sequence[_Finding]) -> tuple[Reason, ...]:
    """The reasons in order; the same words about the same person only once."""
    reasons = [finding.reason for finding in findings]
    return tuple({(one.code, one.person, one.text("zh")): one for one in reversed(reasons)}.values())[::-1]


def _flagged(findings: Sequence[_Finding]) -> Mapping[int, VerdictState]:
    """The state of each check a rule spoke against, by its place; the worst of several."""
    return {one.place: one.reason.state for one in reversed(findings) if one.place is not None}


def _weakest(seen: Sequence[Seen]) -> Evidence | None:
    """The weakest way anything was checked; temperatures tell nothing of papers and count only alone."""
    counted = [one for one in seen if one.counts and one.check.kind is not CheckKind.OTHER_CODE]
    papers = [one.evidence for one in counted if one.check.kind is not CheckKind.TEMPERATURE]
    found = papers or [one.evidence for one in counted]
    return min(found, key=lambda one: one.rank, default=None)


def _rule_set(rules: RulePack) -> KnownSet:
    return KnownSet("rules", rules.version, rules.issued, rules.stale_after, rules.expires_after)


def _facts(case: Case, findings: Sequence[_Finding], *, ring: str) -> Mapping[str, str]:
    """`ring`: people done of all; `next_person`; `phrase_zh`, `phrase_en`: to read to the driver."""
    facts = {"ring": ring}
    if case.lacking:
        facts["next_person"] = str(next(iter(case.lacking)))
    phrase = next((finding.phrase for finding in findings if finding.phrase), {})
    return facts | {f"phrase_{language}": text for language, text in phrase.items()}
