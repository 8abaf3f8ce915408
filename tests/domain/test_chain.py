from __future__ import annotations

import hashlib
import importlib
import json
import random
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.crypto.desk import DeskKey, signature_fits
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
    Fact,
    Head,
    Stamp,
    build,
    entry_hash,
    head_after,
    read_header,
    seal_message,
)
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.words import ClockState
from tests import verifier
from tests.domain.vectors import BROKEN, FOLDER, VALID, line_of, load

ROOT = Path(__file__).resolve().parents[2]
KEY = DeskKey.load(bytes(range(32)))
KEYS = {KEY.key_id: KEY.public}
STAMP = Stamp(1_640_995_200_500, 480, 86_400, "0" * 16, ClockState.SURE)


def grow(count: int, *, head: Head | None = None, seals: int = 20, word: str = "") -> list[Entry]:
    """A chain of `count` entries that ends in a seal; `word` makes it another history."""
    head = head or Head("G107-S-1", "00000000000000f1")
    entries: list[Entry] = []
    for number in range(1, count + 1):
        action = hashlib.sha256(f"{head.seq}{word}".encode()).hexdigest()[:32]
        if number % seals == 0 or number == count:
            signature = KEY.sign(seal_message(head, key=KEY.key_id))
            fact = seal_fact(
                head, key=KEY.key_id, signature=signature, why="count", by=By(), at=number, action=action
            )
        else:
            personal = {"plate": f"豫A{number:05}"} if number % 3 else None
            fact = Fact("vehicle_crossed", action, number, {"people": number, "w": word}, personal)
        entries.append(build(head, fact, stamp=STAMP, salt=hashlib.sha256(action.encode()).digest()))
        head = head_after(entries[-1])
    return entries


def checked(entries: list[Entry], *heads: Head) -> Report:
    return verify(entries, keys=KEYS, check=signature_fits, heads=heads)


def rehashed(entry: Entry, header: bytes) -> Entry:
    return replace(entry, header=header, hash=entry_hash(header))


def coarse(found: Any) -> set[tuple[Any, ...]]:
    """Faults in which an outside head counts once a chain, however its disagreement is told."""
    named = {tuple(fault) for fault in found}
    outside = {("outside", *fault[1:3]) for fault in named if fault[0] in ("head", "recomputed")}
    return outside | {fault for fault in named if fault[0] not in ("head", "recomputed")}


def as_tuples(report: Report) -> list[tuple[Any, ...]]:
    return [(fault.what, fault.desk, fault.epoch, fault.seq, fault.upto) for fault in report.faults]


def test_there_are_two_hundred_vectors_in_several_chains_and_every_kind_has_one() -> None:
    headers = {entry.header for path in VALID for entry in load(path).entries}
    read = [read_header(header) for header in headers]
    kinds = {value for name, value in vars(facts).items() if name.isupper() and isinstance(value, str)}
    assert len(headers) >= 160
    assert len(BROKEN) >= 40
    assert len({(header.desk, header.epoch) for header in read}) >= 4
    assert kinds <= {header.kind for header in read}


def test_the_vectors_come_out_the_same_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    for name in ("vector_chain", "vector_faults", "vectors"):
        monkeypatch.setitem(sys.modules, name, importlib.import_module(name))
    monkeypatch.setattr("vector_chain.FOLDER", tmp_path)
    sys.modules["vectors"].write_valid()
    sys.modules["vector_faults"].write_broken()
    for path in VALID + BROKEN:
        assert (tmp_path / path.relative_to(FOLDER)).read_bytes() == path.read_bytes(), path.name
    assert len(list(tmp_path.rglob("*.jsonl"))) == len(VALID + BROKEN)


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_every_valid_vector_is_sound_for_both_verifiers(path: Path) -> None:
    vectors = load(path)
    report = verify(vectors.entries, keys=vectors.keys, check=signature_fits)
    assert report.faults == ()
    assert report.seals
    assert verifier.verify(vectors.lines) == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_broken_vector_shows_its_faults(path: Path) -> None:
    vectors = load(path)
    report = verify(vectors.entries, keys=vectors.keys, check=signature_fits, heads=vectors.heads)
    assert set(report.faults) == set(vectors.faults)
    assert vectors.faults
    assert coarse(verifier.verify(vectors.lines)) == coarse(as_tuples(report))


def test_both_verifiers_agree_on_a_thousand_random_changes() -> None:
    chosen = random.Random(20220101)
    files = [load(path) for path in VALID]
    noticed = 0
    for _ in range(1000):
        vectors = chosen.choice(files)
        lines = [dict(line) for line in vectors.lines[1:]]
        _change(lines, chosen)
        entries = [_entry(line) for line in lines]
        report = verify(entries, keys=vectors.keys, check=signature_fits)
        assert set(as_tuples(report)) == set(verifier.verify([vectors.lines[0], *lines]))
        noticed += not report.sound
    assert noticed > 900  # the others changed nothing, or cut a tail that no head remembers


