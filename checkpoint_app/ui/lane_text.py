"""What the verdict panel says for each state of a lane. Pure: values in, words out."""

from __future__ import annotations

from dataclasses import dataclass

from checkpoint_app import i18n
from checkpoint_app.domain.lane import Stopped
from checkpoint_app.domain.verdict import DataSet, Reason, Verdict
from checkpoint_app.domain.words import Outcome, VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.ui import said
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.panel_text import CheckLine, Notice, PanelText

MOST_CHECKS = 4
COLOUR_MISSING = "colour_missing"
CHECK_ICONS = {
    VerdictState.PASS: "check",
    VerdictState.NOT_YET: "circle-dashed",
    VerdictState.REFER: "help-hexagon",
    VerdictState.STOP: "x",
}


@dataclass(frozen=True, slots=True)
class Saved:
    """An outcome on disk: what, of which plate, its entry's number and the entry's own time (ms UTC)."""

    outcome: Outcome
    plate: str
    seq: int
    at: int


def verdict_panel(verdict: Verdict, *, stopped_for: int | None = None) -> PanelText:
    """The panel of a verdict; `stopped_for` is how long a stop has stood, in ms."""
    language = i18n.language()
    evidence, icon = said.evidence(verdict.weakest) if verdict.weakest else ("", "")
    return PanelText(
        verdict.state,
        said.verdict(verdict.state),
        reason=verdict.title(language),
        shape_text=verdict.facts.get("ring", ""),
        checks=tuple(_check(line, language) for line in verdict.done[:MOST_CHECKS]),
        now=said.with_keys(_now(verdict, language)),
        evidence=evidence,
        evidence_label=_("Weakest evidence") if evidence else "",
        evidence_icon=icon,
        stale=stale_words(verdict.data),
        clock=(_("Stopped"), said.running(stopped_for)) if stopped_for is not None else None,
    )


def waiting_panel(last: Saved | None) -> PanelText:
    """Nothing stands here."""
    before = ""
    if last:
        what = f"{said.dotted(last.plate)} {said.outcome(last.outcome)}".strip()
        before = _("Last: {what}").format(what=what)
    return PanelText(Notice.WAITING, _("Waiting for the next vehicle"), reason=before)


def saving_panel(outcome: Outcome, *, queued: int) -> PanelText:
    """An outcome on its way to the disk: nothing may be called saved yet."""
    word = _("{outcome}, saving").format(outcome=said.outcome(outcome))
    waits = _("{n} waiting to be written").format(n=queued) if queued else ""
    return PanelText(Notice.WAITING, word, reason=waits, icon="device-floppy")


def saved_panel(saved: Saved) -> PanelText:
    word = _("{outcome}, saved").format(outcome=said.outcome(saved.outcome))
    number = _("No. {n}").format(n=f"{saved.seq:,}")
    now = said.with_keys(_("[Esc] hold to undo (leaves a correction)"))
    return PanelText(Notice.SAVED, word, reason=said.joined(said.time_of_day(saved.at), number), now=now)


def words_panel(words: Words, notice: Notice, *, icon: str = "") -> PanelText:
    """A trouble in the verdict's place: only when the lane cannot work."""
    return PanelText(notice, words.title, reason=words.meaning, now=said.with_keys(words.now_line), icon=icon)


def clock_time(at: int) -> str:
    """HH:MM of a call to the lead, "" for none."""
    return said.time_of_day(at)[:5] if at else ""


def stop_strip(stop: Stopped, *, now: int) -> str:
    """One unanswered stop of a vehicle that does not stand in front any more."""
    reason = stop.reason.get(i18n.language()[:2], "")
    name = said.dotted(stop.plate) or _("No plate")
    return f"{name} {said.verdict(VerdictState.STOP)} {said.running(now - stop.since)} {reason}".strip()


def stale_words(sets: tuple[DataSet, ...]) -> str:
    """The first data set that is not fresh, in words; "" when all are."""
    for data in sets:
        if data.light != "fresh":
            return _stale(data)
    return ""


def _stale(data: DataSet) -> str:
    name = said.data_set(data.name)
    if data.light == "missing":
        return _("{name} missing").format(name=name)
    if data.age is None:
        return _("{name}: age unknown").format(name=name)
    if data.light == "expired":
        return _("{name} expired, {age} old").format(name=name, age=said.age(data.age))
    return _("{name} not updated for {age}").format(name=name, age=said.age(data.age))


def _check(line: Reason, language: str) -> CheckLine:
    return CheckLine(CHECK_ICONS[line.state], line.text(language))


def _now(verdict: Verdict, language: str) -> str:
    """What to do now, with the key of a colour where that is what is missing."""
    text = verdict.now(language)
    if not text:
        return ""
    first = next((line.code for line in verdict.done if line.code.endswith("_missing")), "")
    if first == COLOUR_MISSING and verdict.state is VerdictState.NOT_YET:
        text = f"{text} [Ctrl+H]"
    return _("Now: {what}").format(what=text)
