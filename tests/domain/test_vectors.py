from __future__ import annotations

import importlib
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.crypto.desk import signature_fits
from checkpoint_app.domain import facts
from checkpoint_app.domain.chain import (
    verify,
)
from checkpoint_app.domain.entry import (
    Entry,
    entry_hash,
    read_header,
)
from checkpoint_app.domain.words import OWN_WORDS
from tests import verifier
from tests.domain.chains import ROOT, as_tuples, coarse
from tests.domain.vectors import BROKEN, FOLDER, VALID, load


def test_there_are_two_hundred_vectors_in_several_chains_and_every_kind_has_one() -> None:
    headers = {entry.header for path in VALID for entry in load(path).entries}
    read = [read_header(header) for header in headers]
    constants = {value for name, value in vars(facts).items() if name.isupper() and isinstance(value, str)}
    kinds = constants - {OWN_WORDS}
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
