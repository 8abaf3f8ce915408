"""A printed sheet comes back: its codes are scanned on a page of the shift."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain import paper_proof
from checkpoint_app.domain.paper_proof import PaperProof
from checkpoint_app.services import paper
from checkpoint_app.services.paper import PaperResult
from checkpoint_app.ui import app as application
from checkpoint_app.ui import paper_text
from checkpoint_app.ui.duty_pages import PAPER, SHIFT
from checkpoint_app.ui.pages.paper import PaperPage
from checkpoint_app.ui.told import Tone
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words
from tests.ui.window.stage import SETTINGS, Stage, english, make_desk, raise_curtain

SIZES = [(1290, 720), (1204, 642), (1844, 1032)]


@pytest.fixture
def sealed(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Stage, PaperProof]]:
    """A closed shift's proof, the next one open."""
    desk = make_desk(tmp_path, english())
    shift = desk.by.shift
    desk.handovers.close_alone(why="end", by=desk.by).result()
    with desk.ledger.reader() as reader:
        proof = paper.proof_of(reader, shift)
    assert proof is not None
    desk.duty.open(group="B", lead="Zhao", officers=["Li"], zone=480).result()
    desk.resume_shift()
    stage = raise_curtain(qtbot, desk)
    stage.duty.show_page(SHIFT)
    yield stage, proof
    stage.close()


def page_of(stage: Stage) -> PaperPage:
    return cast(PaperPage, stage.duty.pages.page(PAPER))


def test_a_code_scanned_on_the_board_is_compared_at_once(sealed: tuple[Stage, PaperProof]) -> None:
    stage, proof = sealed
    (text,) = paper_proof.texts(proof)
    stage.burst(text)
    stage.until(lambda: stage.window.current == PAPER and not page_of(stage).running)
    page = page_of(stage)
    assert page.words == "Unchanged since it was printed"
    assert page.title.tone is Tone.GOOD
    stage.key("Esc")
    assert stage.window.current == SHIFT


def test_a_sheet_that_does_not_fit_says_so(sealed: tuple[Stage, PaperProof]) -> None:
    stage, proof = sealed
    other = replace(proof, hash="0" * 64)
    for text in paper_proof.texts(other):
        stage.duty.lanes.scanned_here(text)
    stage.until(lambda: not page_of(stage).running)
    assert page_of(stage).title.tone is Tone.BAD


def test_several_codes_are_collected_in_any_order(sealed: tuple[Stage, PaperProof]) -> None:
    stage, proof = sealed
    many = tuple((proof.seq + place, bytes(8)) for place in range(1, 200))
    first, second, *rest = reversed(paper_proof.texts(replace(proof, seals=many), most=20))
    stage.duty.lanes.scanned_here(first)
    page = page_of(stage)
    whole = 2 + len(rest)
    assert page.words == f"1 of {whole} codes read"
    stage.duty.lanes.scanned_here(first)
    assert page.words == f"1 of {whole} codes read"
    for text in (second, *rest):
        stage.duty.lanes.scanned_here(text)
    stage.until(lambda: not page.running)
    assert page.title.tone is Tone.BAD
    stage.key("F1")
    assert page.words.startswith("Scan the code")


def test_the_selected_lanes_camera_reads_a_sheet_while_a_page_of_the_shift_is_in_front(
    sealed: tuple[Stage, PaperProof],
) -> None:
    stage, proof = sealed
    payload = paper_proof.texts(proof)[0].encode()
    assert stage.duty.lane.sheet_read(payload)
    assert stage.window.current == PAPER
    stage.until(lambda: not page_of(stage).running)
    stage.key("Ctrl+1")
    assert not stage.duty.lane.sheet_read(payload)
    assert not stage.duty.lane.sheet_read("豫A12345".encode())


def test_anything_else_still_goes_to_the_lane(sealed: tuple[Stage, PaperProof]) -> None:
    stage, _proof = sealed
    stage.duty.lanes.scanned_here("豫A12345")
    assert stage.window.current == SHIFT
    assert stage.plate == "豫A12345"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"entry": 12_345}, "Entry 12,345 was changed"),
        ({"interval": (500, 998)}, "Changed between entries 500 and 998"),
        ({"known": False}, "A sheet of another desk or chain"),
    ],
)
def test_what_differs_is_named(facts: dict[str, object], said: str) -> None:
    proof = PaperProof("G107-1", "00" * 8, 1, 9, "0" * 64, (), "G107-1.20261122.1")
    result = replace(PaperResult(False, proof), **facts)  # type: ignore[arg-type]
    assert paper_text.found(result).title == said


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scale", [100, 130])
def test_nothing_is_cut(
    sealed: tuple[Stage, PaperProof], qapp: QApplication, recorder: Recorder, language: str, scale: int
) -> None:
    stage, proof = sealed
    application.dress(qapp, replace(SETTINGS, language=language, scale=scale))
    application.speak(qapp, language)
    page = PaperPage(stage.desk, tasks=stage.tasks)
    stage.bot.addWidget(page)
    page.show()
    for words in (
        paper_text.waiting(()),
        paper_text.comparing(13_000),
        paper_text.found(PaperResult(True, proof, checked=13_000)),
        paper_text.found(PaperResult(False, proof, interval=(12_500, 12_999))),
        paper_text.unreadable(),
    ):
        page._show(words)
        for width, height in SIZES:
            assert cut_words(page, recorder, width=width, height=height) == []
            assert recorder.smallest >= 14
    application.dress(qapp, SETTINGS)
