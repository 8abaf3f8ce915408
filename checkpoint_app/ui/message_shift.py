"""Words for a shift: people, PINs, rights, what is written down, handover, sheets and reports."""

from __future__ import annotations

from collections.abc import Mapping

from checkpoint_app.i18n import N_
from checkpoint_app.ui.message_table import Words

NO_ORDERS = Words(
    N_("No order from above is in force"),
    N_("The lead writes one down when it comes"),
    N_("go on with your work"),
)
NO_PINS = Words(
    N_("Nobody has a PIN yet"),
    N_("Until then anybody may do anything here"),
    N_("give the lead one on the People page"),
)
SHIFT: Mapping[str, Words] = {
    "NotAllowed": Words(
        N_("Your role does not include this"),
        N_("It was not done; the attempt is noted"),
        N_("fetch the lead of the shift"),
    ),
    "NobodySignedOn": Words(
        N_("Nobody has signed on here"),
        N_("It was not done; the lane itself goes on"),
        N_("[Ctrl] [J]: number and PIN"),
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
    "RecoveryForLeads": Words(
        N_("The recovery words are for leads"),
        N_("They give a lead or admin a PIN, not {number}"),
        N_("let a lead give this PIN"),
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
    "HandoverUnderWay": Words(
        N_("The shift before is not handed over"),
        N_("Two open shifts are the most there can be"),
        N_("finish the handover first"),
    ),
    "ShiftUnknown": Words(
        N_("There is no such shift"),
        N_("Nothing was changed"),
        N_("choose a shift from the list"),
    ),
    "NoHandover": Words(
        N_("This shift is not being handed over"),
        N_("It goes on, or it is closed already"),
        N_("look at the Shift page"),
    ),
    "LineUnknown": Words(
        N_("The draft has no such line any more"),
        N_("The article or the data set is gone"),
        N_("look at the lines again"),
    ),
    "NoteNeeded": Words(
        N_("A reason in words is missing"),
        N_("Nothing was written down"),
        N_("type what is in doubt, or why"),
    ),
    "LinesUnanswered": Words(
        N_("{count} lines are still to be answered"),
        N_("Both sign what both have seen"),
        N_("accept or query each line"),
    ),
    "NotOnThatSide": Words(
        N_("{officer} does not serve in that shift"),
        N_("Each side signs for its own shift"),
        N_("a lead of that shift signs"),
    ),
    "NotTheNextShift": Words(
        N_("The next shift answers: Ctrl+J signs on"),
        N_("Officer {officer} does not serve in it"),
        N_("its lead signs on: [Ctrl] [J], badge or --as"),
    ),
    "LeadUnfit": Words(
        N_("Officer {officer} is no lead"),
        N_("Nothing was begun; the shift goes on"),
        N_("name somebody with the role lead"),
    ),
    "SignedAlready": Words(
        N_("Signed already"),
        N_("One officer signs one side, and signed is signed"),
        N_("another lead signs, or query the line"),
    ),
    "NotSigned": Words(
        N_("One side has not signed"),
        N_("The shift stays open until both have"),
        N_("sign, or note why that side is away"),
    ),
    "NobodySigned": Words(
        N_("Nobody has signed"),
        N_("Both sides cannot be away"),
        N_("whoever is here signs"),
    ),
    "ProofUnreadable": Words(
        N_("This is no whole seal of a sheet"),
        N_("A part is missing, mistyped, or of another sheet"),
        N_("scan every code of the sheet again"),
    ),
    "WordsNeeded": Words(
        N_("Nothing is written here yet"),
        N_("Nothing was saved"),
        N_("type a few words, then [F1]"),
    ),
    "WordsTooLong": Words(
        N_("Too long: {most} characters at most"),
        N_("Nothing was saved, your text still stands"),
        N_("shorten it, then [F1]"),
    ),
    "DueTooEarly": Words(
        N_("This time is over already"),
        N_("Nothing was saved"),
        N_("type a time that lies ahead"),
    ),
    "CountRefused": Words(
        N_("This number cannot be right"),
        N_("Nothing was saved"),
        N_("count again and type the number"),
    ),
    "NotSoMany": Words(
        N_("Only {balance} are there"),
        N_("{count} cannot go out; nothing was saved"),
        N_("type fewer, or leave with [Esc] and count"),
    ),
    "ArticleKnown": Words(
        N_("{name} is kept here already"),
        N_("It stands as {id}; nothing was saved"),
        N_("change that one, or give another name"),
    ),
    "AffairUnknown": Words(
        N_("This does not stand in the log"),
        N_("Nothing was changed"),
        N_("choose it in the list again"),
    ),
    "AffairOver": Words(
        N_("It is closed already"),
        N_("Somebody was faster; nothing was changed"),
        N_("read how it ended in the list"),
    ),
    "AffairOpen": Words(
        N_("It is open still"),
        N_("Nothing was changed"),
        N_("work on it with [F2]"),
    ),
    "PatternRefused": Words(
        N_("Nobody can serve by this pattern"),
        N_("Letters A, B, C for groups, none left out; as many groups as letters"),
        N_("check pattern and groups; AABBCC or AB CD EF"),
    ),
    "GroupsUnfit": Words(
        N_("The pattern needs {need} groups, not {found}"),
        N_("Chosen: {names}; nothing was changed"),
        N_("choose as many, or another pattern"),
    ),
    "RosterRefused": Words(
        N_("This does not fit the plan"),
        N_("No such turn, or the group is on already; nothing was changed"),
        N_("look at the month and choose again"),
    ),
    "GroupNameNeeded": Words(
        N_("A group needs a name and people"),
        N_("Nothing was changed"),
        N_("type the name and one number at least"),
    ),
    "UnknownGroup": Words(
        N_("There is no group {group}"),
        N_("Nothing was changed"),
        N_("look at the groups on the People page"),
    ),
    "GroupPlanned": Words(
        N_("{group} still has {turns} turns"),
        N_("A group that is planned is not dropped"),
        N_("plan the month without it first"),
    ),
    "NoRoster": Words(
        N_("No plan for {month}"),
        N_("There is nothing to show or to swap"),
        N_("plan the month first"),
    ),
    "NotOnDuty": Words(
        N_("{number} is not on duty"),
        N_("Only who is on duty has a post and can go"),
        N_("note that the officer came first"),
    ),
    "NoShiftToServe": Words(
        N_("No shift is open"),
        N_("Nobody comes on duty without a shift"),
        N_("open the shift by its roll-call"),
    ),
    "ContactNeedsBoth": Words(
        N_("A duty phone needs name and number"),
        N_("Nothing was changed"),
        N_("type both"),
    ),
    "UnknownContact": Words(
        N_("This duty phone is not in the list"),
        N_("Nothing was changed"),
        N_("look at the list again"),
    ),
    "ShiftMissing": Words(
        N_("There is no shift {shift}"),
        N_("Nothing was made"),
        N_("choose one of the list"),
    ),
}
