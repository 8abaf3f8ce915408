"""What the records page says: cells of the table, facts of one crossing, choices of the filters. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkpoint_app.documents import wording
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.words import OWN_WORDS, REASONS, Direction, Evidence, Outcome
from checkpoint_app.i18n import _
from checkpoint_app.services import retelling
from checkpoint_app.services.inside import Stay
from checkpoint_app.services.whose import Whose
from checkpoint_app.storage import marks
from checkpoint_app.storage.rows import CrossingRow, HistoryRow
from checkpoint_app.storage.sifting import AMENDED, UNDONE
from checkpoint_app.ui import said
from checkpoint_app.ui.form_parts import Option

DAY = 86_400_000
ANY = ""
OUTCOMES: Mapping[str, tuple[str, str]] = {
    "released": ("check", "good"),
    "registered": ("pencil", "ink"),
    "turned_back": ("arrow-back-up", "bad"),
    "held": ("hospital", "warn"),
    "transferred": ("transfer", "warn"),
    "abandoned": ("circle-dashed", "warn"),
}


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of the table. `hit` is where in `plate` the fragment stands, None when it is elsewhere."""

    time: str
    lane: str
    plate: str
    hit: tuple[int, int] | None
    driver: str
    icon: str
    outcome: str
    tone: str
    evidence: str
    void: bool
    amended: bool
    desk: str = ""


def cells(row: CrossingRow, *, fragment: str, now: int) -> Cells:
    """As a row reads; names masked."""
    icon, tone = OUTCOMES.get(row.outcome, ("alert-octagon", "bad"))
    plate = said.dotted(row.plate)
    driver = next((mask_name(person.name) for person in row.persons if person.name), "")
    word = wording.word(wording.OUTCOMES, row.outcome) if row.outcome else _("Flagged only")
    return Cells(
        moment(row.happened, now=now),
        f"{row.lane} {wording.word(wording.DIRECTIONS, row.direction)}",
        plate or _("No plate"),
        hit_in(plate, fragment),
        driver,
        "ban" if row.undone else icon,
        _("Void: {word}").format(word=word) if row.undone else word,
        "ink3" if row.undone else tone,
        wording.word(wording.EVIDENCE, row.evidence),
        row.undone,
        row.amended,
        row.desk,
    )


def inside_cells(stay: Stay, *, fragment: str, now: int) -> Cells:
    """A vehicle that came in and did not leave; the fourth column is how long."""
    plate = said.dotted(stay.plate)
    over = stay.overstayed
    return Cells(
        moment(stay.since, now=now),
        str(stay.lane),
        plate,
        hit_in(plate, fragment),
        _("{n} h").format(n=stay.hours),
        "clock-exclamation" if over else "map-pin",
        _("Overstayed") if over else _("Inside"),
        "bad" if over else "ink",
        "",
        void=False,
        amended=False,
    )


def inside_with(stays: Iterable[Stay], fragment: str) -> tuple[Stay, ...]:
    """Those whose plate has the fragment."""
    sought = marks.fold(fragment)
    return tuple(stay for stay in stays if sought in marks.fold(stay.plate))


def moment(at: int, *, now: int) -> str:
    """HH:MM:SS today, yesterday HH:MM, then MM-DD HH:MM, with the year when it is another one."""
    then, today = _local(at), _local(now)
    if then.date() == today.date():
        return then.strftime("%H:%M:%S")
    if then.date() == (today - timedelta(days=1)).date():
        return _("yest. {time}").format(time=then.strftime("%H:%M"))
    return then.strftime("%m-%d %H:%M" if then.year == today.year else "%Y-%m-%d %H:%M")


def day_and_time(row: CrossingRow) -> str:
    """MM-DD and from when to when."""
    began, ended = _local(row.started or row.happened), _local(row.happened)
    return f"{began:%m-%d %H:%M}–{ended:%H:%M}"


