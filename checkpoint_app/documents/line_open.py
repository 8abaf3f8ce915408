"""Lines about what is open and what there is: orders, incidents, matters, articles, data sets."""

from __future__ import annotations

from collections.abc import Sequence

from checkpoint_app.documents import wording
from checkpoint_app.documents.line_parts import (
    SOURCES,
    LineWords,
    Telling,
    age,
    listed,
    number,
    rows,
    words,
)
from checkpoint_app.documents.log_words import CONDITIONS, INCIDENTS, STEPS
from checkpoint_app.domain.canonical import Value
from checkpoint_app.i18n import N_, _

DATA = {
    "rules": N_("Rules"),
    "watch": N_("Lists"),
    "trust": N_("Trust list"),
    "passes": N_("Passes"),
    "register": N_("Register"),
}
STALE = frozenset({"stale", "expired", "missing"})
LAST_STEPS = 3


def order(told: Telling) -> LineWords:
    """In force until its end; who is still to read it is counted by the log."""
    named = told.text("number") or _("Order")
    until = told.time(told.count("until"))
    valid = _("valid until {time}").format(time=until) if until else ""
    told_rows = rows(
        (_("From"), told.text("sender")),
        (_("Received"), told.time(told.count("at"))),
        (_("Order"), told.text("text")),
        (_("Valid until"), until),
        (_("Read by"), _("{n} officers").format(n=told.count("read")) if told.count("read") else ""),
    )
    return LineWords(
        named, listed(told.text("text"), valid), wording.joined(named, told.text("sender")), told_rows
    )


def incident(told: Telling) -> LineWords:
    """When it was noticed, reported and answered; an answer that is overdue is grave."""
    answered, reported, due = told.count("answered"), told.count("reported"), told.count("due")
    late = bool(due) and not answered and told.now >= due
    state = (
        _("answered {time}").format(time=told.time(answered))
        if answered
        else _("reported {time}").format(time=told.time(reported))
        if reported
        else _("not reported")
    )
    transfers = told.count("transfers")
    told_rows = rows(
        (_("Noticed"), told.time(told.count("noticed"))),
        (_("What"), told.text("text")),
        (_("Reported"), listed(told.time(reported), told.text("reported_to"))),
        (_("Answer"), listed(told.time(answered), told.text("reply"))),
        (_("Still open"), "" if answered else told.due(due)),
        (_("Transferred"), _("{n} people").format(n=transfers) if transfers else ""),
    )
    named = wording.word(INCIDENTS, told.text("kind")) or _("Incident")
    said = listed(told.text("text"), state, "" if answered or not late else told.due(due))
    return LineWords(named, said, told.text("text") or named, told_rows, grave=late)


def matter(told: Telling) -> LineWords:
    """What it is about stands first: the plate, else where it comes from."""
    plate, due = _dotted(told.text("plate")), told.count("due")
    steps = told.lists("steps")
    owner = told.name(told.text("owner"))
    lane = _("Lane {n}").format(n=told.count("lane")) if told.count("lane") else ""
    told_rows = rows(
        (_("Cause"), wording.joined(told.seconds(told.count("raised")), lane, _source(told))),
        *_done(told, steps),
        (_("Still open"), told.due(due) or _("nothing done yet") * (not steps)),
        (_("Owner"), owner),
    )
    overdue = bool(due) and told.now >= due
    responsible = _("owner {name}").format(name=owner) if owner else ""
    about = told.text("title") or (_("Lead called") if told.text("source") == "lane" else _source(told))
    said = wording.joined(about, told.due(due) if overdue else responsible)
    title = " ".join(part for part in (plate if plate not in about else "", about) if part)
    return LineWords(plate or _source(told), said, title, told_rows, grave=overdue)


def item(told: Telling) -> LineWords:
    """Equipment: due and there. Stock: balance and its low line."""
    balance, unit = told.count("balance"), told.text("unit")
    condition = wording.word(CONDITIONS, told.text("condition"))
    named = told.text("name")
    if told.facts.get("equipment"):
        due = told.count("due")
        said = wording.joined(_("due {n}").format(n=due), _("there {n}").format(n=balance), condition)
        counts = ((_("Due"), f"{due:,} {unit}"), (_("There"), f"{balance:,} {unit}"))
        short = balance < due
    else:
        low = told.count("low")
        short = balance < low
        below = _("below the low line {n}").format(n=f"{low:,}") if short else ""
        said = listed(_("balance {n}").format(n=f"{balance:,}"), below, condition)
        counts = ((_("Balance"), f"{balance:,} {unit}"), (_("Low line"), f"{low:,} {unit}" if low else ""))
    counted = told.time(told.count("counted"))
    told_rows = rows(*counts, (_("Condition"), condition), (_("Last counted"), counted))
    return LineWords(named, said, named, told_rows, grave=short)


def data(told: Telling) -> LineWords:
    """A data set's version and age, and how many vehicles it judged while it was not fresh."""
    known, vehicles = told.facts.get("age"), told.count("vehicles")
    old = _("{age} ago").format(age=age(known)) if isinstance(known, int) else _("age unknown")
    judged = _("{n} vehicles judged with it").format(n=f"{vehicles:,}") if vehicles else ""
    light = told.text("light")
    state = _("missing") if light == "missing" else _("expired") if light == "expired" else ""
    named = wording.word(DATA, told.text("name"))
    said = listed(told.text("version"), state or old)
    told_rows = rows((_("Version"), told.text("version")), (_("Age"), state or old), (_("Meanwhile"), judged))
    return LineWords(named, said, f"{named} {told.text('version')}".strip(), told_rows, grave=light in STALE)


def _done(told: Telling, steps: Sequence[Sequence[Value]]) -> tuple[tuple[str, str], ...]:
    """The last steps, each a row; the label stands beside the first."""
    shown = []
    for place, step in enumerate(steps[-LAST_STEPS:]):
        at, officer, text = (*step, 0, "", "")[:3]
        said = " ".join(part for part in (told.time(number(at)), wording.word(STEPS, words(text))) if part)
        who = told.name(words(officer))
        shown.append((_("Done so far") if not place else "", f"{said} ({who})" if who else said))
    return tuple(shown)


def _source(told: Telling) -> str:
    return wording.word(SOURCES, told.text("source") or "hand")


def _dotted(plate: str) -> str:
    fits = len(plate) >= 7 and plate[1:2].isascii() and not plate[0].isascii()
    return f"{plate[:2]}·{plate[2:]}" if fits else plate
