"""A stick found by a stranger: nothing of what is inside can be read, and nothing lies elsewhere."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.domain.bundles import file_name
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Entry, Fact, Head, build, head_after
from checkpoint_app.storage.bundle import read_bundle
from tests.domain.chains import STAMP, grow
from tests.storage.bundles import EXCHANGE, ID, STATION, Made, made, peer, taken, trusting
from tests.storage.frames import check_of, opened

MARKS = tuple(f"QZ{number * 7919 + 100_003:06d}KX" for number in range(500))
EPOCH = "00000000000000f1"


def planted() -> list[Entry]:
    """A hundred crossings, each with a marked plate, name, number, telephone and remark."""
    head, entries = Head(STATION, EPOCH), []
    for number in range(0, len(MARKS), 5):
        plate, name, document, phone, remark = MARKS[number : number + 5]
        people: list[Value] = [{"n": 1, "name": "张" + name, "id": document, "phone": phone}]
        fact = Fact(
            "vehicle_crossed",
            f"{number:032x}",
            1,
            {"remark": remark},
            {"plate": "豫" + plate, "people": people},
        )
        entries.append(build(head, fact, stamp=STAMP, salt=number.to_bytes(32, "big")))
        head = head_after(entries[-1])
    return [*entries, *grow(1, head=head)]


def forms(mark: str) -> Iterator[bytes]:
    """How the mark might be written down."""
    plain = mark.encode()
    yield from (plain, plain[::-1], plain.hex().encode(), mark.encode("utf-16-le"), mark.lower().encode())
    yield from (base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3))


def readable(data: bytes) -> list[str]:
    """The marks that can be read in some form."""
    return [mark for mark in MARKS if any(form in data for form in forms(mark))]


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files would go, watched."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(folder)
    return folder


def test_nothing_of_five_hundred_marks_is_readable_in_file_name_or_elsewhere(
    apart: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    bundle = made(planted(), station="南站")
    name = file_name(STATION, 1, 101, ID)
    taken(bundle.data)
    check_of(bundle.data[:-1])
    check_of(bundle.data, trust=trusting())
    assert readable(bundle.data) == []
    assert readable(name.encode()) == []
    assert "南站".encode() not in bundle.data
    assert STATION.encode() not in bundle.data
    assert list(apart.iterdir()) == []
    assert readable("".join((*capfd.readouterr(), caplog.text)).encode()) == []


def test_control_without_the_envelope_all_five_hundred_marks_are_readable() -> None:
    assert readable(opened(made(planted()).data).inflated) == list(MARKS)


def test_a_file_name_is_made_for_every_file_system_and_tells_desk_and_range_only() -> None:
    name = file_name("HEN-ZZ-G107-S-SECOND-01A", 134_217_000, 134_217_727, ID)
    assert name == "HEN-ZZ-G107-S-SECOND-01A_134217000-134217727_01234567.cpb"
    assert name.isascii()
    assert not set(name) & set('<>:"/\\|?* ')
    assert len(name) <= 100


@pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not installed")
def test_the_age_program_opens_what_the_format_says_is_inside(tmp_path: Path) -> None:
    bundle = made(planted())
    frame = by_age(bundle, tmp_path)
    length = int.from_bytes(frame[4:8], "big")
    assert frame[:4] == b"CPB1"
    assert frame[8 : 8 + length] == bundle.written.manifest.encode()
    payload = frame[8 + length + 64 :]
    lines = zstandard.ZstdDecompressor().decompressobj().decompress(payload).split(b"\n")
    assert lines[0] == planted()[0].header
    assert len(lines) == 101 * 4 + 1


def by_age(bundle: Made, folder: Path) -> bytes:
    """The frame as the age program gives it."""
    keys, file = folder / "keys.txt", folder / "one.cpb"
    keys.write_text(EXCHANGE.identity + "\n")
    file.write_bytes(bundle.data)
    age = subprocess.run(["age", "--decrypt", "-i", str(keys), str(file)], capture_output=True, check=True)
    return age.stdout


@pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not installed")
def test_what_the_age_program_encrypted_is_read(tmp_path: Path) -> None:
    plain = tmp_path / "frame"
    plain.write_bytes(opened(made(planted()).data).plain())
    file = tmp_path / "two.cpb"
    subprocess.run(["age", "-r", EXCHANGE.recipient, "-o", str(file), str(plain)], check=True)
    assert taken(file.read_bytes())[0].entries == 101


def test_any_of_several_keys_opens_a_bundle_and_no_other() -> None:
    second, stranger = ExchangeKey.make(), ExchangeKey.make()
    data = made(planted(), to=[EXCHANGE.recipient, second.recipient]).data
    assert taken(data, key=second)[0].entries == 101
    assert check_of(data, key=stranger) == "recipient"
    keys = [stranger.identity, second.identity]
    told = read_bundle(io.BytesIO(data), trust=trusting(peer()), identities=keys, sink=lambda _some: None)
    assert told.entries == 101


def test_the_secret_half_of_a_key_is_not_in_what_is_printed_of_it() -> None:
    assert EXCHANGE.identity not in repr(EXCHANGE)
    assert ExchangeKey.load(EXCHANGE.identity) == EXCHANGE
