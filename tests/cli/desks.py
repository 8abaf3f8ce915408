"""A desk to command: set up in a folder of its own, with invented people, and the words it answers with."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app import __main__ as entry
from checkpoint_app import bootstrap
from checkpoint_app.config import Settings
from checkpoint_app.crypto import keychain
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage import database, engine
from checkpoint_app.storage.engine import Connection

DESK = "G107-N-1"
WHY = "looked for by the family"


@dataclass(frozen=True)
class Answer:
    """What one command did: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def records(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Post:
    """One desk's folder and recovery key; `ask` runs a command in this process by the entry point."""

    folder: Path
    recovery: RecoveryKey
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    @property
    def key(self) -> bytes:
        return keychain.load_key(self.folder)

    def ask(self, *words: str | Path, typed: str | bytes = "", at: Path | None = None) -> Answer:
        data = typed.encode() if isinstance(typed, str) else typed
        self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        self.capsys.readouterr()
        status = entry.main(["--data-dir", str(at or self.folder), "--lang", "en", *map(str, words)])
        return Answer(status, *self.capsys.readouterr())

    @contextmanager
    def opened(self) -> Iterator[Desk]:
        """The desk as the window has it open."""
        desk = bootstrap.open_desk(self.folder)
        try:
            yield desk
        finally:
            desk.close()

    def head(self) -> str:
        """The chain's end as `verify` prints it."""
        return str(self.ask("--json", "verify").records[0]["heads"][0])


def made(folder: Path) -> RecoveryKey:
    """A desk with two crossings of four people, one of them undone."""
    fresh = bootstrap.set_up(folder, Settings(station="南大门", desk=DESK), place=KeyPlace.OPEN_FILE)
    desk = bootstrap.open_desk(folder)
    cross(desk, plate="豫A12345", names=("张三", "李四"), document="11010519491231002X")
    cross(desk, plate="豫B67890", names=("=cmd|' /C calc'!A0", "王小明"))
    desk.close()
    return fresh


def cross(desk: Desk, *, plate: str, names: tuple[str, ...], document: str = "") -> None:
    """One vehicle registered with its people."""
    lane = desk.lane(1, direction=Direction.IN)
    lane.plate(plate)
    if document:
        lane.document(document)
    for place, name in enumerate(names):
        if place:
            lane.people(len(names))
            lane.step(1)
        lane.name(name)
    lane.end(Outcome.REGISTERED, why="test").written.result()


def copied(template: Path, folder: Path) -> None:
    """The template's files, without what belongs to a process that had it open."""
    shutil.copytree(template, folder, ignore=shutil.ignore_patterns("*-shm", "*.lock", "ballast"))


@contextmanager
def forced(folder: Path, key: bytes) -> Iterator[Connection]:
    """The file as a forger has it who holds the key: without the triggers that keep entries as they are."""
    connection = engine.connect(database.ledger_file(folder), key)
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")
    try:
        yield connection
    finally:
        connection.close()
