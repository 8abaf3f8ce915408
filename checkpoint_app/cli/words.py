"""Words for what only the command line meets; everything else has the window's words.

What happened · what it means · now: what to do. In English here, translated when shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from checkpoint_app.cli.output import Plain
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import N_, _

LONGEST = 200


TABLE: Mapping[str, str] = {
    "AnswerUnreadable": N_(
        "Not understood: {text} · nothing more was written · Now: KEY=NOTE, or KEY=NUMBER for a count"
    ),
    "LedgerInUse": N_(
        "Another program writes this ledger (process {pid}) · nothing was changed"
        " · Now: do it there, or close that program first"
    ),
    "SettingsLost": N_(
        "This desk's settings cannot be read: {folder} · the ledger is there · Now: desk.json from a backup"
    ),
    "NotSetUp": N_("No desk in this folder: {folder} · Now: `setup`, or open the window once"),
    "PassphraseNeeded": N_(
        "The ledger's key is under a passphrase · Now: type it, or put it into CHECKPOINT_PASSPHRASE"
    ),
    "KeyringAbsent": N_(
        "This system keeps no keys ({reason}) · Now: --key-place passphrase, or start its key store"
    ),
    "KeyPresent": N_("This folder has a desk already · nothing was changed · Now: take an empty folder"),
    "SettingsUnanswered": N_(
        "Not said yet: {names} · No desk was made · Now: say it, or a desk's file with --from"
    ),
    "SettingsUnfit": N_("Cannot be set to this: {names} · nothing was changed · Now: see `setup --help`"),
    "SettingUnknown": N_("No such setting: {name} · nothing was changed · Now: see `settings show`"),
    "SettingFixed": N_(
        "{name} belongs to the ledger and its key · nothing was changed · Now: set up another folder"
    ),
    "RecoveryMismatch": N_(
        "These words belong to another or an older recovery key · nothing was changed"
        " · Now: take the last sheet of this desk"
    ),
    "FolderTaken": N_(
        "There is a ledger in this folder: {folder} · it is never overwritten"
        " · Now: give an empty folder with --data-dir"
    ),
    "NoBackup": N_("No backup there: {path} ({why}) · nothing was changed · Now: name a backup's folder"),
    "BackupUnsound": N_(
        "The backup is not what was written: {faults} faults · nothing was restored"
        " · Now: take an older backup; `verify` names the entries"
    ),
    "BackupFailed": N_(
        "No backup: {path} ({why}) · nothing was left behind · Now: another disk, or make room"
    ),
    "RestoreFailed": N_("Not restored: {folder} ({why}) · the backup is untouched · Now: check that folder"),
    "RetentionUnanswered": N_(
        "Nobody said how long personal data is kept · nothing was forgotten"
        " · Now: `settings set retention_days N`, or the settings page"
    ),
    "NothingWritten": N_("The ledger is empty · there is nothing to copy · Now: work first"),
    "NothingToJudge": N_("No text to judge · Now: give one, or one a line on standard input"),
    "NameUnreadable": N_("Not a name with its number: {text} · Now: like --name 1=NAME"),
    "SheetElsewhere": N_(
        "This sheet is made at its own desk, {desk} · nothing was made · Now: there, or `report daily` here"
    ),
    "NoFileNamed": N_("This report is a file · nothing was made · Now: name it with --pdf, --xlsx or --csv"),
    "TimeUnreadable": N_("Not a time: {text} · Now: like 2026-11-21, 08:00, 90min, 8h or 3d"),
    "DueUnreadable": N_("Not a time ahead: {text} · Now: like 16:30, +90 (minutes) or 11-25 16:30"),
    "AffairUnknown": N_("Nothing here is called {id}, or several are · Now: more of the id, from `list`"),
    "ArticleKnown": N_(
        "{name} is kept here as {id} · nothing was saved · Now: `stores change {id}`, or another name"
    ),
    "ArticleUnclear": N_("Several are called {name} · nothing was saved · Now: name it by its id: {ids}"),
    "NotSoMany": N_(
        "Only {balance} are there, not {count} · nothing was saved · Now: fewer, or `stores count`"
    ),
    "FileNotWritten": N_("The file could not be written: {path} ({why}) · Now: choose another place"),
    "RulesUnread": N_("The rules could not be read: {name} · Now: check the file's name"),
    "ViewReasonNeeded": N_("Looking up a person needs a reason · Now: --why with a few words"),
    "HeadUnreadable": N_("Not a head: {text} · Now: copy the whole line that begins with CPS1 or CPH1"),
    "ListUnread": N_("The list could not be read: {path} ({why}) · nothing was changed · Now: see its name"),
    "NotAllowed": N_(
        "The role {role} does not include this ({action}) · it was not done, the attempt is noted"
        " · Now: --as NUMBER of somebody who may, and the PIN"
    ),
    "NotTheNextShift": N_(
        "The next shift answers the lines, {officer} does not serve in it · nothing was answered"
        " · Now: --as NUMBER of its lead"
    ),
    "NoShift": N_("No shift is open · nothing was done · Now: `shift open`"),
    "UnknownOfficer": N_("Nobody has the number {number} · nothing was changed · Now: see `officers list`"),
    "GroupsUnfit": N_(
        "The pattern needs {need} groups, there are {found}: {names} · nothing was changed"
        " · Now: --group NAME as often, or another pattern (`roster generate --help`)"
    ),
    "NobodySignedOn": N_("This desk has PINs · nothing was done · Now: say who acts with --as NUMBER"),
    "OfficerNeeded": N_("This desk has PINs · nothing was done · Now: say who acts with --as NUMBER"),
    "PinNeeded": N_("No PIN was given · nothing was done · Now: type it, or put it into {variable}"),
    "AnswerNeeded": N_("Nobody can be asked here · nothing was changed · Now: say it with {option}"),
    "CardNotWritten": N_("The card could not be written: {path} ({why}) · Now: choose another place"),
    "CardUnread": N_(
        "No card can be read there: {path} ({why}) · nobody was enrolled"
        " · Now: check the file's name, or give the text that begins with CPD1:"
    ),
    "CardUnreadable": N_(
        "There is no card of a desk in it · nobody was enrolled"
        " · Now: the whole text that begins with CPD1:, or the file of `exchange card --file` over there"
    ),
    "FingerprintWrong": N_(
        "These are not the digits of {desk} · nobody was enrolled"
        " · Now: have the other desk read its fingerprint aloud again"
    ),
    "PeerKeyed": N_(
        "{desk} is enrolled with another key · nothing was changed"
        " · Now: `exchange revoke {desk}` if it was stolen, --instead if its computer was replaced"
    ),
    "UnknownPeer": N_("No desk {desk} is enrolled here · nothing was changed · Now: see `exchange peers`"),
    "RevokeReasonNeeded": N_(
        "A desk is revoked for a reason · nothing was changed · Now: --why with a few words"
    ),
    "UnknownFork": N_("{desk} has no fork at entry {seq} · nothing was changed · Now: see `collate forks`"),
    "UnknownSide": N_(
        "No side of the fork, or both, begin with {trusted} · nothing was changed"
        " · Now: eight or more digits, as `collate forks` tells them"
    ),
    "SettleReasonNeeded": N_(
        "A fork is settled for a reason · nothing was changed · Now: --why with a few words"
    ),
    "ForgettingHindered": N_("Somebody reads the ledger · nothing was changed · Now: close other programs"),
}


class _Facts(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "?"


def words_for(error: CheckpointError, explain: Callable[[CheckpointError], str]) -> str:
    """One sentence for an error in the language in use."""
    known = TABLE.get(type(error).__name__)
    return _(known).format_map(_Facts(plain_facts(error))) if known else explain(error)


def bug_words(error: Exception) -> str:
    """One sentence for what nobody foresaw; the log has the place."""
    return _("A fault in the program ({kind}), noted in the log · what was saved is saved").format(
        kind=type(error).__name__
    )


def plain_facts(error: CheckpointError) -> dict[str, Plain]:
    """The facts as JSON takes them."""
    return {name: _plain(value) for name, value in error.facts.items()}


def _plain(value: object) -> Plain:
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value.name if isinstance(value, Path) else value)[:LONGEST]
