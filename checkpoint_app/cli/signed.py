"""What `verify` says of printed sheets and signed handovers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checkpoint_app.cli.output import Plain, say
from checkpoint_app.domain.paper_proof import PaperProof, part_of, read
from checkpoint_app.i18n import _
from checkpoint_app.services.handover_proof import HandoverFault, HandoverReport
from checkpoint_app.services.paper import PaperResult


def is_sheet(text: str) -> bool:
    """Whether it wants to be a code of a printed sheet."""
    return text.strip().upper().startswith("CPH1:")


def proofs(texts: Sequence[str]) -> tuple[PaperProof, ...]:
    """Of every sheet whose codes are there; raises ProofUnreadable."""
    sheets: dict[str, list[str]] = {}
    for text in texts:
        place = part_of(text)
        sheets.setdefault(place[2] if place else "", []).append(text)
    return tuple(read(codes) for codes in sheets.values())


def plain(handovers: HandoverReport, papers: Sequence[PaperResult]) -> Mapping[str, Plain]:
    return {
        "handovers": handovers.handovers,
        "signatures": handovers.signatures,
        "by_name": handovers.by_name,
        "unfit": [
            {"what": fault.what, "shift": fault.shift, "officer": fault.officer} for fault in handovers.faults
        ],
        "sheets": [
            {
                "shift": paper.proof.shift,
                "unchanged": paper.unchanged,
                "entry": paper.entry,
                "interval": list(paper.interval) if paper.interval else None,
                "known": paper.known,
            }
            for paper in papers
        ],
    }


def tell(handovers: HandoverReport, papers: Sequence[PaperResult]) -> None:
    if handovers.handovers:
        say(
            _("{handovers} handovers, {signatures} signatures that fit, {names} by name alone").format(
                handovers=handovers.handovers, signatures=handovers.signatures, names=handovers.by_name
            )
        )
    for fault in handovers.faults:
        say(_unfit(fault))
    for paper in papers:
        for text in _sheet(paper):
            say(text)


def _unfit(fault: HandoverFault) -> str:
    what = {
        "digest": _("is not what was signed"),
        "signature": _("the signature of {officer} does not fit"),
        "key": _("{officer} never had the key that signed"),
        "unsigned": _("nobody signed what stands there"),
        "name": _("{officer} signed by name although there were PINs"),
    }[fault.what]
    return f"{fault.shift}: " + what.format(officer=fault.officer)


def _sheet(paper: PaperResult) -> Iterator[str]:
    shift = paper.proof.shift
    if paper.unchanged:
        yield _("sheet of {shift}: unchanged since it was printed").format(shift=shift)
    elif not paper.known:
        yield _("sheet of {shift}: not of a chain in this file").format(shift=shift)
    else:
        if paper.entry is not None:
            yield _("sheet of {shift}: entry {entry} was changed").format(shift=shift, entry=paper.entry)
        if paper.interval is not None:
            low, high = paper.interval
            yield _("sheet of {shift}: something between entries {low} and {high} is not what it was").format(
                shift=shift, low=low, high=high
            )
        if paper.entry is None and paper.interval is None:
            yield _("sheet of {shift}: a seal does not fit").format(shift=shift)
