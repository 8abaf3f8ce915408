"""A day in figures is the sum of its hours, whatever shifts and desks they belong to, corrections applied."""

from __future__ import annotations

from pathlib import Path

from checkpoint_app.domain.words import Outcome
from checkpoint_app.storage.day_figures import DAY, day_figures
from tests.storage.desks import START, opened
from tests.storage.shift_oracle import oracle
from tests.storage.simulated import Simulation
from tests.storage.traffic import crossed, tallied, undone

ZONE = 480
TODAY = (START + ZONE * 60_000) // DAY


def test_a_day_follows_late_corrections_and_the_day_before_is_its_own(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        written = ledger.append(
            [
                crossed(at=START - DAY, outcome=Outcome.HELD),
                crossed(outcome=Outcome.TURNED_BACK),
                crossed(),
                tallied(cars=3, people=7),
            ]
        ).result()
        with ledger.reader() as reader:
            before, today = (day_figures(reader, day, zone=ZONE) for day in (TODAY - 1, TODAY))
        assert (before.vehicles, before.outcomes) == (1, {"held": 1})
        assert (today.vehicles, today.people, today.counted_vehicles, today.counted_people) == (2, 2, 3, 7)
        assert (today.outcomes, sum(today.hours)) == ({"released": 1, "turned_back": 1}, 5)
        assert today.directions == {"in": 2, "out": 3}
        assert today.people_by_evidence == {"scanned": 2, "seen": 7}
        ledger.append([undone(written[1], at=START + DAY)]).result()
        with ledger.reader() as reader:
            corrected = day_figures(reader, TODAY, zone=ZONE)
            after = day_figures(reader, TODAY + 1, zone=ZONE)
    assert (corrected.vehicles, corrected.outcomes) == (1, {"released": 1})
    assert (after.vehicles, after.entries) == (0, {"outcome_undone": 1})


def test_days_and_shifts_agree_where_nothing_was_corrected_late(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        Simulation(ledger, 4).play(1, most=60)
        with ledger.reader() as reader:
            rows = reader.execute("SELECT header, public, personal, lower(hex(hash)) FROM entry ORDER BY id")
            (wanted,) = (sums for sums in oracle(rows.fetchall()).values() if sums.vehicles)
            days = [day_figures(reader, day, zone=ZONE) for day in range(TODAY, TODAY + 3)]
    assert sum(day.vehicles for day in days) == wanted.vehicles
    assert sum(day.all_people for day in days) == wanted.people + wanted.counted_people
    assert sum(len(day.shifts) for day in days) == 1
