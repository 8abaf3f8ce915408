"""Where the rules in use come from: a file somebody named, headquarters, else the pack that ships with the
program; and what the station decides of them.
"""

from __future__ import annotations

from pathlib import Path

from checkpoint_app.config import Settings, resource
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.rules import MOST_BYTES, RulePack, load_rules, requiring, with_parameters
from checkpoint_app.services.directive_reading import rules_of
from checkpoint_app.storage.engine import Connection

SHIPPED = "rules/default.json"
_TIMES = ("test_window_hours", "remeasure_minutes")


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


def rules_for(reader: Connection, settings: Settings, *, now: int) -> RulePack:
    """The rules that headquarters sent and the desk adopted, else those that ship; with what the station
    decides of them. `now` ms UTC. Raises RuleRefused for checks that are none.
    """
    return as_decided(rules_of(reader, settings.desk, now=now) or rules_in(), settings)


def as_decided(pack: RulePack, settings: Settings) -> RulePack:
    """The pack with the station's lists of checks and its times; raises RuleRefused."""
    own = requiring(pack, settings.required_checks, dict(settings.class_checks))
    return with_parameters(own, {name: getattr(settings, name) for name in _TIMES if name in own.parameters})
