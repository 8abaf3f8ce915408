"""What a scanned sheet says, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checkpoint_app.domain import paper_proof
from checkpoint_app.domain.paper_proof import PaperProof
from checkpoint_app.i18n import _
from checkpoint_app.services.paper import PaperResult
from checkpoint_app.services.reporting import sheet_number
from checkpoint_app.ui.told import Tone


@dataclass(frozen=True, slots=True)
class PaperWords:
    """What was found, what it means, what to do now."""

    icon: str
    tone: Tone
    title: str
    lines: tuple[str, ...] = ()


def waiting(texts: tuple[str, ...]) -> PaperWords:
    """Which codes of the sheet are read, and how many are still to come."""
    places = [place for text in texts if (place := paper_proof.part_of(text))]
    if not places:
        return PaperWords(
            "qrcode",
            Tone.QUIET,
            _("Scan the code of a handover sheet"),
            (_("With the hand scanner; all codes of the sheet, in any order"),),
        )
    title = _("{n} of {all} codes read").format(n=len(texts), all=places[-1][1])
    return PaperWords("qrcode", Tone.WARN, title, (_("Scan the next code of the same sheet"),))


def comparing(done: int) -> PaperWords:
    lines = (_("{n} entries worked out anew · Esc ends it").format(n=f"{done:,}"),)
    return PaperWords("hourglass", Tone.QUIET, _("Comparing with the ledger"), lines)


def found(result: PaperResult) -> PaperWords:
    """Unchanged, another desk's, or where it differs: the entry first, else the interval."""
    sheet = _sheet(result.proof)
    if not result.known:
        lines = (sheet, _("Now: take it to the desk that printed it"))
        return PaperWords("help-hexagon", Tone.WARN, _("A sheet of another desk or chain"), lines)
    if result.unchanged:
        checked = _("{n} entries and every seal agree").format(n=f"{result.checked:,}")
        return PaperWords("shield-check", Tone.GOOD, _("Unchanged since it was printed"), (sheet, checked))
    if result.entry is not None:
        title = _("Entry {n} was changed").format(n=f"{result.entry:,}")
    elif result.interval is not None:
        first, last = (f"{each:,}" for each in result.interval)
        title = _("Changed between entries {first} and {last}").format(first=first, last=last)
    else:
        title = _("Not the same as the sheet")
    now = _("Now: keep the sheet, copy the data folder, call the lead and headquarters")
    return PaperWords("shield-x", Tone.BAD, title, (sheet, now))


def unreadable() -> PaperWords:
    lines = (_("Now: smooth the sheet, scan all its codes once more"),)
    return PaperWords("alert-triangle", Tone.BAD, _("These codes are no whole sheet"), lines)


def _sheet(proof: PaperProof) -> str:
    if len(proof.shift.rsplit(".", 2)) != 3:
        return _("Daily report {day} · up to entry {seq}").format(day=proof.shift, seq=f"{proof.seq:,}")
    number = sheet_number(proof.shift)
    return _("Sheet {number} · shift {shift} · up to entry {seq}").format(
        number=number, shift=proof.shift, seq=f"{proof.seq:,}"
    )
