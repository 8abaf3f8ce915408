"""What headquarters' exchange page says of desks, gaps, forks and directives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from checkpoint_app import i18n
from checkpoint_app.domain.datasets import DataSet, SetKind
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.services.collation import Chain, Collation, DeskStanding
from checkpoint_app.storage.forks import ForkRow, Side
from checkpoint_app.storage.spans import Gap
from checkpoint_app.ui import hq_text
from checkpoint_app.ui.exchange_rows import Came, Due, Found, InRow, Place
from checkpoint_app.ui.hq_found import Overview
from checkpoint_app.ui.told import Tone
from checkpoint_app.ui.top_bar import Freshness

HOUR = 3_600_000
NOW = 1_805_000_000_000
EPOCH, EARLIER = "a" * 16, "b" * 16


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


def peer(desk: str, *, station: str = "South Gate", revoked: int | None = None) -> Peer:
    return Peer(desk, PeerRole.STATION, station, "k", b"", "age1x", NOW - 90 * HOUR, revoked)


def gap(desk: str, *, first: int = 41_873, last: int = 42_010, epoch: str = EPOCH) -> Gap:
    return Gap(desk, epoch, first, last, False)


def standing(desk: str = "G107-N-2", **changes: object) -> DeskStanding:
    chains = (Chain(EPOCH, NOW - 80 * HOUR, ((1, 43_000),)),)
    whole = DeskStanding(desk, peer(desk), NOW - HOUR, False, chains, ())
    return replace(whole, **changes)  # type: ignore[arg-type]


def fork(desk: str, *, ours: bool = False) -> ForkRow:
    sides = (
        Side(10, "aa" * 32, "shift_opened", NOW, NOW, "", 10),
        Side(10, "bb" * 32, "odd", NOW, NOW, "c", 9),
    )
    return ForkRow(desk, EPOCH, 10, sides, 11, ours)


def overview(*desks: DeskStanding, forks: tuple[ForkRow, ...] = (), **more: object) -> Overview:
    return Overview(collation=Collation(desks, forks, ()), **more)  # type: ignore[arg-type]


SILENT: dict[str, Any] = {"silent": True, "heard": NOW - 26 * HOUR}
MISSING: dict[str, Any] = {"gaps": (gap("G107-N-2"),)}


@pytest.mark.parametrize(
    ("desk", "forked", "word", "tone"),
    [
        (standing(), False, "complete", "good"),
        (standing(**MISSING), False, "numbers missing", "warn"),
        (standing(**SILENT), False, "no seal for 26 h", "bad"),
        (standing(**SILENT, **MISSING), False, "no seal for 26 h", "bad"),
        (standing(**SILENT, **MISSING), True, "two histories", "bad"),
        (standing(peer=None), False, "not enrolled", "warn"),
        (standing(peer=peer("x", revoked=NOW)), False, "key revoked", "ink2"),
        (standing(heard=None, chains=()), False, "nothing came yet", "ink2"),
    ],
)
def test_a_desk_is_called_by_the_gravest_that_is_the_matter(
    desk: DeskStanding, forked: bool, word: str, tone: str
) -> None:
    cell = hq_text.desk_state(desk, now=NOW, forked=forked)
    assert (cell.text, cell.tone) == (word, tone)
    assert cell.icon, "a colour alone says nothing"


def test_a_desk_never_heard_of_is_silent_since_it_was_enrolled() -> None:
    assert hq_text.silence(standing(heard=None), now=NOW) == "no seal for 90 h"


def test_what_somebody_must_see_to_stands_first() -> None:
    found = overview(
        standing("A-1"),
        standing("B-1", peer=peer("B-1", revoked=NOW), silent=False),
        standing("C-1", gaps=(gap("C-1"),)),
        standing("D-1", **SILENT),
        standing("E-1"),
        forks=(fork("E-1"),),
    )
    assert [each.desk for each in found.desks] == ["E-1", "D-1", "C-1", "A-1", "B-1"]
    sheet = hq_text.desk_sheet(found, now=NOW)
    assert [row[1].text for row in sheet.rows] == [each.desk for each in found.desks]
    assert sheet.rows[2][4].text == "138"


def test_a_gap_has_the_desks_name_and_its_numbers() -> None:
    item = hq_text.gap_item(gap("G107-N-2"), standing(), now=NOW)
    assert (item.title, item.detail) == ("G107-N-2", "41,873 – 42,010 missing")
    assert item.count == "138 entries"
    assert "South Gate" in item.about
    assert "earlier" not in item.about


def test_a_gap_in_the_ledger_before_says_so() -> None:
    assert "earlier ledger" in hq_text.gap_item(gap("G107-N-2", epoch=EARLIER), standing(), now=NOW).about


def test_gaps_of_the_chosen_desk_stand_first() -> None:
    found = overview(standing("A-1", gaps=(gap("A-1"),)), standing("B-1", gaps=(gap("B-1"),)))
    assert [each.desk for each in found.gaps_of("B-1")] == ["B-1", "A-1"]
    assert [each.desk for each in found.gaps_of("")] == ["A-1", "B-1"]


def test_forks_stand_above_whatever_came_lately() -> None:
    came = (InRow("1", Came.MERGED, "South Gate", NOW - HOUR), InRow("2", Came.DIRECTIVE, "us", NOW))
    data = DataSet("d" * 32, "YL-HQ", "notice", SetKind.NOTICE, 1, NOW, None, "e" * 64, 1, 5, "", NOW)
    found = overview(forks=(fork("E-1"),), exchange=Found(came=came), published=(data,))
    assert found.rows == (fork("E-1"), data, came[0]), "what was published stands there once"
    titles = [hq_text.item(row, name="East", now=NOW).title for row in found.rows]
    assert titles == ["Two histories", "Notice v1", "South Gate"]


def test_both_sides_of_a_fork_are_told_apart() -> None:
    both = [
        hq_text.side_lines(side, place=place, kind="Entry", now=NOW)
        for place, side in enumerate(fork("E-1").sides)
    ]
    assert both[0][0].text.startswith("A · number 10")
    assert both[1][0].text.startswith("B · number 10")
    assert "here first" in both[0][1].text
    assert "aaaaaaaa" in both[0][1].text
    assert "came by another bundle" in both[1][1].text


def test_a_fork_of_our_own_chain_is_no_question() -> None:
    assert "in our name" in hq_text.fork_item(fork("YL-HQ", ours=True), name="us").about
    assert "This desk wrote one of them itself" in hq_text.fork_about(fork("YL-HQ", ours=True))


@pytest.mark.parametrize(
    ("found", "words", "freshness"),
    [
        (overview(), "none enrolled", Freshness.OLD),
        (overview(standing()), "1 complete", Freshness.FRESH),
        (overview(standing(**MISSING)), "1 gaps", Freshness.OLD),
        (overview(standing(**SILENT), forks=(fork("G107-N-2"),)), "1 to decide, 1 silent", Freshness.EXPIRED),
    ],
)
def test_the_top_bar_says_how_the_desks_stand(found: Overview, words: str, freshness: Freshness) -> None:
    light = hq_text.light(found)
    assert (light.value, light.freshness) == (words, freshness)


def test_the_banner_says_what_goes_down_and_for_whom() -> None:
    stick = Place("/e", "KINGSTON", 14 << 30, stick=True, at="E:")
    assert "No desk is enrolled" in hq_text.ready(Found(), stick).title
    assert hq_text.ready(Found(peers=2), stick).title == "Nothing has to go down"
    due = Found(peers=2, due=Due(13, 4_096, NOW, ("South Gate", "West Gate")))
    told = hq_text.ready(due, stick)
    assert told.title == "Stick KINGSTON (E:, 14.0 GB free) is ready"
    assert "encrypted for 2 desks" in told.about
    one = replace(due, due=replace(due.due, to=("South Gate",)))
    assert "encrypted for South Gate" in hq_text.ready(one, stick).about
    assert "Plug in a stick" in hq_text.ready(due, None).title


def test_the_watched_folder_is_named_without_its_way() -> None:
    assert hq_text.watched("/mnt/share/in") == "Watched: in"
    assert "No folder" in hq_text.watched("")


def test_what_was_published_says_how_long_it_holds() -> None:
    data = DataSet("d" * 32, "YL-HQ", "notice", SetKind.NOTICE, 2, NOW, None, "e" * 64, 1, 5, "88", NOW)
    item = hq_text.item(data, name="", now=NOW)
    assert (item.title, item.pill_tone) == ("Notice v2", Tone.GOOD)
    assert item.about == "without end, order 88"
