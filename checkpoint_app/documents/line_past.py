"""Lines about what was: totals, outcomes, alarms, corrections, who served, what the app could not do."""

from __future__ import annotations

from collections.abc import Sequence

from checkpoint_app.documents import wording
from checkpoint_app.documents.line_parts import LineWords, Telling, listed, number, rows, words
from checkpoint_app.domain.canonical import Value
from checkpoint_app.i18n import N_, _, ngettext

OUTAGES = {
    "camera": N_("camera gone"),
    "scanner": N_("scanner gone"),
    "saving": N_("not saved"),
    "printing": N_("not printed"),
    "sound": N_("no sound"),
}
STATES = {
    "present": N_("Present"),
    "late": N_("Late"),
    "absent": N_("Absent"),
    "replaced": N_("Replaced"),
}


def totals(told: Telling) -> LineWords:
    """Every vehicle and person, and whether the lanes add up to them."""
    counted = told.count("counted_vehicles")
    vehicles = told.count("vehicles") + counted
    people = told.count("people") + told.count("counted_people")
    lanes = told.lists("lanes")
    whole = _("{v} vehicles / {p} people").format(v=f"{vehicles:,}", p=f"{people:,}")
    adds_up = not lanes or sum(_place(lane, 2) for lane in lanes) == vehicles
    if lanes:
        sums = _("the same as its {n} lanes") if adds_up else _("not the same as its {n} lanes")
        sums = sums.format(n=len(lanes))
    else:
        sums = ""
    eye = _("{v} vehicles, not checked").format(v=f"{counted:,}") if counted else ""
    title = _("Vehicles / people in all")
    told_rows = rows(*map(_lane, lanes), (_("Counted by eye"), eye), (_("Seconds a vehicle"), _mean(told)))
    return LineWords(title, listed(whole, sums), whole, told_rows, grave=not adds_up)


def outcomes(told: Telling) -> LineWords:
    found = [(_(word), told.count(code)) for code, word in wording.OUTCOMES.items() if told.count(code)]
    said = wording.joined(*(f"{word} {count:,}" for word, count in found)) or _("none")
    undone = told.count("undone")
    told_rows = rows(
        *((word, _("{n} vehicles").format(n=f"{count:,}")) for word, count in found),
        (_("Taken back"), f"{undone:,}" if undone else ""),
    )
    return LineWords(_("Outcomes"), said, said, told_rows)


def alarms(told: Telling) -> LineWords:
    count, answered = told.count("count"), told.count("answered")
    if not count:
        return LineWords(_("Stops and doubts"), _("none"), _("No vehicle was stopped or doubted"))
    missing = count - answered
    said = listed(
        ngettext("{n} time", "{n} times", count).format(n=count),
        _("{n} not answered").format(n=missing) if missing else _("all answered"),
    )
    told_rows = rows(
        (_("Stopped"), _number(told, "stop")),
        (_("Doubted"), _number(told, "refer")),
        (_("Answered"), f"{answered:,}"),
    )
    title = _("Stops and doubts: {said}").format(said=said)
    return LineWords(_("Stops and doubts"), said, title, told_rows, grave=missing > 0)


def corrections(told: Telling) -> LineWords:
    count = told.count("count")
    parts = listed(
        _("{n} amended").format(n=told.count("amended")) if told.count("amended") else "",
        _("{n} taken back").format(n=told.count("undone")) if told.count("undone") else "",
        _("{n} of earlier shifts").format(n=told.count("late")) if told.count("late") else "",
    )
    if not count:
        return LineWords(_("Corrections"), _("none"), _("Nothing was corrected"))
    said = listed(ngettext("{n} entry", "{n} entries", count).format(n=count), parts)
    told_rows = rows(
        (_("Amended"), _number(told, "amended")),
        (_("Taken back"), _number(told, "undone")),
        (_("Of earlier shifts"), _number(told, "late")),
    )
    return LineWords(_("Corrections"), said, _("Corrections: {said}").format(said=said), told_rows)


def evidence(told: Telling) -> LineWords:
    """Shares of people by how they were checked."""
    kinds = [(_(word), told.count(code)) for code, word in wording.EVIDENCE.items()]
    whole = sum(count for _word, count in kinds)
    shares = [(word, count) for word, count in kinds if count]
    said = wording.joined(*(f"{word} {percent(count, whole)}" for word, count in shares)) or _("none")
    counted = told.count("counted")
    told_rows = rows(
        *((word, _("{n} people").format(n=f"{count:,}")) for word, count in shares),
        (_("Counted by eye"), _("{n} people").format(n=f"{counted:,}") if counted else ""),
    )
    return LineWords(_("How they were checked"), said, said, told_rows)


