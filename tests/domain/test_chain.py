from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from checkpoint_app.crypto.desk import signature_fits
from checkpoint_app.domain import facts
from checkpoint_app.domain.chain import (
    MOST_FAULTS,
    Fault,
    HeadUnreadable,
    Report,
    Verifier,
    head_text,
    parse_head,
    seal_fact,
    verify,
)
from checkpoint_app.domain.entry import (
    GENESIS,
    Entry,
    Head,
    build,
    head_after,
    seal_message,
)
from checkpoint_app.domain.facts import By
from tests.domain.chains import KEY, KEYS, STAMP, checked, grow
from tests.domain.vectors import line_of


def test_a_sound_chain_is_counted_and_its_last_seal_is_known() -> None:
    entries = grow(50)
    forgotten = [replace(entry, personal=None, salt=None) for entry in entries[:10]]
    report = checked(forgotten + entries[10:])
    assert report.sound
    assert (report.entries, report.seals, report.forgotten) == (50, 3, 7)
    assert report.ends == (head_after(entries[-1]),)
    assert report.sealed == (head_after(entries[-2]),)


def test_no_entries_are_a_sound_ledger() -> None:
    assert checked([]) == Report((), 0, 0, 0, (), ())


# A4: an officer with a database tool who recomputes nothing or one digest; noticed without outside heads


def test_a_recomputed_range_lies_between_the_last_head_that_agrees_and_the_first_that_does_not() -> None:
    clean = grow(60)
    forged = [*clean[:33], *grow(27, head=head_after(clean[32]), word="forged")]
    heads = [head_after(clean[seq - 1]) for seq in (10, 30, 40, 50, 60)]
    assert checked(forged, *heads).faults == (Fault("recomputed", "G107-S-1", "00000000000000f1", 31, 40),)


def test_a_head_over_a_chain_with_its_own_break_names_the_break_and_the_head() -> None:
    clean = grow(60)
    forged = [*clean[:33], *grow(60, word="forged")[33:]]
    found = checked(forged, head_after(clean[39])).faults
    assert [(fault.what, fault.seq) for fault in found] == [("link", 34), ("head", 40)]


def test_two_outside_heads_for_one_entry_cannot_both_agree() -> None:
    clean = grow(10)
    true = head_after(clean[4])
    assert not checked(clean, true, replace(true, hash="1" * 64)).sound


def test_a_head_of_a_chain_that_is_not_there_is_a_cut_tail() -> None:
    head = Head("HB-7", "0" * 16, 12, "1" * 64)
    assert checked(grow(5), head).faults == (Fault("head", "HB-7", "0" * 16, 1, 12),)


def test_the_head_before_the_first_entry_agrees_with_any_chain() -> None:
    start = Head("G107-S-1", "00000000000000f1")
    assert checked(grow(5), start).sound
    assert not checked(grow(5), replace(start, hash="1" * 64)).sound


def test_a_seal_over_another_head_is_refused() -> None:
    entries = grow(10)
    head = head_after(entries[-1])
    signature = KEY.sign(seal_message(head_after(entries[4]), key=KEY.key_id))
    fact = seal_fact(head, key=KEY.key_id, signature=signature, why="exit", by=By(), at=0, action="0" * 32)
    false = build(head, fact, stamp=STAMP, salt=bytes(32))
    report = checked([*entries, false])
    assert [fault.what for fault in report.faults] == ["seal"]
    assert report.sealed == (head_after(entries[-2]),)


def test_control_without_the_signature_check_a_false_seal_passes() -> None:
    entries = grow(10)
    head = head_after(entries[-1])
    fact = seal_fact(head, key=KEY.key_id, signature=bytes(64), why="exit", by=By(), at=0, action="0" * 32)
    false = [*entries, build(head, fact, stamp=STAMP, salt=bytes(32))]
    assert not checked(false).sound
    assert verify(false, keys=KEYS, check=lambda *_: True).sound


def test_checking_can_go_on_from_a_trusted_head() -> None:
    entries = grow(30)
    tail = Verifier(keys=KEYS, check=signature_fits, after=[head_after(entries[19])])
    for entry in entries[20:]:
        tail.feed(entry)
    assert tail.report().sound
    assert not checked(entries[20:]).sound


def test_a_lost_or_garbled_header_is_named_by_the_number_it_should_have() -> None:
    entries = grow(5)
    entries[2] = replace(entries[2], header=b"\xff\x00")
    assert [(fault.what, fault.seq) for fault in checked(entries).faults] == [("unreadable", 3)]
    assert [(fault.what, fault.seq) for fault in checked(entries[2:3]).faults] == [("unreadable", 0)]


def test_a_flood_of_faults_is_counted_but_not_kept() -> None:
    one = grow(2)[0]
    report = checked([one] * (MOST_FAULTS + 51))
    assert (len(report.faults), report.more) == (MOST_FAULTS, 50)


@pytest.mark.parametrize("change", [str.lower, lambda text: f" {text[:40]}\n {text[40:]} ", str.upper, str])
def test_a_head_is_read_back_from_paper_whatever_its_case_and_spaces(change: Callable[[str], str]) -> None:
    head = head_after(grow(3)[-1])
    assert parse_head(change(head_text(head))) == head


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CPS1:G107-S-1:00000000000000f1:5",
        "CPS2:A:00000000000000f1:5:" + GENESIS,
        "CPS1:A-:00000000000000f1:5:" + GENESIS,
        "CPS1:A:00000000000000f1:05:" + GENESIS,
        "CPS1:A:00000000000000f1:-5:" + GENESIS,
        "CPS1:A:00000000000000f1:5:" + GENESIS + "0",
        "CPS1:A:00000000000000f1:５:" + GENESIS,
        " " * 100_000,
    ],
    ids=lambda text: text[:30],
)
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(HeadUnreadable):
        parse_head(text)


def test_memory_does_not_grow_with_the_number_of_entries() -> None:
    entries = grow(200)
    state = Verifier(keys=KEYS, check=signature_fits)
    for entry in entries:
        state.feed(entry)
    assert len(state._chains) == 1
    assert not state._faults
    assert not state._outside


def test_the_app_reads_what_it_wrote_into_any_database() -> None:
    """Entries survive a store that knows nothing of them; the verifier streams straight from its cursor."""
    store = sqlite3.connect(":memory:")
    store.execute("CREATE TABLE entry(header TEXT, public TEXT, personal TEXT, salt BLOB, hash BLOB)")
    for entry in grow(40):
        line = line_of(entry)
        store.execute(
            "INSERT INTO entry VALUES(?,?,?,?,?)",
            (line["header"], line["public"], line["personal"], entry.salt, entry.hash),
        )
    assert verify(_stream(store), keys=KEYS, check=signature_fits).sound
    store.close()


def _stream(store: sqlite3.Connection) -> Iterator[Entry]:
    for header, public, personal, salt, digest in store.execute("SELECT * FROM entry"):
        yield Entry(header.encode(), public.encode(), personal and personal.encode(), salt, digest)


def test_a_seal_says_what_it_seals_in_its_public_part() -> None:
    head = Head("A", "0" * 16, 7, "1" * 64)
    fact = seal_fact(head, key="k", signature=b"\1", why="handover", by=By("s", "7"), at=5, action="0" * 32)
    assert json.loads(json.dumps(fact.public)) == {
        "head": "1" * 64,
        "key": "k",
        "seq": 7,
        "signature": "01",
        "why": "handover",
    }
    assert fact.kind == facts.SEALED
