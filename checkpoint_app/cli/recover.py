"""`recovery new|prove`: the words that open the ledger when this computer is lost."""

from __future__ import annotations

import argparse
import sys

import segno

from checkpoint_app.cli import acting
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import emit, note, say
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.domain.roles import Action
from checkpoint_app.i18n import _
from checkpoint_app.services.officers import allow_beside
from checkpoint_app.services.safekeeping import prove_recovery, renew_recovery

PER_LINE = 4
LONGEST = 2_000


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """`new` makes a recovery key and shows it once; `prove` asks for it and says whether it fits."""
    if arguments.act == "prove":
        text = read_words()
        with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
            prove_recovery(reading, text)
        if arguments.json:
            emit({"proven": True})
        else:
            say(_("these words open this ledger"))
        return 0
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        allow_beside(
            reading.connection,
            Action.BACKUP,
            desk=reading.settings.desk,
            signed=lambda: acting.signed(arguments.acting),
        )
        fresh = renew_recovery(reading)
    show(fresh, as_json=arguments.json)
    return 0


def show(fresh: RecoveryKey, *, as_json: bool) -> None:
    """The sheet a person writes down or prints: words in fours and the same as a QR code."""
    note(_("Write this down or print it, and keep it away from this computer. It is shown once."))
    words = fresh.words
    if as_json:
        emit({"words": list(words), "identity": fresh.identity})
        return
    for start in range(0, len(words), PER_LINE):
        line = words[start : start + PER_LINE]
        say("  ".join(f"{start + place + 1:2} {word}" for place, word in enumerate(line)))
    if sys.stdout.isatty():
        segno.make_qr(fresh.identity).terminal(out=sys.stdout, compact=True)
    else:
        say(fresh.identity)


def read_words() -> str:
    """The words as typed, or from standard input when it is not a keyboard."""
    if not sys.stdin.isatty():
        return sys.stdin.read(LONGEST)
    note(_("Type the recovery words, or the line that begins with AGE-SECRET-KEY:"))
    return input()
