"""What a lead must know first, in one line each: code and facts of a `Notice` in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from checkpoint_app.documents import line_desks, wording
from checkpoint_app.documents.line_open import DATA
from checkpoint_app.documents.line_parts import Telling, age, listed
from checkpoint_app.documents.line_past import OUTAGES
from checkpoint_app.documents.log_words import INCIDENTS
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.report import Notice
from checkpoint_app.i18n import N_, _, ngettext

SIDES = {"outgoing": N_("Handing over"), "incoming": N_("Taking over")}


@dataclass(frozen=True, slots=True)
class _Facts:
    facts: Mapping[str, object]
    telling: Telling

    def count(self, name: str) -> int:
        value = self.facts.get(name)
        return value if isinstance(value, int) else 0

    def number(self, name: str) -> str:
        return f"{self.count(name):,}"

    def text(self, name: str) -> str:
        value = self.facts.get(name)
        return " ".join(value.split()) if isinstance(value, str) else ""

    def time(self, name: str) -> str:
        return self.telling.time(self.count(name))

    def span(self, since: str, until: str) -> str:
        begin, end = self.telling.seconds(self.count(since)), self.telling.seconds(self.count(until))
        return f"{begin}–{end}" if end else _("since {time}").format(time=begin)


def said(notice: Notice, *, now: int, zone: int) -> str:
    """One sentence; a code nobody knows as it is. `now` in ms UTC, `zone` minutes east."""
    tell = _TELL.get(notice.code)
    return tell(_Facts(notice.facts, Telling({}, now, zone))) if tell else notice.code


def _incident(facts: _Facts) -> str:
    named = wording.word(INCIDENTS, facts.text("kind")) or _("Incident")
    late = age(facts.count("late_ms"))
    return _("{what}: no answer, {age} overdue. Ask before taking over.").format(what=named, age=late)


def _matter(facts: _Facts) -> str:
    title = facts.text("title") or _("A matter")
    return _("{what} is {age} overdue. Do it first.").format(what=title, age=age(facts.count("late_ms")))


def _data(facts: _Facts) -> str:
    name = " ".join((wording.word(DATA, facts.text("name")), facts.text("version"))).strip()
    old = facts.facts.get("age")
    state = (
        _("{name} was not renewed for {age}").format(name=name, age=age(old))
        if isinstance(old, int)
        else _("{name}: nobody knows how old").format(name=name)
    )
    judged = _("{n} vehicles were judged with it").format(n=facts.number("vehicles"))
    return _sentence(listed(state, judged if facts.count("vehicles") else ""))


def _desk(facts: _Facts) -> str:
    told = replace(facts.telling, facts=cast(Mapping[str, Value], facts.facts))
    words = _("Desk {desk}: {missing}; its figures here are not whole.")
    return words.format(desk=facts.text("desk"), missing=line_desks.missing(told))


def _outage(facts: _Facts) -> str:
    lane = _("Lane {n}").format(n=facts.count("lane")) if facts.count("lane") else ""
    what = wording.joined(lane, wording.word(OUTAGES, facts.text("what")))
    crossed = (
        _("{n} vehicles meanwhile").format(n=facts.number("vehicles")) if facts.count("vehicles") else ""
    )
    return _sentence(listed(f"{what} {facts.span('since', 'until')}", crossed))


def _sentence(words: str) -> str:
    return _("{words}.").format(words=words)


def _clock(facts: _Facts) -> str:
    return _("The clock jumped at {time} by {n} s; times after it are doubtful.").format(
        time=facts.time("at"), n=round(facts.count("off") / 1000)
    )


def _item(facts: _Facts) -> str:
    text = (
        _("{name}: {n} of {wanted} {unit} are there.")
        if facts.count("equipment")
        else _("{name}: {n} {unit} left, low line {wanted}.")
    )
    words = text.format(
        name=facts.text("name"),
        n=facts.number("balance"),
        wanted=facts.number("wanted"),
        unit=facts.text("unit"),
    )
    return words if facts.text("unit") else words.replace("  ", " ")


def _hits(facts: _Facts) -> str:
    open_ones = facts.count("unanswered")
    answered = _("{n} without an answer").format(n=open_ones) if open_ones else _("each answered")
    return _sentence(listed(_("{n} hits on watch lists").format(n=facts.number("hits")), answered))


def _alarms(facts: _Facts) -> str:
    return _("{n} stops or doubts have no answer.").format(n=facts.number("alarms"))


def _held(facts: _Facts) -> str:
    return _("{n} people were held or handed over; see the exceptions.").format(n=facts.number("people"))


def _undone(facts: _Facts) -> str:
    return _("{n} crossings were made void.").format(n=facts.number("n"))


def _order(facts: _Facts) -> str:
    return _("Order {number} was not read by {n} officers.").format(
        number=facts.text("number"), n=facts.number("officers")
    )


def _absent(facts: _Facts) -> str:
    return _("{n} of {should} officers did not come.").format(
        n=facts.number("absent"), should=facts.number("should")
    )


def _refused(facts: _Facts) -> str:
    return _("The next lead refused to take over: {why}").format(why=facts.text("why") or "—")


def _one_side(facts: _Facts) -> str:
    side = wording.word(SIDES, facts.text("side"))
    return _("{side}: absent, {why}").format(side=side, why=facts.text("why") or "—")


def _chain(facts: _Facts) -> str:
    return _("THE LEDGER WAS CHANGED at entry {n}. Keep this computer as it is.").format(
        n=facts.number("entry")
    )


def _seen_only(facts: _Facts) -> str:
    return _("{n} of {all} people were known by eye only.").format(
        n=facts.number("people"), all=facts.number("all")
    )


def _corrections(facts: _Facts) -> str:
    parts = listed(
        _("{n} of earlier shifts").format(n=facts.number("late")) if facts.count("late") else "",
        _("{n} made void").format(n=facts.number("undone")) if facts.count("undone") else "",
    )
    whole = ngettext("{n} correction", "{n} corrections", facts.count("n")).format(n=facts.number("n"))
    return _sentence(listed(whole, parts))


def _nothing(_facts: _Facts) -> str:
    return _("Nothing overdue, nothing out of date, no failure.")


_TELL: Mapping[str, Callable[[_Facts], str]] = {
    "incident_unanswered": _incident,
    "matter_overdue": _matter,
    "data_stale": _data,
    "desk_missing": _desk,
    "outage": _outage,
    "clock_jumped": _clock,
    "item_short": _item,
    "watch_hits": _hits,
    "alarm_unanswered": _alarms,
    "held": _held,
    "undone": _undone,
    "order_unread": _order,
    "officers_absent": _absent,
    "lead_refused": _refused,
    "one_side_absent": _one_side,
    "chain_broken": _chain,
    "seen_only": _seen_only,
    "corrections": _corrections,
    "nothing": _nothing,
}
CODES = frozenset(_TELL)
