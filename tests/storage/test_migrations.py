"""From one schema to the next."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from checkpoint_app.storage import database, engine, migrations
from checkpoint_app.storage.migrations import MIGRATIONS, LedgerNewer, Migration, migrate, version_of
from tests.storage.desks import KEY, START, actions, crossed, opened

RELEASED = {1000: "first", 1001: "exchange"}
ADDS = Migration(1002, "adds", ("CREATE TABLE added(n INTEGER) STRICT",))
BREAKS = Migration(2000, "breaks", ("CREATE TABLE other(n INTEGER) STRICT", "DROP TABLE outbox"))


def test_a_new_file_has_the_newest_version_and_a_record_of_each_step(tmp_path: Path) -> None:
    connection = database.open_writer(tmp_path, KEY, now=START)
    assert version_of(connection) == MIGRATIONS[-1].version
    rows = connection.execute("SELECT version, name, applied FROM migration").fetchall()
    assert rows == [(step.version, step.name, START) for step in MIGRATIONS]
    connection.close()


def test_a_released_step_keeps_its_number_and_its_name() -> None:
    assert {step.version: step.name for step in MIGRATIONS} == RELEASED
    assert [step.version for step in MIGRATIONS] == sorted(RELEASED)


def test_a_file_is_copied_before_it_is_changed_and_no_entry_is_touched(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(1)]).result()
        path = ledger.path
    before = actions(tmp_path)
    connection = engine.connect(path, KEY)
    assert migrate(connection, path, now=START, migrations=(*MIGRATIONS, ADDS, BREAKS)) == ("adds", "breaks")
    assert version_of(connection) == 2000
    connection.close()
    (copy,) = migrations.copies(path)
    assert copy.name == "ledger.before-1001.db"
    old = engine.connect(copy, KEY, readonly=True)
    assert version_of(old) == 1001
    assert old.execute("SELECT count(*) FROM entry").fetchone() == (len(before),)
    old.close()


def test_a_new_file_is_not_copied(tmp_path: Path) -> None:
    database.open_writer(tmp_path, KEY, now=START).close()
    assert migrations.copies(database.ledger_file(tmp_path)) == ()


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = database.ledger_file(tmp_path)
    database.open_writer(tmp_path, KEY, now=START).close()
    bad = Migration(1002, "bad", ("CREATE TABLE added(n INTEGER) STRICT", "DROP TABLE nothing"))
    connection = engine.connect(path, KEY)
    with pytest.raises(engine.OperationalError):
        migrate(connection, path, now=START, migrations=(*MIGRATIONS, bad))
    assert version_of(connection) == 1001
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    assert "added" not in names
    connection.close()


def test_a_newer_major_version_is_refused_and_a_newer_minor_one_is_not(tmp_path: Path) -> None:
    path = database.ledger_file(tmp_path)
    database.open_writer(tmp_path, KEY, now=START).close()
    for version, refused in ((1001, False), (2000, True)):
        connection = engine.connect(path, KEY)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.close()
        if refused:
            with pytest.raises(LedgerNewer) as caught:
                database.open_writer(tmp_path, KEY, now=START)
            assert caught.value.facts["found"] == version
        else:
            database.open_writer(tmp_path, KEY, now=START).close()


def test_the_first_step_is_what_was_released() -> None:
    """A released step is never edited: another digest here means a new step is needed instead."""
    first = MIGRATIONS[0]
    digest = hashlib.sha256("\0".join(first.statements).encode()).hexdigest()
    assert digest == FIRST_DIGEST


FIRST_DIGEST = "add63ec9ac3d93200e0b295688dc06da5edb908266d61e79d78f8c2c8bc087c4"
