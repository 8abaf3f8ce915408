"""Ledgers of tests are opened without the reserve of a real one: writing 64 MiB takes longer than most tests.

Tests about the reserve open theirs with `Terms` of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from checkpoint_app.storage.ledger import Terms


@pytest.fixture(autouse=True, scope="session")
def no_reserve() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("checkpoint_app.storage.ledger.Terms", partial(Terms, ballast=0))
        yield
