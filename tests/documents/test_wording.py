"""Every stored code has a word for lists and papers."""

from __future__ import annotations

import pytest

from checkpoint_app.bootstrap import default_rules
from checkpoint_app.documents import wording
from checkpoint_app.domain.identity import DocumentKind
from checkpoint_app.domain.words import OWN_WORDS, REASONS, Direction, Evidence, Outcome, VehicleClass
from checkpoint_app.services import retelling


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (wording.OUTCOMES, set(map(str, Outcome))),
        (wording.VEHICLES, set(map(str, VehicleClass))),
        (wording.DIRECTIONS, set(map(str, Direction))),
        (wording.EVIDENCE, set(map(str, Evidence))),
        (wording.REASONS, {*REASONS, OWN_WORDS}),
        (wording.DOCUMENTS, set(map(str, DocumentKind))),
    ],
)
def test_each_code_has_its_word(table: dict[str, str], codes: set[str]) -> None:
    assert codes <= set(table)


def test_each_rule_of_the_pack_has_a_short_word() -> None:
    assert {rule.identifier for rule in default_rules(None).rules} <= set(retelling.RULES)


def test_a_code_nobody_knows_is_shown_as_it_is() -> None:
    assert wording.word(wording.OUTCOMES, "flown") == "flown"
