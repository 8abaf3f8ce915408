"""The mutable table that survives a crash."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint_app.domain.canonical import Value
from tests.storage.desks import crossed, opened

NAMES = st.sampled_from(["lane-1", "lane-2", "tally-1"])
BODIES = st.none() | st.dictionaries(st.sampled_from("abc"), st.integers(0, 9) | st.just("豫A00001"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.dictionaries(NAMES, BODIES, max_size=3), max_size=6))
def test_drafts_are_what_was_put_last_also_after_a_restart(
    tmp_path_factory: object, changes: list[dict[str, Value]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("desk")  # type: ignore[attr-defined]
    expected: dict[str, Value] = {}
    with opened(folder) as ledger:
        for change in changes:
            ledger.keep(change).result()
            expected = {name: body for name, body in (expected | change).items() if body is not None}
            assert ledger.drafts() == expected
    with opened(folder) as ledger:
        assert ledger.drafts() == expected


def test_what_was_painted_is_no_draft(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(1)], painted=1).result()
        assert ledger.drafts() == {}


def test_a_draft_commit_writes_no_entry(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        before = ledger.head()
        ledger.keep({"tally-1": {"n": 3}}).result()
        assert ledger.head() == before
