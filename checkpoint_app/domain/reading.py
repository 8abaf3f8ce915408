"""What one grammar says about a scanned text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checkpoint_app.domain.words import CodeClass


@dataclass(frozen=True, slots=True)
class Reading:
    """A class with its notes (reason codes) and facts; plain text may carry notes about a near miss."""

    kind: CodeClass
    notes: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
