"""Where the rules in use come from: a file somebody named, else the pack that ships with the program."""

from __future__ import annotations

from pathlib import Path

from checkpoint_app.config import resource
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.rules import MOST_BYTES, RulePack, load_rules

SHIPPED = "rules/default.json"


class RulesUnread(Trouble):
    """A rule file that cannot be read; facts: name."""


def rules_in(path: Path | None = None) -> RulePack:
    """The pack in `path`, or the shipped one. Raises RulesUnread, or RuleRefused for what it says."""
    chosen = path or resource(SHIPPED)
    try:
        with chosen.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise RulesUnread(name=chosen.name) from error
    return load_rules(data)
