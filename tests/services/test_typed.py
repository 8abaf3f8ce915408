"""What somebody typed, or pasted by accident, is always something the ledger takes."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import canonical
from checkpoint_app.services.typed import LONGEST, as_typed


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_becomes_one_the_ledger_takes_and_stays_itself(text: str) -> None:
    typed = as_typed(text)
    assert canonical.encode({"a": typed})
    assert as_typed(typed) == typed


@given(st.text("张a\u0301\u1100\u1161\u11a8\x00 ", min_size=LONGEST))
def test_a_long_text_is_cut_and_stays_in_normal_form(text: str) -> None:
    typed = as_typed(text * 5)
    assert len(typed) <= LONGEST
    assert unicodedata.is_normalized("NFC", typed)
