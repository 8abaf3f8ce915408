"""The rules in use: shipped, or from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.domain.rules import MOST_BYTES, RuleRefused
from checkpoint_app.services.rulebook import RulesUnread, rules_in


def test_without_a_file_the_shipped_pack_is_used() -> None:
    assert rules_in().name == "default"


def test_a_file_that_is_not_there_is_trouble_and_names_it(tmp_path: Path) -> None:
    with pytest.raises(RulesUnread) as raised:
        rules_in(tmp_path / "night.json")

    assert raised.value.facts == {"name": "night.json"}


def test_a_file_without_an_end_is_read_only_as_far_as_a_pack_may_be_long(tmp_path: Path) -> None:
    (tmp_path / "long.json").write_bytes(b" " * (MOST_BYTES + 10))

    with pytest.raises(RuleRefused) as raised:
        rules_in(tmp_path / "long.json")

    assert raised.value.facts["fault"] == "too large"
