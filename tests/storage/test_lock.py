"""One writer a folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from checkpoint_app.storage.lock import LedgerInUse, WriterLock
from tests.kill.nursery import until_gone
from tests.storage.desks import opened

HOLDERS = """
import os, pathlib, signal, sys
from checkpoint_app.storage.lock import WriterLock
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for folder in sys.stdin:
    if os.fork() == 0:
        lock = WriterLock(pathlib.Path(folder.strip()))
        print(os.getpid(), flush=True)
        signal.pause()
"""


def test_a_second_writer_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(LedgerInUse) as caught, opened(tmp_path):
        pass
    assert caught.value.facts == {"pid": os.getpid(), "folder": tmp_path}


def test_the_lock_is_free_after_a_clean_exit(tmp_path: Path) -> None:
    for _ in range(3):
        with opened(tmp_path):
            pass


def test_a_refused_writer_does_not_take_the_lock_from_the_first(tmp_path: Path) -> None:
    first = WriterLock(tmp_path)
    for _ in range(2):
        with pytest.raises(LedgerInUse):
            WriterLock(tmp_path)
    first.release()
    first.release()
    WriterLock(tmp_path).release()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_writer_leaves_no_lock_behind(tmp_path: Path, full_counts: bool) -> None:
    command = [sys.executable, "-c", HOLDERS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holders:
        assert holders.stdin is not None
        assert holders.stdout is not None
        for _ in range(200 if full_counts else 10):
            holders.stdin.write(f"{tmp_path}\n")
            holders.stdin.flush()
            holder = int(holders.stdout.readline())
            with pytest.raises(LedgerInUse) as caught:
                WriterLock(tmp_path)
            assert caught.value.facts["pid"] == holder
            os.kill(holder, signal.SIGKILL)
            until_gone(holder)
            WriterLock(tmp_path).release()


def test_a_folder_left_with_nonsense_in_the_lock_file_is_usable(tmp_path: Path) -> None:
    (tmp_path / "ledger.lock").write_bytes(b"\xff" * 50)
    lock = WriterLock(tmp_path)
    with pytest.raises(LedgerInUse):
        WriterLock(tmp_path)
    lock.release()
