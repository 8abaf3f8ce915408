"""Whose entries stand in a file, and what a person may call them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from checkpoint_app.domain.amending import Changes
from checkpoint_app.services import daily, records, whose
from checkpoint_app.services.amending import CrossingElsewhere
from checkpoint_app.services.day_scope import scope
from checkpoint_app.services.desk import local_offset
from checkpoint_app.services.records import Wanted
from checkpoint_app.services.whose import NobodyCalled, Whose
from checkpoint_app.storage import queries
from checkpoint_app.storage.sifting import Sieve
from tests.country.places import BEGIN, Place, acquaint, place

DAY = 86_400_000
NORTH, SOUTH = Whose("X005-B-1", "北桥 X005"), Whose("G107-N-1", "南大门 G107")


@pytest.fixture(scope="module")
def lead(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A desk at South that holds North's two vehicles beside its own one."""
    folder = tmp_path_factory.mktemp("whose")
    here = place(folder / "south", desk=SOUTH.desk, station=SOUTH.station, letter="A")
    there = place(folder / "north", desk=NORTH.desk, station=NORTH.station, letter="D")
    acquaint(here, there)
    here.shift(1)
    there.shift(2)
    for file in there.send(folder / "stick", to=(SOUTH.desk,)):
        here.take(file)
    there.off()
    here.off()
    here.on()
    return here


def known(lead: Place) -> tuple[Whose, ...]:
    return records.desks(lead.desk.ledger.reader, station=SOUTH.station)


def test_desks_are_told_by_station(lead: Place) -> None:
    assert known(lead) == (NORTH, SOUTH)


def test_a_desk_is_called_by_its_name_or_its_stations(lead: Place) -> None:
    assert whose.called(known(lead), "g107-n-1") == (SOUTH.desk,)
    assert whose.called(known(lead), NORTH.station) == (NORTH.desk,)
    with pytest.raises(NobodyCalled) as refused:
        whose.called(known(lead), "西关")
    assert refused.value.facts == {"name": "西关", "known": "X005-B-1, G107-N-1"}


@pytest.mark.parametrize("fragment", ["", "0000"])
def test_a_list_and_a_search_may_be_of_one_desk(lead: Place, fragment: str) -> None:
    def found(sieve: Sieve) -> list[str]:
        page = records.look(lead.desk.ledger.reader, Wanted(fragment, sieve=sieve))
        return sorted(row.plate for row in page.rows)

    assert found(Sieve()) == ["豫A00000", "豫D00000", "豫D00001"]
    assert found(Sieve(desks=(NORTH.desk,))) == ["豫D00000", "豫D00001"]
    assert found(Sieve(desks=(SOUTH.desk,))) == ["豫A00000"]


def test_what_another_desk_wrote_is_not_corrected_here(lead: Place) -> None:
    with lead.desk.ledger.reader() as reader:
        rows = queries.crossings(reader)
    (row,) = (row for row in rows if row.plate == "豫D00000")
    head = lead.desk.ledger.head()
    amending, by = lead.desk.amending, lead.desk.by
    with pytest.raises(CrossingElsewhere) as refused:
        amending.amend(row, Changes(people=3), why="misread", by=by)
    assert refused.value.facts == {"desk": NORTH.desk}
    with pytest.raises(CrossingElsewhere):
        amending.void(row, why="slip", by=by)
    assert lead.desk.ledger.head() == head


def test_a_day_is_of_the_own_station_of_one_named_or_of_everybody(lead: Place) -> None:
    settings = lead.desk.settings
    with lead.desk.ledger.reader() as reader:
        assert scope(reader, settings).parts == (SOUTH,)
        assert scope(reader, settings, NORTH.station).desks == (NORTH.desk,)
        assert scope(reader, replace(settings, role="headquarters")).parts == (NORTH, SOUTH)


def test_a_days_sheet_of_another_station_has_its_vehicles_and_a_number_of_its_own(
    lead: Place, tmp_path: Path
) -> None:
    day = (BEGIN + local_offset(BEGIN) * 60_000) // DAY
    sheets = [
        daily.print_daily(
            lead.desk, day, tmp_path, progress=lambda _done, _of: True, by=lead.desk.by, name=name
        )
        for name in ("", NORTH.desk)
    ]
    own, other = (pypdf.PdfReader(sheet).pages[0].extract_text() for sheet in sheets if sheet)
    assert (SOUTH.desk in own, NORTH.desk in own) == (True, False)
    assert NORTH.station in other
    assert len({sheet.name for sheet in sheets if sheet}) == 2
