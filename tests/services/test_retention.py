"""Retention: after its days nothing personal is readable in the folder, and the sheet still opens it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checkpoint_app import bootstrap
from checkpoint_app.bench.pages import values_left
from checkpoint_app.config import Settings
from checkpoint_app.crypto import keychain, recovery
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.domain import facts, matters
from checkpoint_app.domain.clock import Tick
from checkpoint_app.domain.crossing import Person
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.register import Resident, person_registered
from checkpoint_app.services import retention
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.places import all_initials
from checkpoint_app.services.retention import RetentionUnanswered
from checkpoint_app.services.safekeeping import back_up
from checkpoint_app.storage import database, forgetting, queries, renewing
from checkpoint_app.storage import inside as pairing
from checkpoint_app.storage.desk import read_station_key, write_setting
from checkpoint_app.storage.engine import DiskFull
from tests.storage.desks import verified
from tests.storage.traffic import crossed, crossing

DAY = 86_400_000
OLD = 1_900_000_000_000
NOW = OLD + 40 * DAY
SETTINGS = Settings(station="试验站", desk="G25-01", retention_days=30, pairing=True)
COUNT = 60


class Wall:
    """A clock that is told."""

    def __init__(self, wall: int) -> None:
        self.wall = wall

    def __call__(self) -> Tick:
        return Tick(self.wall, self.wall, 480)


def planted(*, mark: str, at: int) -> tuple[list[Fact], set[bytes]]:
    """Crossings with everything personal in them, and the values to look for."""
    people = [
        Person(1, f"{mark}{place:03}", f"4101051980010{place:05}", "citizen_id", f"139{mark}{place:05}")
        for place in range(COUNT)
    ]
    entries = [
        crossed(crossing(plate=f"{mark}Z{place:05}", people=(person,)), at=at + place)
        for place, person in enumerate(people)
    ]
    values = {person.name for person in people} | {f"{mark}Z{place:05}" for place in range(COUNT)}
    return entries, {value.encode() for value in values}


@contextmanager
def opened(folder: Path, wall: Wall) -> Iterator[Desk]:
    desk = bootstrap.open_desk(folder, tick=wall)
    try:
        yield desk
    finally:
        desk.close()


def old_desk(folder: Path) -> tuple[RecoveryKey, set[bytes], set[bytes]]:
    """A desk with people from forty days ago and from today; gives the sheet, old values and young ones."""
    sheet = bootstrap.set_up(folder, SETTINGS, place=KeyPlace.OPEN_FILE)
    old, old_values = planted(mark="旧", at=OLD)
    young, young_values = planted(mark="新", at=NOW - DAY)
    wall = Wall(OLD)
    with opened(folder, wall) as desk:
        done = desk.inside.use(on=True)
        if done is not None:
            done.result()
        desk.ledger.append(old).result()
        wall.wall = NOW - DAY
        desk.ledger.now()
        desk.ledger.confirm_clock(by=facts.By()).result()
        desk.ledger.append(young).result()
    return sheet, old_values, young_values


def forgotten(desk: Desk) -> retention.Taken:
    before = retention.cut(now=NOW, zone=480, days=30)
    return retention.forget(
        desk.ledger,
        before=before,
        days=30,
        by=facts.By("", "07"),
        action=new_action(),
        desk="G25-01",
        rights=desk.rights,
    )


def keys_of(folder: Path) -> tuple[bytes, ...]:
    return keychain.load_keys(folder)


def test_nothing_old_is_readable_after_the_next_start_and_the_sheet_still_opens_it(tmp_path: Path) -> None:
    sheet, old, young = old_desk(tmp_path)
    first = keys_of(tmp_path)
    assert values_left(tmp_path, first, old | young) == old | young
    wall = Wall(NOW)
    with opened(tmp_path, wall) as desk:
        taken = forgotten(desk)
        assert (taken.forgotten.entries, taken.forgotten.people) == (COUNT, COUNT)
    before = recovery.read_recovery(tmp_path)
    with opened(tmp_path, wall) as desk, desk.ledger.reader() as reader:
        assert queries.crossings(reader, limit=1)[0].persons[0].name.startswith("新")
    (second,) = keys_of(tmp_path)
    assert second not in first
    everything = (*first, second)
    assert values_left(tmp_path, everything, old) == set()
    assert values_left(tmp_path, everything, young) == young, "control: the search reads the new file"
    assert verified(tmp_path, second).forgotten == COUNT
    assert recovery.unwrap_all(recovery.read_recovery(tmp_path), sheet, desk="G25-01") == (second,)
    assert recovery.unwrap_all(before, sheet) == first
    assert RecoveryKey.from_words(" ".join(sheet.words)) == sheet


@pytest.mark.parametrize("place", ["copied", "in place", "settled"])
def test_a_renewal_that_was_stopped_leaves_one_key_and_a_sheet_that_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    class Stopped(Exception):  # noqa: N818 - stands for a power cut
        pass

    sheet, old, _ = old_desk(tmp_path)
    wall = Wall(NOW)
    with opened(tmp_path, wall) as desk:
        forgotten(desk)

    def stop(*_: object, **__: object) -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        if place == "copied":
            patch.setattr(renewing, "_put_in_place", stop)
        elif place == "in place":
            patch.setattr(keychain, "settle_key", stop)
        else:
            patch.setattr(recovery, "write_recovery", stop_second(recovery.write_recovery, stop))
        with pytest.raises(Stopped):
            bootstrap.open_desk(tmp_path, tick=wall)
    with opened(tmp_path, wall):
        pass
    (key,) = keys_of(tmp_path)
    assert recovery.unwrap_all(recovery.read_recovery(tmp_path), sheet) == (key,)
    assert values_left(tmp_path, (key,), old) == set()
    assert not recovery.kept_recipient(tmp_path, key=key) or recovery.kept_recipient(tmp_path, key=key) == (
        sheet.recipient,
        False,
    )


def stop_second(write: object, stop: object) -> object:
    calls: list[int] = []

    def wrapped(folder: Path, data: bytes) -> None:
        calls.append(1)
        if len(calls) == 2:
            stop()  # type: ignore[operator]
        write(folder, data)  # type: ignore[operator]

    return wrapped


def test_a_full_disk_at_the_renewal_does_not_keep_the_desk_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, *_ = old_desk(tmp_path)
    wall = Wall(NOW)
    with opened(tmp_path, wall) as desk:
        forgotten(desk)

    def full(*_: object) -> None:
        raise DiskFull(path=tmp_path)

    with monkeypatch.context() as patch:
        patch.setattr(renewing, "_copy", full)
        with opened(tmp_path, wall) as desk:
            assert forgetting.renewal_is_due(desk.ledger)
            desk.ledger.append([crossed(at=NOW)]).result()
    with opened(tmp_path, wall) as desk:
        assert not forgetting.renewal_is_due(desk.ledger)
    assert recovery.unwrap(recovery.read_recovery(tmp_path), sheet) == keys_of(tmp_path)[0]


def test_a_large_file_is_written_anew_a_week_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old_desk(tmp_path)
    monkeypatch.setattr(retention, "LARGE", 1)
    wall = Wall(NOW)
    with opened(tmp_path, wall) as desk:
        forgotten(desk)
    before = keys_of(tmp_path)
    wall.wall += retention.LONGEST_DUE - 1
    with opened(tmp_path, wall):
        assert keys_of(tmp_path) == before
    wall.wall += 1
    with opened(tmp_path, wall):
        assert keys_of(tmp_path) != before


def test_a_recipient_that_somebody_swapped_is_not_given_the_next_key(tmp_path: Path) -> None:
    old_desk(tmp_path)
    thief = RecoveryKey.make()
    recovery.keep_wrapped(tmp_path, thief.recipient, key=b"x" * 32, desk="G25-01")
    with opened(tmp_path, Wall(NOW)) as desk:
        forgotten(desk)
    before = keys_of(tmp_path)
    with opened(tmp_path, Wall(NOW)) as desk:
        assert not forgetting.renewal_is_due(desk.ledger)
    assert keys_of(tmp_path) == before, "without a known recipient the key stays, the pages are new"
    assert recovery.unwrap(recovery.read_recovery(tmp_path), thief) == b"x" * 32


def test_backups_printed_sheets_and_the_payload_key_go_with_their_time(tmp_path: Path) -> None:
    folder, target = tmp_path / "desk", tmp_path / "stick"
    old_desk(folder)
    printed = folder / retention.PRINTED
    printed.mkdir()
    target.mkdir()
    for name, at in (("a.pdf", OLD), ("b.pdf", NOW)):
        (printed / name).write_bytes(b"%PDF")
        os.utime(printed / name, ns=(at * 10**6, at * 10**6))
    with bootstrap.read_desk(folder) as reading:
        stale = back_up(reading, target, now=OLD).folder
        young = back_up(reading, target, now=NOW).folder
    (stale / "holiday.jpg").write_bytes(b"not ours")
    with opened(folder, Wall(NOW)) as desk:
        with desk.ledger.reader() as reader:
            before = read_station_key(reader)
        digest = desk.ledger.payload_digest(b"a code")
        taken = forgotten(desk)
        with desk.ledger.reader() as reader:
            assert read_station_key(reader) != before
        assert desk.ledger.payload_digest(b"a code") != digest
    assert taken.forgotten.files == (stale.name,)
    assert (taken.printed, [sheet.name for sheet in printed.iterdir()]) == (1, ["b.pdf"])
    assert [path.name for path in stale.iterdir()] == ["holiday.jpg"]
    assert database.ledger_file(young).exists()


def test_whoever_is_in_the_register_stays_until_their_last_day_is_over(tmp_path: Path) -> None:
    old_desk(tmp_path)
    last_days = {"王还在": "", "王过期": date(2020, 1, 1).isoformat(), "王未到": date(2040, 1, 1).isoformat()}
    people = [
        person_registered(
            Resident(name, f"1101051949123{place:04}X", "13900000000", until=until, id=new_action()),
            initials=all_initials(),
            by=facts.By(),
            at=OLD,
        )
        for place, (name, until) in enumerate(last_days.items())
    ]
    with opened(tmp_path, Wall(NOW)) as desk:
        desk.ledger.append(people).result()
        assert forgotten(desk).forgotten.entries == COUNT + 1
        with desk.ledger.reader() as reader:
            left = reader.execute(
                "SELECT personal ->> '$.full_name' FROM entry WHERE kind = 'person_registered'"
            ).fetchall()
            assert [row.plate[0] for row in pairing.rows(reader)] == ["新"] * COUNT
    assert left == [("王还在",), (None,), ("王未到",)]


def test_the_keeper_waits_for_a_quiet_lane_and_forgets_once_a_day(tmp_path: Path) -> None:
    old_desk(tmp_path)
    night = retention.cut(now=NOW, zone=480, days=1) + DAY
    wall = Wall(night + 60_000)
    with opened(tmp_path, wall) as desk:
        keeper = desk.retention
        keeper._zone = lambda _now: 480
        desk.ledger.append([crossed(at=wall.wall)]).result()
        assert keeper.look() is None
        wall.wall += 5 * 60_000
        taken = keeper.look()
        assert taken is not None
        assert taken.forgotten.entries == COUNT
        assert keeper.look() is None
        wall.wall += DAY
        assert keeper.look() is None, "nothing grew old: no entry, no new key for nothing"
        with desk.ledger.reader() as reader:
            assert retention.reached(reader) == retention.cut(now=wall.wall, zone=480, days=30)
            assert len(list(queries.entries(reader, kinds=(facts.ERASED,)))) == 2


def test_a_start_with_a_clock_far_ahead_forgets_nothing_before_somebody_could_see_it(tmp_path: Path) -> None:
    old_desk(tmp_path)
    wall = Wall(NOW + 7_300 * DAY + DAY * 3 // 4)
    with opened(tmp_path, wall) as desk:
        desk.retention._zone = lambda _now: 480
        desk.ledger.append([crossed(at=wall.wall)]).result()
        for _ in range(6):
            wall.wall += retention.SEEN_FOR // 6
            assert desk.retention.look() is None
    assert verified(tmp_path, keys_of(tmp_path)[0]).forgotten == 0


def test_a_station_that_was_closed_for_longer_than_it_keeps_data_forgets_after_a_while(
    tmp_path: Path,
) -> None:
    old_desk(tmp_path)
    wall = Wall(NOW + 60 * DAY)
    with opened(tmp_path, wall) as desk:
        desk.retention._zone = lambda _now: 480
        desk.ledger.append([crossed(at=wall.wall)]).result()
        assert desk.retention.look() is None
        wall.wall += retention.SEEN_FOR + 60_000
        taken = desk.retention.look()
        assert taken is not None
        assert taken.forgotten.entries == 2 * COUNT


def test_a_clock_that_was_ahead_does_not_end_forgetting_for_years(tmp_path: Path) -> None:
    old_desk(tmp_path)
    with opened(tmp_path, Wall(NOW + DAY)) as desk:
        ahead = NOW + 7_300 * DAY
        desk.ledger.transact(
            lambda connection: write_setting(connection, retention.DONE, ahead, now=ahead)
        ).result()
        taken = desk.retention.look()
        assert taken is not None
        assert taken.forgotten.entries == COUNT
        assert desk.retention.look() is None


def test_closing_stops_a_forgetting_between_two_steps_and_the_next_start_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_desk(tmp_path)
    monkeypatch.setattr(forgetting, "STEP", 0)
    wall = Wall(NOW + DAY)
    with opened(tmp_path, wall) as desk:
        steps = iter(range(20))
        desk.retention._goes_on = lambda: next(steps, None) is not None  # type: ignore[method-assign]
        with pytest.raises(forgetting.ForgettingHindered):
            desk.retention.look()
        assert forgetting.is_under_way(desk.ledger)
    with opened(tmp_path, wall) as desk:
        taken = desk.retention.look()
        assert taken is not None
        assert not forgetting.is_under_way(desk.ledger)
    assert verified(tmp_path, keys_of(tmp_path)[0]).forgotten == COUNT


def test_no_answer_forgets_nothing(tmp_path: Path) -> None:
    old_desk(tmp_path)
    with opened(tmp_path, Wall(NOW)) as desk:
        desk.settings = replace(desk.settings, retention_days=0)
        assert desk.retention.look() is None
        with pytest.raises(RetentionUnanswered):
            retention.cut(now=NOW, zone=480, days=0)
        with desk.ledger.reader() as reader:
            assert (
                retention.due(reader, tmp_path, desk="G25-01", before=NOW - 30 * DAY).counted.people == COUNT
            )


def test_the_daily_run_keeps_an_open_matter_and_comes_back_to_it(tmp_path: Path) -> None:
    old_desk(tmp_path)
    wall = Wall(NOW + DAY * 3 // 4)
    with opened(tmp_path, wall) as desk:
        desk.retention._zone = lambda _now: 480
        matter = matters.raised("灭火器过期", by=facts.By(), at=OLD, action=new_action())
        desk.ledger.append([matter]).result()

        def after(days: int, *, times: int = 1) -> str:
            """The matter's title once so many days went by and the run was over, as often as that."""
            for _time in range(times):
                wall.wall += days * DAY
                desk.ledger.append([crossed(at=wall.wall - 4 * 3_600_000)]).result()
                desk.retention.look()
            return desk.matters.find(matter.action).title

        assert after(1) == "灭火器过期"
        assert after(19, times=5) == "灭火器过期", "looked through long ago, and still needed"
        desk.matters.close(matter.action, "已换新", by=facts.By()).result()
        assert after(5) == "灭火器过期", "as long as what tells of its end"
        assert after(30) == ""
