"""Words of the handover page. Pure; what the lines say stands in `documents.line_words`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkpoint_app.documents import wording
from checkpoint_app.documents.line_words import words_of
from checkpoint_app.domain.handover import Answered, Handover, Line, Part, Side, State, what_is_missing
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.i18n import N_, _
from checkpoint_app.storage.rows import ShiftRow
from checkpoint_app.ui import duty_text, said
from checkpoint_app.ui.told import Told, Tone

PARTS = {
    Part.PAST: N_("What the last shift did"),
    Part.OPEN: N_("Open matters"),
    Part.THINGS: N_("Articles and data"),
}
PART_ICONS = {Part.PAST: "history", Part.OPEN: "flag", Part.THINGS: "clipboard-list"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line as the list shows it; `icon` and `tone` are of its state, `rows` label and value in full."""

    key: str
    number: int
    part: Part
    what: str
    said: str
    title: str
    rows: tuple[tuple[str, str], ...]
    state: str
    icon: str
    tone: Tone
    answered: bool
    article: bool
    note: str = ""
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A part of the list: its name, and how many of its lines were looked at."""

    word: str
    count: str


@dataclass(frozen=True, slots=True)
class Signer:
    """One of the two cards. `state` is "" while a signature is awaited."""

    label: str
    name: str
    state: str = ""
    tone: Tone = Tone.GOOD


def rows_of(handover: Handover, *, names: Mapping[str, str], now: int, zone: int) -> tuple[Row, ...]:
    """Every line, with the names masked."""
    masked = {number: mask_name(name) for number, name in names.items()}
    return tuple(_row(line, handover, names=masked, now=now, zone=zone) for line in handover.lines)


def _row(line: Line, handover: Handover, *, names: Mapping[str, str], now: int, zone: int) -> Row:
    words = words_of(line, names=names, now=now, zone=zone)
    answer = handover.answers.get(line.key)
    state, icon, tone = _NOT_SEEN
    if line.key in handover.outdated:
        state, icon, tone = _CHANGED
    if answer is not None:
        state, icon, tone = _ANSWERED[answer.said]
    counted = answer.counted if answer else None
    told = wording.joined(words.said, _("counted {n}").format(n=counted) if counted is not None else "")
    ledger = wording.joined(*(_("Entry {n}").format(n=f"{seq:,}") for seq in line.seqs[-3:]))
    rows = (*words.rows, *([(_("Ledger"), ledger)] if ledger else []))
    return Row(
        line.key,
        line.number,
        line.part,
        words.what,
        told,
        words.title or words.what,
        rows,
        _(state),
        icon,
        tone,
        answer is not None,
        line.about == "item",
        answer.note if answer else "",
        counted,
    )


_NOT_SEEN = N_("Not seen"), "circle-dashed", Tone.HINT
_CHANGED = N_("Changed since"), "refresh", Tone.WARN
_ANSWERED = {
    Answered.ACCEPTED: (N_("Accepted"), "check", Tone.GOOD),
    Answered.QUERIED: (N_("Queried"), "help-hexagon", Tone.WARN),
}


def looking() -> str:
    """The state of the selected line that has no answer yet."""
    return _("Looking")


def listed(rows: Sequence[Row]) -> tuple[Row | Head, ...]:
    """The rows under the heads of their parts; a part without lines has none."""
    shown: list[Row | Head] = []
    for part, word in PARTS.items():
        own = [row for row in rows if row.part is part]
        if own:
            seen = sum(row.answered for row in own)
            shown += [Head(_(word), f"{seen} / {len(own)}"), *own]
    return tuple(shown)


def part_word(part: Part) -> str:
    return _(PARTS[part])


def seen(handover: Handover) -> tuple[int, int]:
    """Lines with an answer, and all of them."""
    return len(handover.lines) - len(handover.unanswered), len(handover.lines)


def counts(handover: Handover) -> tuple[int, int, int]:
    """Accepted, queried, not seen."""
    given = [handover.answers[line.key].said for line in handover.lines if line.key in handover.answers]
    queried = sum(each is Answered.QUERIED for each in given)
    return len(given) - queried, queried, len(handover.lines) - len(given)


def number_of(shift: ShiftRow | None, *, chosen: str = "") -> str:
    """Who signs a side: whoever scanned a badge or typed a number, else the lead."""
    return chosen or (shift.lead if shift else "")


def signer(
    side: Side, handover: Handover, shift: ShiftRow | None, *, names: Mapping[str, str], chosen: str = ""
) -> Signer:
    word = _("Hands over ({group})") if side is Side.OUTGOING else _("Takes over ({group})")
    label = word.format(group=shift.group if shift else "—")
    signed, away = handover.signed(side), handover.away(side)
    number = signed.officer if signed else number_of(shift, chosen=chosen)
    name = mask_name(names.get(number, number)) or "—"
    if signed:
        return Signer(label, name, _("Signed {time}").format(time=said.time_of_day(signed.at)))
    if away:
        state = _("Will not sign: {why}") if away.refused else _("Not here: {why}")
        return Signer(label, name, state.format(why=away.why), Tone.WARN)
    return Signer(label, name)


def lock(handover: Handover) -> tuple[Told, str]:
    """What still keeps the handover from being closed, and what happens then."""
    then = _("Both sign, then it is sealed and printed")
    left = len(handover.unanswered)
    if handover.state is not State.CLOSING:
        return Told(_("Closed and sealed"), Tone.GOOD), ""
    if left:
        line = _("{n} not seen: all are seen before anybody signs")
        return Told(line.format(n=left), Tone.PLAIN), then
    missing = what_is_missing(handover)
    if len(missing) == 1:
        side = (
            _("Who hands over signs: F3") if Side.OUTGOING.value in missing else _("Who takes over signs: F4")
        )
        return Told(side, Tone.PLAIN), _("Nobody there: F6")
    return Told(_("All seen: both sign, F3 and F4"), Tone.PLAIN), _("Nobody there: F6")


def sign_on() -> tuple[Told, str]:
    """Before anybody of the next shift has: nobody else accepts its lines."""
    return Told(_("Who takes over signs on first: Ctrl+J"), Tone.WARN), _(
        "or holds the badge before the scanner"
    )


def heading(shift: ShiftRow, following: ShiftRow | None) -> str:
    """Which group hands over to which."""
    return f"{shift.group} → {following.group}" if following else shift.group


def bar_lights(handover: Handover) -> tuple[tuple[str, str], ...]:
    """For the top bar: when the handover began, and that the lanes go on."""
    if handover.state is not State.CLOSING:
        return ()
    return ((_("Begun"), duty_text.clock(handover.begun)), (_("Lanes work on"), ""))
