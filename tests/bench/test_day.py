"""A short day through the services, and an oracle that would notice."""

from __future__ import annotations

from copy import deepcopy

import pytest

from checkpoint_app.bench import day, day_oracle
from checkpoint_app.bench.day import Result
from checkpoint_app.bench.day_oracle import Sent

VEHICLES = 600


@pytest.fixture(scope="module")
def a_day(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return day.measure(tmp_path_factory.mktemp("day"), VEHICLES, seed=7)


def test_every_vehicle_and_person_of_a_short_day_is_accounted_for(a_day: Result) -> None:
    assert a_day.differences == []
    assert (a_day.sent.all_vehicles, a_day.found.all_vehicles) == (VEHICLES, VEHICLES)
    assert abs(a_day.sent.all_people - VEHICLES * day.PEOPLE_EACH) <= day.PEOPLE_EACH * 6
    assert a_day.sent.undone
    assert a_day.sent.documents
    assert {key[2] for key in a_day.sent.vehicles} == {"released", "registered", "turned_back", "held"}


def test_the_oracle_notices_whatever_is_missing_or_not_sent(a_day: Result) -> None:
    """Control: one vehicle, one person, one count or one undo less on either side is a difference."""

    def without(sent: Sent, what: str) -> Sent:
        less = deepcopy(sent)
        if what == "documents":
            less.documents.pop()
        elif what == "undone":
            less.undone -= 1
        else:
            counter = getattr(less, what)
            counter[next(iter(counter))] -= 1
        return less

    for what in ("vehicles", "tallied", "tallied_people", "documents", "undone"):
        assert day_oracle.differences(a_day.sent, without(a_day.found, what)), what
        assert day_oracle.differences(without(a_day.sent, what), a_day.found), what


def test_the_log_of_a_day_without_a_pause_stays_below_16_mib(a_day: Result) -> None:
    """Far more than that goes through it; that it would grow is shown in the tests of the writer."""
    assert 1 << 20 < a_day.log < 16 << 20


def test_the_report_says_what_a_month_would_take(a_day: Result) -> None:
    told = "\n".join(day.report(a_day))
    assert "oracle: 0 differences" in told
    assert f"{a_day.before + 30 * (a_day.after - a_day.before):,} bytes" in told
