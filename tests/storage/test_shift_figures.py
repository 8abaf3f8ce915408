"""A shift in figures: equal to an independent sum, never changed by later corrections, each vehicle once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.domain import facts
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.figures import ShiftFigures
from checkpoint_app.domain.words import Evidence, Outcome
from checkpoint_app.storage.appending import Written, new_action
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.shift_figures import figures_of, shift_figures
from tests.storage.desks import START, opened
from tests.storage.shift_oracle import Raw, Sums, oracle
from tests.storage.simulated import Simulation
from tests.storage.traffic import BY, crossed, crossing, flagged, head_of, tallied

NEXT = By("G25-01.20221015.2", "08")
SHORT, LONG = 60, 200
PER_LEDGER = 5


def raw(reader: Connection) -> list[Raw]:
    """Every entry as it is stored."""
    rows = reader.execute("SELECT header, public, personal, lower(hex(hash)) FROM entry ORDER BY id")
    return [tuple(row) for row in rows.fetchall()]


def as_sums(figures: ShiftFigures) -> Sums:
    """The figures in the form of the second opinion."""
    found = Sums(
        figures.vehicles,
        figures.people,
        figures.counted_vehicles,
        figures.counted_people,
        figures.undone,
        figures.elsewhere,
        len(figures.corrections),
        sum(each.late for each in figures.corrections),
        len(figures.alarms),
        len(figures.exceptions),
    )
    for name in ("outcomes", "directions", "evidence", "people_by_evidence"):
        getattr(found, name).update(getattr(figures, name))
    found.apart.update(figures.people_apart)
    for hour in figures.hours:
        found.hours[(hour.start + 480 * 60_000) // 3_600_000] += hour.vehicles
        found.hour_people[(hour.start + 480 * 60_000) // 3_600_000] += hour.people
        assert sum(hour.by_lane.values()) == hour.vehicles
    for line in figures.lanes:
        found.lanes[line.lane, line.direction] += line.vehicles
        found.lane_counted[line.lane, line.direction] += line.counted_vehicles
        for outcome, count in line.outcomes.items():
            found.lane_outcomes[line.lane, line.direction, outcome] += count
    for kind in figures.classes:
        found.classes[kind.vehicle] += kind.vehicles
    for data in figures.data:
        found.stale[data.name] += data.vehicles
    return found


@pytest.mark.parametrize("seed", range(LONG // PER_LEDGER))
def test_figures_equal_an_independent_sum_over_the_ledger(
    tmp_path: Path, seed: int, *, full_counts: bool
) -> None:
    if seed >= SHORT // PER_LEDGER and not full_counts:
        pytest.skip("200 shifts with --long")
    with opened(tmp_path) as ledger:
        shifts = Simulation(ledger, seed).play(PER_LEDGER, most=40)
        with ledger.reader() as reader:
            wanted = oracle(raw(reader))
            for shift in shifts:
                figures = shift_figures(reader, shift)
                assert figures is not None
                expected = wanted[shift]
                mean = expected.took // expected.vehicles if expected.vehicles else None
                expected.took = 0
                assert figures.mean_ms == mean
                assert as_sums(figures) == expected


@contextmanager
def on_duty(folder: Path) -> Iterator[Ledger]:
    """A ledger with two shifts opened one after the other, the second before the first is closed."""
    with opened(folder) as ledger:
        for by in (BY, NEXT):
            ledger.append([_opened(by)]).result()
        yield ledger


def _opened(by: By) -> Fact:
    return facts.shift_opened(
        by.shift, group="三", lead=by.officer, officers={by.officer: "李雷"}, at=START, action=new_action()
    )


def of(ledger: Ledger, by: By) -> ShiftFigures:
    with ledger.reader() as reader:
        figures = shift_figures(reader, by.shift)
    assert figures is not None
    return figures


def write(ledger: Ledger, *wanted: Fact) -> Written:
    """The last of what was written."""
    return ledger.append(wanted).result()[-1]


def undo(ledger: Ledger, written: Written, by: By) -> Written:
    fact = facts.outcome_undone(
        head_of(written), ref_action=written.action, by=by, at=START + 60_000, action=new_action(), why="slip"
    )
    return write(ledger, fact)


def again(written: Written) -> Crossing:
    return replace(crossing(), replaces=written.action)


def test_a_shift_nobody_opened_has_no_figures(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger, ledger.reader() as reader:
        assert shift_figures(reader, "G25-01.20221015.9") is None


def test_a_late_undoing_changes_no_figure_of_the_shift_and_stands_in_the_one_that_wrote_it(
    tmp_path: Path,
) -> None:
    with on_duty(tmp_path) as ledger:
        written = write(ledger, crossed(outcome=Outcome.HELD))
        before = of(ledger, BY)
        undo(ledger, written, NEXT)
        assert of(ledger, BY) == before
        (correction,) = of(ledger, NEXT).corrections
    assert (correction.late, correction.undone, correction.of_shift) == (True, True, BY.shift)
    assert (correction.of_seq, correction.why, correction.officer) == (written.seq, "slip", "08")


def test_an_undoing_in_the_shift_itself_counts(tmp_path: Path) -> None:
    with on_duty(tmp_path) as ledger:
        undo(ledger, write(ledger, crossed(outcome=Outcome.HELD)), BY)
        figures = of(ledger, BY)
    assert (figures.vehicles, figures.undone, figures.exceptions) == (0, 1, ())
    assert not figures.corrections[0].late


def test_what_is_recorded_again_in_a_later_shift_counts_where_it_counted_first(tmp_path: Path) -> None:
    with on_duty(tmp_path) as ledger:
        written = write(ledger, crossed())
        undo(ledger, written, NEXT)
        second = write(ledger, crossed(again(written), outcome=Outcome.HELD, by=NEXT))
        first, then = of(ledger, BY), of(ledger, NEXT)
    assert (first.vehicles, first.elsewhere) == (1, 0)
    assert (then.vehicles, then.elsewhere, then.outcomes) == (0, 1, {})
    assert [(each.seq, each.elsewhere) for each in then.exceptions] == [(second.seq, True)]
    (correction,) = then.corrections
    assert (correction.replaced_by, correction.changes) == (second.seq, (("outcome", "released", "held"),))


def test_what_its_own_shift_undid_counts_where_it_is_recorded_again(tmp_path: Path) -> None:
    with on_duty(tmp_path) as ledger:
        written = write(ledger, crossed())
        undo(ledger, written, BY)
        write(ledger, crossed(again(written), by=NEXT))
        assert (of(ledger, BY).vehicles, of(ledger, NEXT).vehicles) == (0, 1)


def test_a_third_recording_counts_once_with_the_first_two(tmp_path: Path) -> None:
    with on_duty(tmp_path) as ledger:
        first = write(ledger, crossed())
        undo(ledger, first, NEXT)
        second = write(ledger, crossed(again(first), by=NEXT))
        undo(ledger, second, NEXT)
        write(ledger, crossed(again(second), by=NEXT))
        assert (of(ledger, BY).vehicles, of(ledger, NEXT).vehicles) == (1, 0)
        assert of(ledger, NEXT).elsewhere == 1


def test_an_alarm_tells_how_its_crossing_ended(tmp_path: Path) -> None:
    kept, dropped, lasting = crossing(), crossing(), crossing()
    with on_duty(tmp_path) as ledger:
        write(ledger, flagged(kept), flagged(dropped), flagged(lasting), crossed(kept, outcome=Outcome.HELD))
        gone = write(ledger, crossed(dropped))
        undo(ledger, gone, BY)
        replacing = replace(crossing(), replaces=dropped.action)
        write(ledger, crossed(replacing, outcome=Outcome.TURNED_BACK, at=START + 70_000))
        outcomes = [(each.outcome, each.answered) for each in of(ledger, BY).alarms]
    assert outcomes == [("held", START), ("turned_back", START + 70_000), ("", 0)]


def test_seals_and_clock_events_between_first_and_last_entry_belong_to_the_shift(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([_opened(BY)]).result()
        write(ledger, crossed())
        ledger.confirm_clock(by=BY).result()
        closed = facts.shift_closed(by=BY, at=START + 1, action=new_action(), totals={})
        ledger.append([closed], seal="handover").result()
        sealed = ledger.head()
        ledger.append([_opened(NEXT), crossed(by=NEXT)], seal="exit").result()
        figures = of(ledger, BY)
    assert [each.kind for each in figures.clock] == ["confirmed"]
    assert figures.seals[-1].seq == sealed.seq == figures.last + 1
    assert figures.seals[-1].hash == sealed.hash
    assert len(figures.seals) == 2


def test_an_outage_counts_the_vehicles_of_its_lane(tmp_path: Path) -> None:
    def outage(lane: int, since: int, until: int) -> Fact:
        said: dict[str, Value] = {
            "what": "camera",
            "lane": lane,
            "since": since,
            "until": until,
            "over": True,
        }
        return Fact("outage", new_action(), until, said, None, BY.shift, BY.officer)

    with on_duty(tmp_path) as ledger:
        write(ledger, crossed(at=START), crossed(at=START + 5_000), crossed(at=START + 90_000))
        write(ledger, tallied(cars=4, people=4, minute=START // 60_000 * 60_000 + 60_000))
        spans = [(1, START, START + 6_000), (2, START, START + 90_000), (0, START, START + 90_000)]
        write(ledger, *(outage(*span) for span in spans))
        found = of(ledger, BY).outages
    assert [(each.lane, each.vehicles) for each in found] == [(1, 2), (2, 4), (0, 7)]


def test_people_seen_by_eye_are_told_apart_and_counted_ones_are_seen(tmp_path: Path) -> None:
    with on_duty(tmp_path) as ledger:
        write(ledger, crossed(evidence=Evidence.SCANNED), tallied(cars=2, people=5))
        figures = of(ledger, BY)
    assert figures.people_by_evidence == {"scanned": 1, "seen": 5}
    assert (figures.all_vehicles, figures.all_people) == (3, 6)
    assert [line.seen_only for line in figures.lanes] == [0, 2]


def test_reading_ends_when_told_to(tmp_path: Path) -> None:
    with on_duty(tmp_path) as ledger:
        write(ledger, crossed())
        assert figures_of(ledger.reader, BY.shift, going=lambda _taken: False) is None
