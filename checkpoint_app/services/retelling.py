"""A crossing's history in words: what was done, what it says, who, under which number, changed from what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from checkpoint_app import i18n
from checkpoint_app.documents import wording
from checkpoint_app.domain import facts, verdict_words
from checkpoint_app.domain.crossing import Check, Person
from checkpoint_app.domain.masking import mask_id, mask_name, mask_phone
from checkpoint_app.domain.words import CheckKind
from checkpoint_app.i18n import N_, _
from checkpoint_app.storage.rows import CrossingRow, EventRow, HistoryRow

VERDICTS, RULES = wording.VERDICTS, wording.RULES
FIELDS = {
    "plate": N_("Plate"),
    "class": N_("Vehicle class"),
    "people": N_("People"),
    "direction": N_("Direction"),
    "lane": N_("Lane"),
    "from": N_("From"),
    "to": N_("To"),
    "purpose": N_("Purpose"),
}
_PERSONAL = ("plate", "from", "to", "purpose")
ICONS = {
    CheckKind.TEMPERATURE: "temperature",
    CheckKind.IDENTITY: "id",
    CheckKind.PASS: "certificate",
    CheckKind.TEST_REPORT: "certificate",
}
OUTCOME_ICONS = {
    "released": "check",
    "registered": "pencil",
    "turned_back": "arrow-back-up",
    "held": "hospital",
    "transferred": "transfer",
    "abandoned": "circle-dashed",
}


class Weight(StrEnum):
    """How much a step weighs; the values are names of colours."""

    PLAIN = "ink"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Step:
    """`at` in ms UTC; `number` of its entry in the chain; `sealed`: a seal covers it."""

    icon: str
    title: str
    detail: str
    at: int
    number: int
    sealed: bool
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Change:
    """One corrected value; `field` is a name of FIELDS, or "name" with the person's number."""

    field: str
    old: str
    new: str
    person: int = 0


def steps(told: HistoryRow, *, masked: bool) -> tuple[Step, ...]:
    """Everything, oldest first; names, and reasons in own words, masked unless asked for."""
    teller = _Teller(told, masked)
    found = [*teller.checks(), teller.outcome(), *teller.events()]
    return tuple(sorted(found, key=lambda step: step.at))


def changes(told: HistoryRow) -> tuple[Change, ...]:
    """What reads differently now than first written, unmasked."""
    old, new = _values(told.written), _values(told.now)
    found = [Change(name, old[name], new[name]) for name in FIELDS if old[name] != new[name]]
    names = {person.number: person.name for person in told.written.persons}
    found += [
        Change("name", names.get(person.number, ""), person.name, person.number)
        for person in told.now.persons
        if person.name != names.get(person.number, "")
    ]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class PersonTold:
    """Somebody as a page or sheet may say it. `was` is the name first written where it reads otherwise."""

    person: Person
    name: str
    was: str
    amended: bool
    document: str
    phone: str
    seat: str


def people(told: HistoryRow, *, masked: bool) -> tuple[PersonTold, ...]:
    """Everybody who was entered, in order."""
    old = {each.person: each.old for each in changes(told) if each.field == "name"}
    name, number, phone = (mask_name, mask_id, mask_phone) if masked else (str, str, str)
    return tuple(
        PersonTold(
            person,
            name(person.name),
            was if (was := name(old.get(person.number, ""))) != name(person.name) else "",
            person.number in old,
            number(person.document),
            phone(person.phone),
            _("seat {seat}").format(seat=person.seat) if person.seat else "",
        )
        for person in told.now.persons
    )


def shown(name: str, value: str) -> str:
    """A value of FIELDS as it is read."""
    tables = {"class": wording.VEHICLES, "direction": wording.DIRECTIONS}
    return wording.word(tables[name], value) if name in tables else value


def officer(told: HistoryRow, number: str, *, masked: bool = True) -> str:
    """An officer's name, or the number where the name is forgotten."""
    name = told.officers.get(number, "")
    return (mask_name(name) if masked else name) or number


