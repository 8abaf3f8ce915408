"""Words for the exchange: bundles out and in, desks and their cards, data sets, forks, sticks and folders.

A refused bundle has the words of the check that refused it; see `domain/bundles`.
"""

from __future__ import annotations

from collections.abc import Mapping

from checkpoint_app.i18n import N_
from checkpoint_app.ui.message_table import Words

_NOTHING = N_("Nothing was taken from it; no record was changed")
_DAMAGED = Words(N_("The bundle is cut off or damaged"), _NOTHING, N_("copy it again, from another stick"))

CARD_ELSEWHERE = Words(
    N_("The card of another desk was scanned"),
    N_("It is no vehicle's; nothing was written"),
    N_("open the Exchange page, [Ctrl] [5], and scan again"),
)

CHECKS: Mapping[str, Words] = {
    "size": Words(N_("The file is larger than a bundle may be"), _NOTHING, N_("ask for it in smaller parts")),
    "envelope": Words(
        N_("The bundle cannot be opened here"),
        N_("Not made for this desk, or cut off or spoilt"),
        N_("ask its sender for a bundle for this desk"),
    ),
    "envelope: not age": Words(
        N_("This file is no bundle"),
        N_("Empty, or something else; nothing was taken"),
        N_("choose another file ending in .cpb"),
    ),
    "envelope: damaged": _DAMAGED,
    "magic": Words(N_("This file is no bundle"), _NOTHING, N_("choose the file ending in .cpb")),
    "manifest": Words(N_("The bundle's contents cannot be read"), _NOTHING, N_("have it exported again")),
    "format": Words(
        N_("The bundle is of a newer program"), _NOTHING, N_("update this program, then take it in")
    ),
    "musts": Words(
        N_("The bundle needs a newer program"), _NOTHING, N_("update this program, then take it in")
    ),
    "sender": Words(
        N_("The sender's key is not enrolled"), _NOTHING, N_("enrol the desk by its card, then again")
    ),
    "revoked": Words(
        N_("The sender's key is revoked"), _NOTHING, N_("ask headquarters what became of the desk")
    ),
    "signature": Words(
        N_("The signature is wrong"),
        N_("Not from the desk it names, or altered"),
        N_("have it exported again"),
    ),
    "recipient": Words(
        N_("This bundle is not for this desk"), _NOTHING, N_("ask its sender for a bundle for this desk")
    ),
    "inflated": Words(
        N_("The bundle is larger than it says"), _NOTHING, N_("have it exported again; keep the file")
    ),
    "digest": _DAMAGED,
    "entry": Words(
        N_("A record in it cannot be right"), _NOTHING, N_("have it exported again; keep the file")
    ),
    "chain": Words(
        N_("Records in it do not follow each other"), _NOTHING, N_("have it exported again; keep the file")
    ),
    "seal": Words(
        N_("A seal in it is wrong"),
        N_("Records may have been altered on the way"),
        N_("tell headquarters; keep the file"),
    ),
    "desk": Words(
        N_("It brings records of an unknown desk"), _NOTHING, N_("enrol that desk by its card, then again")
    ),
}


def check_words(check: str, reason: str = "") -> Words | None:
    """The words of the check that refused a file, by what it found where that makes a difference; None for a
    check of a newer program.
    """
    return CHECKS.get(f"{check}: {reason}") or CHECKS.get(check)


