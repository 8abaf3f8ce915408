"""Who was on duty when: folded from the entries `on_duty` and `off_duty`. Pure.

Times are ms UTC; days and months are those of the entry's own zone, a fixed offset, so that no summer time
adds or takes an hour. One officer is at one post at a time: coming twice counts once, and taking another post
or going over into the next shift ends nothing but the stint before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from checkpoint_app.domain.affairs import Told
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By

ON_DUTY, OFF_DUTY = "on_duty", "off_duty"
PRESENT, LATE, REPLACED, ABSENT = "present", "late", "replaced", "absent"
STATES = (PRESENT, LATE, REPLACED, ABSENT)
MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Stint:
    """One officer's time in one shift without a break. `went` is 0 while it lasts; `posts` as taken.

    `state` absent: did not come, `came` and `went` are when that was noted.
    """

    officer: str
    shift: str
    came: int
    went: int = 0
    posts: tuple[str, ...] = ()
    state: str = PRESENT
    zone: int = 0

    @property
    def lasting(self) -> bool:
        return not self.went

    def minutes(self, *, now: int, since: int | None = None, until: int | None = None) -> int:
        """Whole minutes between `since` and `until`; a stint that lasts is counted to `now`."""
        if self.state == ABSENT:
            return 0
        begin = self.came if since is None else max(self.came, since)
        end = min(self.went or now, now)
        return max(0, (end if until is None else min(end, until)) - begin) // MINUTE


@dataclass(frozen=True, slots=True)
class Hours:
    """One officer's month. `shifts` are those served in, `longest` the longest time without a break."""

    officer: str
    minutes: int
    shifts: int
    late: int = 0
    absent: int = 0
    replaced: int = 0
    longest: int = 0
    on: bool = False


def on_duty(number: str, *, post: str, state: str = PRESENT, by: By, at: int, action: str) -> Fact:
    """An officer came, or took another post (lane-1, hut)."""
    public: dict[str, Value] = {"about": number, "post": post, "state": state}
    return Fact(ON_DUTY, action, at, public, None, by.shift, by.officer)


def off_duty(number: str, *, state: str = PRESENT, by: By, at: int, action: str) -> Fact:
    """An officer went, was replaced, or with `absent` did not come."""
    public: dict[str, Value] = {"about": number, "state": state, "over": True}
    return Fact(OFF_DUTY, action, at, public, None, by.shift, by.officer)


def stints(told: Iterable[Told]) -> tuple[Stint, ...]:
    """Every stint the entries tell of, in the order they began; entries in the order written.

    An entry that says it happened before the one it follows (a clock set back) ends at nothing less than it.
    """
    found: list[Stint] = []
    open_: dict[str, int] = {}
    for each in told:
        place = open_.get(each.name)
        absent = each.public.get("state") == ABSENT
        if each.kind == ON_DUTY and not absent:
            _come(found, open_, each, place)
        elif place is not None:
            found[place] = _ended(found[place], each)
            del open_[each.name]
        elif absent:
            found.append(Stint(each.name, each.shift, each.happened, each.happened, (), ABSENT, each.zone))
    return tuple(found)


def ended_with(found: Iterable[Stint], closed: Mapping[str, int]) -> tuple[Stint, ...]:
    """No stint outlasts its shift: `closed` gives the end of each shift that has one, ms UTC."""
    return tuple(_within(each, closed.get(each.shift, 0)) for each in found)


def month_hours(found: Sequence[Stint], month: str, *, now: int) -> tuple[Hours, ...]:
    """Hours of every officer in a month "YYYY-MM" of each stint's own zone, by number.

    A stint over the month's border is counted in both, each with its own part.
    """
    officers = sorted({each.officer for each in found})
    told = (
        _hours(officer, [one for one in found if one.officer == officer], month, now=now)
        for officer in officers
    )
    return tuple(each for each in told if each is not None)


def month_bounds(month: str, zone: int) -> tuple[int, int]:
    """Begin and end, ms UTC, of a month "YYYY-MM" that is kept `zone` minutes east."""
    year, number = int(month[:4]), int(month[5:7])
    first = datetime(year, number, 1, tzinfo=UTC)
    last = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
    shift = timedelta(minutes=zone)
    return _ms(first - shift), _ms(last - shift)


def month_of(at: int, zone: int) -> str:
    """The month "YYYY-MM" of `at` (ms UTC), `zone` minutes east."""
    return datetime.fromtimestamp(at // 1000 + zone * 60, UTC).strftime("%Y-%m")


def in_hours(minutes: int) -> str:
    """Hours with one decimal, halves up: 450 minutes are 7.5."""
    tenths = (minutes * 10 + 30) // 60
    return f"{tenths // 10}.{tenths % 10}"


def unbroken(found: Iterable[Stint], *, now: int, gap: int = 0) -> tuple[tuple[int, int], ...]:
    """Begin and end of each time one officer was on duty without a break of more than `gap` ms."""
    spans = sorted((each.came, max(each.came, each.went or now)) for each in found if each.state != ABSENT)
    joined: list[tuple[int, int]] = []
    for begin, end in spans:
        if joined and begin - joined[-1][1] <= gap:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return tuple(joined)


def _within(stint: Stint, end: int) -> Stint:
    if not end or (stint.went and stint.went <= end):
        return stint
    return replace(stint, went=max(stint.came, end))


def _come(found: list[Stint], open_: dict[str, int], told: Told, place: int | None) -> None:
    """Came, took another post, or goes on in the next shift; the same said again changes nothing."""
    post = str(told.public.get("post", ""))
    state = str(told.public.get("state", PRESENT))
    if place is not None and found[place].shift == told.shift:
        stint = found[place]
        if post and (not stint.posts or stint.posts[-1] != post):
            found[place] = replace(stint, posts=(*stint.posts, post))
        return
    if place is not None:
        found[place] = replace(found[place], went=max(told.happened, found[place].came))
    open_[told.name] = len(found)
    found.append(Stint(told.name, told.shift, told.happened, 0, (post,) if post else (), state, told.zone))


def _ended(stint: Stint, told: Told) -> Stint:
    """`replaced` outweighs how somebody came."""
    state = REPLACED if told.public.get("state") == REPLACED else stint.state
    return replace(stint, went=max(told.happened, stint.came), state=state)


def _hours(officer: str, found: Sequence[Stint], month: str, *, now: int) -> Hours | None:
    within = [each for each in found if _touches(each, month, now=now)]
    if not within:
        return None
    minutes = sum(
        each.minutes(
            now=now, since=month_bounds(month, each.zone)[0], until=month_bounds(month, each.zone)[1]
        )
        for each in within
    )
    served = {each.shift for each in within if each.state != ABSENT}
    begun = [each for each in within if month_of(each.came, each.zone) == month]
    return Hours(
        officer,
        minutes,
        len(served),
        late=sum(each.state == LATE for each in begun),
        absent=len({each.shift for each in begun if each.state == ABSENT}),
        replaced=sum(each.state == REPLACED for each in begun),
        longest=max(((end - begin) // MINUTE for begin, end in unbroken(within, now=now)), default=0),
        on=any(each.lasting for each in within),
    )


def _touches(stint: Stint, month: str, *, now: int) -> bool:
    since, until = month_bounds(month, stint.zone)
    return stint.came < until and (stint.went or now) >= since


def _ms(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000
