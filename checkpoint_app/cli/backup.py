"""`backup TARGET`: a proved copy of the ledger, beside a running window."""

from __future__ import annotations

import argparse
from pathlib import Path

from checkpoint_app.cli import acting
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, Progress, emit, note, say
from checkpoint_app.domain.chain import head_text
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.facts import backed_up
from checkpoint_app.domain.roles import Action
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import new_action
from checkpoint_app.services.officers import allow_beside
from checkpoint_app.services.safekeeping import Backup, back_up
from checkpoint_app.storage.lock import LedgerInUse
from checkpoint_app.storage.timekeeper import system_tick


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Copies, proves, and tells the ledger of it where nobody else writes."""
    with doors.read_desk(doors.folder, passphrase=(secret := doors.passphrase())) as reading:
        allow_beside(
            reading.connection,
            Action.BACKUP,
            desk=reading.settings.desk,
            signed=lambda: acting.signed(arguments.acting),
        )
        made = back_up(
            reading,
            Path(arguments.target),
            now=system_tick().wall,
            progress=Progress(_("{count} entries verified…")),
        )
    seq = _tell_ledger(made, doors, secret=secret)
    record: dict[str, Plain] = {
        "backup": str(made.folder),
        "entries": made.entries,
        "head": head_text(made.head),
        "recoverable": made.recoverable,
        "recorded": seq,
    }
    if arguments.json:
        emit(record)
    else:
        say(_("{entries} entries copied and proved: {backup}").format(**record))
        say(_("head: {head}").format(**record))
    if not made.recoverable:
        note(_("No recovery key lies beside it: only this computer's key opens it. Make one: recovery new"))
    if seq is None:
        note(_("The ledger itself was not told of this backup: it cannot be written now"))
    return 0


def _tell_ledger(made: Backup, doors: Doors, *, secret: str | None) -> int | None:
    """The number of the entry that says so; None while nothing can be written, which harms no copy."""
    try:
        desk = doors.open_desk(doors.folder, passphrase=secret)
    except (LedgerInUse, Trouble):
        return None
    try:
        fact = backed_up(seq=made.head.seq, by=desk.by, at=desk.ledger.now(), action=new_action())
        return desk.ledger.append((fact,)).result()[-1].seq
    finally:
        desk.close(painted=desk.told())
