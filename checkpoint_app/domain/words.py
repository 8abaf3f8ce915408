"""The closed vocabularies of a checkpoint; values are what entries store, so they never change."""

from __future__ import annotations

from enum import StrEnum


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class VehicleClass(StrEnum):
    CAR = "car"
    BUS = "bus"
    TRUCK = "truck"
    MOTORCYCLE = "motorcycle"
    SPECIAL = "special"  # ambulance, fire, police, rescue
    FOOT = "foot"


class Outcome(StrEnum):
    RELEASED = "released"
    REGISTERED = "registered"
    TURNED_BACK = "turned_back"
    HELD = "held"
    TRANSFERRED = "transferred"
    ABANDONED = "abandoned"


class VerdictState(StrEnum):
    PASS = "pass"  # noqa: S105
    NOT_YET = "not_yet"
    REFER = "refer"
    STOP = "stop"


GRAVE = (VerdictState.STOP, VerdictState.REFER)
"""States that nobody leaves without an answer."""


class Evidence(StrEnum):
    """How a fact is known, weakest first; `rank` orders them."""

    DECLARED = "declared"
    SEEN = "seen"
    MEASURED = "measured"
    SCANNED = "scanned"
    REGISTERED = "registered"
    VERIFIED = "verified"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {evidence: place for place, evidence in enumerate(Evidence)}


class CheckKind(StrEnum):
    HEALTH_CODE = "health_code"
    TRAVEL_CODE = "travel_code"
    VENUE_CODE = "venue_code"
    TEST_REPORT = "test_report"
    TEMPERATURE = "temperature"
    PASS = "pass"  # noqa: S105 - own pass or truck pass
    CREDENTIAL = "credential"  # HCERT, SMART Health Card: recognised, not yet verified
    IDENTITY = "identity"
    DECLARATION = "declaration"
    OTHER_CODE = "other_code"  # something was scanned that is none of these


class ClockState(StrEnum):
    SURE = "sure"
    UNSURE = "unsure"


class CodeClass(StrEnum):
    """What a scanned text is, decided by full match only."""

    OWN_PASS = "own_pass"  # noqa: S105
    HCERT = "hcert"
    SMART_HEALTH_CARD = "smart_health_card"
    HEALTH_LINK = "health_link"
    TRAVEL_LINK = "travel_link"
    VENUE_LINK = "venue_link"
    CITIZEN_ID = "citizen_id"
    PLATE = "plate"
    TRUCK_PASS = "truck_pass"  # noqa: S105
    DECLARATION = "declaration"
    SEAL = "seal"
    BADGE = "badge"
    PLAIN_TEXT = "plain_text"
    UNKNOWN = "unknown"


REASONS = frozenset(
    {
        "no_phone",
        "checked_by_hand",
        "supplies",
        "emergency",
        "device_fault",
        "lead_agreed",
        "compare_id",
        "lead_asked",
        "public_security",
        "follow_up",
        "slip",
        "misread",
        "after_restart",
        "by_command",
    }
)
"""Reasons that are chosen, not written. What is not among them are somebody's own words, and personal."""

OWN_WORDS = "own_words"
"""Stands in the public part where the reason is in somebody's own words."""
