"""Visits of supervisors (督导检查): what they found becomes matters, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checkpoint_app.domain.affairs import Told
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.logbook import Visit
from checkpoint_app.domain.telling import fold as fold_by
from checkpoint_app.domain.telling import tell

VISITED = "visited"


def visited(
    visitor: str,
    *,
    agency: str = "",
    text: str = "",
    findings: Sequence[str] = (),
    by: By,
    at: int,
    action: str,
) -> Fact:
    """Somebody came to see how things are done; `findings` are the matters raised from it, by id."""
    public: Mapping[str, Value] = {"over": True, "findings": list(findings)}
    words: Mapping[str, Value] = {"visitor": visitor, "agency": agency, "text": text}
    return tell(VISITED, public, personal=words, by=by, at=at, action=action)


def fold(told: Sequence[Told]) -> tuple[Visit, ...]:
    return fold_by(told, begin={VISITED: _visited}, go_on={})


def _visited(told: Told) -> Visit:
    findings = told.public.get("findings", ())
    return Visit(
        told.name,
        told.happened,
        told.text("visitor"),
        told.text("agency"),
        told.text("text"),
        findings=tuple(map(str, findings)) if isinstance(findings, list | tuple) else (),
        officer=told.officer,
        shift=told.shift,
    )
