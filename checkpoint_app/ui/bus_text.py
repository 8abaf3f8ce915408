"""What a bus shows: who is missing, who is set aside, what was read last, how long it takes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from checkpoint_app import i18n
from checkpoint_app.domain import bus, verdict_words
from checkpoint_app.domain.bus import Progress
from checkpoint_app.domain.crossing import Check, Crossing, Person
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.verdict import Reason, Verdict
from checkpoint_app.domain.words import CheckKind, VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.ui import said
from checkpoint_app.ui.bus_row import AsideText, BusText, Chip
from checkpoint_app.ui.counters import Counter
from checkpoint_app.ui.panel_text import CheckLine, PanelText, Ring
from checkpoint_app.ui.recent_list import RecentRow, Tone

LAST = 16
TOLD_OF = 2
BAD_RESULTS = frozenset({"red", "yellow", "orange", "purple", "positive"})


@dataclass(frozen=True, slots=True)
class Names:
    """How names are shown: masked as always, in full, or covered altogether."""

    masked: bool = True
    hidden: bool = False

    def of(self, person: Person) -> str:
        if not person.name:
            return ""
        if self.hidden:
            return "***"
        return mask_name(person.name) if self.masked else person.name


def row_text(
    crossing: Crossing, verdict: Verdict, lacking: Iterable[int], *, names: Names, current: int
) -> BusText:
    """The row under the fields; `current` is whom keys go to."""
    found = bus.progress(crossing, verdict, lacking)
    waiting = [number for number in found.missing if number not in found.aside]
    title = _("Not checked: {n}").format(n=len(waiting)) if waiting else _("Everybody is checked")
    listed = any(person.seat for person in crossing.people)
    chips = tuple(chip(crossing.person(number), names, current=number == current) for number in waiting)
    notes = [_("by seat, from the passenger list") if listed else _("in the order they were read")]
    notes = notes if waiting else []
    if found.apart:
        notes.append(_("stay behind: {n}").format(n=len(found.apart)))
    return BusText(title, said.joined(*notes), chips, _aside(crossing, verdict, found, names=names))


def chip(person: Person, names: Names, *, current: bool) -> Chip:
    return Chip(person.number, person.seat or str(person.number), names.of(person), current=current)


def with_ring(
    text: PanelText,
    crossing: Crossing,
    verdict: Verdict,
    lacking: Mapping[int, Sequence[str]],
    *,
    names: Names,
) -> PanelText:
    """The panel of a bus that is not done: ring of n, and the one read last instead of the check list."""
    if verdict.state is not VerdictState.NOT_YET:
        return text
    found = bus.progress(crossing, verdict, lacking)
    ring = Ring(found.done, found.people, _("of {n}").format(n=found.people), _places(found))
    now = text.now
    if any("health_code" in lacking[number] for number in found.missing):
        what = _("everybody shows the code, row by row; no phone: [*] and the ID")
        now = said.with_keys(_("Now: {what}").format(what=what))
    return replace(text, ring=ring, now=now, checks=(CheckLine("qrcode", _last_line(crossing, names)),))


def recent(crossing: Crossing, verdict: Verdict, *, names: Names) -> tuple[RecentRow, ...]:
    """The last checks of people, newest first, in the place of the last crossings."""
    aside = bus.aside(crossing, verdict)
    return tuple(
        _recent(check, crossing.person(check.person), names, aside=aside)
        for check in _newest(crossing)[:LAST]
    )


def counters(
    crossing: Crossing, verdict: Verdict, lacking: Iterable[int], *, first: Sequence[Counter], now: int
) -> tuple[Counter, ...]:
    """Vehicles and people of the shift, then this bus: time so far, each person's, and what is to come."""
    found = bus.progress(crossing, verdict, lacking)
    so_far = max(0, now - crossing.started)
    each = so_far // found.done if found.done else None
    rest = each * len(found.missing) if each is not None else None
    return (
        *first[:2],
        Counter(_("This bus"), said.running(so_far)),
        Counter(_("Each"), said.seconds(each) if each is not None else "—"),
        Counter(_("Left, about"), said.running(rest) if rest is not None else "—"),
    )