@dataclass(frozen=True, slots=True)
class _Teller:
    told: HistoryRow
    masked: bool

    def checks(self) -> Iterator[Step]:
        among, seats = (
            self.told.now.people,
            {one.number: one.seat for one in self.told.now.persons if one.seat},
        )
        for check in self.told.checks:
            who = verdict_words.whose(check.person, among=among, language=_language(), seats=seats)
            title = " ".join(part for part in (who, _check_title(check)) if part)
            yield self._step(ICONS.get(check.kind, "qrcode"), title, self._check_detail(check), at=check.at)

    def outcome(self) -> Step:
        row = self.told.now
        title = wording.word(wording.OUTCOMES, row.outcome)
        why = wording.reason(row.why, masked=self.masked)
        weight = {"released": Weight.GOOD, "turned_back": Weight.BAD}.get(row.outcome, Weight.PLAIN)
        return self._step(
            OUTCOME_ICONS.get(row.outcome, "flag"),
            title,
            wording.joined(why, self._who(row.officer)),
            at=row.happened,
            weight=weight,
        )

    def events(self) -> Iterator[Step]:
        standing = _values(self.told.written)
        for event in self.told.events:
            if event.kind == facts.CROSSING_AMENDED:
                title = wording.joined(_("Amended"), *self._amended(event, standing))
                yield self._event(event, "pencil", title, weight=Weight.WARN)
            elif event.kind in _EVENTS:
                icon, title, weight = _EVENTS[event.kind]
                extra = _TITLES[event.kind](event) if event.kind in _TITLES else ""
                yield self._event(event, icon, wording.joined(_(title), extra), weight=weight)

    def _amended(self, event: EventRow, standing: dict[str, str]) -> Iterator[str]:
        """Old and new of each value, with what earlier amendments made of it."""
        own = {name: event.own[name] for name in _PERSONAL if name in event.own}
        fields: dict[str, Any] = {**_mapping(event.public.get("fields")), **own}
        for name, label in FIELDS.items():
            if name in fields:
                new = str(fields[name])
                old, standing[name] = standing[name], new
                yield f"{_(label)} {shown(name, old) or '—'} → {shown(name, new) or '—'}"
        if "people" in event.own:
            yield _("Names")

    def _event(self, event: EventRow, icon: str, title: str, *, weight: Weight) -> Step:
        said = str(event.own.get("why") or event.public.get("why", ""))
        why = wording.reason(said, masked=self.masked)
        reasons = event.public.get("reasons", ())
        against = [_rule(each) for each in reasons] if isinstance(reasons, list) else []
        detail = wording.joined(
            *against, why and _("Reason: {why}").format(why=why), self._who(event.officer)
        )
        sealed = event.epoch == self.told.now.epoch and event.seq <= self.told.sealed
        return Step(icon, title, detail, event.happened, event.seq, sealed, weight)

    def _step(self, icon: str, title: str, detail: str, *, at: int, weight: Weight = Weight.PLAIN) -> Step:
        row = self.told.now
        return Step(icon, title, detail, at, row.seq, row.seq <= self.told.sealed, weight)

    def _check_detail(self, check: Check) -> str:
        person = next((each for each in self.told.now.persons if each.number == check.person), None)
        name = (mask_name(person.name) if self.masked else person.name) if person else ""
        void = _("Void") if check.voided else ""
        return wording.joined(wording.word(wording.EVIDENCE, check.evidence.value), name, void)

    def _who(self, number: str) -> str:
        return officer(self.told, number, masked=self.masked)


_EVENTS = {
    facts.CHECK_FLAGGED: ("alert-octagon", N_("Flagged"), Weight.BAD),
    facts.CHECK_VOIDED: ("x", N_("Check taken back"), Weight.WARN),
    facts.OUTCOME_UNDONE: ("ban", N_("Made void"), Weight.BAD),
    facts.MATTER_RAISED: ("speakerphone", N_("Lead called"), Weight.WARN),
    facts.PERSON_VIEWED: ("eye", N_("Seen in full"), Weight.PLAIN),
    facts.VEHICLE_CROSSED: ("refresh", N_("Recorded again"), Weight.PLAIN),
}


def _flag_title(event: EventRow) -> str:
    return wording.word(VERDICTS, str(event.public.get("verdict", "")))


def _checked_title(event: EventRow) -> str:
    check = _mapping(event.public.get("check"))
    kind = str(check.get("kind", ""))
    return verdict_words.kind_name(kind, _language()) if kind in set(CheckKind) else ""


_TITLES: Mapping[str, Callable[[EventRow], str]] = {
    facts.CHECK_FLAGGED: _flag_title,
    facts.CHECK_VOIDED: _checked_title,
}


def _rule(told: Any) -> str:
    code = str(_mapping(told).get("code", ""))
    return wording.word(RULES, code)


def _check_title(check: Check) -> str:
    kind = verdict_words.capital(verdict_words.kind_name(check.kind.value, _language()))
    if check.tenths is not None:
        return f"{kind} {wording.degrees(check.tenths)}"
    return f"{kind} {wording.word(wording.RESULTS, check.result)}".strip()


def _values(row: CrossingRow) -> dict[str, str]:
    return {
        "plate": row.plate,
        "class": row.vehicle,
        "people": str(row.people),
        "direction": row.direction,
        "lane": str(row.lane),
        "from": row.origin,
        "to": row.destination,
        "purpose": row.purpose,
    }


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _language() -> str:
    return i18n.language()[:2]