def clock(told: Telling) -> LineWords:
    jumped, confirmed = told.count("jumped"), told.count("confirmed")
    if not jumped and not confirmed:
        return LineWords(_("Clock"), _("ran true"), _("The clock ran true"))
    said = listed(
        _("{n} jumps").format(n=jumped), _("{n} confirmed by a lead").format(n=confirmed) if confirmed else ""
    )
    off = _("{n} s").format(n=f"{round(told.count('off') / 1000):,}") if told.count("off") else ""
    return LineWords(
        _("Clock"),
        said,
        _("Clock: {said}").format(said=said),
        rows((_("Off by"), off)),
        grave=jumped > confirmed,
    )


def outage(told: Telling) -> LineWords:
    count, vehicles = told.count("count"), told.count("vehicles")
    if not count:
        return LineWords(_("What the app could not do"), _("nothing"), _("The app did everything it should"))
    during = _("{n} vehicles meanwhile").format(n=f"{vehicles:,}") if vehicles else ""
    said = listed(ngettext("{n} time", "{n} times", count).format(n=count), during)
    title = _("The app failed {said}").format(said=said)
    failed = rows(*(_outage(told, each) for each in told.lists("what")))
    return LineWords(_("What the app could not do"), said, title, failed)


def roll(told: Telling) -> LineWords:
    here = told.count("present") + told.count("late")
    replaced, absent = told.count("replaced"), told.count("absent")
    said = listed(
        _("{n} served").format(n=here),
        _("{n} late").format(n=told.count("late")) if told.count("late") else "",
        _("{n} absent").format(n=absent) if absent else "",
        _("{n} replaced").format(n=replaced) if replaced else "",
    )
    people = rows(*(_served(told, each) for each in told.lists("people")))
    return LineWords(_("Roll and posts"), said, said, people, grave=absent > 0)


def visit(told: Telling) -> LineWords:
    who = wording.joined(told.text("agency"), told.text("visitor"))
    findings = told.count("findings")
    found = (
        ngettext("{n} finding", "{n} findings", findings).format(n=findings)
        if findings
        else _("nothing found")
    )
    told_rows = rows(
        (_("Came"), told.time(told.count("at"))),
        (_("Who"), who),
        (_("Said"), told.text("text")),
        (_("Findings"), found),
    )
    return LineWords(_("Visit"), listed(who, found), _("Visit of {who}").format(who=who or "—"), told_rows)


def percent(part: int, whole: int) -> str:
    """Rounded half up, the sum of shares may be 99 or 101."""
    return f"{(200 * part + whole) // (2 * whole)}%" if whole else "—"


def _number(told: Telling, name: str) -> str:
    return f"{told.count(name):,}" if told.count(name) else ""


def _mean(told: Telling) -> str:
    mean = told.count("mean_ms")
    return f"{round(mean / 100) / 10:.1f} s" if mean else ""


def _place(values: Sequence[Value], place: int) -> int:
    return number(values[place]) if place < len(values) else 0


def _lane(values: Sequence[Value]) -> tuple[str, str]:
    where, way, vehicles, people = (*values, 0, "", 0, 0)[:4]
    name = _("Lane {n}").format(n=number(where))
    moved = _("{v} vehicles / {p} people").format(v=f"{number(vehicles):,}", p=f"{number(people):,}")
    return f"{name} {wording.word(wording.DIRECTIONS, words(way))}".strip(), moved


def _outage(told: Telling, values: Sequence[Value]) -> tuple[str, str]:
    what, lane, since, until, vehicles = (*values, "", 0, 0, 0, 0)[:5]
    ended = told.time(number(until)) or _("still so")
    many = _("{n} vehicles").format(n=f"{number(vehicles):,}") if number(vehicles) else ""
    where = _("Lane {n}").format(n=number(lane)) if number(lane) else ""
    name = wording.joined(where, wording.word(OUTAGES, words(what)))
    return name, listed(f"{told.time(number(since))}–{ended}", many)


def _served(told: Telling, values: Sequence[Value]) -> tuple[str, str]:
    who, state, post, minutes = (*values, "", "", "", 0)[:4]
    hours = f"{number(minutes) // 60}:{number(minutes) % 60:02}" if number(minutes) else ""
    said = wording.joined(wording.word(STATES, words(state)), post_word(words(post)), hours)
    return told.name(words(who)), said


def post_word(post: str) -> str:
    """lane-2 as words; the hut; anything else as it is."""
    kind, _dash, place = post.partition("-")
    if kind == "lane" and place.isdecimal():
        return _("Lane {n}").format(n=place)
    return _("Hut") if post == "hut" else post
