"""`restore BACKUP --recovery`: a lost computer's ledger into an empty folder, as a new epoch."""

from __future__ import annotations

import argparse
from pathlib import Path

from checkpoint_app.cli import passphrase
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Progress, emit, note, say
from checkpoint_app.cli.recover import read_words
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.domain.chain import head_text
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.restoring import refuse_taken, restore


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Asks for the words, restores, and prints the heads to compare with paper."""
    place = KeyPlace(arguments.key_place)
    refuse_taken(doors.folder)
    words = read_words()
    secret = passphrase.fresh() if place is KeyPlace.PASSPHRASE else None

    def open_desk(folder: Path, given: str | None, reason: str) -> Desk:
        return doors.open_desk(folder, passphrase=given, reason=reason)

    done = restore(
        Path(arguments.backup),
        doors.folder,
        words,
        place=place,
        passphrase=secret,
        open_desk=open_desk,
        progress=Progress(_("{count} entries verified…")),
    )
    heads = [head_text(head) for head in done.report.ends]
    if arguments.json:
        emit(
            {
                "entries": done.report.entries,
                "heads": [*heads],
                "head": head_text(done.head),
                "unreceipted": done.unreceipted,
            }
        )
    else:
        say(_("{entries} entries restored and proved").format(entries=done.report.entries))
        for head in heads:
            say(_("restored up to: {head}").format(head=head))
        say(_("goes on as: {head}").format(head=head_text(done.head)))
    if done.unreceipted:
        note(
            _("Headquarters has not confirmed {count} entries of it: export them").format(
                count=done.unreceipted
            )
        )
    note(_("Compare the first with the last handover paper: verify --head"))
    return 0
