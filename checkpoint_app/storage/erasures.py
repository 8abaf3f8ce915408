"""What desks ordered to be erased, as far as it is here; see `erasing_merged`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checkpoint_app.domain import facts
from checkpoint_app.storage import blocks, lasting
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.schema import Derived

EVERY = ""
NEVER = -(2**52)
"""ms UTC before every entry's."""

ERASURES = Derived(
    "erasures",
    drops=("DROP INDEX IF EXISTS entry_erases",),
    creates=(f"CREATE INDEX entry_erases ON entry(desk, id) WHERE kind = '{facts.ERASED}'",),
)
"""Orders to erase, found without reading what lies between them."""

Rule = tuple[str, str, bool]
"""Desk and kind, EVERY for all of them, and whether also what lasts."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What is to be erased: what happened before a time (ms UTC), by rule."""

    before: Mapping[Rule, int]

    def covers(self, desk: str, kind: str, happened: int) -> bool:
        """Whether an entry's personal part must not be here."""
        lasts = kind in lasting.KINDS
        return any(
            happened < before
            for (whose, what, also_lasting), before in self.before.items()
            if whose in (desk, EVERY) and what in (kind, EVERY) and (also_lasting or not lasts)
        )

    def without(self, done: Orders) -> dict[Rule, tuple[int, int]]:
        """Rules that go further than they did, from when and until when."""
        return {
            rule: (done.before.get(rule, NEVER), before)
            for rule, before in self.before.items()
            if before > done.before.get(rule, NEVER)
        }


def orders(reader: Connection, desks: Sequence[str] | None = None) -> Orders:
    """Those of these desks or of all, and of the own one. Also what stands in a fork counts: what was erased
    once cannot come back when one is found, so the order in which things came must not decide.
    """
    before: dict[Rule, int] = {}
    for ident, desk, public in reader.execute(_ORDERS):
        own = ident < blocks.BLOCK
        if own or desks is None or desk in desks:
            for rule, until in _rules(EVERY if own else desk, json.loads(public)):
                before[rule] = max(until, before.get(rule, NEVER))
    return Orders(before)


_ORDERED = f"kind = '{facts.ERASED}' AND public ->> '$.stage' = 'ordered'"
_ORDERS = f"""
SELECT id, desk, public FROM main.entry AS entry WHERE {_ORDERED} AND NOT EXISTS (
  SELECT 1 FROM main.withheld WHERE why = 'arriving' AND entry.id BETWEEN low AND high)
UNION ALL
SELECT {blocks.BLOCK}, desk, public
  FROM (SELECT desk, public, bundle, header ->> '$.kind' AS kind FROM fork)
 WHERE {_ORDERED} AND bundle NOT IN (SELECT bundle FROM arrival WHERE ended IS NULL)"""  # noqa: S608


def _rules(desk: str, said: Any) -> Iterator[tuple[Rule, int]]:
    """None of what no program of ours wrote."""
    before, kinds = said.get("before"), said.get("kinds")
    if isinstance(before, int) and isinstance(kinds, list):
        for kind in kinds or (EVERY,):
            if isinstance(kind, str):
                yield (desk, kind, said.get("lasting") is True), before
