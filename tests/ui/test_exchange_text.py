"""What the exchange page says of shifts, gaps and what came in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from checkpoint_app import i18n
from checkpoint_app.domain.datasets import Difference, SetKind
from checkpoint_app.ui import exchange_banner_text, exchange_offer_text, exchange_text, messages
from checkpoint_app.ui.exchange_out import MarksCell
from checkpoint_app.ui.exchange_rows import Came, Decided, Due, Found, Gap, InRow, OutRow, Place
from checkpoint_app.ui.message_exchange import CHECKS
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.told import Tone
from checkpoint_app.ui.top_bar import Freshness

HOUR = 3_600_000
NOW = 1_795_327_200_000
STICK = Place("/media/stick", "KINGSTON", 14 << 30, stick=True, at="E:")
SHIFT = OutRow("s", "三班", 231_208, 254_211, 5 << 20, NOW - 9 * HOUR, sealed=True)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


def changed(row: OutRow, **values: object) -> OutRow:
    return replace(row, **values)  # type: ignore[arg-type]


def cells(row: OutRow, *, sending: frozenset[str] = frozenset()) -> tuple[tuple[bool, ...], str, str]:
    """Marks that are done, the words of the state and its colour."""
    line = exchange_text.out_sheet((row,), now=NOW, sending=sending).rows[0]
    marks = next(cell for cell in line if isinstance(cell, MarksCell)).marks
    return tuple(mark.done for mark in marks), line[-1].text, line[-1].tone


def test_a_shift_goes_from_open_to_receipted_and_each_step_has_its_mark_and_its_words() -> None:
    opened = changed(SHIFT, sealed=False)
    sent = changed(SHIFT, exported=NOW - 8 * HOUR)
    assert cells(opened) == ((False, False, False), "still open", "ink2")
    assert cells(SHIFT) == ((True, False, False), "not exported", "warn")
    assert cells(SHIFT, sending=frozenset({"s"}))[1] == "going out now"
    assert cells(sent) == ((True, True, False), "waits 8 h", "warn")
    done = cells(changed(sent, receipted=NOW - HOUR))
    assert (done[0], done[2]) == ((True, True, True), "ink2")


def test_a_receipt_of_other_entries_is_no_receipt() -> None:
    wrong = cells(changed(SHIFT, exported=NOW, receipted=NOW, wrong=True))
    assert wrong == ((True, True, False), "receipt is wrong", "bad")


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0 kB"), (1, "1 kB"), (640 << 10, "640 kB"), (5_662_310, "5.4 MB"), (15_247_000_000, "14.2 GB")],
)
def test_sizes_stand_in_their_largest_unit(count: int, told: str) -> None:
    assert exchange_text.size(count) == told


def test_a_gap_names_the_desk_its_numbers_and_how_many() -> None:
    item = exchange_text.gap_item(Gap("G107-N-2", "desk 2", 88_873, 89_010, ours=True, at=NOW), now=NOW)
    assert (item.title, item.detail, item.count) == ("We miss desk 2", "88,873 – 89,010", "138 entries")
    quiet = Gap("G107-N-2", "desk 2", 0, -1, ours=True, at=NOW - 2 * HOUR, quiet=True)
    item = exchange_text.gap_item(quiet, now=NOW)
    assert (item.title, item.detail, item.count) == ("desk 2 is silent", "", "")
    assert item.about.endswith("2 h ago")
    fork = Gap("G107-N-2", "desk 2", 42, 41, ours=False, fork=True)
    item = exchange_text.gap_item(fork, now=NOW)
    assert (item.title, item.detail, item.tone) == ("Two stories of desk 2", "from 42 on", Tone.BAD)
    theirs = exchange_text.gap_item(Gap("HQ", "HQ", 1, 1, ours=False, at=NOW), now=NOW)
    assert (theirs.title, theirs.detail) == ("Not confirmed by HQ", "1")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("check", list(CHECKS))
def test_a_refused_file_says_which_check_and_that_nothing_changed(check: str, language: str) -> None:
    i18n.use(language)
    item = exchange_text.in_item(InRow("d", Came.REFUSED, "", NOW, about="*.cpb", check=check), now=NOW)
    assert item.pill_tone is Tone.BAD
    assert item.about.startswith(messages.filled(CHECKS[check]).title)
    assert item.about.endswith(("changed.", "记录。"))


def test_an_order_of_the_list_says_until_when_and_by_what_order_it_holds() -> None:
    row = InRow("d", Came.DIRECTIVE, "HQ", NOW, about="watch_list", version=89, number="豫联〔2026〕88")
    item = exchange_text.in_item(row, now=NOW)
    assert (item.title, item.pill) == ("Watch list v89", "to adopt")
    assert item.about == "without end, order 豫联〔2026〕88"
    newer = InRow("d", Came.DIRECTIVE, "HQ", NOW, about="x", decided=Decided.NEWER)
    assert exchange_text.in_item(newer, now=NOW).pill == "replaced"


def test_entries_kept_apart_are_said_beside_what_was_merged() -> None:
    row = InRow("b", Came.MERGED, "desk 2", NOW, spans=((1, 9), (12, 12), (20, 30)), forks=2)
    item = exchange_text.in_item(row, now=NOW)
    assert item.about == "1 – 9, 12 … merged, 2 kept apart"
    assert (item.pill, item.pill_tone) == ("kept apart", Tone.WARN)


def test_the_last_receipt_grows_stale() -> None:
    fresh = exchange_text.receipt_light(Found(receipt=NOW - HOUR), now=NOW, silence_hours=24)
    stale = exchange_text.receipt_light(Found(receipt=NOW - 25 * HOUR), now=NOW, silence_hours=24)
    none = exchange_text.receipt_light(Found(), now=NOW, silence_hours=24)
    assert [each.freshness for each in (fresh, stale, none)] == [
        Freshness.FRESH,
        Freshness.OLD,
        Freshness.OLD,
    ]
    assert fresh.value.endswith("(1 h ago)")


def test_the_banner_says_what_is_missing_before_what_could_be_done() -> None:
    nobody = exchange_banner_text.ready(Found(), STICK, now=NOW)
    nothing = exchange_banner_text.ready(Found(peers=1), STICK, now=NOW)
    due = Found(peers=1, due=Due(39_557, 9 << 20, NOW - HOUR, ("HQ",)))
    nowhere = exchange_banner_text.ready(due, None, now=NOW)
    here = exchange_banner_text.ready(due, STICK, now=NOW)
    assert nobody.title == "No desk is enrolled here yet"
    assert nothing.title == "Nothing has to go out"
    assert nowhere.title == "Plug in a stick, or press F7 for a folder"
    assert here.title == "Stick KINGSTON (E:, 14.0 GB free) is ready"
    assert "39,557 entries" in here.about
    assert "encrypted for HQ" in here.about


def test_only_a_stick_that_was_read_back_may_be_removed() -> None:
    done = exchange_banner_text.written(STICK, files=2, count=9, bytes_=1)
    assert (done.over, done.tone) == (True, Tone.GOOD)
    failed = exchange_banner_text.failed(Words("t", "m", "n"))
    assert (failed.over, failed.tone) == (False, Tone.BAD)
    assert not exchange_banner_text.stopped().over


def test_a_long_difference_shows_its_beginning_and_says_how_much_more() -> None:
    row = InRow("d", Came.DIRECTIVE, "HQ", NOW, about="deny_list", version=2, before=1)
    change = Difference(added=tuple(map(str, range(500))), gone=("a",), changed=(("x", "1", "2"),))
    _title, lines = exchange_offer_text.difference(row, change)
    assert len(lines) == exchange_offer_text.MOST_SHOWN + 1
    assert lines[-1].text == "and 302 more"
    title, about, _lines = exchange_offer_text.data_set(row, change, kind=SetKind.DENY_LIST)
    assert title == "Deny list v1 → v2"
    assert about.startswith("500 added, 1 taken out, 1 changed")
