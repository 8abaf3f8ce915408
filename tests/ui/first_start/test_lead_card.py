"""The last step: the first lead and a PIN, both or neither."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.ui.setup_lead import LeadCard


@pytest.fixture
def card(qtbot: QtBot) -> LeadCard:
    made = LeadCard()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("name", "pin", "answer"),
    [
        ("", "", None),
        (" 王示范 ", "2580", ("王示范", "2580")),
        ("王示范", "", None),
        ("", "2580", None),
        ("王示范", "1234", None),
    ],
)
def test_a_lead_is_named_with_a_fit_pin_or_not_at_all(
    card: LeadCard, name: str, pin: str, answer: tuple[str, str] | None
) -> None:
    card.name.set_value(name)
    card.pin.set_value(pin)
    assert card.answer == answer
    assert (card.obstacle() is None) == (answer is not None or not (name or pin))
    card.forget()
    assert card.answer is None
    assert (card.name.value, card.pin.value) == ("", "")
