"""The panel's check lines: what speaks against a release first, then what was found, like kinds together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from checkpoint_app.domain import verdict_words as say
from checkpoint_app.domain.case import COLOURED, PRESENTED, Case, Seen
from checkpoint_app.domain.known import Known, Sighting
from checkpoint_app.domain.verdict import Reason
from checkpoint_app.domain.words import GRAVE, CheckKind, Evidence, VerdictState

MOST_TEMPERATURES = 4

_ORDER = list(CheckKind)
_SIGNED = (CheckKind.PASS, CheckKind.CREDENTIAL)
_Key = tuple[CheckKind, VerdictState, str]


def check_lines(
    case: Case, flagged: Mapping[int, VerdictState], *, known: Known, further: Sequence[Reason] = ()
) -> tuple[Reason, ...]:
    """The lines of a case. `flagged` has the state of each check, by place, that a rule spoke against;
    `further` are reasons about no check which the headline leaves out.
    """
    groups = _groups(case, flagged)
    grave = [line for state in GRAVE for line in _of_state(groups, state, case)]
    against = [*grave, *_of_state(groups, VerdictState.NOT_YET, case), *_lacking_lines(case), *further]
    found = _of_state(groups, VerdictState.PASS, case)
    whole = _whole_lines(case, against=bool(against))
    return (*against, *whole, *_apart_lines(case), *found, *_sighting_lines(case, known))


def in_both(line: Callable[[str], str]) -> Mapping[str, str]:
    """A line in each language."""
    return {language: say.capital(line(language)) for language in ("zh", "en")}


def all_checked(case: Case) -> Mapping[str, str]:
    """The headline of a pass: how many, and how old the oldest test when everybody showed a negative one."""
    if not case.seen:
        return {"zh": "没有须查的项", "en": "Nothing to check"}
    people, behind = case.headcount, len(case.apart)
    english = {1: "Checked", 2: "Both checked"}.get(people, f"All {people} checked")
    words = {"zh": f"{people} 人查完" if people == 1 else f"{people} 人全部查完", "en": english}
    if behind:
        stay = "stays" if behind == 1 else "stay"
        return {
            "zh": f"{words['zh']}，{behind} 人不随车",
            "en": f"{words['en']}, {behind} {stay} behind",
        }
    tests = [one for one in case.seen if one.counts and one.check.kind is CheckKind.TEST_REPORT]
    hours = [one.age // 60 for one in tests if one.age is not None and one.check.result == "negative"]
    if len(hours) != people:
        return words
    return {
        "zh": f"{words['zh']}·核酸 {say.age(max(hours), 'zh')}前 阴性",
        "en": f"{words['en']}·test {say.age(max(hours), 'en')} ago, negative",
    }


def _groups(case: Case, flagged: Mapping[int, VerdictState]) -> Mapping[_Key, list[Seen]]:
    groups: dict[_Key, list[Seen]] = {}
    for place, one in enumerate(case.seen):
        if not one.counts and place not in flagged:
            continue
        result = "" if one.check.kind is CheckKind.TEMPERATURE else one.check.result
        groups.setdefault((one.check.kind, flagged.get(place, VerdictState.PASS), result), []).append(one)
    return dict(sorted(groups.items(), key=lambda group: _ORDER.index(group[0][0])))


def _of_state(groups: Mapping[_Key, list[Seen]], state: VerdictState, case: Case) -> list[Reason]:
    return [_line(group, key, case) for key, group in groups.items() if key[1] is state]


def _line(group: Sequence[Seen], key: _Key, case: Case) -> Reason:
    kind, state, _ = key
    people = sorted({one.check.person for one in group})
    everybody = people == [0] or len(people) == case.headcount

    def text(language: str) -> str:
        before = "" if everybody else say.numbered(people, language, case.seats) + " "
        return before + _text(group, kind, case, language)

    return Reason(kind.value, state, in_both(text), people[0])


def _text(group: Sequence[Seen], kind: CheckKind, case: Case, language: str) -> str:
    name = say.kind_name(kind, language)
    if kind is CheckKind.TEMPERATURE:
        return f"{name} {_temperatures(group, case, language)}"
    evidence = min((one.evidence for one in group), key=lambda one: one.rank)
    if kind in _SIGNED and evidence is Evidence.SCANNED:
        return f"{name} {say.NOT_VERIFIED[language]}"
    result = group[0].check.result
    parts = [name]
    if kind is CheckKind.TEST_REPORT:
        parts += [*_ages(group, language), say.result_name(result, language)]
    elif kind in COLOURED and result != PRESENTED:
        parts.append(say.result_name(result, language))
    return f"{' '.join(parts)}·{say.EVIDENCE[evidence][language]}"


def _temperatures(group: Sequence[Seen], case: Case, language: str) -> str:
    tenths = [one.check.tenths or 0 for one in group]
    if len(group) > MOST_TEMPERATURES:
        return "–".join(dict.fromkeys((say.degrees(min(tenths)), say.degrees(max(tenths)))))
    return " / ".join(_temperature(one, case, language) for one in sorted(group, key=_person))


def _temperature(one: Seen, case: Case, language: str) -> str:
    mine = [other for other in case.seen if (other.check.person, other.check.kind) == _owner(one)]
    again = {"zh": "（复测）", "en": " (2nd)"}[language] if one.last and len(mine) > 1 else ""
    return say.degrees(one.check.tenths or 0) + again


def _owner(one: Seen) -> tuple[int, CheckKind]:
    return (one.check.person, one.check.kind)


def _person(one: Seen) -> int:
    return one.check.person


def _ages(group: Sequence[Seen], language: str) -> list[str]:
    hours = [one.age // 60 for one in group if one.age is not None and not one.future]
    if not hours:
        return []
    text = say.age(max(hours), language)
    return [f"{text}前" if language == "zh" else f"{text} ago"]


def _lacking_lines(case: Case) -> Iterator[Reason]:
    by_kind: dict[str, list[int]] = {}
    for person, kinds in case.lacking.items():
        for kind in kinds:
            by_kind.setdefault(kind, []).append(person)
    for kind, people in by_kind.items():
        words = {
            language: say.lacking_line(people, kind, among=case.among, language=language, seats=case.seats)
            for language in ("zh", "en")
        }
        yield Reason(f"{kind}_missing", VerdictState.NOT_YET, words, people[0])


def _whole_lines(case: Case, *, against: bool) -> Iterator[Reason]:
    """Who is done, when the headline does not say it."""
    whole = [person for person in case.people if person not in case.lacking]
    if not against or not whole or case.headcount < 2:
        return
    if len(whole) == case.headcount:
        words = {"zh": f"{len(whole)} 人已查完", "en": f"All {len(whole)} checked"}
    else:
        words = {
            "zh": f"{say.numbered(whole, 'zh', case.seats)} 已查完",
            "en": f"{say.numbered(whole, 'en', case.seats)} checked",
        }
    yield Reason("people_checked", VerdictState.PASS, words, whole[0])


def _apart_lines(case: Case) -> Iterator[Reason]:
    """Who does not go on with the vehicle, and what becomes of them."""
    for outcome, words in say.STAYING.items():
        people = [person.number for person in case.apart if person.outcome == outcome]
        if people:
            who = {tongue: say.numbered(people, tongue, case.seats) for tongue in ("zh", "en")}
            line = {tongue: f"{who[tongue]} {words[tongue]}" for tongue in who}
            yield Reason(f"person_{outcome}", VerdictState.PASS, line, people[0])


def _sighting_lines(case: Case, known: Known) -> Iterator[Reason]:
    """A code that was read before is worth a look, never a refusal."""
    shown = {one.check.digest: one.check.person for one in case.seen if one.check.digest}
    latest: dict[str, Sighting] = {}
    for sighting in sorted(known.sightings, key=lambda one: one.at):
        if sighting.digest in shown:
            latest[sighting.digest] = sighting
    for digest, sighting in latest.items():
        at = say.clock_time(sighting.at, known.offset)
        words = {
            "zh": f"这个码 {at} 在 {sighting.lane} 车道扫过",
            "en": f"This code was read at {at}, lane {sighting.lane}",
        }
        yield Reason("seen_before", VerdictState.NOT_YET, words, shown[digest])