def hit_in(plate: str, fragment: str) -> tuple[int, int] | None:
    """Start and end of the fragment in a plate as shown; the dot between does not count."""
    sought = marks.fold(fragment)
    places = [place for place, sign in enumerate(plate) if marks.fold(sign)]
    bare = marks.fold(plate)
    start = bare.find(sought) if sought and len(bare) == len(places) else -1
    if start < 0:
        return None
    return places[start], places[start + len(sought) - 1] + 1


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value of one crossing; `old` is what was first written."""

    label: str
    text: str
    old: str = ""
    amended: bool = False
    wide: bool = False


def facts_of(told: HistoryRow, *, masked: bool) -> tuple[Fact, ...]:
    """In two columns, people across both; masked unless asked for."""
    row = told.now
    old = {each.field: each.old for each in retelling.changes(told) if each.field != "name"}

    def fact(name: str, text: str) -> Fact:
        was = retelling.shown(name, old.get(name, ""))
        return Fact(_(retelling.FIELDS[name]), text or "—", was, name in old)

    temperatures = [check.tenths for check in told.checks if check.tenths is not None and not check.voided]
    return (
        *_people(told, masked=masked),
        fact("people", str(row.people)),
        fact("class", wording.word(wording.VEHICLES, row.vehicle)),
        fact("from", row.origin),
        fact("to", row.destination),
        Fact(_("Temperature"), " ".join(map(wording.degrees, temperatures)) or "—"),
        Fact(_("Took"), took(row.took)),
        fact("direction", wording.word(wording.DIRECTIONS, row.direction)),
        Fact(_("Officer"), retelling.officer(told, row.officer, masked=masked)),
        *((fact("plate", said.dotted(row.plate)),) if "plate" in old else ()),
        *((fact("purpose", row.purpose),) if row.purpose or "purpose" in old else ()),
        *((Fact(_("Service"), row.service),) if row.service else ()),
        *((Fact(_("Convoy"), f"{row.convoy.place}/{row.convoy.of}"),) if row.convoy else ()),
    )


def _people(told: HistoryRow, *, masked: bool) -> tuple[Fact, ...]:
    found = []
    for each in retelling.people(told, masked=masked)[:MOST_PEOPLE]:
        person = each.person
        outcome = wording.word(wording.OUTCOMES, person.outcome) if person.outcome else ""
        label = _("Driver") if person.number == 1 else _("Person {n}").format(n=person.number)
        parts = (each.seat, each.name, each.document, each.phone, outcome)
        text = " ".join(part for part in parts if part) or "—"
        found.append(Fact(label, text, each.was, each.amended, wide=True))
    more = len(told.now.persons) - MOST_PEOPLE
    if more > 0:
        found.append(Fact("", _("and {n} more people").format(n=more), wide=True))
    return tuple(found)


MOST_PEOPLE = 6


def took(ms: int) -> str:
    """Minutes and seconds."""
    minutes, seconds = divmod(ms // 1000, 60)
    if not minutes:
        return _("{s} s").format(s=seconds)
    return _("{m} min {s} s").format(m=minutes, s=seconds)


# choices of the filters

TODAY, TWO_DAYS, WEEK, MONTH = "1", "2", "7", "30"


def spans() -> tuple[Option, ...]:
    return (
        Option(WEEK, _("Last 7 days")),
        Option(TODAY, _("Today")),
        Option(TWO_DAYS, _("Since yesterday")),
        Option(MONTH, _("Last 30 days")),
        Option(ANY, _("All times")),
    )


def since(span: str, *, now: int) -> int | None:
    """ms UTC of the midnight at which a span of so many days began."""
    if not span:
        return None
    today = _local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((today - timedelta(days=int(span) - 1)).timestamp() * 1000)


def whose(known: Sequence[Whose]) -> tuple[Option, ...]:
    """Stations with several desks as one, then each desk; a choice's value names its desks."""
    stations: dict[str, list[str]] = {}
    for one in known:
        stations.setdefault(one.station, []).append(one.desk)
    together = (Option(",".join(desks), name) for name, desks in stations.items() if name and len(desks) > 1)
    each = (Option(one.desk, said.joined(one.station, one.desk)) for one in known)
    return (Option(ANY, _("All stations")), *together, *each)


def lanes(numbers: Sequence[int]) -> tuple[Option, ...]:
    each = (Option(str(number), _("Lane {n}").format(n=number)) for number in numbers)
    return (Option(ANY, _("All lanes")), *each)


def outcomes() -> tuple[Option, ...]:
    each = (Option(kind.value, wording.word(wording.OUTCOMES, kind.value)) for kind in Outcome)
    return (Option(ANY, _("All outcomes")), *each)


def evidences() -> tuple[Option, ...]:
    each = (Option(kind.value, wording.word(wording.EVIDENCE, kind.value)) for kind in Evidence)
    return (Option(ANY, _("Known any way")), *each)


def reasons() -> tuple[Option, ...]:
    codes = [code for code in wording.REASONS if code in REASONS or code == OWN_WORDS]
    each = (Option(code, wording.word(wording.REASONS, code)) for code in codes)
    return (Option(ANY, _("Any reason")), *each)


def officers(names: Mapping[str, str]) -> tuple[Option, ...]:
    each = (Option(number, f"{mask_name(name)} {number}") for number, name in sorted(names.items()))
    return (Option(ANY, _("All officers")), *each)


def directions() -> tuple[Option, ...]:
    each = (Option(way.value, wording.word(wording.DIRECTIONS, way.value)) for way in Direction)
    return (Option(ANY, _("Both directions")), *each)


def states() -> tuple[Option, ...]:
    return (
        Option(ANY, _("Amended or not")),
        Option(AMENDED, _("Only amended")),
        Option(UNDONE, _("Only void")),
    )


CHOICES: Mapping[str, Callable[[], tuple[Option, ...]]] = {
    "span": spans,
    "outcome": outcomes,
    "evidence": evidences,
    "why": reasons,
    "direction": directions,
    "state": states,
}


def _local(at: int) -> datetime:
    return datetime.fromtimestamp(min(max(at, 0), 4_102_444_800_000) / 1000).astimezone()
