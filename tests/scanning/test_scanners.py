"""A lane's own scanner: spelling, unplugging, who may read it, and whose keyboard it is not."""

from __future__ import annotations

import errno
import os
import random
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.scanning import scanner_keys, scanners
from checkpoint_app.scanning.scanner_keys import Spelling, spelt
from checkpoint_app.scanning.scanners import (
    KEYBOARDS,
    ScannerForbidden,
    ScannerGone,
    ScannerIsKeyboard,
    told_apart,
)
from tests.scanning.scanners_played import (
    CAPS,
    CODES,
    CTRL,
    ENTER,
    LONG_S,
    NAME,
    SHIFT,
    SHIFTED,
    TAB,
    Listening,
)

pytestmark = pytest.mark.skipif(not told_apart(), reason="only Linux tells keyboards apart")
SIGNS = sorted({*CODES, *SHIFTED, *(sign.upper() for sign in CODES if sign.isalpha())})


@given(st.text(st.sampled_from(SIGNS), max_size=300))
def test_every_sign_is_spelt_as_the_keyboard_has_it(text: str) -> None:
    spelling = Spelling()
    for sign in text:
        shifted = sign.isupper() or sign in SHIFTED
        if shifted:
            spelling = spelt(spelling, code=SHIFT, down=True)
        spelling = spelt(spelling, code=CODES[SHIFTED.get(sign, sign.lower())], down=True)
        spelling = spelt(spelling, code=SHIFT, down=False)
    assert spelling.sent == text


def test_caps_lock_of_the_scanner_and_line_feeds_with_control() -> None:
    spelling = spelt(Spelling(), code=CAPS, down=True)
    for code, down in (
        (CODES["a"], True),
        (CTRL, True),
        (CODES["j"], True),
        (CTRL, False),
        (CODES["1"], True),
    ):
        spelling = spelt(spelling, code=code, down=down)
    assert spelling.sent == "A\n1"


def test_a_stuck_key_is_no_code() -> None:
    spelling = Spelling("5" * scanner_keys.LONGEST)
    assert spelt(spelling, code=CODES["5"], down=True).sent == ""


@pytest.mark.parametrize("end", [ENTER, TAB, None])
@pytest.mark.parametrize("size", [6, 60, 1200])
def test_a_scan_of_any_length_is_one_text(tmp_path: Path, size: int, end: int | None) -> None:
    text = "".join(random.Random(size).choice(SIGNS) for _ in range(size))
    with Listening(tmp_path) as listening:
        listening.played.scan(text, end=end)
        listening.until(lambda now: bool(now.texts))
    assert listening.texts == [text]


def test_scans_that_piled_up_are_kept_apart_and_an_enter_inside_is_a_line_feed(tmp_path: Path) -> None:
    with Listening(tmp_path) as listening:
        listening.played.scan("first=1")
        listening.played.scan("second")
        listening.played.wait(300)
        listening.played.scan("HTTPS://third")
        listening.until(lambda now: len(now.texts) == 2)
    assert listening.texts == ["first=1\nsecond", "HTTPS://third"]


def test_keys_the_kernel_dropped_spoil_their_scan_and_no_other(tmp_path: Path) -> None:
    with Listening(tmp_path) as listening:
        listening.played.scan("half of ", end=None)
        listening.played.dropped()
        listening.played.scan("something")
        listening.played.wait(300)
        listening.played.scan("whole again")
        listening.until(lambda now: bool(now.texts))
    assert listening.texts == ["whole again"]


def handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_unplugged_it_is_gone_and_plugged_in_it_is_found_by_its_name(
    tmp_path: Path, full_counts: bool
) -> None:
    before = handles()
    with Listening(tmp_path) as listening:
        for number in range(200 if full_counts else 20):
            listening.played.unplug()
            listening.until(lambda now: isinstance(now.last.trouble, ScannerGone))
            listening.played.plug()
            listening.played.connect()
            listening.until(lambda now: now.last.trouble is None)
            listening.played.scan(f"after {number:06}")
            listening.until(lambda now, number=number: len(now.texts) == number + 1)  # type: ignore[misc]
    assert listening.texts[-1].startswith("after")
    assert handles() == before


