"""Words for a shift: people, PINs, rights, what is written down, handover, sheets and reports."""

from __future__ import annotations

from collections.abc import Mapping

from checkpoint_app.i18n import N_
from checkpoint_app.ui.message_table import Words

SHIFT: Mapping[str, Words] = {
    "NotAllowed": Words(
        N_("Your role does not include this"),
        N_("It was not done; the attempt is noted"),
        N_("fetch the lead of the shift"),
    ),
}
