"""The field's words for stored codes, as lists and sheets of paper have them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from checkpoint_app.domain.words import OWN_WORDS
from checkpoint_app.i18n import N_, _, language

OUTCOMES = {
    "released": N_("Released"),
    "registered": N_("Registered"),
    "turned_back": N_("Turned back"),
    "held": N_("Held"),
    "transferred": N_("Handed over"),
    "abandoned": N_("Left unfinished"),
}
VEHICLES = {
    "car": N_("Car"),
    "bus": N_("Bus"),
    "truck": N_("Truck"),
    "motorcycle": N_("Motorcycle"),
    "special": N_("Special"),
    "foot": N_("On foot"),
}
SEXES = {"male": N_("Male"), "female": N_("Female")}
DIRECTIONS = {"in": N_("In"), "out": N_("Out")}
EVIDENCE = {
    "declared": N_("Declared"),
    "seen": N_("Seen"),
    "measured": N_("Measured"),
    "scanned": N_("Scanned"),
    "registered": N_("On register"),
    "verified": N_("Verified"),
}
RESULTS = {
    "green": N_("Green"),
    "yellow": N_("Yellow"),
    "red": N_("Red"),
    "grey": N_("Grey"),
    "negative": N_("Negative"),
    "positive": N_("Positive"),
    "presented": N_("Presented"),
    "unread": N_("Not read"),
}
REASONS = {
    "no_phone": N_("Elderly, no phone"),
    "checked_by_hand": N_("Checked by hand"),
    "supplies": N_("Urgent supplies"),
    "emergency": N_("Rescue or medical"),
    "device_fault": N_("Device fault"),
    "lead_agreed": N_("The lead agreed"),
    "compare_id": N_("Compare with the card"),
    "lead_asked": N_("The lead asked"),
    "public_security": N_("Police inquiry"),
    "follow_up": N_("Health follow-up"),
    "slip": N_("Wrong key"),
    "misread": N_("Misread"),
    "after_restart": N_("Asked after the restart"),
    "by_command": N_("By command"),
    OWN_WORDS: N_("In own words"),
}
VERDICTS = {"pass": N_("Pass"), "not_yet": N_("Not yet"), "refer": N_("Refer"), "stop": N_("Stop")}
RULES = {
    "code_red": N_("red code"),
    "code_yellow": N_("yellow code"),
    "code_unread": N_("code not read"),
    "test_positive": N_("test positive"),
    "test_future": N_("test dated in the future"),
    "test_old": N_("test too old"),
    "test_unread": N_("test not read"),
    "test_undated": N_("test without a date"),
    "temperature_high": N_("temperature high"),
    "temperature_low": N_("temperature too low to be right"),
    "clock_unsure": N_("clock unsure"),
    "scan_unread": N_("scan not read"),
    "checks_missing": N_("checks missing"),
    "plate_missing": N_("plate missing"),
    "exit_unpaired": N_("out without having come in"),
    "overstay": N_("stayed too long"),
}
DOCUMENTS = {
    "citizen_id": N_("Identity card"),
    "citizen_id_15": N_("Identity card, 15 digits"),
    "hong_kong_permit": N_("Hong Kong residence permit"),
    "macau_permit": N_("Macau residence permit"),
    "taiwan_permit": N_("Taiwan residence permit"),
    "foreigner_card": N_("Foreigner's card"),
    "home_return_permit": N_("Home return permit"),
    "taiwan_travel_permit": N_("Taiwan travel permit"),
    "passport": N_("Passport"),
    "other": N_("Other paper"),
}


def word(table: dict[str, str], code: str) -> str:
    """The word for a code in the language in use; a code nobody knows as it is."""
    return _(table[code]) if code in table else code


def reason(why: str, *, masked: bool) -> str:
    """A reason's word, blank without one; own words may name somebody and are told only in full."""
    if not why or why in REASONS:
        return word(REASONS, why)
    return word(REASONS, OWN_WORDS) if masked else why


def moment(at: int, *, zone: int) -> str:
    """ms UTC as date and time of a zone (minutes east); the year is kept within what a calendar has."""
    seconds = min(max(at / 1000, 0), 4_102_444_800)
    local = datetime.fromtimestamp(seconds, UTC).astimezone(timezone(timedelta(minutes=zone)))
    return local.strftime("%Y-%m-%d %H:%M:%S")


def joined(*parts: str) -> str:
    """Parts with a dot between them, in English with spaces around it; blank ones are left out."""
    dot = "·" if language() == "zh_CN" else " · "
    return dot.join(part for part in parts if part)


def degrees(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"
