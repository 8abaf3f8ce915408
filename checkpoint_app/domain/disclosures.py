"""Facts about people's data being looked for, or leaving the file: who, how much of it, why. Never whose.

A `people_looked_up` entry names the kinds a fragment may have been part of (name, document, phone), not the
fragment: it would say who was looked for, for as long as the entry stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By, code_of, own_words

PEOPLE_LOOKED_UP = "people_looked_up"
EXPORTED = "exported"

NAME, DOCUMENT, PHONE = "name", "document", "phone"
KINDS = (NAME, DOCUMENT, PHONE)


def people_looked_up(kinds: Sequence[str], *, by: By, at: int, action: str, why: str = "") -> Fact:
    """Somebody searched for people by these kinds of fragments."""
    named: list[Value] = [kind for kind in KINDS if kind in kinds]
    public: dict[str, Value] = {"kinds": named, **code_of(why)}
    return Fact(PEOPLE_LOOKED_UP, action, at, public, own_words(why) or None, by.shift, by.officer)


def exported(
    count: int,
    *,
    form: str,
    columns: Sequence[str],
    masked: bool,
    by: By,
    at: int,
    action: str,
    why: str = "",
    about: str = "",
) -> Fact:
    """`count` crossings left the ledger as `form` (csv, xlsx, pdf) with these columns (codes, not words).

    `about` is the shift or day (YYYY-MM-DD) whose sheet it is: copies are numbered by it.
    """
    named: list[Value] = [*columns]
    public: dict[str, Value] = {"count": count, "form": form, "columns": named, "masked": masked}
    public |= code_of(why) | ({"about": about} if about else {}) | {"over": True}
    return Fact(EXPORTED, action, at, public, own_words(why) or None, by.shift, by.officer)
