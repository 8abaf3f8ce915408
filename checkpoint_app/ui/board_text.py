"""What the lead's board says: the charts with their sentences, the forecast, data sets. Pure.

A sentence is only said when it is true and when there is enough to say it of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from checkpoint_app.domain.forecast import HALF_HOUR, Forecast, NotYet
from checkpoint_app.domain.lane_clock import Spent, Step, slow_at
from checkpoint_app.domain.verdict import DataSet
from checkpoint_app.domain.words import Evidence, VehicleClass
from checkpoint_app.i18n import _, language
from checkpoint_app.services.board import BY_EYE, Board, SeenAt
from checkpoint_app.services.traffic import LaneFigures
from checkpoint_app.ui import chart_table, charts, said, wall_text
from checkpoint_app.ui.chart_card import ChartText, Form, number
from checkpoint_app.ui.chart_paint import Legend
from checkpoint_app.ui.charts import Stacks

MUCH = 1_000  # ms: less is no news for a lead who sits beside the lanes' own figures
MOST_LABELS = 8
LEAST_SEEN = 10  # people: below, one bus decides every share
LEADING = 0.5
STEP_COLOURS = {Step.PLATE: 3, Step.CODES: 0, Step.TEMPERATURE: 2, Step.DECISION: 1}
SHARES = (
    (BY_EYE, 2, Evidence.SEEN),
    ((Evidence.SCANNED.value,), 0, Evidence.SCANNED),
    ((Evidence.REGISTERED.value,), 3, Evidence.REGISTERED),
    ((Evidence.VERIFIED.value,), 1, Evidence.VERIFIED),
    ((Evidence.MEASURED.value,), 4, Evidence.MEASURED),
)


@dataclass(frozen=True, slots=True)
class ForecastText:
    """`tone` is warn when something is to be done, good when nothing is, plain when nobody can tell."""

    title: str
    about: str
    tone: str


@dataclass(frozen=True, slots=True)
class SetText:
    """One data set with its age; `light` is fresh, stale, expired or missing."""

    name: str
    version: str
    age: str
    light: str


def hours_chart(found: Board | None, lanes: Sequence[int]) -> ChartText:
    """Vehicles of each hour by lane, with what the running hour is expected to bring. A lane that was taken
    out of the window since is still there.
    """
    title = _("Vehicles per hour")
    if found is None or not found.hours:
        return ChartText(title, Form.COLUMNS, empty=_("Here every hour of this shift gets a column."))
    used = {lane for hour in found.hours for lane, vehicles in hour.by_lane.items() if vehicles}
    shown = tuple(sorted({*lanes, *used}))[: charts.MOST_SERIES]
    names = tuple(_("Lane {n}").format(n=lane) for lane in shown)
    values = tuple(tuple(hour.by_lane.get(lane, 0) for lane in shown) for hour in found.hours)
    chart = Stacks(_hour_labels(found), names, values, foretold=found.foretold)
    series = tuple(Legend(name, place) for place, name in enumerate(names))
    return ChartText(
        title,
        Form.COLUMNS,
        chart,
        series,
        chart_table.cells_of(chart, shown=number),
        expected=_("expected"),
        empty=_("Nobody came through yet."),
        spoken=_spoken_hours(chart),
    )


def seconds_chart(figures: Sequence[LaneFigures]) -> ChartText:
    """Where the seconds of a vehicle went at each lane in the last hour."""
    title = _("Where a vehicle's seconds go")
    found = [each for each in figures if each.shares.whole]
    chart = Stacks(
        tuple(_("Lane {n}").format(n=each.lane) for each in found),
        tuple(wall_text.step_word(step) for step in Step),
        tuple(tuple(each.shares.of(step) for step in Step) for each in found),
    )
    series = tuple(Legend(wall_text.step_word(step), STEP_COLOURS[step]) for step in Step)
    meaning, about = slowness(found)
    return ChartText(
        title,
        Form.BARS,
        chart,
        series,
        chart_table.turned(chart_table.cells_of(chart, shown=tenths, sums=False)),
        shown=tenths,
        total=said.seconds,
        meaning=meaning,
        about=about,
        empty=_("Nobody came through in the last hour."),
        spoken=said.joined(
            *(
                f"{name} {said.seconds(total)}"
                for name, total in zip(chart.labels, chart.totals, strict=True)
            ),
            meaning,
        ),
    )


def evidence_chart(found: Board | None) -> ChartText:
    """How the people of this shift were checked, and how many by eye alone."""
    people = found.people if found else 0
    title = _("How people were checked")
    if found is None or not people:
        return ChartText(title, Form.SHARE, empty=_("Nobody was checked yet in this shift."))
    counted = _counted(found.evidence)
    shares = charts.percents(counted)
    kept = [
        (count, colour, shown, share)
        for count, share, (_kinds, colour, shown) in zip(counted, shares, SHARES, strict=True)
        if count
    ]
    words = tuple(said.evidence(shown)[0] for _count, _colour, shown, _share in kept)
    chart = Stacks((_("People"),), words, (tuple(count for count, *_rest in kept),))
    series = tuple(
        Legend(f"{word} {share}%", colour, said.evidence(shown)[1])
        for word, (_count, colour, shown, share) in zip(words, kept, strict=True)
    )
    both = tuple(said.joined(number(count), f"{share}%") for count, _colour, _shown, share in kept)
    return ChartText(
        said.joined(title, _("{n} in this shift").format(n=number(people))),
        Form.SHARE,
        chart,
        series,
        (("", *words), (_("People"), *both)),
        meaning=share_sentence(found.evidence, found.yesterday, found.seen),
        spoken=said.joined(*(each.word for each in series)),
    )


def share_sentence(
    evidence: Mapping[str, int], yesterday: Mapping[str, int] | None, seen: Sequence[SeenAt]
) -> str:
    """How many were seen by eye only, in the same shift the day before too, and where most of them were."""
    now = by_eye(evidence)
    if now is None:
        return ""
    words = _("By eye only {share}%").format(share=now)
    before = by_eye(yesterday or {})
    if before is not None:
        words += _comma() + _("same shift yesterday {share}%").format(share=before)
    where = _where_seen(seen)
    return words + ("；" if language() == "zh_CN" else "; ") + where if where else words


def _counted(evidence: Mapping[str, int]) -> list[int]:
    """People of each of SHARES."""
    return [sum(evidence.get(kind, 0) for kind in kinds) for kinds, _colour, _shown in SHARES]


def by_eye(evidence: Mapping[str, int]) -> int | None:
    """Percent of people known by eye or word alone, as beside the bar; None without anybody."""
    counted = _counted(evidence)
    return charts.percents(counted)[0] if any(counted) else None


def slowness(figures: Sequence[LaneFigures]) -> tuple[str, str]:
    """Which lane takes longer at which step, and by which numbers; nothing when none stands out."""
    means = {each.lane: each.shares for each in figures if each.shares.whole}
    found = slow_at(means, much=MUCH)
    if found is None:
        return "", ""
    lane, step = found
    own, others = means[lane].of(step), _elsewhere(means, lane, step)
    title = wall_text.slowest(figures, much=MUCH)
    about = _("{own} here, {others} elsewhere, last hour").format(
        own=said.seconds(own), others=said.seconds(others)
    )
    return title, about


def forecast_text(
    found: Board | None, *, working: int, free: Sequence[int], figures: Sequence[LaneFigures]
) -> ForecastText:
    """The queue in half an hour, how sure that is, and what to do; `free` are lanes nobody works at."""
    forecast = found.forecast if found else None
    if found is None or forecast is None:
        return ForecastText(_("The queue in 30 min"), "", "plain")
    if isinstance(forecast, NotYet):
        return ForecastText(_("The queue in 30 min"), sentence(wall_text.queue(None, forecast)), "plain")
    sure = _("Error {error} on average, {n} days.").format(error=forecast.error, n=forecast.days)
    if not forecast.waiting:
        return ForecastText(_("In 30 min nobody waits"), sure, "good")
    title = _("In 30 min about {n} wait").format(n=number(forecast.waiting))
    at = clock(found.read_at + HALF_HOUR, found.shift.zone)
    parts = (_slow(figures), _advice(forecast, working=working, free=free, at=at), sure)
    return ForecastText(title, _spaced(*parts), "warn")


def sets(found: Board | None, rules: DataSet) -> tuple[SetText, ...]:
    """The rules as they are now, then whatever else the newest crossing was judged by; the worst first."""
    others = [each for each in (found.sets if found else ()) if each.name != rules.name]
    order = ("missing", "expired", "stale", "fresh")
    whole = sorted((rules, *others), key=lambda each: order.index(each.light))
    return tuple(
        SetText(
            said.data_set(each.name),
            f"v{each.version}" if each.version else "",
            _("{age} ago").format(age=said.age(each.age)) if each.age is not None else _("age unknown"),
            each.light,
        )
        for each in whole
    )


def passed(opened: int, ends: int, *, now: int) -> str:
    """How long the shift has lasted, and how long until its planned end where a roster tells."""
    gone = _("{time} passed").format(time=hours_minutes(now - opened))
    if not ends:
        return gone
    if now <= ends:
        return gone + _comma() + _("{time} left").format(time=hours_minutes(ends - now))
    return gone + _comma() + _("{time} over").format(time=hours_minutes(now - ends))


def hours_minutes(ms: int) -> str:
    """4:31 for four hours and a half."""
    minutes = max(0, ms) // said.MINUTE
    return f"{minutes // 60}:{minutes % 60:02}"


def clock(at: int, zone: int) -> str:
    """HH:MM at the station; `at` ms UTC, `zone` minutes east."""
    return datetime.fromtimestamp(at / 1000, timezone(timedelta(minutes=zone))).strftime("%H:%M")


def tenths(ms: int) -> str:
    """Seconds without their unit: 2.7."""
    return f"{round(ms / 100) / 10:.1f}"


def sentence(words: str) -> str:
    """The words as a sentence of their own."""
    if not words:
        return ""
    return words + "。" if language() == "zh_CN" else words[:1].upper() + words[1:] + "."


def _hour_labels(found: Board) -> tuple[str, ...]:
    zone = timezone(timedelta(minutes=found.shift.zone))
    first = [datetime.fromtimestamp(hour.start / 1000, zone).hour for hour in found.hours]
    if len(first) > MOST_LABELS:
        return tuple(_("{hour} h").format(hour=hour) for hour in first)
    return tuple(_("{hour}–{next}").format(hour=hour, next=hour + 1) for hour in first)


def _spoken_hours(chart: Stacks) -> str:
    told = [f"{label} {number(total)}" for label, total in zip(chart.labels, chart.totals, strict=True)]
    more = [f"{_('expected')} {number(chart.foretold)}"] if chart.foretold is not None else []
    return said.joined(*told, *more)


def _where_seen(seen: Sequence[SeenAt]) -> str:
    """The lane and class that had at least half of those seen by eye only."""
    whole = sum(each.people for each in seen)
    most = max(seen, key=lambda each: each.people, default=None)
    if most is None or whole < LEAST_SEEN or most.people < LEADING * whole or not most.vehicle:
        return ""
    kind = said.vehicle(VehicleClass(most.vehicle)).lower()
    return _("{share} of them lane {n}, {vehicle}").format(
        n=most.lane, vehicle=kind, share=part(round(100 * most.people / whole))
    )


def part(percent: int) -> str:
    """A share in words: 六成 when it is within two percent of a tenth, else as it is."""
    tenth = round(percent / 10)
    if language() != "zh_CN" or abs(percent - 10 * tenth) > 2 or not 1 <= tenth <= 9:
        return f"{percent}%"
    return "一二三四五六七八九"[tenth - 1] + "成"


def _slow(figures: Sequence[LaneFigures]) -> str:
    means = {each.lane: each.shares for each in figures if each.shares.whole}
    found = slow_at(means, much=MUCH)
    if found is None:
        return ""
    lane, step = found
    return _("Lane {n} is slow at {step} ({time}).").format(
        n=lane, step=wall_text.step_word(step).lower(), time=said.seconds(means[lane].of(step))
    )


def _advice(forecast: Forecast, *, working: int, free: Sequence[int], at: str) -> str:
    if forecast.lanes_needed <= working:
        return ""
    if free:
        return _("Open lane {n} before {time}.").format(n=free[0], time=at)
    return _("Every lane works; {n} would be needed.").format(n=forecast.lanes_needed)


def _spaced(*parts: str) -> str:
    return ("" if language() == "zh_CN" else " ").join(part for part in parts if part)


def _comma() -> str:
    return "，" if language() == "zh_CN" else ", "


def _elsewhere(means: Mapping[int, Spent], lane: int, step: Step) -> int:
    others = [mean.of(step) for number, mean in means.items() if number != lane]
    return sum(others) // len(others)
