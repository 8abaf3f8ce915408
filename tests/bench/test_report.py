"""The bench of printing: its floor has the form's own cells, and it goes on from a kept ledger."""

from __future__ import annotations

import io
from contextlib import nullcontext
from pathlib import Path

import pypdf
import pytest

from checkpoint_app.bench import report, seed
from checkpoint_app.storage import database
from checkpoint_app.storage.engine import Connection
from tests.documents.reading import pages

COUNT = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench") / f"shift-{COUNT}"


def texts_of(path: Path) -> str:
    return "".join("".join(pages(path.read_bytes())).split())


def test_the_floor_draws_every_cell_of_the_form(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "_folder", lambda _count: folder)
    report._seed(COUNT)
    report._seed(COUNT)
    with database.open_reader(folder, seed.key_of(folder)) as connection:

        def read() -> nullcontext[Connection]:
            return nullcontext(connection)

        assert report._write_floor(read, tmp_path / "floor.pdf") == len(
            pypdf.PdfReader(io.BytesIO((tmp_path / "floor.pdf").read_bytes())).pages
        )
        assert report._write_register(COUNT, read, tmp_path / "form.pdf")
        rows = list(report._rows(read))
    floor, form = texts_of(tmp_path / "floor.pdf"), texts_of(tmp_path / "form.pdf")
    assert len({row.number for row in rows}) == COUNT
    for row in rows:
        assert "".join(row.plate.split()) in floor
        assert "".join(row.plate.split()) in form
