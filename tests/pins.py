"""PINs that cost nothing: `from tests.pins import cheap_pins` in a conftest or test does it."""

from __future__ import annotations

import pytest

from checkpoint_app.crypto import pins
from checkpoint_app.crypto.pins import Cost, OfficerKey

CHEAP = Cost(memory=8, passes=1)


@pytest.fixture(autouse=True)
def cheap_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pins.lock

    def lock(key: OfficerKey, pin: str, *, officer: str, cost: Cost) -> bytes:
        assert cost == Cost() or cost == CHEAP
        return real(key, pin, officer=officer, cost=CHEAP)

    monkeypatch.setattr(pins, "lock", lock)
