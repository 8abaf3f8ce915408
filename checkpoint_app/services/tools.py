"""What a lane works with; built by the desk, so that a lane knows neither folder nor settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checkpoint_app.domain.codes import LinkPatterns
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.known import Known, Presence
from checkpoint_app.domain.roles import Action
from checkpoint_app.domain.rules import RulePack
from checkpoint_app.services.sightings import Sightings
from checkpoint_app.storage.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Tools:
    """What a lane works with; what is callable is asked anew each time, so that a change holds at once."""

    ledger: Ledger
    rules: Callable[[], RulePack]
    patterns: LinkPatterns
    known: Callable[[], Known]
    digest: Callable[[bytes], str]
    by: Callable[[], By]
    new_action: Callable[[], str]
    sightings: Sightings
    province: Callable[[], str]
    tally_allowed: Callable[[], bool]
    presence: Callable[[str], Presence] = lambda _plate: Presence()
    check: Callable[[Action, By], None] = lambda _action, _by: None
    protected: Callable[[], bool] = lambda: False
