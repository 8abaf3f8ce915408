"""The words themselves, by the name of the class they are for. Plain data; `messages` fills them in.

Titles stay within 20 Chinese characters, the other lines within 24; the code is for the telephone. The parts
in brackets are caps of keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checkpoint_app.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Words:
    """`code` is small and last; `now` names keys by their cap in brackets."""

    title: str
    meaning: str = ""
    now: str = ""
    code: str = ""

    @property
    def now_line(self) -> str:
        return _("Now: {what}").format(what=self.now) if self.now else ""

    @property
    def now_plain(self) -> str:
        """What to do, without the word before it and without the brackets of keys."""
        return self.now.replace("[", "").replace("]", "")

    @property
    def plain(self) -> str:
        """Everything in one line, for a log of the screen or a screen reader."""
        tail = f" ({self.code})" if self.code else ""
        line = " · ".join(part for part in (self.title, self.meaning, self.now_line) if part) + tail
        return line.replace("[", "").replace("]", "")


TABLE: Mapping[str, Words] = {
    # the lane
    "NothingOpen": Words(
        N_("No vehicle stands here"), N_("Nothing was written"), N_("scan a code, or [/] and the plate")
    ),
    "ReasonNeeded": Words(
        N_("A reason is needed"), N_("Not everything is checked"), N_("press a number for the reason")
    ),
    "FragmentTooShort": Words(
        N_("Too little to look for"),
        N_("Nobody was looked up"),
        N_("two letters, one character or four digits"),
    ),
    "NotRegistered": Words(
        N_("Nobody like that in the register"), N_("Nothing was written"), N_("look them up again")
    ),
    "StrikeReasonNeeded": Words(
        N_("A reason is needed"), N_("Nobody was struck"), N_("say in a few words why")
    ),
    "SheetRefused": Words(
        N_("The list cannot be read: line {line}"),
        N_("Nothing was taken from it"),
        N_("save it as CSV (UTF-8) and load it again"),
    ),
    "RegisterRefused": Words(
        N_("{count} lines cannot be taken, first {line}"),
        N_("Nothing was taken; the register is as it was"),
        N_("mend these lines and load it again"),
    ),
    "LeadNeeded": Words(
        N_("Only the lead lets a stop go"),
        N_("Nothing was written; the stop stands"),
        N_("[F3] turn back, [F4] hand over, [F8] call the lead"),
    ),
    "DocumentRefused": Words(
        N_("The number cannot be right"),
        N_("Its check digit or birth date does not fit"),
        N_("compare with the card, type it again"),
    ),
    "ViewReasonNeeded": Words(
        N_("A reason is needed"),
        N_("Full names are shown for a reason only"),
        N_("press a number for the reason"),
    ),
    "StillSaving": Words(N_("Not saved yet"), N_("The last one is being written"), N_("hold [Esc] again")),
    "TallyForbidden": Words(
        N_("This station does not count by eye"), N_("Nothing was counted"), N_("scan, or [/] and the plate")
    ),
    "VehicleWaiting": Words(
        N_("A vehicle stands here"), N_("Counting is for an empty lane"), N_("end this one first, [F1]–[F4]")
    ),
    "NothingToUndo": Words(
        N_("Nothing to undo"), N_("Only the last 10 s can be undone"), N_("later: amend it under Records")
    ),
    "LaneBusy": Words(
        N_("Lane {lane} is not empty"),
        N_("It stays as it was; nothing was changed"),
        N_("end its vehicles first, parked ones too"),
    ),
    "ScannedTextRefused": Words(
        N_("The code is too long"), N_("No QR code holds so much; not taken"), N_("scan the page again")
    ),
    "DigitsMissing": Words(
        N_("{digits} digits: some are missing or too many"),
        N_("A phone has 11, an ID number 18"),
        N_("read it again and type it whole"),
    ),
    "PlateTooShort": Words(
        N_("{plate} is too short for a plate"), N_("Nothing was taken"), N_("[/] and type it whole")
    ),
    "RowFull": Words(
        N_("{most} vehicles wait already"), N_("No code may add another one"), N_("[Ctrl+P], end one of them")
    ),
    "BusStands": Words(
        N_("{plate} is not this bus"),
        N_("The code was not taken; the bus stands here"),
        N_("finish the bus, or [Ctrl+P] to park it"),
    ),
    "ModeInUse": Words(
        N_("This cannot be switched any more"),
        N_("Something was entered that only it has"),
        N_("end it, or [Ctrl+P] to park it"),
    ),
    "ConvoyFull": Words(
        N_("A convoy has {most} vehicles at most"), N_("No other was added"), N_("release it, begin the next")
    ),
    "NobodyLeft": Words(
        N_("Nobody else would go on"), N_("Then it is the whole vehicle's outcome"), N_("[F4] and [1]")
    ),
    "AlreadyChecked": Words(
        N_("This person was checked already"), N_("So this person is aboard"), N_("[F4] when staying behind")
    ),
    "PassengerListRefused": Words(
        N_("Line {line} of the list: {fault}"),
        N_("Nothing of the list was taken"),
        N_("mend the file, or type the number of people"),
    ),
    # shifts
    "ShiftOpen": Words(
        N_("A shift is open already"), N_("Two cannot run at once"), N_("close it first, then open the next")
    ),
    "NoShift": Words(
        N_("No shift is open"), N_("Vehicles would belong to no shift"), N_("[Ctrl+2] and open a shift")
    ),
    "CrossingsWaiting": Words(
        N_("{count} vehicles have no outcome"),
        N_("The shift cannot close like this"),
        N_("[Ctrl+1], [Ctrl+P], end each one"),
    ),
    "NamesNeeded": Words(
        N_("Names are missing"), N_("A shift needs group, lead and officers"), N_("fill the empty fields")
    ),
    # the ledger
    "DiskFull": Words(
        N_("Not saved: the disk is full"),
        N_("This one is not in the ledger; all before are"),
        N_("write it on paper, [F8] call the lead"),
        "S-01",
    ),
    "DiskFailed": Words(
        N_("Not saved: the disk does not write"),
        N_("This one is not in the ledger; all before are"),
        N_("write it on paper, [F8] call the lead"),
        "S-02",
    ),
    "LedgerReadOnly": Words(
        N_("The ledger can only be read"),
        N_("All that was saved is there; nothing new"),
        N_("write on paper, call the IT officer"),
        "S-03",
    ),
    "LedgerLocked": Words(
        N_("Another program holds the ledger"),
        N_("Nothing is lost; writes wait in line"),
        N_("close backup or virus scanner"),
        "S-04",
    ),
    "LedgerDamaged": Words(
        N_("The ledger is damaged in one place"),
        N_("Noticed, not used; backups are untouched"),
        N_("call the IT officer: restore the last backup"),
        "S-05",
    ),
    "WrongKey": Words(
        N_("This key does not open the ledger"),
        N_("What was saved is there, locked"),
        N_("call the IT officer: recovery key"),
        "S-06",
    ),
    "ReadTooLong": Words(
        N_("Looking it up took too long"), N_("Nothing was changed"), N_("ask for fewer days at once"), "S-07"
    ),
    "EngineUnfit": Words(
        N_("The database cannot promise to save"),
        N_("So nothing is written at all"),
        N_("install the program again"),
        "S-08",
    ),
    "LedgerNewer": Words(
        N_("The ledger is from a newer version"),
        N_("This version must not write in it"),
        N_("install the newer version"),
        "S-09",
    ),
    "LedgerInUse": Words(
        N_("The program is already open"),
        N_("One window writes, so nothing is mixed"),
        N_("go to that window; then [F1] to try again"),
        "S-10",
    ),
    "LedgerMissing": Words(
        N_("The ledger file is gone"),
        N_("It was here; nothing new was begun"),
        N_("call the IT officer: restore the backup"),
        "K-05",
    ),
    "SettingsLost": Words(
        N_("The settings of this desk cannot be read"),
        N_("The ledger is there, nothing is lost"),
        N_("call the IT officer: desk.json from a backup"),
        "K-06",
    ),
    "NotSetUp": Words(
        N_("This computer is not set up"), N_("There is no ledger here yet"), N_("answer the first start")
    ),
    # keys
    "KeyLost": Words(
        N_("The key of the ledger is gone"),
        N_("What was saved is there, locked"),
        N_("call the IT officer: recovery key"),
        "K-01",
    ),
    "KeyringAbsent": Words(
        N_("The system keeps no keys"), N_("A passphrase can take its place"), N_("set a passphrase"), "K-02"
    ),
    "WrongPassphrase": Words(
        N_("The passphrase does not fit"), N_("Nothing was opened"), N_("type it again; mind capitals")
    ),
    "PassphraseNeeded": Words(
        N_("The ledger asks for its passphrase"), N_("Nothing is opened yet"), N_("type it, then [F1]")
    ),
    "PassphraseShort": Words(
        N_("The passphrase is too short"),
        N_("It would protect nothing"),
        N_("take {least} characters or more"),
    ),
    "KeyFileUnusable": Words(
        N_("The key file cannot be used"),
        N_("What was saved is there, locked"),
        N_("call the IT officer: recovery key"),
        "K-03",
    ),
    "KeyPresent": Words(
        N_("This folder has a ledger already"),
        N_("A second key would lock it out"),
        N_("open it, or take another"),
    ),
    "RecoveryWordsWrong": Words(
        N_("Word {place} is not right: {word}"), N_("The others are kept"), N_("compare it with the sheet")
    ),
    "RecoveryWordsMissing": Words(
        N_("{found} words, {expected} are needed"), N_("Spaces between words"), N_("type the missing ones")
    ),
    "RecoveryRefused": Words(
        N_("This recovery key is another one"),
        N_("It does not open this ledger"),
        N_("take this desk's own sheet"),
    ),
    "RecoveryMismatch": Words(
        N_("This recovery key is another one"),
        N_("It does not open this ledger"),
        N_("take this desk's own sheet"),
    ),
    "SheetNotSaved": Words(
        N_("The sheet was not saved"),
        N_("Nothing of it was left behind"),
        N_("choose another place, or print it"),
    ),
    "SheetNotPrinted": Words(
        N_("The printer did not take the sheet"),
        N_("The words are still here"),
        N_("check paper, or save it"),
    ),
    "PrinterAbsent": Words(
        N_("No printer on this computer"), N_("The words are still here"), N_("save it, or write it by hand")
    ),
    "SettingsFileUnread": Words(
        N_("Not a settings file: {path}"), N_("Nothing was changed"), N_("choose another file")
    ),
    "NothingWritten": Words(N_("The ledger is empty"), N_("There is nothing to copy"), N_("work first")),
    "BackupFailed": Words(
        N_("No backup was made"),
        N_("Nothing of it was left behind"),
        N_("another disk, or make room"),
        "S-11",
    ),
    "ForgettingHindered": Words(
        N_("The ledger is being read"), N_("Nothing was changed"), N_("close other programs, try again")
    ),
    "RetentionUnanswered": Words(
        N_("Retention not answered"),
        N_("Nothing is ever forgotten"),
        N_("settings, [Ctrl] [6]: how many days"),
    ),
    # camera, files
    "CameraGone": Words(
        N_("Camera gone"),
        N_("scanner and typing work, all is saved"),
        N_("check the USB plug; it recovers alone"),
    ),
    "SourceUnknown": Words(
        N_("No such camera: {source}"), N_("scanner and typing work"), N_("choose another in Settings")
    ),
    "PictureUnreadable": Words(
        N_("Not a picture: {path}"), N_("Nothing was read"), N_("choose another file")
    ),
    "ResourceMissing": Words(
        N_("A file of the program is missing"), N_("{name}"), N_("install the program again"), "P-01"
    ),
    "FontUnreadable": Words(
        N_("A font of the program is damaged"), N_("{name}"), N_("install the program again"), "P-02"
    ),
    # data from outside
    "RuleRefused": Words(
        N_("The rules cannot be used"),
        N_("The rules before stay in force"),
        N_("ask for the rules again"),
        "R-01",
    ),
    "RulesUnread": Words(
        N_("The rules cannot be used"),
        N_("The rules before stay in force"),
        N_("ask for the rules again"),
        "R-01",
    ),
    "LogicRefused": Words(
        N_("A rule is not understood"),
        N_("The rules before stay in force"),
        N_("ask for the rules again"),
        "R-02",
    ),
    "Undecided": Words(
        N_("A rule could not decide"),
        N_("It counts as a reason to look closer"),
        N_("[F8] call the lead"),
        "R-03",
    ),
    "PatternsRefused": Words(
        N_("The list of codes cannot be used"),
        N_("The list before stays in force"),
        N_("ask for the list again"),
        "R-04",
    ),
    "HeadUnreadable": Words(
        N_("The seal number is not readable"), N_("Nothing was compared"), N_("type the 8 groups of 4 again")
    ),
}

UNKNOWN = Words(
    N_("Something is in the way"), N_("What was saved is there"), N_("call the IT officer"), "X-00"
)
BUG = Words(
    N_("A fault in the program, noted in the log"),
    N_("Saved entries are there; the lane works on"),
    N_("go on; if it comes again, call the IT officer"),
    "B-01",
)
SIGHTS: Mapping[str, Words] = {
    "gone": TABLE["CameraGone"],
    "frozen": Words(
        N_("Picture stands still"),
        N_("scanner and typing work, all is saved"),
        N_("check the USB plug; it recovers alone"),
    ),
    "black": Words(
        N_("Picture is black"),
        N_("scanner and typing work, all is saved"),
        N_("take the cover off, make light"),
    ),
}
CLOCK = Words(
    N_("Clock unsure, off by {off}"),
    N_("Nothing is called expired meanwhile"),
    N_("the lead compares the time, then [F1]"),
)
QUEUED = Words(
    N_("{count} writes wait: the ledger is held"),
    N_("Nothing is lost; they are kept in order"),
    N_("close backup or virus scanner"),
    "S-04",
)
SEAL = Words(
    N_("This is the number of a seal"), N_("It belongs to no vehicle"), N_("compare it under Exchange")
)
UNDONE = Words(N_("Undone; it stands here again"), N_("The correction is in the ledger"))
NO_SHIFT = Words(
    N_("No shift is open"), N_("Vehicles would belong to no shift"), N_("[Ctrl+2] and open a shift")
)
TEMPERATURE = Words(N_("{value} is no temperature"), N_("Three digits: 365 is 36.5 ℃"), N_("type it again"))
