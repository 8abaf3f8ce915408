"""One writer a folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from checkpoint_app.storage.lock import LedgerInUse, WriterLock
from tests.storage.desks import opened

HOLD = (
    "import sys, pathlib; from checkpoint_app.storage.lock import WriterLock;"
    "lock = WriterLock(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
)


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
    for _ in range(200 if full_counts else 3):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        with process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"held\n"
            with pytest.raises(LedgerInUse) as caught:
                WriterLock(tmp_path)
            assert caught.value.facts["pid"] == process.pid
            process.send_signal(signal.SIGKILL)
        WriterLock(tmp_path).release()


def test_a_folder_left_with_nonsense_in_the_lock_file_is_usable(tmp_path: Path) -> None:
    (tmp_path / "ledger.lock").write_bytes(b"\xff" * 50)
    lock = WriterLock(tmp_path)
    with pytest.raises(LedgerInUse):
        WriterLock(tmp_path)
    lock.release()