def _places(found: Progress) -> tuple[int, ...]:
    """Where in the ring those aside stand: in the order of the numbers among all who were looked at."""
    missing = set(found.missing) - set(found.aside)
    looked_at = [number for number in range(1, found.people + 1) if number not in missing]
    return tuple(place for place, number in enumerate(looked_at, 1) if number in found.aside)


def _newest(crossing: Crossing) -> list[Check]:
    checks = [check for check in crossing.valid_checks if check.person > 0]
    return sorted(checks, key=lambda check: check.at)[::-1]


def _last_line(crossing: Crossing, names: Names) -> str:
    checks = _newest(crossing)
    if not checks:
        return _("Reading on: one code after the other")
    who = names.of(crossing.person(checks[0].person)) or _("person {n}").format(n=checks[0].person)
    return _("Reading on, last: {who} {what}").format(who=who, what=_what(checks[0]))


def _what(check: Check) -> str:
    """Kind and result in two words: health code green, temp. 36.5."""
    language = i18n.language()[:2]
    kind = verdict_words.kind_name(check.kind, language)
    if check.kind is CheckKind.TEMPERATURE:
        return f"{kind} {said.degrees(check.tenths or 0)}"
    if check.result in verdict_words.RESULTS:
        return f"{kind} {verdict_words.result_name(check.result, language)}"
    return kind


def _recent(check: Check, person: Person, names: Names, *, aside: Sequence[int]) -> RecentRow:
    bad = check.result in BAD_RESULTS or (check.kind is CheckKind.TEMPERATURE and person.number in aside)
    who = " ".join(part for part in (person.seat or str(person.number), names.of(person)) if part)
    what = verdict_words.capital(_what(check))
    word = said.evidence(check.evidence)[0]
    tone, icon = (Tone.BAD, "x") if bad else (Tone.GOOD, "check")
    return RecentRow(said.time_of_day(check.at), who, icon, what, tone, word)


def _aside(crossing: Crossing, verdict: Verdict, found: Progress, *, names: Names) -> AsideText | None:
    """Those set aside: the first with the reason, the others by seat and name."""
    if not found.aside:
        return None
    first, *others = (crossing.person(number) for number in found.aside)
    reason = next(one for one in verdict.reasons if one.person == first.number)
    shown = [_short(person, names) for person in others[:TOLD_OF]]
    if len(others) > TOLD_OF:
        shown.append(_("{n} more").format(n=len(others) - TOLD_OF))
    return AsideText(
        _("Set aside: {n}").format(n=len(found.aside)),
        _("to the waiting area"),
        _short(first, names),
        _reason(reason, crossing),
        _since(crossing, first),
        ", ".join(shown) if shown else _("Each needs an outcome first: [F4]"),
    )


def _short(person: Person, names: Names) -> str:
    return " ".join(part for part in (person.seat or said.numbered(person.number), names.of(person)) if part)


def _reason(reason: Reason, crossing: Crossing) -> str:
    """What was found, without the rule's whole sentence where a temperature or a code says it shorter."""
    checks = crossing.checks_of(reason.person)
    temperatures = [check for check in checks if check.kind is CheckKind.TEMPERATURE]
    if reason.code.startswith("temperature") and temperatures:
        return verdict_words.capital(_what(temperatures[-1]))
    bad = [check for check in checks if check.result in BAD_RESULTS]
    return verdict_words.capital(_what(bad[-1])) if bad else reason.text(i18n.language())


def _since(crossing: Crossing, person: Person) -> str:
    """When it was found."""
    checks = crossing.checks_of(person.number)
    return said.time_of_day(max(check.at for check in checks))[:5] if checks else ""
