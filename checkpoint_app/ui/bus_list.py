"""The words for a passenger list that is not taken. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from checkpoint_app.domain.passengers import PassengerListRefused
from checkpoint_app.i18n import N_, _
from checkpoint_app.ui import messages
from checkpoint_app.ui.messages import Words

FAULTS: Mapping[str, str] = {
    "too_large": N_("too large"),
    "not_text": N_("no text file"),
    "quotes": N_("a quotation mark stays open"),
    "empty": N_("nobody in it"),
    "too_many": N_("more than 300 people"),
    "columns": N_("too many columns"),
    "heading": N_("heading not understood"),
    "seat": N_("no seat"),
    "seat_twice": N_("seat twice"),
    "name": N_("no name"),
    "document": N_("ID number wrong"),
    "document_twice": N_("ID number twice"),
    "phone": N_("phone number wrong"),
}


def refused_words(error: PassengerListRefused) -> Words:
    """Which line, and what is wrong there."""
    fault = FAULTS.get(str(error.facts.get("fault", "")), "")
    where = error.facts.get("line") or 1
    return messages.filled(messages.TABLE["PassengerListRefused"], {"line": where, "fault": _(fault) or "?"})
