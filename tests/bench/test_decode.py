"""Real pictures: how many are read right, that nothing is misread, and what a frame costs."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from checkpoint_app.bench.decode import (
    CLEAN_CODE_RATIO,
    NO_CODE_RATIO,
    Case,
    Outcome,
    cases,
    costs,
    frames_with_code,
    judged,
    picture_of,
    run,
)
from checkpoint_app.bench.presentations import empty_frame
from checkpoint_app.scanning import zbar
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.readings import Reading
from tests.scanning import drawn

PLACE = ((0, 0), (9, 0), (9, 9), (0, 9))


def outcomes(sets: dict[str, tuple[Case, ...]], *, every: int = 1) -> list[tuple[Case, Outcome]]:
    pictures = [case for name in sorted(sets) for case in sets[name]]
    return [(case, judged(case, Decoder().read_thoroughly(picture_of(case)))) for case in pictures[::every]]


def chosen(shared: Path, *beginnings: str) -> dict[str, tuple[Case, ...]]:
    found = {name: some for name, some in cases(shared / "data/qr").items() if name.startswith(beginnings)}
    assert found
    return found


@pytest.mark.shared
@pytest.mark.long
@pytest.mark.parametrize(("beginnings", "least"), [(("zx-", "zxcpp-extra"), 192), (("boof-",), 222)])
def test_all_real_pictures(shared: Path, beginnings: tuple[str, ...], least: int) -> None:
    found = outcomes(chosen(shared, *beginnings))
    assert [text for _, outcome in found for text in outcome.wrong] == []
    assert sum(outcome.right for _, outcome in found) >= least


@pytest.mark.shared
def test_wrinkled_and_folded_codes_are_all_right(shared: Path) -> None:
    found = outcomes(chosen(shared, "zx-4"), every=2)
    assert all(outcome.right and not outcome.wrong for _, outcome in found)


@pytest.mark.shared
def test_a_sample_of_all_sets_has_no_wrong_text(shared: Path) -> None:
    found = outcomes(chosen(shared, "zx", "boof"), every=9)
    assert [text for _, outcome in found for text in outcome.wrong] == []
    assert sum(outcome.right for _, outcome in found) >= 0.88 * len(found)


@pytest.mark.shared
def test_nothing_is_read_where_no_code_is(shared: Path, full_counts: bool) -> None:
    found = outcomes(chosen(shared, "neg"), every=1 if full_counts else 6)
    assert len(found) >= 10
    assert [case.picture.name for case, outcome in found if outcome.decoders] == []


@pytest.mark.skipif(zbar.library() is None, reason="libzbar is not installed: nothing to compare with")
def test_a_frame_costs_a_fraction_of_plain_pyzbar() -> None:
    """Within three runs: other programs on the machine only ever add."""
    empty, easy = [empty_frame(seed) for seed in range(4)], frames_with_code()[:4]
    assert any(
        spent["read, no code"] <= NO_CODE_RATIO * spent["pyzbar, no code"]
        and spent["read, clean code"] <= CLEAN_CODE_RATIO * spent["pyzbar, clean code"]
        for spent in (costs(empty, easy, rounds=6) for _ in range(3))
    )


def verdict(payload: bytes, *texts: str, codes: int = 1) -> Outcome:
    return judged(Case(Path("x.png"), codes, frozenset(texts)), [Reading(payload, PLACE, "zxing")])


def test_right_is_exact_after_trimming_and_composing() -> None:
    assert verdict(" Cafe\u0301\r\n".encode(), "Café").right
    assert not verdict(b"Cafe", "Café").right


def test_a_text_that_is_not_known_is_wrong_only_where_all_are_known() -> None:
    assert verdict(b"other", "known").wrong == ("other",)
    assert verdict(b"other", "known", codes=2).wrong == ()
    assert verdict(b"other").wrong == ()


def test_bytes_that_are_no_text_are_right_as_bytes_and_never_wrong() -> None:
    kana = verdict("今度のバージョン".encode("shift_jis"), "今度のバージョン")
    assert kana.right
    assert not kana.wrong
    assert not verdict(b"\xff\xfe\xfd", "known").wrong


def test_a_folder_is_counted_and_a_wrong_text_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zbar, "library", lambda: None)
    folder = tmp_path / "set"
    folder.mkdir()
    cv2.imwrite(str(folder / "a.png"), drawn.frame((drawn.code(b"known"), (100, 100))))
    (folder / "cases.json").write_text(json.dumps([{"image": "a.png", "codes": 1, "texts": ["expected"]}]))
    assert run([str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "0 right of    1" in printed
    assert "not a known text: a.png: 'known'" in printed


def test_without_a_folder_the_usage_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "usage" in capsys.readouterr().out
