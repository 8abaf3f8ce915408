"""What counts in a shift while it runs."""

from __future__ import annotations

from pathlib import Path

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.words import Evidence, Outcome
from checkpoint_app.storage.shift_totals import shift_totals
from tests.storage.desks import opened
from tests.storage.traffic import BY, amended, crossed, crossing, flagged, tallied, undone

OTHER = By("G25-01.20221015.2", "08")


def test_totals_are_those_of_what_still_counts(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        first, _, third = ledger.append(
            [crossed(), crossed(evidence=Evidence.SEEN, outcome=Outcome.TURNED_BACK), crossed()]
        ).result()
        ledger.append(
            [
                flagged(crossing()),
                tallied(cars=6, people=10),
                undone(first),
                amended(third, public={"people": 4, "outcome": "held"}),
                crossed(by=OTHER),
            ]
        ).result()
        with ledger.reader() as reader:
            totals = shift_totals(reader, BY.shift)
            nothing = shift_totals(reader, "none")
    assert (totals.vehicles, totals.people, totals.undone, totals.flagged) == (2, 5, 1, 1)
    assert (totals.turned_back, totals.held) == (1, 1)
    assert (totals.counted_vehicles, totals.counted_people) == (6, 10)
    assert (totals.mean, totals.mean_recent) == (6_000, 6_000)
    assert totals.seen_only_share == (1 + 6) / (2 + 6)
    assert (nothing.vehicles, nothing.mean, nothing.seen_only_share) == (0, None, 0.0)
