"""Hostile payloads: the program against a second grammar, its output against a table and a log."""

from __future__ import annotations

import csv
import io
import json
import timeit
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from checkpoint_app.config import resource
from checkpoint_app.domain import cells, codes, declarations, identity, links, plates, signed_texts
from checkpoint_app.domain import text as texts
from checkpoint_app.domain.words import CodeClass
from tests.domain.hostile.encodings import flaw
from tests.domain.hostile.grammar import Expected, expect
from tests.domain.hostile.honest import HONEST
from tests.domain.hostile.payloads import payloads

DATA = json.loads(resource("codes/patterns.json").read_text("utf-8"))
PATTERNS = codes.load_patterns(DATA)
CONTROL_COUNT = 6_000
FORMULA = "=+-@＝＋－＠﹦﹢﹣﹫−\t\r\n"


def faults_of(family: str, payload: bytes) -> list[str]:
    """What is wrong with the program's answer to one payload; empty when nothing is."""
    try:
        code = codes.classify(payload, PATTERNS)
        logged = texts.for_log(payload)
    except Exception as crash:
        return [f"crash {type(crash).__name__}"]
    return faults_in(code, logged, expect(payload, DATA), family)


def faults_in(code: codes.Code, logged: str, wanted: Expected, family: str) -> list[str]:
    """What differs between the program's answer and the second grammar's, or would harm where it goes."""
    faults = []
    if family in HONEST and wanted.kind != family:
        faults.append("second grammar")
    if code.kind.value != wanted.kind:
        faults.append("kind")
    if frozenset(code.notes) != wanted.notes or len(set(code.notes)) < len(code.notes):
        faults.append("notes")
    if code.text != wanted.text:
        faults.append("text")
    if any(code.facts.get(name) != value for name, value in wanted.facts.items()):
        faults.append("facts")
    if len(code.shown) > 80 or any(flaw(character) for character in code.shown):
        faults.append("shown")
    if not logged.isascii() or not logged.isprintable() or len(logged) > 40:
        faults.append("log")
    if not all(is_safe_cell(cell) for cell in (code.shown, code.text or "", *code.facts.values())):
        faults.append("csv")
    return faults


def is_safe_cell(text: str) -> bool:
    """Written and read back as a table, the cell neither starts a formula nor loses or gains a character."""
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerow([cells.guard_cell(text), "x"])
    rows = list(csv.reader(io.StringIO(sheet.getvalue(), newline="")))
    if len(rows) != 1 or len(rows[0]) != 2 or rows[0][0].removeprefix("'") != text.removeprefix("'"):
        return False
    cell = rows[0][0]
    return cell[:1] not in FORMULA and cell.strip()[:1] not in FORMULA if cell.strip() else True


def tally_of(count: int, *, seed: int) -> tuple[Counter[str], list[str]]:
    """How many payloads of each class, and a line for each fault."""
    kinds: Counter[str] = Counter()
    faults = []
    for family, payload in payloads(count, seed=seed):
        kinds[codes.classify(payload, PATTERNS).kind.value] += 1
        found = faults_of(family, payload)
        if found:
            faults.append(f"{family}: {', '.join(found)}: {payload[:120]!r}")
    return kinds, faults


@pytest.mark.parametrize("seed", range(5))
def test_no_hostile_payload_crashes_is_misread_or_reaches_a_table_or_log_unescaped(seed: int) -> None:
    kinds, faults = tally_of(20_000, seed=seed)
    assert not faults, "\n".join(faults[:20])
    assert set(kinds) == {kind.value for kind in CodeClass}


def test_the_worst_payloads_are_judged_within_fifty_milliseconds() -> None:
    units = (
        b"A",
        b"HC1:",
        b"CPP1:",
        b"shc:/",
        b"00",
        b"{",
        b"[",
        b'{"a":',
        b"https://a.",
        b"/",
        b"&a=",
        b"0",
        "豫".encode(),
        "А".encode(),
        "①".encode(),
        "ﷺ".encode(),
        b"\xb0\xa1",
        b"\xff",
        b"\x00",
        b" ",
        b'\\"',
    )
    heads = (b"", b"HC1:", b"CPP1:", b"shc:/", b"{", b'{"cp":"', b"https://jkm.henan.example/show?")
    slowest = max(
        _seconds((head + unit * texts.BYTES_MAX)[: texts.BYTES_MAX]) for head in heads for unit in units
    )
    assert slowest < 0.05


