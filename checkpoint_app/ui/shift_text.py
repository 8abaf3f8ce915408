"""Top bar, counters and last crossings of a lane. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checkpoint_app.domain.facts import Tally
from checkpoint_app.domain.known import KnownSet
from checkpoint_app.domain.rules import RulePack
from checkpoint_app.domain.verdict import DataSet
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.i18n import _
from checkpoint_app.storage.rows import CrossingRow, ShiftRow, ShiftTotals
from checkpoint_app.ui import said
from checkpoint_app.ui.counters import Counter, Note
from checkpoint_app.ui.recent_list import RecentRow, Tone
from checkpoint_app.ui.top_bar import Freshness, Light

LIGHTS = {
    "fresh": Freshness.FRESH,
    "stale": Freshness.OLD,
    "expired": Freshness.EXPIRED,
    "missing": Freshness.EXPIRED,
}
_TONES = {
    Outcome.RELEASED: (Tone.GOOD, "check"),
    Outcome.REGISTERED: (Tone.PLAIN, "pencil"),
    Outcome.TURNED_BACK: (Tone.BAD, "arrow-back-up"),
    Outcome.HELD: (Tone.WARN, "hospital"),
    Outcome.TRANSFERRED: (Tone.WARN, "transfer"),
    Outcome.ABANDONED: (Tone.WARN, "circle-dashed"),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """How far the check of the whole ledger is. `faults` is None until it is done."""

    done: int = 0
    faults: int | None = None


def lane_name(number: int, way: Direction) -> str:
    return said.joined(_("Lane {n}").format(n=number), said.direction(way))


def shift_name(shift: ShiftRow | None) -> str:
    """Group and the time it began."""
    if shift is None:
        return _("No shift open")
    began = datetime.fromtimestamp(shift.opened / 1000).astimezone().strftime("%H:%M")
    return _("{group} from {time}").format(group=shift.group, time=began)


def rule_set(rules: RulePack, *, now: int, sure: bool) -> DataSet:
    known = KnownSet("rules", rules.version, rules.issued, rules.stale_after, rules.expires_after)
    return known.at(now, sure=sure)


def set_light(data: DataSet) -> Light:
    """A data set with version and age in words."""
    old = said.age(data.age) if data.age is not None else _("age unknown")
    return Light(said.data_set(data.name), f"v{data.version}·{old}", LIGHTS[data.light])


def clock_light(now: int, *, sure: bool) -> Light:
    if sure:
        return Light(_("Clock"), said.time_of_day(now), Freshness.FRESH, strong=True)
    return Light(_("Clock unsure"), said.time_of_day(now), Freshness.OLD, strong=True)


def proof_light(proof: Proof) -> Light | None:
    """Nothing to say while all is well; the check of a long ledger shows how far it is."""
    if proof.faults:
        return Light(_("Ledger"), _("{n} faults").format(n=proof.faults), Freshness.EXPIRED)
    if proof.faults is None and proof.done:
        return Light(_("Ledger"), _("{n} checked").format(n=f"{proof.done:,}"), Freshness.OLD)
    return None


def counters(totals: ShiftTotals | None, tally: Tally | None) -> tuple[Counter, ...]:
    """Vehicles and people of the shift, the running minute's counted ones included."""
    told = totals or ShiftTotals("")
    running = tally.counts if tally else ()
    vehicles = told.vehicles + told.counted_vehicles + sum(count for _kind, count, _people in running)
    people = told.people + told.counted_people + sum(count for _kind, _vehicles, count in running)
    return (
        Counter(_("Vehicles"), f"{vehicles:,}"),
        Counter(_("Persons"), f"{people:,}"),
        Counter(_("Turned back"), f"{told.turned_back:,}"),
        Counter(_("Held"), f"{told.held:,}"),
        Counter(_("Mean"), _seconds(told.mean)),
        Counter(_("Last 10"), _seconds(told.mean_recent)),
    )


def seen_only(totals: ShiftTotals | None) -> Note:
    share = round(100 * totals.seen_only_share) if totals else 0
    return Note("eye", _("Seen only"), f"{share}%")


def recent(rows: Sequence[CrossingRow]) -> tuple[RecentRow, ...]:
    return tuple(_recent(row) for row in rows if row.outcome)


def _recent(row: CrossingRow) -> RecentRow:
    tone, icon = _TONES[Outcome(row.outcome)]
    plate = said.dotted(row.plate) or _("No plate")
    time = said.time_of_day(row.happened)
    return RecentRow(time, plate, icon, said.outcome(row.outcome), tone, said.seconds(row.took))


def _seconds(ms: int | None) -> str:
    return said.seconds(ms) if ms is not None else "—"
