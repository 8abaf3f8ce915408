"""Words of every line of a handover, for the screen and for paper. Pure but for the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from checkpoint_app.documents import line_desks, line_open, line_past
from checkpoint_app.documents.line_parts import LineWords, Telling
from checkpoint_app.domain.handover import Line

__all__ = ["LineWords", "words_of"]

_TELL: Mapping[str, Callable[[Telling], LineWords]] = {
    "totals": line_past.totals,
    "outcomes": line_past.outcomes,
    "alarms": line_past.alarms,
    "corrections": line_past.corrections,
    "evidence": line_past.evidence,
    "clock": line_past.clock,
    "outage": line_past.outage,
    "roll": line_past.roll,
    "desk": line_desks.desk,
    "visit": line_past.visit,
    "order": line_open.order,
    "incident": line_open.incident,
    "matter": line_open.matter,
    "item": line_open.item,
    "data": line_open.data,
}


def words_of(line: Line, *, names: Mapping[str, str], now: int, zone: int) -> LineWords:
    """`names` are officers by number, masked or in full as the reader may see them; `now` ms UTC, `zone`
    minutes east. A kind that nobody knows is told by its key.
    """
    tell = _TELL.get(line.about)
    if tell is None:
        return LineWords(line.key, "", line.key)
    return tell(Telling(line.everything, now, zone, names))
