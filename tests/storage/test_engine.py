"""The driver's settings and its errors in our words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.storage import engine
from checkpoint_app.storage.engine import (
    DiskFailed,
    DiskFull,
    EngineUnfit,
    LedgerDamaged,
    LedgerLocked,
    LedgerReadOnly,
    ReadTooLong,
    WrongKey,
)

KEY = b"k" * 32


def test_every_setting_is_in_force_on_a_writer(tmp_path: Path) -> None:
    connection = engine.connect(tmp_path / "x.db", KEY)
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in engine._EVERYWHERE}
    assert found == {name: expected for name, (_, expected) in engine._EVERYWHERE.items()}
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    connection.close()


@pytest.mark.parametrize("name", ["synchronous", "journal_mode", "secure_delete", "recursive_triggers"])
def test_an_engine_that_keeps_another_setting_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    table = engine._WRITER if name in engine._WRITER else engine._EVERYWHERE
    value, _ = table[name]
    monkeypatch.setitem(table, name, (value, "something else"))
    with pytest.raises(EngineUnfit) as caught:
        engine.connect(tmp_path / "x.db", KEY)
    assert caught.value.facts["setting"] == name


def test_an_engine_that_is_too_old_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "OLDEST_ENGINE", (99, 0, 0))
    with pytest.raises(EngineUnfit):
        engine.connect(tmp_path / "x.db", KEY)


def test_several_settings_in_one_call_would_not_all_be_made(tmp_path: Path) -> None:
    """Why each is set alone: the driver takes one statement a call."""
    connection = engine.connect(tmp_path / "x.db", KEY)
    with pytest.raises(Exception, match="one statement"):
        connection.execute("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF")
    connection.close()


def test_replacing_an_entry_is_caught_only_with_recursive_triggers(tmp_path: Path) -> None:
    connection = engine.connect(tmp_path / "x.db", KEY)
    connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a)")
    connection.execute("CREATE TRIGGER stays BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'no'); END")
    connection.execute("INSERT INTO t VALUES(1, 'x')")
    with pytest.raises(engine.IntegrityError):
        connection.execute("INSERT OR REPLACE INTO t VALUES(1, 'y')")
    connection.execute("PRAGMA recursive_triggers = OFF")
    connection.execute("INSERT OR REPLACE INTO t VALUES(1, 'y')")
    assert connection.execute("SELECT a FROM t").fetchone() == ("y",)
    connection.close()


def test_a_reader_takes_no_writes(tmp_path: Path) -> None:
    engine.connect(tmp_path / "x.db", KEY).close()
    reader = engine.connect(tmp_path / "x.db", KEY, readonly=True)
    with pytest.raises(LedgerReadOnly), engine.translated(tmp_path / "x.db"):
        reader.execute("CREATE TABLE t(a)")
    reader.execute("PRAGMA query_only = OFF")
    with pytest.raises(LedgerReadOnly), engine.translated(tmp_path / "x.db"):
        reader.execute("CREATE TABLE t(a)")
    reader.close()


def test_a_reader_creates_no_file(tmp_path: Path) -> None:
    with pytest.raises(DiskFailed):
        engine.connect(tmp_path / "absent.db", KEY, readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_a_foreign_database_under_our_key_is_no_ledger(tmp_path: Path) -> None:
    connection = engine.connect(tmp_path / "x.db", KEY)
    connection.execute("CREATE TABLE t(a)")
    connection.close()
    with pytest.raises(LedgerDamaged):
        engine.connect(tmp_path / "x.db", KEY)


def test_another_program_in_the_way_is_a_locked_ledger(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    one, two = engine.connect(path, KEY), engine.connect(path, KEY)
    one.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerLocked), engine.translated(path):
        two.execute("BEGIN IMMEDIATE")
    one.close()
    two.close()


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        (5, LedgerLocked),
        (6, LedgerLocked),
        (8, LedgerReadOnly),
        (9, ReadTooLong),
        (10, DiskFailed),
        (10 | 12 << 8, DiskFailed),
        (10 | 19 << 8, DiskFull),
        (11, LedgerDamaged),
        (13, DiskFull),
        (14, DiskFailed),
        (26, LedgerDamaged),
    ],
)
def test_each_failure_of_the_world_has_its_trouble(
    tmp_path: Path, code: int, trouble: type[Exception]
) -> None:
    error: Any = engine.OperationalError("x")
    error.sqlite_errorcode, error.sqlite_errorname = code, "SQLITE_X"
    with pytest.raises(trouble) as caught, engine.translated(tmp_path / "x.db"):
        raise error
    assert caught.value.facts == {"path": tmp_path / "x.db", "code": "SQLITE_X"}  # type: ignore[attr-defined]


def test_what_is_our_own_fault_stays_the_drivers_error(tmp_path: Path) -> None:
    connection = engine.connect(tmp_path / "x.db", KEY)
    with pytest.raises(engine.OperationalError, match="syntax"), engine.translated(tmp_path / "x.db"):
        connection.execute("SELEC")
    connection.close()


def test_a_key_of_another_length_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(WrongKey):
        engine.connect(tmp_path / "x.db", b"short")


def test_plain_tables_are_read_through_sqlite_utils_on_the_same_engine(tmp_path: Path) -> None:
    connection = engine.connect(tmp_path / "x.db", KEY)
    tables = engine.tables(connection)
    tables["plain"].insert({"name": "a", "n": 1}, pk="name")  # type: ignore[union-attr]
    tables["plain"].upsert({"name": "a", "more": 2}, pk="name", alter=True)  # type: ignore[union-attr]
    assert list(tables["plain"].rows) == [{"name": "a", "n": 1, "more": 2}]
    connection.close()


def test_the_engine_is_the_only_one_sqlite_utils_knows() -> None:
    assert sys.modules["pysqlite3"] is sys.modules["sqlcipher3.dbapi2"]
    assert vars(engine.sqlite_utils.utils)["sqlite3"] is sys.modules["sqlcipher3.dbapi2"]
