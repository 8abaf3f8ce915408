"""What the app could not do stands on the handover: how long, and who crossed meanwhile."""

from __future__ import annotations

from checkpoint_app.domain.outages import CAMERA, PRINTING, SAVING, SOUND
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.outages import SHORTEST, SILENT_FOR, Outages
from checkpoint_app.storage.shift_figures import shift_figures
from tests.services.desks import entries
from tests.services.recorded import record
from tests.storage.desks import Clock


def made(desk: Desk) -> Outages:
    return Outages(desk.ledger, new_action, lambda _lane: desk.by)


def written(desk: Desk) -> list[tuple[str, int, int]]:
    desk.ledger.keep({}).result()
    return [(each["what"], each["lane"], each["until"] - each["since"]) for each in entries(desk, "outage")]


def test_a_camera_that_was_gone_is_written_down_when_it_is_back(desk: Desk, clock: Clock) -> None:
    outages = made(desk)
    for _ in range(3):
        outages.tell(CAMERA, works=False, lane=2)
        clock.pass_by(4_000)
    assert written(desk) == []
    outages.tell(CAMERA, works=True, lane=2)
    outages.tell(CAMERA, works=True, lane=2)
    assert written(desk) == [("camera", 2, 12_000)]


def test_a_flicker_is_no_outage(desk: Desk, clock: Clock) -> None:
    outages = made(desk)
    outages.tell(CAMERA, works=False)
    clock.pass_by(SHORTEST - 1)
    outages.tell(CAMERA, works=True)
    assert written(desk) == []


def test_what_lasts_over_the_end_of_a_shift_stands_in_both(desk: Desk, clock: Clock) -> None:
    outages = made(desk)
    outages.tell(SAVING, works=False)
    clock.pass_by(10_000)
    outages.settle()
    assert outages.lasting == (("saving", 0, desk.ledger.now()),)
    clock.pass_by(7_000)
    outages.tell(SAVING, works=True)
    assert written(desk) == [("saving", 0, 10_000), ("saving", 0, 7_000)]


def test_a_failure_without_a_length_is_written_at_once(desk: Desk) -> None:
    made(desk).failed(PRINTING)
    assert written(desk) == [("printing", 0, 0)]


def test_the_figures_count_who_crossed_meanwhile(desk: Desk, clock: Clock) -> None:
    outages = made(desk)
    record(desk, "豫A12345")
    clock.pass_by(60_000)
    outages.tell(CAMERA, works=False, lane=1)
    clock.pass_by(10_000)
    record(desk, "豫B67890")
    outages.tell(CAMERA, works=True, lane=1)
    desk.ledger.keep({}).result()
    with desk.ledger.reader() as reader:
        figures = shift_figures(reader, desk.by.shift)
    assert figures is not None
    assert [(each.what, each.lane, each.vehicles) for each in figures.outages] == [("camera", 1, 1)]


def test_silence_is_worth_a_line_from_a_minute_on(desk: Desk, clock: Clock) -> None:
    outages = made(desk)
    for quiet in (SILENT_FOR - 1, SILENT_FOR):
        outages.tell(SOUND, works=False)
        clock.pass_by(quiet)
        outages.tell(SOUND, works=True)
    assert written(desk) == [("sound", 0, SILENT_FOR)]


def test_a_silence_goes_on_into_the_next_shift_without_a_line_before_its_minute(
    desk: Desk, clock: Clock
) -> None:
    outages = made(desk)
    outages.tell(SOUND, works=False)
    clock.pass_by(SILENT_FOR // 2)
    outages.settle()
    clock.pass_by(SILENT_FOR)
    outages.tell(SOUND, works=True)
    assert written(desk) == [("sound", 0, SILENT_FOR * 3 // 2)]
