"""The lane by its keys, on a real ledger."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checkpoint_app.domain.words import Direction, Outcome
from tests.ui.window.stage import GREEN, ID, OTHER_GREEN, PLAIN, RED, WRONG_ID, Stage


def passing(stage: Stage, plate: str = "/A12345") -> None:
    """A vehicle that may go."""
    stage.burst(GREEN)
    stage.type(plate)
    stage.key("Enter")
    stage.type("365")


def test_a_scan_a_plate_and_three_digits_make_a_pass_and_one_key_saves_it(stage: Stage) -> None:
    passing(stage)
    assert stage.word == "可放行"
    stage.key("F1")
    stage.until(lambda: stage.word == "已放行，已存")
    assert stage.entries("vehicle_crossed") == 1
    assert "第 3 号" in stage.panel
    stage.until(lambda: stage.word == "等下一辆")
    assert "豫A·12345 放行" in stage.panel


def test_nothing_is_called_saved_before_the_ledger_has_it(stage: Stage) -> None:
    passing(stage)
    written: list[str] = []
    stage.duty.work.end(Outcome.RELEASED)
    written.append(stage.word)
    assert written == ["放行，正在存"]
    stage.saved()
    assert stage.word == "已放行，已存"


def test_a_new_scan_takes_the_place_of_saved_at_once(stage: Stage) -> None:
    passing(stage)
    stage.key("F1")
    stage.until(lambda: stage.word == "已放行，已存")
    stage.burst(OTHER_GREEN)
    assert stage.word == "未查完"


def test_release_beyond_the_verdict_asks_for_one_of_six_reasons(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.key("F1")
    row = stage.duty.lane.people
    assert row.asks
    ask = stage.duty.work.ask
    assert ask is not None
    assert len(ask.choices) == 6
    assert stage.entries("vehicle_crossed") == 0
    stage.type("2")
    stage.saved()
    assert stage.entries("vehicle_crossed") == 1
    with stage.desk.ledger.reader() as reader:
        sql = "SELECT public ->> '$.why', public ->> '$.outcome' FROM entry WHERE kind = 'vehicle_crossed'"
        assert reader.execute(sql).fetchone() == ("checked_by_hand", "released")


def test_f2_asks_the_same_and_registers(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.key("F2")
    stage.type("1")
    stage.saved()
    with stage.desk.ledger.reader() as reader:
        sql = "SELECT public ->> '$.outcome' FROM entry WHERE kind = 'vehicle_crossed'"
        assert reader.execute(sql).fetchone() == ("registered",)


@pytest.mark.parametrize("end", ["Enter", "Tab"])
def test_enter_and_tab_end_no_vehicle_and_choose_nothing(stage: Stage, end: str) -> None:
    passing(stage)
    for _time in range(8):
        stage.key(end)
    assert stage.entries("vehicle_crossed") == 0
    stage.burst(RED)
    stage.key("F1")
    stage.key(end)
    assert stage.entries("vehicle_crossed") == 0


def test_a_stop_locks_release_says_why_and_is_turned_back(stage: Stage) -> None:
    stage.burst(RED)
    assert stage.word == "拦停"
    assert stage.duty.lane.keys.buttons["F1"].kind == "locked"
    assert stage.duty.lane.keys.buttons["F3"].kind == "suggested"
    stage.key("F1")
    assert "拦停须带班解锁" in stage.cards
    assert stage.entries("vehicle_crossed") == 0
    stage.key("F3")
    stage.until(lambda: stage.word == "已劝返，已存")


def test_f4_asks_whether_held_or_handed_over(stage: Stage) -> None:
    stage.burst(RED)
    stage.key("F4")
    stage.type("1")
    stage.until(lambda: stage.word == "已留观，已存")


def test_esc_leaves_a_question(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.key("F1")
    stage.key("Esc")
    assert stage.duty.work.ask is None
    assert stage.word == "未查完"


def test_esc_held_undoes_the_last_outcome_and_the_vehicle_stands_here_again(stage: Stage) -> None:
    passing(stage)
    stage.key("F1")
    stage.saved()
    stage.hold_escape(250)
    assert stage.entries("outcome_undone") == 0
    stage.hold_escape(750)
    assert stage.entries("outcome_undone") == 1
    assert stage.plate == "豫A12345"
    assert stage.word == "可放行"


def test_holding_esc_shows_how_far_it_is(stage: Stage) -> None:
    stage.duty.lane.commands.escape(down=True)
    assert stage.duty.lane.commands.holding.endswith(" s")
    stage.duty.lane.commands.escape(down=False)
    assert stage.duty.lane.commands.holding == ""


def test_slash_twice_chooses_another_province_by_two_keys(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.type("//l1")
    stage.type("g6a0w8")
    stage.key("Enter")
    assert stage.plate == "辽G6A0W8"


def test_letters_begin_a_plate_of_the_stations_province(stage: Stage) -> None:
    stage.type("a7k26q")
    stage.key("Enter")
    assert stage.plate == "豫A7K26Q"


def test_slash_mends_the_plate_that_stands_here(stage: Stage) -> None:
    stage.type("a7k26q")
    stage.key("Enter")
    stage.type("/a7k269")
    stage.key("Enter")
    assert stage.plate == "豫A7K269"
    assert stage.duty.work.lane.state.parked == ()


def test_another_plate_parks_the_vehicle_that_stands_here_and_digits_take_it_up(stage: Stage) -> None:
    stage.type("a7k26q")
    stage.key("Enter")
    stage.type("b12345")
    stage.key("Enter")
    assert stage.plate == "豫B12345"
    assert [crossing.plate for crossing in stage.duty.work.lane.state.parked] == ["豫A7K26Q"]
    stage.key("Ctrl+P")
    stage.type("1")
    assert stage.plate == "豫A7K26Q"


def test_two_digits_are_whole_degrees_once_enter_plus_or_a_scan_closes_them(stage: Stage) -> None:
    closes: tuple[Callable[[], None], ...] = (
        lambda: stage.key("Enter"),
        lambda: stage.type("+"),
        lambda: stage.burst(GREEN),
    )
    for close in closes:
        stage.type("37")
        assert stage.duty.lane.fields.temperature.value == "37"
        close()
        crossing = stage.duty.work.lane.state.open
        assert crossing is not None
        assert [check.tenths for check in crossing.checks if check.tenths][-1] == 370
        stage.key("F3")
        stage.saved()


def test_what_no_body_can_have_is_no_temperature(stage: Stage) -> None:
    stage.type("999")
    assert stage.duty.work.lane.state.open is None
    assert "999 不是体温" in stage.cards


def test_plus_and_minus_walk_along_the_people(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.burst(OTHER_GREEN)
    stage.type("+")
    assert stage.duty.work.lane.state.person == 2
    stage.type("-")
    assert stage.duty.work.lane.state.person == 1


def test_a_star_takes_an_id_number_and_a_wrong_check_digit_is_said_beside_it(stage: Stage) -> None:
    stage.type("*")
    row = stage.duty.lane.people
    stage.type(WRONG_ID)
    stage.key("Enter")
    assert (row.types_document, row.document.complaint) == (True, "号码不对")
    row.document.edit.clear()
    stage.type(ID)
    stage.key("Enter")
    assert (row.types_document, row.asks) == (False, False)
    assert "1101**********002X" in stage.cards
    assert ID not in stage.cards


def test_space_counts_only_when_nothing_stands_here(stage: Stage) -> None:
    stage.type(" ")
    stage.type("3 ")
    tally = stage.duty.work.lane.state.tally
    assert tally is not None
    assert [tuple(map(str, count)) for count in tally.counts] == [("car", "2", "4")]
    assert stage.heard.played.count("tally") == 2
    assert "按住撤销" in stage.duty.lane.counters.accessibleDescription()
    stage.burst(GREEN)
    stage.type(" ")
    tally = stage.duty.work.lane.state.tally
    assert tally is not None
    assert tally.counts[0][1] == 2
    assert "这里有一辆车" in stage.cards


def test_a_code_without_a_colour_waits_for_the_one_the_officer_sees(stage: Stage) -> None:
    stage.burst(PLAIN)
    stage.type("/A12345")
    stage.key("Enter")
    stage.type("365")
    assert stage.word == "未查完"
    assert "Ctrl+H" in stage.panel
    stage.key("Ctrl+H")
    stage.type("1")
    assert stage.word == "可放行"


def test_f8_calls_the_lead_and_the_key_says_when(stage: Stage) -> None:
    stage.burst(RED)
    stage.key("F8")
    stage.until(lambda: stage.duty.work.reported > 0)
    assert stage.entries("matter_raised") == 1


def test_f12_hides_names_and_scanning_goes_on(stage: Stage) -> None:
    stage.type("*" + ID)
    stage.key("Enter")
    stage.key("F12")
    assert "***" in stage.cards
    assert "1101" not in stage.cards
    stage.burst(GREEN)
    crossing = stage.duty.work.lane.state.open
    assert crossing is not None
    assert len(crossing.checks) == 2


def test_numbers_are_shown_in_full_only_after_a_reason_is_on_paper(stage: Stage) -> None:
    stage.type("*" + ID)
    stage.key("Enter")
    stage.key("Ctrl+U")
    assert stage.entries("person_viewed") == 0
    assert ID not in stage.cards
    stage.type("1")
    stage.until(lambda: not stage.duty.work.masked)
    assert stage.entries("person_viewed") == 1
    assert ID in stage.cards
    stage.key("Ctrl+U")
    assert ID not in stage.cards


def test_f5_f6_and_f7_do_nothing_to_a_vehicle_and_f7_asks(stage: Stage) -> None:
    stage.burst(GREEN)
    before = stage.duty.work.lane.state
    for name in ("F5", "F6", "F7"):
        stage.key(name)
    assert stage.duty.work.lane.state == before
    ask = stage.duty.work.ask
    assert ask is not None
    assert [choice.text for choice in ask.choices] == ["大巴", "步行", "车队"]
    stage.key("F7")
    assert stage.duty.work.ask is None


def test_places_and_class_are_taken_from_their_fields(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.key("Tab")
    stage.compose("新乡")
    stage.key("Tab")
    stage.compose("平原 师寨镇")
    stage.key("Enter")
    stage.compose("上班")
    stage.key("Enter")
    crossing = stage.duty.work.lane.state.open
    assert crossing is not None
    assert (crossing.origin, crossing.destination, crossing.purpose) == ("新乡", "平原 师寨镇", "上班")
    stage.duty.lane.fields.plate.setFocus()
    stage.key("Tab")
    stage.type("3")
    crossing = stage.duty.work.lane.state.open
    assert crossing is not None
    assert crossing.vehicle.value == "truck"


def test_people_are_told_in_their_field(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.duty.lane.fields.people.edit.setFocus()
    stage.duty.lane.fields.people.edit.selectAll()
    stage.type("7")
    stage.key("Enter")
    crossing = stage.duty.work.lane.state.open
    assert crossing is not None
    assert crossing.headcount == 7
    assert "还有 4 人" in stage.cards


def test_the_last_check_can_be_taken_back(stage: Stage) -> None:
    stage.burst(RED)
    stage.key("Ctrl+Z")
    assert stage.entries("check_voided") == 1
    assert stage.word != "拦停"


def test_the_lane_keeps_its_direction(stage: Stage) -> None:
    assert stage.duty.work.lane.state.direction is Direction.IN
