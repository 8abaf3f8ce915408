"""Released bundles: every version takes them, or refuses them by the same check; two readers agree."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.config import resources_root
from checkpoint_app.domain.bundles import BundleRefused
from tests import bundle_reader
from tests.storage import bundle_vectors
from tests.storage.bundle_vectors import FOLDER, outcome
from tests.storage.frames import check_of

EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
FILES: dict[str, dict[str, Any]] = EXPECTED["files"]


def app_reads(file: Path) -> dict[str, Any]:
    data = file.read_bytes()
    return outcome(data, check_of(data, trust=bundle_vectors.trust()))


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_released_bundle_is_read_as_it_always_was(name: str) -> None:
    assert app_reads(FOLDER / name) == FILES[name]


@pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not installed")
@pytest.mark.parametrize("name", sorted(FILES))
def test_a_reader_made_from_the_description_alone_says_the_same(name: str) -> None:
    assert bundle_reader.read(FOLDER / name, EXPECTED) == FILES[name]


def test_every_file_has_an_expectation_and_every_check_a_file() -> None:
    assert {file.name for file in FOLDER.glob("*.cpb")} == set(FILES)
    described = (BundleRefused.__doc__ or "").split("order: ")[1].split(". ")[0]
    checks = {check.strip() for check in described.replace("\n", " ").split(",")}
    assert {str(told.get("check")) for told in FILES.values()} == (checks - {"size"}) | {"None"}


def test_what_is_made_now_is_read_as_what_was_made_then(tmp_path: Path) -> None:
    bundle_vectors.write(tmp_path)
    assert json.loads((tmp_path / "expected.json").read_text(encoding="utf-8")) == EXPECTED


def test_the_description_names_every_check_and_every_field() -> None:
    text = (resources_root() / "formats" / "bundle-1.md").read_text(encoding="utf-8")
    told = {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")}
    checks = {str(told["check"]) for told in FILES.values() if "check" in told}
    fields = {"v", "bundle", "station", "made", "app", "to", "ranges", "announced", "crit"}
    assert checks | {"size"} | fields <= told | {"key", "inflated"}
