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
    "UnknownOfficer": Words(
        N_("Nobody has the number {number}"),
        N_("Nobody with it serves here; nothing was changed"),
        N_("look the number up on the People page"),
    ),
    "OfficerKnown": Words(
        N_("This name serves already: {number}"),
        N_("Two with one name cannot be told apart"),
        N_("add something to the name"),
    ),
    "OfficerNameNeeded": Words(
        N_("An officer needs a name"),
        N_("Nobody was enrolled"),
        N_("type the name"),
    ),
    "RoleTooHigh": Words(
        N_("This role is above your own"),
        N_("Nothing was changed"),
        N_("fetch a lead"),
    ),
    "LastLead": Words(
        N_("The last one who can give PINs"),
        N_("Without {number} nobody could enrol anybody"),
        N_("give another lead a PIN first"),
    ),
    "LeadFirst": Words(
        N_("The first PIN is a lead's"),
        N_("Only a lead or admin gives PINs to others"),
        N_("set the PIN of a lead first"),
    ),
    "PinUnfit": Words(
        N_("This PIN is too easy"),
        N_("{least} to {most} digits, not 0000, not 1234"),
        N_("type another PIN"),
    ),
    "NoPin": Words(
        N_("Officer {number} has no PIN yet"),
        N_("A lead gives it on the People page"),
        N_("another officer signs on"),
    ),
    "WrongPin": Words(
        N_("Wrong PIN"),
        N_("{left} more tries before a wait"),
        N_("type the PIN of {number} again"),
    ),
    "PinLocked": Words(
        N_("Too many wrong PINs"),
        N_("Wait {minutes} min; the clock shortens nothing"),
        N_("another lead can do it meanwhile"),
    ),
    "BadgeRefused": Words(
        N_("Not a badge of this desk"),
        N_("It is another desk's, or its officer left"),
        N_("type the number instead, with Ctrl+J"),
    ),
}
