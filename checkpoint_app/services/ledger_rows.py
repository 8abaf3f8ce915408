"""Rows of the running ledger on paper (台账): what was entered, in order, as it was first written.

A correction is a row of its own which names the row it corrects; nothing is written over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from checkpoint_app.documents import wording
from checkpoint_app.documents.ledger_form import Row
from checkpoint_app.domain.entry import Header, read_header
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.i18n import N_, _
from checkpoint_app.storage import queries
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ordering import OWN_SHIFT

PART = 2_000
KINDS: Mapping[str, str] = {
    "shift_opened": N_("Shift begins"),
    "vehicle_crossed": N_("Crossing"),
    "tallied": N_("Counted"),
    "check_flagged": N_("Stop or doubt"),
    "check_voided": N_("Check taken back"),
    "outcome_undone": N_("Made void"),
    "crossing_amended": N_("Amended"),
    "noted": N_("Note"),
    "order_received": N_("Order"),
    "order_ended": N_("Order ended"),
    "incident_noticed": N_("Incident"),
    "incident_reported": N_("Incident reported"),
    "incident_answered": N_("Incident answered"),
    "incident_closed": N_("Incident closed"),
    "person_transferred": N_("Person handed over"),
    "matter_raised": N_("Matter"),
    "matter_worked": N_("Matter worked on"),
    "matter_closed": N_("Matter closed"),
    "visited": N_("Visit"),
    "item_counted": N_("Article counted"),
    "item_moved": N_("In or out"),
    "outage": N_("App failed"),
    "clock_jumped": N_("Clock jumped"),
    "handover_begun": N_("Handover begins"),
    "handover_signed": N_("Signed"),
    "shift_closed": N_("Shift ends"),
}

Read = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry; `own` is its personal part, empty when there is none or when it was erased."""

    header: Header
    said: Mapping[str, Any]
    own: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Words of that name, personal or public."""
        value = self.own.get(name, self.said.get(name, ""))
        return value if isinstance(value, str) else ""


def count(reader: Connection, shift: str) -> int:
    """How many rows a shift's ledger has."""
    marks = ", ".join("?" * len(KINDS))
    row = reader.execute(
        f"SELECT count(*) FROM entry WHERE shift = ? AND kind IN ({marks}) AND {OWN_SHIFT}",  # noqa: S608 - marks
        (shift, *KINDS),
    ).fetchone()
    return int(row[0])


def ledger_rows(read: Read, shift: str, *, number: str, officers: Mapping[str, str]) -> Iterator[Row]:
    """`number` is the sheet's; rows go on from it: 2026-G107-1121-3-0001."""
    given: dict[tuple[str, int], str] = {}
    for place, entered in enumerate(_entered(read, shift), 1):
        header = entered.header
        given[header.epoch, header.seq] = running = f"{number}-{place:04}"
        ref = entered.said.get("ref", {})
        corrected = given.get((ref.get("epoch", ""), ref.get("seq", 0)), "")
        of = _("entry {n}").format(n=ref["seq"]) if ref and not corrected else corrected
        yield Row(
            running,
            wording.moment(header.happened, zone=header.zone)[5:19],
            _(KINDS[header.kind]),
            _subject(entered),
            _detail(entered),
            officers.get(header.officer, header.officer),
            f"{header.seq}",
            of,
        )


def _entered(read: Read, shift: str) -> Iterator[Entered]:
    after = 0
    while True:
        with read() as reader:
            part = queries.entries(reader, after=after, shift=shift, kinds=tuple(KINDS), limit=PART)
        for row in part:
            personal = json.loads(row.entry.personal) if row.entry.personal else {}
            yield Entered(read_header(row.entry.header), json.loads(row.entry.public), personal)
        if len(part) < PART:
            return
        after = part[-1].id


def _subject(entered: Entered) -> str:
    if plate := entered.text("plate"):
        return plate
    if lane := entered.said.get("lane"):
        return _("Lane {n}").format(n=lane)
    return entered.text("number") or entered.text("group") or entered.text("name")


def _detail(entered: Entered) -> str:
    tell = _TELL.get(entered.header.kind)
    if tell is not None:
        return tell(entered)
    texts = ("title", "text", "sender", "reply", "result", "visitor", "agency", "reported_to", "to")
    found = [entered.text(name) for name in texts]
    return wording.joined(*found, wording.reason(entered.text("why"), masked=True))


def _crossing(entered: Entered) -> str:
    said = entered.said
    names = [mask_name(each["name"]) for each in entered.own.get("people", ()) if each.get("name")]
    return wording.joined(
        wording.word(wording.DIRECTIONS, said.get("direction", "")),
        wording.word(wording.VEHICLES, said.get("class", "")),
        _("people: {n}").format(n=said.get("people", 0)),
        " ".join(names[:3]),
        wording.word(wording.OUTCOMES, said.get("outcome", "")),
        wording.reason(entered.text("why"), masked=True),
    )


def _tally(entered: Entered) -> str:
    parts = entered.said.get("counts", ())
    return wording.joined(
        *(f"{wording.word(wording.VEHICLES, each['class'])} {each['vehicles']}" for each in parts),
        _("people: {n}").format(n=sum(each["people"] for each in parts)),
    )


def _amended(entered: Entered) -> str:
    fields = entered.said.get("fields", {})
    personal = [name for name in entered.own if name != "why"]
    changed = ", ".join((*(f"{name} {value}" for name, value in fields.items()), *personal))
    return wording.joined(changed, wording.reason(entered.text("why"), masked=True))


_TELL: Mapping[str, Callable[[Entered], str]] = {
    "vehicle_crossed": _crossing,
    "tallied": _tally,
    "crossing_amended": _amended,
}
