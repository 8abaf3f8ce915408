"""Two stations and headquarters, by commands alone: cards, bundles there, receipts back, what is refused."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from checkpoint_app import bootstrap
from checkpoint_app.config import Settings
from checkpoint_app.crypto.keyfile import KeyPlace
from tests.cli.desks import Answer, Post, cross

NORTH, SOUTH, ABOVE = "G107-N-1", "G107-S-1", "HQ-1"
ROLES = {NORTH: "station", SOUTH: "station", ABOVE: "headquarters"}


@dataclass(frozen=True, slots=True)
class Road:
    """Data folders of three desks, and the folder in which a rider carries bundles."""

    post: Post
    root: Path

    def ask(self, desk: str, *words: str | Path, typed: str = "") -> Answer:
        return self.post.ask(*words, typed=typed, at=self.root / desk)

    def told(self, desk: str, *words: str | Path) -> list[dict[str, object]]:
        answer = self.ask(desk, "--json", *words)
        assert answer.status == 0, answer
        return answer.records

    def crosses(self, desk: str, plate: str) -> None:
        open_desk = bootstrap.open_desk(self.root / desk)
        cross(open_desk, plate=plate, names=("张三",))
        open_desk.close()

    def sends(self, desk: str, to: str) -> list[Path]:
        """Files with what is new."""
        road = self.root / "road"
        before = set(road.glob("*.cpb"))
        self.told(desk, "export", "--to", road, "--new", "--for", to)
        return sorted(set(road.glob("*.cpb")) - before)

    def knows(self, one: str, other: str) -> None:
        card = self.root / f"{other}.cpd"
        (told,) = self.told(other, "exchange", "card", "--file", card)
        group = str(told["fingerprint"]).split()[-1]
        assert self.ask(one, "exchange", "enrol", card, "--group", group).status == 0


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("road")
    for desk, role in ROLES.items():
        settings = Settings(station=f"站{desk}", desk=desk, role=role)
        bootstrap.set_up(root / desk, settings, place=KeyPlace.OPEN_FILE)
    (root / "road").mkdir()
    return root


@pytest.fixture
def road(made: Path, tmp_path: Path, post: Post) -> Road:
    root = tmp_path / "all"
    shutil.copytree(made, root, ignore=shutil.ignore_patterns("*.lock", "*-shm"))
    found = Road(post, root)
    for one, other in ((NORTH, ABOVE), (ABOVE, NORTH), (ABOVE, SOUTH), (SOUTH, ABOVE)):
        found.knows(one, other)
    return found


def test_a_bundle_goes_up_and_its_receipt_comes_back(road: Road) -> None:
    road.crosses(NORTH, "豫A12345")
    (up,) = road.sends(NORTH, ABOVE)
    (took,) = road.told(ABOVE, "import", up)
    assert (took["sender"], took["before"]) == (NORTH, None)
    assert took["taken"] == {"added": took["new"], "present": 0, "forks": 0}
    crossings = road.told(ABOVE, "list", "crossings")
    assert [row["outcome"] for row in crossings] == ["registered"]
    (back,) = road.sends(ABOVE, NORTH)
    road.told(NORTH, "import", back)
    (waiting,) = [row for row in road.told(NORTH, "exchange", "status") if "unreceipted" in row]
    (after,) = [row for row in road.told(NORTH, "exchange", "status") if "bundle" in row]
    assert after["sender"] == ABOVE
    assert int(str(waiting["unreceipted"])) < int(str(took["new"]))


def test_what_is_in_a_bundle_is_shown_before_it_is_taken(road: Road) -> None:
    (up,) = road.sends(NORTH, ABOVE)
    answer = road.ask(ABOVE, "import", up, typed="n\n")
    assert answer.status == 1
    assert f"from 站{NORTH} ({NORTH})" in answer.out
    assert "nothing was taken" in answer.out
    assert road.told(ABOVE, "collate", "status")[0]["held"] == 0
    assert road.ask(ABOVE, "import", up, typed="y\n").status == 0
    assert road.told(ABOVE, "collate", "status")[0]["held"] != 0
    again = road.ask(ABOVE, "import", up)
    assert (again.status, "taken in before" in again.out) == (0, True)


def test_what_a_bundle_brings_down_has_its_name(road: Road) -> None:
    (road.root / "order.txt").write_text("今晚起逐车查验", encoding="utf-8")
    road.told(ABOVE, "directive", "publish", "order", "夜查", road.root / "order.txt")
    (down,) = road.sends(ABOVE, NORTH)
    assert "data set 夜查 v1" in road.ask(NORTH, "import", down, typed="n\n").out
    assert road.told(NORTH, "import", down)[0]["data_sets"] == ["夜查 v1"]


def test_the_summary_is_of_the_desk_that_is_asked_for(road: Road) -> None:
    for desk in (NORTH, ABOVE):
        group = ("--group", "三班", "--lead", "王示范", "--officer", "李示范")
        assert road.ask(desk, "shift", "open", *group).status == 0
    road.crosses(NORTH, "豫A12345")
    (up,) = road.sends(NORTH, ABOVE)
    road.told(ABOVE, "import", up)
    for words in (("--desk", NORTH), ("--station", f"站{NORTH}")):
        told = road.told(ABOVE, "report", "summary", *words)[0]
        assert (str(told["shift"]).split(".")[0], told["vehicles"]) == (NORTH, 1)
        assert road.ask(ABOVE, "report", "summary", *words).out.startswith(f"[站{NORTH}]")
    assert str(road.told(ABOVE, "report", "summary")[0]["shift"]).startswith(ABOVE)
    sheet = road.ask(ABOVE, "report", "--desk", NORTH, "--pdf", road.root / "x.pdf")
    assert (sheet.status, NORTH in sheet.err, (road.root / "x.pdf").exists()) == (1, True, False)


def test_a_lost_bundle_is_named_and_a_later_one_is_taken_all_the_same(road: Road) -> None:
    (first,) = road.sends(NORTH, ABOVE)
    road.crosses(NORTH, "豫A12345")
    (lost,) = road.sends(NORTH, ABOVE)
    road.crosses(NORTH, "豫B67890")
    (last,) = road.sends(NORTH, ABOVE)
    assert road.ask(ABOVE, "import", last, first, "--yes").status == 0
    (gap,) = road.told(ABOVE, "collate", "gaps")
    assert gap["desk"] == NORTH
    shown = road.ask(ABOVE, "collate", "gaps").out
    assert f"{NORTH} {gap['epoch']}: {gap['first']}-{gap['last']}" in shown
    assert "Now: at that desk `export --to PLACE`" in shown
    (again,) = road.told(NORTH, "export", "--to", road.root / "road", "--for", ABOVE)
    preview = road.ask(ABOVE, "import", road.root / "road" / str(again["file"]), typed="n\n").out
    assert f"1-{again['entries']}, " in preview
    assert len(road.told(ABOVE, "list", "crossings")) == 1
    day = road.told(ABOVE, "report", "daily")[0]
    missing = int(str(gap["last"])) - int(str(gap["first"])) + 1
    assert day["not_whole"] == {NORTH: missing, SOUTH: 0}
    shown = road.ask(ABOVE, "report", "daily").out
    assert f"Desk {NORTH}: {missing} entries are missing here" in shown
    assert f"Desk {SOUTH}: nothing of it is here" in shown
    assert SOUTH not in road.ask(ABOVE, "report", "daily", "--station", f"站{NORTH}").out
    road.told(ABOVE, "import", lost)
    assert road.told(ABOVE, "collate", "gaps") == []
    assert road.told(ABOVE, "report", "daily", "--desk", NORTH)[0]["not_whole"] == {}
    assert len(road.told(ABOVE, "list", "crossings")) == 2


def test_every_refused_file_says_why_and_keeps_no_other_from_being_taken(road: Road) -> None:
    (sound,) = road.sends(NORTH, ABOVE)
    (foreign,) = road.sends(ABOVE, NORTH)
    (revoked,) = road.sends(SOUTH, ABOVE)
    cut = road.root / "cut.cpb"
    cut.write_bytes(sound.read_bytes()[:-1])
    assert road.ask(ABOVE, "exchange", "revoke", SOUTH, "--why", "stolen").status == 0
    before = road.told(ABOVE, "collate", "status")
    answer = road.ask(ABOVE, "import", cut, revoked, road.root / "none.cpb", sound, "--yes")
    assert answer.status == 1
    assert len(answer.err.splitlines()) == 3
    assert all("Now: " in line for line in answer.err.splitlines())
    assert "The sender's key is revoked" in answer.err
    assert "taken in: " in answer.out
    assert [row["held"] for row in before] == [0, 0]
    other = road.ask(SOUTH, "--json", "import", foreign)
    assert (other.status, other.records[0]["facts"]["check"]) == (1, "recipient")
    found = {row["check"]: row for row in road.told(ABOVE, "collate", "refused")}
    assert set(found) == {"envelope", "revoked"}
    assert found["revoked"]["sender"] == SOUTH
    shown = road.ask(ABOVE, "collate", "refused").out
    assert "[revoked]" in shown
    assert "ask headquarters what became of the desk" in shown


def test_a_spoilt_file_is_told_from_one_that_is_no_bundle_and_each_by_its_digest(road: Road) -> None:
    (sound,) = road.sends(NORTH, ABOVE)
    cut, letter, empty = (road.root / name for name in ("cut.cpb", "letter.txt", "empty.cpb"))
    cut.write_bytes(sound.read_bytes()[:-1])
    letter.write_text("to whom it may concern", encoding="utf-8")
    empty.write_bytes(b"")
    said = road.ask(ABOVE, "import", cut, letter, empty, "--yes").err.splitlines()
    assert "copy it again" in said[0]
    assert all("This file is no bundle" in line for line in said[1:])
    shown = road.ask(ABOVE, "collate", "refused").out
    for file in (cut, letter, empty):
        assert hashlib.sha256(file.read_bytes()).hexdigest()[:16] in shown
    assert shown.count("This file is no bundle") == 2


def test_a_folder_is_watched_until_it_is_enough(road: Road) -> None:
    (up,) = road.sends(NORTH, ABOVE)
    os.utime(up, (1_600_000_000, 1_600_000_000))
    (took,) = road.told(ABOVE, "import", "--watch", road.root / "road", "--seconds", "0")
    assert took["taken"] != {"added": 0, "present": 0, "forks": 0}
    assert up.exists()
    assert road.told(ABOVE, "import", "--watch", road.root / "road", "--seconds", "0") == []


def test_a_desk_is_enrolled_by_the_digits_that_somebody_read_aloud(road: Road) -> None:
    (card,) = road.told(SOUTH, "exchange", "card")
    start, _space, group = str(card["fingerprint"]).rpartition(" ")
    wrong = f"{(int(group) + 1) % 100_000:05}"
    refused = road.ask(NORTH, "exchange", "enrol", str(card["card"]), typed=wrong + "\n")
    assert refused.status == 1
    assert "read its fingerprint aloud again" in refused.err
    assert group not in refused.out
    assert start in refused.out
    assert [row["desk"] for row in road.told(NORTH, "exchange", "peers")] == [ABOVE]
    right = road.ask(NORTH, "exchange", "enrol", str(card["card"]), typed=group + "\n")
    assert (right.status, f"{SOUTH} is enrolled · Now: there too" in right.out) == (0, True)
    assert [row["desk"] for row in road.told(NORTH, "exchange", "peers")] == [SOUTH, ABOVE]


def test_a_card_that_is_not_there_is_told_apart_from_a_file_without_one(road: Road) -> None:
    (road.root / "note.txt").write_text("no card", encoding="utf-8")
    absent = road.ask(NORTH, "exchange", "enrol", road.root / "nope 名片.txt", "--group", "12345")
    folder = road.ask(NORTH, "exchange", "enrol", road.root, "--group", "12345")
    other = road.ask(NORTH, "exchange", "enrol", road.root / "note.txt", "--group", "12345")
    assert [absent.status, folder.status, other.status] == [1, 1, 1]
    assert "nope 名片.txt (No such file or directory)" in absent.err
    assert "(Is a directory)" in folder.err
    assert "begins with CPD1:" in other.err
    assert "screen" not in absent.err + folder.err + other.err


def test_where_nobody_answers_the_option_is_named(road: Road) -> None:
    (card,) = road.told(SOUTH, "exchange", "card")
    digits = road.ask(NORTH, "exchange", "enrol", str(card["card"]))
    assert (digits.status, "--group" in digits.err) == (1, True)
    (up,) = road.sends(NORTH, ABOVE)
    taken = road.ask(ABOVE, "import", up)
    assert (taken.status, "--yes" in taken.err) == (1, True)
    assert not list((road.root / ABOVE / "staging").glob("*"))
    assert road.told(ABOVE, "collate", "status")[0]["held"] == 0


def test_another_key_for_bundles_gives_another_card(road: Road) -> None:
    (before,) = road.told(NORTH, "exchange", "card")
    (after,) = road.told(NORTH, "exchange", "renew")
    assert before["fingerprint"] != after["fingerprint"]
    (now,) = road.told(NORTH, "exchange", "card")
    assert now == after


def test_what_reads_runs_beside_a_window_and_what_writes_does_not(road: Road) -> None:
    desk = bootstrap.open_desk(road.root / ABOVE)
    try:
        for words in (
            ("exchange", "peers"),
            ("exchange", "status"),
            ("collate", "status"),
            ("collate", "forks"),
        ):
            assert road.ask(ABOVE, *words).status == 0
        assert "LedgerInUse" in road.ask(ABOVE, "--json", "exchange", "card").out
    finally:
        desk.close()


@pytest.mark.parametrize(
    "words", [["import"], ["exchange"], ["collate", "settle", NORTH], ["import", "--watch"]]
)
def test_a_command_that_is_not_whole_is_wrong_use(road: Road, words: list[str]) -> None:
    assert road.ask(ABOVE, *words).status == 2


def test_a_fork_that_is_not_there_cannot_be_settled(road: Road) -> None:
    answer = road.ask(ABOVE, "--json", "collate", "settle", NORTH, "0" * 16, "7", "0" * 64, "--why", "x")
    assert (answer.status, json.loads(answer.out)["error"]) == (1, "UnknownFork")