def _change(lines: list[dict[str, Any]], chosen: random.Random) -> None:
    place = chosen.randrange(len(lines))
    line = lines[place]
    way = chosen.randrange(8)
    if way == 0:
        del lines[place]
    elif way == 1:
        lines.insert(chosen.randrange(len(lines)), line)
    elif way == 2:
        other = chosen.randrange(len(lines))
        lines[place], lines[other] = lines[other], line
    elif way == 3:
        line["salt"] = None
    else:
        part = chosen.choice(["header", "public", "personal"])
        text = line[part] or "{}"
        spot = chosen.randrange(len(text))
        line[part] = text[:spot] + chosen.choice('0a"{}[]:, -9é') + text[spot + chosen.randrange(2) :]
        if way == 4:
            line["hash"] = entry_hash(line["header"].encode()).hex()


def _entry(line: dict[str, Any]) -> Entry:
    personal, salt = line["personal"], line["salt"]
    return Entry(
        line["header"].encode(),
        line["public"].encode(),
        None if personal is None else personal.encode(),
        None if salt is None else bytes.fromhex(salt),
        bytes.fromhex(line["hash"]),
    )


def test_the_second_verifier_runs_alone_and_names_the_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert verifier.main([str(VALID[0])]) == 0
    assert verifier.main([str(BROKEN[0])]) == 1
    assert "header G107-S-1/00000000000000e1 3" in capsys.readouterr().out


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


def edited(entries: list[Entry], chosen: random.Random) -> None:
    place = chosen.randrange(len(entries))
    public = entries[place].public
    entries[place] = replace(entries[place], public=public[:-1] + b',"z":1}')


def deleted(entries: list[Entry], chosen: random.Random) -> None:
    del entries[chosen.randrange(len(entries) - 1)]


def renumbered(entries: list[Entry], chosen: random.Random) -> None:
    place = chosen.randrange(len(entries))
    old, new = f'"seq":{place + 1},', f'"seq":{place + chosen.randint(2, 9)},'
    entries[place] = rehashed(entries[place], entries[place].header.replace(old.encode(), new.encode()))
    entries.sort(key=lambda entry: read_header(entry.header).seq)


def swapped(entries: list[Entry], chosen: random.Random) -> None:
    one, other = chosen.sample(range(len(entries)), 2)
    first, second = entries[one], entries[other]
    entries[one] = replace(second, header=first.header, hash=first.hash)
    entries[other] = replace(first, header=second.header, hash=second.hash)


def digest_fixed(entries: list[Entry], chosen: random.Random) -> None:
    place = chosen.randrange(len(entries) - 1)
    old = entries[place]
    header = read_header(old.header)
    head = Head(header.desk, header.epoch, header.seq - 1, header.prev)
    fact = Fact(header.kind, header.action, header.happened, {"people": 0, "w": "forged"}, None)
    entries[place] = build(head, fact, stamp=STAMP, salt=bytes(32))


@pytest.mark.parametrize("attack", [edited, deleted, renumbered, swapped, digest_fixed])
def test_a_hundred_of_a_hundred_changes_without_recomputation_are_noticed(
    attack: Callable[[list[Entry], random.Random], None],
) -> None:
    chosen = random.Random(attack.__name__)
    clean = grow(60)
    noticed = 0
    for _ in range(100):
        entries = list(clean)
        attack(entries, chosen)
        noticed += not checked(entries).sound
    assert noticed == 100
    assert checked(clean).sound


# A5: an officer who recomputes everything, or cuts the tail; noticed only by heads that left the building


def recomputed(entries: list[Entry], chosen: random.Random) -> list[Entry]:
    place = chosen.randrange(len(entries) - 1)
    head = head_after(entries[place - 1]) if place else Head("G107-S-1", "00000000000000f1")
    return [*entries[:place], *grow(len(entries) - place, head=head, word="forged")]


def cut(entries: list[Entry], chosen: random.Random) -> list[Entry]:
    return entries[: chosen.randrange(len(entries))]


@pytest.mark.parametrize("attack", [recomputed, cut])
def test_recomputed_chains_and_cut_tails_are_noticed_by_an_outside_head_and_only_by_it(
    attack: Callable[[list[Entry], random.Random], list[Entry]],
) -> None:
    chosen = random.Random(attack.__name__)
    clean = grow(60)
    printed = head_after(clean[-1])
    with_head = without = 0
    for _ in range(100):
        forged = attack(clean, chosen)
        with_head += not checked(forged, printed).sound
        without += not checked(forged).sound
    assert (with_head, without) == (100, 0)
    assert checked(clean, printed).sound


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