EXCHANGE: Mapping[str, Words] = {
    "BundleRefused": Words(
        N_("The bundle was refused: {check}"), _NOTHING, N_("have it exported again; keep the file")
    ),
    "EnvelopeRefused": Words(
        N_("The desk's key for bundles cannot be used"),
        N_("Nothing was written"),
        N_("enrol that desk by its card again"),
    ),
    "CardUnreadable": Words(
        N_("This is no card of a desk"),
        N_("Nobody was enrolled"),
        N_("scan the code on the other desk's screen"),
    ),
    "CardUnread": Words(
        N_("The card's file cannot be read ({why})"),
        N_("Nobody was enrolled"),
        N_("plug the stick in again, or copy the file"),
    ),
    "OwnCard": Words(
        N_("This is the card of this very desk"),
        N_("Nobody was enrolled"),
        N_("scan the code on the other desk's screen"),
    ),
    "FingerprintWrong": Words(
        N_("These are not the digits of {desk}"),
        N_("Nobody was enrolled; the card may be swapped"),
        N_("have them read aloud again"),
    ),
    "PeerKeyed": Words(
        N_("{desk} is enrolled with another key"),
        N_("Nothing was changed; the known key still holds"),
        N_("revoke it, or say its computer was replaced"),
    ),
    "UnknownPeer": Words(
        N_("No desk {desk} is enrolled here"), N_("Nothing was changed"), N_("look at the list of desks")
    ),
    "RevokeReasonNeeded": Words(
        N_("A desk is revoked for a reason only"),
        N_("Nothing was changed"),
        N_("choose a reason or write a few words"),
    ),
    "BundleUnread": Words(
        N_("The file cannot be read ({why})"), _NOTHING, N_("plug the stick in again, or copy the file")
    ),
    "UnknownFork": Words(
        N_("{desk} has no fork at entry {seq}"), N_("Nothing was changed"), N_("look at the list of forks")
    ),
    "UnknownSide": Words(
        N_("No side of the fork is called {trusted}"),
        N_("Nothing was changed"),
        N_("eight or more digits of one side's hash"),
    ),
    "ForkGone": Words(
        N_("Entry {seq} of {desk} is not in dispute"),
        N_("It was settled, or other entries came"),
        N_("look at the list of forks again"),
    ),
    "OwnHistory": Words(
        N_("Our own entries always count here"),
        N_("What this desk wrote is not set aside"),
        N_("tell headquarters: a copy of this desk runs"),
    ),
    "LandingStopped": Words(
        N_("The bundle was not taken in"),
        N_("Somebody stopped it; nothing of it is here"),
        N_("open it again"),
    ),
    "SettleReasonNeeded": Words(
        N_("A fork is settled for a reason only"), N_("Nothing was changed"), N_("write a few words")
    ),
    "SetOlder": Words(
        N_("{name} v{version} is older than v{adopted}"),
        N_("The newer version stays in use"),
        N_("nothing; ask headquarters if unsure"),
    ),
    "SetDamaged": Words(
        N_("{name} v{version} did not arrive whole"),
        N_("The version in use stays in use"),
        N_("ask headquarters to send it again"),
    ),
    "SetOver": Words(
        N_("The time of {name} v{version} is past"),
        N_("The version in use stays in use"),
        N_("ask headquarters for the new version"),
    ),
    "SetEarly": Words(
        N_("The time of {name} has not come"),
        N_("It would take effect at once; nothing was changed"),
        N_("adopt it when its time has come"),
    ),
    "SetUntrusted": Words(
        N_("{name} is of no headquarters known here"),
        N_("{publisher} is not enrolled, or revoked; nothing was changed"),
        N_("ask your headquarters by telephone"),
    ),
    "SetUnfit": Words(
        N_("{name} is not what its kind needs"),
        N_("Wrong: {fault}; nothing was changed"),
        N_("correct the content, then again"),
    ),
    "SetUnknown": Words(
        N_("No set has this id"), N_("Nothing was changed"), N_("look it up with `directive list`")
    ),
    "NotHeadquarters": Words(
        N_("This desk is no headquarters"),
        N_("Only headquarters publishes; nothing was written"),
        N_("publish it at headquarters"),
    ),
    "ContentUnread": Words(
        N_("The file cannot be read: {path}"), N_("Nothing was published"), N_("choose a UTF-8 text file")
    ),
    "ContentUnreadable": Words(
        N_("The file cannot be read as text"),
        N_("Only texts up to 1 MB in UTF-8; nothing was published"),
        N_("save it as plain text, or type it"),
    ),
    "NoFolder": Words(
        N_("No folder is set for the desks of this station"),
        N_("Nothing was sent to them"),
        N_("name the shared folder in the settings"),
    ),
    "NoNeighbours": Words(
        N_("No other desk of {station} is enrolled here"),
        N_("Nothing was sent"),
        N_("enrol it by its card; its station must have the same name"),
    ),
    "NobodyToSendTo": Words(
        N_("No desk is enrolled to send to"),
        N_("Nothing was written"),
        N_("enrol headquarters by its card"),
    ),
    "ShiftNotSealed": Words(
        N_("This shift is not closed and sealed"),
        N_("Nothing was written"),
        N_("close it first, or send everything new"),
    ),
    "TargetUnknown": Words(
        N_("Nothing here can write to {target}"),
        N_("Nothing was written"),
        N_("choose a folder or a stick"),
    ),
    "TargetGone": Words(
        N_("The stick or folder is not there"),
        N_("Nothing is lost, all records are kept here"),
        N_("plug it in and export again"),
    ),
    "TargetFull": Words(
        N_("Too little room there"),
        N_("No half file is left there"),
        N_("make room, or take another stick"),
    ),
    "TargetFailed": Words(
        N_("Writing the bundle failed ({why})"),
        N_("Nothing is lost, all records are kept here"),
        N_("try again, or take another stick"),
    ),
    "NotAsWritten": Words(
        N_("What was read back is not what was written"),
        N_("The stick is worn or counterfeit; no file left"),
        N_("take another stick"),
    ),
}