def test_it_is_looked_for_once_a_second() -> None:
    assert scanners.RETRY_MS <= 1_000


def test_a_scanner_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    with Listening(tmp_path, plugged=False) as listening:
        listening.until(lambda now: isinstance(now.last.trouble, ScannerGone))
        assert listening.last.trouble is not None
        assert listening.last.trouble.facts == {"name": NAME}
        assert listening.calls == 1


@pytest.mark.parametrize(
    ("refusal", "why"), [(PermissionError(errno.EACCES, ""), "right"), (OSError(errno.EBUSY, ""), "busy")]
)
def test_what_forbids_it_is_told(tmp_path: Path, refusal: OSError, why: str) -> None:
    def grab(_device: int) -> None:
        raise refusal

    with Listening(tmp_path, grab=grab) as listening:
        listening.until(lambda now: isinstance(now.last.trouble, ScannerForbidden))
        assert listening.last.trouble is not None
        assert listening.last.trouble.facts["why"] == why


def test_the_device_is_taken_for_this_program_alone(tmp_path: Path) -> None:
    taken: list[bool] = []
    with Listening(tmp_path, grab=lambda device: taken.append(os.get_blocking(device))) as listening:
        listening.played.scan("anything")
        listening.until(lambda now: bool(now.texts))
    assert taken == [False]
    written, size, group, number = 1 << 30, 4 << 16, ord("E") << 8, 0x90  # _IOW('E', 0x90, int)
    assert written | size | group | number == scanners.GRAB


def test_a_keyboard_that_was_chosen_by_mistake_is_given_back_for_good(tmp_path: Path) -> None:
    taken: list[int] = []
    with Listening(tmp_path, grab=taken.append) as listening:
        for sign in "365/a":
            listening.played.scan(sign, end=None)
            listening.played.wait(180)
        listening.played.scan("1", end=None)
        listening.until(lambda now: isinstance(now.last.trouble, ScannerIsKeyboard))
    assert listening.texts == []
    assert len(taken) == 1


def test_a_bug_costs_one_opening(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    bugs, again = [ZeroDivisionError()], threading.Event()

    def grab(_device: int) -> None:
        if bugs:
            raise bugs.pop()
        again.set()

    with Listening(tmp_path, grab=grab) as listening:
        again.wait(LONG_S)
        listening.played.scan("after the bug")
        listening.until(lambda now: bool(now.texts))
    assert caplog.text.count("bug kind=ZeroDivisionError") == 1


def test_nobody_is_told_twice_before_looking(tmp_path: Path) -> None:
    with Listening(tmp_path) as listening:
        for number in range(20):
            listening.played.scan(f"scan number {number}")
            listening.played.wait(300)
        listening.until(lambda now: len(now.texts) == 20)
    assert listening.calls <= 20


def test_stop_before_start_and_twice_is_nothing(tmp_path: Path) -> None:
    scanner = scanners.Scanner(NAME, on_heard=lambda: None, folder=tmp_path)
    scanner.stop()
    scanner.stop()


def test_everything_that_types_is_listed_by_its_name(tmp_path: Path) -> None:
    for name in ("usb-B" + KEYBOARDS, "usb-A" + KEYBOARDS, "usb-C-event-mouse"):
        (tmp_path / name).touch()
    assert scanners.scanners(tmp_path) == ("usb-A-event-kbd", "usb-B-event-kbd")
    assert scanners.scanners(tmp_path / "absent") == ()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_do_not_tell_scanners_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str
) -> None:
    (tmp_path / f"usb-A{KEYBOARDS}").touch()
    monkeypatch.setattr(sys, "platform", platform)
    assert scanners.scanners(tmp_path) == ()
