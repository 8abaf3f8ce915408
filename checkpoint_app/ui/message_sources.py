"""Words for scanners, files and the clipboard: what stands between a code and its lane."""

from __future__ import annotations

from collections.abc import Mapping

from checkpoint_app.i18n import N_
from checkpoint_app.ui.message_table import Words

SOURCES: Mapping[str, Words] = {
    "PictureAbsent": Words(N_("No such file: {path}"), N_("Nothing was read"), N_("choose another file")),
    "PicturesAbsent": Words(
        N_("No picture in the folder: {path}"), N_("Nothing was read"), N_("choose another folder")
    ),
    "TargetAbsent": Words(
        N_("No such folder: {path}"),
        N_("No copy was made, the ledger is whole"),
        N_("plug the stick in, or make the folder"),
    ),
    "FileUnknown": Words(
        N_("Neither picture nor list: {path}"), N_("Nothing was read"), N_("choose another file")
    ),
    "CodeAbsent": Words(
        N_("No code in the picture: {path}"), N_("Nothing was read"), N_("scan it, or type it")
    ),
    "TooManyFiles": Words(
        N_("{count} files at once, {most} are the most"), N_("Nothing was read"), N_("take fewer")
    ),
    "ClipboardEmpty": Words(
        N_("Nothing to paste"),
        N_("Neither text nor a picture was copied"),
        N_("copy it first, then [Ctrl+V]"),
    ),
    "ScannerGone": Words(
        N_("The lane's scanner is gone"),
        N_("camera and typing work, all is saved"),
        N_("check its plug; it recovers alone"),
    ),
    "ScannerForbidden": Words(
        N_("The lane's scanner may not be read"),
        N_("Its scans go to the selected lane"),
        N_("IT: add this user to the group input"),
        "C-01",
    ),
    "ScannerIsKeyboard": Words(
        N_("This is a keyboard, not a scanner"),
        N_("It was given back; typing works"),
        N_("choose the scanner in Settings"),
    ),
}

SCAN_SPOILT = Words(
    N_("The input method took the scan apart"),
    N_("Nothing of this scan was kept"),
    N_("[Shift] for English, then scan again"),
)
VEHICLE_CHANGED = Words(
    N_("Another vehicle stands here"),
    N_("What was begun belongs to the one before"),
    N_("look first, then begin again"),
)
NOT_SCANNED_HERE = Words(
    N_("This code is not read here"),
    N_("Here are no lanes; nothing was kept"),
    N_("scan a desk's card or a badge"),
)
SCAN_NOWHERE = Words(
    N_("The scanner works"), N_("There is no lane yet; nothing was kept"), N_("go on with the setup")
)