def _seconds(payload: bytes) -> float:
    """The best of three, so that another program's turn does not count."""
    return min(timeit.repeat(lambda: codes.classify(payload, PATTERNS), number=1, repeat=3))


def _shown_raw(text: str) -> str:
    return text[:80]


def _last_wins(query: str | None) -> dict[str, str]:
    return {part.partition("=")[0]: part.partition("=")[2] for part in (query or "").split("&")}


class _Anything(str):
    """A check character that equals every other."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __ne__(self, other: object) -> bool:
        return False


CONTROLS: dict[str, tuple[object, str, Callable[..., object]]] = {
    "no length cap": (texts, "BYTES_MAX", lambda: 10**9),
    "characters not looked at": (texts, "flaw_of", lambda character: None),
    "normal form not looked at": (texts, "is_normal", lambda text: True),
    "shown as it came": (texts, "shown_text", _shown_raw),
    "encoding guessed": (texts, "_has_chinese_shape", lambda payload: True),
    "kana not looked for": (texts, "_is_kana", lambda payload: False),
    "cut text guessed": (texts, "_is_cut_utf8", lambda payload, failure: False),
    "check digit not looked at": (identity, "check_character", lambda first17: _Anything()),
    "birth date not looked at": (identity, "_birth_of", lambda digits: "1990-01-01"),
    "base45 not looked at": (signed_texts, "is_base45", lambda text: True),
    "look-alikes not looked for": (codes, "_resembled", lambda text, patterns: None),
    "look-alikes believed": (codes, "scanned_plate", plates.parse_plate),
    "depth not looked at": (declarations, "DEPTH_MAX", lambda: 10**6),
    "doubled keys believed": (declarations, "_noting_duplicates", lambda found: dict),
    "infinite numbers believed": (declarations, "_noting_infinite", lambda found: float),
    "declared texts not looked at": (declarations, "flaws_of", lambda text: ()),
    "path by beginning": (links, "_follows", lambda path, expected: path.startswith("/" + expected[0])),
    "doubled parameters believed": (links, "_parameters", _last_wins),
    "cells not guarded": (cells, "guard_cell", lambda text: text),
    "log in clear": (texts, "for_log", lambda payload: payload.decode("utf-8", "replace")),
}


@pytest.mark.parametrize("protection", CONTROLS)
def test_without_this_protection_faults_are_found(protection: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, weaker = CONTROLS[protection]
    assert _count_of_faults() == 0
    monkeypatch.setattr(module, name, weaker() if name.isupper() else weaker)
    assert any(faults_of(family, payload) for family, payload in payloads(CONTROL_COUNT, seed=3))


@cache
def _count_of_faults() -> int:
    return len(tally_of(CONTROL_COUNT, seed=3)[1])


def test_a_grammar_that_matches_only_the_beginning_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def beginning(text: str) -> plates.Plate | None:
        return next((plate for size in (7, 8) if (plate := plates.scanned_plate(text[:size]))), None)

    monkeypatch.setattr(codes, "scanned_plate", beginning)
    assert any(faults_of(family, payload) for family, payload in payloads(2_000, seed=4))


def test_the_second_grammar_shares_no_code_with_the_program() -> None:
    for module in ("grammar", "numbers", "encodings", "json_reader"):
        source = (resource("codes").parent.parent / f"tests/domain/hostile/{module}.py").read_text("utf-8")
        assert "checkpoint_app" not in source
        assert "import re" not in source


def test_shown_texts_have_no_character_that_draws_nothing() -> None:
    code = codes.classify("张\u202e三\u200b\x00".encode(), PATTERNS)
    assert code.shown == "张<U+202E>三<U+200B><U+0000>"
    assert not [c for c in code.shown if unicodedata.category(c)[0] == "C"]
